"""Who has a portfolio, and which: one account per person in each market, made when first needed.

An account belongs to the market its marks come from; the marks of another never touch it. Changing
the market opens the person's account there and leaves the other as it is, paused.
"""

from dataclasses import dataclass

from core.lessons.game.trading import game_of
from core.paper.account import PaperAccount, bare
from core.paper.apply import applied
from core.paper.events import Event, Granted, VenueChosen
from core.paper.records import Change, Identity, Notice, Recorded
from core.paper.rules import PaperRules
from core.ports import Books, Clock, Units


@dataclass(frozen=True, slots=True)
class Home:
    """What a new account begins with: whose rules it follows, and the house's own."""

    venue: str
    rules: PaperRules


class Accounts:
    """Finds and makes people's accounts in the present market."""

    def __init__(self, units: Units, clock: Clock, market: str, home: Home) -> None:
        """`market` is where marks come from; `home` what a new account begins with."""
        self._units = units
        self._clock = clock
        self.market = market
        self._venue = home.venue
        self.rules = home.rules

    def look(self, who: Identity) -> PaperAccount:
        """Return a person's account, or the one they would have; nothing is written."""
        with self._units.reading() as books:
            learner = books.paper.learner(who)
            found = None if learner is None else books.paper.account(learner, self.market)
            events = () if found else self._beginning(books, who)
        return found or applied(bare(0, self.market), events, self._clock.now())

    def paused(self, who: Identity) -> tuple[PaperAccount, ...]:
        """Return the person's accounts of other markets that hold something.

        What is played with in a challenge is no paused portfolio.
        """
        with self._units.reading() as books:
            learner = books.paper.learner(who)
            owned = () if learner is None else books.paper.accounts(learner)
        return tuple(
            account
            for account in owned
            if account.market != self.market
            and account.at_stake
            and game_of(account.market) is None
        )

    def present(self, books: Books, who: Identity) -> tuple[int, PaperAccount]:
        """Return a person's learner number and account in an open writing unit, made if need be."""
        paper, now = books.paper, self._clock.now()
        learner = paper.learner(who)
        if learner is None:
            learner = paper.enroll(who, now)
        found = paper.account(learner, self.market)
        if found is not None:
            return learner, found
        new, events = paper.open_account(learner, self.market), self._beginning(books, who)
        made = applied(new, events, now)
        paper.record(Change(new, made, events, now))
        return learner, made

    def history(self, who: Identity) -> tuple[Recorded, ...]:
        """Return what happened to a person's account, oldest first."""
        account = self.look(who)
        if not account.id:
            return ()
        with self._units.reading() as books:
            return books.paper.history(account.id)

    def told(self, who: Identity, event: int) -> Notice | None:
        """Return what a person was told of an event of theirs, or None."""
        with self._units.reading() as books:
            learner = books.paper.learner(who)
            return None if learner is None else books.paper.told(learner, event)

    def _beginning(self, books: Books, who: Identity) -> tuple[Event, ...]:
        """What makes an account: the rules its owner chose for their answers, or the house's."""
        chosen = books.preferences(who.platform, who.person).venue
        return (VenueChosen(venue=chosen or self._venue), Granted(amount=self.rules.grant))

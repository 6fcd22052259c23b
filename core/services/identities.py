"""One person on several platforms: joined by a one-time code, parted, exported, forgotten.

Whoever wants to be joined asks for a code on one platform and types it on the other. Both sides are
shown the other's name and must agree; the one who typed the code chooses whose portfolio stays. An
account that does not stay is put aside whole, and the higher number of resets stays with the
person, so that a second platform is no way to a clean record.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from core.lessons.game.trading import game_of
from core.paper.account import PaperAccount
from core.paper.apply import apply
from core.paper.errors import LinkGone, LinkRefused, NotFlat, NotLinked
from core.paper.events import ResetsCarried, WasReset
from core.paper.records import Change, Identity, Link, Recorded
from core.ports import Books, Clock, PaperBooks, Units
from core.services.accounts import Accounts
from core.services.alerts import count_change
from core.services.everything import Everything, everything, present_accounts

LIFE = timedelta(minutes=10)
"""How long a code waits."""


class Identities:
    """Joins, parts, exports and forgets people."""

    def __init__(self, units: Units, clock: Clock, accounts: Accounts) -> None:
        """Take the books, the time and the accounts."""
        self._units = units
        self._clock = clock
        self._accounts = accounts

    # --- joining ----------------------------------------------------------------------------------

    def offer(self, who: Identity, name: str) -> str:
        """Return a fresh code for a person; an earlier one of theirs is void."""
        now = self._clock.now()
        with self._units.writing() as books:
            books.paper.drop_links(now)
            return books.paper.keep_link(Link(who, name, now + LIFE))

    def claim(self, code: str, who: Identity, name: str) -> Link:
        """Take a code that the other side asked for; return the link as it stands.

        The one who asked for it may look at it too. Raises `LinkGone`, and `LinkRefused` where the
        two cannot be one.
        """
        with self._units.writing() as books:
            link = self._waiting(books, code)
            if who == link.first:
                return link
            if link.second not in {None, who}:
                raise LinkGone
            self._check(books.paper, link.first, who)
            link = replace(link, second=who, second_name=name)
            books.paper.change_link(code, link)
            return link

    def choose(self, code: str, who: Identity, keeps: Identity) -> Link:
        """Agree on the side that typed the code, and say whose portfolio stays.

        Raises `LinkGone`, `LinkRefused`, and `NotFlat` where the other one still holds something.
        """
        with self._units.writing() as books:
            link = self._waiting(books, code)
            if who != link.second or keeps not in {link.first, link.second}:
                raise LinkGone
            self._check(books.paper, link.first, who)
            self._check_flat(books.paper, keeps, _other(link, keeps))
            link = replace(link, keeps=keeps)
            books.paper.change_link(code, link)
            return link

    def agree(self, code: str, who: Identity) -> Link:
        """Agree on the side that asked for the code: from here on the two are one person.

        Raises `LinkGone` where the other side has not agreed yet, `LinkRefused`, `NotFlat`.
        """
        with self._units.writing() as books:
            link = self._waiting(books, code)
            if who != link.first or link.second is None or link.keeps is None:
                raise LinkGone
            self._check(books.paper, link.first, link.second)
            self._join(books, link.keeps, _other(link, link.keeps))
            books.paper.change_link(code, None)
            return link

    def refuse(self, code: str, who: Identity) -> None:
        """Drop a code; either side may. Repeating it changes nothing."""
        with self._units.writing() as books:
            link = books.paper.link(code)
            if link is not None and who in {link.first, link.second}:
                books.paper.change_link(code, None)

    def known_as(self, who: Identity) -> tuple[Identity, ...]:
        """Return everything a person is known as; only themselves for a stranger."""
        with self._units.reading() as books:
            learner = books.paper.learner(who)
            return (who,) if learner is None else books.paper.identities(learner)

    def _waiting(self, books: Books, code: str) -> Link:
        """The link under a code that is not out of time. Raises `LinkGone`."""
        link = books.paper.link(code)
        if link is None or link.until <= self._clock.now():
            raise LinkGone
        return link

    def _check(self, paper: PaperBooks, first: Identity, second: Identity) -> None:
        """Refuse two of one platform, two that are one already, and two that both hold."""
        learners = paper.learner(first), paper.learner(second)
        if learners[0] is not None and learners[0] == learners[1]:
            raise LinkRefused("linked")
        sides = [
            {who} if learner is None else set(paper.identities(learner))
            for who, learner in zip((first, second), learners, strict=True)
        ]
        if {who.platform for who in sides[0]} & {who.platform for who in sides[1]}:
            raise LinkRefused("platform")
        if all(any(a.at_stake for a in _portfolio(paper, each).values()) for each in learners):
            raise LinkRefused("both_hold")

    def _check_flat(self, paper: PaperBooks, keeps: Identity, goes: Identity) -> None:
        """Refuse to put an account aside that holds something. Raises `NotFlat`."""
        staying = _portfolio(paper, paper.learner(keeps))
        for market, account in _portfolio(paper, paper.learner(goes)).items():
            if account.at_stake and market in {*staying, self._accounts.market}:
                positions = tuple(p.number for p in account.positions)
                raise NotFlat(positions, tuple(o.number for o in account.orders))

    def _join(self, books: Books, keeps: Identity, goes: Identity) -> None:
        """Make one person of two: accounts go over, in each market one of them is present.

        In a challenge that both play it is the account of the seat that stays.
        """
        paper = books.paper
        self._check_flat(paper, keeps, goes)
        learner, _ = self._accounts.present(books, keeps)
        other = paper.learner(goes)
        if other is None:
            paper.rename(goes, learner)
            return
        staying, going = present_accounts(paper, learner), present_accounts(paper, other)
        given_up = books.games.hand_over(other, learner)
        for account in paper.accounts(other):
            paper.hand_over(account.id, learner)
        for market, account in going.items():
            if game_of(market) in given_up and market in staying:
                paper.archive(staying[market].id)
            elif market in staying:
                paper.archive(account.id)
                self._carry(paper, staying[market], account)
        for who in paper.identities(other):
            paper.rename(who, learner)
        books.alerts.hand_over(other, learner)
        books.learning.hand_over_badges(other, learner)
        for market in {alert.market for alert in books.alerts.of(learner)}:
            count_change(books, market)
        paper.forget_learner(other)

    def _carry(self, paper: PaperBooks, account: PaperAccount, other: PaperAccount) -> None:
        """Let the higher number of resets stay with the account that stays."""
        if other.resets <= account.resets:
            return
        now = self._clock.now()
        last = last_reset(paper.history(other.id)) or now
        event = ResetsCarried(resets=other.resets, last=last)
        paper.record(Change(account, apply(account, event, now), (event,), now))

    # --- parting ----------------------------------------------------------------------------------

    def part(self, who: Identity) -> tuple[Identity, ...]:
        """Let one platform go its own way with a new account; return who keeps the portfolio.

        The number of resets goes along. Raises `NotLinked`.
        """
        with self._units.writing() as books:
            paper = books.paper
            learner = paper.learner(who)
            others = () if learner is None else paper.identities(learner)
            if learner is None or len(others) < 2:
                raise NotLinked
            old = paper.account(learner, self._accounts.market)
            paper.rename(who, None)
            _, new = self._accounts.present(books, who)
            if old is not None:
                self._carry(paper, new, old)
        return tuple(other for other in others if other != who)

    # --- everything -------------------------------------------------------------------------------

    def everything(self, who: Identity) -> Everything:
        """Return all that is kept of a person, on every platform they are known on."""
        with self._units.reading() as books:
            return everything(books, who, self._clock.now())

    def forget(self, who: Identity) -> None:
        """Delete a person with everything they have, on every platform they are known on.

        Repeating it changes nothing.
        """
        with self._units.writing() as books:
            paper = books.paper
            learner = paper.learner(who)
            names = (who,) if learner is None else paper.identities(learner)
            for name in names:
                books.forget(name.platform, name.person)
            if learner is not None:
                books.games.forget(learner)
                paper.forget_learner(learner)


def last_reset(history: tuple[Recorded, ...]) -> datetime | None:
    """Return when a person began anew last, here or where they came from; None for never."""
    moments = [_moment(each) for each in history]
    return max((at for at in moments if at is not None), default=None)


def _moment(recorded: Recorded) -> datetime | None:
    match recorded.event:
        case WasReset():
            return recorded.at
        case ResetsCarried(last=last):
            return last
        case _:
            return None


def _portfolio(paper: PaperBooks, learner: int | None) -> dict[str, PaperAccount]:
    """A learner's accounts that are not archived, by market, without those of challenges."""
    present = present_accounts(paper, learner)
    return {market: account for market, account in present.items() if game_of(market) is None}


def _other(link: Link, who: Identity) -> Identity:
    """The other side of a link that both sides have."""
    assert link.second is not None
    return link.second if who == link.first else link.first

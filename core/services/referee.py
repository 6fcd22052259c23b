"""The referee: the one way in which anything reaches a game.

What came in is logged, the game is what it became, what happened to accounts is booked in the
ledger, and what is to be said is in the outbox: all in one transaction, or nothing.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from core.errors import Refusal
from core.lessons.challenges import kinds
from core.lessons.game.books import KeptGame
from core.lessons.game.game import Game, Phase
from core.lessons.game.inputs import Input, Joined
from core.lessons.game.kind import Deed, Ground, Kind
from core.lessons.game.lifecycle import Fed, fed
from core.lessons.game.trading import market_of
from core.paper.account import PaperAccount
from core.paper.records import Change
from core.ports import Books

GroundFor = Callable[[Game], Ground]
"""What a game is played on."""

Furnish = Callable[[Books, KeptGame, Ground], Ground]
"""What a game that begins needs beside that, out of the books."""


def _as_it_is(_: Books, __: KeptGame, ground: Ground) -> Ground:
    return ground


@dataclass(frozen=True, slots=True)
class Referee:
    """Feeds games, and keeps what comes of it."""

    ground: GroundFor
    furnish: Furnish = _as_it_is

    def kind(self, game: Game) -> Kind:
        """Return the kind of a game."""
        return kinds()[game.kind]

    def on(self, kept: KeptGame) -> Ground:
        """Return what a game is played on: as it was when it began, as it is before that."""
        return self.ground(kept.state.game) if kept.ground is None else kept.ground

    def judged(self, kept: KeptGame, what: Input) -> Fed:
        """Return what an input would lead to; nothing is kept."""
        return fed(kept.state, what, self.kind(kept.state.game), self.on(kept))

    def feed(
        self, books: Books, kept: KeptGame, what: Input, request: str = ""
    ) -> tuple[KeptGame, Fed]:
        """Hand an input to a game and keep everything it leads to. Raises what `fed` refuses."""
        ground = self._ground(books, kept, what)
        found = self.judged(kept if ground is None else replace(kept, ground=ground), what)
        if ground is not None and found.state.game.began is not None:
            kept = books.games.lay(kept, ground)
        books.games.log(kept.number, what, request, found.said)
        kept = books.games.keep(replace(kept, state=found.state))
        self._book(books, kept, found.deeds)
        for post in found.posts:
            books.games.post(kept.number, post, what.at)
        return kept, found

    def _ground(self, books: Books, kept: KeptGame, what: Input) -> Ground | None:
        """The ground of a game that may begin by an input; None where it has one, or cannot."""
        if kept.ground is not None or kept.state.game.phase is not Phase.OPEN:
            return None
        ground = self.on(kept)
        # Whoever joins may fill a game of two, and these need nothing out of the books.
        return ground if isinstance(what, Joined) else self.furnish(books, kept, ground)

    def tell(self, books: Books, number: int, what: Input) -> bool:
        """Hand an input that nobody sent to a game; one that does not want it is left as it is."""
        kept = books.games.game(number)
        if kept is None:
            return False
        with suppress(Refusal):
            self.feed(books, kept, what)
            return True
        return False

    def _book(self, books: Books, kept: KeptGame, deeds: tuple[Deed, ...]) -> None:
        """Book what happened to accounts; who was forgotten has none any more."""
        if not deeds or kept.state.play is None:
            return
        market, seats = (
            market_of(kept.number, kept.state.play.purse),
            books.games.seats(kept.number),
        )
        for deed in deeds:
            learner = seats.get(deed.player)
            if learner is not None:
                books.paper.record(_change(books, deed, learner, market))


def _change(books: Books, deed: Deed, learner: int, market: str) -> Change:
    """A deed as a change of the account in the books, opened when it is first needed."""
    found = books.paper.account(learner, market)
    own = found if found is not None else books.paper.open_account(learner, market)

    def named(account: PaperAccount) -> PaperAccount:
        return replace(account, id=own.id, market=market)

    return Change(named(deed.before), named(deed.after), deed.events, deed.at)

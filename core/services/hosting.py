"""What hosts do to a game while it is traded: they put accounts right, and stand by it."""

from core.errors import NotAllowed
from core.lessons.game.adjusting import ADJUST, Adjustable, adjusters, told
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import NotCovered, NotNow, OwnPlace
from core.lessons.game.inputs import Ruled
from core.lessons.game.lifecycle import Fed
from core.lessons.game.names import said
from core.lessons.game.session import Adjustment
from core.money import ZERO
from core.ports import Books, Clock, Units
from core.services.challenges import Challenges
from core.services.playing import Playing, answered_before, game_numbered
from core.services.referee import Referee
from core.services.ruling import ruled


class Hosting:
    """Powers of a game's hosts alone; whoever made it has them only as a host."""

    def __init__(self, units: Units, clock: Clock, referee: Referee, games: Challenges) -> None:
        """Take the books, the time, whoever games hear from, and how they are looked at."""
        self._units = units
        self._clock = clock
        self._referee = referee
        self._games = games

    def adjust(
        self, by: Playing, number: int, wanted: Adjustment, *, gives_up: bool = False
    ) -> Fed:
        """Put a player's account right; it is printed in all chats of the game.

        A host who plays in it must say that they give their own place up for it. Raises
        `NotAllowed`, `NoGame`, `NotNow`, `OwnPlace`, `NoPlayer`, `NotCovered` where that much is
        not free at present marks, and `BadOption`.
        """
        with self._units.writing() as books:
            kept = game_numbered(books, number)
            if not (by.hosts and by.room in kept.rooms):
                raise NotAllowed("host")
            if (again := answered_before(books, kept, by)) is not None:
                return again
            at_stake = self._would_lose_place(books, kept, by)
            if at_stake and not gives_up:
                raise OwnPlace
            self._check_covered(kept, wanted, tells=not at_stake)
            ruling = Ruled(
                at=self._clock.now(), what=ADJUST, about=told(wanted), reason=said(wanted.reason)
            )
            return ruled(books, self._referee, by, number, ruling)

    def _would_lose_place(self, books: Books, kept: KeptGame, by: Playing) -> bool:
        """Whether a host sits in the game and has not given their place up yet."""
        play: object = kept.state.play
        if not isinstance(play, Adjustable):
            raise NotNow(ADJUST)
        learner = books.paper.learner(by.asked.who)
        seat = None if learner is None else books.games.seat(kept.number, learner)
        return seat is not None and seat not in adjusters(play)

    def _check_covered(self, kept: KeptGame, wanted: Adjustment, *, tells: bool) -> None:
        """Take no more than is free at present marks. Raises `NotCovered`, `NotNow`.

        How much that is `tells` nobody who still competes.
        """
        account = kept.state.accounts.get(wanted.player)
        if account is None or wanted.amount >= ZERO:
            return
        sight = self._games.sight(kept)
        if sight.marks is None or not account.symbols <= sight.marks.prices.keys():
            raise NotNow("frozen")
        free = account.available(sight.marks, sight.ground.listing)
        if -wanted.amount > free:
            raise NotCovered(free if tells else None)

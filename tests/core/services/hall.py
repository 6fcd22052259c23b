"""A hall in which games are played in memory: people, hosts, a market that is told, a keeper.

`Hall()` plays on a live market of which tests say every mark; `Hall(path=True)` on paths that are
drawn from the demo market's recording.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count

from bot.adapters.content.market_files import load_recording
from core.lessons.challenges.duel import Duel
from core.lessons.game.audit import Audit
from core.lessons.game.books import DuePost, KeptGame
from core.lessons.game.game import Game, Phase, Room
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Ground, Post
from core.lessons.game.lifecycle import Fed, State
from core.lessons.game.market import GameMarket, LiveMarket, PathMarket
from core.lessons.game.trading import game_rules
from core.margin.pool import MarginMode
from core.market import MarkPrice, Marks, Symbol
from core.money import D, Price, Rate
from core.paper.account import PaperAccount
from core.paper.records import Identity
from core.paper.rules import PaperRules
from core.ports import Units
from core.services.challenges import Board, Challenges
from core.services.gamekeeper import GameKeeper
from core.services.playing import Playing
from core.services.referee import Referee
from core.services.trading import Asked
from tests.builders import BTC, ETH, SOL, Number
from tests.core.lessons.game.builders import ground
from tests.core.paper.builders import CROSS, ISOLATED, venue
from tests.fakes.ports import NOON, FixedClock, MemoryUnits

PAIRS = (BTC, ETH, SOL)
ROOM = Room("telegram", "-100")
HOST, MIRA, TOBI, LENA = (Identity("telegram", n) for n in ("9", "1", "2", "3"))

__all__ = ["CROSS", "ISOLATED", "NOON"]


@cache
def paths() -> PathMarket:
    """The recording's coins, as a market for games."""
    recording = load_recording()
    rates = {symbol: tape.funding for symbol, tape in recording.coins.items()}
    return PathMarket(recording.coins, recording.start, rates)


@dataclass(frozen=True)
class CountingReferee(Referee):
    """A referee that knows what it was asked about."""

    asked: list[Input] = field(default_factory=list)

    def judged(self, kept: KeptGame, what: Input) -> Fed:
        self.asked.append(what)
        return Referee.judged(self, kept, what)


class Feed:
    """A live feed of which a test tells everything: present marks, and minutes that were missed."""

    def __init__(self) -> None:
        self.now: Marks | None = None
        self.minutes: dict[datetime, tuple[Number, Number, Number]] = {}
        self.rates: dict[datetime, Rate] = {}

    def fresh(self) -> Marks | None:
        return self.now

    def past(self, moment: datetime) -> Marks:
        """A minute as it was told, or a rate just before it is due; nothing is known of others."""
        due = moment + timedelta(seconds=1)
        if due in self.rates and self.now is not None:
            known = {
                symbol: replace(mark, funding=self.rates[due], funding_at=due)
                for symbol, mark in self.now.prices.items()
            }
            return Marks("live", moment, known)
        told = self.minutes.get(moment)
        if told is None:
            return Marks("live", moment, {})
        low, high, end = (Price(D(price)) for price in told)
        mark = MarkPrice(end, moment, low=low, high=high)
        return Marks("live", moment, dict.fromkeys(PAIRS, mark))


class Hall:
    """Everything that games need, over any place in which units keep things."""

    def __init__(
        self, units: Units | None = None, *, path: bool = False, on: Ground | None = None
    ) -> None:
        self.units = units or MemoryUnits()
        self.clock = FixedClock()
        self.feed = Feed()
        self.market: GameMarket = (
            paths() if path else LiveMarket(self.feed.fresh, self.feed.past, PAIRS)
        )
        listed = Ground(venue(), game_rules(PaperRules()), paths().symbols) if path else ground()
        self.ground = on or listed
        self.referee = CountingReferee(lambda _: self.ground)
        self.seeds = (f"{number:08x}" for number in count(1))
        self.written: list[Audit] = []
        board = Board(self.referee, self.market, self._write)
        self.challenges = Challenges(self.units, self.clock, board, lambda: next(self.seeds))
        self.keeper = self.new_keeper()
        self._requests = count(1)

    def _write(self, told: Audit) -> str:
        self.written.append(told)
        return f"game {told.number}"

    def new_keeper(self) -> GameKeeper:
        """A keeper that knows nothing yet, as after a restart."""
        return GameKeeper(self.units, self.clock, self.referee, self.market)

    # --- people

    def by(
        self, who: Identity = MIRA, request: str = "", *, hosts: bool = False, room: Room = ROOM
    ) -> Playing:
        """Somebody with a new request."""
        return Playing(Asked(who, room.chat, request or f"r{next(self._requests)}"), room, hosts)

    def host(self, request: str = "") -> Playing:
        return self.by(HOST, request, hosts=True)

    def opened(self, kind: str = "duel", **setup: str) -> int:
        """An open game with these options."""
        number = self.challenges.draft(self.host(), kind).number
        for option, value in setup.items():
            self.challenges.choose(self.host(), number, option, value)
        self.challenges.open(self.host(), number)
        return number

    def duel(self, **setup: str) -> int:
        """A duel of two at 10x whose first message has arrived."""
        number = self.opened(**{"leverage": "10", **setup})
        self.join(number, MIRA, TOBI)
        self.deliver()
        return number

    def join(self, number: int, *people: Identity) -> None:
        for who in people:
            self.challenges.join(self.by(who), number, f"p{who.person}")

    def leave(self, number: int, who: Identity) -> Fed:
        return self.challenges.leave(self.by(who), number)

    def act(self, number: int, who: Identity, act: str, request: str = "") -> Fed:
        return self.challenges.answer(self.by(who, request), number, act)

    def behind(self, number: int, mode: MarginMode) -> Identity:
        """Who stands behind a wall of the present round."""
        bout = self.play(number).round.bout
        seats = self.seats(number)
        return next(who for who in (MIRA, TOBI) if bout.mode(seats[who]) is mode)

    def seats(self, number: int) -> dict[Identity, int]:
        found = {who: self.challenges.seat(who, number) for who in (MIRA, TOBI, LENA)}
        return {who: seat for who, seat in found.items() if seat is not None}

    # --- what is said

    def due(self) -> tuple[DuePost, ...]:
        return self.keeper.posts("telegram")

    def deliver(self) -> list[str]:
        """Let everything that is due arrive; return what it was."""
        said = []
        for post in self.due():
            self.keeper.sent(post, f"m{post.id}")
            said.append(_named(post.post))
        return said

    def waiting(self) -> list[str]:
        return [_named(post.post) for post in self.due()]

    # --- time and market

    def price(self, price: Number, *symbols: Symbol) -> None:
        """Mark everything (or these) at a price, now."""
        now = self.clock.now()
        mark = MarkPrice(Price(D(price)), now)
        self.feed.now = Marks("live", now, dict.fromkeys(symbols or PAIRS, mark))

    def tick(self, seconds: float = 1, price: Number | None = None, *symbols: Symbol) -> int:
        """Let time pass, with a mark or as a silence, and let the keeper look."""
        self.clock.advance(timedelta(seconds=seconds))
        if price is not None:
            self.price(price, *symbols)
        return self.keeper.tick()

    def silence(self) -> None:
        """From now on there is no fresh price."""
        self.feed.now = None

    def seconds(self, count: int) -> None:
        """Let so many seconds pass, one by one."""
        for _ in range(count):
            self.tick(1)

    # --- what there is

    def kept(self, number: int = 1) -> KeptGame:
        return self.challenges.numbered(number)

    def state(self, number: int = 1) -> State:
        return self.kept(number).state

    def game(self, number: int = 1) -> Game:
        return self.state(number).game

    def phase(self, number: int = 1) -> Phase:
        return self.game(number).phase

    def play(self, number: int = 1) -> Duel:
        play = self.state(number).play
        assert isinstance(play, Duel)
        return play

    def inputs(self, number: int = 1) -> list[Input]:
        with self.units.reading() as books:
            return [each.what for each in books.games.inputs(number)]

    def heard(self, number: int = 1) -> list[str]:
        """What came in, by name."""
        return [type(each).__name__ for each in self.inputs(number)]

    def account(self, who: Identity, number: int = 1, purse: int = 1) -> PaperAccount | None:
        """A person's account of a game as it stands in the books."""
        with self.units.reading() as books:
            learner = books.paper.learner(who)
            assert learner is not None
            return books.paper.account(learner, f"game:{number}:{purse}")

    def faults(self) -> int:
        """How much is wrong with the books."""
        with self.units.reading() as books:
            return len(books.paper.faults())


def _named(post: Post) -> str:
    return f"{post.view}{post.number or ''}"

"""Small makers for games: a plain ground, marks by the second, a game that is fed one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.lessons.challenges.duel import KIND, Duel
from core.lessons.game import inputs as i
from core.lessons.game.game import Game, Phase, Player
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Ground, Kind, Post
from core.lessons.game.lifecycle import Fed, State, fed
from core.lessons.game.trading import game_rules
from core.margin.pool import MarginMode
from core.market import Instrument, MarkPrice, Marks, Symbol
from core.money import Price, Quantity
from core.paper.rules import PaperRules
from core.venue import BINANCE, Venue
from tests.builders import BTC, ETH, NOON, SOL, Number, amount, flat, instrument, listing, rate

ISOLATED, CROSS = MarginMode.ISOLATED, MarginMode.CROSS
PAIRS = (BTC, ETH, SOL)
SEED = "5eed"


def plain(symbol: Symbol = BTC, maintenance: Number = "0.005", fee: Number = 0) -> Instrument:
    """A contract without a step that shows, with one tier; without fees unless one is said."""
    return replace(
        instrument(symbol, flat(maintenance), tick="1e-8"),
        step=Decimal("1e-28"),
        min_quantity=Quantity(Decimal("1e-28")),
        min_notional=amount(0),
        maker_fee=rate(fee),
        taker_fee=rate(fee),
        liquidation_fee=rate(0),
    )


def ground(
    *contracts: Instrument, spread: Number = 0, venue: Venue = BINANCE, fee: Number = 0
) -> Ground:
    """What a game is played on: three plain contracts, and fills at the mark itself."""
    listed = contracts or tuple(plain(symbol, fee=fee) for symbol in PAIRS)
    rules = game_rules(PaperRules(half_spread=rate(spread)))
    return Ground(
        listing(*listed, venue=venue), rules, tuple(contract.symbol for contract in listed)
    )


def at(seconds: float | str = 0) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=float(seconds))


def tick(seconds: float | str, price: Number, *symbols: Symbol) -> Marks:
    """What was seen so many seconds after noon: one price for all these contracts (all three)."""
    mark = MarkPrice(Price(Decimal(price)), at(seconds))
    return Marks("test", at(seconds), dict.fromkeys(symbols or PAIRS, mark))


def candle(seconds: float, low: Number, high: Number, end: Number, *symbols: Symbol) -> Marks:
    """A minute that nobody saw, ended so many seconds after noon."""
    mark = MarkPrice(
        Price(Decimal(end)), at(seconds), low=Price(Decimal(low)), high=Price(Decimal(high))
    )
    return Marks("test", at(seconds), dict.fromkeys(symbols or PAIRS, mark))


def player(number: int, *, left: float | None = None, late: bool = False) -> Player:
    """Somebody who joined at noon."""
    gone = None if left is None else at(left)
    return Player(number=number, name=f"p{number}", joined=at(), left=gone, late=late)


def game(*players: Player, phase: Phase = Phase.RUNNING, **setup: str) -> Game:
    """A duel of these players that began at noon."""
    began = at() if phase.is_on else None
    return Game(kind="duel", seed=SEED, setup=setup, phase=phase, players=players, began=began)


@dataclass
class Fixture:
    """A game that is fed one input after another, with everything it said."""

    on: Ground = field(default_factory=ground)
    setup: dict[str, str] = field(default_factory=dict)
    seed: str = SEED
    kind: Kind = KIND
    posts: list[Post] = field(default_factory=list)
    log: list[Input] = field(default_factory=list)

    def __post_init__(self) -> None:
        opened = Game(kind=self.kind.name, seed=self.seed, setup=self.setup, phase=Phase.OPEN)
        self.first = self.state = State(opened)

    def feed(self, what: Input) -> Fed:
        """Feed one input; a refused one changes nothing."""
        found = fed(self.state, what, self.kind, self.on)
        self.state = found.state
        self.posts += found.posts
        self.log.append(what)
        return found

    def join(self, *names: str, seconds: float = 0) -> None:
        """Let people join."""
        for name in names:
            self.feed(i.Joined(at=at(seconds), name=name))

    def sent(self, number: int = 1, seconds: float = 0) -> Fed:
        """Let the message of a round arrive."""
        return self.feed(i.Sent(at=at(seconds), view="round", number=number))

    def mark(self, seconds: float, price: Number) -> Fed:
        """Let everything be marked at one price."""
        return self.feed(i.Ticked(marks=tick(seconds, price)))

    def marks(self, *seen: tuple[float, Number]) -> None:
        """Let several prices come, one after another."""
        for seconds, price in seen:
            self.mark(seconds, price)

    def missed(self, marks: Marks) -> None:
        """Let a minute come that nobody saw, and then its end."""
        self.feed(i.Ticked(marks=marks))
        self.feed(i.Ticked(marks=marks.at_end()))

    def act(self, number: int, act: str, seconds: float) -> Fed:
        """Let a player act."""
        return self.feed(i.Answered(at=at(seconds), player=number, value=act))

    @property
    def game(self) -> Game:
        return self.state.game

    @property
    def duel(self) -> Duel:
        assert isinstance(self.state.play, Duel)
        return self.state.play

    @property
    def views(self) -> list[str]:
        """What was said so far, by name."""
        return [f"{post.view}{post.number or ''}" for post in self.posts]

    def behind(self, mode: MarginMode) -> int:
        """A player behind a wall of the present round."""
        bout = self.duel.round.bout
        everybody: Sequence[int] = [p for team in self.duel.teams for p in team]
        return next(p for p in everybody if bout.mode(p) is mode)

    def team(self, number: int) -> int:
        """The team of a player."""
        return next(n for n, team in enumerate(self.duel.teams) if number in team)

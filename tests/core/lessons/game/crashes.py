"""Made-up crashes: coins called A, B and C that begin at 100, and a game that meets them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core.lessons.challenges.crash import KIND, PACES, Crash
from core.lessons.game import inputs as i
from core.lessons.game.game import Game, Phase
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Ground, Post
from core.lessons.game.lifecycle import Fed, State, fed
from core.lessons.game.reel import Reel, Tick
from core.lessons.scenario import Bar
from core.market import Symbol
from core.money import D, Price, Rate
from core.paper.account import PaperAccount
from tests.builders import BTC, ETH, SOL, Number
from tests.core.lessons.game.builders import at, ground, plain
from tests.fakes.scenarios import bar

A, B, C = Symbol("A"), Symbol("B"), Symbol("C")
REAL = {A: BTC, B: ETH, C: SOL}
BEGAN = datetime(2020, 3, 11, 6, tzinfo=UTC)

THIRD_HEDGES, TWO_THIRDS = "5eed", "seed 1"


def reel(
    *ticks: Mapping[Symbol, Bar],
    fell: bool = True,
    coins: Sequence[Symbol] = (A, B),
    funding: Mapping[int, Mapping[Symbol, Rate]] | None = None,
) -> Reel:
    """An event of these ticks; a coin that a tick leaves out stands where it was."""
    ends, made = {coin: Rate(D(1)) for coin in coins}, []
    for number, told in enumerate(ticks, 1):
        bars = {coin: told.get(coin, bar(ends[coin])) for coin in coins}
        ends = {coin: each.close for coin, each in bars.items()}
        made.append(Tick(bars, (funding or {}).get(number, {})))
    return Reel(
        id="2020-03-12",
        name="Black Thursday",
        told="It fell.",
        begins=BEGAN,
        hours=3,
        fell=fell,
        first={coin: Price(D(100)) for coin in coins},
        real={coin: REAL[coin] for coin in coins},
        recorded={coin: Price(D(8_000)) for coin in coins},
        ticks=tuple(made),
    )


def both(*parts: object) -> Mapping[Symbol, Bar]:
    """A tick in which all coins go the same way."""
    return dict.fromkeys((A, B, C), bar(*parts))


def on(event: Reel | None, fee: Number = 0) -> Ground:
    """What a crash is played on: plain contracts of its coins."""
    coins = (A, B) if event is None else event.coins
    made = ground(*(plain(coin, fee=fee) for coin in coins))
    return Ground(made.listing, made.rules, made.symbols, reel=event)


@dataclass
class Fixture:
    """A crash that is fed one input after another, with everything it said."""

    event: Reel | None
    setup: dict[str, str] = field(default_factory=dict)
    seed: str = "5eed"
    fee: Number = 0
    posts: list[Post] = field(default_factory=list)
    log: list[Input] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.on = on(self.event, self.fee)
        opened = Game(kind="crash", seed=self.seed, setup=self.setup, phase=Phase.OPEN)
        self.state = State(opened)
        self.clock = 0.0

    def feed(self, what: Input) -> Fed:
        """Feed one input; a refused one changes nothing."""
        found = fed(self.state, what, KIND, self.on)
        self.state = found.state
        self.posts += found.posts
        self.log.append(what)
        return found

    def begin(self, *names: str) -> "Fixture":
        """Let people join, begin, and let the first message arrive."""
        for name in names:
            self.join(name)
        self.feed(i.Began(at=at(self.clock)))
        self.sent()
        return self

    def join(self, name: str) -> Fed:
        return self.feed(i.Joined(at=at(self.clock), name=name))

    def sent(self, number: int | None = None) -> Fed:
        """Let the message of a tick arrive, of the open one unless another is said."""
        number = self.crash.tick if number is None else number
        return self.feed(i.Sent(at=at(self.clock), view="tick", number=number))

    def choose(self, player: int, value: str, after: float = 0) -> Fed:
        """Let a player choose, some seconds from now."""
        return self.feed(i.Answered(at=at(self.clock + after), player=player, value=value))

    def due(self) -> Fed:
        """Let the time of the open tick pass."""
        self.clock += PACES[self.setup.get("pace", "45s")].seconds
        return self.feed(i.Due(at=at(self.clock)))

    def pass_(self, ticks: int = 1, **choices: str) -> None:
        """Let so many ticks pass; `p1="cut50"` is what player 1 chooses in the first."""
        for _ in range(ticks):
            for who, act in choices.items():
                self.choose(int(who.removeprefix("p")), act)
            choices = {}
            self.due()
            if self.state.game.phase is Phase.RUNNING:
                self.sent()

    @property
    def game(self) -> Game:
        return self.state.game

    @property
    def crash(self) -> Crash:
        assert isinstance(self.state.play, Crash)
        return self.state.play

    def account(self, player: int) -> PaperAccount:
        return self.state.accounts[player]

    @property
    def views(self) -> list[str]:
        """What was said so far, by name."""
        return [f"{post.view}{post.number or ''}" for post in self.posts]

"""A mode duel of two at every stage, as the games of the contract tests: what a game may hold."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from core.lessons.challenges import kinds
from core.lessons.game import inputs as i
from core.lessons.game.game import Game, Room
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Ground
from core.lessons.game.lifecycle import State, fed, opened
from core.lessons.game.trading import game_rules
from core.market import MarkPrice, Marks
from core.money import D, Price
from core.paper.records import Identity
from core.paper.rules import PaperRules
from tests.builders import BTC, ETH, SOL
from tests.contracts.samples import NOW
from tests.core.paper.builders import venue

KIND = kinds()["duel"]
HOST = Identity("telegram", "7")
ROOM = Room("telegram", "-5", "9")
OTHER_ROOM = Room("discord", "77")
SEED = "5eed"
DRAFT = Game(kind="duel", seed=SEED, setup={"length": "15m"})
PRICES = {BTC: 60_000, ETH: 2_000, SOL: 150}


def ground() -> Ground:
    """The contracts of Binance and the house's rules."""
    return Ground(venue(), game_rules(PaperRules()), (BTC, ETH, SOL))


def at(seconds: int) -> datetime:
    """So many seconds after the game was opened."""
    return NOW + timedelta(seconds=seconds)


def ticked(seconds: int, change: str = "0") -> i.Ticked:
    """Marks at a moment, all moved by a part of themselves."""
    moment = at(seconds)
    marked = {s: MarkPrice(Price(D(p) * (1 + D(change))), moment) for s, p in PRICES.items()}
    return i.Ticked(marks=Marks("test", moment, marked))


def lobby() -> State:
    """A duel that waits for two."""
    return opened(DRAFT, KIND, NOW).state


def played(state: State, *inputs: Input) -> State:
    """Return what inputs make of a duel."""
    for what in inputs:
        state = fed(state, what, KIND, ground()).state
    return state


def on(names: Iterable[str] = ("Mira", "Tobi"), room: int = 0) -> State:
    """A duel of two that has begun and whose first round is not yet there."""
    joined = [i.Joined(at=at(n), name=name, room=room) for n, name in enumerate(names, 1)]
    return played(lobby(), *joined)


def stages() -> Iterator[tuple[str, State]]:
    """Yield a duel at every stage, with what it is called."""
    yield "draft", State(DRAFT)
    yield "lobby", lobby()
    state = on()
    yield "begun", state
    for name, what in (
        ("round sent", i.Sent(at=at(10), view="round", number=1)),
        ("entered", ticked(11)),
        ("ordered", i.Answered(at=at(140), player=1, value="close")),
        ("closed", ticked(141, "0.001")),
        ("frozen", i.Froze(at=at(200))),
        ("thawed", i.Thawed(at=at(220))),
        ("liquidated", ticked(300, "-0.3")),
        ("left", i.Left(at=at(310), player=2)),
        ("second round", i.Due(at=at(341))),
        ("stopped", i.Stopped(at=at(400), why="stopped")),
    ):
        state = played(state, what)
        yield name, state

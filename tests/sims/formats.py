"""Every format as a crowd plays it: what is chosen, what people do, and how it is counted anew."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Protocol

from core.lessons.challenges.guess import Guess
from core.lessons.challenges.quiz import Quiz
from tests.sims.drawn import guess, quiz
from tests.sims.recount.arena import arena
from tests.sims.recount.crash import crash
from tests.sims.recount.duel import duel
from tests.sims.recount.last import last
from tests.sims.recount.prop import prop
from tests.sims.recount.result import Result
from tests.sims.recount.squads import squads
from tests.sims.recount.told import Told


class Crowd(Protocol):
    """People who do things, each by their number."""

    draw: Random
    number: int
    """The game's number."""

    def some(self, most: int) -> list[int]:
        """Return a few of those who are there."""

    def press(self, who: int, label: str) -> None:
        """Press a button in the group."""

    def whisper(self, who: int, line: str) -> None:
        """Say a line alone with the bot."""

    def seen(self) -> object:
        """Return the game as it is played, for people to look at."""


Acts = Callable[[Crowd], None]


@dataclass(frozen=True)
class Format:
    """One format.

    `line` is said to draft it, of two people `duo`; `chosen` are options that are set afterwards.
    `acts` is what a crowd does at a step of `step` seconds. It must be over in `longest` seconds;
    what may last for days is stopped after `stop`. `fewest` people play it; `late` says that others
    may come late, `live` that it is played on a market.
    """

    line: str
    recount: Callable[[Told], Result]
    acts: Acts
    chosen: tuple[str, ...] = ()
    duo: str = ""
    step: int = 30
    longest: int = 2 * 3600
    late: bool = False
    live: bool = False
    stop: int = 0
    fewest: int = 2

    def said(self, size: int) -> str:
        """What is said to draft it among so many."""
        return self.duo if self.duo and size <= 2 else self.line


def duelling(crowd: Crowd) -> None:
    """Add margin, hedge, close: whatever is allowed, and what is not."""
    for who in crowd.some(2):
        crowd.press(who, crowd.draw.choice(("Add margin", "Hedge", "Close", "Mine", "Rules")))


COINS = ("btc", "eth", "sol", "xrp")


def trading(crowd: Crowd) -> None:
    """Open, close and move margin, in private; now and then two do the opposite of each other."""
    for who in crowd.some(3):
        coin, draw = crowd.draw.choice(COINS), crowd.draw
        side, other = draw.sample(("long", "short"), 2)
        size = f"{draw.choice((5, 10, 20))}x {draw.choice((300, 900))}"
        mode = draw.choice(("isolated", "cross"))
        if draw.random() < 0.6:
            crowd.whisper(who, f"/trade {side} {coin} {size} {mode}")
            if who < 2:
                crowd.whisper(1 - who, f"/trade {other} {coin} {size} {mode}")
            continue
        lines = (f"/trade close {coin}", f"/trade close {coin} 50%", "/trade close all")
        line = draw.choice((*lines, f"/trade margin {coin} +100"))
        crowd.whisper(who, line)
        if who < 2:
            crowd.whisper(1 - who, line)


def battling(crowd: Crowd) -> None:
    """Trade, and now and then vote for a captain or name the squad; most may do neither."""
    trading(crowd)
    for who in crowd.some(2):
        draw = crowd.draw
        votes = [f"#{draw.randint(1, 9)}" for _ in range(3)]
        name = f"name {draw.choice(('Night', 'Day'))} {draw.choice(('Owls', 'Hawks', 'Mods'))}"
        crowd.whisper(who, f"/challenge captain 1 {draw.choice((*votes, name, '?'))}")


def risking(crowd: Crowd) -> None:
    """Open what may break a limit, and close it again."""
    for who in crowd.some(2):
        coin, draw = crowd.draw.choice(COINS), crowd.draw
        side, mode = draw.choice(("long", "short")), draw.choice(("isolated", "cross"))
        line = f"/trade {side} {coin} 10x {draw.choice((900, 2500))} {mode}"
        crowd.whisper(who, draw.choice((line, line, "/trade close all", f"/trade close {coin}")))


def guessing(crowd: Crowd) -> None:
    """Guess near the price, or anywhere, or never; some change their mind."""
    play = crowd.seen()
    assert isinstance(play, Guess)
    card, ask = play.cards[-1], play.rounds.last
    for who in crowd.some(6):
        around = (card.truth or card.entry) * Decimal(crowd.draw.randint(80, 120)) / 100
        said = crowd.draw.choice((f"{around:.4f}", f"{around:.4f}", "never", "much"))
        crowd.whisper(who, f"/answer #{crowd.number} {ask.number}:{said}")


def quizzing(crowd: Crowd) -> None:
    """Press a letter; where a number decides, say one."""
    play = crowd.seen()
    assert isinstance(play, Quiz)
    for who in crowd.some(8):
        if play.items[-1].choices:
            crowd.press(who, crowd.draw.choice("ABCD"))
        else:
            crowd.whisper(who, f"/answer #{crowd.number} {crowd.draw.randint(100, 90_000)}")


def surviving(crowd: Crowd) -> None:
    """Choose something for a tick."""
    labels = ("Hold", "-25%", "-50%", "Close all", "Add margin", "Hedge", "Move cash", "Mine")
    for who in crowd.some(4):
        crowd.press(who, crowd.draw.choice(labels))


def standing(crowd: Crowd) -> None:
    """Choose a coin, a side and a mode."""
    for who in crowd.some(8):
        coin, draw = crowd.draw.choice(COINS), crowd.draw
        side, mode = draw.choice(("long", "short")), draw.choice(("isolated", "cross"))
        choice = draw.choice((*[f"{coin} {side} {mode}"] * 5, "close", "open"))
        crowd.whisper(who, f"/challenge act {crowd.number} {choice}")


FORMATS: Mapping[str, Format] = {
    "duel": Format("/challenge duel halves", duel, duelling, duo="/challenge duel", live=True),
    "arena": Format(
        "/challenge arena 1h", arena, trading, chosen=("late any",), late=True, live=True
    ),
    "guess": Format("/challenge guess", guess, guessing, chosen=("late any",), step=5, late=True),
    "quiz": Format("/challenge quiz 5", quiz, quizzing, chosen=("late any",), step=4, late=True),
    "crash": Format("/challenge crash", crash, surviving, step=15, late=True),
    "squads": Format(
        "/challenge squads 1h",
        squads,
        battling,
        chosen=("late any", "by role"),
        late=True,
        live=True,
        fewest=4,
    ),
    "prop": Format(
        "/challenge prop", prop, risking, step=60, longest=5 * 3600, late=True, stop=3000
    ),
    "last": Format("/challenge last", last, standing, step=50, live=True),
    "recorded duel": Format(
        "/challenge duel halves crash", duel, duelling, duo="/challenge duel crash", step=10
    ),
}

LONG: Mapping[str, Format] = {
    "week": Format(
        "/challenge arena 7d",
        arena,
        trading,
        chosen=("late any",),
        step=900,
        longest=30 * 3600,
        stop=27 * 3600,
    ),
}
"""What lasts for days, looked at in coarse steps; no sample plays it in all sizes."""

"""Every format as a crowd plays it: what is chosen, what people do, and how it is counted anew."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Protocol

from tests.sims.recount.arena import arena
from tests.sims.recount.duel import duel
from tests.sims.recount.result import Result
from tests.sims.recount.told import Told


class Crowd(Protocol):
    """People who do things, each by their number."""

    draw: Random

    def some(self, most: int) -> list[int]:
        """Return a few of those who are there."""

    def press(self, who: int, label: str) -> None:
        """Press a button in the group."""

    def whisper(self, who: int, line: str) -> None:
        """Say a line alone with the bot."""


Acts = Callable[[Crowd], None]


@dataclass(frozen=True)
class Format:
    """One format.

    `line` is said to draft it, `chosen` are options that are set afterwards; of two people `duo` is
    said instead. `acts` is what a crowd does at a step of `step` seconds; in `longest` seconds it
    must be over. `late` says that people may come late, `live` that it is played on a market.
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
    begins: bool = True

    def said(self, size: int) -> str:
        """What is said to draft it among so many."""
        return self.duo if self.duo and size <= 2 else self.line


def duelling(crowd: Crowd) -> None:
    """Add margin, hedge, close: whatever is allowed, and what is not."""
    for who in crowd.some(2):
        crowd.press(who, crowd.draw.choice(("Add margin", "Hedge", "Close", "Mine", "Rules")))


COINS = ("btc", "eth", "sol", "xrp")


def trading(crowd: Crowd) -> None:
    """Open, close and move margin, in private."""
    for who in crowd.some(3):
        coin, draw = crowd.draw.choice(COINS), crowd.draw
        side, mode = draw.choice(("long", "short")), draw.choice(("isolated", "cross"))
        crowd.whisper(
            who,
            draw.choice(
                (
                    f"/trade {side} {coin} {draw.choice((5, 10, 20))}x {draw.choice((300, 900))} {mode}",
                    f"/trade close {coin}",
                    f"/trade close {coin} 50%",
                    f"/trade margin {coin} +100",
                    "/trade close all",
                )
            ),
        )


FORMATS: Mapping[str, Format] = {
    "duel": Format("/challenge duel halves", duel, duelling, duo="/challenge duel", live=True),
    "arena": Format(
        "/challenge arena 1h", arena, trading, chosen=("late any",), late=True, live=True
    ),
}

"""What a crash taught those who met it, counted: who acted, which walls fell, what would have been.

The three fixed policies tell what either wall, and closing at once, would have made of the same
book; the players' own choices tell whether acting paid.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.lessons.game.crash_acts import CUTS
from core.lessons.game.survival import Survivor
from core.money import ZERO, Amount, Rate


class Way(StrEnum):
    """What somebody did on the whole."""

    HELD = "held"
    CLOSED = "closed"
    REDUCED = "reduced"
    ACTED = "acted"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashLesson:
    """What is counted. `kept` is what each policy ends with (quote), `best` the name of the best.

    Where holding was best behind either wall alike, `best` is "either".

    `held` players did nothing, `acted` did something; the means are of their points, None where
    there is nobody. `pockets` isolated and `crosses` cross walls fell; behind `spared` of the
    accounts that lost a pocket the rest lived to the end.
    """

    held: int
    acted: int
    held_mean: Rate | None
    acted_mean: Rate | None
    pockets: int
    crosses: int
    spared: int
    kept: Mapping[str, Amount]
    best: str


def crash_lesson(
    survivors: Mapping[int, Survivor],
    scores: Mapping[int, Rate],
    policies: Mapping[str, tuple[Amount, ...]],
) -> CrashLesson:
    """Return what a crash that is over taught."""
    held = [scores[player] for player, one in survivors.items() if not one.acts]
    acted = [scores[player] for player, one in survivors.items() if one.acts]
    kept = {name: worth[-1] for name, worth in policies.items()}
    return CrashLesson(
        held=len(held),
        acted=len(acted),
        held_mean=_mean(held),
        acted_mean=_mean(acted),
        pockets=sum(one.pockets for one in survivors.values()),
        crosses=sum(one.crosses for one in survivors.values()),
        spared=sum(one.pockets > 0 and not one.out for one in survivors.values()),
        kept=kept,
        best=_best(kept),
    )


def _best(kept: Mapping[str, Amount]) -> str:
    best = max(kept, key=kept.__getitem__)
    return "either" if best != "flat" and kept["isolated"] == kept["cross"] else best


def _mean(points: list[Rate]) -> Rate | None:
    return Rate(sum(points, ZERO) / len(points)) if points else None


def way_of(one: Survivor) -> tuple[Way, int]:
    """Return what somebody did on the whole, and in which tick first (0 where never)."""
    if not one.acts:
        return Way.HELD, 0
    acts = [act for _, act in one.acts]
    if "cut100" in acts:
        return Way.CLOSED, next(tick for tick, act in one.acts if act == "cut100")
    first = one.acts[0][0]
    cut = next((tick for tick, act in one.acts if act in CUTS), 0)
    return (Way.REDUCED, cut) if cut else (Way.ACTED, first)

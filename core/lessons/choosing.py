"""Which margin mode suits somebody: four answers in, a mode out, with what speaks for and against.

It is about the mode and never about a trade. The rules, the first that applies decides:

1. New to futures: isolated. The loss is capped at the margin of a position, and learning costs no
   more than that.
2. Hedged: cross. One leg's gain carries the other's loss; isolated legs fall alone.
3. A loss capped below the whole wallet: isolated. In cross the whole wallet is collateral.
4. Experienced, with several positions: cross. They are managed as one portfolio.
5. Anything else: isolated. One position shares with nothing, and unrelated ones stay apart.

Everything else that the answers say for the chosen mode is told too, and what they say for the
other one is told as speaking against it. Each mode has its price, which is always told.
Source: the subject's four statements (difference, beginners, switching, when cross).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.margin.pool import MarginMode
from core.money import ONE


class Experience(StrEnum):
    """How well somebody knows futures."""

    NEW = "new"
    SOME = "some"
    MUCH = "pro"


class Reason(StrEnum):
    """What of the answers speaks for a mode; the first five for isolated."""

    BEGINNER = "beginner"
    CAPPED = "capped"
    SINGLE = "single"
    UNRELATED = "unrelated"
    HEDGED = "hedged"
    PORTFOLIO = "portfolio"


FOR_CROSS = frozenset((Reason.HEDGED, Reason.PORTFOLIO))
"""Reasons for cross; all others are for isolated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The four answers; `most_lost` is a share of the wallet above 0 and at most 1.

    `positions` counts those held at once; a hedge has two at least.
    """

    hedged: bool
    positions: int
    most_lost: Decimal
    experience: Experience


@dataclass(frozen=True, slots=True)
class Suited:
    """The mode that suits, the reasons for it, the one that decided first, and those against."""

    mode: MarginMode
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]


def suited(situation: Situation) -> Suited:
    """Return which mode suits, by the rules above."""
    found = _reasons(situation)
    decided = _decided(found)
    cross = decided in FOR_CROSS
    return Suited(
        MarginMode.CROSS if cross else MarginMode.ISOLATED,
        (decided, *(r for r in found if (r in FOR_CROSS) is cross and r is not decided)),
        tuple(r for r in found if (r in FOR_CROSS) is not cross),
    )


def _decided(found: tuple[Reason, ...]) -> Reason:
    """The reason that decides: the first of the rules that applies."""
    rules = (Reason.BEGINNER, Reason.HEDGED, Reason.CAPPED, Reason.PORTFOLIO)
    return next((reason for reason in rules if reason in found), found[0])


def _reasons(situation: Situation) -> tuple[Reason, ...]:
    """Everything that the answers say for either mode; it is never nothing."""
    several = situation.positions > 1
    portfolio = several and situation.experience is Experience.MUCH
    holds = {
        Reason.BEGINNER: situation.experience is Experience.NEW,
        Reason.CAPPED: situation.most_lost < ONE,
        Reason.SINGLE: not several,
        Reason.UNRELATED: several and not situation.hedged and not portfolio,
        Reason.HEDGED: situation.hedged,
        Reason.PORTFOLIO: portfolio,
    }
    return tuple(reason for reason, applies in holds.items() if applies)

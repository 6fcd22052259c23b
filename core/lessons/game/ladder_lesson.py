"""What a ladder of leverage taught, counted: how long each wall carried, and what that cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.lessons.game.sides import Pick
from core.lessons.game.trading import Noted
from core.margin.pool import MarginMode
from core.money import ZERO, Amount

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Carried:
    """Those who stood behind one wall at last: how many, how many fell, and two means.

    They lasted so many `seconds`, and their wallets changed by so much (quote).
    """

    players: int
    fell: int
    seconds: int
    change: Amount


def ladder_lesson(
    picks: Mapping[int, Pick],
    notes: Mapping[int, Noted],
    out: Mapping[int, datetime],
    span: tuple[datetime, datetime],
) -> Mapping[MarginMode, Carried]:
    """Return how long each wall carried; one behind which nobody stood is left out.

    `span` is from the beginning to the end: who stands at the end lasted as long.
    """
    found: dict[MarginMode, Carried] = {}
    began, ended = span
    for mode in MarginMode:
        own = [player for player, pick in picks.items() if pick.mode is mode]
        if own:
            lasted = sum((out.get(player, ended) - began) // SECOND for player in own)
            change = sum((notes[player].change for player in own), ZERO)
            found[mode] = Carried(
                players=len(own),
                fell=sum(notes[player].liquidations > 0 for player in own),
                seconds=lasted // len(own),
                change=Amount(change / len(own)),
            )
    return found

"""Which simulations are played: all of them by hand, a sample of them with the tests.

In the sample every format is played by 2, 30 and 200 people, and on Telegram, on Discord and on
both at once; which size plays where moves on from format to format, and so do the troubles.
"""

from collections.abc import Iterator
from itertools import product

from tests.sims.formats import FORMATS
from tests.sims.sim import BOTH, DISCORD, TELEGRAM, Plan

SIZES = (2, 30, 200)
PLACES = ((TELEGRAM,), (DISCORD,), BOTH)

Troubles = tuple[tuple[int, str], ...]

TROUBLES: tuple[Troubles, ...] = (
    ((100, "restart"), (150, "host leaves")),
    ((40, "flood"), (70, "flood"), (200, "flood")),
    ((60, "away"), (150, "back"), (230, "restart")),
    ((30, "restart"), (200, "restart")),
)
"""What goes wrong, so many seconds after the beginning."""

OUTAGE: Troubles = ((300, "outage"), (500, "restart"), (620, "prices"), (900, "flood"))
"""Prices are away for five minutes, and the program ends meanwhile."""


def sample() -> Iterator[Plan]:
    """Yield what the tests play."""
    for number, name in enumerate(FORMATS):
        for place, size in enumerate(SIZES):
            where = PLACES[(number + place) % len(PLACES)]
            trouble = TROUBLES[(number + 2 * place) % len(TROUBLES)]
            yield Plan(name, size, where, number + 1, trouble)


def outages() -> Iterator[Plan]:
    """Yield games on a live market whose prices are away in the middle."""
    for number, (name, each) in enumerate(FORMATS.items()):
        if each.live:
            yield Plan(name, 8, PLACES[number % 2], number + 1, OUTAGE, live=True)


KICKED: Troubles = ((900, "kicked"), (40_000, "restart"))
"""Two are thrown out, and the program ends in the middle of their day."""


def kicks() -> Iterator[Plan]:
    """Yield games that last longer than the day after which who is gone has left."""
    for number, where in enumerate(PLACES):
        yield Plan("week", 6, where, number + 1, KICKED)


def recorded() -> Iterator[Plan]:
    """Yield a duel on recorded events whose house has a live market, which goes away."""
    yield Plan("recorded duel", 8, (TELEGRAM,), 1, OUTAGE, live=True)


def everything() -> Iterator[Plan]:
    """Yield all formats in all sizes everywhere, each with other troubles."""
    for number, (name, size, where) in enumerate(product(FORMATS, SIZES, PLACES)):
        yield Plan(name, size, where, number + 1, TROUBLES[number % len(TROUBLES)])
    yield from outages()
    yield from kicks()
    yield from recorded()

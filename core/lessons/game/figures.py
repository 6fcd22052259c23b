"""Round figures for made-up trades, drawn from a game's seed.

A card is read on a phone and reckoned in one's head: prices have three digits, quantities two.
Prices lie where the coin has been in recent years; what coin it is decides nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.lessons.game.chance import Thing, drawn, picked, shuffled
from core.market import Instrument
from core.money import EXACT, ONE, ZERO, D, Price, display, down

USUAL: Mapping[str, tuple[Decimal, Decimal]] = {
    "BTC": (D(40_000), D(120_000)),
    "ETH": (D(1_200), D(4_800)),
    "BNB": (D(250), D(950)),
    "XRP": (D("0.4"), D("3.2")),
    "SOL": (D(40), D(260)),
    "DOGE": (D("0.06"), D("0.45")),
    "ADA": (D("0.25"), D("1.25")),
}
"""The least and the highest entry (quote per base) of a coin's cards."""

_TICKS = (D(10_000), D(90_000))
"""Of any other coin, in ticks."""

SHOWN = 3
"""Digits of a price; of an entry those of the highest one."""


@dataclass(frozen=True, slots=True)
class Dice:
    """Draws for one thing: the same seed and the same place give the same figures."""

    seed: str
    place: tuple[object, ...]

    def one(self, things: Sequence[Thing], what: str) -> Thing:
        """Return one of some things."""
        return picked(self.seed, things, *self.place, what)

    def order(self, things: Sequence[Thing], what: str) -> tuple[Thing, ...]:
        """Return all the things in some order."""
        return shuffled(self.seed, things, *self.place, what)

    def chance(self, part: int, whole: int, what: str) -> bool:
        """Return True in `part` of `whole` cases."""
        return drawn(self.seed, whole, *self.place, what) < part

    def between(self, low: Decimal, high: Decimal, unit: Decimal, what: str) -> Decimal:
        """Return a multiple of a unit from a low to a high one."""
        first = int(low / unit)
        return (first + drawn(self.seed, int(high / unit) - first + 1, *self.place, what)) * unit

    def entry(self, instrument: Instrument, what: str = "entry") -> Price:
        """Return a round price at which a contract might be entered, on its tick."""
        low, high = USUAL.get(instrument.base, tuple(t * instrument.tick for t in _TICKS))
        unit = ONE.scaleb(high.adjusted() - SHOWN + 1)
        return Price(plain(down(self.between(low, high, unit, what), instrument.tick)))


def plain(value: Decimal) -> Decimal:
    """Return a number without zeros behind its last digit and without an exponent."""
    return value.normalize(EXACT) + ZERO


def significant(value: Decimal, digits: int) -> Decimal:
    """Return a made-up figure to so many significant digits, half to even."""
    return plain(display(value, digits - value.adjusted() - 1)) if value else value


def round_quantity(cost: Decimal, price: Price, step: Decimal) -> Decimal:
    """Return about the quantity (base) that costs so much (quote): two digits, on the step."""
    return plain(down(significant(cost / price, 2), step))

"""Closing marks as people name them: a price, or a move of the price in percent.

A stop's move goes against the position, a target's with it, whichever sign was typed.
"""

from decimal import Decimal

from core.margin.pool import Side
from core.market import Instrument
from core.money import ONE, Price, down
from core.paper.account import Stops

PERCENT = Decimal("0.01")


def stops_named(
    sl: Decimal | str | None, tp: Decimal | str | None, side: Side, base: Price, on: Instrument
) -> Stops:
    """Return typed marks as prices on the tick; moves start from `base` (quote per base)."""
    return Stops(
        loss=_price(sl, base, -side.sign, on),
        profit=_price(tp, base, side.sign, on),
    )


def _price(
    typed: Decimal | str | None, base: Price, sign: Decimal, instrument: Instrument
) -> Price | None:
    if typed is None:
        return None
    raw = typed
    if not isinstance(raw, Decimal):
        raw = base * (ONE + sign * abs(Decimal(raw.rstrip("%"))) * PERCENT)
    tick = instrument.tick_at(Price(raw))
    # The nearest tick: nobody's price is moved by more than half of one.
    return Price(max(tick, down(raw + tick / 2, tick)))

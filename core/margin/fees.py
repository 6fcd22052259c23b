"""What trading and holding cost: fees, funding, and what a liquidation keeps.

All amounts are quote and unrounded; what is booked is rounded by `require` and `credit`.
Source: margin specification, sections 3, 8 and 9.
"""

from decimal import Decimal

from core.margin.pool import Leg, Side
from core.margin.risk import closing_fee
from core.market import Instrument
from core.money import ONE, Amount, Price, Rate
from core.venue import Venue


def trading_fee(quantity: Decimal, price: Price, rate: Rate) -> Amount:
    """Executed notional x fee rate."""
    return Amount(quantity * price * rate)


def order_cost(leg: Leg, instrument: Instrument) -> Amount:
    """Initial margin + entry fee + the closing fee where margin carries it (Bybit)."""
    entry_fee = leg.entry_cost * instrument.taker_fee
    return Amount(leg.initial_margin + entry_fee + closing_fee(leg, instrument))


def posted_margin(leg: Leg, instrument: Instrument) -> Amount:
    """What opening the leg isolated moves into its pocket: initial margin and any closing fee."""
    return Amount(leg.initial_margin + closing_fee(leg, instrument))


def funding_payment(leg: Leg, mark: Price, rate: Rate) -> Amount:
    """Cash to the holder: -side x notional x rate; with a positive rate longs pay."""
    return Amount(-leg.side.sign * leg.quantity * mark * rate)


def clearance_fee(instrument: Instrument, venue: Venue, closed: Amount, left: Amount) -> Amount:
    """min(rate x closed notional, what is left of the pool); the venue's assumed rate if none."""
    rate = instrument.liquidation_fee
    if rate is None:
        rate = venue.clearance_fee_assumed
    return Amount(min(rate * closed, left))


def counted_margin(added: Amount, side: Side, instrument: Instrument) -> Amount:
    """Margin added by hand as it counts for the liquidation price.

    Where margin carries the closing fee (Bybit), added margin moves the bankruptcy price, and its
    closing fee X*s*f is carved out: X/(1 - s*f). For linear contracts that is by analogy with the
    published inverse formula, so the smaller of the two readings counts: it is our rule.
    """
    if not instrument.bankruptcy_fee:
        return added
    carved = added / (ONE - side.sign * instrument.bankruptcy_fee)
    return Amount(min(added, carved))

"""What a leg asks of its pool, and what a pool still has.

    unrealized PnL      s * (q*P - entry cost)
    maintenance margin  q*P*(m + phi) - c + closing fee       m, c of the tier of q*P
    cushion             margin balance - maintenance margin   liquidation when it is gone

phi is the taker fee where a venue counts closing as part of the requirement (OKX), else 0. The
closing fee is Bybit's: charged at the bankruptcy price, q*E*(1 - s/L)*f, a constant per leg.
Risks add up: the risk of a pool is the sum over its legs plus its collateral (dYdX `lib/margin`).
Source: margin specification, sections 4 and 7.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.margin.pool import Leg, Pool, Side
from core.market import Instrument, Listing, Marks, Measure
from core.money import ONE, ZERO, Amount, Price, Rate
from core.venue import Venue

INFINITE = Rate(Decimal("Infinity"))


@dataclass(frozen=True, slots=True)
class Risk:
    """Three amounts (quote) that add up: margin balance, initial margin, maintenance margin."""

    margin_balance: Amount
    initial_margin: Amount
    maintenance_margin: Amount

    def __add__(self, other: "Risk") -> "Risk":
        """Add two risks, field by field."""
        return Risk(
            Amount(self.margin_balance + other.margin_balance),
            Amount(self.initial_margin + other.initial_margin),
            Amount(self.maintenance_margin + other.maintenance_margin),
        )

    @property
    def cushion(self) -> Amount:
        """Margin balance - maintenance margin, quote."""
        return Amount(self.margin_balance - self.maintenance_margin)

    @property
    def margin_ratio(self) -> Rate:
        """Maintenance margin / margin balance; 1 is liquidation; infinite without a balance."""
        if self.margin_balance <= ZERO:
            return INFINITE
        return Rate(self.maintenance_margin / self.margin_balance)

    @property
    def available(self) -> Amount:
        """What may still be posted: margin balance - initial margin, never below 0, quote."""
        return Amount(max(ZERO, self.margin_balance - self.initial_margin))

    def is_liquidatable(self, venue: Venue) -> bool:
        """Whether the cushion is gone; at exactly zero the venue's rule of equality decides."""
        if not self.maintenance_margin:
            return False
        return self.cushion < ZERO or (venue.equal_liquidates and self.cushion == ZERO)

    def riskier_than(self, other: "Risk") -> bool:
        """Compare margin ratios by cross-multiplication, so that no division rounds."""
        if self.margin_balance <= ZERO or other.margin_balance <= ZERO:
            return self.margin_ratio > other.margin_ratio
        return (
            self.maintenance_margin * other.margin_balance
            > other.maintenance_margin * self.margin_balance
        )


NO_RISK = Risk(Amount(ZERO), Amount(ZERO), Amount(ZERO))


def notional(leg: Leg, mark: Price) -> Amount:
    """Quantity x mark price, quote."""
    return Amount(leg.quantity * mark)


def unrealized_pnl(leg: Leg, mark: Price) -> Amount:
    """Side x (quantity x mark - entry cost), quote."""
    return Amount(leg.side.sign * (leg.quantity * mark - leg.entry_cost))


def closing_fee(leg: Leg, instrument: Instrument) -> Amount:
    """Return the fee of closing at the bankruptcy price where margin carries it, else 0; quote.

    q*E*(1 - s/L)*f on the entry price (Bybit, specification section 3).
    """
    if not instrument.bankruptcy_fee:
        return Amount(ZERO)
    left = ONE - leg.side.sign / leg.leverage
    return Amount(leg.entry_cost * left * instrument.bankruptcy_fee)


def maintenance_margin(leg: Leg, mark: Price, instrument: Instrument) -> Amount:
    """Return what the leg needs to stay, quote, unrounded; the tier is that of its size here."""
    worth = leg.quantity * mark
    table = instrument.brackets
    tier = table.index(table.size(leg.quantity, worth))
    needed = worth * (table.rates[tier] + instrument.trigger_fee) - table.amounts[tier]
    if instrument.bankruptcy_fee:
        needed += closing_fee(leg, instrument)
    return Amount(needed)


def leg_cushion(leg: Leg, mark: Price, instrument: Instrument) -> Decimal:
    """Return what a leg leaves to its pool: unrealized PnL - maintenance margin, quote."""
    quantity, table = leg.quantity, instrument.brackets
    worth = quantity * mark
    size = worth if table.measure is Measure.NOTIONAL else quantity
    tier = bisect_right(table.floors, size) - 1
    if leg.side is Side.LONG:
        left = table.amounts[tier] - leg.entry_cost
        left -= worth * (table.rates[tier] + instrument.long_lift)
    else:
        left = table.amounts[tier] + leg.entry_cost
        left -= worth * (table.rates[tier] + instrument.short_lift)
    if instrument.bankruptcy_fee:
        left -= closing_fee(leg, instrument)
    return left


def initial_margin(leg: Leg, mark: Price, instrument: Instrument) -> Amount:
    """Return notional / leverage, plus the closing fee where margin carries it; quote."""
    return Amount(leg.quantity * mark / leg.leverage + closing_fee(leg, instrument))


def leg_risk(leg: Leg, mark: Price, instrument: Instrument) -> Risk:
    """Return one leg's part of its pool's risk; its margin balance is its unrealized PnL."""
    return Risk(
        unrealized_pnl(leg, mark),
        initial_margin(leg, mark, instrument),
        maintenance_margin(leg, mark, instrument),
    )


def risk(pool: Pool, marks: Marks, listing: Listing) -> Risk:
    """Return a pool's risk at one snapshot. Raises `NoPrice`, `UnknownSymbol`."""
    total = Risk(pool.collateral, Amount(ZERO), Amount(ZERO))
    for leg in pool.legs:
        total += leg_risk(leg, marks.price(leg.symbol), listing.instrument(leg.symbol))
    return total


def breaches(pools: Iterable[Pool], marks: Marks, listing: Listing) -> tuple[Pool, ...]:
    """Return the pools whose cushion is gone, in the order given."""
    return tuple(p for p in pools if risk(p, marks, listing).is_liquidatable(listing.venue))


def return_on_margin(leg: Leg, mark: Price) -> Rate:
    """ROE: unrealized PnL / initial margin at entry; a ratio."""
    return Rate(unrealized_pnl(leg, mark) / leg.initial_margin)

"""Coin-margined contracts: the same wall and the same cushion, counted in coins.

A contract is worth a fixed sum of quote money, so Q (quote) is fixed and the notional Q/P (coins)
grows as the price falls. With amounts in coins:

    unrealized PnL      s*Q*(1/E - 1/P)
    maintenance margin  Q/P*(m + phi) - c          tiers by Q/P, picked at the price in question
    LP = Q*(m + phi + s) / (W + c + s*Q/E)         W: collateral + what the other legs leave

Used by the core and its tests only; no command offers inverse contracts.
Source: margin specification, section 13 (Binance S2, OKX S8, Bybit S3).
"""

from dataclasses import dataclass
from decimal import Decimal

from core.margin.pool import Side
from core.market import BracketTable
from core.money import ONE, ZERO, Amount, Price, Rate


@dataclass(frozen=True, slots=True)
class InverseLeg:
    """A coin-margined position of `value` (quote, fixed), entered at `entry` (quote per coin)."""

    side: Side
    value: Decimal
    entry: Price
    leverage: Rate

    @property
    def initial_margin(self) -> Amount:
        """Coins needed to open: value / entry / leverage."""
        return Amount(self.value / self.entry / self.leverage)


def coin_pnl(leg: InverseLeg, mark: Price) -> Amount:
    """Unrealized PnL in coins."""
    return Amount(leg.side.sign * leg.value * (ONE / leg.entry - ONE / mark))


def coin_maintenance(
    leg: InverseLeg, mark: Price, table: BracketTable, fee: Rate = Rate(ZERO)
) -> Amount:
    """Maintenance margin in coins, with the tier of the coin notional at the mark."""
    coins = leg.value / mark
    bracket = table.at(leg.value, coins)
    return Amount(coins * (bracket.maintenance_rate + fee) - bracket.maintenance_amount)


def inverse_liquidation_price(
    leg: InverseLeg, collateral: Amount, table: BracketTable, fee: Rate = Rate(ZERO)
) -> Price | None:
    """Return the unrounded liquidation price, or None (a 1x short cannot be liquidated).

    `collateral` in coins is the pocket, or for cross the wallet plus what other legs leave.
    """
    sign = leg.side.sign
    backing = collateral + sign * leg.value / leg.entry
    for bracket in table.brackets:
        against = backing + bracket.maintenance_amount
        lift = bracket.maintenance_rate + fee + sign
        price = leg.value * lift / against if against else ZERO
        if price <= ZERO:
            continue
        if table.at(leg.value, leg.value / price) is bracket:
            return Price(price)
    return None


def inverse_bankruptcy_price(leg: InverseLeg, collateral: Amount) -> Price | None:
    """Return the price at which collateral + PnL is zero, or None."""
    against = collateral + leg.side.sign * leg.value / leg.entry
    price = leg.side.sign * leg.value / against if against else ZERO
    return Price(price) if price > ZERO else None


def inverse_order_cost(leg: InverseLeg, fee: Rate) -> Amount:
    """Coins needed to place the order on Bybit: margin + entry fee + fee of closing at bankruptcy.

    The closing fee is value/entry*(1 + s/L)*f.
    """
    coins = leg.value / leg.entry
    closing = coins * (ONE + leg.side.sign / leg.leverage) * fee
    return Amount(leg.initial_margin + coins * fee + closing)

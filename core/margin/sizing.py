"""From what a person means by a size to a leg the venue would take.

A size may be collateral, position value, coins or a share of the wallet. The quantity is rounded
*down* to the venue's step, then checked against its smallest order and the tiers: the order is
refused where the tier of its notional does not allow the leverage.
Source: margin specification, sections 2, 3, 8 and 12.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.errors import LeverageTooHigh, NotionalTooSmall, QuantityTooSmall
from core.margin.pool import Leg, Side
from core.market import Instrument, Listing, Measure, Symbol
from core.money import ONE, ZERO, Amount, Price, Quantity, Rate, down, up


class SizeKind(StrEnum):
    """What a size counts."""

    MARGIN = "margin"
    NOTIONAL = "notional"
    QUANTITY = "quantity"
    WALLET_PERCENT = "wallet_percent"


@dataclass(frozen=True, slots=True)
class Size:
    """A size: quote for margin and notional, base for quantity, percent of the free wallet."""

    kind: SizeKind
    value: Decimal


@dataclass(frozen=True, slots=True)
class Trade:
    """One trade as asked for; `entry` None is the mark."""

    symbol: Symbol
    side: Side
    leverage: Rate
    size: Size
    entry: Price | None = None


def raw_quantity(trade: Trade, price: Price, wallet: Amount, fee: Rate) -> Quantity:
    """Return the quantity (base) a trade asks for, unrounded.

    A share of the wallet leaves room for the fees an order reserves on top of the margin; `fee` is
    their sum, a rate on the entry cost.
    """
    value = trade.size.value
    match trade.size.kind:
        case SizeKind.QUANTITY:
            return Quantity(value)
        case SizeKind.NOTIONAL:
            return Quantity(value / price)
        case SizeKind.MARGIN:
            return Quantity(value * trade.leverage / price)
        case SizeKind.WALLET_PERCENT:  # pragma: no branch - there is no fifth kind
            # One division only, so that a share which is a whole number of steps stays one.
            cost = 100 * (ONE + fee * trade.leverage) * price
            return Quantity(wallet * value * trade.leverage / cost)


def place(trade: Trade, price: Price, wallet: Amount, listing: Listing) -> Leg:
    """Return the leg this trade would open at `price`, its quantity rounded down to the step.

    Raises `UnknownSymbol`, `Delisted`, `QuantityTooSmall`, `NotionalTooSmall`, `SizeTooLarge`,
    `LeverageTooHigh`.
    """
    instrument = listing.tradable_instrument(trade.symbol)
    closing = (ONE - trade.side.sign / trade.leverage) * instrument.bankruptcy_fee
    wanted = raw_quantity(trade, price, wallet, Rate(instrument.taker_fee + closing))
    quantity = down(wanted, instrument.step)
    _check_smallest(quantity, price, trade.leverage, listing, instrument)
    check_tier(quantity, price, trade.leverage, listing, instrument)
    return Leg.at(trade.symbol, trade.side, Quantity(quantity), price, trade.leverage)


def _check_smallest(
    quantity: Decimal, price: Price, leverage: Rate, listing: Listing, instrument: Instrument
) -> None:
    """Refuse an order below the venue's smallest, naming a margin that would do."""
    least = max(instrument.min_quantity, up(instrument.min_notional / price, instrument.step))
    margin = up(least * price / leverage, Decimal("0.01"))
    if quantity < instrument.min_quantity:
        raise QuantityTooSmall(
            instrument.symbol, listing.venue.name, instrument.min_quantity, margin
        )
    if quantity * price < instrument.min_notional:
        raise NotionalTooSmall(
            instrument.symbol, listing.venue.name, quantity * price, instrument.min_notional, margin
        )


def check_tier(
    quantity: Decimal, price: Price, leverage: Rate, listing: Listing, instrument: Instrument
) -> None:
    """Refuse a size beyond the ladder or beyond the cap of the tiers that allow the leverage.

    A size of exactly the cap is taken. Raises `SizeTooLarge`, `LeverageTooHigh`.
    """
    worth, table = quantity * price, instrument.brackets
    instrument.check_size(quantity, worth, listing.venue)
    limit = table.cap_at(leverage)
    if limit is not None and (not limit or table.size(quantity, worth) > limit):
        highest = table.at(quantity, worth).max_leverage
        cap = tier_cap(instrument, leverage, price) or ZERO
        raise LeverageTooHigh(instrument.symbol, listing.venue.name, leverage, worth, highest, cap)


def tier_cap(instrument: Instrument, leverage: Rate, price: Price) -> Amount | None:
    """Return the largest notional (quote) at a leverage; None where the venue names no end."""
    cap = instrument.brackets.cap_at(leverage)
    if cap is None:
        return None
    return Amount(cap if instrument.brackets.measure is Measure.NOTIONAL else cap * price)


@dataclass(frozen=True, slots=True)
class Largest:
    """The largest position that can be opened, and whether the tier (or the wallet) stops it."""

    quantity: Quantity
    notional: Amount
    margin: Amount
    fee: Amount
    by_tier: bool


def largest(
    symbol: Symbol, leverage: Rate, wallet: Amount, price: Price, listing: Listing
) -> Largest:
    """Return the largest position for a wallet (quote) at a leverage and price.

    Margin + entry fee (+ closing fee where margin carries it, of the dearer side) fit the wallet;
    the quantity is rounded down to the step. Raises `UnknownSymbol`, `Delisted`, `LeverageTooHigh`.
    """
    instrument = listing.tradable_instrument(symbol)
    if leverage > instrument.max_leverage:
        check_tier(ZERO, price, leverage, listing, instrument)
    closing = (ONE + ONE / leverage) * instrument.bankruptcy_fee
    by_wallet = wallet / (ONE / leverage + instrument.taker_fee + closing)
    cap = tier_cap(instrument, leverage, price)
    by_tier = cap is not None and cap < by_wallet
    worth = cap if by_tier and cap is not None else by_wallet
    quantity = down(worth / price, instrument.step)
    notional = quantity * price
    return Largest(
        Quantity(quantity),
        Amount(notional),
        Amount(notional / leverage),
        Amount(notional * instrument.taker_fee),
        by_tier,
    )


def target_price(leg: Leg, roe: Rate, fee: Rate = Rate(ZERO)) -> Price:
    """Return the exit (quote per base, unrounded) at which ROE is reached, after both fees.

    From s*q*(P - E) - f*q*E - f*q*P = roe*q*E/L:  P = E*(s + f + roe/L) / (s - f).
    """
    sign = leg.side.sign
    return Price(leg.entry_price * (sign + fee + roe / leg.leverage) / (sign - fee))


def average(fills: Iterable[Leg]) -> Leg:
    """Average fills of one symbol and side into one leg. Raises `ValueError` for none."""
    first, *rest = fills
    for fill in rest:
        first = first.plus(fill)
    return first

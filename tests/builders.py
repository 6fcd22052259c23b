"""Small factories: contracts, listings, marks and legs in one line each.

The ladders here are typed in from the exchanges' public tables (Binance BTC and ETH of 2026-09-29,
OKX BTC of 2026-05-28, contracts turned into coins), shortened where a test needs only their
beginning.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, localcontext
from itertools import pairwise

import pytest

from core.margin.pool import Leg, Pool, Side, cross_pool, isolated_pool
from core.market import (
    Bracket,
    BracketTable,
    Instrument,
    Listing,
    MarkPrice,
    Marks,
    Measure,
    Symbol,
)
from core.money import EXACT, ZERO, Amount, D, Price, Quantity, Rate
from core.venue import BINANCE, Venue

Number = str | int | Decimal
Row = tuple[Number, Number, Number]
"""Floor of a tier, its highest leverage, its maintenance rate."""

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

BTC = Symbol("BTCUSDT")
ETH = Symbol("ETHUSDT")
SOL = Symbol("SOLUSDT")


@pytest.fixture(autouse=True)
def exact() -> Iterator[None]:
    """Reckon under the context that the program reckons under."""
    with localcontext(EXACT):
        yield


def ladder(*rows: Row, end: Number | None = None) -> BracketTable:
    """Make a continuous ladder: each amount follows from the one below."""
    amounts = [ZERO]
    with localcontext(EXACT):
        for (_, _, below), (floor, _, rate) in pairwise(rows):
            amounts.append(amounts[-1] + D(floor) * (D(rate) - D(below)))
    return _table(rows, amounts, end, Measure.NOTIONAL)


def jumping(
    *rows: Row, measure: Measure = Measure.NOTIONAL, end: Number | None = None
) -> BracketTable:
    """Make a ladder without amounts: the requirement jumps at each edge."""
    return _table(rows, [ZERO] * len(rows), end, measure)


def flat(rate: Number, amount: Number = 0) -> BracketTable:
    """Make a ladder of one tier without an end."""
    return _table([(0, 125, rate)], [D(amount)], None, Measure.NOTIONAL)


def _table(
    rows: tuple[Row, ...] | list[Row], amounts: list[Decimal], end: Number | None, measure: Measure
) -> BracketTable:
    caps = [*(D(row[0]) for row in rows[1:]), None if end is None else D(end)]
    return BracketTable(
        tuple(
            Bracket(D(floor), cap, D(leverage), Rate(D(rate)), Amount(amount))
            for (floor, leverage, rate), cap, amount in zip(rows, caps, amounts, strict=True)
        ),
        measure,
    )


BTC_LADDER = ladder(
    (0, 150, "0.004"),
    (300_000, 100, "0.005"),
    (800_000, 75, "0.0065"),
    (3_000_000, 50, "0.01"),
    (12_000_000, 25, "0.02"),
    (70_000_000, 20, "0.025"),
    (100_000_000, 10, "0.05"),
    (230_000_000, 5, "0.1"),
    (480_000_000, 4, "0.125"),
    (600_000_000, 3, "0.15"),
    (800_000_000, 2, "0.25"),
    (1_200_000_000, 1, "0.5"),
    end=1_800_000_000,
)
ETH_LADDER = ladder(
    (0, 150, "0.004"),
    (300_000, 100, "0.005"),
    (800_000, 75, "0.0065"),
    (3_000_000, 50, "0.01"),
    (12_000_000, 25, "0.02"),
    (50_000_000, 20, "0.025"),
    (65_000_000, 10, "0.05"),
)
OKX_BTC_LADDER = jumping(
    (0, 100, "0.004"),
    (10, "66.66", "0.005"),
    (50, 50, "0.0075"),
    (200, 40, "0.0125"),
    (400, "33.33", "0.0175"),
    measure=Measure.QUANTITY,
    end=600,
)


def instrument(symbol: Symbol, table: BracketTable, *, tick: Number = "0.1") -> Instrument:
    """Make a contract with a step of 0.001, fees of 0.02 % and 0.05 %, and no extra rules."""
    return Instrument(
        symbol=symbol,
        base=symbol.removesuffix("USDT"),
        quote="USDT",
        tick=D(tick),
        step=D("0.001"),
        min_quantity=Quantity(D("0.001")),
        min_notional=Amount(D(100)),
        brackets=table,
        maker_fee=Rate(D("0.0002")),
        taker_fee=Rate(D("0.0005")),
    )


BTCUSDT = instrument(BTC, BTC_LADDER)
ETHUSDT = instrument(ETH, ETH_LADDER, tick="0.01")
SOLUSDT = instrument(SOL, flat("0.01"), tick="0.01")


def okx(contract: Instrument) -> Instrument:
    """Put OKX's trigger into a contract: the fee of closing counts as maintenance."""
    return replace(contract, trigger_fee=contract.taker_fee)


def bybit(contract: Instrument) -> Instrument:
    """Put Bybit's fees into a contract: margin carries the fee of closing at bankruptcy."""
    fee = Rate(D("0.00055"))
    return replace(contract, taker_fee=fee, bankruptcy_fee=fee)


def listing(*contracts: Instrument, venue: Venue = BINANCE) -> Listing:
    """List contracts on a venue; by default BTC, ETH and SOL on Binance."""
    contracts = contracts or (BTCUSDT, ETHUSDT, SOLUSDT)
    return Listing(venue, {contract.symbol: contract for contract in contracts})


def marks(**prices: Number) -> Marks:
    """Take a snapshot at noon: `marks(btc=68424, eth=1986)`."""
    quoted = {
        Symbol(f"{base.upper()}USDT"): MarkPrice(Price(D(price)), NOON)
        for base, price in prices.items()
    }
    return Marks("test", NOON, quoted)


def price(value: Number) -> Price:
    """Type a number as a price."""
    return Price(D(value))


def amount(value: Number) -> Amount:
    """Type a number as an amount."""
    return Amount(D(value))


def rate(value: Number) -> Rate:
    """Type a number as a rate."""
    return Rate(D(value))


def long(quantity: Number, entry: Number, leverage: Number = 10, symbol: Symbol = BTC) -> Leg:
    """Make a long leg of a quantity from an entry price."""
    return Leg.at(symbol, Side.LONG, Quantity(D(quantity)), price(entry), rate(leverage))


def short(quantity: Number, entry: Number, leverage: Number = 10, symbol: Symbol = BTC) -> Leg:
    """Make a short leg of a quantity from an entry price."""
    return Leg.at(symbol, Side.SHORT, Quantity(D(quantity)), price(entry), rate(leverage))


def isolated(leg: Leg, posted: Number | None = None) -> Pool:
    """Wall one leg in, by default with its initial margin."""
    return isolated_pool(leg, None if posted is None else amount(posted))


def cross(wallet: Number, *legs: Leg) -> Pool:
    """Put legs behind a wallet."""
    return cross_pool(amount(wallet), legs)

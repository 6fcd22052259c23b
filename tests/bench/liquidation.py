"""The exact liquidation price through the public API, over the same arithmetic written out bare.

Both sides reckon with the same Decimals under EXACT and start from the tier of the entry cost (the
other legs: of their mark). The bare side has every figure laid out in a tuple, knows nothing of
venues, modes or refusals, and is what somebody would write who needs this one number only.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal, localcontext
from functools import cache

from bot.adapters.content.instrument_files import load_listings
from core.margin.liquidation import liquidation_band
from core.margin.pool import Leg, Pool, Side, cross_pool, isolated_pool
from core.market import Listing, MarkPrice, Marks, Symbol
from core.money import EXACT, Amount, D, Price, Quantity, Rate
from core.venue import BINANCE
from tests.bench.measure import Paired, paired
from tests.bench.row import Effort, Row, against, micros

GOAL = 2.0

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BTC, ETH, SOL = Symbol("BTCUSDT"), Symbol("ETHUSDT"), Symbol("SOLUSDT")
PRICES = {BTC: "68424", ETH: "1986", SOL: "85.13"}
MARKS = Marks("bench", NOW, {s: MarkPrice(Price(D(p)), NOW) for s, p in PRICES.items()})

Ladder = tuple[Sequence[Decimal], Sequence[Decimal], Sequence[Decimal]]
Flat = tuple[bool, Decimal, Decimal, Decimal, Ladder]
"""A leg as plain figures: long or not, quantity, entry cost, mark; floors, rates, amounts."""


def bare_isolated(wallet: Decimal, leg: Flat) -> Decimal:
    """LP = (W + c - s*q*E) / (q*(m - s)), in the tier that holds q*LP."""
    is_long, quantity, cost, _, (floors, rates, amounts) = leg
    level, sign = (wallet - cost, 1) if is_long else (wallet + cost, -1)
    last, tier = len(floors) - 1, bisect_right(floors, cost) - 1
    while True:
        price = (level + amounts[tier]) / (quantity * (rates[tier] - sign))
        worth = quantity * price
        if tier < last and worth >= floors[tier + 1]:
            tier += 1
        elif tier and worth < floors[tier]:
            tier -= 1
        else:
            return price


def bare_cross(wallet: Decimal, leg: Flat, others: Sequence[Flat]) -> Decimal:
    """The same, with what the other legs leave to the wallet: their PnL less their maintenance."""
    for is_long, quantity, cost, mark, (floors, rates, amounts) in others:
        worth = quantity * mark
        tier = bisect_right(floors, worth) - 1
        wallet += worth - cost if is_long else cost - worth
        wallet -= worth * rates[tier] - amounts[tier]
    return bare_isolated(wallet, leg)


def position(symbol: Symbol, side: Side, quantity: str, leverage: int) -> Leg:
    """Make a leg entered at its mark."""
    return Leg.at(symbol, side, Quantity(D(quantity)), MARKS.price(symbol), Rate(D(leverage)))


@cache
def binance() -> Listing:
    """The real ladders."""
    return load_listings()[BINANCE.id]


POSITIONS = (
    position(BTC, Side.LONG, "0.292", 10),
    position(BTC, Side.SHORT, "0.292", 20),
    position(BTC, Side.LONG, "12.5", 5),
    position(BTC, Side.SHORT, "160", 3),
)
"""From one's own money to a whale whose tier changes on the way."""

COMPANY = (position(ETH, Side.SHORT, "5.035", 10), position(SOL, Side.LONG, "117", 10))


def flat(leg: Leg, listing: Listing) -> Flat:
    """Lay a leg out in plain figures."""
    table = listing.instrument(leg.symbol).brackets
    ladder = (table.floors, table.rates, table.amounts)
    mark = MARKS.price(leg.symbol)
    return leg.side is Side.LONG, leg.quantity, leg.entry_cost, mark, ladder


def wallet_for(leg: Leg) -> Amount:
    """A wallet of half the leg's worth, as small and large accounts have it."""
    return Amount(leg.entry_cost / 2)


def isolated(leg: Leg, listing: Listing) -> tuple[Pool, Callable[[], Decimal]]:
    """The pool of one leg, and the bare sum for it."""
    pool, plain = isolated_pool(leg), flat(leg, listing)
    wallet = pool.collateral
    return pool, lambda: bare_isolated(wallet, plain)


def cross(leg: Leg, listing: Listing) -> tuple[Pool, Callable[[], Decimal]]:
    """The pool of three legs, and the bare sum for it."""
    pool, plain = cross_pool(wallet_for(leg), (leg, *COMPANY)), flat(leg, listing)
    wallet, others = pool.collateral, tuple(flat(other, listing) for other in COMPANY)
    return pool, lambda: bare_cross(wallet, plain, others)


def compare(
    make: Callable[[Leg, Listing], tuple[Pool, Callable[[], Decimal]]], leg: Leg, rounds: int
) -> Paired:
    """Time one pool both ways, after making sure that both say the same."""
    listing = binance()
    pool, bare = make(leg, listing)

    def ours() -> object:
        return liquidation_band(pool, BTC, MARKS, listing)

    answer = liquidation_band(pool, BTC, MARKS, listing).prices
    if answer != (bare(),):
        raise AssertionError(f"the bare sum differs: {answer} and {bare()}")
    return paired(ours, bare, rounds)


def run(effort: Effort) -> Iterator[Row]:
    """Measure isolated and cross; the worst position counts."""
    for name, make in (("isolated", isolated), ("cross, three positions", cross)):
        with localcontext(EXACT):
            found = [compare(make, leg, effort.rounds) for leg in POSITIONS]
        worst = max(found, key=lambda each: each.ratio)
        what = f"liquidation price, {name} (worst of {len(found)} positions)"
        yield against(what, worst, micros, GOAL)

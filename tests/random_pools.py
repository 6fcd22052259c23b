"""Random markets, and pools in them: what the oracle is asked about.

Tiers are continuous, jumping or counted in coins; contracts carry the fees of several venues; a
pool is one leg behind its own margin, or up to five behind a wallet.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from core.margin.pool import Leg, Pool, Side, cross_pool, isolated_pool
from core.market import BracketTable, Instrument, Listing, MarkPrice, Marks, Measure, Symbol
from core.money import ZERO, Amount, Price, Quantity, Rate
from core.venue import BINANCE
from tests.builders import NOON, instrument, jumping, ladder


def _digits(random: Random, low: int, high: int, places: int) -> Decimal:
    """A decimal between two bounds, all magnitudes equally likely."""
    size = low * (high / low) ** random.random()
    return Decimal(round(size * 10**places)).scaleb(-places)


def random_table(random: Random) -> BracketTable:
    """A ladder of one to five tiers: continuous, jumping by notional, or counting coins."""
    count = random.randint(1, 5)
    kind = random.choice(("continuous", "continuous", "jumping", "quantity"))
    top = 100 if kind == "quantity" else 1_000_000
    floors = sorted(random.sample(range(1, 200), count - 1))
    rates = sorted(random.sample(range(1, 400), count))
    rows = [
        (floor * top // 100, 100 // (tier + 1), Decimal(rate) / 1000)
        for tier, (floor, rate) in enumerate(zip([0, *floors], rates, strict=True))
    ]
    if kind == "continuous":
        return ladder(*rows)
    return jumping(*rows, measure=Measure.QUANTITY if kind == "quantity" else Measure.NOTIONAL)


def random_contract(random: Random, symbol: Symbol) -> Instrument:
    """A contract as of Binance, OKX (fee in the trigger) or Bybit (fee in the margin)."""
    plain = instrument(symbol, random_table(random))
    fee = Rate(Decimal(random.randint(1, 100)).scaleb(-5))
    match random.randrange(4):
        case 0:
            return replace(plain, trigger_fee=fee)
        case 1:
            return replace(plain, bankruptcy_fee=fee)
        case _:
            return plain


@dataclass(frozen=True)
class Market:
    """A random listing with its marks."""

    listing: Listing
    marks: Marks


def random_market(random: Random) -> Market:
    """One to three contracts and what they are marked at."""
    symbols = [Symbol(name) for name in ("AUSDT", "BUSDT", "CUSDT")[: random.randint(1, 3)]]
    contracts = {symbol: random_contract(random, symbol) for symbol in symbols}
    prices = {s: MarkPrice(Price(_digits(random, 1, 100_000, 2)), NOON) for s in symbols}
    return Market(Listing(BINANCE, contracts), Marks("random", NOON, prices))


def random_leg(random: Random, market: Market) -> Leg:
    """A leg worth a thousand to some millions, entered within a third of the mark."""
    symbol = random.choice(list(market.listing.instruments))
    mark = market.marks.price(symbol)
    entry = (mark * Decimal(random.randint(700, 1400)) / 1000).quantize(Decimal("0.01"))
    worth = _digits(random, 1_000, 4_000_000, 0)
    quantity = max((worth / mark).quantize(Decimal("0.001")), Decimal("0.001"))
    side = random.choice((Side.LONG, Side.SHORT))
    return Leg.at(
        symbol, side, Quantity(quantity), Price(entry), Rate(Decimal(random.randint(1, 100)))
    )


def random_pool(random: Random, market: Market) -> Pool:
    """One leg behind its own margin, or up to five behind a wallet."""
    count = random.choice((1, 1, 2, 3, 4, 5))
    legs = [random_leg(random, market) for _ in range(count)]
    worth = sum((leg.entry_cost for leg in legs), ZERO)
    backing = Amount(_digits(random, 1, 10_000, 0) / 10_000 * worth)
    backing = Amount(backing.quantize(Decimal("0.00000001")))
    return isolated_pool(legs[0], backing) if count == 1 else cross_pool(backing, legs)

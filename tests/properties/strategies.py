"""What hypothesis draws from: contracts, legs, pools and marks as a trader could meet them.

Numbers have few digits, as typed ones do, so that the arithmetic under 34 digits is exact wherever
nothing is divided.
"""

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from hypothesis import strategies as st

from core.margin.liquidation import LiquidationBand, liquidation_band
from core.margin.pool import Leg, Pool, Side, cross_pool, isolated_pool
from core.margin.risk import risk
from core.market import BracketTable, Instrument, Listing, MarkPrice, Marks, Measure, Symbol
from core.money import EXACT, ONE, ZERO, Amount, Price, Quantity, Rate
from core.venue import BINANCE, VENUES
from tests.builders import BTC, ETH, NOON, SOL, instrument, jumping, ladder

SYMBOLS = (BTC, ETH, SOL)


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    """Draw a decimal of some places."""
    return st.decimals(Decimal(low), Decimal(high), places=places, allow_nan=False)


sides = st.sampled_from(list(Side))
leverages = st.integers(1, 125).map(lambda n: Rate(Decimal(n)))
prices = decimals("1", "100000", 2).map(Price)
shares = decimals("0.01", "0.99", 2)
venues = st.sampled_from(list(VENUES.values()))


@st.composite
def rows(draw: st.DrawFn, top: int) -> list[tuple[int, int, Decimal]]:
    """Draw rising floors and rates, the highest leverage falling."""
    count = draw(st.integers(1, 5))
    floors = sorted(draw(st.sets(st.integers(1, top), min_size=count - 1, max_size=count - 1)))
    thousandths = st.sets(st.integers(1, 400), min_size=count, max_size=count)
    rates = sorted(draw(thousandths))
    tiers = zip([0, *floors], rates, strict=True)
    return [(floor, 125 >> n, Decimal(rate) / 1000) for n, (floor, rate) in enumerate(tiers)]


continuous_tables = rows(top=3_000_000).map(lambda drawn: ladder(*drawn))
jumping_tables = st.one_of(
    rows(top=3_000_000).map(lambda drawn: jumping(*drawn)),
    rows(top=500).map(lambda drawn: jumping(*drawn, measure=Measure.QUANTITY)),
)


def contracts(
    symbol: Symbol, tables: st.SearchStrategy[BracketTable] = continuous_tables
) -> st.SearchStrategy[Instrument]:
    """Draw a contract as of Binance, OKX (fee in the trigger) or Bybit (fee in the margin)."""
    fees = decimals("0.0001", "0.001", 5).map(Rate)
    plain = tables.map(lambda table: instrument(symbol, table))
    return st.one_of(
        plain,
        st.builds(lambda contract, fee: replace(contract, trigger_fee=fee), plain, fees),
        st.builds(lambda contract, fee: replace(contract, bankruptcy_fee=fee), plain, fees),
    )


@dataclass(frozen=True)
class Scene:
    """A pool of up to four legs, what it trades, and at which marks."""

    pool: Pool
    listing: Listing
    marks: Marks

    def at(self, pool: Pool) -> "Scene":
        """Look at another pool in the same market."""
        return replace(self, pool=pool)

    @property
    def contract(self) -> Instrument:
        """The contract of the first leg."""
        return self.listing.instrument(self.pool.legs[0].symbol)


@st.composite
def legs(draw: st.DrawFn, symbol: Symbol, mark: Price) -> Leg:
    """Draw a leg entered within a third of its mark, worth up to some millions."""
    worth = draw(st.integers(1_000, 5_000_000))
    with localcontext(EXACT):
        entry = (mark * draw(decimals("0.70", "1.40", 2))).quantize(Decimal("0.01"))
        quantity = max((worth / mark).quantize(Decimal("0.001")), Decimal("0.001"))
        return Leg.at(symbol, draw(sides), Quantity(quantity), Price(entry), draw(leverages))


@st.composite
def scenes(
    draw: st.DrawFn,
    most: int = 4,
    tables: st.SearchStrategy[BracketTable] = continuous_tables,
) -> Scene:
    """Draw a market and a cross pool of one to `most` legs in it."""
    chosen = draw(st.lists(st.sampled_from(SYMBOLS), min_size=1, max_size=most))
    symbols = list(dict.fromkeys(chosen))
    listing = Listing(BINANCE, {symbol: draw(contracts(symbol, tables)) for symbol in symbols})
    marks = Marks("drawn", NOON, {s: MarkPrice(draw(prices), NOON) for s in symbols})
    held = [draw(legs(symbol, marks.price(symbol))) for symbol in chosen]
    with localcontext(EXACT):
        share = draw(decimals("0.01", "1.20", 2))
        wallet = Amount(sum((leg.entry_cost for leg in held), ZERO) * share)
    return Scene(cross_pool(wallet, held), listing, marks)


@st.composite
def pockets(draw: st.DrawFn, tables: st.SearchStrategy[BracketTable] = continuous_tables) -> Scene:
    """Draw one isolated leg, entered at its mark, whose pocket covers its maintenance there."""
    contract, mark = draw(contracts(BTC, tables)), draw(prices)
    with localcontext(EXACT):
        drawn = draw(legs(BTC, mark))
        leg = Leg.at(BTC, drawn.side, drawn.quantity, mark, drawn.leverage)
        posted = Amount(leg.entry_cost * draw(shares))
    marks = Marks("drawn", NOON, {BTC: MarkPrice(mark, NOON)})
    return Scene(isolated_pool(leg, posted), Listing(BINANCE, {BTC: contract}), marks)


def lowered(contract: Instrument) -> Instrument:
    """The same contract with every rate of its ladder a tenth lower."""
    table = contract.brackets
    with localcontext(EXACT):
        less = ladder(
            *(
                (b.floor, b.max_leverage, b.maintenance_rate * (ONE - Decimal("0.1")))
                for b in table.brackets
            )
        )
    return replace(contract, brackets=less)


def liquidation_of(scene: Scene) -> LiquidationBand:
    """Return the band of the first leg's symbol."""
    return liquidation_band(scene.pool, scene.pool.legs[0].symbol, scene.marks, scene.listing)


def cushion_at(scene: Scene, mark: Decimal) -> Decimal:
    """Return the pool's cushion with the first leg's symbol at another mark."""
    moved = scene.marks.with_price(scene.pool.legs[0].symbol, Price(mark))
    return risk(scene.pool, moved, scene.listing).cushion


def scale_of(scene: Scene) -> Decimal:
    """The largest amount the cushion is made of; roundings are relative to it."""
    return max(
        abs(scene.pool.collateral),
        *(abs(leg.entry_cost) for leg in scene.pool.legs),
        *(scene.marks.price(leg.symbol) * leg.quantity for leg in scene.pool.legs),
    )

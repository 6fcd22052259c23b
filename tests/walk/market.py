"""A market as a live venue shows it: marks with last trade, index, change and funding around them.

The figures are made up, but shaped like Binance's: the last trade lies a little beside the mark,
and not every contract settles its funding at the same time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from core.market import Instrument, Listing, MarkPrice, Symbol
from core.money import D, Price, Rate
from tests.fakes.ports import NOON, FixedMarks
from tests.walk.house import LISTINGS, Home

SLOT = NOON + timedelta(hours=4)
"""When most contracts settle next: 16:00 UTC."""

SOONER = NOON + timedelta(hours=1)
"""When a contract of hourly settlements does."""

QUOTED = {
    # mark, last, index, a day ago, funding in basis points
    "BTCUSDT": ("85840.4", "85960.6", "85851.2", "84455.4", "1"),
    "ETHUSDT": ("2000.51", "1999.51", "2000.60", "2040.10", "-0.5"),
    "BNBUSDT": ("640.10", "640.10", "640.12", "632.00", "1"),
    "XRPUSDT": ("1.4000", "1.4001", "1.4000", "1.3700", "1"),
    "SOLUSDT": ("90.10", "90.12", "90.11", "91.00", "-0.8"),
    "DOGEUSDT": ("0.09100", "0.09101", "0.09100", "0.08900", "1"),
    "ADAUSDT": ("0.2700", "0.2699", "0.2701", "0.2650", "1"),
    "AVAXUSDT": ("14.200", "14.210", "14.201", "14.000", "-35"),
    "WIFUSDT": ("0.5100", "0.5101", "0.5100", "0.5000", "12"),
}


def live_marks(market: str = "binance") -> FixedMarks:
    """Return a source that quotes these contracts at noon."""
    source = FixedMarks({}, market=market)
    for symbol, quoted in QUOTED.items():
        mark, last, index, before = (Price(D(figure)) for figure in quoted[:4])
        rate = Rate(D(quoted[4]) / 10_000)
        source.quote(symbol, MarkPrice(mark, NOON, before, rate, SLOT, last, index))
    return source


def with_contracts(more: Mapping[str, Iterable[str]]) -> dict[str, Listing]:
    """Return all listings with more coins on some venues, which are all like DOGE there."""
    return {
        venue: replace(listing, instruments=_more(listing, more.get(venue, ())))
        for venue, listing in LISTINGS.items()
    }


def _more(listing: Listing, bases: Iterable[str]) -> dict[Symbol, Instrument]:
    instruments = dict(listing.instruments)
    for base in bases:
        symbol = Symbol(f"{base}USDT")
        model = instruments[Symbol("DOGEUSDT")]
        instruments[symbol] = replace(model, symbol=symbol, base=base)
    return instruments


def live_home(source: FixedMarks | None = None, bases: Iterable[str] = ()) -> Home:
    """Return a house on live prices, where Binance's table lists more coins."""
    return Home(source=source or live_marks(), listings=with_contracts({"binance": bases}))


NAMESAKES = {
    "binance": ("PEPE", "LUNA2", "BTCDOM", "CROSS", "ME", "AT", "1000SATS", "1MBABYDOGE"),
    "bybit": ("10000SATS", "SHIB1000", "LUNA", "LUNA2"),
    "okx": ("PEPE", "LUNA", "SHIB", "MATIC"),
}
"""Coins that venues name differently, or as others do, or like words of the grammar.

Binance lists PEPE beside 1000PEPE, Bybit LUNA beside LUNA2.
"""


def namesakes_home() -> Home:
    """Return a house on live prices of Binance where names collide, and SOL is due sooner."""
    source = live_marks()
    sol = source.marks().mark(Symbol("SOLUSDT"))
    source.quote("SOLUSDT", replace(sol, funding_at=SOONER))
    quoted = {
        "PEPE": "0.0000101",
        "1000PEPE": "0.01012",
        "CROSS": "0.2",
        "ME": "0.5",
        "LUNA2": "0.1",
    }
    for base, price in quoted.items():
        source.quote(f"{base}USDT", MarkPrice(Price(D(price)), NOON))
    return Home(source=source, listings=with_contracts(NAMESAKES))

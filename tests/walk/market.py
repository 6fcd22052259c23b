"""A market as a live venue shows it: marks with last trade, index, change and funding around them.

The figures are made up, but shaped like Binance's: the last trade lies a little beside the mark,
and not every contract settles its funding at the same time.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from core.market import Listing, MarkPrice, Symbol
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


def with_contracts(venue: str, *bases: str, like: str = "DOGEUSDT") -> dict[str, Listing]:
    """Return the listings with more contracts on one venue, which are all like a known one."""
    listing = LISTINGS[venue]
    model = listing.instruments[Symbol(like)]
    more = {
        Symbol(f"{base}USDT"): replace(model, symbol=Symbol(f"{base}USDT"), base=base)
        for base in bases
    }
    return {**LISTINGS, venue: replace(listing, instruments={**listing.instruments, **more})}


def live_home(source: FixedMarks | None = None, bases: Iterable[str] = ()) -> Home:
    """Return a house on live prices, which Binance's table lists more contracts for."""
    return Home(source=source or live_marks(), listings=with_contracts("binance", *bases))

"""What ccxt hands over, as the core knows it: a ticker becomes a mark with what is known around it.

ccxt speaks in dictionaries whose figures may be text, numbers or missing. Nothing is decided here:
a zero stays a zero and text that is no number becomes a NaN, so that the guard sees them. Of each
message only price and stamp are read; what stands around them is read once somebody looks.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, NamedTuple, cast

from core.market import MarkPrice, Symbol
from core.market_guard import Reading
from core.money import Price, Rate

Ticker = Mapping[str, Any]
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
_NAN = Price(Decimal("NaN"))
_read = cast("Callable[[str], Price]", Decimal)
"""Text as a price; the connection is told to leave figures as text."""


_FUNDING = (
    ("r", "T"),  # Binance's stream
    ("lastFundingRate", "nextFundingTime"),  # Binance's premium index
    ("fundingRate", "nextFundingTime"),  # Bybit
)


class Around(NamedTuple):
    """What is known around a mark, from slower messages than the mark's own."""

    last: Price | None = None
    day_ago: Price | None = None
    index_price: Price | None = None
    funding: Rate | None = None
    funding_at: datetime | None = None


NOTHING = Around()


def figure(value: object) -> Decimal | None:
    """Return a number; None where there is none, NaN where it is no number."""
    if value is None or value == "":
        return None
    try:
        return Decimal(value if isinstance(value, str) else str(value))
    except InvalidOperation:
        return _NAN


@lru_cache(maxsize=256)
def moment(milliseconds: int) -> datetime:
    """Return a moment from milliseconds since 1970. Raises `OverflowError` beyond all calendars."""
    return _UNIX + timedelta(milliseconds=milliseconds)


def readings(
    tickers: Mapping[str, Ticker], names: Mapping[str, Symbol], now: datetime
) -> Iterator[Reading]:
    """Yield the marks of tickers that have a name of ours.

    Each is stamped by the venue; where it does not stamp, now. A ticker that tells no mark, or a
    time beyond all calendars, is passed over. Hundreds come every second, so nothing is called here
    that can be done without.
    """
    stamp: object = None
    at: datetime | None = now
    for name, ticker in tickers.items():
        symbol = names.get(name)
        if symbol is None:
            continue
        text = ticker.get("markPrice")
        if ticker.get("timestamp") != stamp:  # one for a whole message, mostly
            stamp = ticker.get("timestamp")
            at = _stamped(stamp) if stamp else now
        if text is None or at is None:
            continue
        try:
            price = _read(text)
        except InvalidOperation:
            price = _NAN
        yield symbol, price, at


def _stamped(stamp: Any) -> datetime | None:
    try:
        return moment(int(stamp))
    except (OverflowError, ValueError):
        return None


def mark_of(reading: Reading, ticker: Ticker | None, before: Around) -> MarkPrice:
    """Return a reading as a mark, with what a ticker tells around it; else what was known."""
    _, price, at = reading
    known = before if ticker is None else around_of(ticker, before)
    return MarkPrice(
        price,
        at,
        known.day_ago,
        known.funding,
        known.funding_at,
        known.last,
        known.index_price,
    )


def around_of(ticker: Ticker, before: Around) -> Around:
    """Return what a ticker tells around a mark; what it leaves out is as before."""
    funding, due = _funding(ticker)
    return Around(
        last=_price(ticker.get("last"), before.last),
        day_ago=_price(ticker.get("open"), before.day_ago),
        index_price=_price(ticker.get("indexPrice"), before.index_price),
        funding=before.funding if due is None else funding,
        funding_at=before.funding_at if due is None else due,
    )


def _price(value: object, before: Price | None) -> Price | None:
    """A price above zero, or what was known before."""
    found = None if value is None else figure(value)
    return Price(found) if found is not None and found.is_finite() and found > 0 else before


def _funding(ticker: Ticker) -> tuple[Rate | None, datetime | None]:
    """The rate for the next settlement and its moment, wherever a venue says them."""
    info = ticker.get("info")
    rate, due = ticker.get("fundingRate"), ticker.get("fundingTimestamp")
    if rate is None and isinstance(info, Mapping):
        for rate_name, due_name in _FUNDING:
            if rate_name in info and due_name in info:
                rate, due = info[rate_name], info[due_name]
                break
    found = figure(rate)
    at = _stamped(due) if due and str(due) != "0" else None
    if found is None or not found.is_finite() or at is None:
        return None, None
    return Rate(found), at

"""What an exchange tells of its past: minutes of marks, and the rates that were settled.

Each venue has its own words, order and measure: Binance goes forward from a moment, Bybit and OKX
tell the newest first, and OKX a hundred at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.fakes.exchange.bybit import wrapped as wrapped_by_bybit
from tests.fakes.exchange.okx import symbol_of
from tests.fakes.exchange.okx import wrapped as wrapped_by_okx

MINUTE = timedelta(minutes=1)
Query = Mapping[str, str]


def ms(at: datetime) -> int:
    """A moment in milliseconds."""
    return int(at.timestamp() * 1000)


@dataclass(frozen=True)
class Minute:
    """One minute of marks; text goes out as it stands."""

    at: int
    open: str
    high: str
    low: str
    close: str

    @property
    def prices(self) -> list[str]:
        """The four prices in the order of all venues."""
        return [self.open, self.high, self.low, self.close]


@dataclass
class Past:
    """The past of one venue's contracts."""

    minutes: dict[str, list[Minute]] = field(default_factory=dict)
    settled: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def minute(self, symbol: str, at: datetime, *, low: str, high: str, end: str = "") -> None:
        """Add a minute that began at its end's price."""
        end = end or high
        row = Minute(ms(at), end, high, low, end)
        self.minutes.setdefault(symbol, []).append(row)

    def calm(self, symbol: str, since: datetime, until: datetime, price: str) -> None:
        """Add minutes in which nothing happened, where there are none yet."""
        known = {row.at for row in self.minutes.get(symbol, [])}
        at = since.replace(second=0, microsecond=0)
        while at < until:
            if ms(at) not in known:
                self.minute(symbol, at, low=price, high=price)
            at += MINUTE
        self.minutes[symbol].sort(key=lambda row: row.at)

    def settle(self, symbol: str, at: datetime, rate: str) -> None:
        """Add a settlement; venues stamp it some milliseconds late."""
        self.settled.setdefault(symbol, []).append((ms(at) + 4, rate))

    # --- in the venues' words ---------------------------------------------------------------------

    def of_binance(self, path: str, query: Query) -> object:
        """Answer `markPriceKlines` and `fundingRate`."""
        symbol, since = query["symbol"], int(query.get("startTime", "0"))
        limit = int(query.get("limit", "500"))
        if path.endswith("markPriceKlines"):
            rows = [row for row in self.minutes.get(symbol, []) if row.at >= since][:limit]
            return [
                [row.at, *row.prices, "0", row.at + 59999, "0", 60, "0", "0", "0"] for row in rows
            ]
        settled = [each for each in self.settled.get(symbol, []) if each[0] >= since][:limit]
        return [
            {"symbol": symbol, "fundingRate": rate, "fundingTime": at, "markPrice": ""}
            for at, rate in settled
        ]

    def of_bybit(self, path: str, query: Query, now: int) -> object:
        """Answer `mark-price-kline` and `funding/history`."""
        symbol, limit = query["symbol"], int(query.get("limit", "200"))
        if path.endswith("mark-price-kline"):
            since = int(query.get("start", "0"))
            rows = [row for row in self.minutes.get(symbol, []) if row.at >= since][:limit]
            told: list[object] = [[str(row.at), *row.prices] for row in reversed(rows)]
        else:
            since, until = int(query["startTime"]), int(query["endTime"])
            told = [
                {"symbol": symbol, "fundingRate": rate, "fundingRateTimestamp": str(at)}
                for at, rate in reversed(self.settled.get(symbol, []))
                if since <= at <= until
            ]
        result = {"category": "linear", "symbol": symbol, "list": told}
        return wrapped_by_bybit(result, now)

    def of_okx(self, path: str, query: Query) -> object:
        """Answer `mark-price-candles`, the same of the history, and `funding-rate-history`."""
        symbol, since = symbol_of(query["instId"]), int(query.get("before", "0"))
        if path.endswith("funding-rate-history"):
            return wrapped_by_okx(
                [
                    {
                        "instType": "SWAP",
                        "instId": query["instId"],
                        "fundingRate": rate,
                        "realizedRate": rate,
                        "fundingTime": str(at),
                    }
                    for at, rate in reversed(self.settled.get(symbol, []))
                    if at > since
                ]
            )
        until = int(query.get("after", str(2**62)))
        rows = [row for row in self.minutes.get(symbol, []) if since < row.at < until]
        newest = list(reversed(rows))[: min(100, int(query.get("limit", "100")))]
        return {
            "code": "0",
            "msg": "",
            "data": [[str(row.at), *row.prices, "1"] for row in newest],
        }

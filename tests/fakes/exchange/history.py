"""What an exchange tells of its past: candles and rates in pages, each venue in its own order.

Binance tells pages from the beginning, Bybit and OKX from the end, and all of them something beyond
the edges. Prices are a slow wave with a crash in it, so that every candle is another and a table
made of them is known; `holes`, `bad` and `mishaps` are what goes wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from tests.fakes.exchange import bybit, okx

MINUTE = 60_000
HOUR = 60 * MINUTE
STEPS = {"1m": 1, "5m": 5, "15m": 15, "1h": 60, "1": 1, "5": 5, "60": 60, "1H": 60}

CANDLES = {
    "fapi/v1/markPriceKlines": ("binance", "mark"),
    "fapi/v1/klines": ("binance", "last"),
    "v5/market/mark-price-kline": ("bybit", "mark"),
    "v5/market/kline": ("bybit", "last"),
    "api/v5/market/mark-price-candles": ("okx", "mark"),
    "api/v5/market/history-mark-price-candles": ("okx", "mark"),
    "api/v5/market/candles": ("okx", "last"),
    "api/v5/market/history-candles": ("okx", "last"),
}
RATES = {
    "fapi/v1/fundingRate": "binance",
    "v5/market/funding/history": "bybit",
    "api/v5/public/funding-rate-history": "okx",
}
LIMITS = {"binance": (1500, 1000), "bybit": (1000, 200), "okx": (100, 100)}
"""The most rows of candles and of rates that a venue tells at once."""


def at(day: str) -> int:
    """A moment in milliseconds."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)


def moment(milliseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


@dataclass
class Past:
    """Prices between `begins` and `ends`; a crash in the hour `crash`.

    `holes` are candles that are missing, `bad` ones that are told otherwise, both by kind of price
    and moment; `unlisted` kinds have none at all, nor have `late` coins. `mishaps` are statuses
    with headers, told one after the other before anything else: 429 and 418 too many, 400 wrong,
    500 unheard-of words, 502 and 503 a gateway.
    """

    begins: int
    ends: int
    crash: int
    first: Mapping[str, int] = field(default_factory=lambda: {"BTC": 20_000, "ETH": 1_500})
    holes: set[tuple[str, int]] = field(default_factory=set)
    bad: dict[tuple[str, int], tuple[str, str, str, str]] = field(default_factory=dict)
    twice: set[tuple[str, int]] = field(default_factory=set)
    unlisted: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    rates: dict[int, str] = field(default_factory=dict)
    mishaps: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def respond(self, path: str, query: Mapping[str, str]) -> web.Response | None:
        """What is told under a path; None where it is none of the past's."""
        if self.mishaps:
            status, headers = self.mishaps.pop(0)
            return _refusal(path, status, headers)
        if path in CANDLES:
            self.asked.append((path, dict(query)))
            return web.json_response(self._candles(*CANDLES[path], query))
        if path in RATES:
            self.asked.append((path, dict(query)))
            return web.json_response(self._rates(RATES[path], query))
        return None

    def price(self, coin: str, when: int) -> int:
        """The price of a coin at a moment, in hundredths."""
        hours = (when - self.begins) // HOUR
        wave = (when // MINUTE * 7) % 97 - 48
        fallen = 30 if when >= self.crash + HOUR else 0
        if self.crash <= when < self.crash + HOUR:
            fallen = 30 * (when - self.crash) // HOUR
        return self.first[coin] * (100 - fallen) + wave + hours

    def candle(self, coin: str, kind: str, when: int, minutes: int) -> list[str]:
        """One candle's four prices; a last price wicks further than a mark."""
        known = self.bad.get((kind, when))
        if known is not None:
            return list(known)
        wick = 150 if kind == "last" else 50
        open_, close = self.price(coin, when), self.price(coin, when + minutes * MINUTE)
        four = (open_, max(open_, close) + wick, min(open_, close) - wick, close)
        return [f"{figure // 100}.{figure % 100:02d}" for figure in four]

    def _candles(self, venue: str, kind: str, query: Mapping[str, str]) -> Any:
        since, until, coin = _window(venue, query)
        minutes = STEPS[query.get("interval") or query["bar"]]
        step = minutes * MINUTE
        # A venue tells the candle that contains a moment, and one more at the other edge.
        times = range(since // step * step - step, until + step, step)
        rows = [
            [when, *self.candle(coin, kind, when, minutes)]
            for when in times
            if self.begins <= when < self.ends
            and (kind, when) not in self.holes
            and kind not in self.unlisted
            and coin not in self.late
        ]
        rows += [[w, *row[:3], row[0]] for w, *row in rows if (kind, w) in self.twice]
        return _told(venue, rows, int(query.get("limit", "100")), 0)

    def _rates(self, venue: str, query: Mapping[str, str]) -> Any:
        since, until, coin = _window(venue, query)
        stamp = {"binance": "fundingTime", "bybit": "fundingRateTimestamp", "okx": "fundingTime"}
        rows: list[Any] = [
            {
                "symbol": f"{coin}USDT",
                "instId": okx.name(f"{coin}USDT"),
                "fundingRate": rate,
                "realizedRate": rate,
                "markPrice": "",
                stamp[venue]: str(when + 5),
            }
            for when, rate in sorted(self.rates.items())
            if since <= when <= until
        ]
        return _told(venue, rows, int(query.get("limit", "100")), 1)


def _refusal(path: str, status: int, headers: dict[str, str]) -> web.Response:
    """A refusal in the venue's own words; a gateway before it knows no words of any venue."""
    if status in {502, 503}:
        return web.Response(text="<html>Bad gateway</html>", status=status, headers=headers)
    first, refused = path.partition("/")[0], "Too many requests or a parameter too much"
    body = {
        "fapi": {"code": -1003 if status in {418, 429} else -1100, "msg": refused},
        "v5": {"retCode": 10006 if status == 429 else 10001, "retMsg": refused, "result": {}},
        "api": {"code": "50011" if status == 429 else "51000", "msg": refused, "data": []},
    }[first]
    if status == 500:
        body = {"message": "something nobody has heard of"}
    return web.json_response(body, status=status, headers=headers)


def _window(venue: str, query: Mapping[str, str]) -> tuple[int, int, str]:
    """From when to when, and of which coin, in a venue's own words."""
    if venue == "okx":  # both ends are left out
        coin = query["instId"].partition("-")[0]
        return int(query["before"]) + 1, int(query["after"]) - 1, coin
    coin = query["symbol"].removesuffix("USDT")
    if venue == "binance":
        return int(query["startTime"]), int(query["endTime"]), coin
    begin = query.get("start") or query["startTime"]
    return int(begin), int(query.get("end") or query["endTime"]), coin


def _told(venue: str, rows: list[Any], limit: int, which: int) -> Any:
    """Rows in a venue's own order and wrapping, no more of them than it tells at once."""
    most = min(limit, LIMITS[venue][which]) + 2  # what lies beyond the edges is not counted
    if venue == "binance":
        return rows[:most]
    newest = rows[::-1][:most]
    if venue == "bybit":
        return bybit.wrapped({"category": "linear", "list": newest}, 1)
    return okx.wrapped(newest)

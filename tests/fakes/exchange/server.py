"""The exchange itself: quotes that a test sets, answered and streamed until a mishap is planned.

One server speaks for all venues, since their paths differ: Binance and OKX quote `quotes` and have
`past`, Bybit quotes `second` and has `second_past`. Stamps are this machine's time plus `skew`.
Every request is counted, so that a test can tell hammering from patience.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.fakes.exchange import binance, bybit, okx
from tests.fakes.exchange.binance import Quote
from tests.fakes.exchange.history import Past as History
from tests.fakes.exchange.past import Past
from tests.fakes.exchange.rules import Spec

SYMBOLS = ("BTCUSDT", "ETHUSDT")


class Exchange:
    """Use it as `async with Exchange() as venue`; its address is `venue.base`."""

    def __init__(self) -> None:
        self.quotes = {"BTCUSDT": Quote("85840.40"), "ETHUSDT": Quote("2000.50")}
        self.second = {"BTCUSDT": Quote("85850.00"), "ETHUSDT": Quote("2001.00")}
        self.specs: dict[str, Spec] = {}
        self.page = 15
        self.every = 0.05
        self.skew = 0
        self.streaming = True
        self.accepts = True
        self.drop_after: int | None = None
        self.statuses: dict[str, int] = {}
        self.until: dict[str, int] = {}
        self.answers: dict[str, Any] = {}
        self.headers: dict[str, str] = {}
        self.past = Past()
        self.second_past = Past()
        self.history: History | None = None
        self.asked: Counter[str] = Counter()
        self.times: list[tuple[str, float]] = []
        self.connections = 0
        self.acks = 0
        self.base = ""
        self._sockets: set[web.WebSocketResponse] = set()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/market/ws/{n}", self._binance_stream)
        app.router.add_get("/v5/public/linear", self._bybit_stream)
        app.router.add_get("/ws/v5/public", self._okx_stream)
        app.router.add_get("/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.base = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.drop_all()
        assert self._runner is not None
        await self._runner.cleanup()

    def now(self) -> int:
        """The exchange's own time in milliseconds."""
        return int(time.time() * 1000) + self.skew

    async def say(self, message: Any) -> None:
        """Send something to every line, whatever it is."""
        for socket in list(self._sockets):
            await socket.send_json(message)

    async def drop_all(self) -> None:
        """Cut every line."""
        for socket in list(self._sockets):
            await socket.close()

    async def quiet(self, within: float = 2) -> None:
        """Wait until nobody is on the line."""
        async with asyncio.timeout(within):
            while self._sockets:  # noqa: ASYNC110 - a fake is asked seldom
                await asyncio.sleep(0.01)

    # --- REST -------------------------------------------------------------------------------------

    async def _rest(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        self.asked[path] += 1
        self.times.append((path, time.monotonic()))
        if self.history and (told := self.history.respond(path, request.query)) is not None:
            return told
        status = self.statuses.get(path, self.statuses.get("*", 200))
        if status != 200 and self.asked[path] <= self.until.get(path, self.asked[path]):
            return self._refusal(path, status)
        answer = self.answers.get(path) or self._answer(path, request)
        return web.json_response(answer) if answer is not None else web.Response(status=404)

    def _refusal(self, path: str, status: int) -> web.Response:
        """Binance says why in its own words; of the others a gateway answers."""
        if path.startswith("fapi"):
            body = {"code": -1003, "msg": "not now"}
            return web.json_response(body, status=status, headers=self.headers)
        return web.Response(text="not now", status=status, headers=self.headers)

    def _answer(self, path: str, request: web.Request) -> Any:
        now = self.now()
        match path:
            case "fapi/v1/exchangeInfo":
                return binance.exchange_info(self._specs(self.quotes))
            case "fapi/v1/premiumIndex":
                return [binance.premium(s, q, now) for s, q in self.quotes.items()]
            case "fapi/v1/ticker/24hr":
                return [binance.day(s, q, now) for s, q in self.quotes.items()]
            case "fapi/v1/markPriceKlines" | "fapi/v1/fundingRate":
                return self.past.of_binance(path, request.query)
            case "v5/market/instruments-info":
                trading = request.query.get("status") != "PreLaunch"
                shown = self._specs(self.second) if trading else {}
                return bybit.wrapped(bybit.instruments(shown), now)
            case "v5/market/risk-limit":
                specs, cursor = self._specs(self.second), request.query.get("cursor", "")
                return bybit.wrapped(bybit.risk_limits(specs, cursor, self.page), now)
            case "v5/market/tickers":
                rows = [bybit.ticker(s, q) for s, q in self.second.items()]
                return bybit.wrapped({"category": "linear", "list": rows}, now)
            case "v5/market/mark-price-kline" | "v5/market/funding/history":
                return self.second_past.of_bybit(path, request.query, now)
        return self._okx_answer(path, request)

    def _specs(self, quoted: Iterable[str]) -> dict[str, Spec]:
        """The contracts that were planned, or a plain one for everything that is quoted."""
        return self.specs or {symbol: Spec() for symbol in quoted}

    def _okx_answer(self, path: str, request: web.Request) -> Any:
        now, quotes = self.now(), self.quotes.items()
        match path:
            case "api/v5/public/instruments":
                return okx.wrapped(okx.instruments(self._specs(self.quotes)))
            case "api/v5/public/position-tiers":
                symbol = request.query["instFamily"].replace("-", "")
                return okx.wrapped(okx.position_tiers(symbol, self._specs(self.quotes)[symbol]))
            case "api/v5/public/mark-price":
                return okx.wrapped([okx.mark(s, q, now) for s, q in quotes])
            case "api/v5/market/tickers":
                return okx.wrapped([okx.ticker(s, q, now) for s, q in quotes])
            case "api/v5/public/funding-rate":
                return okx.wrapped([okx.funding(s, q) for s, q in quotes])
            case (
                "api/v5/market/mark-price-candles"
                | "api/v5/market/history-mark-price-candles"
                | "api/v5/public/funding-rate-history"
            ):
                return self.past.of_okx(path, request.query)
        return None

    # --- streams ----------------------------------------------------------------------------------

    async def _binance_stream(self, request: web.Request) -> web.WebSocketResponse:
        def messages() -> list[Any]:
            now = self.now()
            return [[binance.update(s, q, now) for s, q in self.quotes.items()]]

        def ack(said: dict[str, Any]) -> dict[str, Any]:
            return {"result": None, "id": said["id"]}

        return await self._line(request, messages, ack)

    async def _bybit_stream(self, request: web.Request) -> web.WebSocketResponse:
        known: set[str] = set()

        def messages() -> list[Any]:
            now = self.now()
            out = []
            for symbol, quote in self.second.items():
                if symbol in known:
                    out.append(bybit.delta(symbol, quote.mark, now))
                else:
                    known.add(symbol)
                    out.append(bybit.snapshot(symbol, quote, now))
            return out

        def ack(said: dict[str, Any]) -> dict[str, Any]:
            if said.get("op") == "ping":
                return {"success": True, "ret_msg": "pong", "conn_id": "1", "op": "ping"}
            return {
                "success": True,
                "ret_msg": "",
                "conn_id": "1",
                "req_id": said.get("req_id", ""),
                "op": "subscribe",
            }

        return await self._line(request, messages, ack)

    async def _okx_stream(self, request: web.Request) -> web.WebSocketResponse:
        def messages() -> list[Any]:
            now = self.now()
            return [okx.update(s, q, now) for s, q in self.quotes.items()]

        def ack(said: dict[str, Any]) -> dict[str, Any]:
            return {"event": "subscribe", "arg": said["args"][0], "connId": "1"}

        return await self._line(request, messages, ack)

    async def _line(self, request: web.Request, messages: Any, ack: Any) -> web.WebSocketResponse:
        """Acknowledge what is subscribed to, then stream; or, silently, do not."""
        if not self.accepts:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections += 1
        self._sockets.add(socket)
        self.times.append(("ws", time.monotonic()))
        speaking: asyncio.Task[None] | None = None
        try:
            async for said in socket:
                if said.type is not WSMsgType.TEXT:
                    continue
                await socket.send_json(ack(said.json()))
                self.acks += 1
                speaking = speaking or asyncio.create_task(self._speak(socket, messages))
        finally:
            self._sockets.discard(socket)
            if speaking is not None:
                speaking.cancel()
                await asyncio.gather(speaking, return_exceptions=True)
        return socket

    async def _speak(self, socket: web.WebSocketResponse, messages: Any) -> None:
        sent = 0
        while not socket.closed:
            if self.streaming:
                for message in messages():
                    await socket.send_json(message)
                sent += 1
                if self.drop_after is not None and sent >= self.drop_after:
                    await socket.close()
                    return
            await asyncio.sleep(self.every)

"""The HTTP side: method calls, long polling, webhooks, and whatever may go wrong on the way."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.botapi import checks
from tests.fakes.botapi.methods import METHODS
from tests.fakes.botapi.refused import Refused
from tests.fakes.botapi.world import TOKEN, Json, World

UPDATES = ("offset", "limit", "timeout", "allowed_updates")
WEBHOOK = (
    "url",
    "certificate",
    "ip_address",
    "max_connections",
    "allowed_updates",
    "drop_pending_updates",
    "secret_token",
)
CONFLICT = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass
class Fault:
    """Something that goes wrong in the next call of a method.

    `status` answers with that HTTP status; `retry_after` with 429; `drop` cuts the line before the
    call is done, `lost` after it; `hold` keeps the answer back until `release` is set.
    """

    status: int = 0
    retry_after: int | None = None
    drop: bool = False
    lost: bool = False
    hold: bool = False
    release: asyncio.Event = field(default_factory=asyncio.Event)


class BotApi:
    """A running server: `async with BotApi() as api`, then `api.url` is the base address."""

    def __init__(self) -> None:
        self.world = World()
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.refusals: list[tuple[str, str]] = []
        self.faults: dict[str, deque[Fault]] = {}
        self.allowed: list[str] = []
        self.webhook = ""
        self.secret = ""
        self.url = ""
        self._changed = asyncio.Condition()
        self._poller = 0
        self._closing = False
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing = True
        await self._wake()
        if self._runner:
            await self._runner.cleanup()

    # --- for tests -------------------------------------------------------------------------------

    def fault(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method go wrong, one fault a call."""
        self.faults.setdefault(method, deque()).extend(faults)

    async def until(self, seen: Callable[[], object], seconds: float = 10) -> None:
        """Wait until something holds; it is looked at whenever the server did something."""
        async with asyncio.timeout(seconds), self._changed:
            self._changed.notify_all()  # people may have written meanwhile
            await self._changed.wait_for(lambda: bool(seen()))

    def called(self, method: str) -> list[dict[str, str]]:
        """Return the parameters of every call of a method."""
        return [parameters for name, parameters in self.calls if name == method]

    async def deliver(self, update: Json, address: str, secret: str | None = None) -> int:
        """Call a webhook, as Telegram would behind the proxy at `address`; returns the status."""
        if update in self.world.pending:
            self.world.pending.remove(update)
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret if secret is None else secret}
        async with (
            aiohttp.ClientSession() as session,
            session.post(address, json=update, headers=headers) as answer,
        ):
            return answer.status

    # --- HTTP ------------------------------------------------------------------------------------

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        parameters = {key: _text(value) for key, value in (await request.post()).items()}
        queue = self.faults.get(name)
        fault = queue.popleft() if queue else Fault()
        self.calls.append((name, parameters))
        try:
            answer = await self._answer(request, name, parameters, fault)
        finally:
            await self._wake()
        if fault.hold:
            await fault.release.wait()
        return answer

    async def _answer(
        self, request: web.Request, name: str, parameters: dict[str, str], fault: Fault
    ) -> web.StreamResponse:
        try:
            if fault.drop:
                _cut(request)
            _broken(fault)
            result = await self._result(request.match_info["token"], name, parameters)
            if fault.lost:
                _cut(request)
        except Refused as refused:
            self.refusals.append((name, refused.description))
            content: Json = {
                "ok": False,
                "error_code": refused.code,
                "description": refused.description,
            }
            if refused.parameters:
                content["parameters"] = refused.parameters
            return web.json_response(content, status=refused.code)
        return web.json_response({"ok": True, "result": result})

    async def _result(self, token: str, name: str, parameters: dict[str, str]) -> Any:
        if token != TOKEN:
            raise Refused("Unauthorized", 401)
        special = {
            "getUpdates": (UPDATES, self._get_updates),
            "setWebhook": (WEBHOOK, self._set_webhook),
            "deleteWebhook": (WEBHOOK, self._delete_webhook),
        }
        if name in special:
            known, function = special[name]
            _only(parameters, frozenset(known))
            return await function(parameters)
        if name not in METHODS:
            raise Refused("Not Found", 404)
        names, run = METHODS[name]
        _only(parameters, names)
        return run(self.world, parameters)

    async def _get_updates(self, parameters: dict[str, str]) -> list[Json]:
        if self.webhook:
            raise Refused("can't use getUpdates method while webhook is active", 409)
        self._poller += 1
        mine = self._poller
        self.allowed = checks.loaded(parameters, "allowed_updates") or self.allowed
        offset = int(parameters.get("offset", 0))
        self.world.pending = [u for u in self.world.pending if u["update_id"] >= offset]
        await self._wake()
        async with self._changed:
            done = lambda: self._poller != mine or self._closing or self._ready()  # noqa: E731
            try:
                async with asyncio.timeout(float(parameters.get("timeout", 0))):
                    await self._changed.wait_for(done)
            except TimeoutError:
                return []
        if self._poller != mine:
            raise Refused(CONFLICT, 409)
        return self._ready()

    def _ready(self) -> list[Json]:
        return [u for u in self.world.pending if not self.allowed or set(u) & set(self.allowed)]

    async def _set_webhook(self, parameters: dict[str, str]) -> bool:
        if not parameters.get("url", "").startswith("https://"):
            raise Refused("bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = parameters["url"]
        self.secret = parameters.get("secret_token", "")
        self.allowed = checks.loaded(parameters, "allowed_updates") or []
        return True

    async def _delete_webhook(self, parameters: dict[str, str]) -> bool:
        self.webhook = self.secret = ""
        return True


def _text(value: object) -> str:
    """A parameter as text; of a file its name, then its content from the next line on."""
    if isinstance(value, web.FileField):
        return f"{value.filename}\n{value.file.read().decode(errors='replace')}"
    return str(value)


def _only(parameters: dict[str, str], known: frozenset[str]) -> None:
    """Refuse parameters that the real server would silently drop: they are mistakes of ours."""
    unknown = set(parameters) - known
    if unknown:
        raise Refused(f"unknown parameters {sorted(unknown)}")


def _broken(fault: Fault) -> None:
    if fault.retry_after is not None:
        seconds = {"retry_after": fault.retry_after}
        raise Refused(f"Too Many Requests: retry after {fault.retry_after}", 429, seconds)
    if fault.status:
        raise Refused(CONFLICT if fault.status == 409 else "Bad Gateway", fault.status)


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
    raise Refused("the line was cut", 502)


@asynccontextmanager
async def serving() -> AsyncIterator[BotApi]:
    """Run a server and demand at its end that every button press was answered exactly once."""
    async with BotApi() as api:
        yield api
        assert api.world.unanswered() == []

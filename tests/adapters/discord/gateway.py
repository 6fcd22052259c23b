"""As much of Discord on loopback as it takes to log in, send commands, connect and leave."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

TOKEN = "a.made.up-token"
ME: dict[str, Any] = {"id": "42", "username": "margin", "discriminator": "0", "avatar": None}


class Gateway:
    """Answers one bot; `broken` calls fail first, `close_code` is what the door closes with."""

    def __init__(self) -> None:
        self.asked, self.identified, self.left = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.commands: list[str] = []
        self.intents = 0
        self.broken = 0
        self.close_code: int | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """Serve; the address is host:port."""
        app = web.Application()
        app.router.add_get("/users/@me", self._me)
        app.router.add_get("/oauth2/applications/@me", self._application)
        app.router.add_put("/applications/42/commands", self._commands)
        app.router.add_get("/ws", self._socket)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield "{}:{}".format(*runner.addresses[0])
        finally:
            await runner.cleanup()

    async def _me(self, request: web.Request) -> web.Response:
        self.asked.set()
        if self.broken:
            self.broken -= 1
            return _json({"message": "down", "code": 0}, status=503)
        if request.headers["Authorization"] != f"Bot {TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        return _json(ME)

    async def _application(self, _request: web.Request) -> web.Response:
        told = {"name": "margin", "icon": None, "description": "", "bot_public": True}
        more = {"id": "42", "flags": 0, "verify_key": "", "bot_require_code_grant": False}
        return _json(told | more | {"owner": ME, "team": None})

    async def _commands(self, request: web.Request) -> web.Response:
        self.commands = [each["name"] for each in await request.json()]
        return _json([])

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 45000}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            told = message.json()
            if told["op"] == 2:
                if self.close_code:
                    await socket.close(code=self.close_code)
                    break
                self.intents = told["d"]["intents"]
                await socket.send_json({"op": 0, "t": "READY", "s": 1, "d": _ready(request)})
                self.identified.set()
            elif told["op"] == 1:
                await socket.send_json({"op": 11})
        self.left.set()
        return socket


def _json(told: Any, status: int = 200) -> web.Response:
    """Return JSON without naming a character set, as Discord does and the library expects."""
    body = json.dumps(told).encode()
    return web.Response(body=body, status=status, content_type="application/json")


def _ready(request: web.Request) -> dict[str, Any]:
    return {
        "v": 10,
        "user": ME,
        "guilds": [],
        "session_id": "one",
        "resume_gateway_url": f"ws://{request.host}/ws",
        "application": {"id": "42", "flags": 0},
    }

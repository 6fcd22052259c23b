"""The same two bots without any network: the library's transport answers by itself at once."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from telegram import Update
from telegram.ext import Application
from telegram.request import HTTPXRequest

from tests.bench import bots
from tests.bench.measure import Paired, paired_waits
from tests.bench.parsing import update
from tests.fakes.botapi import BOT

ME = json.dumps({"ok": True, "result": BOT}).encode()
SENT = json.dumps({"ok": True, "result": update("x")["message"]}).encode()


class Transport:
    """What stands in for the network; keeps the length of the last text that was sent."""

    def __init__(self) -> None:
        self.sent = 0

    def answering(self) -> Callable[..., Any]:
        """Return the method that takes the place of the library's."""

        async def do_request(_: object, url: str, **call: Any) -> tuple[int, bytes]:
            if url.endswith("/getMe"):
                return 200, ME
            self.sent = len(call["request_data"].parameters["text"])
            return 200, SENT

        return do_request


async def stubbed(folder: Path, line: str, rounds: int) -> Paired:
    """Measure from the decoded JSON of an update to the end of its handling."""
    transport, length, carried = Transport(), [1], update(line)
    answering = patch.object(HTTPXRequest, "do_request", transport.answering())
    with answering, bots.house(folder) as app:
        ours, echo = bots.ours(app)._app, bots.echo(length)
        async with ours, echo:

            async def handled(by: Application[Any, Any, Any, Any, Any, Any]) -> float:
                carried["update_id"] += 1
                carried["message"]["message_id"] += 1  # else it would be an edit
                started = time.perf_counter()
                await by.process_update(Update.de_json(carried, by.bot))
                return time.perf_counter() - started

            await handled(ours)
            length[0] = transport.sent
            await handled(echo)
            return await paired_waits(lambda: handled(ours), lambda: handled(echo), rounds)

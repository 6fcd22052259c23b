"""Updates by webhook: behind a proxy, with a secret token."""

import asyncio
import socket

from bot.adapters.telegram import Webhook
from tests.adapters.telegram.stage import playing

MIRA = 111


def free_port() -> int:
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        return int(there.getsockname()[1])


async def test_a_webhook_hears_telegram_and_nobody_else() -> None:
    port = free_port()
    hook = Webhook("https://bot.example/telegram/in", "s3cret_token", port=port)
    address = f"http://127.0.0.1:{port}/telegram/in"
    async with playing(webhook=hook) as stage:
        await stage.api.until(lambda: stage.api.webhook)
        assert (stage.api.webhook, stage.api.secret) == (hook.url, "s3cret_token")
        stage.world.say(stage.world.person(MIRA), "/price")
        update = stage.world.pending[-1]
        while not stage.running.done():
            try:
                assert await stage.api.deliver(update, address, secret="forged") == 403
                break
            except OSError:  # it listens a moment after it has told Telegram
                await asyncio.sleep(0)
        assert stage.desk.requests == []
        assert await stage.api.deliver(update, address) == 200
        await stage.answered()
        assert await stage.api.deliver(update, address) == 200
        await stage.idle()
        assert [request.text for request in stage.desk.requests] == ["/price"]
        assert stage.api.called("getUpdates") == []
    assert "s3cret" not in repr(hook)

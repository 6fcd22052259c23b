"""The platform as a whole against a small gateway on loopback: come, stay, leave, come again."""

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest
import pytest_asyncio
import structlog
import yarl

from bot.adapters.discord import DiscordAdapter, DiscordOptions, DiscordRefusal
from bot.adapters.discord.client import MarginClient
from tests.adapters.discord.gateway import TOKEN, Gateway
from tests.adapters.discord.stage import MENU
from tests.fakes.desk import ScriptedDesk


@pytest_asyncio.fixture
async def gateway(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gateway]:
    server = Gateway()
    async with server.running() as address:
        monkeypatch.setattr(discord.http.Route, "BASE", f"http://{address}")
        url = yarl.URL(f"ws://{address}/ws")
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", url)
        yield server


def adapter(token: str = TOKEN) -> DiscordAdapter:
    return DiscordAdapter(ScriptedDesk(menu=MENU), DiscordOptions(token, pause=0.001))


async def until(event: asyncio.Event) -> None:
    """Wait for something that must come soon."""
    await asyncio.wait_for(event.wait(), 10)


async def test_it_serves_until_told_to_stop(gateway: Gateway) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(adapter().run(stop))
    await until(gateway.identified)
    stop.set()
    await asyncio.wait_for(running, 10)
    await until(gateway.left)
    assert gateway.commands == [*(entry.name for entry in MENU), "c", "Explain this"]


async def test_it_asks_for_no_privileged_intent(gateway: Gateway) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(adapter().run(stop))
    await until(gateway.identified)
    stop.set()
    await running
    asked = discord.Intents._from_value(gateway.intents)
    assert (asked.message_content, asked.members, asked.presences) == (False, False, False)
    assert asked.dm_messages


async def test_a_token_that_is_not_accepted_is_one_clear_line(gateway: Gateway) -> None:
    with pytest.raises(DiscordRefusal, match="does not accept DISCORD_TOKEN"):
        await adapter("wrong").run(asyncio.Event())


async def test_a_door_that_is_closed_for_good_is_one_clear_line(gateway: Gateway) -> None:
    gateway.close_code = 4013
    with pytest.raises(DiscordRefusal, match="4013"):
        await adapter().run(asyncio.Event())


async def test_what_cannot_be_reached_is_tried_again(gateway: Gateway) -> None:
    gateway.broken = 2
    stop = asyncio.Event()
    with structlog.testing.capture_logs() as lines:
        running = asyncio.create_task(adapter().run(stop))
        await until(gateway.identified)
    stop.set()
    await running
    assert [(line["event"], line["again_in"]) for line in lines] == [
        ("unreachable", 0.001),
        ("unreachable", 0.002),
    ]


async def test_told_to_stop_it_tries_no_more(gateway: Gateway) -> None:
    gateway.broken = 1000
    stop = asyncio.Event()
    with structlog.testing.capture_logs():
        running = asyncio.create_task(adapter().run(stop))
        await until(gateway.asked)
        stop.set()
        await asyncio.wait_for(running, 10)
    assert not gateway.identified.is_set()


async def test_a_cancelled_platform_leaves_in_order(gateway: Gateway) -> None:
    running = asyncio.create_task(adapter().run(asyncio.Event()))
    await until(gateway.identified)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await until(gateway.left)


async def test_told_to_stop_before_it_starts_it_does_not_start(gateway: Gateway) -> None:
    stop = asyncio.Event()
    stop.set()
    await adapter().run(stop)
    assert not gateway.asked.is_set()


def test_a_token_is_not_shown() -> None:
    assert TOKEN not in repr(DiscordOptions(TOKEN))


async def test_a_fault_of_ours_is_logged_under_an_id() -> None:
    client = MarginClient(ScriptedDesk())
    with structlog.testing.capture_logs() as lines:
        try:
            raise RuntimeError("planted")
        except RuntimeError:
            await client.on_error("on_message")
    (line,) = lines
    assert (line["event"], line["event_name"], len(line["fault"])) == ("fault", "on_message", 8)

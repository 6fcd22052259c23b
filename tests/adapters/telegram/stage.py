"""A running adapter between the strict server and a scripted desk."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.adapters.telegram import Rate, Rates, TelegramAdapter, TelegramOptions
from bot.chat.reply import Choice, Reply, Text, Title, Words
from tests.fakes.botapi import TOKEN, BotApi, Fault, Posted
from tests.fakes.botapi.world import Json, World
from tests.fakes.desk import ScriptedDesk, one_line

FREE = Rates(Rate(1000, 1, 1), Rate(1000, 1, 1), 1000)
"""Rates that no test meets."""


@dataclass
class Stage:
    """What a test plays on."""

    api: BotApi
    desk: ScriptedDesk
    adapter: TelegramAdapter
    stop: asyncio.Event
    running: "asyncio.Task[None]"

    @property
    def world(self) -> World:
        return self.api.world

    async def answered(self, count: int = 1, chat: int | None = None) -> list[Posted]:
        """Wait until the bot has posted that many messages, and return all."""
        await self.api.until(lambda: len(self.world.from_bot(chat)) >= count)
        return self.world.from_bot(chat)

    async def pressed(self, user: Json, posted: Posted, label: str, data: str | None) -> None:
        """Press a button and wait until everything that follows has happened."""
        press = self.world.press(user, posted, label, data=data)
        await self.api.until(lambda: press.answers)
        await self.idle()

    async def quiet(self, user: Json) -> None:
        """Wait until everything that was written before has been handled.

        A question of a person's own, in private, is the last update; when its answer is there and
        nothing else is under way, silence was meant.
        """
        before = len(self.world.from_bot(user["id"]))
        self.world.say(user, "/last of all")
        await self.answered(before + 1, user["id"])
        await self.idle()

    async def idle(self, left: int = 0) -> None:
        """Wait until the adapter has at most `left` updates in hand."""
        await settled(left)


async def settled(left: int = 0) -> None:
    """Wait until the adapters of this loop have at most `left` updates in hand."""

    def in_hand() -> "list[asyncio.Task[Any]]":
        named = "process_concurrent_update"
        return [task for task in asyncio.all_tasks() if named in task.get_name()]

    async with asyncio.timeout(10):
        while len(tasks := in_hand()) > left:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


@asynccontextmanager
async def playing(
    desk: ScriptedDesk | None = None,
    clock: Any = None,
    faults: Mapping[str, Fault] = MappingProxyType({}),
    **options: Any,
) -> AsyncIterator[Stage]:
    """Run an adapter; at the end it stops cleanly and every press has one answer.

    `faults` stand in wait from the start; `options` are those of the adapter.
    """
    async with BotApi() as api:
        for method, fault in faults.items():
            api.fault(method, fault)
        desk = desk or ScriptedDesk()
        given: dict[str, Any] = {"token": TOKEN, "base_url": api.url, "rates": FREE} | options
        adapter = TelegramAdapter(desk, TelegramOptions(**given), clock)
        stop = asyncio.Event()
        running = asyncio.create_task(adapter.run(stop))
        stage = Stage(api, desk, adapter, stop, running)
        try:
            if "webhook" not in options:
                await api.until(lambda: running.done() or api.called("getUpdates"))
            yield stage
        finally:
            stop.set()
            await asyncio.wait_for(running, 10)
        assert api.world.unanswered() == []
        assert [r for r in api.refusals if r[0] == "answerCallbackQuery"] == []


def card(title: str, *rows: tuple[Choice, ...], **more: Any) -> Reply:
    """Return a small reply with buttons."""
    return Reply((Title(Words(title)), Text(Words("Some words."))), choices=rows, **more)


TEN = card(
    "TEN",
    (Choice("20x", "/c 20x", replace=True), Choice("Why?", "/faq why")),
    (Choice("Long", "/faq " + "Ж" * 100, replace=True),),
)
TWENTY = card("TWENTY", (Choice("10x", "/c 10x", replace=True),), short=Words("Twenty, in short."))


def with_buttons() -> ScriptedDesk:
    """Return a desk on which ten leads to twenty and back."""
    return ScriptedDesk({"/c 10x": TEN, "/c 20x": TWENTY, "/faq why": one_line("Because.")})

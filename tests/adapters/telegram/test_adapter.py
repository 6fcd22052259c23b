"""The adapter's life from start to stop: menus, faults, networks away, what is under way."""

import asyncio
import json
import logging

import pytest

from bot.adapters.telegram import TelegramAdapter, TelegramOptions, TokenRefused, adapter
from bot.chat.ports import Entry
from bot.chat.reply import Hush, Reply
from bot.chat.request import Request
from bot.runtime.logs import configure
from tests.adapters.telegram.stage import card, playing
from tests.fakes.botapi import TOKEN, BotApi, Fault
from tests.fakes.botapi.world import GROUP, now
from tests.fakes.desk import ScriptedDesk

MIRA, TOBI = 111, 2**33 + 5


async def test_an_update_that_comes_twice_is_answered_once() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/price")
        update = stage.world.pending[-1]
        await stage.answered()
        stage.world.again(update | {"update_id": update["update_id"]})
        await stage.quiet(mira)
        assert [r.text for r in stage.desk.requests] == ["/price", "/last of all"]


async def test_after_an_outage_groups_are_spared_old_questions_and_people_are_not() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/price old", stage.world.group(), date=now() - 7200)
        stage.world.say(mira, "/price waiting", date=now() - 7200)
        await stage.quiet(mira)
        assert {r.text for r in stage.desk.requests} == {"/price waiting", "/last of all"}


async def test_a_message_without_text_is_ignored() -> None:
    async with playing() as stage:
        mira = stage.world.person(MIRA)
        posted = stage.world.say(mira, "x")
        stage.world.pending[-1]["message"].pop("text")
        await stage.quiet(mira)
        assert posted.text == "x"
        assert len(stage.desk.requests) == 1


@pytest.mark.parametrize("fault", [Fault(status=502), Fault(drop=True), Fault(status=409)])
async def test_polling_goes_on_after_a_hiccup(fault: Fault) -> None:
    async with playing() as stage:
        stage.api.fault("getUpdates", fault)
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/one")
        await stage.answered(1)
        stage.world.say(mira, "/two")
        await stage.answered(2)


async def test_a_failure_is_one_line_with_an_id_and_without_the_token(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure("INFO", "json", [TOKEN])
    try:
        async with playing() as stage:
            stage.api.fault("sendMessage", Fault(status=502), Fault(drop=True))
            mira = stage.world.person(MIRA)
            stage.world.say(mira, "/one")
            stage.world.say(mira, "/two")
            await stage.api.until(lambda: len(stage.api.called("sendMessage")) == 2)
            await stage.quiet(mira)
    finally:
        logging.getLogger().handlers.clear()
    written = capsys.readouterr().err
    lines = [json.loads(line) for line in written.splitlines()]
    failed = [line for line in lines if line["event"] == "telegram_failed"]
    assert len(failed) == 2
    assert all(line["id"] and line["error"] == "NetworkError" for line in failed)
    assert TOKEN not in written
    assert "Traceback" not in written


async def test_a_fault_of_our_own_is_logged_told_and_the_bot_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Broken(ScriptedDesk):
        def wants_role(self, request: object) -> bool:
            raise RuntimeError(f"a fault with {TOKEN}")

    configure("INFO", "json", [TOKEN])
    try:
        async with playing(Broken()) as stage:
            mira = stage.world.person(MIRA)
            question = stage.world.say(mira, "/one", stage.world.group())
            await stage.quiet(mira)
            (told,) = stage.world.from_bot(GROUP)
    finally:
        logging.getLogger().handlers.clear()
    written = capsys.readouterr().err
    (line,) = [e for e in map(json.loads, written.splitlines()) if e["event"] == "telegram_failed"]
    assert line["error"] == "RuntimeError"
    assert "Traceback" in line["exception"]
    assert (told.reply_to, line["id"] in told.text) == (question.id, True)
    assert TOKEN not in written


async def test_the_start_waits_for_a_network_that_is_away() -> None:
    async with BotApi() as api:
        api.fault("getMe", Fault(status=502))
        adapter = TelegramAdapter(ScriptedDesk(), TelegramOptions(TOKEN, api.url))
        stop = asyncio.Event()
        running = asyncio.create_task(adapter.run(stop))
        await api.until(lambda: api.called("getUpdates"))
        stop.set()
        await running
        assert len(api.called("getMe")) == 2


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
async def test_a_start_that_waits_can_be_stopped(method: str) -> None:
    async with BotApi() as api:
        api.fault(method, *[Fault(status=502)] * 9)
        adapter = TelegramAdapter(ScriptedDesk(), TelegramOptions(TOKEN, api.url))
        stop = asyncio.Event()
        running = asyncio.create_task(adapter.run(stop))
        await api.until(lambda: api.called(method))
        stop.set()
        await asyncio.wait_for(running, 5)
        assert api.called("getUpdates") == []


async def test_an_unknown_token_ends_the_start_and_is_not_repeated() -> None:
    async with BotApi() as api:
        token = "1234567890:AAwrong-token-that-nobody-ever-had-12345"
        adapter = TelegramAdapter(ScriptedDesk(), TelegramOptions(token, api.url))
        with pytest.raises(TokenRefused) as refused:
            await adapter.run(asyncio.Event())
        assert token not in str(refused.value)
        assert refused.value.__suppress_context__
        assert token not in repr(TelegramOptions(token))


class Held(ScriptedDesk):
    """A desk that answers `/slow` only when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.go = asyncio.Event()

    async def answer(self, request: Request) -> Reply | Hush:
        if request.text == "/slow":
            self.asked.set()
            await self.go.wait()
        return await super().answer(request)


async def test_an_answer_that_is_under_way_when_we_stop_still_arrives() -> None:
    desk = Held()
    async with playing(desk) as stage:
        stage.world.say(stage.world.person(MIRA), "/slow")
        await stage.api.until(lambda: True)
        await asyncio.wait_for(desk.asked.wait(), 5)
        stage.stop.set()
        desk.go.set()
        await stage.answered()


async def test_an_answer_that_never_comes_does_not_keep_us(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(adapter, "GRACE", 0.05)
    desk = Held()
    async with playing(desk) as stage:
        stage.world.say(stage.world.person(MIRA), "/slow")
        await stage.api.until(lambda: True)
        await asyncio.wait_for(desk.asked.wait(), 5)
        stage.stop.set()
        await asyncio.wait_for(stage.running, 5)
        assert stage.world.from_bot() == []


async def test_what_was_to_be_deleted_later_does_not_keep_us() -> None:
    desk = ScriptedDesk({"/price": card("Prices", delete_after=3600)})
    async with playing(desk) as stage:
        stage.world.say(stage.world.person(MIRA), "/price")
        (answer,) = await stage.answered()
        await stage.idle()
        stage.stop.set()
        await asyncio.wait_for(stage.running, 5)
        assert not answer.deleted


async def test_telegrams_own_server_is_the_default() -> None:
    bot = TelegramAdapter(ScriptedDesk(), TelegramOptions(TOKEN))._app.bot
    assert bot.base_url == f"https://api.telegram.org/bot{TOKEN}"


MENU = (
    Entry("compare", "Compare the two modes", aliases=("c", "cmp")),
    Entry("price", "x" * 400),
    Entry("host", "Set the chat up", host=True),
    Entry("Odd-Name", "Telegram takes no such name"),
)


async def test_menus_hold_canonical_names_and_are_sent_only_when_they_changed() -> None:
    desk = ScriptedDesk(menu=MENU)
    async with playing(desk) as stage:
        menus = stage.world.menus
        await stage.api.until(lambda: len(menus) == 4)
        await stage.quiet(stage.world.person(MIRA))
        names = {scope: [name for name, _ in menu] for (scope, _), menu in menus.items()}
        assert names == {
            "default": ["compare", "price"],
            "all_private_chats": ["compare", "price"],
            "all_group_chats": ["compare", "price"],
            "all_chat_administrators": ["compare", "price", "host"],
        }
    async with playing(desk) as stage:
        stage.world.say(stage.world.person(MIRA), "/price")
        await stage.answered()
        assert stage.api.called("setMyCommands") == []


async def test_menus_that_fail_do_not_stop_the_bot() -> None:
    desk = ScriptedDesk(menu=MENU)
    async with playing(desk, faults={"setMyCommands": Fault(status=502)}) as stage:
        await stage.quiet(stage.world.person(MIRA))
        await stage.api.until(lambda: stage.api.called("setMyCommands"))
        assert (stage.world.menus, desk.notes) == ({}, {})

"""Who is in a group: a status decides, a refusal proves nothing, and no message ever waits."""

import pytest

from bot.adapters.telegram import TelegramAdapter, TelegramOptions
from bot.chat.ports import Outcome
from bot.chat.request import Chat, Place
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence
from tests.adapters.telegram.stage import TEN, Stage, playing
from tests.fakes.botapi import TOKEN, Fault
from tests.fakes.botapi.methods import METHODS
from tests.fakes.botapi.refused import Refused
from tests.fakes.botapi.world import GROUP
from tests.fakes.desk import ScriptedDesk

MIRA = 7
ROOM, WHO = Room("telegram", str(GROUP)), Identity("telegram", str(MIRA))


def group(stage: Stage, status: str = "member") -> None:
    """A group in which Mira is something."""
    stage.world.person(MIRA)
    stage.world.group()
    stage.world.members[GROUP][MIRA] = status


@pytest.mark.parametrize(
    ("status", "presence"),
    [
        ("creator", Presence.HERE),
        ("administrator", Presence.HERE),
        ("member", Presence.HERE),
        ("restricted", Presence.HERE),
        ("restricted outside", Presence.GONE),
        ("left", Presence.GONE),
        ("kicked", Presence.GONE),
    ],
)
async def test_a_status_decides(status: str, presence: Presence) -> None:
    async with playing() as stage:
        group(stage, status)
        assert await stage.adapter.attends(ROOM, WHO) is presence


async def test_a_deleted_account_is_gone_like_one_that_left() -> None:
    async with playing() as stage:
        group(stage, "left")
        stage.world.people[MIRA]["first_name"] = ""
        assert await stage.adapter.attends(ROOM, WHO) is Presence.GONE


@pytest.mark.parametrize(
    "said",
    [
        "user not found",
        "member not found",
        "PARTICIPANT_ID_INVALID",
        "CHAT_ADMIN_REQUIRED",
        "member list is inaccessible",
        "chat not found",
    ],
)
async def test_a_refusal_proves_nothing(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing() as stage:
        group(stage, "left")

        def refusing(*_: object) -> None:
            raise Refused(said)

        names, _ = METHODS["getChatMember"]
        monkeypatch.setitem(METHODS, "getChatMember", (names, refusing))
        assert await stage.adapter.attends(ROOM, WHO) is Presence.UNKNOWN


@pytest.mark.parametrize("fault", [Fault(status=502), Fault(drop=True)], ids=["502", "cut"])
async def test_no_answer_is_none(fault: Fault) -> None:
    async with playing() as stage:
        group(stage, "left")
        stage.api.fault("getChatMember", fault)
        assert await stage.adapter.attends(ROOM, WHO) is Presence.UNKNOWN


async def test_a_refusal_for_want_of_patience_is_not_repeated_and_keeps_no_message_waiting() -> (
    None
):
    async with playing() as stage:
        group(stage, "left")
        stage.api.fault("getChatMember", Fault(retry_after=900))
        for _ in range(3):
            assert await stage.adapter.attends(ROOM, WHO) is Presence.UNKNOWN
        assert len(stage.api.called("getChatMember")) == 1
        said = await stage.adapter.post(Chat(str(GROUP), Place.GROUP), TEN)
        assert said.outcome is Outcome.DELIVERED


async def test_a_group_that_moved_is_told_and_asked_under_its_new_id_next_time() -> None:
    async with playing() as stage:
        group(stage)
        stage.world.migrate(stage.world.chats[GROUP], GROUP - 1)
        assert await stage.adapter.attends(ROOM, WHO) is Presence.UNKNOWN
        assert ("telegram", str(GROUP), str(GROUP - 1)) in stage.desk.moved
        new = Room("telegram", str(GROUP - 1))
        assert await stage.adapter.attends(new, WHO) is Presence.HERE


async def test_alone_with_the_bot_everybody_is_there_and_nobody_is_asked() -> None:
    async with playing() as stage:
        assert await stage.adapter.attends(Room("telegram", str(MIRA)), WHO) is Presence.HERE
        assert stage.api.called("getChatMember") == []


async def test_before_telegram_is_reached_nothing_is_known() -> None:
    adapter = TelegramAdapter(ScriptedDesk(), TelegramOptions(token=TOKEN))
    assert await adapter.attends(ROOM, WHO) is Presence.UNKNOWN

"""Roles: asked of Telegram when they matter, remembered, and a member's when they cannot be had."""

from bot.chat.request import Role
from tests.adapters.telegram.stage import playing
from tests.fakes.botapi import BOT, Fault
from tests.fakes.botapi.world import GROUP

MIRA, TOBI = 111, 2**33 + 5


async def test_roles_are_asked_when_they_matter_and_then_remembered() -> None:
    async with playing() as stage:
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
        group = stage.world.group()
        stage.world.members[GROUP][MIRA] = "administrator"
        stage.world.say(mira, "/host", group)
        await stage.answered(1)
        assert (stage.desk.last.role, stage.api.called("getChatMember")) == (Role.MEMBER, [])
        stage.desk.roles_wanted = True
        for count, (user, role) in enumerate(
            [(mira, Role.HOST), (tobi, Role.MEMBER), (mira, Role.HOST)], 2
        ):
            stage.world.say(user, "/host", group)
            await stage.answered(count)
            assert stage.desk.last.role is role
        assert len(stage.api.called("getChatMember")) == 2


async def test_a_role_that_cannot_be_had_is_a_members() -> None:
    async with playing() as stage:
        stage.desk.roles_wanted = True
        stage.api.fault("getChatMember", Fault(status=502))
        stage.world.members.setdefault(GROUP, {})[MIRA] = "creator"
        stage.world.say(stage.world.person(MIRA), "/host", stage.world.group())
        stage.world.members[GROUP][BOT["id"]] = "member"
        await stage.answered()
        assert stage.desk.last.role is Role.MEMBER

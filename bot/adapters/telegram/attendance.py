"""Whether somebody is still in a group: asked one by one, and never at the cost of a message.

Only a status decides. A refusal proves nothing about the person: Telegram says "user not found" and
"member not found" of people whom its server does not know at present, and PARTICIPANT_ID_INVALID or
CHAT_ADMIN_REQUIRED of anybody where a group hides its members from a bot that is no admin (issues
332, 795 and 802 of tdlib/telegram-bot-api, 1349 of teloxide; read on 2026-11-30). Whoever deleted
their account has the status of somebody who left.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import ChatMember, ChatMemberRestricted
from telegram.error import ChatMigrated, TelegramError
from telegram.ext import ExtBot

from bot.adapters.telegram.flood import ASIDE
from core.services.roll import Presence

_AWAY = {ChatMember.LEFT, ChatMember.BANNED}


async def attends(
    bot: ExtBot[Any], moved: Callable[[int, int], Awaitable[None]], chat: int, person: int
) -> Presence:
    """Return whether a person is in a group; alone with the bot everybody is there.

    `moved` is told of a group that has a new id.
    """
    if chat > 0:
        return Presence.HERE
    try:
        member = await bot.get_chat_member(chat, person, rate_limit_args=ASIDE)
    except ChatMigrated as migrated:
        await moved(chat, migrated.new_chat_id)
        return Presence.UNKNOWN
    except TelegramError:
        return Presence.UNKNOWN
    return Presence.GONE if _is_gone(member) else Presence.HERE


def _is_gone(member: ChatMember) -> bool:
    """Whether a status is that of somebody outside; restricted ones may be on either side."""
    if isinstance(member, ChatMemberRestricted):
        return not member.is_member
    return member.status in _AWAY

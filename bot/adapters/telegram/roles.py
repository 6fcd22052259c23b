"""What somebody is in a group: asked of Telegram only when it matters, and then for a minute."""

from telegram import Bot
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.adapters.telegram.memory import Recent
from bot.adapters.telegram.pace import Clock
from bot.chat.request import Role

FRESH = 60
"""Seconds that a role is believed."""

_HOSTS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}


class Roles:
    """Looks roles up; a role that cannot be had is a member's."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        """Begin with nothing known."""
        self._bot = bot
        self._clock = clock
        self._known: Recent[tuple[int, int], tuple[float, Role]] = Recent(2048)

    async def of(self, chat: int, person: int) -> Role:
        """Return a person's role in a group."""
        known = self._known.get((chat, person))
        if known and self._clock.now() - known[0] < FRESH:
            return known[1]
        try:
            member = await self._bot.get_chat_member(chat, person)
        except TelegramError:
            return Role.MEMBER
        role = Role.HOST if member.status in _HOSTS else Role.MEMBER
        self._known.keep((chat, person), (self._clock.now(), role))
        return role

"""Groups that grow become supergroups with another id; what is kept about them must follow."""

import structlog

from bot.adapters.telegram.memory import Recent
from bot.adapters.telegram.updates import PLATFORM
from bot.chat.ports import Desk

log = structlog.get_logger(__name__)


class Moves:
    """Hears that chats moved, and tells the desk once for each."""

    def __init__(self, desk: Desk) -> None:
        """Begin with no move heard of."""
        self._desk = desk
        self._heard: Recent[tuple[int, int], bool] = Recent(256)

    async def moved(self, old: int, new: int) -> None:
        """Hear that a chat has a new id. Telegram says so up to three times."""
        if (old, new) in self._heard:
            return
        self._heard.keep((old, new), value=True)
        log.warning("telegram_chat_moved", old=old, new=new)
        await self._desk.chat_moved(PLATFORM, str(old), str(new))

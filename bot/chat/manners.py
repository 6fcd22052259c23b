"""How much the bot talks before others: cooldowns, and no second scolding.

In a group one person gets one public reply per `cooldown` seconds and the chat `per_minute` in all;
what is over gets a small reaction or silence. The same mistake twice within a minute is answered in
private. Nothing here is kept: a restart forgets it.
"""

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from typing import TypeVar

from bot.chat.request import Place, Request
from core.people import ChatRules

Key = TypeVar("Key")
Value = TypeVar("Value")

MINUTE, TEN_MINUTES = timedelta(minutes=1), timedelta(minutes=10)
EXPLAINED = 3
"""Messages of others that one person may have answered in ten minutes."""

_REMEMBERED = 10_000
"""People and chats remembered at most; the oldest are forgotten first."""


class Manners:
    """Remembers who was answered lately, and where."""

    def __init__(self) -> None:
        """Start with nobody known."""
        self._people: OrderedDict[tuple[str, str, str], datetime] = OrderedDict()
        self._chats: OrderedDict[tuple[str, str], deque[datetime]] = OrderedDict()
        self._mistakes: OrderedDict[tuple[str, str, str, str], datetime] = OrderedDict()
        self._answered: OrderedDict[tuple[str, str, str], datetime] = OrderedDict()
        self._explained: OrderedDict[tuple[str, str, str], deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def may_speak(self, request: Request, rules: ChatRules, now: datetime) -> bool:
        """Whether a public reply is in order; if so it counts. Private chats are always free.

        A button under one of our messages is bound by the chat's limit only.
        """
        if request.chat.place is Place.PRIVATE:
            return True
        person = (request.who.platform, request.chat.id, request.who.id)
        with self._lock:
            spoken = self._recent(person[:2], now)
            if len(spoken) >= rules.per_minute:
                return False
            last = self._people.get(person)
            waits = last is not None and now - last < timedelta(seconds=rules.cooldown)
            if waits and not request.button:
                return False
            spoken.append(now)
            _remember(self._people, person, now)
        return True

    def may_explain(self, request: Request, message: str, now: datetime) -> bool:
        """Whether somebody's message may be answered; if so it counts.

        One message is answered once, one person asks for `EXPLAINED` in `TEN_MINUTES`; so nobody
        makes the bot lecture a whole group.
        """
        place = (request.who.platform, request.chat.id)
        person = (*place, request.who.id)
        with self._lock:
            asked = self._explained.setdefault(person, deque())
            while asked and now - asked[0] >= TEN_MINUTES:
                asked.popleft()
            if (*place, message) in self._answered or len(asked) >= EXPLAINED:
                return False
            asked.append(now)
            _remember(self._explained, person, asked)
            _remember(self._answered, (*place, message), now)
        return True

    def is_repeated(self, request: Request, mistake: str, now: datetime) -> bool:
        """Whether this person made the same mistake in this chat within the last minute."""
        key = (request.who.platform, request.chat.id, request.who.id, mistake)
        with self._lock:
            last = self._mistakes.get(key)
            _remember(self._mistakes, key, now)
        return last is not None and now - last < MINUTE

    def _recent(self, chat: tuple[str, str], now: datetime) -> deque[datetime]:
        """The chat's replies of the last minute."""
        spoken = self._chats.setdefault(chat, deque())
        while spoken and now - spoken[0] >= MINUTE:
            spoken.popleft()
        self._chats.move_to_end(chat)
        while len(self._chats) > _REMEMBERED:
            self._chats.popitem(last=False)
        return spoken


def _remember(memory: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > _REMEMBERED:
        memory.popitem(last=False)

"""What Telegram says "too many" to: the chat that it was about waits, and no other one.

Turns of single chats are taken before (`pace.py`). Here stands the limit over all chats, and what
is done about a 429: the same call is tried again after the time that was named, and until then
nothing is sent into that chat, since asking again makes the time longer. Whoever would have to wait
for too long is told at once. The library's own limiter silences the whole bot instead, everywhere.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter
from typing_extensions import override

from bot.adapters.telegram.memory import Recent
from bot.adapters.telegram.pace import Clock

AGAIN = 3
"""How often a call that was refused is tried again."""

PATIENCE = 60.0
"""Seconds that a call waits at most."""

MARGIN = 0.1
"""Seconds more than Telegram named."""

ASIDE = True
"""What a call says that no person waits for: it goes only while there is room, and once."""

APART = 1.0
"""Seconds between calls about one chat that waited for the same refusal to end."""

WINDOW = 1.0
"""Seconds in which so many messages may be sent over all."""

_ASIDES = "aside"
_KEPT = 4096
"""Chats of which a refusal is remembered."""

Answer = bool | dict[str, Any] | list[dict[str, Any]]
"""What the library hands back."""


class FloodGate(BaseRateLimiter[bool]):
    """Lets calls through, `overall` messages a second."""

    def __init__(self, overall: int, clock: Clock) -> None:
        """Begin with nothing refused."""
        self._clock = clock
        self._overall: deque[float] = deque(maxlen=overall)
        self._closed: Recent[object, float] = Recent(_KEPT)

    @override
    async def initialize(self) -> None:
        """Nothing has to be prepared."""

    @override
    async def shutdown(self) -> None:
        """Nothing has to be ended."""

    @override
    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        *_: Any,
        **call: Any,
    ) -> Answer:
        """Make a call at its time. Raises `RetryAfter` where that is too far away.

        The library tells the method (`endpoint`) and its parameters (`data`) by name.
        """
        chat = call["data"].get("chat_id")
        key = call["endpoint"] if chat is None else chat
        if call.get("rate_limit_args") is ASIDE:
            return await self._aside(chat, partial(callback, *args, **kwargs))
        tried = 0
        while True:
            await self._opened(key)
            if chat is not None:
                await self._turn()
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as refused:
                self._closed.keep(key, self._clock.now() + _seconds(refused) + MARGIN)
                tried += 1
                if tried > AGAIN:
                    raise

    async def _aside(self, chat: object, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """Make a call that takes nothing from messages. Raises `RetryAfter` where there is no room.

        What is refused to it closes no chat, only the door for calls of this sort.
        """
        now, turns = self._clock.now(), self._overall
        full = len(turns) == turns.maxlen and turns[0] + WINDOW > now
        until = max(self._closed.get(chat) or 0.0, self._closed.get(_ASIDES) or 0.0)
        if full or until > now:
            raise RetryAfter(timedelta(seconds=max(WINDOW, until - now)))
        try:
            return await call()
        except RetryAfter as refused:
            self._closed.keep(_ASIDES, now + _seconds(refused) + MARGIN)
            raise

    async def _opened(self, key: object) -> None:
        """Wait until a chat takes messages again. Raises `RetryAfter` where that is far away.

        What has gathered for a chat goes one by one: all at once would be too many again. Presses
        belong to none, and their answers have no time.
        """
        waited = False
        while (left := (self._closed.get(key) or 0.0) - self._clock.now()) > 0:
            if left > PATIENCE:
                raise RetryAfter(timedelta(seconds=left))
            await self._clock.sleep(left)
            waited = True
        if waited and isinstance(key, int):
            self._closed.keep(key, self._clock.now() + APART)

    async def _turn(self) -> None:
        """Wait for a place among all messages."""
        turns, now = self._overall, self._clock.now()
        first = now if len(turns) < (turns.maxlen or 1) else max(now, turns[0] + WINDOW)
        turns.append(first)
        if first > now:
            await self._clock.sleep(first - now)


def _seconds(refused: RetryAfter) -> float:
    """The time that was named; the library tells it in either form."""
    named = refused.retry_after
    return named.total_seconds() if isinstance(named, timedelta) else float(named)

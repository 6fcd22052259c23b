"""Who may send when: a turn per chat, so that Telegram never has to tell us off.

Each chat has a sliding window: at most `count` turns in any `seconds`. A turn is reserved at once
and in order of asking; who would have to wait longer than `patience` is turned away, so that the
queue of a chat is bounded. Of several edits of one message that wait, only the newest is sent.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Protocol

from bot.adapters.telegram.memory import Recent
from bot.adapters.telegram.options import Rate, Rates

CHATS = 4096
"""Chats whose last turns are remembered."""


class Crowded(Exception):
    """The chat's queue is full, or the bot is closing and there is no time to wait."""


class Clock(Protocol):
    """Time that can be read and waited for."""

    def now(self) -> float:
        """Return seconds that never go back."""

    def sleep(self, seconds: float) -> Awaitable[None]:
        """Wait."""


class SystemClock:
    """The machine's own time."""

    now = staticmethod(time.monotonic)
    sleep = staticmethod(asyncio.sleep)


Sending = Callable[[], Awaitable[object]]


class Pace:
    """The turns of all chats. Groups have negative numbers on Telegram, people positive ones."""

    def __init__(self, rates: Rates, clock: Clock) -> None:
        """Begin with no turns taken."""
        self._rates = rates
        self._clock = clock
        self._turns: Recent[int, deque[float]] = Recent(CHATS)
        self._edits: dict[Hashable, Sending] = {}
        self._naps: set[asyncio.Future[None]] = set()
        self._closed = False

    async def turn(self, chat: int) -> None:
        """Wait for the chat's next turn. Raises `Crowded`."""
        wait = self._reserve(chat, self._rate(chat).patience)
        if wait <= 0:
            return
        nap = asyncio.ensure_future(self._clock.sleep(wait))
        self._naps.add(nap)
        try:
            await nap
        except asyncio.CancelledError:
            if self._closed:
                raise Crowded from None
            raise
        finally:
            self._naps.discard(nap)

    def now_or_never(self, chat: int) -> bool:
        """Take a turn only if it is free this moment."""
        try:
            self._reserve(chat, 0)
        except Crowded:
            return False
        return True

    async def edit(self, chat: int, message: int, sending: Sending) -> None:
        """Send an edit at the chat's next turn; a newer one of the message takes its place."""
        key = (chat, message)
        waiting = key in self._edits
        self._edits[key] = sending
        if waiting:
            return
        try:
            await self.turn(chat)
        finally:
            newest = self._edits.pop(key)
        await newest()

    def close(self) -> None:
        """Turn away everybody who waits or would have to."""
        self._closed = True
        for nap in self._naps:
            nap.cancel()

    def _rate(self, chat: int) -> Rate:
        return self._rates.group if chat < 0 else self._rates.private

    def _reserve(self, chat: int, patience: float) -> float:
        """Reserve a turn and return the seconds until then."""
        rate = self._rate(chat)
        turns = self._turns.get(chat) or deque(maxlen=rate.count)
        now = self._clock.now()
        first = now if len(turns) < rate.count else max(now, turns[0] + rate.seconds)
        if first - now > (0 if self._closed else patience):
            raise Crowded
        turns.append(first)
        self._turns.keep(chat, turns)
        return first - now

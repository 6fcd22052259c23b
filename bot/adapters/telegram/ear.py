"""Whether Telegram is heard: how long nothing could come in, though it may have been sent.

A poll that is refused or cut off begins a time of deafness; one that timed out may have been dead
ever since the last that was answered. The first answer ends it. What was sent meanwhile came late
through no fault of its sender, so whoever waited for it is told.
"""

from collections.abc import Awaitable, Callable

from bot.adapters.telegram.pace import Clock

PATIENCE = 2.0
"""Seconds of deafness that do no harm: answers may be so late."""

Tell = Callable[[float], Awaitable[None]]
"""Is told for how many seconds nothing could be heard."""


class Ear:
    """Follows the polls of one bot."""

    def __init__(self, clock: Clock, tell: Tell) -> None:
        """Begin with ears open."""
        self._clock = clock
        self._tell = tell
        self._heard = clock.now()
        self._deaf_since: float | None = None

    async def heard(self) -> None:
        """Keep that a poll was answered; tell how long none was."""
        await self._told()
        self._deaf_since = None
        self._heard = self._clock.now()

    async def missed(self, *, silent: bool) -> None:
        """Keep that a poll failed; a `silent` one gave no sign of how long it was dead."""
        if self._deaf_since is None:
            self._deaf_since = self._heard if silent else self._clock.now()
        await self._told()

    async def _told(self) -> None:
        if self._deaf_since is not None:
            seconds = self._clock.now() - self._deaf_since
            if seconds > PATIENCE:
                await self._tell(seconds)

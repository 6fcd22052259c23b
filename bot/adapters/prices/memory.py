"""What somebody has learned of a live market's past, beside what others have learned of it.

Whoever asks for missed minutes keeps them in a memory of their own, so that what one asks for next
does not push out what another still judges. A venue that could not tell is left in peace for a
while.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

import structlog

from bot.adapters.prices.recall import Recall, Rows
from bot.adapters.prices.side import Patience
from bot.adapters.prices.venues import VenueClient
from core.market import Marks, Symbol
from core.ports import Clock

log = structlog.get_logger("marginbot")


class Memory:
    """The minutes that one asker knows."""

    def __init__(
        self, recall: Recall, client: VenueClient, clock: Clock, patience: Patience
    ) -> None:
        """Begin with nothing learned."""
        self._recall = recall
        self._client = client
        self._clock = clock
        self._patience = patience
        self._ask_again: datetime | None = None
        self._until: datetime | None = None

    def keep(self, now: datetime, rows: Rows) -> None:
        """Remember what is seen now."""
        self._recall.keep(now, rows)

    def marks_at(self, moment: datetime) -> Marks:
        """Return the marks of a moment that is not long ago, or was recalled; else none."""
        return Marks(self._client.venue, moment, self._recall.at(moment))

    async def recall(
        self, symbols: AbstractSet[Symbol], since: datetime, until: datetime
    ) -> tuple[frozenset[Symbol], datetime]:
        """Learn the minutes between from candles; return of which contracts, and up to when."""
        now = self._clock.now()
        if self._ask_again is None or now >= self._ask_again:
            try:
                until = await self._recall.fetch(symbols, since, until)
            except Exception as fault:  # noqa: BLE001 - the venue's and the network's are many
                log.warning("no candles", venue=self._client.venue, fault=type(fault).__name__)
                pause = self._patience.next(self._client.asked_to_wait())
                self._ask_again = now + timedelta(seconds=pause)
            else:
                self._patience.calm()
                self._ask_again = None
                self._until = until
        return frozenset(self._recall.known(symbols, since, until)), until

    def known_until(self, symbols: AbstractSet[Symbol], since: datetime) -> datetime | None:
        """Return up to when contracts are known from a moment on; None where one of them is not."""
        until = self._until
        if until is None or not symbols <= self._recall.known(symbols, since, until):
            return None
        return until

"""How prices come, told from when they came: a feed is what it delivers, whatever it promises."""

from datetime import datetime, timedelta

from core.market_guard import FeedState


class Pulse:
    """Tells how prices come from when they came: a feed is what it delivers."""

    def __init__(self, started: datetime, quiet: timedelta, stale: timedelta) -> None:
        """Begin without any price; after `quiet` a feed is silent, after `stale` it is stale."""
        self._quiet = quiet
        self._stale = stale
        self._way = FeedState.LIVE
        self._since = started
        self._last: datetime | None = None
        self._streamed: datetime | None = None
        self._started = started

    def beat(self, way: FeedState, now: datetime) -> None:
        """Note that marks entered now, streamed or polled.

        A poll that was on its way while the stream came back does not make a feed a polled one.
        """
        if way is FeedState.LIVE:
            self._streamed = now
        elif self._streamed is not None and now - self._streamed <= self._quiet:
            way = FeedState.LIVE
        if self._last is None or way is not self._way or now - self._last > self._quiet:
            self._since = now
        self._way, self._last = way, now

    def state(self, now: datetime) -> tuple[FeedState, datetime]:
        """Return how prices come, and since when; a silence began with the last mark."""
        if self._last is None:
            return FeedState.STALE, self._started
        silence = now - self._last
        if silence > self._stale:
            return FeedState.STALE, self._last
        if silence > self._quiet:
            return FeedState.QUIET, self._last
        return self._way, self._since

"""One venue of a live market: its connection, what the guard let in, and how it has been doing.

Beside it how often and how patiently a venue is asked: pauses grow from fault to fault, and no two
are alike, so that bots that lost the same venue do not all come back at once.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.adapters.prices.venues import VenueClient
from core.market import MarkPrice, Symbol
from core.market_guard import Board, FeedState, FeedStatus, Limits, Reading
from core.market_pulse import Pulse
from core.ports import Clock


@dataclass(frozen=True, slots=True)
class Pace:
    """How often, how long, how much; spans of waiting in seconds."""

    quiet: timedelta = timedelta(seconds=10)
    stale: timedelta = timedelta(seconds=60)
    poll: float = 5.0
    around: float = 15.0
    first_retry: float = 1.0
    last_retry: float = 60.0
    limits: Limits = field(default_factory=Limits)


class Patience:
    """Pauses that grow from fault to fault, none quite like the other."""

    def __init__(self, first: float, last: float) -> None:
        """Begin with pauses of up to `first` seconds; they double up to `last`."""
        self._first = first
        self._last = last
        self._faults = 0

    def calm(self) -> None:
        """Begin anew: it worked."""
        self._faults = 0

    def next(self, asked: float = 0.0) -> float:
        """Return the next pause, at least as long as was asked for."""
        longest = min(self._last, self._first * (1 << min(self._faults, 16)))
        self._faults += 1
        return max(asked, longest * random.uniform(0.5, 1))  # noqa: S311 - spreads, hides nothing


class Rows(Mapping[Symbol, MarkPrice]):
    """What stood on a board at a moment; marks are made of it once somebody looks.

    Replaced as a whole and never changed, so that any thread may look.
    """

    def __init__(self, client: VenueClient, readings: Mapping[Symbol, Reading]) -> None:
        """Take what entered, which nobody may change any more."""
        self._client = client
        self._readings = readings
        self._marks: dict[Symbol, MarkPrice] = {}

    def __getitem__(self, symbol: Symbol) -> MarkPrice:
        """Return a contract's mark."""
        mark = self._marks.get(symbol)
        if mark is None:
            mark = self._marks[symbol] = self._client.mark(self._readings[symbol])
        return mark

    def __iter__(self) -> Iterator[Symbol]:
        """Iterate over the contracts."""
        return iter(self._readings)

    def __len__(self) -> int:
        """Return how many contracts there are."""
        return len(self._readings)

    def since(self, oldest: datetime) -> dict[Symbol, MarkPrice]:
        """Return the marks that are no older than a moment."""
        return {symbol: self[symbol] for symbol, r in self._readings.items() if r[2] >= oldest}


class Side:
    """One venue of the two: its connection, its board, its pulse."""

    def __init__(self, client: VenueClient, clock: Clock, pace: Pace) -> None:
        """Begin without any price."""
        self.client = client
        self.board = Board(pace.limits)
        self.pulse = Pulse(clock.now(), pace.quiet, pace.stale)
        self._clock = clock
        self._stale = pace.stale
        self.rows = Rows(client, {})

    def take(self, readings: Iterable[Reading], way: FeedState) -> bool:
        """Hand messages to the guard; return whether any entered."""
        now = self._clock.now()
        return self._taken(way, now, entered=self.board.take(readings, now))

    def review(self) -> bool:
        """Let enter what the other venue confirms by now; return whether anything did."""
        if not self.board.waiting:
            return False
        now = self._clock.now()
        return self._taken(FeedState.POLLING, now, entered=self.board.review(now))

    def _taken(self, way: FeedState, now: datetime, *, entered: bool) -> bool:
        self.rows = Rows(self.client, self.board.readings())
        if entered:
            self.pulse.beat(way, now)
        return entered

    def fresh(self, now: datetime) -> Mapping[Symbol, MarkPrice]:
        """Return the marks that are not stale."""
        return self.rows.since(now - self._stale)

    def status(self, second: FeedStatus | None = None) -> FeedStatus:
        """Return how this venue is doing."""
        now = self._clock.now()
        state, since = self.pulse.state(now)
        return FeedStatus(
            market=self.client.venue,
            state=state,
            since=since,
            symbols=len(self.fresh(now)),
            waiting=self.board.waiting,
            newest=self.board.newest,
            second=second,
        )

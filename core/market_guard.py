"""What may enter: a venue's marks, message by message, held against its own and a second venue's.

A mark that cannot be never enters; an older or repeated message changes nothing; a mark too far
from what was known waits until it is confirmed. While it waits its contract is left out: nobody is
filled or liquidated at a price that may be wrong, nor at one that may be past. Two boards can watch
each other: whoever moves away from both its own last value and the other's is the one that waits.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from core.market import MarkPrice, Symbol
from core.money import EXACT, ZERO, Price, Rate


class Verdict(StrEnum):
    """What became of a message."""

    ENTERED = "entered"
    IMPOSSIBLE = "impossible"
    REPEATED = "repeated"
    MISTIMED = "mistimed"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is believed.

    `jump` is the share by which two marks may differ; `memory` how long a value is compared with;
    `confirm` how long a mark that no second venue speaks about must hold. A stamp may lie `ahead`
    of our clock or `behind` it; beyond that the message is of no use.
    """

    jump: Rate = Rate(Decimal("0.1"))
    memory: timedelta = timedelta(seconds=60)
    confirm: timedelta = timedelta(seconds=10)
    ahead: timedelta = timedelta(seconds=10)
    behind: timedelta = timedelta(seconds=30)

    def near(self, price: Price, other: Price) -> bool:
        """Whether two prices differ by no more than the jump, reckoned from the lower one."""
        low, high = (price, other) if price < other else (other, price)
        return EXACT.subtract(high, low) <= EXACT.multiply(self.jump, low)


class _Row:
    """What is known of one contract: newest stamp, mark that entered, mark that waits."""

    __slots__ = ("held", "since", "stamp", "waiting")

    def __init__(self, stamp: datetime) -> None:
        self.stamp = stamp
        self.held: MarkPrice | None = None
        self.waiting: MarkPrice | None = None
        self.since = stamp


class Board:
    """The marks of one venue. Used by one thread; times are handed in."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Begin empty, with no second venue."""
        self._limits = limits or Limits()
        self._rows: dict[Symbol, _Row] = {}
        self._beside: Board | None = None
        self._newest: datetime | None = None

    def check_with(self, other: "Board") -> None:
        """Let two boards watch each other from now on."""
        self._beside = other
        if other._beside is not self:  # noqa: SLF001 - another of the same kind
            other.check_with(self)

    @property
    def newest(self) -> datetime | None:
        """The moment of the newest mark that entered."""
        return self._newest

    @property
    def waiting(self) -> int:
        """How many contracts wait for a confirmation."""
        return sum(row.waiting is not None for row in self._rows.values())

    def marks(self) -> dict[Symbol, MarkPrice]:
        """Return the marks that entered, without contracts that wait; old ones are among them."""
        return {
            symbol: row.held
            for symbol, row in self._rows.items()
            if row.held is not None and row.waiting is None
        }

    def offer(self, symbol: Symbol, mark: MarkPrice, now: datetime) -> Verdict:
        """Judge a message that arrived now; `mark.at` is the venue's own stamp.

        A stamp ahead of our clock, within the limit, counts as now.
        """
        if not (mark.price.is_finite() and mark.price > ZERO):
            return Verdict.IMPOSSIBLE
        if mark.at - now > self._limits.ahead or now - mark.at > self._limits.behind:
            return Verdict.MISTIMED
        row = self._rows.get(symbol)
        if row is None:
            row = self._rows[symbol] = _Row(mark.at)
        elif mark.at <= row.stamp:
            return Verdict.REPEATED
        row.stamp = mark.at
        if mark.at > now:
            mark = replace(mark, at=now)
        if self._is_believed(symbol, row, mark, now):
            self._enter(row, mark)
            return Verdict.ENTERED
        return Verdict.WAITING

    def review(self, now: datetime) -> bool:
        """Let marks enter that waited and that the second venue confirms now; tell if any did."""
        beside, entered = self._beside, False
        if beside is not None:
            for symbol, row in self._rows.items():
                mark = row.waiting
                if (
                    mark is not None
                    and now - mark.at <= self._limits.behind
                    and beside.agrees(symbol, mark.price, now)
                ):
                    self._enter(row, mark)
                    entered = True
        return entered

    def _enter(self, row: _Row, mark: MarkPrice) -> None:
        row.held, row.waiting = mark, None
        if self._newest is None or mark.at > self._newest:
            self._newest = mark.at

    def agrees(self, symbol: Symbol, price: Price, now: datetime) -> bool | None:
        """Whether this venue quotes about the same; None where it says nothing of late.

        A mark that waits here may support another venue's, too: both cannot be wrong alike.
        """
        row = self._rows.get(symbol)
        if row is None:
            return None
        said = [m for m in (row.held, row.waiting) if m and now - m.at <= self._limits.memory]
        if not said:
            return None
        return any(self._limits.near(price, mark.price) for mark in said)

    def leaves_out(self, symbol: Symbol) -> bool:
        """Whether this venue quotes, but not this contract."""
        return bool(self._rows) and symbol not in self._rows

    def _is_believed(self, symbol: Symbol, row: _Row, mark: MarkPrice, now: datetime) -> bool:
        """Whether a mark may enter; one that may not is put where it waits."""
        beside = self._beside
        word = beside.agrees(symbol, mark.price, now) if beside else None
        if word:
            return True
        held = row.held
        is_known = held is not None and now - held.at <= self._limits.memory
        if word is None:
            if held is not None and is_known:
                if self._limits.near(mark.price, held.price):
                    return True
            elif beside is None or beside.leaves_out(symbol):
                return True  # nothing to hold it against, and nothing that will come
        return self._has_held(row, mark, now, alone=word is None)

    def _has_held(self, row: _Row, mark: MarkPrice, now: datetime, *, alone: bool) -> bool:
        """Whether a mark that waits has stood its time; only where no second venue denies it."""
        before, row.waiting = row.waiting, mark
        if (
            before is None
            or not alone
            or now - before.at > self._limits.memory
            or not self._limits.near(mark.price, before.price)
        ):
            row.since = now
            return False
        return now - row.since >= self._limits.confirm


class FeedState(StrEnum):
    """How prices come: streamed, silent for a moment, polled, or not at all."""

    LIVE = "live"
    QUIET = "quiet"
    POLLING = "polling"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStatus:
    """How a market is doing. `newest` is the moment of the newest mark, None before the first."""

    market: str
    state: FeedState
    since: datetime
    symbols: int
    waiting: int = 0
    newest: datetime | None = None
    second: "FeedStatus | None" = None


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

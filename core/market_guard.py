"""What may enter: a venue's marks, message by message, held against its own and a second venue's.

A mark that cannot be never enters; an older or repeated message changes nothing; a mark too far
from what was known waits until it is confirmed. While it waits its contract is left out: nobody is
filled or liquidated at a price that may be wrong, nor at one that may be past. Two boards can watch
each other: whoever moves away from both its own last value and the other's is the one that waits.

A whole market speaks every second, so what does the expected is believed at a glance: a contract's
row remembers between which prices it would be, and how long that holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from core.market import Symbol
from core.money import EXACT, ONE, ZERO, Price, Rate, down, up

Reading = tuple[Symbol, Price, datetime]
"""A contract, its mark, the venue's own stamp. A plain tuple: each message makes hundreds."""

_NEVER = datetime.min.replace(tzinfo=UTC)
_FINE = Decimal("1e-9")
_NOTHING = ONE, ZERO
"""From one to zero there is no price."""


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
    reach: Decimal = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work 1 + jump out once."""
        object.__setattr__(self, "reach", EXACT.add(ONE, self.jump))

    def near(self, price: Price, other: Price) -> bool:
        """Whether two prices differ by no more than the jump, reckoned from the lower one."""
        low, high = (price, other) if price < other else (other, price)
        return high <= EXACT.multiply(low, self.reach)

    def glance(self) -> tuple[Decimal, Decimal]:
        """Return two factors of a price between which any two are near, and both near to it."""
        half = ONE + down(EXACT.divide(self.jump, EXACT.add(self.reach, ONE)), _FINE)
        return up(EXACT.divide(ONE, half), _FINE), half


class _Row:
    """What is known of one contract: newest stamp, mark that entered, mark that waits.

    Between the two `expected` prices a mark enters at a glance up to `until`, as long as the second
    venue's row `other` holds what it held then, `word`.
    """

    __slots__ = ("expected", "held", "other", "since", "stamp", "until", "waiting", "word")

    def __init__(self) -> None:
        self.stamp = self.since = self.until = _NEVER
        self.held: Reading | None = None
        self.waiting: Reading | None = None
        self.word: Reading | None = None
        self.other: _Row = self
        self.expected: tuple[Decimal, Decimal] = _NOTHING


_NOBODY = _Row()
"""The row of a second venue where there is none."""


class Board:
    """The marks of one venue. Used by one thread; times are handed in."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Begin empty, with no second venue."""
        self._limits = limits or Limits()
        self._glance = self._limits.glance()
        self._rows: dict[Symbol, _Row] = {}
        self._believed: dict[Symbol, Reading] = {}
        self._waiting = 0
        self._beside: Board | None = None
        self._newest = _NEVER

    def check_with(self, other: "Board") -> None:
        """Let two boards watch each other; to be said before anything is offered."""
        self._beside = other
        if other._beside is not self:  # noqa: SLF001 - another of the same kind
            other.check_with(self)

    @property
    def newest(self) -> datetime | None:
        """The moment of the newest mark that entered."""
        return None if self._newest is _NEVER else self._newest

    @property
    def waiting(self) -> int:
        """How many contracts wait for a confirmation."""
        return self._waiting

    def readings(self) -> dict[Symbol, Reading]:
        """Return what entered, without contracts that wait; old ones are among them."""
        return self._believed.copy()

    def take(self, readings: Iterable[Reading], now: datetime) -> bool:
        """Judge messages that arrived now; return whether any entered."""
        rows, believed, entered = self._rows, self._believed, False
        limits, latest, timely = self._limits, _NEVER, None
        for reading in readings:
            symbol, price, at = reading
            row = rows.get(symbol, _NOBODY)
            if at is not timely:  # a message has one stamp, mostly
                timely = at if limits.behind >= now - at and at - now <= limits.ahead else None
            low, high = row.expected
            try:
                expected = (
                    low <= price <= high
                    and row.stamp < at is timely
                    and (row.other.held is row.word or self._still_holds(row))
                    and now <= row.until
                )
            except InvalidOperation:  # no number
                continue
            if not expected:
                entered |= self.offer(reading, now) is Verdict.ENTERED
                continue
            row.stamp = at
            believed[symbol] = row.held = reading if at <= now else (symbol, price, now)
            entered = True
            if at > latest:  # noqa: PLR1730 - `max` takes three times as long
                latest = at
        self._newest = max(self._newest, min(latest, now))
        return entered

    def offer(self, reading: Reading, now: datetime) -> Verdict:
        """Judge a message that arrived now.

        A stamp ahead of our clock, within the limit, counts as now.
        """
        symbol, price, at = reading
        if not (price.is_finite() and price > ZERO):
            return Verdict.IMPOSSIBLE
        if at - now > self._limits.ahead or now - at > self._limits.behind:
            return Verdict.MISTIMED
        row = self._rows.get(symbol)
        if row is None:
            row = self._rows[symbol] = _Row()
        elif at <= row.stamp:
            return Verdict.REPEATED
        row.stamp = at
        if at > now:
            reading = (symbol, price, now)
        if self._is_believed(row, reading, now):
            self._enter(row, reading, now)
            return Verdict.ENTERED
        self._believed.pop(symbol, None)
        row.expected = _NOTHING
        return Verdict.WAITING

    def review(self, now: datetime) -> bool:
        """Let marks enter that waited and that the second venue confirms now; tell if any did."""
        beside, entered = self._beside, False
        if beside is not None and self._waiting:
            for symbol, row in self._rows.items():
                waiting = row.waiting
                if (
                    waiting is not None
                    and now - waiting[2] <= self._limits.behind
                    and beside.agrees(symbol, waiting[1], now)
                ):
                    self._enter(row, waiting, now)
                    entered = True
        return entered

    def agrees(self, symbol: Symbol, price: Price, now: datetime) -> bool | None:
        """Whether this venue quotes about the same; None where it says nothing of late.

        A mark that waits here may support another venue's, too: both cannot be wrong alike.
        """
        row, word = self._rows.get(symbol, _NOBODY), None
        for said in (row.held, row.waiting):
            if said is not None and now - said[2] <= self._limits.memory:
                if self._limits.near(price, said[1]):
                    return True
                word = False
        return word

    def leaves_out(self, symbol: Symbol) -> bool:
        """Whether this venue quotes, but not this contract."""
        return bool(self._rows) and symbol not in self._rows

    def _enter(self, row: _Row, reading: Reading, now: datetime) -> None:
        symbol, _, at = reading
        self._believed[symbol] = row.held = reading
        if row.waiting is not None:
            row.waiting = None
            self._waiting -= 1
        self._newest = max(self._newest, at)
        self._expect(row, reading, now)

    def _expect(self, row: _Row, reading: Reading, now: datetime) -> None:
        """Remember what the next mark is expected to be: near the second venue's or, alone, ours.

        Nothing is expected where the second venue could speak, and has not of late.
        """
        beside, memory = self._beside, self._limits.memory
        row.other = _NOBODY if beside is None else beside._rows.get(reading[0], _NOBODY)  # noqa: SLF001
        row.word = row.other.held
        known = reading if beside is None else row.word
        if known is None or now - known[2] > memory:
            row.expected = _NOTHING
            return
        below, above = self._glance
        row.expected = EXACT.multiply(known[1], below), EXACT.multiply(known[1], above)
        row.until = known[2] + memory

    def _still_holds(self, row: _Row) -> bool:
        """Whether what is expected may be expected after the second venue's next word, too."""
        word, (low, high) = row.other.held, row.expected
        if word is None or not low <= word[1] <= high:
            return False
        row.word, row.until = word, word[2] + self._limits.memory
        return True

    def _is_believed(self, row: _Row, reading: Reading, now: datetime) -> bool:
        """Whether a mark may enter; one that may not is put where it waits."""
        symbol, price, _ = reading
        beside, held = self._beside, row.held
        word = beside.agrees(symbol, price, now) if beside else None
        if word:
            return True
        if word is None:
            if held is not None and now - held[2] <= self._limits.memory:
                if self._limits.near(price, held[1]):
                    return True
            elif beside is None or beside.leaves_out(symbol):
                return True  # nothing to hold it against, and nothing that will come
        return self._has_held(row, reading, now, alone=word is None)

    def _has_held(self, row: _Row, reading: Reading, now: datetime, *, alone: bool) -> bool:
        """Whether a mark that waits has stood its time; only where no second venue denies it."""
        before, row.waiting = row.waiting, reading
        self._waiting += before is None
        if (
            before is None
            or not alone
            or now - before[2] > self._limits.memory
            or not self._limits.near(reading[1], before[1])
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
    """How a market is doing. `newest` is the moment of the newest mark, None before the first.

    `listens` says whether it is kept coming here, or was asked for once.
    """

    market: str
    state: FeedState
    since: datetime
    symbols: int
    waiting: int = 0
    newest: datetime | None = None
    second: "FeedStatus | None" = None
    listens: bool = True

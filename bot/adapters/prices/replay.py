"""The demo market: a recording played forwards, then backwards, for ever.

A pure function of (recording, epoch, clock): nothing is kept between two questions but a cached
answer, so processes that share an epoch agree, and a restart goes on where time has got to.
Backwards every hour is the forward one mirrored second by second; so no join jumps further than
the recording itself does between two hours. The mark is the recorded last price.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from core.lessons.game.hour import SECONDS, price_in_hour
from core.lessons.game.path import Tape
from core.market import MarkPrice, Marks, Symbol
from core.money import EXACT, Price, Rate
from core.ports import Clock

MARKET = "demo"

_DAY = 24 * SECONDS
_SLOT = timedelta(hours=8)
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


class FundedTape(Tape, Protocol):
    """One coin's recorded hours, in ticks, and the funding rates recorded with them."""

    @property
    def funding(self) -> Sequence[Rate]:
        """The recorded rates, in order."""


class RecordedMarket(Protocol):
    """What a replay needs of a recording (`content.market_files.Recording` is one)."""

    @property
    def coins(self) -> Mapping[Symbol, FundedTape]:
        """Every coin's tape."""

    @property
    def first_hour(self) -> datetime:
        """The beginning of the first hour."""

    @property
    def last_hour(self) -> datetime:
        """The beginning of the last hour."""

    @property
    def hours(self) -> int:
        """How many hours every tape has."""

    @property
    def start(self) -> int:
        """The hour (from 0) whose open is the price at the epoch."""

    @property
    def source(self) -> str:
        """Where the figures come from."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is replayed, for the small print: source, first and last recorded hour (UTC)."""

    source: str
    first_hour: datetime
    last_hour: datetime


class DemoMarket:
    """A `core.ports.MarkSource` that replays a recording."""

    def __init__(
        self,
        recording: RecordedMarket,
        epoch: datetime,
        clock: Clock,
        speed: Decimal | int = 1,
    ) -> None:
        """Start the replay at `epoch` (aware; its fraction of a second is dropped).

        `speed` is seconds of market time per second of the clock. Raises `ValueError` for a speed
        that is not above zero and for an epoch without a zone.
        """
        if not (Decimal(speed).is_finite() and speed > 0):
            raise ValueError(f"the speed of the demo market must be above zero, not {speed}")
        if epoch.tzinfo is None:
            raise ValueError("the epoch of the demo market needs a time zone")
        self._recording = recording
        self._epoch = epoch.astimezone(UTC).replace(microsecond=0)
        self._clock = clock
        self._speed = Decimal(speed).as_integer_ratio()
        self._seconds = recording.hours * SECONDS
        self._latest: tuple[int, Mapping[Symbol, MarkPrice]] | None = None

    @property
    def market(self) -> str:
        """The market's name, "demo"."""
        return MARKET

    @property
    def recorded(self) -> Recorded:
        """Where the prices were recorded, and when."""
        tape = self._recording
        return Recorded(tape.source, tape.first_hour, tape.last_hour)

    def marks(self) -> Marks:
        """Return the marks of this second of the clock. Every time in them is the clock's, UTC."""
        return self.marks_at(self._clock.now())

    def marks_at(self, moment: datetime) -> Marks:
        """Return the marks of any moment (aware), past ones as they were."""
        second = (moment - self._epoch) // _SECOND
        # One assignment of one pair: threads may both reckon, but never see half an answer.
        latest = self._latest
        if latest is None or latest[0] != second:
            latest = self._latest = (second, MappingProxyType(self._prices(second)))
        return Marks(MARKET, moment, latest[1])

    def _prices(self, second: int) -> dict[Symbol, MarkPrice]:
        """Reckon every coin's mark so many seconds after the epoch."""
        times, per = self._speed
        market_second = self._recording.start * SECONDS + second * times // per
        hour, within = divmod(_fold(market_second, self._seconds), SECONDS)
        ago_hour, ago_within = divmod(_fold(market_second - _DAY, self._seconds), SECONDS)
        at = self._epoch + second * _SECOND
        due, slot = self._funding_due(at)
        return {
            symbol: MarkPrice(
                price=_price(tape, hour, within),
                at=at,
                day_ago=_price(tape, ago_hour, ago_within),
                funding=_rate(tape, slot),
                funding_at=due,
            )
            for symbol, tape in self._recording.coins.items()
        }

    def _funding_due(self, at: datetime) -> tuple[datetime, int]:
        """Return the next settlement (00, 08 or 16 UTC), and its number in the recording's order.

        Settlements follow the clock whatever the speed. Number 0 ended the recording's first eight
        hours; the first one after the epoch ends the eight hours that begin at its start.
        """
        passed = (at - _UNIX) // _SLOT
        since_epoch = passed - (self._epoch - _UNIX) // _SLOT
        return _UNIX + (passed + 1) * _SLOT, self._recording.start // 8 + since_epoch


def _fold(step: int, length: int) -> int:
    """Return the place (0 to length - 1) of a step on a way that goes there and back for ever."""
    place = step % (2 * length)
    return place if place < length else 2 * length - 1 - place


def _price(tape: Tape, hour: int, second: int) -> Price:
    ticks = price_in_hour(
        tape.opens[hour], tape.highs[hour], tape.lows[hour], tape.closes[hour], second
    )
    return Price(EXACT.multiply(Decimal(ticks), tape.tick))


def _rate(tape: FundedTape, slot: int) -> Rate | None:
    """Return the rate of a settlement; a coin with fewer rates plays those there are, in order."""
    return tape.funding[_fold(slot, len(tape.funding))] if tape.funding else None

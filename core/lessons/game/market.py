"""Where a game's marks come from: the live market, or a path of its own drawn from the recording.

A path is known for every moment, so nothing is ever missed: a game that slept is played second by
second as if it had been awake, and ends with the same result.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from core.lessons.game.funding import EVERY, LATE, announced, hours_between
from core.lessons.game.game import Game
from core.lessons.game.hour import SECONDS
from core.lessons.game.inputs import Funded
from core.lessons.game.path import Path, Tape
from core.market import MarkPrice, Marks, Symbol
from core.money import Rate

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)

GAP = timedelta(seconds=90)
"""A pause longer than this was a pause, and its minutes are looked at one by one."""

SLOT = EVERY * SECONDS
"""Seconds of a path's time from one settlement of funding to the next."""

NO_RATES: Mapping[Symbol, Sequence[Rate]] = MappingProxyType({})

_FOREVER = datetime.max.replace(tzinfo=UTC)

_PATHS = 2048
"""Paths that are kept ready; each is a few numbers for every coin played."""


class GameMarket(Protocol):
    """What a game is played on, moment by moment."""

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The contracts there are, in a fixed order."""

    @property
    def can_fail(self) -> bool:
        """Whether prices may stop coming."""

    def since(
        self, game: Game, pace: int, last: datetime, now: datetime, only: Iterable[Symbol]
    ) -> Iterator[Marks]:
        """Yield the marks after a moment until now, oldest first, of these contracts."""

    def settled(self, game: Game, pace: int, last: datetime, marks: Marks) -> Iterator[Funded]:
        """Yield the funding that fell due after a moment, up to that of marks, of their contracts.

        What a game has settled already may be among it.
        """

    def present(self, game: Game, pace: int, now: datetime) -> Marks | None:
        """Return the marks of this moment, None where there are none to rely on."""


@dataclass(frozen=True, slots=True)
class LiveMarket:
    """The market everybody trades on.

    `fresh` returns its present marks, None where they are too old to decide anything; `past` those
    of a minute that was missed, and is known by now. `listed` are the venue's contracts. `known`
    tells up to when the missed minutes of contracts are known from a moment on; None: not yet.
    """

    fresh: Callable[[], Marks | None]
    past: Callable[[datetime], Marks]
    listed: tuple[Symbol, ...]
    known: Callable[[frozenset[Symbol], datetime], datetime | None] = lambda _, __: _FOREVER
    can_fail: bool = True

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The listed contracts that have a price now; all of them while prices are away.

        A venue's table may list what is not traded any more, and nobody could play on that.
        """
        marks = self.fresh()
        if marks is None:
            return self.listed
        return tuple(symbol for symbol in self.listed if symbol in marks.prices)

    def since(
        self, game: Game, pace: int, last: datetime, now: datetime, only: Iterable[Symbol]
    ) -> Iterator[Marks]:
        """Yield the present marks where they are newer; after a gap its minutes come first.

        Before these are known nothing comes; where only some are, the others come another time.
        """
        del game, pace
        marks, wanted = self.fresh(), tuple(only)
        if marks is None or marks.at <= last:
            return
        if now - last > GAP:
            known = self.known(frozenset(wanted), last) if wanted else marks.at
            if known is None:
                return
            yield from self._missed(last, min(known, marks.at), wanted)
            if marks.at - known > GAP:
                return
        yield marks.only(wanted)

    def _missed(
        self, since: datetime, until: datetime, wanted: tuple[Symbol, ...]
    ) -> Iterator[Marks]:
        """The minutes that ended between, each by its extremes and then by its end.

        What nobody knows anything of is left out.
        """
        minute = since.replace(second=0, microsecond=0) + MINUTE
        while minute <= until:
            missed = self.past(minute).only(wanted)
            if missed.prices or not wanted:
                yield missed
            if missed.estimated:
                yield missed.at_end()
            minute += MINUTE

    def settled(self, game: Game, pace: int, last: datetime, marks: Marks) -> Iterator[Funded]:
        """Yield the settlements of full hours, at the rates that were announced just before them.

        Each contract has its own hours. A rate that is not known at once is looked for a while.
        """
        del pace
        since = max(min(last, marks.at - LATE), game.began or last)
        for due in hours_between(since, marks.at):
            known = announced(self.past(due - SECOND), due)
            rates = tuple((s, known[s]) for s in marks.prices if s in known)
            if rates:
                there = replace(marks, prices={**marks.prices, **self.past(due).prices}, at=due)
                yield Funded(marks=there.only([s for s, _ in rates]).at_end(), rates=rates)

    def present(self, game: Game, pace: int, now: datetime) -> Marks | None:
        """Return the present marks, None where they are too old."""
        del game, pace, now
        return self.fresh()


class PathMarket:
    """Paths drawn from a recording, one for each game."""

    can_fail = False

    def __init__(
        self,
        tapes: Mapping[Symbol, Tape],
        start: int,
        rates: Mapping[Symbol, Sequence[Rate]] = NO_RATES,
    ) -> None:
        """Take the recording, the hour at whose prices every path begins, and funding rates."""
        self.symbols = tuple(sorted(tapes))
        self._rates = rates
        self._path = lru_cache(maxsize=_PATHS)(lambda seed: Path(seed, tapes, start))

    def since(
        self, game: Game, pace: int, last: datetime, now: datetime, only: Iterable[Symbol]
    ) -> Iterator[Marks]:
        """Yield the marks of every second; `pace` is market seconds in a second."""
        if game.began is None:
            return
        path, wanted = self._path(game.seed), tuple(only)
        number = max(0, (last - game.began) // SECOND) + 1
        while (at := game.began + number * SECOND) <= now:
            prices = path.prices(number * pace, wanted)
            yield Marks("path", at, {s: MarkPrice(price, at) for s, price in prices.items()})
            number += 1

    def settled(self, game: Game, pace: int, last: datetime, marks: Marks) -> Iterator[Funded]:
        """Yield the settlements of the path's time, at rates that belong to its hours."""
        if game.began is None:
            return
        first, end = (((at - game.began) // SECOND * pace) // SLOT for at in (last, marks.at))
        for number in range(max(first, 0) + 1, end + 1):
            rates = self._path(game.seed).funding(number * EVERY, self._rates, marks.prices)
            if rates:
                yield Funded(marks=marks, rates=tuple(rates.items()))

    def present(self, game: Game, pace: int, now: datetime) -> Marks | None:
        """Return the marks of this second of the game's path; None before it has begun."""
        if game.began is None:
            return None
        last = game.began + ((now - game.began) // SECOND - 1) * SECOND
        return next(self.since(game, pace, last, now, self.symbols), None)

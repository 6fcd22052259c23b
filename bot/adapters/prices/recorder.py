"""A recorded event taken from a venue's past: the hours first, then what depends on them.

For every coin mark prices are tried first and last prices where marks are missing; a coin that has
neither whole is refused with the hours that are missing, unless the stored event has it from
elsewhere and the venue has nothing of it at all. Finer rows and funding are taken where they are
whole, and left out where they are not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from bot.adapters.prices.history import History, HistoryFault
from core.lessons.recording import (
    Plan,
    Series,
    Span,
    Taken,
    recorded,
    whole,
    wildest,
    with_kept,
)
from core.lessons.scenario import HOUR, PriceKind, Scenario
from core.market import Symbol
from core.money import Rate

KINDS = (PriceKind.MARK, PriceKind.LAST)
"""What is asked for, best first."""

NAMED = 12
"""So many stretches of missing hours are named; of more than these it is told how many."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An event as a venue told it, and the coins of which only the stored figures are there."""

    scenario: Scenario
    kept: tuple[Symbol, ...]


async def fetched(history: History, plan: Plan, stored: Scenario | None, read: date) -> Fetched:
    """Take an event from a venue's past, on a day.

    Raises `HistoryFault` where hours are missing, or the venue does not tell.
    """
    hours, kept = await _hours(history, plan, stored)
    fine = plan.fine or wildest(plan.span, hours)
    taken = Taken(
        source=history.source,
        read=read,
        hours=hours,
        fine=await _finer(history, plan, fine, hours),
        funding=await _funding(history, plan.span, hours),
    )
    made = recorded(plan, fine, taken)
    if stored is not None:
        made = with_kept(made, stored, plan.symbols)
    return Fetched(made, kept)


async def _hours(
    history: History, plan: Plan, stored: Scenario | None
) -> tuple[dict[Symbol, Series], tuple[Symbol, ...]]:
    """Every coin's hours, and the coins that only the stored event has."""
    found: dict[Symbol, Series] = {}
    kept: list[Symbol] = []
    for symbol in plan.symbols:
        best = await _best(history, symbol, plan.span)
        missing = best.missing(plan.span)
        if not missing:
            found[symbol] = best
        elif not best.klines and stored is not None and _has(stored, symbol, plan.span):
            kept.append(symbol)
        else:
            raise HistoryFault(_incomplete(history, symbol, plan.span, missing))
    if not found:
        raise HistoryFault(f"{history.source} has none of these hours; nothing was written")
    return found, tuple(kept)


async def _best(history: History, symbol: Symbol, span: Span) -> Series:
    """Marks where all are there, else last prices where more of those are."""
    marks = await _series(history, symbol, PriceKind.MARK, span)
    if not marks.missing(span):
        return marks
    lasts = await _series(history, symbol, PriceKind.LAST, span)
    return min(marks, lasts, key=lambda series: len(series.missing(span)))


def _has(stored: Scenario, symbol: Symbol, span: Span) -> bool:
    heading = stored.heading
    same = Span(heading.first_hour, heading.hours) == span
    return same and symbol in heading.coins


async def _series(history: History, symbol: Symbol, kind: PriceKind, span: Span) -> Series:
    return Series(kind, await history.klines(symbol, kind, span))


async def _finer(
    history: History, plan: Plan, fine: Span, hours: Mapping[Symbol, Series]
) -> dict[Symbol, Series]:
    """The finer rows of the coins that have all of them; of last prices where marks are missing."""
    steps = Span(fine.first, fine.count * HOUR // plan.minutes, plan.minutes)
    found: dict[Symbol, Series] = {}
    for symbol, series in hours.items():
        for kind in KINDS[KINDS.index(series.kind) :]:
            finer = await _series(history, symbol, kind, steps)
            if not finer.missing(steps):
                found[symbol] = finer
                break
    return found


async def _funding(
    history: History, span: Span, hours: Mapping[Symbol, Series]
) -> dict[Symbol, dict[datetime, Rate]]:
    """The rates of the coins of which no settlement is missing."""
    return {symbol: whole(await history.rates(symbol, span), span) for symbol in hours}


def _incomplete(history: History, symbol: Symbol, span: Span, missing: Sequence[datetime]) -> str:
    """Which hours are missing, in stretches."""
    if len(missing) == span.count:
        return f"{symbol}: {history.source} has none of these hours; leave it out with --coins"
    stretches = list(_stretches(missing))
    told = ", ".join(stretches[:NAMED])
    if len(stretches) > NAMED:
        told += f" and {len(stretches) - NAMED} more stretches"
    return (
        f"{symbol}: {history.source} lacks {len(missing)} of {span.count} hours: {told}; "
        "nothing was written, leave the coin or those hours out"
    )


def _stretches(missing: Sequence[datetime]) -> list[str]:
    """Hours one after the other, as the first and the last of them."""
    hour, found = timedelta(hours=1), []
    for _, group in groupby(enumerate(missing), key=lambda pair: pair[1] - pair[0] * hour):
        hours = [at for _, at in group]
        first, last = (f"{at:%Y-%m-%dT%H:%MZ}" for at in (hours[0], hours[-1]))
        found.append(first if len(hours) == 1 else f"{first} to {last}")
    return found

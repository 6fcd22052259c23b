"""What `marginbot scenarios fetch` is to fetch: a stored event, as it is or extended, or a new one.

A name that means a stored event means that one, unless the hours that are asked for are not its.
"""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.content.scenario_shelf import ScenarioShelf
from core.lessons.recording import Plan, Span
from core.lessons.scenario import HOUR, Heading, Scenario, named
from core.market import Symbol

VENUES = ("binance", "bybit", "okx")
"""The venues whose past can be fetched."""

COINS = ("BTC", "ETH", "BNB", "XRP", "SOL", "DOGE", "ADA")
"""The coins of a new event, unless others are named."""

MOST = 31 * 24
"""The most hours of an event."""

YEARS = range(2017, 2100)
"""Before these no venue recorded anything."""

_NEW = re.compile(r"[A-Za-z][A-Za-z0-9 -]{0,19}")


class Unclear(Exception):
    """It is not clear what to fetch, or cannot be; the text is one sentence with the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was typed; None where nothing was."""

    name: str
    source: str
    symbols: tuple[Symbol, ...] | None = None
    begin: datetime | None = None
    hours: int | None = None
    minutes: int | None = None


def coins(text: str) -> tuple[Symbol, ...]:
    """Read coins with commas between. Raises argparse's error for one that could not be played."""
    known = {symbol for listing in load_listings().values() for symbol in listing.instruments}
    found: list[Symbol] = []
    for part in text.upper().split(","):
        symbol = Symbol(part.strip().removesuffix("USDT") + "USDT")
        if symbol not in known:
            raise argparse.ArgumentTypeError(f"{part.strip()!r} is no coin that can be played")
        if symbol not in found:
            found.append(symbol)
    return tuple(found)


def hour(text: str) -> datetime:
    """Read a whole hour; without a zone it is UTC. Raises argparse's error."""
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is no time like 2026-10-01T00:00Z") from None
    if at.minute or at.second or at.microsecond or at.year not in YEARS:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole hour since 2017")
    return at


def count(text: str) -> int:
    """Read how many hours. Raises argparse's error."""
    if not text.isdecimal() or not 0 < int(text[:6]) <= MOST:
        raise argparse.ArgumentTypeError(f"hours are from 1 to {MOST}")
    return int(text)


def planned(wish: Wish, shelf: ScenarioShelf, now: datetime) -> tuple[Plan, Scenario | None]:
    """Return what to fetch, and the event that is stored of it. Raises `Unclear`."""
    heading = _meant(wish, shelf.headings())
    if heading is None:
        return _new(wish, shelf, now), None
    stored = shelf.scenario(heading.id)
    span = _over(_extended(wish, heading), now)
    fine = _finer(stored)
    inside = fine is not None and span.first <= fine.first and fine.ends <= span.ends
    plan = Plan(
        id=heading.id,
        name=heading.name,
        told=heading.told,
        span=span,
        symbols=wish.symbols or tuple(heading.coins),
        minutes=wish.minutes or _minutes(stored),
        fine=fine if inside else None,
    )
    return plan, stored


def line(heading: Heading) -> str:
    """Return an event in a line: date, name, beginning, hours, coins."""
    began = f"{heading.first_hour:%Y-%m-%dT%H:%MZ}"
    names = " ".join(map(base_name, heading.coins))
    return f"{heading.id}  {heading.name:<16}  {began}  {heading.hours:>3} h  {names}"


def base_name(symbol: Symbol) -> str:
    """Return a coin's own name."""
    return symbol.removesuffix("USDT")


def _meant(wish: Wish, headings: Sequence[Heading]) -> Heading | None:
    """The stored event that is meant; None for a new one."""
    slug = _slug(wish.name)
    exact = [h for h in headings if slug in {h.id, _slug(h.name)}]
    found = exact or list(named(headings, slug))
    if wish.begin is not None:
        found = [h for h in found if _touches(h, wish.begin, wish.hours)]
    if len(found) > 1:
        told = ", ".join(f"{h.id} ({h.name})" for h in found)
        raise Unclear(f"{wish.name} may mean {told}: name one by its date")
    return found[0] if found else None


def _touches(heading: Heading, begin: datetime, hours: int | None) -> bool:
    """Whether hours are some of an event's; without a number they go on to its end."""
    ends = heading.ends if hours is None else begin + timedelta(hours=hours)
    return begin < heading.ends and heading.first_hour < ends


def _extended(wish: Wish, heading: Heading) -> Span:
    """The hours of a stored event, or those that are wanted in their place."""
    begin = wish.begin or heading.first_hour
    return Span(begin, wish.hours or (heading.ends - begin) // timedelta(hours=1))


def _new(wish: Wish, shelf: ScenarioShelf, now: datetime) -> Plan:
    """An event that is not stored yet: its name and its hours must be told."""
    if wish.begin is None or wish.hours is None:
        raise Unclear(
            f"there is no recorded event called {wish.name}; "
            "for a new one say its hours: --from 2026-10-01T00:00Z --hours 72"
        )
    if not _NEW.fullmatch(wish.name):
        raise Unclear("a new name is a letter, then letters, digits, spaces or -, 20 in all")
    span = _over(Span(wish.begin, wish.hours), now)
    day, name = f"{span.first:%Y-%m-%d}", " ".join(wish.name.replace("-", " ").split())
    taken = any(heading.id == day for heading in shelf.headings())
    return Plan(
        id=f"{day}-{_slug(wish.name)}" if taken else day,
        name=name[:1].upper() + name[1:],
        told=f"Hours that the host of this bot chose, from {wish.source}.",
        span=span,
        symbols=wish.symbols or coins(",".join(COINS)),
        minutes=wish.minutes or 5,
    )


def _over(span: Span, now: datetime) -> Span:
    """Hours that are all over, and not too many."""
    if span.count > MOST:
        raise Unclear(f"these are {span.count} hours, and {MOST} are the most: say --hours")
    over = (now - span.first) // timedelta(hours=1)
    if over < span.count:
        raise Unclear(f"{max(over, 0)} of these {span.count} hours are over: fetch them later")
    return span


def _finer(stored: Scenario) -> Span | None:
    """The hours of a stored event that have finer rows."""
    if not stored.finer:
        return None
    first = stored.heading.first_hour + timedelta(hours=min(stored.finer))
    return Span(first, len(stored.finer))


def _minutes(stored: Scenario) -> int:
    """How long a stored event's finer rows are; five minutes where there are none."""
    return HOUR // len(next(iter(stored.finer.values()))) if stored.finer else 5


def _slug(text: str) -> str:
    return "-".join(text.lower().replace("-", " ").split())

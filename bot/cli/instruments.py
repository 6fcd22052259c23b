"""`marginbot instruments`: venues' contracts, refreshed from the venue and listed with their dates.

A refresh asks the venue first and opens the books only when it has answered: what goes wrong on the
way writes nothing.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from textwrap import shorten

from bot.adapters.prices.contracts import SOURCES, ContractSource, Unanswered, can_ask
from bot.app import App, build
from bot.runtime.clock import SystemClock
from bot.runtime.logs import configure
from bot.settings import Settings
from core.editions import Listings
from core.market import Instrument, Listing
from core.services.instruments import Refreshed
from core.venue import VENUES
from core.venue_answer import Answer, Implausible
from core.venue_changes import Changed, Changes, Part

NAME = "instruments"
HELP = "refresh venues' contracts (ticks, tiers, fees) from the venue, or list them"
FAULT = 1
WIDTH = 72
"""Columns for the names of contracts in a line."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to do."""
    verbs = parser.add_subparsers(dest="do", required=True, metavar="{refresh,list}")
    refresh = verbs.add_parser("refresh", help="ask a venue for its contracts; needs ccxt")
    refresh.add_argument("--venue", required=True, choices=tuple(SOURCES), help="which venue")
    refresh.add_argument(
        "--dry-run", action="store_true", help="say what would change and write nothing"
    )
    listed = verbs.add_parser("list", help="say what is in force, since when and from where")
    listed.add_argument("--venue", choices=tuple(VENUES), help="this venue only")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Do it: 0 when all was well, 1 when nothing could be read or written."""
    configure("ERROR", settings.log_format, settings.secrets())
    if options.do == "refresh":
        return _refresh(options.venue, settings, dry=options.dry_run)
    return _list(options.venue, settings)


# --- refresh --------------------------------------------------------------------------------------


def _refresh(venue: str, settings: Settings, *, dry: bool) -> int:
    """Ask the venue, then write what changed."""
    name = VENUES[venue].name
    if not can_ask():
        return _failed("this needs ccxt, which is not installed: pip install 'marginbot[live]'")
    try:
        answer = asyncio.run(_asked(venue, settings))
    except Unanswered as fault:
        return _failed(f"{name} gave no answer that can be used, nothing was written: {fault}")
    app = build(settings)
    try:
        done = asyncio.run(_written(app, answer, dry=dry))
        _say(_report(answer, done, dry=dry))
    except Implausible as fault:
        return _failed(f"{name}'s answer cannot be true, nothing was written: {fault}")
    finally:
        app.close()
    return 0


async def _asked(venue: str, settings: Settings) -> Answer:
    return await ContractSource(venue, SystemClock(), settings.prices_base_url).answer()


async def _written(app: App, answer: Answer, *, dry: bool) -> Refreshed:
    """Write the answer, with present marks where prices are live: whoever is told sees figures."""
    if app.live is None:
        return await app.editions.refresh(answer, dry=dry)
    try:
        await app.live.begin()
        return await app.editions.refresh(answer, dry=dry)
    finally:
        await app.live.close()


def _report(answer: Answer, done: Refreshed, *, dry: bool) -> Iterator[str]:
    """What the venue said, what differs, and from when on it holds."""
    count = len(done.understood.listing.instruments)
    yield f"{VENUES[answer.venue].name}, read {_moment(answer.at)}: {count} contracts"
    yield from _differences(done.changes)
    yield from _left(answer, done)
    if not done.changes:
        yield "No change: nothing was written."
        return
    yield from _applying(done)
    yield "Dry run: nothing was written." if dry else _edition(done)


def _differences(found: Changes) -> Iterator[str]:
    """What is new, gone or changed, a part of it a line."""
    yield from _line("new", found.new)
    yield from _line("gone", found.gone)
    for part in Part:
        changed = [each for each in found.changed if part in each.parts]
        if part is Part.TIERS:
            yield from (_tiers(each) for each in changed)
        elif part is Part.SOURCE:
            own = [each.new for each in changed if each.is_source_only]
            yield from _line("same figures", own)
        else:
            yield from _line(part.value, [each.new for each in changed])


def _line(name: str, contracts: Iterable[Instrument]) -> Iterator[str]:
    """A count and as many names as a line holds; nothing for none."""
    names = [each.symbol for each in contracts]
    if names:
        yield f"  {name:<14} {len(names):>4}  {_short(' '.join(names))}"


def _tiers(each: Changed) -> str:
    """Which tiers of a contract changed, and which way the rate goes."""
    found = each.retiered
    ways = [word for word, so in (("rises", found.rises), ("falls", found.falls)) if so]
    way = f"maintenance {' and '.join(ways)}" if ways else "other limits"
    numbers = ", ".join(map(str, found.tiers))
    return f"  {'tiers':<14} {each.symbol}: {_short(numbers, 40)}; {way}"


def _left(answer: Answer, done: Refreshed) -> Iterator[str]:
    """What stays as it was, and why."""
    for unread in done.understood.unread:
        yield f"  left as it was {unread.symbol}: {unread.why}"
    if not answer.tiers_source:
        yield "  tiers          stay at their dates: this venue shows them to accounts only"
    untiered = done.understood.untiered
    if untiered:
        yield f"  left out       {len(untiered)} contracts whose tiers nobody here knows"


def _applying(done: Refreshed) -> Iterator[str]:
    """What applies at once, and what waits because somebody holds it."""
    later = done.waiting
    yield f"Applies at once: {len(done.versions) - len(later)}"
    if later:
        names = _short(" ".join(each.symbol for each in later))
        yield f"Applies {_moment(later[0].applies_at)}: {names}"
    if done.told:
        yield f"Accounts whose owners are told: {done.told}"


def _edition(done: Refreshed) -> str:
    assert done.edition is not None
    return f"Written as edition {done.edition.id}."


# --- list -----------------------------------------------------------------------------------------


def _list(venue: str | None, settings: Settings) -> int:
    app = build(settings)
    try:
        listings = app.editions.instruments.listings
        for name in [venue] if venue else VENUES:
            _say(_listed(name, listings))
    finally:
        app.close()
    return 0


def _listed(venue: str, listings: Listings) -> Iterator[str]:
    """One venue: its edition, how many contracts, sources with dates, what waits."""
    listing, editions = listings[venue], listings.of(venue)
    yield f"{listing.venue.name}: {sum(1 for _ in listing.tradable)} contracts"
    if editions:
        last = editions[-1]
        yield f"  edition {last.id}, {_moment(last.fetched_at)}, {last.source}"
    else:
        yield "  the program's own files"
    yield from _dates(listing)
    for edition, version in listings.pending(venue):
        yield f"  waits until {_moment(version.applies_at)}: {version.symbol}, edition {edition.id}"


def _dates(listing: Listing) -> Iterator[str]:
    """Where tiers come from, each source with its oldest date and its count."""
    found: dict[str, list[Instrument]] = {}
    for each in listing.instruments.values():
        if not each.delisted:
            found.setdefault(each.brackets.source, []).append(each)
    for source, contracts in found.items():
        dates = [each.brackets.as_of for each in contracts if each.brackets.as_of]
        oldest = min(dates).isoformat() if dates else "no date"
        yield f"  tiers of {oldest}, {len(contracts)} contracts: {_short(source)}"


# --- words ----------------------------------------------------------------------------------------


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _short(text: str, width: int = WIDTH) -> str:
    return shorten(text, width, placeholder=" …")


def _say(lines: Iterable[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _failed(text: str) -> int:
    sys.stderr.write(f"marginbot: {text}\n")
    return FAULT

"""`marginbot scenarios`: which recorded events `/replay` plays, and how to fetch one.

`fetch` takes an event anew from a venue, or makes one of other hours. It says how that differs from
what is stored, and writes it whole or not at all, into a folder of own events.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.adapters.content.scenario_shelf import ScenarioShelf, own_folder
from bot.adapters.content.scenario_writer import is_stored, store
from bot.adapters.prices.history import BOOKS, History, HistoryFault
from bot.adapters.prices.recorder import Fetched, fetched
from bot.adapters.prices.venues import VenueClient
from bot.cli.scenario_plan import Unclear, Wish, coins, count, hour, planned
from bot.runtime.clock import SystemClock
from bot.settings import Settings
from core.lessons.deviation import Difference, differences
from core.lessons.recording import Plan
from core.lessons.scenario import HOUR, Coin, Heading, Scenario
from core.market import Symbol

NAME = "scenarios"
HELP = "list the recorded events, or fetch one from a venue"
MINUTES = {"5m": 5, "1m": 1}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to do, and what to fetch."""
    does = parser.add_subparsers(title="what to do", dest="do", metavar="DO", required=True)
    does.add_parser("list", help="print one event a line", description="Prints one event a line.")
    about = "Takes an event anew from a venue, or a new one where --from and --hours say which."
    fetch = does.add_parser("fetch", help="take an event from a venue", description=about)
    fetch.add_argument("name", metavar="NAME", help="a date or a word of an event, or a new name")
    fetch.add_argument(
        "--venue", choices=tuple(BOOKS), default="binance", help="whose prices (binance)"
    )
    fetch.add_argument("--coins", type=coins, metavar="BTC,ETH", help="which coins, with commas")
    fetch.add_argument(
        "--from", type=hour, dest="begin", metavar="TIME", help="first hour: 2026-10-01T00:00Z"
    )
    fetch.add_argument("--hours", type=count, metavar="N", help="how many hours")
    fetch.add_argument("--fine", choices=tuple(MINUTES), help="finer rows of 5m (default) or 1m")
    fetch.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to (SCENARIOS_DIR, beside the database)"
    )
    fetch.add_argument("--dry-run", action="store_true", help="compare only, write nothing")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """List, or fetch; 0 when it was done, 1 when the venue or the disk failed, 2 when unclear."""
    shelf = ScenarioShelf(own_folder(settings))
    if options.do == "list":
        return _list(shelf)
    try:
        return _fetch(options, settings, shelf)
    except Unclear as fault:
        return _told(fault, 2)
    except (HistoryFault, ValueError) as fault:
        return _told(fault, 1)
    except OSError as fault:
        return _told(f"{fault.filename}: {fault.strerror}; nothing was written", 1)


def _told(fault: object, status: int) -> int:
    sys.stderr.write(f"marginbot: {fault}\n")
    return status


# --- list -----------------------------------------------------------------------------------------


def _list(shelf: ScenarioShelf) -> int:
    """Print one event a line, and own ones that cannot be used."""
    for heading in shelf.headings():
        own = "  own" if shelf.is_own(heading.id) else ""
        sys.stdout.write(f"{_line(heading)}{own}\n")
    for name, fault in shelf.left_out.items():
        sys.stdout.write(f"{name}  left out: {fault}\n")
    return 0


def _line(heading: Heading) -> str:
    began = f"{heading.first_hour:%Y-%m-%dT%H:%MZ}"
    names = " ".join(map(_base, heading.coins))
    return f"{heading.id}  {heading.name:<16}  {began}  {heading.hours:>3} h  {names}"


def _base(symbol: Symbol) -> str:
    return symbol.removesuffix("USDT")


# --- fetch ----------------------------------------------------------------------------------------


def _fetch(options: argparse.Namespace, settings: Settings, shelf: ScenarioShelf) -> int:
    """Fetch, compare, and write where that is wanted and new."""
    clock = SystemClock()
    wish = Wish(
        name=options.name,
        source=BOOKS[options.venue].source,
        symbols=options.coins,
        begin=options.begin,
        hours=options.hours,
        minutes=MINUTES.get(options.fine),
    )
    plan, stored = planned(wish, shelf, clock.now())
    history = History(VenueClient(options.venue, clock, base=settings.prices_base_url), _wait)
    found = asyncio.run(_asked(history, plan, stored, clock.now().date()))
    for line in _report(found, stored):
        sys.stdout.write(f"{line}\n")
    folder = options.to or own_folder(settings)
    sys.stdout.write(f"{_written(found.scenario, folder, dry=options.dry_run)}\n")
    return 0


async def _asked(history: History, plan: Plan, stored: Scenario | None, read: date) -> Fetched:
    """Fetch, and leave no connection behind."""
    try:
        return await fetched(history, plan, stored, read)
    finally:
        await history.close()


async def _wait(seconds: float) -> None:
    sys.stderr.write(f"the venue says not now: asking again in {seconds:.0f} s\n")
    await asyncio.sleep(seconds)


def _written(scenario: Scenario, folder: Path, *, dry: bool) -> str:
    """Write an event where that is wanted and it is not there yet; say what was done."""
    if dry:
        return "Nothing was written: a dry run."
    if is_stored(scenario, folder):
        return f"Nothing was written: {folder / scenario.heading.id} holds just this."
    return f"Written to {store(scenario, folder)}."


# --- what is told ---------------------------------------------------------------------------------


def _report(found: Fetched, stored: Scenario | None) -> Iterator[str]:
    """Yield the event's line, then each coin's."""
    scenario = found.scenario
    yield _line(scenario.heading)
    told = {each.symbol: each for each in differences(stored, scenario)} if stored else {}
    for symbol, coin in scenario.heading.coins.items():
        if symbol in found.kept:
            yield f"{_base(symbol):<5} the venue has none of these hours; kept as stored"
            continue
        yield f"{_base(symbol):<5} {_kinds(coin, scenario)}"
        before = stored.heading.coins.get(symbol) if stored else None
        if before is not None:
            yield f"      {_difference(told[symbol], coin, before)}"
    if scenario.finer:
        begins = scenario.finer[min(scenario.finer)][0].at
        yield f"finer rows of {len(scenario.finer)} hours from {begins:%Y-%m-%dT%H:%MZ} on"


def _kinds(coin: Coin, scenario: Scenario) -> str:
    """What a coin's tables hold."""
    fine = "no finer rows"
    if coin.fine:
        steps = len(scenario.finer[min(scenario.finer)])
        fine = f"{coin.fine} by {HOUR // steps} min"
    return f"{coin.price} prices, {fine}, {'funding' if coin.funding else 'no funding'}"


def _difference(difference: Difference, now: Coin, before: Coin) -> str:
    """How a coin's hours differ from the stored ones."""
    of = f" {before.price} prices" if now.price is not before.price else ""
    if not difference.compared:
        return "other hours than stored"
    if difference.first is None or difference.at is None:
        return f"as stored in {difference.compared} hours"
    return (
        f"differs from stored{of} in {difference.differing} of {difference.compared} hours, "
        f"first {difference.first:%Y-%m-%dT%H:%MZ}, "
        f"most {100 * difference.largest:.4f}% in {difference.at:%Y-%m-%dT%H:%MZ}"
    )

"""`marginbot scenarios fetch`: an event taken from a venue, compared with what is stored, written.

It is loaded only when it is asked for, as all that speaks to venues is.
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
from bot.cli.scenario_plan import Unclear, Wish, base_name, line, planned
from bot.runtime.clock import SystemClock
from bot.settings import Settings
from core.lessons.deviation import Difference, differences
from core.lessons.recording import Plan
from core.lessons.scenario import HOUR, Coin, Scenario

MINUTES = {"5m": 5, "1m": 1}


def fetch(options: argparse.Namespace, settings: Settings, shelf: ScenarioShelf) -> int:
    """Fetch, compare, and write where that is wanted and new; 0 fine, 1 a fault, 2 unclear."""
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


def _fetch(options: argparse.Namespace, settings: Settings, shelf: ScenarioShelf) -> int:
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
    for each in _report(found, stored):
        sys.stdout.write(f"{each}\n")
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
    yield line(scenario.heading)
    told = {each.symbol: each for each in differences(stored, scenario)} if stored else {}
    for symbol, coin in scenario.heading.coins.items():
        if symbol in found.kept:
            yield f"{base_name(symbol):<5} the venue has none of these hours; kept as stored"
            continue
        yield f"{base_name(symbol):<5} {_kinds(coin, scenario)}"
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
    if difference.first is None or difference.at is None:
        return f"as stored in {difference.compared} hours"
    return (
        f"differs from stored{of} in {difference.differing} of {difference.compared} hours, "
        f"first {difference.first:%Y-%m-%dT%H:%MZ}, "
        f"most {100 * difference.largest:.4f}% in {difference.at:%Y-%m-%dT%H:%MZ}"
    )

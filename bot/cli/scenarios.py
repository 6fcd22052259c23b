"""`marginbot scenarios`: which recorded events `/replay` plays, and how to fetch one.

`fetch` takes an event anew from a venue, or makes one of other hours. It says how that differs from
what is stored, and writes it whole or not at all, into a folder of own events.
"""

import argparse
import sys
from pathlib import Path

from bot.adapters.content.scenario_shelf import ScenarioShelf, own_folder
from bot.cli.scenario_plan import VENUES, coins, count, hour, line
from bot.settings import Settings

NAME = "scenarios"
HELP = "list the recorded events, or fetch one from a venue"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to do, and what to fetch."""
    does = parser.add_subparsers(title="what to do", dest="do", metavar="DO", required=True)
    does.add_parser("list", help="print one event a line", description="Prints one event a line.")
    about = "Takes an event anew from a venue, or a new one where --from and --hours say which."
    fetch = does.add_parser("fetch", help="take an event from a venue", description=about)
    fetch.add_argument("name", metavar="NAME", help="a date or a word of an event, or a new name")
    fetch.add_argument("--venue", choices=VENUES, default="binance", help="whose prices (binance)")
    fetch.add_argument("--coins", type=coins, metavar="BTC,ETH", help="which coins, with commas")
    fetch.add_argument(
        "--from", type=hour, dest="begin", metavar="TIME", help="first hour: 2026-10-01T00:00Z"
    )
    fetch.add_argument("--hours", type=count, metavar="N", help="how many hours")
    fetch.add_argument("--fine", choices=("5m", "1m"), help="finer rows of 5m (default) or 1m")
    fetch.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to (SCENARIOS_DIR, beside the database)"
    )
    fetch.add_argument("--dry-run", action="store_true", help="compare only, write nothing")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """List, or fetch; 0 when it was done, 1 when the venue or the disk failed, 2 when unclear."""
    shelf = ScenarioShelf(own_folder(settings))
    if options.do == "list":
        return _list(shelf)
    from bot.cli.scenario_fetch import fetch  # noqa: PLC0415 - a list speaks to no venue

    return fetch(options, settings, shelf)


def _list(shelf: ScenarioShelf) -> int:
    """Print one event a line, and own ones that cannot be used."""
    for heading in shelf.headings():
        own = "  own" if shelf.is_own(heading.id) else ""
        sys.stdout.write(f"{line(heading)}{own}\n")
    for name, fault in shelf.left_out.items():
        sys.stdout.write(f"{name}  left out: {fault}\n")
    return 0

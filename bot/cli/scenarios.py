"""`marginbot scenarios`: the recorded events that `/replay` plays."""

import argparse
import sys

from bot.adapters.content.scenario_files import ScenarioFiles
from bot.settings import Settings

NAME = "scenarios"
HELP = "list the recorded events: date, name, coins, hours"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to do."""
    parser.add_argument("do", choices=("list",), help="list: print one event a line")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print one event a line."""
    del options, settings
    for heading in ScenarioFiles().headings():
        coins = " ".join(symbol.removesuffix("USDT") for symbol in heading.coins)
        began = f"{heading.first_hour:%Y-%m-%dT%H:%MZ}"
        sys.stdout.write(
            f"{heading.id}  {heading.name:<16}  {began}  {heading.hours:>3} h  {coins}\n"
        )
    return 0

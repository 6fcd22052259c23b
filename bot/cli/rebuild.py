"""`marginbot rebuild`: make the accounts anew of their events."""

import argparse
import sys

from bot.adapters.database import Database, prepare
from bot.settings import Settings

NAME = "rebuild"
HELP = "rebuild every account from its events; stop the bot before"


def arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(_options: argparse.Namespace, settings: Settings) -> int:
    """Rebuild, and say how many accounts were not as their events make them."""
    prepare(settings.database_url)
    database = Database(settings.database_url)
    try:
        with database.units().writing() as books:
            changed = books.paper.rebuild()
    finally:
        database.close()
    sys.stdout.write(f"Accounts rebuilt from their events; changed: {changed}\n")
    return 0

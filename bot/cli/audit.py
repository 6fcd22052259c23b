"""`marginbot audit`: prove the books."""

import argparse
import sys

from bot.adapters.database import Database, prepare
from bot.settings import Settings
from core.paper.records import Fault

NAME = "audit"
HELP = "prove the books: entries balance, and events rebuild every account"
FAULTY = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(_options: argparse.Namespace, settings: Settings) -> int:
    """Say every fault in a line; 0 where there is none, 1 otherwise."""
    prepare(settings.database_url)
    database = Database(settings.database_url)
    try:
        with database.units().reading() as books:
            found = books.paper.faults()
    finally:
        database.close()
    sys.stdout.write("".join(f"{_line(fault)}\n" for fault in found))
    sys.stdout.write("The books are sound.\n" if not found else f"Faults: {len(found)}\n")
    return FAULTY if found else 0


def _line(fault: Fault) -> str:
    amount = f" by {fault.quanta} quanta" if fault.quanta else ""
    return f"account {fault.account}: {fault.what}{amount}"

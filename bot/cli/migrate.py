"""`marginbot migrate`: bring a database to the present form."""

import argparse
import sys

from bot.adapters.database import migrate
from bot.settings import Settings

NAME = "migrate"
HELP = "bring the database to the present form (an embedded one does it by itself)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(_options: argparse.Namespace, settings: Settings) -> int:
    """Migrate and say so."""
    migrate(settings.database_url)
    sys.stdout.write("The database is up to date.\n")
    return 0

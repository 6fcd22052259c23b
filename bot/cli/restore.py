"""`marginbot restore FILE`: a copy put in place of the database."""

import argparse
import sys
from pathlib import Path

from bot.adapters.database import restore
from bot.settings import Settings

NAME = "restore"
HELP = "put a copy in place of the embedded database; restart the bot afterwards"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that backup made")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Restore, and say where the database before it is kept."""
    kept = restore(settings.database_url, options.file)
    if kept is not None:
        sys.stdout.write(f"The database before it is kept as {kept}\n")
    sys.stdout.write("Restored. A bot that is running must be restarted now.\n")
    return 0

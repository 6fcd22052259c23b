"""`marginbot backup FILE`: a copy of the database while the bot runs."""

import argparse
import sys
from pathlib import Path

from bot.adapters.database import backup
from bot.settings import Settings

NAME = "backup"
HELP = "copy the embedded database into a new file, while the bot runs"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Copy and say where to."""
    backup(settings.database_url, options.file)
    sys.stdout.write(f"Copied to {options.file.absolute()}\n")
    return 0

"""`marginbot challenge verify FILE`: play a published game again, and say whether it ends alike."""

import argparse
import sys
from pathlib import Path

from bot.adapters.database.codec import loads
from bot.settings import Settings
from core.errors import Refusal
from core.lessons.challenges import kinds
from core.lessons.game.audit import FORMAT, Audit, agrees

NAME = "challenge"
HELP = "play a published game again and compare its result"

WRONG = {
    "hash": "the seed is not the one whose hash was printed at the start",
    "why": "played again, it ends for another reason",
    "standings": "played again, it ends with another result",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to do with which file."""
    parser.add_argument("do", choices=("verify",), help="verify: recompute the result")
    parser.add_argument("file", type=Path, help="what /challenge audit gave out")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Say what agrees.

    0 where all does, 1 where something does not, 2 where nothing can be read.
    """
    del settings
    try:
        told = loads(Audit, options.file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        sys.stderr.write(f"{options.file.name} is no published game that can be read.\n")
        return 2
    if told.format != FORMAT or told.kind not in kinds():
        sys.stderr.write(f"{options.file.name} was written by another release.\n")
        return 2
    return _compared(told)


def _compared(told: Audit) -> int:
    try:
        wrong = agrees(told, kinds()[told.kind])
    except Refusal as refusal:
        sys.stdout.write(f"Not as it was told: the rules refuse an input ({refusal.code}).\n")
        return 1
    for code in wrong:
        sys.stdout.write(f"Not as it was told: {WRONG[code]}.\n")
    if wrong:
        return 1
    for one in told.standings:
        place = str(one.place) if one.listed else "-"
        figures = "  ".join(f"{figure:f}" for figure in one.figures)
        sys.stdout.write(f"{place:>3}  player {one.player:<4} {figures}\n")
    sys.stdout.write(f"Game #{told.number} ends as it was told.\n")
    return 0

"""`marginbot faq`: questions in, the ids of their answers out; for programs and for measuring."""

import argparse
import json
import sys

from bot.adapters.content.faq_files import FaqFiles
from bot.settings import Settings
from core.services.learning import Learning

NAME = "faq"
HELP = "look questions up: one answer, or with --json - one object for every line of input"
REFUSED = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the question and the form of the answer."""
    parser.add_argument("question", nargs="+", help='what to look up, or "-" for lines of input')
    parser.add_argument("--json", action="store_true", help="print ids, one object a line")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Look up; 0 when the (last) question has an answer, 2 when it has none."""
    del settings
    learning, status = Learning(FaqFiles()), 0
    typed = " ".join(options.question)
    for line in (each.rstrip("\n") for each in sys.stdin) if typed == "-" else (typed,):
        status = _told(learning, line, as_json=options.json)
    return status


def _told(learning: Learning, question: str, *, as_json: bool) -> int:
    """Print what a question leads to on one line, at once."""
    found = learning.ask(question)
    near = [entry.id for entry in found.near]
    answer = found.entry.id if found.entry is not None else None
    if as_json:
        sys.stdout.write(json.dumps({"answer": answer, "candidates": near}) + "\n")
    else:
        text = found.entry.answer if found.entry is not None else "no answer"
        sys.stdout.write(f"{answer or ', '.join(near) or '-'}: {text}\n")
    sys.stdout.flush()
    return 0 if answer is not None else REFUSED

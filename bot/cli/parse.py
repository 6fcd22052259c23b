"""`marginbot parse`: how lines are read, without answering them."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from bot.adapters.content.instrument_files import load_listings
from bot.app import build, defaults, grammar
from bot.chat.facts import as_fields, misread_fields
from bot.chat.reading import Context, Misread
from bot.settings import Settings

NAME = "parse"
HELP = "show how a line is read; with --json - read every line of standard input"
REFUSED = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the line, the form and the marks."""
    parser.add_argument("line", nargs="+", help='what to read, or "-" for lines of standard input')
    parser.add_argument("--json", action="store_true", help="print one object a line (the default)")
    parser.add_argument(
        "--marks",
        type=_marks,
        default=None,
        metavar="SYMBOL=PRICE,...",
        help="the marks to read against, for example BTCUSDT=64210,ETHUSDT=3200",
    )
    parser.add_argument("--group", action="store_true", help="read as a group's unaddressed text")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print one JSON object per line read; 2 when the last one could not be read."""
    language, _ = grammar(load_listings())
    marks = options.marks if options.marks is not None else _demo_marks(settings)
    context = Context(
        marks=marks,
        defaults=defaults(settings),
        private=not options.group,
        addressed=not options.group,
        bot_name="marginbot",
    )
    typed = " ".join(options.line)
    lines: Iterable[str] = (line.rstrip("\n") for line in sys.stdin) if typed == "-" else [typed]
    status = 0
    for line in lines:
        try:
            reading = language.read(line, context)
            fields: Mapping[str, object] = (
                {"ignored": True} if reading is None else as_fields(reading)
            )
            status = 0
        except Misread as misread:
            fields, status = misread_fields(misread), REFUSED
        sys.stdout.write(json.dumps(fields) + "\n")
        sys.stdout.flush()
    return status


def _demo_marks(settings: Settings) -> Mapping[str, Decimal]:
    """The present marks of the demo market."""
    app = build(settings)
    try:
        return dict(app.marks())
    finally:
        app.close()


def _marks(text: str) -> dict[str, Decimal]:
    """Read `BTCUSDT=64210,ETHUSDT=3200`."""
    marks = {}
    for part in filter(None, text.split(",")):
        symbol, _, price = part.partition("=")
        try:
            marks[symbol.strip().upper()] = Decimal(price)
        except InvalidOperation:
            raise argparse.ArgumentTypeError(f"{part} is not SYMBOL=PRICE") from None
    return marks

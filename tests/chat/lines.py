"""The real grammar over the listed contracts, and one way to read a line with it."""

from decimal import Decimal

from bot.adapters.content.instrument_files import load_listings
from bot.app import grammar
from bot.chat.grammar import Grammar
from bot.chat.reading import Context, Misread, Reading
from tests.walk.market import NAMESAKES, with_contracts

GRAMMAR, BOOK = grammar(load_listings())
COLLIDING, NAMESAKE_BOOK = grammar(with_contracts(NAMESAKES))
"""The same over tables in which names collide."""

CONTEXT = Context(
    marks={
        "BTCUSDT": Decimal(64210),
        "ETHUSDT": Decimal(3200),
        "SOLUSDT": Decimal(150),
        "DOGEUSDT": Decimal("0.12"),
    },
    private=True,
    addressed=True,
    bot_name="marginbot",
)


def read(text: str, context: Context = CONTEXT, language: Grammar = GRAMMAR) -> Reading:
    """The reading of a line that must have one."""
    reading = language.read(text, context)
    assert reading is not None, text
    return reading


def misread(text: str, context: Context = CONTEXT, language: Grammar = GRAMMAR) -> Misread:
    """The misreading of a line that must not be read."""
    try:
        reading = language.read(text, context)
    except Misread as found:
        return found
    raise AssertionError(f"{text!r} was read as {reading}")


def noted(reading: Reading) -> set[str]:
    """The codes of a reading's notes, without what was merely assumed."""
    return {note.code for note in reading.notes if not note.code.startswith("assumed_")}

"""Reading a typed line, over python-telegram-bot's own decoding of the update that carries it."""

from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from typing import Any

from telegram import Update

from bot.adapters.content.instrument_files import load_listings
from bot.app import grammar
from bot.chat.reading import Context, Defaults
from core.money import EXACT
from tests.bench.measure import paired
from tests.bench.row import Effort, Row, against, micros

GOAL = 0.3

LINES = (
    "10x long btc",
    "/compare 10x long BTC",
    "/compare short 0.5 eth 20x entry 2100",
    "/liq long sol 5x 1.5k",
)
FULLEST = "/c l btc 10x $250 @68,400 w=10000 on bybit"
"""A line with every field there is, as nobody types it."""

MARKS = {
    "BTCUSDT": Decimal(68424),
    "ETHUSDT": Decimal(1986),
    "BNBUSDT": Decimal("632.73"),
    "XRPUSDT": Decimal("1.36"),
    "SOLUSDT": Decimal("85.13"),
    "DOGEUSDT": Decimal("0.08935"),
    "ADAUSDT": Decimal("0.2634"),
}


def update(text: str) -> dict[str, Any]:
    """Return the smallest update of a private chat that carries a text, as JSON was decoded."""
    message: dict[str, Any] = {
        "message_id": 101,
        "date": 1_790_000_000,
        "from": {"id": 42, "is_bot": False, "first_name": "Mira", "language_code": "en"},
        "chat": {"id": 42, "type": "private", "first_name": "Mira"},
        "text": text,
    }
    if text.startswith("/"):
        length = len(text.split(" ", 1)[0])
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return {"update_id": 9001, "message": message}


def reader() -> Callable[[str], object]:
    """Return what reads a line as a private chat's."""
    language, _ = grammar(load_listings())
    context = Context(marks=MARKS, defaults=Defaults(), private=True, addressed=True)
    return lambda text: language.read(text, context)


def run(effort: Effort) -> Iterator[Row]:
    """Measure what people type, the worst of it counts; then the longest line."""
    read = reader()
    with localcontext(EXACT):
        found = [_line(read, text, effort.rounds) for text in LINES]
    worst = max(found, key=lambda each: each[1].ratio)
    yield against(f"parse, worst of {len(found)} lines: {worst[0]}", worst[1], micros, GOAL)
    with localcontext(EXACT):
        _, longest = _line(read, FULLEST, effort.rounds)
    yield against(f"parse of {FULLEST}", longest, micros)


def _line(read: Callable[[str], object], text: str, rounds: int) -> tuple[str, Any]:
    carried = update(text)
    if read(text) is None:
        raise AssertionError(f"not read: {text}")
    return text, paired(lambda: read(text), lambda: Update.de_json(carried, None), rounds)

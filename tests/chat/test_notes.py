"""Notes on a reading: every code has a sentence, and every sentence its words."""

import re
import string

import pytest

from bot.chat.facts import as_fields
from bot.chat.i18n import english
from bot.chat.notes import note_words, sentences
from bot.chat.numerals import Numerals
from bot.chat.reading import Note
from bot.chat.render import Writer
from tests.chat.lines import COLLIDING, read

LINES = {
    "typo": "/compare lnog btc",
    "mode_ignored": "/compare cross long btc",
    "mode_idle": "/target long btc 50% cross",
    "unused": "/ladder long btc sl 5%",
    "entry_near_mark": "/compare long btc 500 65000",
    "emoji_side": "/compare 📉 btc",
    "usd_as_usdt": "/compare long btcusd",
    "thousand_contract": "/compare long pepe",
    "bare_margin": "/compare long btc 500",
    "exit_of_move": "/pnl long btc +5%",
    "assumed_leverage": "/compare long btc",
    "assumed_wallet": "/compare long btc",
    "assumed_size": "/compare long btc",
    "assumed_entry": "/compare long btc",
    "assumed_mode": "/liq long btc",
    "assumed_venue": "/compare long btc",
}


def test_every_code_can_be_met() -> None:
    assert set(LINES) == set(sentences(english))


@pytest.mark.parametrize("code", LINES)
def test_a_note_fills_all_of_its_sentence(code: str) -> None:
    note = next(note for note in read(LINES[code]).notes if note.code == code)
    words = note_words(note, english)
    named = {name for _, name, _, _ in string.Formatter().parse(words.text) if name}
    assert named <= set(words.figures)
    text = Writer(Numerals()).words(words)
    assert not re.search(r"[{}]|None|!", text)
    assert text in as_fields(read(LINES[code]))["notes"]  # type: ignore[operator] # fields are objects


@pytest.mark.parametrize(("coin", "units"), [("shib", "1,000"), ("babydoge", "1,000,000")])
def test_the_size_of_a_lot_is_a_number(coin: str, units: str) -> None:
    notes = read(f"/compare long {coin}", language=COLLIDING).notes
    (note,) = [note for note in notes if note.code == "thousand_contract"]
    text = Writer(Numerals()).words(note_words(note, english))
    assert text.endswith(f"USDT counts in lots of {units} coins.")


def test_a_code_without_a_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        note_words(Note("nothing"), english)

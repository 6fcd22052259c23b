"""Hundreds of contracts more: what people write is read as before, and every contract can be named.

`tickers.txt` holds names of contracts that venues list, as far as they are not in our files.
"""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from bot.adapters.content.faq_files import FaqFiles
from bot.adapters.content.instrument_files import load_listings
from bot.app import commands, grammar
from bot.chat.ordinary import ORDINARY, is_shy, marked
from bot.chat.reading import Misread
from bot.chat.say import coin_word
from bot.chat.symbols import THOUSAND
from core.market import Symbol
from tests.chat.lines import CONTEXT, GRAMMAR, misread, noted, read

HERE = Path(__file__).parent
TICKERS = (HERE / "tickers.txt").read_text("utf-8").split()
QUESTIONS = (HERE / "questions.txt").read_text("utf-8").splitlines()
NUMBERS = ("10x", "1000x", "5", "0.5", "2h", "24h", "100m", "5k", "$100", "100 s", "3b")


LEARNED, BOOK = grammar(load_listings())
LEARNED.learn({"bybit": [Symbol(f"{ticker}USDT") for ticker in TICKERS]})


def as_read(text: str, *, later: bool) -> object:
    """What a line is read as, before or after all those contracts were learnt."""
    language = LEARNED if later else GRAMMAR
    try:
        reading = language.read(text, CONTEXT)
    except Misread as found:
        return found.kind
    return reading and (reading.command, dict(reading.values))


def questions() -> list[str]:
    """What people ask of the knowledge base, in whose words ever, and what nothing answers."""
    entries = FaqFiles().entries("en")
    asked = [text for each in entries for text in (each.question, *each.alternatives, *each.terms)]
    content = files("bot") / "content" / "faq"
    more = tomllib.loads((content / "more" / "en.toml").read_text("utf-8"))
    chat = (content / "none.txt").read_text("utf-8").splitlines()
    return [*QUESTIONS, *asked, *(text for texts in more.values() for text in texts), *chat]


def test_questions_are_questions_still() -> None:
    asked = questions()
    assert len(asked) > 2000
    other = [text for text in asked if as_read(text, later=False) != as_read(text, later=True)]
    assert other == []


def test_the_examples_of_every_command_are_read_as_before() -> None:
    lines = [example for command in commands() for example in command.examples]
    assert [x for x in lines if as_read(x, later=False) != as_read(x, later=True)] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_no_coin(number: str) -> None:
    line = f"/compare long btc 10x {number}"
    assert as_read(line, later=True) == as_read(line, later=False)


@pytest.mark.parametrize("ticker", TICKERS)
def test_every_contract_can_be_named(ticker: str) -> None:
    symbol = f"{ticker}USDT"
    for name in (symbol, f"{ticker}/USDT", coin_word(symbol)):
        line = f"/compare 10x long {name}"
        assert read(line, language=LEARNED).values["symbol"] == symbol, line


@pytest.mark.parametrize("coin", ["move", "safe", "one", "gun"])
def test_a_word_is_a_coin_where_a_coin_is_all_that_lacks(coin: str) -> None:
    reading = read(f"/compare 10x long {coin}", language=LEARNED)
    assert reading.values["symbol"] == f"{coin.upper()}USDT"


def test_a_word_that_is_a_lot_says_so_and_one_of_two_contracts_is_asked_about() -> None:
    language, book = grammar(load_listings())
    language.learn({"bybit": [Symbol("1000CATUSDT"), Symbol("1000WHYUSDT"), Symbol("WHYUSDT")]})
    reading = read("/compare 10x long cat", language=language)
    assert reading.values["symbol"] == "1000CATUSDT"
    assert THOUSAND in noted(reading)
    asked = misread("/compare 10x long why", language=language)
    assert asked.kind == "unknown_symbol"
    assert ("WHY", "/compare 10x long $why") in asked.options
    assert "why" not in book.shy


def test_a_word_beside_another_unknown_one_is_asked_about() -> None:
    assert misread("/compare 10x long move blabla", language=LEARNED).kind == "unknown_token"


@pytest.mark.parametrize(
    ("coin", "shy"),
    [("op", False), ("pepe", False), ("1000pepe", False), ("xx", True), ("long", True)],
)
def test_short_ones_words_and_numbers_are_shy(coin: str, shy: bool) -> None:
    assert is_shy(coin) is shy
    assert marked(coin) == (f"${coin}" if shy else coin)


def test_no_contract_of_ours_is_made_shy() -> None:
    ours = {s.removesuffix("USDT").lower() for s in BOOK.listed} - {t.lower() for t in TICKERS}
    assert not [coin for coin in ours if is_shy(coin)]
    assert all(word == word.lower() and word.isalpha() for word in ORDINARY)

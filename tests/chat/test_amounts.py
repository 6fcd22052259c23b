"""Tokens with a number of their own: which field each fills, and what is out of bounds."""

from collections.abc import Callable

import pytest

from bot.chat.amounts import (
    HIGHEST_LEVERAGE,
    read_bad,
    read_leverage,
    read_money,
    read_move,
    read_number,
    read_percent,
    read_quantity,
    read_share,
)
from bot.chat.draft import Draft
from bot.chat.lexer import Tok
from bot.chat.reading import Misread, SizeKind, TypedSize
from core.money import D
from tests.chat.drafts import draft, refused

Reader = Callable[[Draft, Tok], None]


def read(reader: Reader, text: str) -> Draft:
    """Let one reader read the only token of a line."""
    made = draft(text)
    made.at = 1
    reader(made, made.toks[0])
    return made


@pytest.mark.parametrize(
    ("reader", "text", "field", "value"),
    [
        (read_leverage, "/compare 10x", "leverage", D(10)),
        (read_leverage, "/compare 1.25x", "leverage", D("1.25")),
        (read_number, "/liq +50", "add", D(50)),
        (read_number, "/liq -50", "add", D(-50)),
        (read_money, "/compare 500usdt", "size", TypedSize(SizeKind.MARGIN, D(500))),
        (read_quantity, "/compare 0.1btc", "size", TypedSize(SizeKind.QUANTITY, D("0.1"))),
        (read_percent, "/compare 25%", "size", TypedSize(SizeKind.WALLET_PERCENT, D(25))),
        (read_percent, "/target 50%", "roe", D(50)),
        (read_percent, "/close 50%", "percent", D(50)),
        (read_percent, "/pnl 5%", "percent", D(5)),
        (read_percent, "/compare +5%", "percent", D(5)),
        (read_move, "/pnl -5%", "percent", D(-5)),
        (read_share, "/compare half", "size", TypedSize(SizeKind.WALLET_PERCENT, D(50))),
        (read_share, "/close half", "percent", D(50)),
    ],
)
def test_a_number_fills_the_field_of_its_kind(
    reader: Reader, text: str, field: str, value: object
) -> None:
    assert read(reader, text).values[field] == value


def test_an_amount_of_a_coin_names_the_coin_too() -> None:
    assert read(read_quantity, "/compare 0.1btc").values["symbol"] == "BTCUSDT"


def test_coins_of_a_contract_of_thousands_are_counted_in_its_unit() -> None:
    size = TypedSize(SizeKind.QUANTITY, D(5))
    assert read(read_quantity, "/compare 5000pepe").values["size"] == size


def test_a_number_without_a_word_waits_for_the_end() -> None:
    made = read(read_number, "/compare 500")
    assert made.values == {}
    assert [tok.number for tok in made.bare] == [500]


def test_a_fraction_before_a_coin_counts_coins() -> None:
    made = read(read_number, "/compare 0.5 btc")
    assert made.values["size"] == TypedSize(SizeKind.QUANTITY, D("0.5"))


@pytest.mark.parametrize(
    ("reader", "text", "kind", "cure"),
    [
        (read_leverage, "/compare 500x", "leverage_out_of_range", "/compare 125x"),
        (read_leverage, "/compare 0.5x", "leverage_out_of_range", "/compare 1x"),
        (read_leverage, "/compare 1.234x", "leverage_out_of_range", "/compare 1.23x"),
        (read_number, "/compare -500", "not_positive", "/compare 500"),
        (read_number, "/compare 0", "not_positive", ""),
        (read_number, "/open +500", "unknown_token", "/open 500"),
        (read_number, "/compare 500 btc", "ambiguous_number", "/compare margin 500 btc"),
        (read_percent, "/compare 150%", "percent_out_of_range", "/compare 100%"),
        (read_percent, "/price 5%", "unknown_token", "/price"),
        (read_move, "/pnl -100%", "percent_out_of_range", ""),
        (read_bad, "/compare 1,00,0", "bad_number", "/compare 1000"),
        (read_bad, "/compare nan", "bad_number", ""),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_its_cure(
    reader: Reader, text: str, kind: str, cure: str
) -> None:
    with pytest.raises(Misread) as found:
        read(reader, text)
    assert refused(found)[0] == kind
    assert found.value.suggestion == cure


def test_the_highest_leverage_is_itself_allowed() -> None:
    assert read(read_leverage, "/compare 125x").values["leverage"] == HIGHEST_LEVERAGE

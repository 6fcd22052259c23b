"""What is left at the end of a line: given its one sensible place, or asked about."""

import pytest

from bot.chat.reading import Misread, SizeKind, TypedSize
from core.margin.pool import Side
from core.money import D
from tests.chat.lines import misread, noted, read


def margin(value: int) -> TypedSize:
    return TypedSize(SizeKind.MARGIN, D(value))


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("/compare long btc 500", "size", margin(500)),
        ("/compare long btc 500 65000", "entry", D(65000)),
        ("/compare long btc 65000 500", "entry", D(65000)),
        ("/compare long btc 65000 500", "size", margin(500)),
        ("/liq long btc qty 0.1 65000", "entry", D(65000)),
        ("/margin eth 50", "add", D(50)),
        ("/margin eth remove 50", "add", D(-50)),
        ("/alert btc 70000", "price", D(70000)),
        ("/close 3", "id", "3"),
        ("/lev 20 sol", "leverage", D(20)),
        ("/pnl long btc 10x qty 1 tp 70000", "exit", D(70000)),
        ("/alert btc at 70000", "price", D(70000)),
        ("/venue mexc", "venue", "mexc"),
    ],
)
def test_a_loose_number_has_one_sensible_place(line: str, field: str, value: object) -> None:
    assert read(line).values[field] == value


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("/compare long btc 500", "bare_margin"),
        ("/compare long btc 500 65000", "entry_near_mark"),
        ("/compare 🔴 btc", "emoji_side"),
        ("/compare cross long btc", "mode_ignored"),
        ("/price btc cross", "mode_idle"),
        ("/ladder long btc sl 5%", "unused"),
    ],
)
def test_what_was_taken_for_something_is_said(line: str, code: str) -> None:
    assert code in noted(read(line))


def test_a_coloured_sign_is_a_side_where_no_word_is() -> None:
    assert read("/compare 🔴 btc").values["side"] is Side.SHORT
    assert read("/compare long btc 🟢").values["side"] is Side.LONG
    assert "side" not in read("/price btc 🟢").values


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("/compare long btc 🔴", "conflicting_side"),
        ("/compare long btc 500 600", "ambiguous_number"),
        ("/compare long btc 1 2 3", "ambiguous_number"),
        ("/open long btc 100 65000", "ambiguous_number"),
        ("/close btc 50", "ambiguous_number"),
        ("/close 3.5", "ambiguous_number"),
        ("/price btc 500", "unknown_token"),
        ("/open long btc 100 roe 5", "unknown_token"),
        ("/compare long btcc", "unknown_symbol"),
        ("/compare long ethbtc", "unsupported_quote"),
        ("/compare long btc usdc", "unsupported_quote"),
        ("/compare long btc wobble", "unknown_token"),
    ],
)
def test_everything_else_is_asked_and_never_guessed(line: str, kind: str) -> None:
    assert misread(line).kind == kind


def test_an_ambiguous_number_is_shown_with_labels() -> None:
    found = misread("/compare long btc 60000 65000")
    assert found.suggestion == "/compare long btc 60000 @65000"
    assert read(found.suggestion).values["size"] == margin(60000)


def test_a_share_or_coins_are_offered_where_both_are_possible() -> None:
    options = dict(misread("/close btc 50").options)
    assert read(options["50%"]).values["percent"] == 50
    assert read(options["qty 50"]).values["size"] == TypedSize(SizeKind.QUANTITY, D(50))


def test_a_coin_that_is_near_is_offered() -> None:
    found = misread("/compare long dgoe")
    assert isinstance(found, Misread)
    assert "DOGE" in dict(found.options)

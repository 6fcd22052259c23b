"""Lines with a shape of their own: pairs, fills, shocks."""

from decimal import Decimal

import pytest

from bot.chat.reading import SizeKind, TypedFill, TypedLeg, TypedSize
from core.margin.pool import Side
from core.market import Symbol
from tests.chat.lines import misread
from tests.chat.lines import read as reading

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")


def margin(value: int) -> TypedSize:
    return TypedSize(SizeKind.MARGIN, Decimal(value))


def coins(value: str) -> TypedSize:
    return TypedSize(SizeKind.QUANTITY, Decimal(value))


PAIR = (
    TypedLeg(Side.LONG, BTC, Decimal(10), margin(1000)),
    TypedLeg(Side.SHORT, ETH, Decimal(10), margin(1000)),
)


@pytest.mark.parametrize(
    "line",
    [
        "/hedge long btc short eth 10x 1000",
        "/hedge 10x long btc short eth 1000",
        "/hedge 10x 1000 usdt long btc short eth",
        "/hedge btc long eth short 1000 10x",
        "/hedge long btc 1000 10x, short eth",
        "/hedge long btc 10x 1000 short eth 10x 1000",
    ],
)
def test_a_pair_is_read_in_any_order(line: str) -> None:
    assert reading(line).values["legs"] == PAIR


def test_each_leg_keeps_what_it_says_itself() -> None:
    legs = reading("/hedge 5x long 0.1btc short eth 10x 500").values["legs"]
    assert legs == (
        TypedLeg(Side.LONG, BTC, Decimal(5), coins("0.1")),
        TypedLeg(Side.SHORT, ETH, Decimal(10), margin(500)),
    )


def test_notes_of_both_legs_are_kept() -> None:
    codes = {note.code for note in reading("/hedge long pepe short eth 10x 1000 cross").notes}
    assert {"thousand_contract", "bare_margin", "mode_ignored"} <= codes


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("/hedge", "empty"),
        ("/hedge long btc", "missing_side"),
        ("/hedge btc eth", "missing_side"),
        ("/hedge long short", "missing_symbol"),
        ("/hedge long btc short eth 500x", "leverage_out_of_range"),
        ("/shock -15%", "missing_symbol"),
        ("/shock btc 15", "bad_number"),
        ("/shock btc -100%", "percent_out_of_range"),
        ("/shock btc -5% btc -6%", "duplicate_field"),
        ("/avg 100@60000 200@65000", "missing_side"),
        ("/avg long btc", "missing_amount"),
        ("/avg long btc 100@0", "bad_number"),
    ],
)
def test_a_half_form_is_asked_about(line: str, kind: str) -> None:
    assert misread(line).kind == kind


@pytest.mark.parametrize(
    ("line", "sizes"),
    [
        ("/avg long btc 100@60000 200@65000", (margin(100), margin(200))),
        ("/avg long btc 0.1@60k 1@65k", (coins("0.1"), coins("1"))),
        ("/avg long btc 0.1 @ 60000 0.2 at 65000", (coins("0.1"), coins("0.2"))),
        ("/avg long 1btc@60000 2btc@65000", (coins("1"), coins("2"))),
        ("/avg long btc $100@60000 0.2@65000", (margin(100), coins("0.2"))),
        ("/avg long 5000pepe@0.01 3000pepe@0.02", (coins("5"), coins("3"))),
    ],
)
def test_fills_count_coins_or_margin(line: str, sizes: tuple[TypedSize, ...]) -> None:
    fills = reading(line).values["fills"]
    assert isinstance(fills, tuple)
    assert all(isinstance(fill, TypedFill) for fill in fills)
    assert tuple(fill.size for fill in fills) == sizes

"""Lines with a shape of their own: hedge, avg, shock."""

from decimal import Decimal

import pytest

from bot.chat.reading import SizeKind, TypedFill, TypedLeg, TypedSize
from core.margin.pool import Side
from core.market import Symbol
from tests.chat.lines import misread, read

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")


def margin(value: int) -> TypedSize:
    return TypedSize(SizeKind.MARGIN, Decimal(value))


def coins(value: str) -> TypedSize:
    return TypedSize(SizeKind.QUANTITY, Decimal(value))


@pytest.mark.parametrize(
    ("words", "legs"),
    [
        (
            "long btc short eth 10x 1000",
            (
                TypedLeg(Side.LONG, BTC, Decimal(10), margin(1000)),
                TypedLeg(Side.SHORT, ETH, Decimal(10), margin(1000)),
            ),
        ),
        (
            "long btc 5x 100 short btc 10x 200",
            (
                TypedLeg(Side.LONG, BTC, Decimal(5), margin(100)),
                TypedLeg(Side.SHORT, BTC, Decimal(10), margin(200)),
            ),
        ),
        (
            "buy 0.1btc @64000 sell eth 3x",
            (
                TypedLeg(Side.LONG, BTC, Decimal(3), coins("0.1"), Decimal(64000)),
                TypedLeg(Side.SHORT, ETH, Decimal(3), coins("0.1")),
            ),
        ),
        ("long btc short eth", (TypedLeg(Side.LONG, BTC), TypedLeg(Side.SHORT, ETH))),
    ],
)
def test_what_one_leg_alone_says_holds_for_both(words: str, legs: tuple[TypedLeg, ...]) -> None:
    assert read(f"/hedge {words}").values["legs"] == legs


def test_a_hedge_has_one_wallet_and_one_venue() -> None:
    values = read("/hedge long btc short eth wallet 5k bybit").values
    assert (values["wallet"], values["venue"]) == (5000, "bybit")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("", "empty"),
        ("long btc", "missing_side"),
        ("btc short eth", "missing_side"),
        ("long btc short 10x", "missing_symbol"),
        ("long btc sol short eth", "two_symbols"),
        ("long btc 10x 20x short eth", "duplicate_field"),
        ("long btc short eth foo", "unknown_token"),
    ],
)
def test_a_hedge_needs_two_legs(words: str, kind: str) -> None:
    assert misread(f"/hedge {words}").kind == kind


@pytest.mark.parametrize(
    ("words", "fills"),
    [
        ("btc 0.1@60000 0.2@55000", (("0.1", 60000), ("0.2", 55000))),
        ("btc 0.1 @ 60000 0.2 at 55k", (("0.1", 60000), ("0.2", 55000))),
        ("0.1btc@60000 1btc@55000", (("0.1", 60000), ("1", 55000))),
    ],
)
def test_fills_are_coins_where_they_look_like_coins(
    words: str, fills: tuple[tuple[str, int], ...]
) -> None:
    reading = read(f"/avg long {words} 10x")
    assert reading.values["fills"] == tuple(
        TypedFill(coins(amount), Decimal(price)) for amount, price in fills
    )
    assert (reading.values["symbol"], reading.values["leverage"]) == (BTC, 10)


def test_whole_numbers_and_dollars_are_margin() -> None:
    fills = read("/avg long btc 500@60000 $250@55000").values["fills"]
    assert fills == (
        TypedFill(margin(500), Decimal(60000)),
        TypedFill(margin(250), Decimal(55000)),
    )


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("long btc", "missing_amount"),
        ("", "empty"),
        ("long btc 0.1@-5", "bad_number"),
        ("long btc 0.1@0", "bad_number"),
        ("long btc 0.1@5%", "bad_number"),
        ("long btc 0@60000", "not_positive"),
        ("0.1btc@60000 0.1eth@3000 long", "two_symbols"),
    ],
)
def test_a_fill_needs_an_amount_and_a_price(words: str, kind: str) -> None:
    assert misread(f"/avg {words}").kind == kind


@pytest.mark.parametrize("words", ["btc -15% eth -20%", "btc-15% eth-20%", "$btc −15% #eth - 20%"])
def test_shocks_are_signed_moves(words: str) -> None:
    shocks = read(f"/shock {words}").values["shocks"]
    assert shocks == ((BTC, Decimal(-15)), (ETH, Decimal(-20)))


def test_shocks_take_the_common_fields_too() -> None:
    values = read("/whatif btc +5% 20x wallet 5k").values
    assert (values["leverage"], values["wallet"]) == (20, 5000)


@pytest.mark.parametrize(
    ("words", "kind", "hint"),
    [
        ("", "empty", ""),
        ("btc", "bad_number", "sign"),
        ("btc 15", "bad_number", "sign"),
        ("btc 15%", "bad_number", "sign"),
        ("btc -100%", "percent_out_of_range", "move"),
        ("btc +1001%", "percent_out_of_range", "move"),
        ("btc -5% btc -6%", "duplicate_field", "symbol"),
        ("-15%", "missing_symbol", ""),
    ],
)
def test_a_shock_needs_a_sign_and_a_percent(words: str, kind: str, hint: str) -> None:
    found = misread(f"/shock {words}")
    assert (found.kind, found.hint) == (kind, hint)


def test_a_shock_without_a_sign_is_cured_with_one() -> None:
    assert read(misread("/shock btc 15").suggestion).values["shocks"] == ((BTC, Decimal(-15)),)


@pytest.mark.parametrize(
    ("line", "token", "cures"),
    [
        (
            "/hedge long btc short eth long sol 10x 500",
            "sol",
            (
                "/hedge long btc short eth 10x 500",
                "/hedge long btc long sol 10x 500",
                "/hedge short eth long sol 10x 500",
            ),
        ),
        (
            "/hedge 5x long btc, short 3eth, long sol, short bnb wallet 5k",
            "sol,",
            ("/hedge 5x long btc, short 3eth, wallet 5k",),
        ),
    ],
)
def test_a_hedge_has_no_third_leg(line: str, token: str, cures: tuple[str, ...]) -> None:
    found = misread(line)
    assert (found.kind, found.hint, found.token) == ("unknown_token", "legs", token)
    assert tuple(cure for _, cure in found.options) == cures
    for cure in cures:
        legs = read(cure).values["legs"]
        assert isinstance(legs, tuple)
        assert len(legs) == 2


@pytest.mark.parametrize(
    ("line", "kind", "hint", "cure"),
    [
        ("/shock btc", "bad_number", "sign", "/shock btc -15%"),
        ("/shock btc crash", "bad_number", "sign", "/shock btc -15%"),
        ("/shock btc 0%", "bad_number", "sign", "/shock btc -15%"),
        ("/shock btc drops 20%", "bad_number", "sign", "/shock btc -20%"),
        ("/shock btc up 20%", "bad_number", "sign", "/shock btc +20%"),
        ("/shock btc -15% eth", "bad_number", "sign", "/shock btc -15% eth -15%"),
        ("/hedge long btc", "missing_side", "second_leg", "/hedge long btc short eth"),
        ("/hedge short eth 5x", "missing_side", "second_leg", "/hedge short eth 5x long btc"),
        ("/avg long btc", "missing_amount", "fills", "/avg long btc 100@64210 100@70631"),
        ("/avg long btc 5x 500", "missing_amount", "fill_price", "/avg long btc 5x 500@64210"),
        (
            "/avg long btc 0.1 60000 0.2 55000",
            "ambiguous_number",
            "fills",
            "/avg long btc 0.1@60000 0.2@55000",
        ),
        ("/pnl long btc 60k 63k", "ambiguous_number", "label", "/pnl long btc @60k -> 63k"),
        (
            "/pnl long btc 500 60k 63k",
            "ambiguous_number",
            "label",
            "/pnl long btc 500 @60k -> 63k",
        ),
        ("/pnl long btc 63000", "missing_exit", "", "/pnl long btc -> 63000"),
        ("/max btc 20", "ambiguous_number", "label", "/max btc 20x"),
        ("/max btc 500", "ambiguous_number", "label", "/max btc wallet 500"),
    ],
)
def test_a_clumsy_form_is_answered_with_the_line_that_was_meant(
    line: str, kind: str, hint: str, cure: str
) -> None:
    found = misread(line)
    assert (found.kind, found.hint, found.suggestion) == (kind, hint, cure)
    assert read(cure).values

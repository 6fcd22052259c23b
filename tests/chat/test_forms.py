"""Lines with a shape of their own: hedge, avg, shock, set."""

from decimal import Decimal

import pytest

from bot.chat.reading import SizeKind, TypedFill, TypedLeg, TypedSize
from core.margin.pool import Side
from core.market import Symbol
from tests.chat.lines import CONTEXT, GRAMMAR, misread, read

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
    ("words", "key", "value"),
    [
        ("leverage 20x", "leverage", Decimal(20)),
        ("lev = 2.5", "leverage", Decimal("2.5")),
        ("margin $500", "margin", Decimal(500)),
        ("wallet to 5k usdt", "wallet", Decimal(5000)),
        ("balance: 1.000,50", "wallet", Decimal("1000.5")),
        ("fee 0.05%", "fee", Decimal("0.05")),
        ("fee 0", "fee", Decimal(0)),
        ("venue HL", "venue", "hyperliquid"),
        ("venue okx", "venue", "okx"),
        ("zone Europe/Berlin", "zone", "Europe/Berlin"),
        ("confirm on", "confirm", True),
        ("confirm NO", "confirm", False),
    ],
)
def test_a_setting_is_a_key_and_its_value(words: str, key: str, value: object) -> None:
    assert dict(read(f"/set {words}").values) == {"key": key, "value": value}


def test_settings_can_be_shown_and_taken_back() -> None:
    assert dict(read("/set").values) == {}
    assert (
        dict(read("/set default").values) == dict(read("/set reset").values) == {"key": "default"}
    )


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("foo 3", "unknown_token"),
        ("leverage", "missing_amount"),
        ("leverage 126", "bad_number"),
        ("leverage 0.5", "bad_number"),
        ("margin 0", "bad_number"),
        ("wallet -5", "bad_number"),
        ("wallet 1e9999", "bad_number"),
        ("wallet 99999999999", "bad_number"),
        ("fee 5", "bad_number"),
        ("fee x", "bad_number"),
        ("venue mexc", "bad_number"),
        ("zone ../etc/passwd", "bad_number"),
        ("zone Nowhere/Atlantis", "bad_number"),
        ("zone " + "a" * 80, "bad_number"),
        ("confirm maybe", "bad_number"),
    ],
)
def test_a_setting_that_is_none_is_refused_with_one_that_is(words: str, kind: str) -> None:
    found = misread(f"/set {words}")
    assert found.kind == kind
    assert GRAMMAR.read(found.suggestion, CONTEXT) is not None

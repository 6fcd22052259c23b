"""Typed options: each is read by its own field, and none can say anything else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.options import option_words
from bot.chat.reading import Misread, Reading, SizeKind, TypedSize
from core.margin.pool import Side
from tests.chat.lines import COLLIDING, CONTEXT, GRAMMAR, read

LEXER = GRAMMAR._lexer
FIELDS = ("side", "symbol", "leverage", "size", "entry", "exit", "wallet", "venue", "mode", "add")


def fields(command: str, **options: str) -> Reading:
    return GRAMMAR.read_fields(command, options, CONTEXT)


@pytest.mark.parametrize(
    ("command", "options", "line"),
    [
        (
            "compare",
            {"side": "short", "symbol": "eth", "leverage": "20", "size": "1,5"},
            "/compare short eth 20x 1,5",
        ),
        (
            "compare",
            {"side": "long", "symbol": "BTC", "entry": "64k", "exit": "70k", "wallet": "5k"},
            "/compare long btc @64k -> 70k wallet 5k",
        ),
        (
            "liq",
            {"side": "long", "symbol": "btc", "add": "-50", "mode": "Cross", "venue": "bybit"},
            "/liq long btc remove 50 cross on bybit",
        ),
        ("pnl", {"side": "long", "symbol": "btc", "exit": "5%"}, "/pnl long btc exit 5%"),
        ("target", {"side": "long", "symbol": "btc", "roe": "50"}, "/target long btc 50%"),
        ("close", {"symbol": "btc", "percent": "50"}, "/close btc 50%"),
        ("close", {"all": "yes"}, "/close all"),
        (
            "open",
            {"side": "short", "symbol": "btc", "size": "0.1", "entry": "70k", "reduce": "yes"},
            "/open short btc 0.1 @70k reduce",
        ),
        ("compare", {"side": "long", "symbol": "btc", "size": "size 5k"}, "/cmp long btc size 5k"),
    ],
)
def test_options_mean_what_the_line_means(command: str, options: dict[str, str], line: str) -> None:
    assert fields(command, **options).values == read(line).values


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("side", "long btc", "unknown_token"),
        ("symbol", "btc 125x", "unknown_symbol"),
        ("symbol", "long", "unknown_symbol"),
        ("leverage", "10x wallet 5", "bad_number"),
        ("size", "500 @60000 20x", "bad_number"),
        ("size", "500 cross", "bad_number"),
        ("entry", "60000 short", "bad_number"),
        ("exit", "5% mine", "bad_number"),
        ("wallet", "wallet 5", "bad_number"),
        ("venue", "bybit cross", "bad_number"),
        ("mode", "cross iso", "bad_number"),
        ("add", "+5 eth", "bad_number"),
        ("entry", "NaN", "bad_number"),
        ("wallet", "1e9999", "bad_number"),
    ],
)
def test_an_option_cannot_carry_another_field(name: str, value: str, kind: str) -> None:
    with pytest.raises(Misread) as found:
        fields("liq", **{"side": "long", "symbol": "btc", name: value})
    assert (found.value.kind, found.value.hint) == (kind, name)
    assert found.value.token == value


def test_an_empty_option_is_none() -> None:
    assert option_words(LEXER, {"size": "  ", "mine": "no", "all": "", "entry": "market"}) == []


def test_the_spelling_of_a_value_is_kept() -> None:
    assert option_words(LEXER, {"key": "zone", "value": "Europe/Berlin"}) == [
        "zone",
        "Europe/Berlin",
    ]


def test_a_long_option_is_cut() -> None:
    with pytest.raises(Misread) as found:
        fields("compare", side="long", symbol="b" * 100_000)
    assert len(found.value.token) == 40


@given(st.sampled_from(FIELDS), st.text(max_size=60))
def test_any_value_of_one_field_changes_no_other(name: str, value: str) -> None:
    given_ = {"side": "long", "symbol": "btc", "leverage": "7", "size": "70", "wallet": "700"}
    try:
        reading = fields("liq", **{**given_, name: value})
    except Misread:
        return
    expected = {"side": Side.LONG, "symbol": "BTCUSDT", "leverage": Decimal(7)}
    for field, wanted in expected.items():
        if field != name and not (name == "size" and field == "symbol"):
            assert reading.values[field] == wanted


def test_options_say_what_a_line_says() -> None:
    reading = fields(
        "compare",
        side="long",
        symbol="btc",
        leverage="20",
        size="1.5k",
        entry="64k",
        exit="70000",
        wallet="0,5m",
        venue="okx",
        mine="yes",
    )
    assert reading.values["leverage"] == 20
    assert reading.values["size"] == TypedSize(SizeKind.MARGIN, Decimal(1500))
    assert reading.values["entry"] == 64000
    assert reading.values["wallet"] == 500000
    assert reading.values["mine"] is True


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        ({"size": "0.1btc"}, "size", TypedSize(SizeKind.QUANTITY, Decimal("0.1"))),
        ({"size": "size 5k"}, "size", TypedSize(SizeKind.NOTIONAL, Decimal(5000))),
        ({"size": "25%"}, "size", TypedSize(SizeKind.WALLET_PERCENT, Decimal(25))),
        ({"entry": "market"}, "entry", None),
        ({"mine": "no", "leverage": ""}, "leverage", Decimal(10)),
    ],
)
def test_every_form_of_a_value_is_taken(options: dict[str, str], field: str, value: object) -> None:
    assert fields("compare", side="short", symbol="BTC", **options).values[field] == value


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"side": "sideways"}, "unknown_token"),
        ({"symbol": "nosuchcoin"}, "unknown_symbol"),
        ({"symbol": "btc 20x"}, "unknown_symbol"),
        ({"leverage": "10x short"}, "bad_number"),
        ({"entry": "65000 wallet 1"}, "bad_number"),
        ({"wallet": "NaN"}, "bad_number"),
        ({"leverage": "1e9999"}, "bad_number"),
        ({"leverage": "500"}, "leverage_out_of_range"),
    ],
)
def test_what_is_no_value_of_a_field_is_refused(options: dict[str, str], kind: str) -> None:
    with pytest.raises(Misread) as misread:
        fields("compare", **{"side": "long", "symbol": "btc", **options})
    assert misread.value.kind == kind


def test_added_margin_and_roe_have_their_own_forms() -> None:
    base = {"side": "long", "symbol": "btc"}
    assert fields("liq", **base, add="-50").values["add"] == -50
    assert fields("liq", **base, add="200", mode="cross").values["add"] == 200
    assert fields("target", **base, roe="50").values["roe"] == 50


def test_texts_and_settings_pass_through() -> None:
    assert fields("faq", text="which is safer").values["text"] == "which is safer"
    assert fields("set", key="zone", value="Europe/Berlin").values["value"] == "Europe/Berlin"
    assert fields("shock", shocks="btc -15%").values["shocks"] == (("BTCUSDT", Decimal(-15)),)


def test_an_unknown_command_is_refused() -> None:
    with pytest.raises(Misread) as misread:
        fields("compre")
    assert misread.value.suggestion == "/compare"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("CROSS", "CROSS"), ("cross", "CROSS"), (" me", "ME"), ("PEPE", "PEPE"), ("$pepe", "PEPE")],
)
def test_what_fills_the_symbol_is_a_ticker_whatever_else_it_may_mean(
    typed: str, meant: str
) -> None:
    reading = COLLIDING.read_fields("price", {"symbol": typed}, CONTEXT)
    assert reading.values == {"symbol": f"{meant}USDT"}


def test_a_name_that_fits_two_contracts_is_asked_about_unless_a_completion_wrote_it() -> None:
    with pytest.raises(Misread) as found:
        COLLIDING.read_fields("price", {"symbol": "pepe"}, CONTEXT)
    assert found.value.kind == "ambiguous_symbol"
    assert [line for _, line in found.value.options] == ["/price $pepe", "/price $1000pepe"]


def test_a_word_that_is_no_listed_coin_stays_an_unknown_one() -> None:
    with pytest.raises(Misread) as found:
        COLLIDING.read_fields("price", {"symbol": "isolated"}, CONTEXT)
    assert found.value.kind == "unknown_symbol"

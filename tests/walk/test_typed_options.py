"""Typed options (Discord's form): read field by field, and nothing can be smuggled in."""

from decimal import Decimal

import pytest

from bot.app import grammar
from bot.chat.reading import Context, Misread, Reading, SizeKind, TypedSize
from tests.walk.house import LISTINGS

GRAMMAR = grammar(LISTINGS)[0]
CONTEXT = Context(marks={"BTCUSDT": Decimal(64210)})


def read(command: str, **options: str) -> Reading:
    return GRAMMAR.read_fields(command, options, CONTEXT)


def test_options_say_what_a_line_says() -> None:
    reading = read(
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
    assert read("compare", side="short", symbol="BTC", **options).values[field] == value


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
def test_anything_else_is_refused(options: dict[str, str], kind: str) -> None:
    with pytest.raises(Misread) as misread:
        read("compare", **{"side": "long", "symbol": "btc", **options})
    assert misread.value.kind == kind


def test_added_margin_and_roe_have_their_own_forms() -> None:
    base = {"side": "long", "symbol": "btc"}
    assert read("liq", **base, add="-50").values["add"] == -50
    assert read("liq", **base, add="200", mode="cross").values["add"] == 200
    assert read("target", **base, roe="50").values["roe"] == 50


def test_texts_and_settings_pass_through() -> None:
    assert read("faq", text="which is safer").values["text"] == "which is safer"
    assert read("set", key="zone", value="Europe/Berlin").values["value"] == "Europe/Berlin"
    assert read("shock", shocks="btc -15%").values["shocks"] == (("BTCUSDT", Decimal(-15)),)


def test_an_unknown_command_is_refused() -> None:
    with pytest.raises(Misread) as misread:
        read("compre")
    assert misread.value.suggestion == "/compare"

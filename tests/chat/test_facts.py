"""A reading for programs: flat fields, decimal text, nothing but plain values."""

import json

import pytest

from bot.chat.facts import as_fields, misread_fields
from tests.chat.lines import misread, read


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("/compare long btc 10x 1.000,50", {"margin": "1000.5", "entry": None, "side": "long"}),
        ("/compare long 0.10btc", {"quantity": "0.1"}),
        ("/open long btc 25% cross", {"wallet_percent": "25", "mode": "cross"}),
        ("/compare long btc worth 1m wallet 1m", {"notional": "1000000", "wallet": "1000000"}),
        ("/x all", {"all": True, "percent": "100"}),
        ("/shock btc -15%", {"shocks": [["BTCUSDT", "-15"]]}),
        (
            "/avg long btc 0.1@60000",
            {"fills": [{"size": {"quantity": "0.1"}, "price": "60000"}]},
        ),
    ],
)
def test_fields_are_plain_text(line: str, fields: dict[str, object]) -> None:
    found = as_fields(read(line))
    assert {name: found[name] for name in fields} == fields
    assert json.loads(json.dumps(found)) == found


def test_legs_are_objects() -> None:
    legs = as_fields(read("/hedge long btc 10x 1000 short eth"))["legs"]
    assert legs == [
        {
            "side": side,
            "symbol": symbol,
            "leverage": "10",
            "size": {"margin": "1000"},
            "entry": None,
        }
        for side, symbol in (("long", "BTCUSDT"), ("short", "ETHUSDT"))
    ]


def test_an_error_names_its_kind_token_and_cure() -> None:
    assert misread_fields(misread("/compare long btc 500x")) == {
        "error": "leverage_out_of_range",
        "token": "500x",
        "hint": "too_high",
        "suggestion": "/compare long btc 125x",
    }

"""A person's settings, as they are typed: a key and a value inside its range."""

from decimal import Decimal

import pytest

from bot.adapters.console.render import text as shown
from bot.chat.i18n import english
from bot.chat.troubles import misread_reply
from tests.chat.lines import misread, read


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        ("leverage 20x", "leverage", Decimal(20)),
        ("lev = 2.5", "leverage", Decimal("2.5")),
        ("LEVERAGE 125", "leverage", Decimal(125)),
        ("margin $500", "margin", Decimal(500)),
        ("wallet to 5k usdt", "wallet", Decimal(5000)),
        ("wallet=5k", "wallet", Decimal(5000)),
        ("balance: 1.000,50", "wallet", Decimal("1000.5")),
        ("wallet 10 000", "wallet", Decimal(10000)),
        ("fee 0.05%", "fee", Decimal("0.05")),
        ("fee 0", "fee", Decimal(0)),
        ("venue HL", "venue", "hyperliquid"),
        ("venue okx", "venue", "okx"),
        ("zone Europe/Berlin", "zone", "Europe/Berlin"),
        ("zone america/new_york", "zone", "America/New_York"),
        ("zone utc", "zone", "UTC"),
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
    ("words", "kind", "hint", "cure"),
    [
        ("foo 3", "unknown_token", "", "/set leverage 20"),
        ("20x", "unknown_token", "", "/set leverage 20"),
        ("5000", "unknown_token", "", "/set wallet 5000"),
        ("default leverage 20", "unknown_token", "", "/set leverage 20"),
        ("default long", "unknown_token", "", "/set leverage 20"),
        ("leverage", "missing_amount", "leverage", "/set leverage 5"),
        ("venue", "missing_amount", "venue", "/set venue binance"),
        ("leverage abc", "bad_number", "leverage", "/set leverage 20"),
        ("leverage 9999", "leverage_out_of_range", "leverage", "/set leverage 125x"),
        ("leverage 126", "leverage_out_of_range", "leverage", "/set leverage 125x"),
        ("leverage 0.5", "leverage_out_of_range", "leverage", "/set leverage 1x"),
        ("leverage -3", "leverage_out_of_range", "leverage", "/set leverage 1x"),
        ("leverage 10.555", "leverage_out_of_range", "leverage", "/set leverage 10.56x"),
        ("margin 0", "not_positive", "margin", "/set margin 500"),
        ("margin 20%", "unknown_token", "money", "/set margin 500"),
        ("wallet -5", "not_positive", "wallet", "/set wallet 5"),
        ("wallet 0.000000001", "not_positive", "wallet", "/set wallet 5000"),
        ("wallet 1,00,0", "bad_number", "1000", "/set wallet 1000"),
        ("wallet 1e9999", "bad_number", "wallet", "/set wallet 5000"),
        ("wallet 99999999999", "bad_number", "too_large", "/set wallet 10000000000"),
        ("wallet -99999999999", "not_positive", "wallet", "/set wallet 10000000000"),
        ("fee 5%", "percent_out_of_range", "fee", "/set fee 1%"),
        ("fee -1", "percent_out_of_range", "fee", "/set fee 0%"),
        ("fee x", "bad_number", "fee", "/set fee 0.05%"),
        ("venue mexc", "unknown_token", "venue", "/set venue binance"),
        ("venue long", "unknown_token", "venue", "/set venue binance"),
        ("zone ../etc/passwd", "unknown_token", "zone", "/set zone Europe/Berlin"),
        ("zone Nowhere/Atlantis", "unknown_token", "zone", "/set zone Europe/Berlin"),
        ("zone " + "a" * 80, "unknown_token", "zone", "/set zone Europe/Berlin"),
        ("confirm maybe", "unknown_token", "confirm", "/set confirm on"),
    ],
)
def test_a_setting_that_is_none_is_refused_with_one_that_is(
    words: str, kind: str, hint: str, cure: str
) -> None:
    found = misread(f"/set {words}")
    assert (found.kind, found.hint, found.suggestion) == (kind, hint, cure)
    for _, line in (("", cure), *found.options):
        assert "key" in read(line).values


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/set leverage 9999", "leverage runs from 1x (none) to 125x"),
        ("/set wallet -5", "must be above zero"),
        ("/set wallet 99999999999", "10,000,000,000 at most"),
        ("/set fee 5%", "between 0% and 1%"),
        ("/set margin 20%", "an amount in USDT"),
        ("/set venue mexc", "Which one?"),
        ("/set confirm maybe", "either on or off"),
        ("/set zone Mars", "time zone"),
    ],
)
def test_the_answer_names_the_range(line: str, said: str) -> None:
    assert said in shown(misread_reply(misread(line), english))

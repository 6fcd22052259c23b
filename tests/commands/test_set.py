"""A person's own defaults."""

import pytest

from tests.commands.shown import button, line_of
from tests.walk.house import Home, shown


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("/set leverage 20", "leverage", "20x"),
        ("/set wallet 5k", "wallet", "5,000 USDT"),
        ("/set margin 300", "margin", "300 USDT"),
        ("/set fee 0.04%", "fee", "0.040%"),
        ("/set venue okx", "venue", "OKX"),
        ("/set zone Europe/Berlin", "zone", "Europe/Berlin"),
        ("/set confirm off", "confirm", "off"),
    ],
)
def test_what_is_set_is_shown_and_stays(home: Home, line: str, label: str, value: str) -> None:
    assert line_of(home.say(line), label).strip() == value
    assert line_of(home.say("/set"), label).strip() == value


def test_a_set_fee_is_the_fee_that_is_paid(home: Home) -> None:
    home.say("/set fee 0.04%")
    assert "before entry fee 7.99," in shown(home.say("/compare 10x long btc"))


def test_deleting_brings_the_defaults_back(home: Home) -> None:
    before = shown(home.say("/set")).splitlines()[1:]
    home.say("/set leverage 20")
    assert shown(home.say("/set default")).splitlines()[1:] == before


def test_nobody_elses_settings_are_touched(home: Home) -> None:
    home.say("/set leverage 20", "1")
    assert line_of(home.say("/set", "2"), "leverage").strip() == "10x"


@pytest.mark.parametrize("line", ["/set leverage 9999", "/set wallet -5", "/set colour red"])
def test_nonsense_is_refused_and_kept_nowhere(home: Home, line: str) -> None:
    before = shown(home.say("/set"))
    assert home.say(line).outcome != "ok"
    assert shown(home.say("/set")) == before


def test_the_cure_of_a_setting_can_be_pressed(home: Home) -> None:
    cure = button(home.say("/set leverage 9999"), "125x")
    assert cure.kept
    assert line_of(home.say(cure.say, button=True, kept=True), "leverage").strip() == "125x"


def test_in_a_group_only_the_person_sees_them(home: Home) -> None:
    assert home.say("/set", group=True).private

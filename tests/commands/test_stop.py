"""The marks at which a position closes by itself."""

import pytest

from core.money import D, Price
from core.paper.account import NO_STOPS, Stops
from core.paper.records import Identity
from tests.commands.shown import button, line_of
from tests.commands.trades import opened
from tests.walk.house import Home, shown

MIRA = Identity("telegram", "1")


def stops(home: Home) -> Stops:
    return home.services.accounts.look(MIRA).positions[0].stops


def at(loss: str | None = None, profit: str | None = None) -> Stops:
    return Stops(
        loss=None if loss is None else Price(D(loss)),
        profit=None if profit is None else Price(D(profit)),
    )


@pytest.fixture
def quick(home: Home) -> Home:
    """A house in which somebody holds 0.1 BTC at a mark of 68,424 and confirms nothing."""
    opened(home, "BTC", "0.1")
    home.say("/set confirm off")
    return home


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/stop btc 60000", at("60000")),
        ("/stop btc sl 60000 tp 75000", at("60000", "75000")),
        ("/sl btc 60k", at("60000")),
        ("/stop #1 tp 75000", at(None, "75000")),
        ("/stop btc 5%", at("65002.8")),
        ("/stop btc sl -5% tp 10%", at("65002.8", "75266.4")),
        ("/stop btc sl 60000.04", at("60000")),
    ],
)
def test_marks_are_prices_or_moves_from_the_mark(quick: Home, line: str, expected: Stops) -> None:
    assert quick.say(line).outcome == "ok"
    assert stops(quick) == expected


def test_what_is_not_named_stays(quick: Home) -> None:
    quick.say("/stop btc sl 60000")
    quick.say("/stop btc tp 75000")
    assert stops(quick) == at("60000", "75000")
    quick.say("/stop btc off tp 76000")
    assert stops(quick) == at(None, "76000")
    quick.say("/stop btc off")
    assert stops(quick) == NO_STOPS


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("/stop btc 70000", "stop_wrong_side"),
        ("/stop btc tp 60000", "stop_wrong_side"),
        ("/stop btc off", "nothing_changes"),
        ("/stop sol 100", "unknown_position"),
        ("/stop #9 off", "unknown_position"),
        ("/stop btc 500%", "percent_out_of_range"),
    ],
)
def test_what_cannot_be_is_refused(quick: Home, line: str, outcome: str) -> None:
    assert quick.say(line).outcome == outcome
    assert stops(quick) == NO_STOPS


def test_the_same_marks_again_change_nothing(quick: Home) -> None:
    quick.say("/stop btc sl 60000 tp 75000")
    again = quick.say("/stop btc sl 60000")
    assert again.outcome == "nothing_changes"
    assert "60000 / 75000" in shown(again)


def test_alone_it_shows_what_is_set_and_what_may_be_pressed(quick: Home) -> None:
    first = quick.say("/stop btc")
    assert line_of(first, "stop loss").strip() == "none"
    assert {c.label for row in first.choices for c in row} == {"Stop 5% away", "Target 10% away"}
    quick.say(button(first, "Stop 5% away").say, button=True, kept=True)
    second = quick.say("/stop")
    assert line_of(second, "stop loss").strip() == "65,002.8"
    assert line_of(second, "away").strip() == "-5.00%"
    quick.say(button(second, "Take away").say, button=True, kept=True)
    assert stops(quick) == NO_STOPS


def test_of_several_positions_one_is_asked_for_with_what_was_typed(home: Home) -> None:
    opened(home, "BTC", "0.1")
    opened(home, "ETH", "1", short=True)
    asked = home.say("/stop sl 5%")
    reply = home.say(button(asked, "#2 SHORT ETH 10x isolated").say, button=True, kept=True)
    assert line_of(reply, "stop loss").strip() == "2,085.30"


def test_who_holds_nothing_hears_so(home: Home) -> None:
    reply = home.say("/stop")
    assert shown(reply).startswith("No position is open")
    assert "stop loss" in shown(home.say(button(reply, "/open long btc 10x 100 sl 5%").say))


def test_it_is_shown_first(home: Home) -> None:
    opened(home, "BTC", "0.1")
    reply = home.say("/stop btc 5%")
    assert stops(home) == NO_STOPS
    home.say(button(reply, "Confirm").say, button=True)
    assert stops(home) == at("65002.8")


def test_a_stop_beyond_the_liquidation_price_is_allowed_and_said(home: Home) -> None:
    opened(home, "BTC", "0.1")
    reply = home.say("/stop btc sl 50000")
    assert "Liquidation at 61,835.2 comes before this stop" in shown(reply)
    done = home.say(button(reply, "Confirm").say, button=True)
    assert "comes before this stop" in shown(done)
    assert stops(home) == at("50000")
    assert "comes before this stop" in shown(home.say("/stop btc"))
    assert "comes before" not in shown(home.say("/stop btc sl 62000"))


def test_behind_the_cross_wall_it_is_the_wallet_that_counts(home: Home) -> None:
    opened(home, "BTC", "0.5", cross=True)
    assert "comes before" not in shown(home.say("/stop btc sl 50000"))
    assert "comes before this stop" in shown(home.say("/stop btc sl 48000"))

"""Every action has a sentence for what it did, and buttons to what comes next."""

import pytest

from core.margin.pool import PositionMode
from core.money import D
from core.paper import actions
from tests.chat.test_previews import CASES
from tests.commands.shown import button, line_of, numbers
from tests.commands.trades import do
from tests.walk.house import Home, shown
from tests.walk.trading import confirmed, furnished, previewed

DONE = {
    "close": "Closed #1 LONG 0.1 BTC.",
    "close a part": "Closed 0.04 BTC of #1 LONG 0.1 BTC.",
    "close all": "Closed positions: 2.",
    "close half of all": "Closed a part of positions: 2.",
    "cancel": "Cancelled orders: 1.",
    "cancel several": "Cancelled orders: 2.",
    "add margin": "Added 100.00 to the margin of #1 LONG 0.1 BTC.",
    "take margin": "Took 0.01 out of the margin of #1 LONG 0.1 BTC.",
    "leverage": "The leverage of ETH is 20x now.",
    "mode": "The margin mode of DOGE is cross now.",
    "stops": "The stops of #1 LONG 0.1 BTC are set.",
    "no stops": "#1 LONG 0.1 BTC has no stops any more.",
    "reset": "The account begins again.",
}


@pytest.fixture
def home() -> Home:
    return furnished()


def test_every_action_that_is_shown_is_told_as_well() -> None:
    assert DONE.keys() == CASES.keys()


@pytest.mark.parametrize("case", CASES)
def test_what_was_done_is_told(home: Home, case: str) -> None:
    token = previewed(home, CASES[case][0]).token
    reply = home.say(f"/yes {token}", button=True)
    assert shown(reply).startswith(DONE[case])
    assert "DEMO PRICES, not live." in shown(reply).splitlines()[0]
    assert home.say(button(reply, "Portfolio").say, button=True).outcome == "ok"


@pytest.mark.parametrize(
    ("action", "text"),
    [
        (
            actions.ChoosePositionMode(PositionMode.HEDGE),
            "A long and a short may stand side by side from now on (hedge).",
        ),
        (actions.ChooseVenue("okx"), "The paper account follows the rules of OKX now."),
        (actions.CloseAll(), "There was nothing left to do."),
    ],
)
def test_what_an_empty_account_may_do_is_told(action: actions.Action, text: str) -> None:
    home = Home()
    reply = home.say(f"/yes {previewed(home, action).token}", button=True)
    assert shown(reply).startswith(text)


def test_one_way_again_is_told() -> None:
    home = Home()
    do(home, actions.ChoosePositionMode(PositionMode.HEDGE))
    token = previewed(home, actions.ChoosePositionMode(PositionMode.ONE_WAY)).token
    assert "One position per contract from now on" in shown(home.say(f"/yes {token}", button=True))


def test_a_part_that_is_closed_says_what_stays(home: Home) -> None:
    token = previewed(home, CASES["close a part"][0]).token
    reply = home.say(f"/yes {token}", button=True)
    assert line_of(reply, "stays open").strip() == "0.06 BTC"
    assert numbers(reply, "margin back") == [D("293.72")]
    assert numbers(reply, "fee") == [D("1.37")]


def test_what_is_open_can_be_closed_or_protected_with_a_button(home: Home) -> None:
    token = previewed(home, CASES["add margin"][0]).token
    reply = home.say(f"/yes {token}", button=True)
    for label in ("Close #1", "Add stop (5% away)"):
        choice = button(reply, label)
        assert choice.kept
        assert home.say(choice.say, button=True, kept=True).outcome == "ok"


def test_a_first_position_can_be_played_forward_on_a_copy(home: Home) -> None:
    first = confirmed(Home(), "/open long btc 10x 500")
    assert button(first, "Fast-forward a copy").say == "/ff #1"
    second = confirmed(home, "/open long sol 10x 100")
    labels = [choice.label for row in second.choices for choice in row]
    assert "Fast-forward a copy" not in labels


def test_what_has_a_stop_is_offered_none(home: Home) -> None:
    token = previewed(home, CASES["stops"][0]).token
    reply = home.say(f"/yes {token}", button=True)
    labels = [choice.label for row in reply.choices for choice in row]
    assert labels == ["Close #1", "Portfolio"]
    assert line_of(reply, "stop loss").strip() == "60,000.0"


def test_every_closing_of_several_has_its_own_result(home: Home) -> None:
    token = previewed(home, CASES["close all"][0]).token
    text = shown(home.say(f"/yes {token}", button=True))
    assert "#1 LONG 0.1 BTC at 68,417.1: -1.38" in text
    assert "#2 LONG 1 ETH at" in text

"""Cancel: nothing is done, and cannot be done afterwards."""

from core.paper.records import Identity
from tests.commands.shown import button
from tests.walk.house import Home, shown

LINE = "/open long btc 10x 500"


def test_what_was_let_go_cannot_be_confirmed(home: Home) -> None:
    asked = home.say(LINE)
    reply = home.say(button(asked, "Cancel").say, button=True)
    assert shown(reply).startswith("Cancelled. Nothing was changed.")
    assert home.say(button(asked, "Confirm").say, button=True).outcome == "preview_gone"
    assert home.services.accounts.look(Identity("telegram", "1")).positions == ()


def test_a_plain_no_lets_everything_go_that_waits(home: Home) -> None:
    home.say("/open long eth 10x 500")
    home.say(LINE)
    assert home.say("no").outcome == "ok"
    assert home.say("yes").outcome == "preview_gone"


def test_what_was_done_is_not_taken_back(home: Home) -> None:
    asked = home.say(LINE)
    home.say(button(asked, "Confirm").say, button=True)
    assert home.say(button(asked, "Cancel").say, button=True).outcome == "preview_used"


def test_with_nothing_waiting_it_says_so(home: Home) -> None:
    assert home.say("/no").outcome == "preview_gone"
    assert home.say("/no", group=True).outcome == "preview_gone"


def test_nobody_lets_somebody_elses_preview_go(home: Home) -> None:
    asked = home.say(LINE)
    assert home.say(button(asked, "Cancel").say, "2", button=True).outcome == "preview_gone"
    assert home.say(button(asked, "Confirm").say, button=True).outcome == "ok"

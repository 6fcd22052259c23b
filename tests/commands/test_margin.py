"""Money into a pocket, and out of it."""

import pytest

from bot.chat.request import Role
from core.margin.pool import PositionMode
from core.money import D
from core.paper.actions import ChoosePositionMode
from core.paper.records import Identity
from tests.commands.shown import button, numbers
from tests.commands.trades import do, opened
from tests.walk.house import Home, shown

MIRA = Identity("telegram", "1")


def pocket(home: Home) -> object:
    return home.services.accounts.look(MIRA).positions[0].margin


def test_adding_margin_is_shown_first_and_moves_the_limit_away(home: Home) -> None:
    opened(home, "BTC", "0.1")
    before = pocket(home)
    reply = home.say("/margin btc +100")
    assert shown(reply).startswith("Add 100.00 to the margin of #1 LONG 0.1 BTC?")
    old, new = numbers(reply, "Liq. price")
    assert new < old
    assert pocket(home) == before
    assert home.say(button(reply, "Confirm").say, button=True).outcome == "ok"
    assert pocket(home) == before + D(100)  # type: ignore[operator]  # an amount


def test_without_confirmation_it_is_done_at_once(home: Home) -> None:
    opened(home, "BTC", "0.1")
    before = pocket(home)
    home.say("/set confirm off")
    home.say("/add btc 100")
    home.say("/remove btc 40")
    assert pocket(home) == before + D(60)  # type: ignore[operator]  # an amount


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("/margin eth +5", "not_isolated"),
        ("/margin sol +5", "unknown_position"),
        ("/margin btc +5 #7", "unknown_position"),
        ("/remove btc 5000", "margin_locked"),
        ("/add btc 50000", "insufficient"),
        ("/add btc 0.000000001", "nothing_changes"),
        ("/margin btc", "missing_amount"),
        ("/margin +100", "missing_symbol"),
    ],
)
def test_what_cannot_be_is_refused_and_moves_nothing(home: Home, line: str, outcome: str) -> None:
    opened(home, "BTC", "0.1")
    opened(home, "ETH", "1", cross=True)
    before = home.services.accounts.look(MIRA)
    assert home.say(line).outcome == outcome
    assert home.services.accounts.look(MIRA) == before


def test_of_a_long_and_a_short_side_by_side_one_is_asked_for(home: Home) -> None:
    do(home, ChoosePositionMode(PositionMode.HEDGE))
    opened(home, "BTC", "0.1")
    opened(home, "BTC", "0.1", short=True)
    asked = home.say("/margin btc +100")
    assert shown(asked).splitlines()[0] == "Which position?"
    short = button(asked, "#2 SHORT BTC 10x isolated")
    assert short.kept
    reply = home.say(short.say, button=True, kept=True)
    assert shown(reply).startswith("Add 100.00 to the margin of #2 SHORT 0.1 BTC?")


def test_a_group_does_not_see_it_and_a_masked_member_has_no_account(home: Home) -> None:
    opened(home, "BTC", "0.1")
    assert home.say("/margin btc +100", group=True).private
    assert home.say("/margin btc +100", group=True, role=Role.MASKED).outcome == "not_allowed"

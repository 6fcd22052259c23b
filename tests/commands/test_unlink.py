"""Parting: the portfolio stays with the others, this platform begins anew."""

import pytest

from core.paper.actions import Reset
from tests.commands.trades import do, opened
from tests.commands.two import Somebody, joined
from tests.walk.house import Home, shown


@pytest.fixture
def mira(home: Home) -> Somebody:
    return Somebody(home, "telegram", "Mira")


@pytest.fixture
def amir(home: Home) -> Somebody:
    return Somebody(home, "discord", "amira77", "9")


def test_one_platform_alone_has_nothing_to_part(mira: Somebody) -> None:
    assert mira.say("/unlink").outcome == "not_linked"
    assert mira.say("/unlink yes").outcome == "not_linked"


def test_the_portfolio_stays_with_the_other_platform(
    home: Home, mira: Somebody, amir: Somebody
) -> None:
    opened(home, "BTC", "0.1")
    joined(mira, amir)
    asked = amir.say("/unlink")
    assert "Your portfolio stays on Telegram." in shown(asked)
    assert "#1 LONG" in shown(amir.say("/pf"))
    amir.press(asked, "Part")
    assert "No open position." in shown(amir.say("/pf"))
    assert "#1 LONG" in shown(mira.say("/pf"))


def test_the_number_of_resets_goes_along(home: Home, mira: Somebody, amir: Somebody) -> None:
    do(home, Reset())
    joined(mira, amir)
    amir.say("/unlink yes")
    assert "resets: 1." in shown(amir.say("/pf"))
    assert "resets: 1." in shown(mira.say("/pf"))


def test_parted_they_can_be_joined_again(home: Home, mira: Somebody, amir: Somebody) -> None:
    joined(mira, amir)
    amir.say("/unlink yes")
    opened(home, "BTC", "0.1")
    assert "one person now" in shown(joined(mira, amir))
    assert "#1 LONG" in shown(amir.say("/pf"))

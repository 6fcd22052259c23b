"""What stands round a question: whose numbers count, and who reads the answer."""

import pytest

from tests.walk.house import Home, shown


@pytest.fixture
def home() -> Home:
    return Home()


def test_settings_are_kept_and_deleted(home: Home) -> None:
    home.say("/set leverage 20")
    home.say("/venue okx")
    assert "20x, OKX" in shown(home.say("/compare long btc"))
    home.say("/set default")
    assert "10x, Binance" in shown(home.say("/compare long btc"))


def test_a_group_never_sees_a_persons_own_wallet(home: Home) -> None:
    home.say("/set wallet 777")
    public = home.say("/compare 10x long btc 50", group=True)
    assert not public.private
    assert "777" not in shown(public)
    mine = home.say("/compare 10x long btc 50 mine", who="1", group=True)
    assert mine.private
    assert "777" in shown(mine)


def test_a_group_never_sees_a_persons_own_fee(home: Home) -> None:
    home.say("/set fee 0.5%")
    assert "entry fee 99.90" in shown(home.say("/compare 10x long btc"))
    assert "entry fee 9.99" in shown(home.say("/compare 10x long btc", group=True))
    home.clock.advance(60)
    assert "entry fee 99." in shown(home.say("/compare 10x long btc mine", group=True))


@pytest.mark.parametrize("line", ["/max btc 20x mine", "/compare long btc 10x 5000 mine"])
def test_what_is_asked_for_oneself_is_private_even_when_refused(home: Home, line: str) -> None:
    home.say("/set wallet 777")
    assert home.say(line, group=True).private


def test_only_a_size_that_nobody_typed_shrinks_to_what_the_tier_takes(home: Home) -> None:
    assert home.say("/compare 125x long btc wallet 1000000").outcome == "ok"
    typed = home.say("/compare 125x long btc 200000 wallet 1000000")
    assert typed.outcome == "leverage_too_high"


def test_a_venue_that_was_typed_counts_over_ones_own(home: Home) -> None:
    home.say("/venue okx")
    assert "Bybit" in shown(home.say("/compare 10x long btc on bybit"))
    assert "OKX" in shown(home.say("/compare 10x long btc"))

"""What an answer means for a position that the asker holds: told in private, of the right coin."""

import pytest

from tests.commands.trades import opened
from tests.walk.house import Home, shown


@pytest.fixture
def home() -> Home:
    return Home()


@pytest.mark.parametrize(
    ("topic", "cross", "sentence"),
    [
        ("avoid-liquidation", False, "Your LONG BTC at 10x, isolated: liquidated at 61,835.2"),
        ("avoid-liquidation", True, "Your LONG BTC at 10x, cross: no price of it alone"),
        ("maintenance-margin", False, "Your LONG BTC at 10x, isolated: it needs 27.37"),
        ("max-loss-isolated", False, "isolated: it can lose its margin, 684.31."),
        ("max-loss-cross", True, "cross: everything behind the cross wall can go, 9,9"),
        ("effective-leverage", False, "is worth 0.7x of all you have."),
        ("roe-vs-pnl", False, "Your LONG BTC at 10x: PnL -0.69, ROE -0.10%."),
        ("switch-margin-mode", False, "isolated: to make it cross, close it first."),
        ("switch-margin-mode", True, "in cross: to make it isolated, close it first."),
        ("available-balance", False, "is available beside LONG BTC."),
    ],
)
def test_the_answer_is_told_of_ones_own_position(
    home: Home, topic: str, cross: bool, sentence: str
) -> None:
    opened(home, "BTC", "0.1", cross=cross)
    assert sentence in shown(home.say(f"/faq {topic}"))


def test_the_coin_that_is_named_is_meant_else_the_largest(home: Home) -> None:
    opened(home, "BTC", "0.1")
    opened(home, "ETH", "1", short=True)
    assert "Your LONG BTC" in shown(home.say("/faq how can i avoid liquidation"))
    assert "Your SHORT ETH" in shown(home.say("/faq how can i avoid liquidation of my eth"))


def test_others_never_read_it(home: Home) -> None:
    opened(home, "BTC", "0.1")
    assert "Your LONG" not in shown(home.say("/faq avoid-liquidation", group=True))


def test_who_holds_nothing_is_told_nothing_of_it(home: Home) -> None:
    assert "Your " not in shown(home.say("/faq avoid-liquidation"))


def test_an_answer_about_no_position_stays_general(home: Home) -> None:
    opened(home, "BTC", "0.1")
    assert "Your LONG" not in shown(home.say("/faq insurance-fund"))

"""A liquidation shown to a group: by its owner's wish alone, and without amounts."""

import re

import pytest

from bot.chat.request import Role
from tests.commands.shown import button
from tests.commands.test_receipt import fallen
from tests.commands.trades import opened
from tests.walk.house import Home, shown

AMOUNT = re.compile(r"USDT|lost|left|\b0\.1\b|qty|margin|wallet \d")


def test_the_group_sees_prices_and_modes_and_no_amount(home: Home) -> None:
    fallen(home)
    reply = home.say("/share", group=True)
    text = shown(reply)
    assert text.startswith("LIQUIDATED LONG BTC 10x isolated")
    assert "Cross would be open still, with the whole wallet behind it." in text
    assert not reply.private
    assert not AMOUNT.search(text)


def test_the_trade_is_compared_with_everybodys_default_wallet(home: Home) -> None:
    fallen(home)
    again = button(home.say("/share", group=True), "Both modes")
    assert "w=" not in again.say
    assert "qty" not in again.say
    assert shown(home.say(again.say, button=True)).startswith("LONG")


def test_a_whole_pool_is_named_leg_by_leg(home: Home) -> None:
    opened(home, "ETH", "1", cross=True)
    fallen(home, cross=True, quantity="1", factor="0.84")
    text = shown(home.say("/share", group=True))
    assert text.startswith("LIQUIDATED the cross pool")
    assert "LONG ETH 10x" in text
    assert "Isolated would have ended too" in text or "Isolated would be open still." in text
    assert not AMOUNT.search(text)


def test_in_private_it_says_where_to_type_it(home: Home) -> None:
    fallen(home)
    assert "In a group, /share shows everybody there" in shown(home.say("/share"))


def test_who_lost_nothing_has_nothing_to_share(home: Home) -> None:
    assert home.say("/share", group=True).outcome == "no_receipt"


def test_nobody_shares_anothers(home: Home) -> None:
    number = fallen(home)
    assert home.say(f"/share #{number}", "2", group=True).outcome == "no_receipt"


@pytest.mark.parametrize("line", ["/share", "/share #1"])
def test_a_masked_writer_has_none(home: Home, line: str) -> None:
    assert home.say(line, group=True, role=Role.MASKED).outcome == "not_allowed"

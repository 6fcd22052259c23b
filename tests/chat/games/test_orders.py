"""From a typed order to an action on a challenge account."""

import pytest

from bot.chat.games.orders import untaken
from bot.chat.reading import Misread
from core.errors import Refusal
from core.margin.pool import MarginMode, Side
from core.paper.actions import Action, Cancel, Close, CloseAll, MoveMargin, Open
from tests.chat.games.ordering import Typing, typing
from tests.core.paper.builders import CROSS, ISOLATED, LONG, SHORT
from tests.walk.house import shown

__all__ = ["typing"]


@pytest.mark.parametrize(
    ("line", "side", "mode", "leverage"),
    [
        ("long btc 10x 500", LONG, ISOLATED, 10),
        ("/long btc 10x 500", LONG, ISOLATED, 10),
        ("short btc 5x 500 cross", SHORT, CROSS, 5),
        ("open long btc 500 7x isolated", LONG, ISOLATED, 7),
    ],
)
def test_opening_is_typed_as_in_the_portfolio(
    typing: Typing, line: str, side: Side, mode: MarginMode, leverage: int
) -> None:
    action = typing.of(line)
    assert isinstance(action, Open)
    intent = action.intent
    assert (intent.symbol, intent.side, intent.mode) == ("BTCUSDT", side, mode)
    assert intent.leverage == leverage
    assert intent.price is None


def test_a_limit_order_carries_its_price(typing: Typing) -> None:
    action = typing.of("long btc 10x 500 at 50000")
    assert isinstance(action, Open)
    assert action.intent.price == 50_000


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("close btc", Close(1, 2)),  # type: ignore[arg-type]  # the fixture's quantity
        ("close btc 50%", Close(1, 1)),  # type: ignore[arg-type]  # half of it
        ("close all", CloseAll()),
        ("close all 25%", CloseAll(25)),  # type: ignore[arg-type]  # percent
        ("margin btc +100", MoveMargin(1, 100)),  # type: ignore[arg-type]  # quote
        ("margin btc -50", MoveMargin(1, -50)),  # type: ignore[arg-type]  # quote
        ("cancel all", Cancel((2,))),
    ],
)
def test_what_is_open_is_closed_moved_and_cancelled(
    typing: Typing, line: str, action: Action
) -> None:
    typing.hold(2)
    typing.rest()
    assert typing.of(line) == action


def test_what_is_not_held_cannot_be_closed(typing: Typing) -> None:
    with pytest.raises(Refusal):
        typing.of("close eth")


def test_what_a_line_lacks_is_asked_for_with_orders_of_the_game(typing: Typing) -> None:
    with pytest.raises(Misread) as lack:
        typing.of("long btc")
    reply = untaken(typing.ask, lack.value, 12)
    assert "Try: /trade #12 open long btc 50" in shown(reply)
    assert [choice.say for row in reply.choices for choice in row][:2] == [
        "/trade #12 open long btc 50",
        "/trade #12 open long btc 100",
    ]
    assert all(choice.kept for row in reply.choices for choice in row)


@pytest.mark.parametrize("line", ["pf", "dance", "price btc"])
def test_what_is_no_order_is_told_one_and_led_to_ones_own_account(
    typing: Typing, line: str
) -> None:
    with pytest.raises(Misread) as wrong:
        typing.of(line)
    reply = untaken(typing.ask, wrong.value, 12)
    assert shown(reply).startswith("That is no order. Try /trade long btc 10x 500.")
    assert [choice.say for row in reply.choices for choice in row] == ["/trade #12"]


def test_a_refusal_of_the_portfolio_leads_to_the_game(typing: Typing) -> None:
    with pytest.raises(Refusal) as refusal:
        typing.of("close eth")
    reply = untaken(typing.ask, refusal.value, 12)
    assert shown(reply).startswith("You hold no ETH: nothing is open.")
    assert [choice.say for row in reply.choices for choice in row] == ["/trade #12"]


def test_a_misreading_without_orders_to_choose_leads_to_the_game(typing: Typing) -> None:
    reply = untaken(typing.ask, Misread("bad_number", "1,0,0", options=(("x", "/pf"),)), 12)
    assert [choice.say for row in reply.choices for choice in row] == ["/trade #12"]


@pytest.mark.parametrize("line", ["", "pf", "price btc", "dance", "help"])
def test_a_line_that_orders_nothing_is_misread(typing: Typing, line: str) -> None:
    with pytest.raises((Misread, Refusal)):
        typing.of(line)

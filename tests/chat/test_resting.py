"""Resting orders: which are meant, and their buttons."""

import pytest

from bot.chat.resting import cancel_choices, orders_named
from core.market import Symbol
from core.paper.account import PaperAccount
from core.paper.errors import UnknownPosition
from tests.chat.asking import asking
from tests.commands.trades import opened
from tests.walk.house import Home


@pytest.fixture
def home() -> Home:
    return Home()


@pytest.fixture
def account(home: Home) -> PaperAccount:
    """#1 and #2 in BTC, #3 in ETH."""
    opened(home, "BTC", "0.01", price=60000)
    opened(home, "BTC", "0.02", price=55000)
    return opened(home, "ETH", "1", price=1500).after


@pytest.mark.parametrize(
    ("symbol", "number", "found"),
    [
        (None, None, (1, 2, 3)),
        ("BTCUSDT", None, (1, 2)),
        (None, "3", (3,)),
        ("BTCUSDT", "2", (2,)),
    ],
)
def test_they_are_named_by_coin_or_number(
    account: PaperAccount, symbol: str | None, number: str | None, found: tuple[int, ...]
) -> None:
    named = orders_named(account, Symbol(symbol) if symbol else None, number)
    assert tuple(order.number for order in named) == found


@pytest.mark.parametrize(("symbol", "number"), [("SOLUSDT", None), (None, "9"), ("ETHUSDT", "1")])
def test_what_is_not_there_is_refused(
    account: PaperAccount, symbol: str | None, number: str | None
) -> None:
    with pytest.raises(UnknownPosition) as caught:
        orders_named(account, Symbol(symbol) if symbol else None, number)
    assert caught.value.available == (1, 2, 3)


def test_an_account_with_nothing_resting_names_nothing() -> None:
    assert orders_named(PaperAccount(id=1, market="demo", venue="binance"), None, None) == ()


def test_each_has_a_button_and_several_have_one_for_all(home: Home, account: PaperAccount) -> None:
    rows = cancel_choices(asking(home), account.orders)
    assert [[c.say for c in row] for row in rows] == [
        ["/cancel #1", "/cancel #2", "/cancel #3"],
        ["/cancel all"],
    ]
    assert all(choice.kept for row in rows for choice in row)
    assert len(cancel_choices(asking(home), account.orders[:1])) == 1

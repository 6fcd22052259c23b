"""Which position is meant, and how it is asked for."""

import pytest

from bot.chat.held import positions_named, which_coin, which_position
from bot.chat.reply import Tone
from core.margin.pool import PositionMode
from core.market import Symbol
from core.paper.account import PaperAccount
from core.paper.actions import ChoosePositionMode
from core.paper.errors import UnknownPosition
from tests.builders import BTC, ETH, SOL, exact
from tests.chat.asking import asking
from tests.core.paper.builders import CROSS, SHORT, do, fresh, scene, wish
from tests.walk.house import Home

__all__ = ["exact"]

AT = scene(btc=60000, eth=3000)


@pytest.fixture
def account() -> PaperAccount:
    """A long and a short of BTC side by side, and a cross short of ETH."""
    hedged = do(fresh(), ChoosePositionMode(PositionMode.HEDGE), AT)
    for intent in (wish("0.1"), wish("0.1", SHORT), wish(1, SHORT, CROSS, symbol=ETH)):
        hedged = do(hedged, intent, AT)
    return hedged


@pytest.mark.parametrize(
    ("symbol", "number", "found"),
    [
        (None, None, [1, 2, 3]),
        (BTC, None, [1, 2]),
        (ETH, None, [3]),
        (None, "2", [2]),
        (BTC, "2", [2]),
    ],
)
def test_a_coin_or_a_number_names_positions(
    account: PaperAccount, symbol: Symbol | None, number: str | None, found: list[int]
) -> None:
    assert [p.number for p in positions_named(account, symbol, number)] == found


@pytest.mark.parametrize(
    ("symbol", "number", "text"), [(SOL, None, "SOL"), (None, "9", "#9"), (ETH, "1", "#1")]
)
def test_what_is_named_and_not_there_is_refused_with_what_there_is(
    account: PaperAccount, symbol: Symbol | None, number: str | None, text: str
) -> None:
    with pytest.raises(UnknownPosition) as refused:
        positions_named(account, symbol, number)
    assert (refused.value.text, refused.value.available) == (text, (1, 2, 3))


def test_nothing_named_in_an_empty_account_is_nothing() -> None:
    assert positions_named(fresh(), None, None) == ()


def test_each_position_has_a_button_that_keeps_the_line(account: PaperAccount) -> None:
    reply = which_position(asking(Home()), account.positions, "/margin btc add 5")
    assert [row[0].label for row in reply.choices] == [
        "#1 LONG BTC 10x isolated",
        "#2 SHORT BTC 10x isolated",
        "#3 SHORT ETH 10x cross",
    ]
    assert reply.choices[1][0].say == "/margin btc add 5 #2"
    assert all(c.kept for row in reply.choices for c in row)
    assert reply.tone is Tone.ASK


def test_coins_that_are_held_are_offered_first_and_three_at_most(account: PaperAccount) -> None:
    (row,) = which_coin(asking(Home()), account, "/mode cross").choices
    assert [c.label for c in row] == ["BTC", "ETH", "SOL"]
    assert row[1].say == "/mode cross eth"
    (row,) = which_coin(asking(Home()), fresh(), "/lev 5x").choices
    assert len(row) == 3

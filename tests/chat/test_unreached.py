"""A stop that liquidation comes before, and one that it does not."""

import pytest

from bot.chat.i18n import english
from bot.chat.reply import Reply, Text
from bot.chat.unreached import unreached, unreached_later
from core.margin.pool import MarginMode, Side
from core.money import D
from core.paper.account import PaperAccount
from tests.builders import ETH, exact
from tests.core.paper.builders import CROSS, ISOLATED, LONG, SHORT, do, fresh, scene, stops, wish
from tests.walk.house import shown

__all__ = ["exact"]

AT = scene(btc=60_000, eth=2_000)


def said(blocks: tuple[Text, ...]) -> str:
    return shown(Reply(blocks))


def held(stop: int | str | None, side: Side = LONG, mode: MarginMode = ISOLATED) -> PaperAccount:
    return do(fresh(), wish("0.3", side, mode, stops=stops(stop)), AT)


def note(account: PaperAccount) -> str:
    return said(unreached(account, account.positions[-1], AT, english))


@pytest.mark.parametrize(
    ("side", "stop", "limit"), [(LONG, 50_000, "54,216.9 "), (SHORT, 70_000, "65,7")]
)
def test_a_stop_beyond_the_liquidation_price_would_close_nothing(
    side: Side, stop: int, limit: str
) -> None:
    assert note(held(stop, side)).startswith(f"Liquidation at {limit}")
    assert "comes before this stop" in note(held(stop, side))


@pytest.mark.parametrize(("side", "stop"), [(LONG, 55_000), (SHORT, 65_000), (LONG, None)])
def test_a_stop_before_it_needs_no_word(side: Side, stop: int | None) -> None:
    assert note(held(stop, side)) == ""


def test_exactly_at_the_printed_price_the_stop_still_comes_first() -> None:
    printed = note(held(50_000)).split()[2].replace(",", "")
    assert note(held(printed)) == ""
    assert note(held(f"{D(printed) - D('0.1')}"))


def test_behind_the_cross_wall_the_whole_wallet_moves_it_away() -> None:
    assert note(held(50_000, mode=CROSS)) == ""
    assert note(held(20_000, mode=CROSS)).startswith("Liquidation at ")


def test_with_other_cross_legs_it_holds_while_their_marks_stand_still() -> None:
    account = do(held(20_000, mode=CROSS), wish(1, SHORT, CROSS, symbol=ETH), AT)
    text = said(unreached(account, account.positions[0], AT, english))
    assert text.startswith("While the other marks stand still, liquidation at ")


def test_a_target_is_never_spoken_of() -> None:
    account = do(fresh(), wish("0.3", stops=stops(None, 90_000)), AT)
    assert note(account) == ""


@pytest.mark.parametrize(("stop", "told"), [(40_000, True), (47_000, False), (None, False)])
def test_of_an_order_it_is_reckoned_from_its_own_price(stop: int | None, told: bool) -> None:
    account = do(fresh(), wish("0.3", at=50_000, stops=stops(stop)), AT)
    (order,) = account.orders
    assert bool(unreached_later(account, order, AT, english)) is told


def test_of_an_order_that_only_reduces_nothing_is_said() -> None:
    account = do(held(None), wish("0.1", SHORT, at=70_000, reduce_only=True), AT)
    (order,) = account.orders
    assert unreached_later(account, order, AT, english) == ()


def test_of_an_order_that_could_not_be_filled_nothing_is_said() -> None:
    account = do(fresh(3_000), wish("0.3", at=50_000, stops=stops(10_000)), AT)
    (order,) = account.orders
    broke = do(fresh(1_000), wish("0.01"), AT)
    assert unreached_later(broke, order, AT, english) == ()

"""Trades at prices that moved since, at walls that fell since, under rules that changed."""

from datetime import timedelta

import pytest

from core.errors import StalePrice
from core.margin.pool import MarginMode, Side
from core.money import D, Quantity
from core.paper.actions import ChooseVenue, Close, CloseAll
from core.paper.errors import Insufficient, MovedAway, NotFlat, PreviewGone, UnknownPosition
from core.paper.events import PositionReduced
from core.paper.records import Identity
from core.people import Preferences
from tests.core.services.floor import ETH, MIRA, Floor, wish

BEGUN = ["VenueChosen", "Granted"]


@pytest.fixture
def floor() -> Floor:
    return Floor()


# --- prices


def test_a_price_that_ran_away_is_not_paid(floor: Floor) -> None:
    shown = floor.preview(wish("0.1"))
    floor.move(60301)
    with pytest.raises(MovedAway) as moved:
        floor.trading.confirm(floor.asked(), shown.token)
    assert (moved.value.seen, moved.value.price) == (D(60006), D("60307.1"))
    assert floor.account().positions == ()
    floor.move(60000)
    assert floor.trading.confirm(floor.asked(), shown.token).after.positions


@pytest.mark.parametrize(
    ("side", "price"), [(Side.LONG, 50000), (Side.SHORT, 70000)], ids=["cheaper", "dearer"]
)
def test_a_better_price_is_taken(floor: Floor, side: Side, price: int) -> None:
    shown = floor.preview(wish("0.1", side))
    floor.move(price)
    assert floor.trading.confirm(floor.asked(), shown.token).after.positions


def test_a_short_is_not_sold_far_below_what_was_shown(floor: Floor) -> None:
    shown = floor.preview(wish("0.1", Side.SHORT))
    floor.move(59690)
    with pytest.raises(MovedAway):
        floor.trading.confirm(floor.asked(), shown.token)


def test_closing_has_the_same_guard_for_each_coin(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.act(wish("1", symbol=ETH))
    shown = floor.preview(CloseAll())
    floor.move(2980, "ETHUSDT")
    with pytest.raises(MovedAway) as moved:
        floor.trading.confirm(floor.asked(), shown.token)
    assert moved.value.seen == D("2999.70")
    floor.move(2990, "ETHUSDT")
    done = floor.trading.confirm(floor.asked(), shown.token)
    assert {e.symbol: e.seen for e in done.events if isinstance(e, PositionReduced)} == {
        "BTCUSDT": D(59994),
        "ETHUSDT": D("2999.70"),
    }


def test_a_stale_price_decides_nothing_and_takes_nothing_away(floor: Floor) -> None:
    token = floor.preview(wish("0.1")).token
    floor.clock.advance(timedelta(seconds=61))
    with pytest.raises(StalePrice):
        floor.act(wish("0.1"))
    with pytest.raises(StalePrice):
        floor.preview(wish("0.1"))
    with pytest.raises(PreviewGone):
        floor.trading.confirm(floor.asked(), token)
    assert floor.history() == BEGUN


def test_confirm_at_a_stale_price_can_be_pressed_again(floor: Floor) -> None:
    floor.clock.advance(30)
    token = floor.preview(wish("0.1")).token
    floor.clock.advance(31)
    with pytest.raises(StalePrice):
        floor.trading.confirm(floor.asked(), token)
    floor.move(60000)
    assert floor.trading.confirm(floor.asked(), token).after.positions


# --- nobody trades out of a position that is gone


def test_a_position_past_its_wall_is_liquidated_before_anything_is_done(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.move(50000)
    with pytest.raises(UnknownPosition):
        floor.act(Close(1, Quantity(D("0.1"))))
    done = floor.act(wish("0.01", mode=MarginMode.CROSS))
    assert [p.number for p in done.after.positions] == [2]
    assert floor.history()[3] == "PoolLiquidated"
    assert floor.told() == ["PoolLiquidated"]
    assert floor.faults() == 0


def test_a_preview_shows_the_account_as_it_is_after_the_tick(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.move(50000)
    shown = floor.preview(wish("0.01", mode=MarginMode.CROSS))
    assert shown.done.before.positions == ()
    assert floor.told() == ["PoolLiquidated"]


def test_what_is_refused_leaves_no_trace(floor: Floor) -> None:
    floor.act(wish("1", leverage=10))
    before = floor.account()
    with pytest.raises(Insufficient):
        floor.act(wish("10"), request="too much")
    assert floor.account() == before
    assert floor.trading.repeated(floor.asked(request="too much")) is None


# --- another venue


def test_answers_follow_the_rules_that_the_account_follows(floor: Floor) -> None:
    with floor.units.writing() as books:
        books.set_preferences(MIRA.platform, MIRA.person, Preferences(leverage=D(20)))
        learner, _ = floor.accounts.present(books, MIRA)
        books.paper.rename(Identity("discord", "9"), learner)
    token = floor.preview(ChooseVenue("okx")).token
    with floor.units.reading() as books:
        assert books.preferences("telegram", "1").venue is None
    floor.trading.confirm(floor.asked(), token)
    assert floor.account().venue == "okx"
    with floor.units.reading() as books:
        assert books.preferences("telegram", "1") == Preferences(leverage=D(20), venue="okx")
        assert books.preferences("discord", "9").venue == "okx"


def test_the_venue_stays_while_something_is_open(floor: Floor) -> None:
    floor.act(wish("0.01"))
    floor.act(wish("0.01", at=50000))
    with pytest.raises(NotFlat) as refused:
        floor.preview(ChooseVenue("okx"))
    assert (refused.value.positions, refused.value.orders) == ((1,), (2,))

"""Fast forward: an adverse move on a copy, judged by the very sweep that judges accounts."""

from core.money import D
from core.paper.events import PoolLiquidated, PositionReduced
from core.paper.forward import forwarded
from tests.builders import BTC
from tests.core.paper.builders import CROSS, SHORT, do, fresh, only, scene, stops, wish

NOW = scene(btc=68_424)


def test_a_long_at_10x_meets_its_liquidation_near_its_limit() -> None:
    account = do(fresh(), wish("0.292"), NOW)
    played = forwarded(account, only(account), NOW)
    last = played.happened[-1]
    assert isinstance(last.event, PoolLiquidated)
    assert D("61600") < last.scene.mark(BTC) <= D("61829")
    assert not played.account.positions


def test_a_short_meets_it_on_the_way_up() -> None:
    account = do(fresh(), wish("0.292", SHORT), NOW)
    last = forwarded(account, only(account), NOW).happened[-1]
    assert isinstance(last.event, PoolLiquidated)
    assert last.scene.mark(BTC) > D("74000")


def test_the_account_itself_stays_as_it_is() -> None:
    account = do(fresh(), wish("0.292"), NOW)
    before = account
    forwarded(account, only(account), NOW)
    assert account == before
    assert NOW.mark(BTC) == D(68_424)


def test_what_stands_the_move_stands_at_its_end() -> None:
    account = do(fresh(), wish("0.292", mode=CROSS), NOW)
    played = forwarded(account, only(account), NOW)
    assert (played.happened, played.account) == ((), account)
    assert played.scene.mark(BTC) == D("61581.6")


def test_a_stop_on_the_way_saves_the_copy() -> None:
    account = do(fresh(), wish("0.292", stops=stops(65_000)), NOW)
    (happened,) = forwarded(account, only(account), NOW).happened
    assert isinstance(happened.event, PositionReduced)
    assert happened.event.reason == "stop_loss"

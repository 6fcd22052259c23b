"""Closing, in part and whole: what comes back, and what the rest keeps."""

from dataclasses import replace

import pytest

from core.errors import NoPrice
from core.margin.liquidation import liquidation_band
from core.money import D
from core.paper.account import PaperAccount
from core.paper.closing import all_closed, closed_at_market, part_of, reduced, split
from core.paper.errors import Overdrawn
from core.paper.events import PositionReduced
from core.paper.scene import Fill
from tests.builders import BTC, ETH, SOL, amount, price, rate
from tests.core.paper.builders import (
    CROSS,
    SHORT,
    after,
    do,
    fresh,
    only,
    quantity,
    scene,
    wish,
)

NOW = scene(btc=60_000, eth=2_000)


def at(mark: int | str, fee: str | int = 0) -> Fill:
    return Fill(price=price(mark), rate=rate(fee))


def offset() -> PaperAccount:
    """A cross long BTC and a cross short ETH on 2,100."""
    account = do(fresh(2_100), wish("0.1", mode=CROSS), NOW)
    return do(account, wish(3, SHORT, CROSS, symbol=ETH), NOW)


def test_a_share_is_rounded_down_to_the_quantum_and_the_whole_is_the_whole() -> None:
    assert split(amount(10), quantity(1), quantity(3)) == D("3.33333333")
    assert split(amount("10.000000001"), quantity(3), quantity(3)) == D("10.000000001")


def test_a_part_takes_its_share_of_the_pocket_and_the_cost() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    event = reduced(account, only(account), quantity("0.111"), at(63_000, "0.0005"))
    assert [event.cost, event.margin, event.pnl] == [6_660, 666, 333]
    assert (event.fee, event.reason) == (D("3.4965"), "close")
    now = after(account, (event,))
    assert now.wallet == D("7992.01") + 666 + 333 - D("3.4965")
    assert [only(now).margin, only(now).leg.entry_cost] == [1_332, 13_320]


def test_the_rest_of_an_isolated_position_keeps_its_liquidation_price() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    rest = after(account, (reduced(account, only(account), quantity("0.222"), at(57_000)),))
    before, now = (
        liquidation_band(a.pool(only(a)), BTC, NOW.marks, NOW.listing) for a in (account, rest)
    )
    assert before == now == (D(54_000) / D("0.996"), None)


def test_uneven_parts_lose_nothing() -> None:
    account = do(fresh(), wish("0.007"), scene(btc="60000.1"))
    parts = []
    for _ in range(7):
        event = reduced(account, only(account), quantity("0.001"), at("60000.1"))
        parts.append(event)
        account = after(account, (event,))
    assert account.positions == ()
    assert sum(p.cost for p in parts) == D("0.007") * D("60000.1")
    assert sum(p.margin for p in parts) == D("0.007") * D("6000.01")


def test_results_are_rounded_against_the_trader() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    event = reduced(account, only(account), quantity("0.001"), at("60000.123456789", "0.0005"))
    assert event.pnl == D("0.00012345")
    assert event.fee == D("0.03000007")


def test_a_short_gains_when_the_price_falls() -> None:
    account = do(fresh(), wish("0.333", SHORT), NOW)
    event = reduced(account, only(account), quantity("0.333"), at(57_000))
    assert [event.pnl, event.margin] == [999, 1_998]
    assert after(account, (event,)).wallet == D("7992.01") + 2_997


def test_a_cross_close_realises_into_the_wallet() -> None:
    account = do(fresh(), wish("0.333", mode=CROSS), NOW)
    now = after(account, (reduced(account, only(account), quantity("0.333"), at(57_000)),))
    assert (now.wallet, now.positions) == (D("9990.01") - 999, ())


def test_a_cross_loss_beyond_the_wallet_is_refused_though_gains_stand_beside_it() -> None:
    account, there = offset(), scene(btc=30_000, eth=500)
    with pytest.raises(Overdrawn) as refused:
        closed_at_market(account, account.position(1), quantity("0.1"), there, "close")
    assert refused.value.number == 1
    assert refused.value.loss == 3_000 + D("1.5")
    assert refused.value.wallet == 2_100 - 3 - 3
    kept = replace(account, wallet=amount("3001.5"))
    event = closed_at_market(kept, kept.position(1), quantity("0.1"), there, "close")
    assert after(kept, (event,)).wallet == 0


def test_an_isolated_loss_beyond_its_pocket_is_refused_however_rich_the_wallet() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    with pytest.raises(Overdrawn):
        reduced(account, only(account), quantity("0.333"), at(53_999))
    event = reduced(account, only(account), quantity("0.333"), at(54_000))
    assert after(account, (event,)).wallet == D("7992.01")


def test_a_close_at_the_market_fills_on_the_worse_side() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    worse = scene(spread="0.0001", btc=60_000)
    event = closed_at_market(account, only(account), quantity("0.333"), worse, "stop_loss")
    assert [event.price, event.reason] == [59_994, "stop_loss"]
    assert event.fee == D("0.333") * 59_994 * D("0.0005")
    with pytest.raises(NoPrice):
        closed_at_market(account, only(account), quantity("0.333"), scene(eth=1), "close")


def test_closing_everything_lets_gains_pay_losses() -> None:
    account, there = offset(), scene(btc=30_000, eth=500)
    events = all_closed(account, there)
    assert [e.number for e in events if isinstance(e, PositionReduced)] == [2, 1]
    now = after(account, events)
    # wallet 2,094 + 4,500 - 0.75 - 3,000 - 1.5
    assert (now.wallet, now.positions) == (D("3591.75"), ())


def test_closing_everything_is_refused_where_gains_do_not_reach() -> None:
    with pytest.raises(Overdrawn):
        all_closed(offset(), scene(btc=10_000, eth=2_000))


def test_closing_what_is_cross_leaves_isolated_positions_alone() -> None:
    account = do(offset(), wish(3, symbol=SOL), scene(btc=60_000, eth=2_000, sol=150))
    there = scene(btc=60_000, eth=2_000)
    assert len(all_closed(account, there, cross_only=True)) == 2
    with pytest.raises(NoPrice):
        all_closed(account, there)


def test_nothing_is_closed_where_nothing_is_open() -> None:
    assert all_closed(fresh(), NOW) == ()


def test_of_all_a_part_is_closed_that_stands_on_the_step() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    account = do(account, wish(1, SHORT, CROSS, symbol=ETH), NOW)
    events = all_closed(account, NOW, percent=D(50))
    assert {e.number: e.quantity for e in events if isinstance(e, PositionReduced)} == {
        1: D("0.166"),
        2: D("0.5"),
    }


@pytest.mark.parametrize(
    ("held", "wanted", "part"),
    [
        ("0.333", "0.1665", "0.166"),
        ("0.333", "0.0001", "0.001"),
        ("0.333", "9", "0.333"),
        ("0.333", "0.3305", "0.33"),
        ("0.333", "0.3325", "0.333"),
        ("0.004", "0.0025", "0.002"),
        ("0.001", "0.0005", "0.001"),
    ],
)
def test_a_part_is_at_least_a_step_and_leaves_no_rest_too_small(
    held: str, wanted: str, part: str
) -> None:
    account = do(fresh(), wish(held), NOW)
    assert part_of(only(account), D(wanted), NOW) == D(part)


def test_a_rest_is_too_small_by_the_price_it_would_stand_at() -> None:
    account = do(fresh(), wish("0.004"), NOW)
    assert part_of(only(account), D("0.002"), NOW) == D("0.002")
    assert part_of(only(account), D("0.002"), NOW, price(10_000)) == D("0.004")

"""One trade behind two walls."""

from dataclasses import replace

import pytest

from core.errors import ExceedsWallet, IsolatedOnly
from core.margin.compare import Comparison, Moment, compare, outcome
from core.margin.pool import Leg, MarginMode, Pool
from core.margin.risk import Risk
from core.market import Listing
from core.money import D, Price
from core.venue import HYPERLIQUID
from tests.builders import (
    BTC,
    BTCUSDT,
    ETH,
    ETHUSDT,
    Number,
    amount,
    bybit,
    cross,
    flat,
    instrument,
    isolated,
    listing,
    long,
    marks,
    price,
    short,
)


def compared(
    leg: Leg, wallet: Number = 10_000, rules: Listing | None = None, *others: Leg
) -> Comparison:
    seen = marks(btc=leg.entry_price, eth=2_000)
    return compare(leg, amount(wallet), seen, rules or listing(), others)


def codes(comparison: Comparison) -> list[str]:
    return [point.code for point in comparison.points]


def moment(comparison: Comparison, move: str) -> Moment:
    return next(m for m in comparison.moments if m.move == D(move))


def test_the_entry_fee_leaves_the_wallet_before_the_wall_is_built() -> None:
    found = compared(long("0.292", 68424))
    assert found.fee == D("9.989904")
    assert found.isolated.max_loss == D("1997.9808")
    assert found.cross.max_loss == D("9990.010096")


def test_each_mode_is_asked_by_its_name() -> None:
    found = compared(long("0.292", 68424))
    assert found.of(MarginMode.ISOLATED) is found.isolated
    assert found.of(MarginMode.CROSS) is found.cross
    assert (found.isolated.mode, found.cross.mode) == (MarginMode.ISOLATED, MarginMode.CROSS)


def test_the_steps_are_those_of_a_long_and_mirrored_for_a_short() -> None:
    up = [m.move for m in compared(long("0.1", 60_000)).moments]
    down = [m.move for m in compared(short("0.1", 60_000)).moments]
    assert up == [D("0.10"), D("-0.05"), D("-0.10"), D("-0.20"), D("-0.50")]
    assert down == [-move for move in up]


def test_until_a_wall_breaks_both_modes_have_the_same_result() -> None:
    found = moment(compared(long("0.292", 68424)), "-0.05")
    assert found.isolated == found.cross == D("-998.9904")
    assert not found.isolated_gone
    assert not found.cross_gone


def test_once_liquidated_the_loss_is_everything_inside_the_wall() -> None:
    comparison = compared(long("0.292", 68424))
    found = moment(comparison, "-0.20")
    assert (found.isolated_gone, found.cross_gone) == (True, False)
    assert [found.isolated, found.cross] == [D("-1997.9808"), D("-3995.9616")]
    last = moment(comparison, "-0.50")
    assert (last.isolated_gone, last.cross_gone) == (True, True)
    assert last.cross == D("-9990.010096")


def test_any_price_can_be_asked() -> None:
    comparison = compared(long("0.292", 68424))
    assert comparison.at(price("34212")) == moment(comparison, "-0.50")
    assert comparison.at(price("82108.8")).isolated == D("3995.9616")


def test_a_position_is_gone_at_its_price_and_beyond() -> None:
    for leg, beyond in ((long("0.1", 60_000), -1), (short("0.1", 60_000), 1)):
        found = compared(leg).isolated
        assert found.limit is not None
        assert found.is_gone(found.limit)
        assert found.is_gone(price(found.limit + beyond))
        assert not found.is_gone(price(found.limit - beyond))


def test_a_position_without_a_liquidation_price_is_never_gone() -> None:
    found = compared(long("0.1", 60_000, 1)).isolated
    assert (found.limit, found.shown_limit, found.at_limit, found.bracket) == (None,) * 4
    assert not found.is_gone(price("0.1"))


def test_the_risk_at_the_limit_has_no_cushion_and_the_tier_there() -> None:
    found = compared(long(6, 60_000, 2), 200_000).isolated
    assert isinstance(found.at_limit, Risk)
    assert abs(found.at_limit.cushion) < D("1e-24")
    assert found.bracket is not None
    assert found.bracket.maintenance_rate == D("0.004")
    assert found.risk.maintenance_margin == 360_000 * D("0.005") - 300


def test_what_is_printed_stands_on_the_tick() -> None:
    found = compared(long("0.292", 68424))
    assert [found.isolated.shown_limit, found.cross.shown_limit] == [D("61829.0"), D("34349.1")]
    assert found.isolated.bankruptcy == D("61581.6")


def test_the_cross_wall_also_holds_the_others() -> None:
    other = long(1, 2_000, symbol=ETH)
    found = compared(long("0.1", 60_000), 10_000, None, other)
    assert found.cross.pool.legs == (other, found.leg)
    assert found.isolated.pool.legs == (found.leg,)
    alone = compared(long("0.1", 60_000))
    assert found.isolated == alone.isolated
    assert found.cross.risk.maintenance_margin == alone.cross.risk.maintenance_margin + 8


def test_margin_and_fee_must_fit_the_wallet() -> None:
    compared(long(1, 10_000, 10), 1_005)
    with pytest.raises(ExceedsWallet) as caught:
        compared(long(1, 10_000, 10), D("1004.99"))
    assert [caught.value.needed, caught.value.wallet] == [1_005, D("1004.99")]


def test_on_bybit_the_fee_of_closing_must_fit_too() -> None:
    needed = 1_000 + D("5.5") + D("4.95")
    found = compared(long(1, 10_000, 10), needed, listing(bybit(BTCUSDT)))
    assert found.isolated.max_loss == D("1004.95")
    with pytest.raises(ExceedsWallet):
        compared(long(1, 10_000, 10), needed - D("0.01"), listing(bybit(BTCUSDT)))


def test_a_contract_without_cross_is_not_compared() -> None:
    only = replace(BTCUSDT, isolated_only=True)
    with pytest.raises(IsolatedOnly) as caught:
        compared(long(1, 10_000), 10_000, listing(only))
    assert caught.value.fields() == {"symbol": "BTCUSDT", "venue": "Binance"}


def test_where_the_trader_keeps_the_remainder_less_than_the_wall_is_lost() -> None:
    rules = listing(instrument(BTC, flat("0.01")), venue=HYPERLIQUID)
    found = compared(long(1, 10_000, 10), 5_000, rules).isolated
    assert found.at_limit is not None
    assert found.max_loss == 1_000
    assert found.closed_loss == 1_000 - found.at_limit.margin_balance
    assert 0 < found.closed_loss < 1_000


def test_elsewhere_a_liquidation_takes_everything_inside_the_wall() -> None:
    found = compared(long(1, 10_000, 10), 5_000)
    for each in (found.isolated, found.cross):
        assert each.closed_loss == each.max_loss == each.pool.collateral


def both_ways(pool: Pool) -> list[Price | None]:
    seen = marks(btc=60_000, eth=2_000)
    return [outcome(pool, leg, seen, listing(BTCUSDT, ETHUSDT)).limit for leg in pool.legs]


def test_both_legs_of_a_hedge_share_the_price_on_the_side_the_net_position_loses() -> None:
    net_long, net_short = (long(2, 60_000), short(1, 60_000)), (long(1, 60_000), short(2, 60_000))
    below = both_ways(cross(10_000, *net_long))
    above = both_ways(cross(10_000, *net_short))
    assert below[0] == below[1] == (10_000 - D(60_000)) / (3 * D("0.004") - 1)
    assert above[0] == above[1]
    assert above[0] is not None
    assert above[0] > 60_000


def test_a_hedge_is_gone_on_either_side() -> None:
    rules = listing(instrument(BTC, flat("0.4")))
    pool = cross(2_000, long(2, 1_000), short(1, 1_000))
    found = outcome(pool, pool.legs[0], marks(btc=1_000), rules)
    assert found.band.lower is None
    assert found.limit == found.band.upper == 5_000
    assert found.is_gone(price(5_000))
    assert not found.is_gone(price("4999.9"))


def test_the_same_loss_is_said_when_isolated_dies_and_cross_stands_at_that_loss() -> None:
    found = compared(long("0.292", 68424))
    assert codes(found) == ["same_loss", "leverage_moves_isolated_only"]
    assert found.points[0].fields == {
        "move": D("-0.10"),
        "isolated_loss": D("1997.9808"),
        "cross_loss": D("1997.9808"),
        "rest": D("7992.029296"),
    }
    assert found.points[1].fields == {"quantity": D("0.292")}


def test_the_cap_is_said_when_cross_has_lost_more_where_isolated_died() -> None:
    found = compared(long("0.2", 60_000, 15))
    assert codes(found) == ["isolated_capped", "leverage_moves_isolated_only"]
    fields = found.points[0].fields
    assert fields["isolated_loss"] == 800
    assert fields["cross_loss"] == 1_200
    assert fields["rest"] == found.cross.max_loss - 1_200


def test_both_gone_is_said_when_the_wallet_is_hardly_more_than_the_margin() -> None:
    found = compared(long("0.1", 60_000, 10), 610)
    assert codes(found)[0] == "both_gone"
    assert found.points[0].fields == {
        "move": D("-0.10"),
        "isolated_loss": D(600),
        "cross_loss": D("607"),
    }


def test_a_far_liquidation_and_none_at_all_are_told_apart() -> None:
    assert codes(compared(long("0.1", 60_000, "1.5"))) == ["isolated_far", "cross_never"]
    assert codes(compared(long("0.1", 60_000, 1))) == ["isolated_never", "cross_never"]


def test_leverage_is_no_lesson_where_isolated_has_no_price() -> None:
    found = compared(long("0.1", 60_000, 1), 20_000, None, long(20, 2_800, symbol=ETH))
    assert codes(found) == ["isolated_never"]
    assert found.cross.limit is not None


def test_a_short_reads_as_the_mirror_of_a_long() -> None:
    found = compared(short("0.1", 60_000))
    worst = moment(found, "0.50")
    assert (worst.isolated_gone, worst.cross_gone) == (True, False)
    assert [worst.isolated, worst.cross] == [-600, -3_000]


def test_a_leg_can_be_asked_in_a_pool_of_its_own() -> None:
    leg = long("0.1", 60_000)
    found = outcome(isolated(leg, 800), leg, marks(btc=60_000), listing())
    assert found.max_loss == 800
    assert found.limit == (D(800) - 6_000) / (D("0.1") * (D("0.004") - 1))

"""Several legs behind two walls."""

from dataclasses import replace

import pytest

from core.errors import ExceedsWallet, IsolatedOnly
from core.margin.liquidation import liquidation_band
from core.margin.pair import PairComparison, compare_pair
from core.margin.pool import Leg
from core.margin.risk import risk
from core.market import Listing
from core.money import D
from core.venue import HYPERLIQUID
from tests.builders import (
    BTC,
    BTCUSDT,
    ETH,
    ETHUSDT,
    Number,
    amount,
    bybit,
    flat,
    instrument,
    isolated,
    listing,
    long,
    marks,
    short,
)

HEDGE = (long("0.1", 60_000), short(3, 2_000, symbol=ETH))
SEEN = marks(btc=60_000, eth=2_000)


def paired(*legs: Leg, wallet: Number = 10_000, rules: Listing | None = None) -> PairComparison:
    return compare_pair(legs, amount(wallet), SEEN, rules or listing())


def test_isolated_every_leg_has_a_pocket_and_cross_they_share_one() -> None:
    found = paired(*HEDGE)
    assert [o.pool for o in found.isolated] == [isolated(leg) for leg in HEDGE]
    assert {o.pool for o in found.cross} == {found.cross[0].pool}
    assert found.cross[0].pool.legs == HEDGE
    assert [o.leg for o in found.cross] == list(HEDGE)


def test_the_wallet_is_split_into_fees_pockets_and_what_stays_free() -> None:
    found = paired(*HEDGE)
    assert [found.wallet, found.fee, found.free] == [10_000, 6, 10_000 - 6 - 1_200]
    assert found.cross[0].max_loss == 9_994


def test_every_outcome_is_that_of_its_pool() -> None:
    found = paired(*HEDGE)
    for each in (*found.isolated, *found.cross):
        assert each.band == liquidation_band(each.pool, each.leg.symbol, SEEN, listing())


def test_the_first_loss_is_the_nearest_isolated_price_either_way() -> None:
    found = paired(*HEDGE).first_loss
    assert found is not None
    # BTC falls at -9.64 %, the ETH short at +9.56 %.
    assert found.legs == (HEDGE[1],)
    assert found.move == D(2_200) / D("1.004") / 2_000 - 1


def test_after_the_first_loss_isolated_keeps_the_other_pocket_and_the_free_wallet() -> None:
    found = paired(*HEDGE)
    assert found.first_loss is not None
    gain = 6_000 * found.first_loss.move
    assert found.first_loss.isolated_left == found.free + 600 + gain
    assert found.first_loss.cross_left == pytest.approx(D(9_994), abs=D("1e-24"))


def test_where_the_trader_keeps_the_remainder_it_is_left_too() -> None:
    rules = listing(BTCUSDT, ETHUSDT, venue=HYPERLIQUID)
    plain, kept = paired(*HEDGE), paired(*HEDGE, rules=rules)
    assert plain.first_loss is not None
    assert kept.first_loss is not None
    (dead,) = (o for o in kept.isolated if o.leg in kept.first_loss.legs)
    assert dead.at_limit is not None
    difference = kept.first_loss.isolated_left - plain.first_loss.isolated_left
    assert difference == pytest.approx(dead.at_limit.margin_balance, abs=D("1e-24"))
    assert difference > 0


def test_without_leverage_nothing_is_lost_first() -> None:
    found = paired(long("0.1", 60_000, 1), long(1, 2_000, 1, symbol=ETH))
    assert found.first_loss is None
    assert [found.joint.fall, found.joint.rise] == [None, None]


def test_a_hedge_in_cross_survives_any_fall_that_kills_its_pockets() -> None:
    found = paired(*HEDGE)
    assert found.joint.fall is None
    assert found.joint.rise is not None
    assert found.joint.rise > 5


def test_all_margins_and_fees_must_fit_the_wallet() -> None:
    assert paired(*HEDGE, wallet=1_206).free == 0
    with pytest.raises(ExceedsWallet) as caught:
        paired(*HEDGE, wallet=D("1205.99"))
    assert caught.value.needed == 1_206


def test_on_bybit_the_fees_of_closing_are_posted_with_the_margin() -> None:
    rules = listing(bybit(BTCUSDT), bybit(ETHUSDT))
    found = paired(*HEDGE, rules=rules)
    closing = D("0.00055") * (5_400 + 6_600)
    assert found.free == 10_000 - D("6.6") - 1_200 - closing


def test_a_contract_without_cross_is_not_paired() -> None:
    only = replace(ETHUSDT, isolated_only=True)
    with pytest.raises(IsolatedOnly) as caught:
        paired(*HEDGE, rules=listing(BTCUSDT, only))
    assert caught.value.symbol == "ETHUSDT"


def test_two_legs_of_one_symbol_share_their_cross_price() -> None:
    rules = listing(instrument(BTC, flat("0.004")))
    found = paired(long("0.5", 60_000), short("0.2", 60_000), rules=rules)
    assert found.cross[0].limit == found.cross[1].limit == found.cross[0].band.lower
    assert found.isolated[0].limit != found.isolated[1].limit


def test_what_cross_has_left_is_its_balance_after_the_same_move() -> None:
    found = paired(long("0.1", 60_000, 20), long(3, 2_000, 5, symbol=ETH))
    first = found.first_loss
    assert first is not None
    there = marks(btc=60_000 * (1 + first.move), eth=2_000 * (1 + first.move))
    assert first.cross_left == risk(found.cross[0].pool, there, listing()).margin_balance
    assert first.move < 0


def test_legs_that_fall_at_the_same_move_are_all_lost() -> None:
    found = paired(long("0.1", 60_000), long(3, 2_000, symbol=ETH))
    first = found.first_loss
    assert first is not None
    assert first.legs == tuple(o.leg for o in found.isolated)
    assert first.lost == sum(o.closed_loss for o in found.isolated)
    assert first.isolated_left == found.free
    assert not first.cross_gone


def test_a_leg_that_falls_a_little_later_still_stands() -> None:
    found = paired(long("0.1", 60_000), long(3, 2_000, D("9.99"), symbol=ETH))
    first = found.first_loss
    assert first is not None
    assert first.legs == (found.isolated[0].leg,)
    assert first.isolated_left > found.free


def test_a_pool_that_falls_with_its_pockets_has_nothing_left() -> None:
    found = paired(long("0.1", 60_000), long(3, 2_000, symbol=ETH), wallet=1_206)
    first = found.first_loss
    assert first is not None
    assert first.cross_gone
    assert first.cross_left == 0
    assert found.joint.fall is not None
    assert found.joint.fall >= first.move

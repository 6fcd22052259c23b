"""Use cases round one trade: placed, compared, shrunk where only a default was too large."""

import pytest

from core.errors import LeverageTooHigh
from core.margin.pool import Side
from core.margin.sizing import Size, SizeKind, Trade
from core.money import Amount, D, Price, Rate
from core.services.compare import Compare, Terms
from core.services.prices import Prices
from tests.builders import BTC, ETH, instrument, ladder, listing
from tests.fakes.ports import FixedClock, FixedMarks

LADDER = ladder((0, 100, "0.004"), (300000, 50, "0.005"), end=800000)


@pytest.fixture
def compare() -> Compare:
    listed = listing(instrument(BTC, LADDER), instrument(ETH, LADDER))
    marks = FixedMarks({"BTCUSDT": 60000, "ETHUSDT": 2000})
    return Compare(Prices({"binance": listed}, marks, FixedClock()))


def trade(leverage: int = 10, margin: int = 2000, entry: int | None = None) -> Trade:
    size = Size(SizeKind.MARGIN, D(margin))
    return Trade(BTC, Side.LONG, Rate(D(leverage)), size, Price(D(entry)) if entry else None)


def terms(wallet: int = 10000, *, may_shrink: bool = False, fee: str | None = None) -> Terms:
    own = None if fee is None else D(fee)
    return Terms(venue="binance", wallet=Amount(D(wallet)), fee=own, may_shrink=may_shrink)


def test_a_trade_is_seen_behind_both_walls(compare: Compare) -> None:
    seen = compare(trade(), terms())
    assert seen.comparison.isolated.max_loss == D("1998")
    assert seen.comparison.cross.max_loss == D("9990.01")
    assert not seen.shrunk


def test_a_typed_entry_is_where_the_trade_starts(compare: Compare) -> None:
    assert compare.place(trade(entry=50000), terms()).leg.entry_price == 50000


def test_a_fee_of_ones_own_is_what_the_entry_costs(compare: Compare) -> None:
    assert compare(trade(), terms(fee="0")).comparison.fee == 0


def test_a_typed_size_beyond_the_tier_is_refused(compare: Compare) -> None:
    with pytest.raises(LeverageTooHigh):
        compare(trade(100, 5000), terms())


def test_a_default_beyond_the_tier_shrinks_to_it(compare: Compare) -> None:
    seen = compare(trade(100, 5000), terms(may_shrink=True))
    assert seen.shrunk
    assert D(299000) < seen.comparison.leg.entry_cost <= D(300000)


def test_a_leverage_that_no_tier_has_is_refused_even_for_a_default(compare: Compare) -> None:
    with pytest.raises(LeverageTooHigh):
        compare(trade(125, 1000), terms(may_shrink=True))


def test_two_trades_share_one_stage(compare: Compare) -> None:
    other = Trade(ETH, Side.SHORT, Rate(D(10)), Size(SizeKind.MARGIN, D(1000)))
    stage, pair = compare.pair([trade(margin=1000), other], terms())
    assert [o.leg.symbol for o in pair.isolated] == [BTC, ETH]
    assert stage.marks.price(ETH) == 2000

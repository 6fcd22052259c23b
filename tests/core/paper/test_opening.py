"""Opening, adding, turning round: the figures worked by hand."""

from dataclasses import replace

import pytest

from core.errors import Delisted, IsolatedOnly, LeverageTooHigh
from core.margin.liquidation import liquidation_band
from core.margin.pool import PositionMode
from core.margin.sizing import Size, SizeKind, Trade, place
from core.money import D, Price
from core.paper.account import PaperAccount
from core.paper.actions import SetStops
from core.paper.errors import Insufficient, LeverageFixed, ModeFixed, NothingToReduce, Overdrawn
from core.paper.events import PositionIncreased, PositionReduced
from core.paper.opening import opened, placed
from core.paper.scene import Fill, Scene
from tests.builders import BTC, ETH, amount, price, rate
from tests.core.paper.builders import (
    CROSS,
    ISOLATED,
    LONG,
    SHORT,
    after,
    do,
    fresh,
    only,
    put,
    scene,
    stops,
    venue,
    wish,
)

NOW = scene(btc=60_000, eth=2_000)


def limit(account: PaperAccount, now: Scene) -> Price:
    """The lower liquidation price of the one position."""
    position = only(account)
    pool = account.pool(position)
    found = liquidation_band(pool, position.leg.symbol, now.marks, now.listing).lower
    assert found is not None
    return found


def hedged(account: PaperAccount) -> PaperAccount:
    return replace(account, position_mode=PositionMode.HEDGE)


def test_ten_times_two_thousand_isolated() -> None:
    trade = Trade(BTC, LONG, rate(10), Size(SizeKind.MARGIN, D(2_000)))
    leg = place(trade, price(60_000), amount(10_000), NOW.listing)
    assert leg.quantity == D("0.333")
    account = do(fresh(), wish(leg.quantity), NOW)
    # notional 19,980: margin a tenth, fee 0.05 %
    position = only(account)
    assert [position.margin, position.number, position.mode] == [1_998, 1, ISOLATED]
    assert account.wallet == 10_000 - 1_998 - D("9.99")
    # E (1 - 1/10) / (1 - 0.4 %)
    assert limit(account, NOW) == D(54_000) / D("0.996")


def test_ten_times_two_thousand_cross() -> None:
    account = do(fresh(), wish("0.333", mode=CROSS), NOW)
    assert [only(account).margin, account.wallet] == [0, D("9990.01")]
    # (wallet - q E) / (q (m - 1))
    assert limit(account, NOW) == (D("9990.01") - 19_980) / (D("0.333") * D("-0.996"))


def test_a_market_order_fills_worse_than_the_mark() -> None:
    account = do(fresh(), wish("0.1"), scene(spread="0.0001", btc=60_000))
    assert only(account).leg.entry_cost == D("0.1") * 60_006


def test_adding_averages_the_entry_by_cost() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    account = do(account, wish("0.167"), scene(btc=66_000))
    leg, margin = only(account).leg, only(account).margin
    assert [leg.quantity, leg.entry_cost] == [D("0.5"), 19_980 + 11_022]
    assert leg.entry_price == 62_004
    assert margin == 1_998 + D("1102.2")
    assert account.wallet == D("7992.01") - D("1102.2") - D("5.511")
    assert only(account).number == 1


def test_adding_keeps_stops_unless_it_brings_its_own() -> None:
    account = do(fresh(), wish("0.1", stops=stops(55_000)), NOW)
    account = do(account, wish("0.1"), NOW)
    assert only(account).stops == stops(55_000)
    account = do(account, wish("0.1", stops=stops(56_000, 70_000)), NOW)
    assert only(account).stops == stops(56_000, 70_000)


def test_a_fill_against_a_position_closes_it_first() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    account = do(account, wish("0.111", SHORT), scene(btc=63_000))
    # a third of the pocket comes back, with a gain of 333 and a fee of 6,993 x 0.05 %
    assert account.wallet == D("7992.01") + 666 + 333 - D("3.4965")
    assert [only(account).leg.quantity, only(account).margin] == [D("0.222"), 1_332]


def test_a_flip_realises_the_old_and_opens_only_the_rest() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    intent = wish("0.5", SHORT, leverage=20)
    there = scene(btc=61_500)
    fill = Fill(price=price(61_500), rate=rate("0.0005"))
    closed, made = opened(account, intent, fill, there)
    assert isinstance(closed, PositionReduced)
    assert isinstance(made, PositionIncreased)
    assert (closed.reason, closed.pnl, closed.fee) == ("flip", D("499.5"), D("10.23975"))
    assert (made.number, made.leg.quantity) == (2, D("0.167"))
    assert (made.margin, made.fee) == (D("513.525"), D("5.13525"))
    now = after(account, (closed, made))
    assert now.wallet == D("7992.01") + 1_998 + D("499.5") - D("10.23975") - D("518.66025")
    assert [only(now).leg.side, only(now).leg.leverage] == [SHORT, 20]


def test_a_fill_of_exactly_the_position_opens_nothing() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    fill = Fill(price=price(60_000), rate=rate(0))
    (closed,) = opened(account, wish("0.333", SHORT), fill, NOW)
    assert isinstance(closed, PositionReduced)
    assert closed.reason == "close"
    assert after(account, (closed,)).positions == ()


def test_with_two_legs_side_by_side_nothing_is_closed() -> None:
    account = do(hedged(fresh()), wish("0.1"), NOW)
    account = do(account, wish("0.05", SHORT), NOW)
    assert [(p.number, p.leg.side) for p in account.positions] == [(1, LONG), (2, SHORT)]
    assert [p.margin for p in account.positions] == [600, 300]
    account = do(account, wish("0.05", SHORT), NOW)
    assert account.position(2).leg.quantity == D("0.1")


def test_in_hedge_mode_only_a_reducing_order_closes_the_other_leg() -> None:
    account = do(hedged(fresh()), wish("0.1"), NOW)
    account = do(account, wish("0.04", SHORT, reduce_only=True), NOW)
    assert only(account).leg.quantity == D("0.06")


def test_a_reducing_order_closes_at_most_what_there_is() -> None:
    account = do(fresh(), wish("0.1"), NOW)
    (event,) = opened(
        account,
        wish("5", SHORT, reduce_only=True),
        Fill(price=price(60_000), rate=rate(0)),
        NOW,
    )
    assert isinstance(event, PositionReduced)
    assert (event.quantity, event.reason) == (D("0.1"), "close")


@pytest.mark.parametrize("held", ["nothing", "the same side"])
def test_a_reducing_order_never_opens(held: str) -> None:
    account = fresh() if held == "nothing" else do(fresh(), wish("0.1"), NOW)
    with pytest.raises(NothingToReduce):
        do(account, wish("0.1", reduce_only=True), NOW)


def test_margin_and_fee_must_be_available() -> None:
    with pytest.raises(Insufficient) as refused:
        do(fresh(2_000), wish("0.333"), scene(btc="60060.1"))
    needed = D("0.333") * D("60060.1")
    assert refused.value.needed == needed / 10 + needed * D("0.0005")
    assert refused.value.available == 2_000
    exactly = fresh(D("1998") + D("9.99"))
    assert do(exactly, wish("0.333"), NOW).wallet == 0


def test_cross_margin_must_be_available_too_though_it_does_not_move() -> None:
    with pytest.raises(Insufficient):
        do(fresh(2_000), wish("0.334", mode=CROSS), NOW)


def test_a_flip_may_use_what_the_old_position_frees() -> None:
    account = do(fresh(2_100), wish("0.333"), NOW)
    turned = do(account, wish("0.6", SHORT), NOW)
    assert only(turned).leg.quantity == D("0.267")


def test_a_flip_whose_loss_nobody_could_pay_is_refused() -> None:
    account = do(fresh(2_100), wish("0.333"), NOW)
    with pytest.raises(Overdrawn):
        do(account, wish("0.6", SHORT), scene(btc=53_000))


def test_the_tier_of_the_whole_position_must_allow_the_leverage() -> None:
    account = do(fresh(100_000), wish(4, leverage=125), NOW)
    with pytest.raises(LeverageTooHigh) as refused:
        do(account, wish(2, leverage=125), NOW)
    assert [refused.value.highest, refused.value.notional] == [100, 360_000]


def test_a_position_holds_its_symbol_to_its_leverage() -> None:
    account = do(fresh(), wish("0.1"), NOW)
    with pytest.raises(LeverageFixed) as refused:
        do(account, wish("0.1", leverage=20), NOW)
    assert refused.value.leverage == 10


def test_binance_holds_a_symbol_to_the_mode_of_its_position() -> None:
    account = do(fresh(), wish("0.1"), NOW)
    with pytest.raises(ModeFixed) as refused:
        do(account, wish("0.1", mode=CROSS), NOW)
    assert (refused.value.symbol, refused.value.mode) == (BTC, "isolated")
    assert len(do(account, wish(1, mode=CROSS, symbol=ETH), NOW).positions) == 2


def test_binance_holds_a_symbol_to_the_mode_of_its_orders() -> None:
    account = do(fresh(), wish("0.1", mode=CROSS, at=50_000), NOW)
    with pytest.raises(ModeFixed) as refused:
        do(account, wish("0.1"), NOW)
    assert refused.value.mode == "cross"


def test_bybit_holds_the_account_to_one_mode() -> None:
    now = scene("bybit", btc=60_000)
    with pytest.raises(ModeFixed) as refused:
        do(fresh(venue_id="bybit"), wish("0.1", mode=CROSS), now)
    assert (refused.value.symbol, refused.value.mode) == ("", "isolated")
    assert only(do(fresh(venue_id="bybit"), wish("0.1"), now)).isolated


def test_okx_asks_for_the_mode_of_one_side_only() -> None:
    now = scene("okx", btc=60_000)
    account = do(hedged(fresh(venue_id="okx")), wish("0.1"), now)
    both = do(account, wish("0.1", SHORT, CROSS), now)
    assert [p.isolated for p in both.positions] == [True, False]
    with pytest.raises(ModeFixed):
        do(account, wish("0.1", mode=CROSS), now)


def test_an_isolated_only_contract_is_not_traded_in_cross() -> None:
    own = venue("hyperliquid")
    now = scene(put(own, replace(own.instrument(BTC), isolated_only=True)), btc=60_000)
    with pytest.raises(IsolatedOnly):
        do(fresh(), wish("0.1", mode=CROSS), now)
    assert only(do(fresh(), wish("0.1"), now)).isolated


def test_bybit_posts_the_closing_fee_with_the_margin() -> None:
    now = scene("bybit", btc=60_000)
    account = do(fresh(venue_id="bybit"), wish("0.1"), now)
    # 6,000: a tenth, and 6,000 x 0.9 x 0.055 % to close at bankruptcy; 3.3 to open
    assert only(account).margin == 600 + D("2.97")
    assert account.wallet == 10_000 - D("602.97") - D("3.3")


def test_a_limit_order_rests_and_keeps_margin_aside() -> None:
    account = do(fresh(), wish("0.333", at=58_000), NOW)
    (order,) = account.orders
    assert [order.number, account.last_number, order.price] == [1, 1, 58_000]
    assert account.wallet == 10_000
    assert account.available(NOW.marks, NOW.listing) == 10_000 - D("1941.057")


def test_an_order_that_is_filled_frees_what_it_kept_aside() -> None:
    account = do(fresh(D("1941.057")), wish("0.333", at=58_000), NOW)
    intent, there = wish("0.333", at=58_000), scene(btc=58_000)
    fill = Fill(price=price(58_000), rate=rate("0.0002"), reason="limit", order=1)
    (event,) = opened(account, intent, fill, there)
    filled = after(account, (event,))
    assert filled.orders == ()
    assert only(filled).number == 2
    assert filled.wallet == D("1941.057") - D("1931.4") - D("3.8628")


def test_limit_orders_are_refused_as_positions_are() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    for refusal, intent in (
        (Insufficient, wish(2, at=50_000)),
        (ModeFixed, wish("0.1", mode=CROSS, at=50_000)),
        (LeverageFixed, wish("0.1", leverage=5, at=50_000)),
        (NothingToReduce, wish("0.1", at=50_000, reduce_only=True)),
    ):
        with pytest.raises(refusal):
            do(account, intent, NOW)
    rich = do(fresh(1_000_000), wish(4, leverage=125), NOW)
    with pytest.raises(LeverageTooHigh):
        do(rich, wish(2, leverage=125, at=59_000), NOW)


def test_a_reducing_limit_order_keeps_nothing_aside() -> None:
    account = do(fresh(2_100), wish("0.333"), NOW)
    free = account.available(NOW.marks, NOW.listing)
    account = do(account, wish("0.333", SHORT, at=70_000, reduce_only=True), NOW)
    assert account.available(NOW.marks, NOW.listing) == free


def test_an_order_at_rest_has_a_price() -> None:
    with pytest.raises(ValueError, match="has a price"):
        placed(fresh(), wish("0.1"), NOW)


def test_stops_travel_with_the_order_into_the_position() -> None:
    plan = stops(55_000, 65_000)
    assert only(do(fresh(), wish("0.1", stops=plan), NOW)).stops == plan
    account = do(fresh(), wish("0.1", at=58_000, stops=plan), NOW)
    assert account.orders[0].stops == plan
    moved = do(do(fresh(), wish("0.1"), NOW), SetStops(1, plan), NOW)
    assert only(moved).stops == plan


def test_what_was_seen_before_stays_with_the_fill() -> None:
    fill = Fill(price=price(60_000), rate=rate(0), seen=price(59_000))
    (event,) = opened(fresh(), wish("0.1"), fill, NOW)
    assert isinstance(event, PositionIncreased)
    assert [event.seen, event.price] == [59_000, 60_000]


def test_what_is_delisted_is_closed_and_neither_opened_nor_ordered() -> None:
    account = do(fresh(), wish("0.1"), NOW)
    gone = put(NOW.listing, replace(venue().instrument(BTC), delisted=True))
    late = replace(NOW, listing=gone)
    for more in (wish("0.1"), wish("0.1", at=59_000)):
        with pytest.raises(Delisted) as refused:
            do(account, more, late)
        assert (refused.value.symbol, refused.value.venue) == (BTC, "Binance")
    assert do(account, wish("0.1", SHORT, reduce_only=True), late).positions == ()

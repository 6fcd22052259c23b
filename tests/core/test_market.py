"""Contracts, ladders and marks."""

from dataclasses import replace

import pytest

from core.errors import Delisted, NoPrice, SizeTooLarge, UnknownSymbol
from core.market import Bracket, BracketTable, MarkPrice, Marks, Measure
from core.money import D
from core.venue import BINANCE, OKX
from tests.builders import (
    BTC,
    BTC_LADDER,
    BTCUSDT,
    ETH,
    NOON,
    OKX_BTC_LADDER,
    SOLUSDT,
    amount,
    flat,
    instrument,
    jumping,
    ladder,
    listing,
    marks,
    price,
    rate,
)


def tier(floor: str, cap: str | None, maintenance: str, off: str = "0") -> Bracket:
    end = None if cap is None else D(cap)
    return Bracket(D(floor), end, D(10), rate(maintenance), amount(off))


def test_a_ladder_starts_at_zero() -> None:
    for brackets in ((), (tier("1", None, "0.01"),)):
        with pytest.raises(ValueError, match="starts at zero"):
            BracketTable(brackets)


@pytest.mark.parametrize(
    "upper",
    [tier("11", None, "0.02"), tier("9", None, "0.02")],
    ids=["a gap", "an overlap"],
)
def test_a_ladder_has_no_gap_and_no_overlap(upper: Bracket) -> None:
    with pytest.raises(ValueError, match="gap or disorder"):
        BracketTable((tier("0", "10", "0.01"), upper))


def test_a_ladder_rises() -> None:
    with pytest.raises(ValueError, match="gap or disorder at 0"):
        BracketTable((tier("0", "0", "0.01"), tier("0", None, "0.02")))


def test_a_ladder_without_end_has_no_tier_above_the_last() -> None:
    with pytest.raises(ValueError, match="gap or disorder"):
        BracketTable((tier("0", None, "0.01"), tier("10", None, "0.02")))


def test_a_ladder_whose_amounts_follow_from_the_ones_below_is_continuous() -> None:
    assert BTC_LADDER.continuous
    assert BTC_LADDER.amounts[:4] == (D(0), D(300), D(1500), D(12_000))
    assert BracketTable((tier("0", "10", "0.01"), tier("10", None, "0.02", "0.1"))).continuous


@pytest.mark.parametrize("off", ["0", "0.099", "0.101"])
def test_a_ladder_with_another_amount_jumps(off: str) -> None:
    assert not BracketTable((tier("0", "10", "0.01"), tier("10", None, "0.02", off))).continuous


def test_a_ladder_that_counts_contracts_is_continuous_with_one_tier_only() -> None:
    assert not OKX_BTC_LADDER.continuous
    assert jumping((0, 10, "0.01"), measure=Measure.QUANTITY).continuous


def test_an_edge_belongs_to_the_tier_above_it() -> None:
    assert [BTC_LADDER.index(D(n)) for n in (0, "299999.99", 300_000, 10**10)] == [0, 0, 1, 11]


def test_a_ladder_counts_notional_or_quantity() -> None:
    assert BTC_LADDER.at(D(100), D(300_000)).maintenance_rate == D("0.005")
    assert OKX_BTC_LADDER.at(D(9), D(10**9)).maintenance_rate == D("0.004")
    assert OKX_BTC_LADDER.at(D(10), D(1)).maintenance_rate == D("0.005")


def test_the_cap_at_a_leverage_is_that_of_the_deepest_tier_that_allows_it() -> None:
    caps = [BTC_LADDER.cap_at(D(leverage)) for leverage in (150, 101, 100, 20, 1)]
    assert caps == [300_000, 300_000, 800_000, 100_000_000, 1_800_000_000]


def test_no_tier_allows_a_leverage_above_the_first() -> None:
    assert BTC_LADDER.cap_at(D(151)) == 0


def test_a_ladder_without_end_has_no_cap() -> None:
    assert flat("0.01").cap_at(D(10)) is None
    assert flat("0.01").end is None


def test_the_highest_leverage_is_that_of_the_first_tier() -> None:
    assert BTCUSDT.max_leverage == 150


@pytest.mark.parametrize(
    ("at", "step"),
    [
        ("0.013204", "0.000001"),
        ("85.134", "0.001"),
        ("1986.5", "0.1"),
        ("68424", "1"),
        ("123456", "1"),
        ("0", "0.000001"),
    ],
)
def test_five_significant_digits_bound_the_tick_but_whole_prices_stay(at: str, step: str) -> None:
    contract = replace(instrument(ETH, flat("0.01"), tick="0.000001"), significant=5)
    assert contract.tick_at(D(at)) == D(step)


def test_a_tick_of_more_than_one_is_not_made_finer_by_significant_digits() -> None:
    assert replace(instrument(ETH, flat("0.01"), tick="5"), significant=5).tick_at(D(123456)) == 5


def test_without_a_bound_on_digits_the_tick_is_the_same_everywhere() -> None:
    assert BTCUSDT.tick_at(D("0.5")) == BTCUSDT.tick_at(D(10**6)) == D("0.1")


@pytest.mark.parametrize(
    ("lower", "ticks", "placed"),
    [(True, 0, "61829.0"), (False, 0, "61828.9"), (True, 1, "61829.1"), (False, 1, "61828.8")],
)
def test_a_limit_is_placed_on_the_tick_nearer_to_the_mark(
    lower: bool, ticks: int, placed: str
) -> None:
    assert BTCUSDT.careful(D("61828.93"), lower=lower, ticks=ticks) == D(placed)


def test_no_price_is_placed_below_one_tick() -> None:
    assert BTCUSDT.careful(D("0.04"), lower=False) == D("0.1")


def test_a_size_at_the_end_of_the_ladder_is_known_and_beyond_it_is_refused() -> None:
    BTCUSDT.check_size(D(18_000), D(1_800_000_000), BINANCE)
    with pytest.raises(SizeTooLarge) as caught:
        BTCUSDT.check_size(D(18_000), D(1_800_000_001), BINANCE)
    assert caught.value.cap == 1_800_000_000


def test_a_refused_number_of_contracts_names_its_cap_in_quote() -> None:
    contract = instrument(BTC, OKX_BTC_LADDER)
    contract.check_size(D(600), D(36_000_000), OKX)
    with pytest.raises(SizeTooLarge) as caught:
        contract.check_size(D(601), D(36_060_000), OKX)
    assert caught.value.cap == 36_000_000


def test_a_ladder_without_end_takes_any_size() -> None:
    SOLUSDT.check_size(D(10**12), D(10**15), BINANCE)


def test_a_listing_refuses_what_it_does_not_list_and_says_what_it_does() -> None:
    assert listing(BTCUSDT).instrument(BTC) is BTCUSDT
    with pytest.raises(UnknownSymbol) as caught:
        listing(BTCUSDT).instrument(ETH)
    assert (caught.value.text, caught.value.venue) == ("ETHUSDT", "Binance")
    assert caught.value.available == ("BTCUSDT",)


def test_a_snapshot_quotes_what_it_has() -> None:
    seen = marks(btc=68424, eth=1986)
    assert (seen.price(BTC), list(seen)) == (price(68424), [BTC, ETH])
    assert seen.get(BTC) == seen.mark(BTC) == MarkPrice(price(68424), NOON)


def test_a_snapshot_refuses_what_it_has_not() -> None:
    seen = marks(btc=68424)
    assert seen.get(ETH) is None
    for ask in (seen.price, seen.mark):
        with pytest.raises(NoPrice) as caught:
            ask(ETH)
        assert (caught.value.market, caught.value.available) == ("test", ("BTCUSDT",))


def test_another_price_leaves_the_snapshot_and_what_surrounds_the_mark_as_they_were() -> None:
    funded = MarkPrice(price(100), NOON, price(80), rate("0.0001"), NOON)
    seen = replace(marks(eth=1986), prices={BTC: funded, ETH: MarkPrice(price(1986), NOON)})
    other = seen.with_price(BTC, price(120))
    assert [seen.price(BTC), other.price(BTC), other.price(ETH)] == [100, 120, 1986]
    assert other.mark(BTC) == replace(funded, price=price(120))


def test_a_typed_price_stands_in_for_a_missing_mark() -> None:
    seen = marks().with_price(BTC, price(65_000))
    assert seen.mark(BTC) == MarkPrice(price(65_000), NOON)


def test_the_change_of_a_day_is_relative_to_the_day_ago() -> None:
    assert MarkPrice(price(99), NOON, price(110)).change == D("-0.1")
    assert MarkPrice(price(99), NOON).change is None


def test_a_ladder_of_our_own_has_the_amounts_of_the_published_one() -> None:
    assert ladder((0, 10, "0.01"), (50, 5, "0.025")).amounts == (D(0), D("0.75"))


def test_a_minute_from_a_candle_is_an_estimate_to_its_end() -> None:
    seen = MarkPrice(price(100), NOON)
    assert not Marks("x", NOON, {BTC: seen}).estimated
    minute = replace(seen, low=price(90), high=price(120))
    end = Marks("x", NOON, {BTC: minute}).at_end()
    assert end.estimated
    assert end.mark(BTC) == replace(seen, low=seen.price, high=seen.price)


def test_what_is_delisted_is_known_and_nothing_to_open() -> None:
    gone = replace(BTCUSDT, delisted=True)
    listed = listing(gone, SOLUSDT)
    assert tuple(listed.tradable) == (SOLUSDT.symbol,)
    assert listed.instrument(BTC) is gone
    assert listed.tradable_instrument(SOLUSDT.symbol) is SOLUSDT
    with pytest.raises(Delisted) as refused:
        listed.tradable_instrument(BTC)
    assert (refused.value.symbol, refused.value.venue) == (BTC, "Binance")
    with pytest.raises(UnknownSymbol) as unknown:
        listed.instrument(ETH)
    assert unknown.value.available == (SOLUSDT.symbol,)

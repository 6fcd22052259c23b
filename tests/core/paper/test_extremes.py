"""A minute nobody saw is judged by the extreme against what is held."""

from dataclasses import replace
from datetime import timedelta

from core.market import MarkPrice, Marks, Symbol
from core.money import D, Price
from core.paper.account import PaperAccount
from core.paper.extremes import adverse, recalled, symbols_of
from tests.builders import BTC, ETH, NOON
from tests.core.paper.builders import CROSS, SHORT, do, fresh, scene, wish

LATER = NOON + timedelta(minutes=5)


def minute(low: int, high: int, end: int) -> Marks:
    """A minute of BTC and a still one of ETH, read from candles."""
    mark = MarkPrice(Price(D(end)), LATER, low=Price(D(low)), high=Price(D(high)))
    still = MarkPrice(Price(D(3000)), LATER, low=Price(D(2900)), high=Price(D(3100)))
    return Marks("test", LATER, {BTC: mark, ETH: still})


def held(*intents: object) -> PaperAccount:
    account = fresh()
    for intent in intents:
        account = do(account, intent, scene(btc=60000, eth=3000))  # type: ignore[arg-type]  # wishes
    return account


def faced(account: PaperAccount, symbol: Symbol = BTC) -> object:
    return adverse(account, minute(59000, 61000, 60500)).price(symbol)


def test_a_long_meets_the_low_and_a_short_the_high() -> None:
    assert faced(held(wish("0.1"))) == 59000
    assert faced(held(wish("0.1", SHORT))) == 61000


def test_each_contract_is_met_on_the_side_that_is_held() -> None:
    account = held(wish("0.1", mode=CROSS), wish("1", SHORT, CROSS, symbol=ETH))
    assert (faced(account), faced(account, ETH)) == (59000, 3100)


def test_who_holds_nothing_meets_the_end() -> None:
    assert faced(fresh()) == 60500
    assert faced(held(wish("0.1", at=50000))) == 60500


def test_a_minute_that_began_before_the_account_was_what_it_is_counts_by_its_end() -> None:
    account = replace(held(wish("0.1")), changed_at=LATER - timedelta(seconds=30))
    assert faced(account) == 60500
    account = replace(account, changed_at=LATER - timedelta(seconds=60))
    assert faced(account) == 59000


def test_marks_that_were_seen_stay_as_they_were() -> None:
    seen = Marks("test", LATER, {BTC: MarkPrice(Price(D(60500)), LATER)})
    assert adverse(held(wish("0.1")), seen) is seen


def test_an_account_names_what_it_holds_and_what_it_waits_for() -> None:
    account = held(wish("0.1"), wish("1", symbol=ETH, at=2000))
    assert symbols_of(account) == {BTC, ETH}


# --- contracts that were silent


def judged(account: PaperAccount, *silent: Symbol) -> dict[Symbol, int]:
    """What an account is judged by in a minute in which contracts were silent."""
    found = recalled(account, minute(59000, 61000, 60500), frozenset(silent))
    return {symbol: int(mark.price) for symbol, mark in found.prices.items()}


def test_only_walls_that_a_silent_contract_stands_behind_are_judged() -> None:
    apart = held(wish("0.1"), wish("1", SHORT, symbol=ETH))
    assert judged(apart, BTC) == {BTC: 59000}
    assert judged(apart, ETH) == {ETH: 3100}
    assert judged(apart, BTC, ETH) == {BTC: 59000, ETH: 3100}
    assert judged(apart, Symbol("XRPUSDT")) == {}


def test_behind_a_common_wall_all_are_judged_by_what_hurts() -> None:
    together = held(wish("0.1", mode=CROSS), wish("1", SHORT, CROSS, symbol=ETH))
    assert judged(together, BTC) == judged(together, ETH) == {BTC: 59000, ETH: 3100}


def test_what_was_opened_later_is_not_judged() -> None:
    (position,) = held(wish("0.1")).positions
    for begun, price in ((60, 59000), (59, 60500), (0, 60500)):
        opened = replace(position, opened_at=LATER - timedelta(seconds=begun))
        assert judged(replace(held(), positions=(opened,)), BTC) == {BTC: price}
    opened = replace(position, opened_at=LATER + timedelta(seconds=1))
    assert judged(replace(held(), positions=(opened,)), BTC) == {}


def test_an_order_in_a_silent_contract_meets_its_end_with_the_cross_wall_beside_it() -> None:
    account = held(wish("0.1", at=50000), wish("1", SHORT, CROSS, symbol=ETH))
    assert judged(account, BTC) == {BTC: 60500, ETH: 3000}
    assert judged(held(wish("0.1", at=50000)), BTC) == {BTC: 60500}
    order = replace(account.orders[0], placed_at=LATER + timedelta(seconds=1))
    assert judged(replace(account, orders=(order,)), BTC) == {ETH: 3000}

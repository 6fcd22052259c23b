"""Questions about limits: reckoned again from their own figures, never near to a doubt."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.content.instrument_files import load_listings
from core.lessons.game.figures import Dice
from core.lessons.game.items import Sum, of_sum
from core.lessons.game.kind import Ground
from core.lessons.game.limits import LIMITS, SURVIVORS, isolated_limit, price_slips, shown_price
from core.market import BracketTable, Symbol
from core.money import D
from tests.builders import (
    BTCUSDT,
    ETHUSDT,
    OKX_BTC_LADDER,
    amount,
    bybit,
    exact,
    flat,
    instrument,
    listing,
    long,
    okx,
)
from tests.fakes.asking import ground

__all__ = ["exact"]

VENUES = load_listings()
BINANCE = ground(VENUES["binance"])
SEEDS = st.text("0123456789abcdef", min_size=1, max_size=6)


def drawn(kind: str, seed: str, place: Ground = BINANCE) -> Sum | None:
    return LIMITS[kind].draw(Dice(seed, ("x",)), place)


def many(kind: str, place: Ground = BINANCE, count: int = 200) -> list[Sum]:
    found = (drawn(kind, f"{n:x}", place) for n in range(count))
    return [each for each in found if each is not None]


def sign(sum_: Sum) -> int:
    return -1 if sum_.names["side"] == "short" else 1


@pytest.mark.parametrize("kind", sorted(LIMITS))
def test_every_kind_is_asked(kind: str) -> None:
    made, dice = LIMITS[kind], Dice("a", ())
    items = [of_sum(each, made.category, made.level, dice) for each in many(kind)]
    assert sum(item is not None for item in items) > 40


@given(SEEDS)
def test_a_liquidation_price_follows_from_the_question(seed: str) -> None:
    found = drawn("liq_price", seed)
    if found is None:
        return
    numbers = {name: Fraction(number) for name, number in found.numbers.items()}
    way, quantity, entry = sign(found), numbers["quantity"], numbers["entry"]
    instrument_ = VENUES["binance"].instrument(Symbol(found.names["symbol"]))
    top = way * quantity * entry - quantity * entry / numbers["leverage"]
    top -= numbers["amount"]
    limit = top / (quantity * (way - numbers["rate"]))
    unit = max(Fraction(instrument_.tick), limit / 10_000)  # shown to five digits, on the tick
    assert abs(Fraction(found.right) - limit) <= unit / 2


def test_the_mistakes_of_the_example() -> None:
    place = ground(listing(instrument(Symbol("BTCUSDT"), flat("0.005"))))
    leg = long("0.1", 60_000)
    limit = isolated_limit(leg, place)
    assert limit is not None
    assert shown_price(limit, BTCUSDT) == 54271
    slips = {slip: f"{p:.2f}" for slip, p in price_slips(leg, D("0.005"), place).items()}
    assert slips == {
        "no_maintenance": "54000.00",
        "wrong_side": "65671.64",
        "squared": "59400.00",
        "half_room": "57000.00",
        "maintenance_away": "53700.00",
    }


def test_a_short_at_one_time_has_no_mirror_below() -> None:
    place = ground(listing(instrument(Symbol("BTCUSDT"), flat("0.005"))))
    slips = price_slips(replace(long(1, 60_000, 1), side=long(1, 1).side.other), D("0.005"), place)
    assert slips["wrong_side"] == 0


def test_a_trade_that_is_never_liquidated_is_not_asked_about() -> None:
    (bracket,) = flat(0).brackets
    once = BracketTable((replace(bracket, max_leverage=D(1)),))
    place = ground(listing(replace(BTCUSDT, brackets=once)))
    for kind in ("liq_price", "survives"):
        assert {each.names["side"] for each in many(kind, place, 60)} == {"short"}


@pytest.mark.parametrize(
    ("value", "text"), [("54271.35678", "54271"), ("1.23456789", "1.2346"), ("0.50", "0.5")]
)
def test_a_price_is_shown_to_five_digits(value: str, text: str) -> None:
    fine = replace(BTCUSDT, tick=D("0.00001"))
    assert str(shown_price(D(value), fine)) == text


def test_a_price_is_never_finer_than_its_tick() -> None:
    assert shown_price(D("103.2567"), replace(BTCUSDT, tick=D("0.05"))) == D("103.25")


@given(SEEDS)
def test_a_maintenance_margin_follows_from_the_question(seed: str) -> None:
    found = drawn("maintenance", seed)
    if found is None:
        return
    numbers = {name: Fraction(number) for name, number in found.numbers.items()}
    right = numbers["worth"] * numbers["rate"] - numbers["amount"]
    assert abs(Fraction(found.right) - right) <= Fraction(1, 200)


def test_where_a_venue_asks_for_more_than_its_rate_nothing_is_asked() -> None:
    assert many("maintenance", ground(listing(bybit(BTCUSDT)))) == []
    assert many("maintenance", ground(listing(okx(BTCUSDT)))) == []


def test_where_tiers_count_coins_or_are_too_few_nothing_is_asked() -> None:
    assert many("max_leverage", ground(listing(replace(BTCUSDT, brackets=OKX_BTC_LADDER)))) == []
    assert many("max_leverage", ground(listing(replace(BTCUSDT, brackets=flat("0.01"))))) == []
    assert many("maintenance", ground(listing(replace(BTCUSDT, brackets=flat("0.01"))))) == []


def test_the_leverage_of_a_tier_is_the_one_its_table_tells() -> None:
    for found in many("max_leverage"):
        table = VENUES["binance"].instrument(Symbol(found.names["symbol"])).brackets
        worth = found.numbers["worth"]
        assert found.right == table.at(worth, worth).max_leverage
        assert len(str(worth).rstrip("0").replace(".", "")) <= 2


def test_the_last_tier_has_no_tier_above_it() -> None:
    four = BracketTable(ETHUSDT.brackets.brackets[:4])
    found = many("max_leverage", ground(listing(replace(ETHUSDT, brackets=four))))
    assert {each.right for each in found} == {D(100), D(75)}


@settings(max_examples=150)
@given(SEEDS)
def test_who_survives_follows_from_the_question(seed: str) -> None:
    found = drawn("survives", seed)
    if found is None:
        return
    numbers = {name: Fraction(number) for name, number in found.numbers.items()}
    table = VENUES["binance"].instrument(Symbol(found.names["symbol"])).brackets
    quantity, there = found.numbers["quantity"], found.numbers["price"]
    bracket = table.at(quantity, quantity * there)
    needed = numbers["quantity"] * numbers["price"] * Fraction(bracket.maintenance_rate)
    needed -= Fraction(bracket.maintenance_amount)
    won = sign(found) * numbers["quantity"] * (numbers["price"] - numbers["entry"])
    margin = numbers["quantity"] * numbers["entry"] / numbers["leverage"]
    isolated, cross = margin + won > needed, numbers["wallet"] + won > needed
    names = {(True, True): "both", (False, True): "cross", (False, False): "none"}
    assert found.right == names[isolated, cross]


def test_every_end_comes_and_the_four_are_always_the_same() -> None:
    found = many("survives")
    assert {each.right for each in found} == {"both", "cross", "none"}
    assert all({answer for _, answer in each.slips} == set(SURVIVORS) for each in found)


def test_what_has_no_cross_is_not_asked_about() -> None:
    assert many("survives", ground(listing(replace(BTCUSDT, isolated_only=True))), 20) == []


def test_what_no_venue_would_take_is_not_asked_about() -> None:
    huge = ground(listing(replace(BTCUSDT, min_notional=amount(10**9))))
    assert many("liq_price", huge, 5) == many("survives", huge, 5) == []

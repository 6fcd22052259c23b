"""The float screen proposes everybody whom exact arithmetic could strike."""

from decimal import localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.content.instrument_files import load_listings
from core.margin.pool import Leg, Side, cross_pool, isolated_pool
from core.margin.risk import risk
from core.margin.screen import Screen, Trigger, Wall
from core.market import MarkPrice, Marks, Symbol
from core.money import EXACT, Amount, D, Price, Quantity, Rate
from tests.fakes.ports import NOON

LISTINGS = load_listings()
BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")


def marks(btc: str, eth: str | None = "1986") -> Marks:
    prices = {BTC: MarkPrice(Price(D(btc)), NOON)}
    if eth is not None:
        prices[ETH] = MarkPrice(Price(D(eth)), NOON)
    return Marks("demo", NOON, prices)


def leg(symbol: Symbol, side: Side, quantity: str, price: str) -> Leg:
    return Leg.at(symbol, side, Quantity(D(quantity)), Price(D(price)), Rate(D(10)))


def test_a_wall_is_proposed_when_its_cushion_is_gone_and_not_long_before() -> None:
    wall = Wall(7, isolated_pool(leg(BTC, Side.LONG, "0.292", "68424")), LISTINGS["binance"])
    screen = Screen([wall], [])
    assert screen.candidates(marks("61828")) == {7}
    assert screen.candidates(marks("61830")) == frozenset()


def test_a_wall_whose_leg_has_no_mark_is_not_proposed() -> None:
    legs = [leg(BTC, Side.LONG, "1", "68424"), leg(ETH, Side.SHORT, "1", "1986")]
    screen = Screen([Wall(7, cross_pool(Amount(D(10)), legs), LISTINGS["binance"])], [])
    assert screen.candidates(marks("50000")) == {7}
    assert screen.candidates(marks("50000", None)) == frozenset()


def test_a_wall_is_watched_from_a_lower_ratio_where_somebody_wants_to_be_warned() -> None:
    wall = Wall(7, isolated_pool(leg(BTC, Side.LONG, "0.292", "68424")), LISTINGS["binance"])
    assert Screen([wall], [], D("0.8")).candidates(marks("61880")) == {7}
    assert Screen([wall], [], D("0.8")).candidates(marks("62000")) == frozenset()


def test_triggers_are_reached_on_their_own_side() -> None:
    triggers = [
        Trigger(1, BTC, D(70000), rising=True),
        Trigger(2, BTC, D(71000), rising=True),
        Trigger(3, BTC, D(60000), rising=False),
        Trigger(4, ETH, D(1000), rising=True),
    ]
    screen = Screen([], triggers)
    assert screen.candidates(marks("70000", None)) == {1}
    assert screen.candidates(marks("80000", None)) == {1, 2}
    assert screen.candidates(marks("59999.9", "999")) == {3}


@settings(max_examples=150, deadline=None)
@given(
    venue=st.sampled_from(sorted(LISTINGS)),
    quantity=st.integers(1, 10**7),
    entry=st.integers(1000, 200_000),
    mark=st.integers(1000, 200_000),
    wallet=st.integers(0, 10**8),
    side=st.sampled_from(Side),
)
def test_whoever_is_liquidatable_exactly_is_proposed(
    venue: str, quantity: int, entry: int, mark: int, wallet: int, side: Side
) -> None:
    listing = LISTINGS[venue]
    with localcontext(EXACT):
        size = Quantity(D(quantity) / 1000)
        one = Leg.at(BTC, side, size, Price(D(entry)), Rate(D(10)))
        pool = cross_pool(Amount(D(wallet)), [one])
        state = risk(pool, marks(str(mark)), listing)
        proposed = Screen([Wall(1, pool, listing)], []).candidates(marks(str(mark)))
        if state.is_liquidatable(listing.venue):
            assert proposed
        elif state.cushion > D("0.001") * (D(wallet) + size * (mark + entry)):
            assert not proposed

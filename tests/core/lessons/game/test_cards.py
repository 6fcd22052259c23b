"""Cards: the worked truth, and that none can be doubted, on every venue there is."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.database.codec import dumps, loads
from core.lessons.game.cards import (
    CLEARLY,
    OTHERS_FROM,
    Beside,
    Card,
    contracts,
    drawn_card,
    truth_of,
)
from core.lessons.game.kind import Ground
from core.margin.pool import MarginMode, Side
from core.market import Listing, Symbol
from core.money import Quantity
from core.paper.rules import PaperRules
from core.venue import BINANCE
from tests.builders import (
    BTC,
    BTCUSDT,
    ETH,
    amount,
    exact,
    flat,
    instrument,
    listing,
    price,
    rate,
)
from tests.fakes.asking import ground

__all__ = ["exact"]

VENUES = load_listings()
TEST = listing(instrument(BTC, flat("0.005")), instrument(ETH, flat("0.01")))
WORKED = Card(
    symbol=BTC,
    side=Side.LONG,
    entry=price(60_000),
    leverage=rate(10),
    mode=MarginMode.ISOLATED,
    quantity=Quantity(amount(1) / 6),
    margin=amount(1_000),
    wallet=amount(5_000),
    rate=rate("0.005"),
    amount=amount(0),
)
BESIDE = Beside(
    symbol=ETH,
    side=Side.LONG,
    quantity=Quantity(amount(2)),
    entry=price(2_000),
    leverage=rate(5),
    mark=price(1_900),
)
SEEDS = st.text("0123456789abcdef", min_size=1, max_size=6)


def shown(card: Card) -> str | None:
    found = truth_of(card, TEST)
    return None if found is None else f"{found:.2f}"


def test_the_truth_is_that_of_the_specification() -> None:
    assert shown(WORKED) == "54271.36"
    assert shown(replace(WORKED, mode=MarginMode.CROSS)) == "30150.75"


def test_a_short_ends_above_its_entry() -> None:
    assert shown(replace(WORKED, side=Side.SHORT)) == "65671.64"


def test_another_position_counts_in_cross_alone() -> None:
    beside = replace(WORKED, beside=BESIDE)
    assert shown(beside) == "54271.36"
    # -200 of PnL and 38 of maintenance are missing from the 5 000 of the wallet.
    assert shown(replace(beside, mode=MarginMode.CROSS)) == "31585.93"


def test_a_pool_that_is_worth_the_position_keeps_a_long_for_ever() -> None:
    rich = replace(WORKED, mode=MarginMode.CROSS, wallet=amount(10_500))
    assert truth_of(rich, TEST) is None
    assert truth_of(rich, TEST, CLEARLY) is not None


def independent(card: Card) -> Fraction:
    """The liquidation price by the textbook, in fractions, for venues that add nothing to it."""
    sign = 1 if card.side is Side.LONG else -1
    quantity, entry = Fraction(card.quantity), Fraction(card.entry)
    behind = quantity * entry / Fraction(card.leverage)
    if card.mode is MarginMode.CROSS:
        behind = Fraction(card.wallet)
        if (other := card.beside) is not None:
            way = 1 if other.side is Side.LONG else -1
            size, mark = Fraction(other.quantity), Fraction(other.mark)
            bracket = (
                VENUES["binance"]
                .instrument(other.symbol)
                .brackets.at(other.quantity, other.quantity * other.mark)
            )
            behind += way * size * (mark - Fraction(other.entry))
            behind -= size * mark * Fraction(bracket.maintenance_rate)
            behind += Fraction(bracket.maintenance_amount)
    top = sign * quantity * entry - behind - Fraction(card.amount)
    return top / (quantity * (sign - Fraction(card.rate)))


@given(SEEDS, st.integers(1, 10))
def test_a_card_tells_everything_that_its_truth_follows_from(seed: str, number: int) -> None:
    place = ground(VENUES["binance"])
    card = drawn_card(seed, place, number, number)
    truth = independent(card)
    if card.truth is None:
        assert truth <= 0
    else:
        assert abs(Fraction(card.truth) - truth) < Fraction(1, 10**20)


@pytest.mark.parametrize("venue", sorted(VENUES))
@settings(max_examples=40)
@given(seed=SEEDS, number=st.integers(1, 13))
def test_no_card_can_be_doubted(venue: str, seed: str, number: int) -> None:
    contracts: Listing = VENUES[venue]
    card = drawn_card(seed, ground(contracts), number, number)
    brackets = contracts.instrument(card.symbol).brackets
    bracket = brackets.at(card.quantity, card.quantity * card.entry)
    assert (card.rate, card.amount) == (bracket.maintenance_rate, bracket.maintenance_amount)
    assert card.margin <= card.wallet
    assert (card.beside is not None) is (number >= OTHERS_FROM)
    if card.truth is None:
        assert card.mode is MarginMode.CROSS
        assert card.wallet * 10 >= card.leg.entry_cost * 11 or card.beside is not None
    else:
        assert brackets.at(card.quantity, card.quantity * card.truth) == bracket
        assert (card.truth < card.entry) is (card.side is Side.LONG)
        assert abs(card.truth / card.entry - 1) >= rate("0.005")
    assert loads(Card, dumps(card)) == card


def test_a_card_is_the_same_for_the_same_seed() -> None:
    assert drawn_card("5eed", ground(), 1, 1) == drawn_card("5eed", ground(), 1, 1)
    assert drawn_card("5eed", ground(), 1, 1) != drawn_card("5eed", ground(), 2, 1)


def test_neighbouring_cards_are_of_different_coins() -> None:
    symbols = [drawn_card("5eed", ground(VENUES["binance"]), n, 1).symbol for n in range(1, 11)]
    assert len(set(symbols)) > 5


def test_every_sort_of_card_comes() -> None:
    place = ground(VENUES["binance"])
    cards = [drawn_card("5eed", place, n, 1 + n % 10) for n in range(1, 201)]
    nevers = sum(card.truth is None for card in cards)
    assert 15 < nevers < 60
    assert {(c.mode, c.side) for c in cards} == {(m, s) for m in MarginMode for s in Side}
    assert {(c.mode, c.beside is None) for c in cards} == {
        (m, alone) for m in MarginMode for alone in (True, False)
    }


def test_what_has_no_cross_is_isolated_and_always_ends() -> None:
    only = listing(replace(BTCUSDT, isolated_only=True))
    cards = [drawn_card("5eed", ground(only), n, 5) for n in range(1, 30)]
    assert {card.mode for card in cards} == {MarginMode.ISOLATED}
    assert all(card.truth is not None and card.beside is None for card in cards)


def test_where_nothing_is_listed_there_is_no_card() -> None:
    nothing = Ground(Listing(BINANCE, {}), PaperRules())
    with pytest.raises(ValueError, match="no fair card on Binance"):
        drawn_card("5eed", nothing, 1, 1)


def test_contracts_are_those_of_the_market_else_those_of_the_venue() -> None:
    assert contracts(replace(ground(), symbols=(ETH, Symbol("XYZUSDT")))) == (ETH,)
    assert contracts(replace(ground(), symbols=(Symbol("XYZUSDT"),))) == ground().symbols


def test_where_no_order_is_large_enough_there_is_no_card() -> None:
    huge = replace(BTCUSDT, min_notional=amount(10**9))
    with pytest.raises(ValueError, match="no fair card"):
        drawn_card("5eed", ground(listing(huge)), 1, 1)

"""The conditions of a game: what it is played on, as it was when it began."""

from dataclasses import replace

import pytest

from bot.adapters.database.codec import dumps, loads
from core.lessons.game.conditions import Conditions, conditions_of, ground_under
from core.lessons.game.kind import Ground
from core.lessons.game.mistake import Mistake
from core.lessons.game.question import Question
from core.margin.pool import MarginMode, Side
from core.market import Symbol
from core.money import Amount, D, Price, Quantity
from core.paper.rules import PaperRules
from core.venue import BYBIT, OKX, Venue
from tests.builders import BTC, ETH, SOL, rate
from tests.core.lessons.game.builders import ground, plain

DOGE = Symbol("DOGEUSDT")
QUESTION = Question(
    id="walls-1",
    category="modes",
    level="easy",
    text="What can an isolated position cost?",
    choices=("Its margin", "The wallet", "Nothing", "Twice its margin"),
    right=0,
    source="isolated",
    explanation="Isolated margin is shared with nothing.",
)
MISTAKE = Mistake(
    id="1",
    symbol=BTC,
    side=Side.LONG,
    leverage=rate(10),
    mode=MarginMode.ISOLATED,
    entry=Price(D(60_000)),
    quantity=Quantity(D("0.1")),
    collateral=Amount(D(600)),
    lost=Amount(D(600)),
    limit=Price(D("54271.36")),
)


@pytest.mark.parametrize("venue", [BYBIT, OKX], ids=["bybit", "okx"])
def test_a_ground_comes_back_from_its_conditions(venue: Venue) -> None:
    on = replace(ground(venue=venue, fee="0.0005"), path=True)
    again = ground_under(conditions_of(on))
    assert again == on
    assert conditions_of(again) == conditions_of(on)


def test_what_the_market_does_not_have_is_left_out_and_what_it_has_keeps_its_place() -> None:
    listed = ground(plain(BTC), plain(SOL), plain(ETH))
    on = Ground(listed.listing, listed.rules, (SOL, DOGE, BTC))
    kept = conditions_of(on)
    assert [each.symbol for each in kept.instruments] == [SOL, BTC]
    assert ground_under(kept).symbols == (SOL, DOGE, BTC)
    assert set(ground_under(kept).listing.instruments) == {SOL, BTC}


def test_the_house_s_own_numbers_are_kept() -> None:
    rules = PaperRules(half_spread=rate("0.0003"), warn_at=rate("0.7"), grant=rules_grant())
    again = ground_under(conditions_of(replace(ground(), rules=rules))).rules
    assert (again.half_spread, again.warn_at, again.grant) == (
        rate("0.0003"),
        rate("0.7"),
        rules_grant(),
    )


def rules_grant() -> Amount:
    return Amount(D(777))


def test_what_may_be_asked_is_kept() -> None:
    on = replace(ground(), questions=(QUESTION,), mistakes=(MISTAKE,))
    assert ground_under(conditions_of(on)) == on


def test_conditions_are_written_and_read_to_the_last_digit() -> None:
    contract = plain(BTC, "0.00435", fee="0.00045")
    on = replace(ground(contract), questions=(QUESTION,), mistakes=(MISTAKE,))
    kept = conditions_of(on)
    assert loads(Conditions, dumps(kept)) == kept


def test_a_venue_that_is_gone_is_not_made_up() -> None:
    with pytest.raises(KeyError, match="mtgox"):
        ground_under(replace(conditions_of(ground()), venue="mtgox"))

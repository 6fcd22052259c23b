"""Who is looked at in a tick: walls, stops, orders, and whoever changed meanwhile."""

from dataclasses import replace
from datetime import timedelta

from bot.adapters.content.instrument_files import load_listings
from core.editions import Edition, Listings, Version
from core.margin.pool import Leg, MarginMode, Side
from core.market import BracketTable, MarkPrice, Marks, Symbol
from core.money import Amount, D, Price, Quantity, Rate
from core.paper.account import NO_STOPS, Order, PaperAccount, Position, Stops
from core.paper.rules import PaperRules
from core.paper.screening import Screening, triggers
from tests.fakes.ports import NOON

BTC = Symbol("BTCUSDT")
LISTINGS = load_listings()


def marks(price: str) -> Marks:
    return Marks("demo", NOON, {BTC: MarkPrice(Price(D(price)), NOON)})


def account(
    number: int, side: Side = Side.LONG, stops: Stops = NO_STOPS, *orders: Order
) -> PaperAccount:
    leg = Leg.at(BTC, side, Quantity(D("0.1")), Price(D(68424)), Rate(D(10)))
    position = Position(
        number=1,
        mode=MarginMode.ISOLATED,
        leg=leg,
        margin=leg.initial_margin,
        opened_at=NOON,
        stops=stops,
    )
    return PaperAccount(
        id=number,
        market="demo",
        venue="binance",
        wallet=Amount(D(100)),
        positions=(position,),
        orders=orders,
    )


def order(side: Side, price: str) -> Order:
    return Order(
        number=2,
        symbol=BTC,
        side=side,
        quantity=Quantity(D("0.1")),
        price=Price(D(price)),
        mode=MarginMode.ISOLATED,
        leverage=Rate(D(10)),
        placed_at=NOON,
    )


def screening(*accounts: PaperAccount) -> tuple[Screening, dict[int, PaperAccount]]:
    """A screen that was just made over these accounts."""
    known = {each.id: each for each in accounts}
    made = Screening(LISTINGS, PaperRules())
    for number in known:
        made.changed(number)
    made.candidates(known, marks("68424"))
    return made, known


def test_nobody_is_looked_at_in_a_calm_market() -> None:
    made, known = screening(account(1), account(2, Side.SHORT))
    assert made.candidates(known, marks("68424")) == []


def test_each_is_looked_at_when_the_market_goes_against_them() -> None:
    made, known = screening(account(1), account(2, Side.SHORT))
    assert made.candidates(known, marks("61000")) == [1]
    assert made.candidates(known, marks("75500")) == [2]


def test_a_stop_acts_on_its_own_side() -> None:
    loss, profit = Stops(loss=Price(D(66000))), Stops(profit=Price(D(66000)))
    made, known = screening(account(1, Side.LONG, loss), account(2, Side.SHORT, profit))
    assert made.candidates(known, marks("65999")) == [1, 2]
    assert made.candidates(known, marks("66100")) == []


def test_an_order_waits_for_its_price() -> None:
    buys = account(1, Side.LONG, NO_STOPS, order(Side.LONG, "67000"))
    sells = account(2, Side.LONG, NO_STOPS, order(Side.SHORT, "70000"))
    made, known = screening(buys, sells)
    assert made.candidates(known, marks("67000")) == [1]
    assert made.candidates(known, marks("70000")) == [2]


def test_whoever_changed_is_looked_at_until_the_screen_is_new() -> None:
    accounts = [account(number) for number in range(1, 201)]
    made, known = screening(*accounts)
    made.changed(7)
    assert made.candidates(known, marks("68424")) == [7]
    for number in range(1, 5):
        made.changed(number)
    assert made.candidates(known, marks("68424")) == []


def test_whoever_left_is_not_looked_at() -> None:
    made, known = screening(*(account(number) for number in range(1, 201)))
    del known[7]
    made.changed(7)
    assert made.candidates(known, marks("61000")) == [n for n in range(1, 201) if n != 7]


def test_an_account_without_stops_and_orders_has_no_triggers() -> None:
    assert list(triggers(account(1))) == []


def test_a_screen_that_was_just_made_knows_everybody() -> None:
    """Sweeps make it when they know so many already: nobody tells it who is there."""
    known = {1: account(1), 2: account(2, Side.SHORT)}
    assert Screening(LISTINGS, PaperRules()).candidates(known, marks("61000")) == [1]


def test_a_snapshot_is_screened_by_the_terms_of_its_moment() -> None:
    """At 62,300 a long of 0.1 BTC from 68,424 at 10x lives at 0.4 % and is gone at 1 %."""
    base = LISTINGS["binance"].instrument(BTC)
    first = base.brackets.brackets[0]
    dearer = replace(first, maintenance_rate=Rate(D("0.012")), cap=None)
    harder = replace(base, brackets=BracketTable((dearer,)))
    listings = Listings(LISTINGS, lambda: NOON)
    later = NOON + timedelta(hours=1)
    versions = (Version(harder, later),)
    listings.add([Edition(id=1, venue="binance", source="", fetched_at=NOON, versions=versions)])
    made, known = Screening(listings, PaperRules(warn_at=Rate(D(1)))), {1: account(1)}
    now = marks("62300")
    assert made.candidates(known, now) == []
    assert made.candidates(known, replace(now, at=later)) == [1]
    assert made.candidates(known, now) == []

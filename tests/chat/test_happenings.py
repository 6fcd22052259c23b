"""Every kind of event has its sentence, with every figure in its place."""

from dataclasses import replace
from datetime import UTC, datetime
from string import Formatter
from typing import get_args

import pytest

from bot.adapters.content.instrument_files import load_listings
from bot.chat.happenings import happened, price_of, symbols_of
from bot.chat.numerals import Numerals
from bot.chat.render import Writer
from core.margin.pool import Leg, MarginMode, PositionMode, Side
from core.market import Symbol
from core.money import Amount, D, Price, Quantity, Rate
from core.paper import events as e
from core.paper.account import NO_STOPS, Order, Stops

LISTING = load_listings()["binance"]
BTC = Symbol("BTCUSDT")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
LEG = Leg.at(BTC, Side.LONG, Quantity(D("0.1")), Price(D(60_000)), Rate(D(10)))


def money(value: str | int) -> Amount:
    return Amount(D(value))


ORDER = Order(
    number=4,
    symbol=BTC,
    side=Side.SHORT,
    quantity=Quantity(D("0.1")),
    price=Price(D(70_000)),
    mode=MarginMode.CROSS,
    leverage=Rate(D(10)),
    placed_at=NOON,
)
REDUCED = e.PositionReduced(
    number=3,
    symbol=BTC,
    side=Side.LONG,
    quantity=Quantity(D("0.1")),
    price=Price(D(61_000)),
    cost=money(6000),
    margin=money(600),
    pnl=money(100),
    fee=money("3.05"),
    reason="close",
)
SEIZED = e.Seized(
    number=3,
    symbol=BTC,
    side=Side.LONG,
    quantity=Quantity(D("0.1")),
    price=Price(D(54_000)),
    cost=money(6000),
    pnl=money(-600),
)
PART = replace(SEIZED, quantity=Quantity(D("0.05")), cost=money(3000))
LIQUIDATED = e.PoolLiquidated(
    scope=3,
    mode=MarginMode.ISOLATED,
    whole=True,
    collateral=money(600),
    limits=(),
    seized=(SEIZED,),
    fee=money(0),
    remainder=money(0),
    returned=money(0),
    shortfall=money(0),
)
FUNDING = e.FundingSettled(
    number=3,
    symbol=BTC,
    rate=Rate(D("0.0001")),
    mark=Price(D(60_000)),
    from_wallet=money(0),
    from_pocket=money("-0.6"),
    forgiven=money(0),
)
STOPS = Stops(loss=Price(D(58_000)), profit=Price(D("65000.5")))
TOLD: list[tuple[e.Event, str]] = [
    (e.Granted(amount=money(10_000)), "10,000.00 USDT of paper money granted"),
    (e.Adjusted(amount=money(-250)), "put right by a host: -250.00 USDT"),
    (e.WasReset(wallet=money(5), pockets=(), resets=2), "portfolio reset, number 2"),
    (
        e.ResetsCarried(resets=3, last=NOON),
        "resets carried over: 3, the last on 2026-12-01",
    ),
    (e.OrderPlaced(order=ORDER), "order #4 placed: SHORT 0.1 BTC at 70,000.0"),
    (
        e.OrderPlaced(order=replace(ORDER, reduce_only=True)),
        "reduce-only order #4 placed: SHORT 0.1 BTC at 70,000.0",
    ),
    (e.OrderCancelled(number=4, reason="asked"), "order #4 cancelled"),
    (e.OrderCancelled(number=4, reason="liquidation"), "order #4 cancelled: liquidation"),
    (e.OrderCancelled(number=4, reason="odd"), "order #4 cancelled: it could not be filled"),
    (
        e.PositionIncreased(
            number=3,
            mode=MarginMode.ISOLATED,
            leg=LEG,
            price=Price(D(60_000)),
            margin=money(600),
            fee=money(3),
            stops=NO_STOPS,
        ),
        "#3 LONG 0.1 BTC at 60,000.0, 10x isolated, fee 3.00",
    ),
    (REDUCED, "#3 closed 0.1 BTC at 61,000.0, PnL +100.00, fee 3.05"),
    (
        replace(REDUCED, reason="stop_loss"),
        "#3 closed 0.1 BTC at 61,000.0 (stop loss), PnL +100.00, fee 3.05",
    ),
    (e.MarginMoved(number=3, amount=money(50)), "50.00 USDT of margin added to #3"),
    (e.MarginMoved(number=3, amount=money(-50)), "50.00 USDT of margin taken out of #3"),
    (e.LeverageChosen(symbol=BTC, leverage=Rate(D(20))), "leverage of BTC: 20x"),
    (e.ModeChosen(mode=MarginMode.CROSS, symbol=BTC), "margin mode of BTC: cross"),
    (e.ModeChosen(mode=MarginMode.CROSS), "margin mode of the account: cross"),
    (e.PositionModeChosen(mode=PositionMode.HEDGE), "position mode: hedge"),
    (e.PositionModeChosen(mode=PositionMode.ONE_WAY), "position mode: one-way"),
    (e.VenueChosen(venue="okx"), "rules of OKX chosen"),
    (e.StopsSet(number=3, stops=STOPS), "#3: stop loss 58,000, target 65,000.5"),
    (e.StopsSet(number=3, stops=replace(STOPS, profit=None)), "#3: stop loss 58,000"),
    (e.StopsSet(number=3, stops=replace(STOPS, loss=None)), "#3: target 65,000.5"),
    (e.StopsSet(number=3, stops=NO_STOPS), "#3: stops removed"),
    (FUNDING, "funding of #3 BTC: -0.60 at +0.0100%"),
    (LIQUIDATED, "isolated liquidated: #3 BTC, lost 600.00 USDT"),
    (replace(LIQUIDATED, whole=False, seized=(PART,)), "isolated reduced by the venue: #3 BTC"),
    (e.Warned(scope=None, ratio=Rate(D("0.81"))), "warned: margin ratio 81.0%"),
]


@pytest.mark.parametrize(("event", "sentence"), TOLD, ids=lambda value: str(value)[:60])
def test_an_event_is_told_in_one_line(event: e.Event, sentence: str) -> None:
    words = happened(event, LISTING, str)
    assert Writer(Numerals()).words(words) == sentence
    places = {name for _, name, _, _ in Formatter().parse(words.text) if name}
    assert places <= words.figures.keys()


def test_no_kind_of_event_is_without_its_line() -> None:
    assert {type(event) for event, _ in TOLD} == set(get_args(e.Event))


def test_an_event_is_about_its_coins() -> None:
    about = {type(event): symbols_of(event) for event, _ in TOLD}
    assert about[e.PositionReduced] == about[e.PoolLiquidated] == about[e.OrderPlaced] == {BTC}
    assert about[e.PositionIncreased] == about[e.FundingSettled] == {BTC}
    assert about[e.Granted] == about[e.VenueChosen] == frozenset()
    assert symbols_of(e.ModeChosen(mode=MarginMode.CROSS, symbol=BTC)) == {BTC}
    assert symbols_of(e.ModeChosen(mode=MarginMode.CROSS)) == frozenset()


@pytest.mark.parametrize(("price", "tick"), [("0.00012300", "0.000001"), ("61000", "1")])
def test_a_price_of_a_contract_that_is_listed_no_more_keeps_its_digits(
    price: str, tick: str
) -> None:
    assert price_of(LISTING, Symbol("GONEUSDT"), D(price)).tick == D(tick)
    assert price_of(LISTING, BTC, D(60_000)).tick == D("0.1")

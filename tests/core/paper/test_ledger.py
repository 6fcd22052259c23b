"""Every event's money, booked twice."""

from decimal import Decimal

import pytest

from core.money import D, Quantity
from core.paper import events as e
from core.paper.account import Order
from core.paper.ledger import Entry, Posting, Unbalanced, entry_for, pocket, quanta
from tests.builders import BTC, NOON, amount, long, price, rate
from tests.core.paper.builders import CROSS, ISOLATED, LONG, stops

ORDER = Order(
    number=2,
    symbol=BTC,
    side=LONG,
    quantity=Quantity(D(1)),
    price=price(1),
    mode=CROSS,
    leverage=rate(1),
    placed_at=NOON,
)
INCREASED = e.PositionIncreased(
    number=3,
    mode=ISOLATED,
    leg=long("0.333", 60_000),
    price=price(60_000),
    margin=amount(1_998),
    fee=amount("9.99"),
    stops=stops(),
)
REDUCED = e.PositionReduced(
    number=3,
    symbol=BTC,
    side=LONG,
    quantity=Quantity(D(1)),
    price=price(1),
    cost=amount(6_660),
    margin=amount(666),
    pnl=amount(-333),
    fee=amount(3),
    reason="close",
)
FUNDED = e.FundingSettled(
    number=3,
    symbol=BTC,
    rate=rate(1),
    mark=price(1),
    from_wallet=amount(-1),
    from_pocket=amount("-0.5"),
    forgiven=amount("0.25"),
)
SEIZED = e.Seized(
    number=3,
    symbol=BTC,
    side=LONG,
    quantity=Quantity(D(1)),
    price=price(1),
    cost=amount(1),
    pnl=amount(-900),
)


def fallen(scope: int | None, **amounts: object) -> e.PoolLiquidated:
    figures = {name: amount(0) for name in ("fee", "remainder", "returned", "shortfall")}
    figures |= {name: amount(str(value)) for name, value in amounts.items() if name != "whole"}
    return e.PoolLiquidated(
        scope=scope,
        mode=CROSS if scope is None else ISOLATED,
        whole=bool(amounts.get("whole", True)),
        collateral=amount(1_000),
        limits=(),
        seized=(SEIZED,),
        **figures,
    )


def booked(event: e.Event) -> dict[str, Decimal]:
    """What an event books, in quote."""
    entry = entry_for(event)
    return {} if entry is None else {p.ledger: p.quanta * D("1e-8") for p in entry.postings}


@pytest.mark.parametrize(
    ("event", "parts"),
    [
        (e.Granted(amount=amount(10_000)), {"wallet": 10_000, "grants": -10_000}),
        (
            e.WasReset(wallet=amount(7), pockets=((1, amount(2)), (4, amount(1))), resets=1),
            {"wallet": -7, "margin:1": -2, "margin:4": -1, "grants": 10},
        ),
        (INCREASED, {"wallet": "-2007.99", "margin:3": 1_998, "fees": "9.99"}),
        (REDUCED, {"wallet": 330, "margin:3": -666, "pnl": 333, "fees": 3}),
        (e.MarginMoved(number=3, amount=amount(5)), {"wallet": -5, "margin:3": 5}),
        (e.MarginMoved(number=3, amount=amount(-5)), {"wallet": 5, "margin:3": -5}),
        (
            FUNDED,
            {"wallet": -1, "margin:3": "-0.5", "insurance": "-0.25", "funding": "1.75"},
        ),
        (
            fallen(3, fee=60, remainder=40),
            {"margin:3": -1_000, "pnl": 900, "fees": 60, "insurance": 40},
        ),
        (
            fallen(3, fee=60, returned=40),
            {"margin:3": -1_000, "wallet": 40, "pnl": 900, "fees": 60},
        ),
        (
            fallen(3, fee=60, whole=False),
            {"margin:3": -960, "pnl": 900, "fees": 60},
        ),
        (fallen(None, fee=60, whole=False), {"wallet": -960, "pnl": 900, "fees": 60}),
    ],
    ids=[
        *("a grant", "a reset", "an increase", "a reduction", "margin in", "margin out"),
        *("funding", "a pocket that fell", "a remainder for the trader", "a step"),
        "a step behind the cross wall",
    ],
)
def test_an_event_is_booked_twice(event: e.Event, parts: dict[str, str]) -> None:
    assert booked(event) == {name: D(value) for name, value in parts.items()}


def test_several_pockets_are_topped_up_from_one_wallet_in_one_posting() -> None:
    topped = ((1, amount(2)), (2, amount(3)))
    entry = entry_for(e.LeverageChosen(symbol=BTC, leverage=rate(5), topped_up=topped))
    assert entry is not None
    assert [(p.ledger, p.quanta) for p in entry.postings] == [
        ("wallet", -500_000_000),
        ("margin:1", 200_000_000),
        ("margin:2", 300_000_000),
    ]


def test_what_a_cross_wall_takes_and_gives_back_is_one_posting() -> None:
    entry = entry_for(fallen(None, fee=60, returned=40))
    assert entry is not None
    wallet = [p.quanta for p in entry.postings if p.ledger == "wallet"]
    assert wallet == [-96_000_000_000]


def test_a_shortfall_comes_from_the_insurance_fund() -> None:
    deep = e.PoolLiquidated(
        scope=3,
        mode=ISOLATED,
        whole=True,
        collateral=amount(700),
        limits=(),
        seized=(SEIZED,),
        fee=amount(0),
        remainder=amount(0),
        returned=amount(0),
        shortfall=amount(200),
    )
    assert booked(deep) == {"margin:3": -700, "pnl": 900, "insurance": -200}


@pytest.mark.parametrize(
    "event",
    [
        e.OrderPlaced(order=ORDER),
        e.OrderCancelled(number=1, reason="asked"),
        e.LeverageChosen(symbol=BTC, leverage=rate(5)),
        e.ModeChosen(mode=CROSS),
        e.StopsSet(number=1, stops=stops(1)),
        e.VenueChosen(venue="okx"),
        e.MarginMoved(number=1, amount=amount(0)),
        e.Warned(scope=None, ratio=rate(1)),
        e.ResetsCarried(resets=1, last=NOON),
    ],
    ids=lambda event: type(event).__name__,
)
def test_where_no_money_moves_nothing_is_booked(event: e.Event) -> None:
    assert entry_for(event) is None


def test_an_entry_that_does_not_balance_cannot_be_made() -> None:
    Entry((Posting("wallet", -1), Posting("fees", 1)))
    with pytest.raises(Unbalanced):
        Entry((Posting("wallet", -1), Posting("fees", 2)))


def test_a_liquidation_whose_parts_do_not_add_up_cannot_be_booked() -> None:
    with pytest.raises(Unbalanced):
        entry_for(fallen(3, fee=60, remainder=41))


def test_an_amount_is_a_whole_number_of_quanta() -> None:
    assert quanta(D("-1.00000001")) == -100_000_001
    with pytest.raises(Unbalanced):
        quanta(D("0.000000001"))


def test_a_pocket_has_a_ledger_account_of_its_own() -> None:
    assert pocket(12) == "margin:12"

"""Published examples, reproduced to the printed digit.

The examples are data (`examples.json`): source, address, inputs, and what was printed. Rules that
are no longer in force live here only, so that the core cannot use them by mistake.
"""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.margin.compare import compare
from core.margin.fees import order_cost, posted_margin
from core.margin.inverse import InverseLeg, inverse_liquidation_price, inverse_order_cost
from core.margin.liquidation import (
    LiquidationBand,
    bankruptcy_price,
    liquidation_band,
    printed,
)
from core.margin.pool import Leg, MarginMode, Pool, Side, cross_pool, isolated_pool
from core.margin.risk import Risk, closing_fee, leg_risk, risk
from core.margin.shock import joint_band
from core.margin.sizing import Size, SizeKind, Trade, place
from core.market import Listing, MarkPrice, Marks, Symbol
from core.money import D, Price, Quantity
from core.venue import OKX, venue_named
from tests.builders import (
    BTC,
    BTCUSDT,
    NOON,
    amount,
    bybit,
    flat,
    instrument,
    ladder,
    listing,
    marks,
    price,
    rate,
)

Row = dict[str, Any]
EXAMPLES: Row = json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))


def rows(name: str) -> pytest.MarkDecorator:
    """Give one group of examples to a test, each under its own sentence."""
    group = EXAMPLES[name]
    return pytest.mark.parametrize("row", group, ids=[row["id"] for row in group])


def shown(value: Decimal | None, like: str) -> Decimal:
    """Round a result to the digits that were printed."""
    assert value is not None
    return value.quantize(D(like))


def leg_of(row: Row) -> Leg:
    return Leg.at(
        Symbol(row["symbol"]),
        Side(row["side"]),
        Quantity(D(row["quantity"])),
        price(row["entry"]),
        rate(row.get("leverage", "10")),
    )


class Account:
    """The pool of a row with its listing and marks; every ladder is the one tier of the example."""

    def __init__(self, row: Row) -> None:
        """Read a row."""
        self.row = row
        legs = [leg_of(each) for each in row["legs"]]
        self.listing = Listing(venue_named(row["venue"]), dict(map(self._contract, row["legs"])))
        self.marks = Marks(
            "example",
            NOON,
            {Symbol(g["symbol"]): MarkPrice(price(g["mark"]), NOON) for g in row["legs"]},
        )
        if "raw_usd" in row:
            collateral = D(row["raw_usd"]) + legs[0].side.sign * legs[0].entry_cost
        else:
            collateral = D(row["collateral"])
        self.pool: Pool = (
            cross_pool(amount(collateral), legs)
            if row["mode"] == "cross"
            else isolated_pool(legs[0], amount(collateral))
        )
        self.asked = Symbol(row["ask"])

    def _contract(self, row: Row) -> tuple[Symbol, Any]:
        symbol = Symbol(row["symbol"])
        plain = instrument(symbol, flat(row["rate"], row["amount"]))
        return symbol, replace(plain, trigger_fee=rate(self.row.get("trigger_fee", "0")))

    @property
    def price(self) -> Price | None:
        band = liquidation_band(self.pool, self.asked, self.marks, self.listing)
        (leg,) = (leg for leg in self.pool.legs if leg.symbol == self.asked)
        return band.lower if leg.side is Side.LONG else band.upper

    @property
    def others(self) -> Risk:
        """The risk of every leg but the one asked about, without collateral."""
        rest = self.pool.without(self.asked).with_collateral(-self.pool.collateral)
        return risk(rest, self.marks, self.listing)


@rows("linear")
def test_the_liquidation_price_is_the_one_printed(row: Row) -> None:
    expected, within = row["expected"]["liquidation_price"], D(row.get("within", "0"))
    found = Account(row).price
    assert abs(shown(found, expected) - D(expected)) <= within


def test_the_account_on_binances_page_has_its_printed_figures() -> None:
    for row in EXAMPLES["linear"][:2]:
        account, expected = Account(row), row["expected"]
        others, needed = account.others, expected["other_maintenance"]
        assert shown(others.maintenance_margin, needed) == D(needed)
        assert shown(others.margin_balance, "0.01") == D(expected["other_pnl"])


def test_the_account_on_binances_page_falls_jointly_much_sooner_than_either_price_says() -> None:
    row = EXAMPLES["linear"][0]
    account, expected = Account(row), row["expected"]
    seen = risk(account.pool, account.marks, account.listing)
    joint = joint_band(account.pool, account.marks, account.listing)
    assert shown(seen.margin_balance, "0.01") == D(expected["margin_balance"])
    assert shown(seen.maintenance_margin, "0.01") == D(expected["maintenance_margin"])
    assert shown(seen.margin_ratio, "0.0001") == D(expected["margin_ratio"])
    assert shown(joint.fall, "0.000001") == D(expected["joint_fall"])
    alone = account.price
    assert alone is not None
    assert alone / account.marks.price(account.asked) - 1 < 2 * D(expected["joint_fall"]) + D(
        "0.02"
    )


def test_bankruptcy_is_printed_as_the_entry_less_its_share() -> None:
    (row,) = (r for r in EXAMPLES["linear"] if "bankruptcy_price" in r["expected"])
    account = Account(row)
    found = bankruptcy_price(account.pool, account.asked, account.marks, account.listing)
    assert found == D(row["expected"]["bankruptcy_price"])


@pytest.mark.parametrize(
    "row",
    [row for row in EXAMPLES["linear"] if "legacy" in row],
    ids=lambda row: str(row["legacy"]["liquidation_price"]),
)
def test_the_old_rule_gives_the_old_figure_and_the_core_does_not_use_it(row: Row) -> None:
    """E*(1 - s/L + s*m): maintenance frozen at the entry value."""
    account, old = Account(row), row["legacy"]
    (leg,) = account.pool.legs
    sign, held = leg.side.sign, account.listing.instrument(leg.symbol).brackets.rates[0]
    legacy = leg.entry_price * (1 - sign / leg.leverage + sign * held)
    assert legacy == D(old["liquidation_price"]) != account.price
    if "initial_margin" in old:
        at_entry = leg_risk(leg, leg.entry_price, account.listing.instrument(leg.symbol))
        assert at_entry.initial_margin == D(old["initial_margin"])
        assert at_entry.maintenance_margin == D(old["maintenance_margin"])


@rows("order_cost")
def test_an_order_costs_what_bybit_prints(row: Row) -> None:
    fee, expected = rate(row["fee"]), row["expected"]
    contract = replace(bybit(BTCUSDT), taker_fee=fee, bankruptcy_fee=fee)
    leg = leg_of({**row, "symbol": BTC, "side": "long"})
    assert leg.initial_margin == D(expected["initial_margin"])
    assert leg.entry_cost * fee == D(expected["opening_fee"])
    assert closing_fee(leg, contract) == D(expected["closing_fee"])
    assert order_cost(leg, contract) == D(expected["order_cost"])
    if "bankruptcy_price" in expected:
        pool, rules = isolated_pool(leg, posted_margin(leg, contract)), listing(contract)
        found = bankruptcy_price(pool, BTC, marks(btc=leg.entry_price), rules)
        assert found == D(expected["bankruptcy_price"])


def test_an_inverse_order_costs_what_bybit_prints() -> None:
    row = EXAMPLES["inverse"][0]
    leg = InverseLeg(Side.LONG, D(row["value"]), price(row["entry"]), rate(row["leverage"]))
    expected = row["expected"]
    assert leg.initial_margin == D(expected["initial_margin"])
    assert inverse_order_cost(leg, rate(row["fee"])) == D(expected["order_cost"])
    parts = ("initial_margin", "opening_fee", "closing_fee")
    assert sum(D(expected[part]) for part in parts) == D(expected["order_cost"])


def test_an_inverse_isolated_long_on_okx_is_printed_one_tick_nearer() -> None:
    row = EXAMPLES["inverse"][1]
    leg = InverseLeg(Side.LONG, D(row["value"]), price(row["entry"]), rate(row["leverage"]))
    found = inverse_liquidation_price(
        leg, amount(row["margin"]), flat(row["rate"]), rate(row["fee"])
    )
    expected = row["expected"]
    assert shown(found, expected["liquidation_price"]) == D(expected["liquidation_price"])
    assert found is not None
    shifted = found + OKX.isolated_tick_shift * D(row["tick"])
    assert shown(shifted, expected["printed"]) == D(expected["printed"])


def test_a_linear_isolated_long_on_okx_is_printed_one_tick_nearer_than_on_binance() -> None:
    contract = instrument(BTC, flat("0.004"), tick="0.01")
    band = LiquidationBand(price("2352.8396681818"), None)
    plain = printed(band, contract, venue_named("binance"), MarginMode.ISOLATED).lower
    nearer = printed(band, contract, OKX, MarginMode.ISOLATED).lower
    assert [plain, nearer] == [D("2352.84"), D("2352.85")]


def test_the_amounts_of_a_coin_ladder_follow_from_the_ones_below() -> None:
    group = EXAMPLES["coin_ladder"]
    for step in group["steps"]:
        # The same difference, on a ladder of our own that starts at the rate below.
        ours = ladder((0, 10, step["rate_below"]), (step["floor"], 5, step["rate"]))
        assert D(step["amount_below"]) + ours.amounts[1] == D(step["amount"])


def test_the_tier_of_a_coin_position_is_the_one_printed() -> None:
    group = EXAMPLES["coin_ladder"]
    steps = group["steps"]
    # One tier below the first edge, with the rate that gives the printed amount there.
    low = D(steps[0]["rate_below"]) - D(steps[0]["amount_below"]) / 25
    table = ladder(
        (0, 100, low),
        (25, 50, steps[0]["rate_below"]),
        *((s["floor"], 10, s["rate"]) for s in steps),
    )
    tier = table.at(Decimal(1), D(group["position"]))
    assert [tier.maintenance_rate, tier.maintenance_amount] == [
        D(group["rate"]),
        D(group["amount"]),
    ]


@rows("replies")
def test_the_first_reply_has_the_figures_it_was_designed_with(row: Row) -> None:
    size = (
        Size(SizeKind.MARGIN, D(row["margin"]))
        if "margin" in row
        else Size(SizeKind.QUANTITY, D(row["quantity"]))
    )
    trade = Trade(BTC, Side.LONG, rate(row["leverage"]), size)
    seen, wallet, expected = marks(btc=row["mark"]), amount(row["wallet"]), row["expected"]
    leg = place(trade, seen.price(BTC), wallet, listing())
    found = compare(leg, wallet, seen, listing())
    both = (found.isolated, found.cross)
    assert leg.quantity == D(expected["quantity"])
    assert [o.shown_limit for o in both] == [D(expected["isolated"]), D(expected["cross"])]
    if "can_lose" in expected:
        assert [shown(o.max_loss, "0.01") for o in both] == [D(n) for n in expected["can_lose"]]
        away = [o.shown.distance(seen.price(BTC)) for o in both]
        assert [shown(n, "0.0001") for n in away] == [D(n) for n in expected["away"]]
        assert shown(found.fee, "0.01") == D(expected["fee"])
        assert found.isolated.bankruptcy == D(expected["bankruptcy"])


def test_every_example_says_where_it_is_from_and_when_it_was_read() -> None:
    assert EXAMPLES["read"] == "2026-11-22"
    groups = [EXAMPLES[name] for name in ("linear", "order_cost", "inverse", "replies")]
    every = [row for group in groups for row in group] + [EXAMPLES["coin_ladder"]]
    assert len(every) == 17
    assert all(row["source"] for row in every)
    linked = [row["url"] for row in every if row.get("url")]
    assert len(linked) == 13
    assert all(url.startswith("https://") for url in linked)

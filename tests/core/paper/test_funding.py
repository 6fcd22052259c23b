"""Funding: which purse pays, and what happens when it is empty."""

from dataclasses import replace

import pytest

from core.money import D
from core.paper.account import PaperAccount
from core.paper.events import FundingSettled
from core.paper.funding import funding_settled
from core.paper.scene import Scene
from tests.builders import BTC, ETH, SOL, amount, rate
from tests.core.paper.builders import CROSS, ISOLATED, SHORT, after, do, fresh, only, scene, wish

NOW = scene(btc=60_000, eth=2_000)
BYBIT = scene("bybit", btc=60_000)
TENTH = {BTC: rate("0.0001")}


def held(now: Scene = NOW, mode: str = "isolated", side: str = "long") -> PaperAccount:
    chosen = CROSS if mode == "cross" else ISOLATED
    account = replace(fresh(venue_id=now.listing.venue.id), account_mode=chosen)
    intent = wish("0.333", mode=chosen)
    return do(account, replace(intent, side=SHORT) if side == "short" else intent, now)


def settled(account: PaperAccount, now: Scene, value: str = "0.0001") -> FundingSettled:
    (event,) = funding_settled(account, {BTC: rate(value)}, now)
    assert isinstance(event, FundingSettled)
    return event


def test_an_isolated_long_pays_from_its_pocket() -> None:
    # 19,980 x 0.01 %
    event = settled(held(), NOW)
    assert [event.from_wallet, event.from_pocket, event.forgiven] == [0, D("-1.998"), 0]
    assert [event.rate, event.mark] == [D("0.0001"), 60_000]
    now = after(held(), (event,))
    assert (only(now).margin, now.wallet) == (D("1996.002"), D("7992.01"))


def test_a_cross_long_pays_from_the_wallet() -> None:
    account = held(mode="cross")
    event = settled(account, NOW)
    assert [event.from_wallet, event.from_pocket, event.forgiven] == [D("-1.998"), 0, 0]
    assert after(account, (event,)).wallet == account.wallet - D("1.998")


@pytest.mark.parametrize(("side", "value"), [("short", "0.0001"), ("long", "-0.0001")])
def test_the_other_side_receives_where_it_would_pay(side: str, value: str) -> None:
    assert settled(held(side=side), NOW, value).from_pocket == D("1.998")
    assert settled(held(mode="cross", side=side), NOW, value).from_wallet == D("1.998")
    assert settled(held(BYBIT, side=side), BYBIT, value).from_wallet == D("1.998")


def test_bybit_asks_the_wallet_first_and_then_the_pocket() -> None:
    account = held(BYBIT)
    assert settled(account, BYBIT).from_wallet == D("-1.998")
    poor = replace(account, wallet=amount(1))
    event = settled(poor, BYBIT)
    assert [event.from_wallet, event.from_pocket, event.forgiven] == [-1, D("-0.998"), 0]
    assert after(poor, (event,)).wallet == 0


def test_what_no_purse_can_pay_is_forgiven() -> None:
    account = held()
    bare = account.with_position(replace(only(account), margin=amount(1)))
    event = settled(bare, NOW)
    assert [event.from_pocket, event.forgiven] == [-1, D("0.998")]
    assert only(after(bare, (event,))).margin == 0
    poor = replace(held(mode="cross"), wallet=amount("0.5"))
    assert settled(poor, NOW).forgiven == D("1.498")


def test_two_cross_positions_do_not_spend_the_wallet_twice() -> None:
    account = do(held(mode="cross"), wish(10, mode=CROSS, symbol=ETH), NOW)
    poor = replace(account, wallet=amount(3))
    events = funding_settled(poor, {BTC: rate("0.0001"), ETH: rate("0.0001")}, NOW)
    paid = [(e.from_wallet, e.forgiven) for e in events if isinstance(e, FundingSettled)]
    assert paid == [(D("-1.998"), 0), (D("-1.002"), D("0.998"))]


def test_amounts_are_rounded_against_the_trader() -> None:
    assert settled(held(), NOW, "0.00000000001").from_pocket == D("-0.0000002")
    assert settled(held(), NOW, "0.0000000000001").from_pocket == D("-0.00000001")
    assert settled(held(), NOW, "-0.0000000000001").from_pocket == 0


def test_only_positions_with_a_rate_and_a_mark_are_settled() -> None:
    assert funding_settled(held(), {ETH: rate("0.01"), SOL: rate("0.01")}, NOW) == ()
    assert funding_settled(held(), TENTH, scene(eth=2_000)) == ()
    assert funding_settled(fresh(), TENTH, NOW) == ()

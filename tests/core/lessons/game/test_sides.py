"""The same trade behind either wall, and what may be done about it afterwards."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.errors import IsolatedOnly, LeverageTooHigh, NoPrice
from core.lessons.game.errors import Unplayable
from core.lessons.game.kind import Deed
from core.lessons.game.sides import (
    Pick,
    entered,
    hedge_of,
    more_margin,
    new_account,
    playable,
    restruck,
    stocked,
)
from core.margin.pool import MarginMode, PositionMode, Side
from core.market import Instrument, Symbol
from core.money import D
from core.paper.actions import MoveMargin, Open
from core.paper.events import ModeChosen, PositionModeChosen
from core.venue import BYBIT, HYPERLIQUID, VENUES, Venue
from tests.builders import (
    BTC,
    BTCUSDT,
    ETH,
    OKX_BTC_LADDER,
    SOL,
    amount,
    instrument,
    ladder,
    listing,
    rate,
)
from tests.core.lessons.game.builders import at, ground, plain, tick
from tests.core.paper.builders import CROSS, ISOLATED

WALLET = amount(5000)


def enter(
    mode: MarginMode = ISOLATED,
    side: Side = Side.LONG,
    contract: Instrument | None = None,
    venue: Venue = VENUES["binance"],
    leverage: int = 10,
) -> Deed:
    """Put 1,000 of 5,000 on BTC at 60,000."""
    on = ground(contract or plain(), venue=venue)
    entry = (BTC, side, rate(leverage), amount(1000), mode)
    return entered(7, entry, WALLET, on, tick(3, 60000))


# --- entering


def test_both_walls_enter_with_the_same_quantity_at_the_same_mark() -> None:
    isolated, cross = (enter(mode).after.positions[0] for mode in (ISOLATED, CROSS))
    assert isolated.leg == cross.leg
    assert (isolated.mode, cross.mode) == (ISOLATED, CROSS)
    assert isolated.leg.entry_price == 60000


def test_only_the_wall_differs_in_what_the_wallet_keeps() -> None:
    isolated, cross = enter(ISOLATED).after, enter(CROSS).after
    assert [round(isolated.wallet, 8), round(cross.wallet, 8)] == [4000, 5000]
    assert isolated.wallet_balance == cross.wallet_balance == 5000


def test_a_deed_tells_whose_account_it_was_and_from_nothing_on() -> None:
    deed = enter()
    assert (deed.player, deed.at, deed.before.version) == (7, at(3), 0)
    assert deed.after.version == len(deed.events)
    assert deed.after.positions[0].opened_at == at(3)


def test_the_quantity_is_rounded_down_to_the_step_and_the_fee_is_paid() -> None:
    after = enter(contract=BTCUSDT).after
    assert after.positions[0].leg.quantity == D("0.166")
    assert after.wallet == 5000 - D("996") - D("4.98")


@pytest.mark.parametrize("venue", VENUES.values(), ids=list(VENUES))
@pytest.mark.parametrize("mode", [ISOLATED, CROSS])
def test_every_venue_lets_both_walls_stand_and_both_sides_be_held(
    venue: Venue, mode: MarginMode
) -> None:
    after = enter(mode, venue=venue).after
    assert after.positions[0].mode is mode
    assert after.position_mode is PositionMode.HEDGE


def test_what_a_venue_has_chosen_already_is_no_event() -> None:
    kinds = [type(event) for event in enter(ISOLATED, venue=BYBIT).events]
    assert ModeChosen not in kinds
    assert PositionModeChosen in kinds
    assert ModeChosen in [type(event) for event in enter(CROSS, venue=BYBIT).events]


def test_what_cannot_be_entered_says_why() -> None:
    with pytest.raises(LeverageTooHigh):
        enter(contract=instrument(BTC, ladder((0, 20, "0.01"))), leverage=50)
    with pytest.raises(IsolatedOnly):
        enter(CROSS, contract=replace(plain(), isolated_only=True))
    with pytest.raises(NoPrice):
        entered(
            7, (ETH, Side.LONG, rate(10), amount(1000), CROSS), WALLET, ground(), tick(3, 1, BTC)
        )


# --- acting


def test_more_margin_is_half_of_the_first_rounded_up() -> None:
    position = enter(contract=BTCUSDT).after.positions[0]
    assert more_margin(position) == MoveMargin(position.number, amount(498))
    third = enter(leverage=3, contract=BTCUSDT).after.positions[0]
    action = more_margin(third)
    assert isinstance(action, MoveMargin)
    exact = third.leg.entry_cost / 6
    assert exact <= action.amount < exact + D("1e-8")


@pytest.mark.parametrize("side", list(Side))
def test_a_hedge_is_the_other_side_at_half_the_size_rounded_down(side: Side) -> None:
    position = enter(CROSS, side, contract=BTCUSDT).after.positions[0]
    action = hedge_of(position, ground(BTCUSDT))
    assert isinstance(action, Open)
    intent = action.intent
    assert (intent.side, intent.quantity) == (side.other, D("0.083"))
    assert (intent.mode, intent.leverage, intent.price) == (CROSS, rate(10), None)


# --- where it can be played


def symbols(*contracts: Instrument, leverage: int = 20) -> tuple[str, ...]:
    on = ground(*contracts)
    return playable(on, rate(leverage), amount(1000))


def test_the_contracts_that_take_the_trade_are_played_in_their_order() -> None:
    assert symbols(plain(SOL), plain(BTC)) == (SOL, BTC)


def test_a_contract_without_cross_is_not_played() -> None:
    assert symbols(replace(plain(BTC), isolated_only=True), plain(ETH)) == (ETH,)


def test_a_tier_must_allow_the_leverage_at_the_size_with_a_little_room() -> None:
    def tiered(symbol: Symbol, floor: int) -> Instrument:
        return replace(plain(symbol), brackets=ladder((0, 50, "0.01"), (floor, 10, "0.02")))

    assert symbols(tiered(BTC, 20_199), tiered(ETH, 20_200)) == (ETH,)
    assert symbols(tiered(BTC, 1_000), leverage=10) == (BTC,)


def test_a_ladder_of_coins_is_taken_where_it_knows_the_leverage() -> None:
    coins = replace(plain(), brackets=OKX_BTC_LADDER)
    assert symbols(coins, leverage=100) == (BTC,)
    with pytest.raises(Unplayable):
        symbols(coins, leverage=101)


def test_where_no_contract_takes_it_nothing_is_played() -> None:
    with pytest.raises(Unplayable, match="leverage"):
        symbols(replace(plain(), isolated_only=True))


def test_what_the_venue_does_not_list_is_not_played() -> None:
    on = replace(ground(), listing=listing(plain(ETH), venue=HYPERLIQUID))
    assert playable(on, rate(20), amount(1000)) == (ETH,)
    assert Decimal(20) <= plain().max_leverage


# --- struck anew


def struck(
    deed: Deed, pick: Pick, leverage: int, mark: int, contract: Instrument | None = None
) -> Deed:
    """What becomes of an account that is struck anew at a mark."""
    there = (ground(contract or plain()), tick(9, mark, BTC))
    return restruck(Deed(7, deed.after, (), deed.after, at(9)), pick, rate(leverage), there)


def test_a_pick_is_opened_with_half_of_the_wallet() -> None:
    flat = replace(enter(), after=replace(enter().after, positions=(), wallet=WALLET))
    deed = struck(flat, Pick(BTC, Side.SHORT, CROSS), 20, 50000)
    (position,) = deed.after.positions
    assert (position.mode, position.leg.side) == (CROSS, Side.SHORT)
    assert position.leg.leverage == 20
    assert round(position.leg.entry_cost, 6) == 50_000
    assert (deed.player, deed.before, deed.at) == (7, flat.after, at(9))


def test_what_is_held_is_closed_before() -> None:
    deed = struck(enter(ISOLATED), Pick(BTC, Side.LONG, ISOLATED), 50, 63000)
    (position,) = deed.after.positions
    assert position.leg.leverage == 50
    assert round(position.margin, 6) == 2750, "half of 5,500"
    assert round(deed.after.wallet_balance, 6) == 5500


def test_what_cannot_be_opened_leaves_no_position() -> None:
    small = replace(plain(), brackets=ladder((0, 20, "0.005")))
    deed = struck(enter(CROSS), Pick(BTC, Side.LONG, CROSS), 50, 60000, small)
    assert deed.after.positions == ()
    nothing = replace(enter(), after=replace(enter().after, positions=(), wallet=WALLET))
    assert struck(nothing, Pick(ETH, Side.LONG, CROSS), 5, 60000).after.positions == ()


def test_what_cannot_be_closed_leaves_everything_as_it_is() -> None:
    """Behind the cross wall less is left than closing would cost."""
    held = enter(CROSS, contract=replace(plain(maintenance=0, fee="0.01")))
    deed = struck(held, Pick(BTC, Side.LONG, CROSS), 5, 30000)
    assert deed.after == held.after
    assert deed.events == ()


def test_a_new_account_has_its_wallet_and_nothing_else() -> None:
    deed = new_account(7, WALLET, ground(), at(9))
    assert (deed.player, deed.at, deed.before.version) == (7, at(9), 0)
    assert deed.after.wallet == WALLET
    assert not deed.after.at_stake


def test_a_pick_is_as_large_as_one_order_and_the_tier_allow() -> None:
    rich = new_account(7, amount(1_000_000), ground(), at(9))
    pick = Pick(BTC, Side.SHORT, CROSS)
    assert struck(rich, pick, 20, 100).after.positions[0].leg.quantity == 2_000
    tiers = replace(plain(), brackets=ladder((0, 50, "0.01"), (40_000, 10, "0.02")))
    assert struck(rich, pick, 20, 100, tiers).after.positions[0].leg.quantity == 400


def test_several_trades_can_be_entered_at_once_each_behind_its_wall() -> None:
    entries = (
        (BTC, Side.LONG, rate(10), amount(1000), ISOLATED),
        (ETH, Side.SHORT, rate(5), amount(500), CROSS),
    )
    deed = stocked(7, entries, WALLET, ground(), tick(3, 100))
    first, second = deed.after.positions
    assert (first.leg.symbol, first.mode, first.margin) == (BTC, ISOLATED, D(1000))
    assert (first.leg.quantity, second.leg.quantity) == (D(100), D(25))
    assert (second.leg.side, second.mode) == (Side.SHORT, CROSS)
    assert deed.after.wallet == 4000

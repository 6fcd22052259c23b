"""Questions made of numbers: what a trade costs, gains and pays, and what usual mistakes answer.

What is right is worked out by the margin core. A wrong choice is no number beside it but the result
of a real mistake: the wrong side, leverage counted twice or not at all, the margin taken for the
position. Money and percentages are shown to two places, fees and funding to four, a half to the
even digit.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import Refusal
from core.lessons.game.cards import contracts
from core.lessons.game.figures import SHOWN, Dice, plain, round_quantity, significant
from core.lessons.game.items import Sum
from core.lessons.game.kind import Ground
from core.margin.fees import funding_payment, trading_fee
from core.margin.pool import Leg, Side
from core.margin.risk import return_on_margin, unrealized_pnl
from core.margin.sizing import Size, SizeKind, Trade, place
from core.market import Symbol
from core.money import ONE, ZERO, Amount, D, Price, Quantity, Rate, display, down

Draw = Callable[[Dice, Ground], Sum | None]
"""What makes a question; None where nothing fair was drawn."""


@dataclass(frozen=True, slots=True)
class Made:
    """A kind of made-up question: what it is about, how hard it is, and what makes it."""

    category: str
    level: str
    draw: Draw


_MARGINS = tuple(map(D, (100, 200, 250, 500, 800, 1_000)))
_LEVERAGES = tuple(map(D, (2, 3, 5, 10, 20, 25)))
_WORTH = tuple(map(D, (1_000, 2_000, 2_500, 4_000, 5_000, 8_000, 10_000, 20_000)))
_WALLETS = tuple(map(D, (500, 1_000, 2_000, 4_000)))
_MOVES = tuple(map(D, ("-0.05", "-0.04", "-0.03", "-0.02", "0.01", "0.02", "0.03", "0.05")))
_FUNDING = tuple(map(D, ("0.0001", "0.0002", "0.0003", "0.0005")))
_LOSSES = tuple(map(D, (10, 20, 25, 40, 50, 60, 75, 80)))
_RISKS = tuple(map(D, (20, 25, 40, 50, 100)))
_STOPS = tuple(map(D, ("0.5", "1", "2", "4", "5", "8")))
_HUNDRED = D(100)
_SMALL = frozenset({"fee", "funding"})

Slips = Iterable[tuple[str, Decimal]]


def shown(value: Decimal, places: int = 2) -> Decimal:
    """Return a number as a choice shows it."""
    return plain(display(value, places))


def drawn_leg(dice: Dice, ground: Ground) -> Leg | None:
    """Return a trade of a round size that the venue takes, or None."""
    instrument = ground.listing.instrument(dice.one(contracts(ground), "symbol"))
    leverage = Rate(min(dice.one(_LEVERAGES, "leverage"), instrument.max_leverage))
    entry = dice.entry(instrument)
    cost = dice.one(_MARGINS, "margin") * leverage
    size = Size(SizeKind.QUANTITY, round_quantity(cost, entry, instrument.step))
    trade = Trade(instrument.symbol, dice.one(tuple(Side), "side"), leverage, size)
    try:
        return place(trade, entry, Amount(ZERO), ground.listing)
    except Refusal:
        return None


def position(worth: Decimal, leverage: Decimal, side: Side = Side.LONG) -> Leg:
    """Return a position worth so much (quote) of a coin that costs one."""
    return Leg.at(Symbol(""), side, Quantity(worth), Price(ONE), Rate(leverage))


def _of_worth(dice: Dice) -> dict[str, Decimal]:
    """A position's notional (quote) and its leverage."""
    return {"worth": dice.one(_WORTH, "worth"), "leverage": dice.one(_LEVERAGES, "leverage")}


def _money(kind: str, numbers: dict[str, Decimal], right: Decimal, slips: Slips) -> Sum:
    """A sum of money; what is small beside its position keeps two places more."""
    places = 4 if kind in _SMALL else 2
    wrong = tuple((slip, shown(answer, places)) for slip, answer in slips)
    return Sum(kind=kind, unit="quote", numbers=numbers, right=shown(right, places), slips=wrong)


def margin_needed(dice: Dice, ground: Ground) -> Sum:
    """Ask for the initial margin of a position."""
    del ground
    numbers = _of_worth(dice)
    worth, leverage = numbers["worth"], numbers["leverage"]
    right = position(worth, leverage).initial_margin
    slips = (
        ("squared", right / leverage),
        ("borrowed", worth - right),
        ("whole", worth),
        ("multiplied", worth * leverage),
    )
    return _money("margin_needed", numbers, right, slips)


def position_size(dice: Dice, ground: Ground) -> Sum:
    """Ask for the notional that a margin opens."""
    del ground
    margin, leverage = dice.one(_MARGINS, "margin"), dice.one(_LEVERAGES, "leverage")
    slips = (
        ("margin", margin),
        ("borrowed", margin * (leverage - ONE)),
        ("added", margin * (leverage + ONE)),
        ("divided", margin / leverage),
    )
    numbers = {"margin": margin, "leverage": leverage}
    return _money("position_size", numbers, margin * leverage, slips)


def fee(dice: Dice, ground: Ground) -> Sum:
    """Ask for the taker fee of opening a position."""
    instrument = ground.listing.instrument(dice.one(contracts(ground), "symbol"))
    numbers = {**_of_worth(dice), "rate": instrument.taker_fee}
    worth, leverage = numbers["worth"], numbers["leverage"]
    right = trading_fee(worth, Price(ONE), instrument.taker_fee)
    slips = (
        ("on_margin", right / leverage),
        ("leverage", right * leverage),
        ("both_ways", right * 2),
        ("percent", right * _HUNDRED),
    )
    return _money("fee", numbers, right, slips)


def funding(dice: Dice, ground: Ground) -> Sum:
    """Ask what a position pays (below zero) or receives at one settlement."""
    del ground
    side = dice.one(tuple(Side), "side")
    numbers = {**_of_worth(dice), "rate": dice.one(_FUNDING, "rate")}
    leg = position(numbers["worth"], numbers["leverage"], side)
    right = funding_payment(leg, Price(ONE), Rate(numbers["rate"]))
    slips = (
        ("wrong_side", -right),
        ("on_margin", right / leg.leverage),
        ("leverage", right * leg.leverage),
        ("a_day", right * 3),
    )
    return replace(_money("funding", numbers, right, slips), names={"side": side.value})


def _exit(dice: Dice, ground: Ground, leg: Leg) -> Price:
    """A round price after a move."""
    moved = significant(leg.entry_price * (ONE + dice.one(_MOVES, "move")), SHOWN)
    return Price(plain(down(moved, ground.listing.instrument(leg.symbol).tick)))


def _closed(dice: Dice, ground: Ground) -> tuple[Leg, Price, dict[str, Decimal]] | None:
    """A trade, its exit, and the figures of both."""
    leg = drawn_leg(dice, ground)
    if leg is None:
        return None
    exit_ = _exit(dice, ground, leg)
    numbers = {
        "quantity": leg.quantity,
        "entry": dice.entry(ground.listing.instrument(leg.symbol)),
        "exit": exit_,
        "leverage": leg.leverage,
    }
    return leg, exit_, numbers


def pnl(dice: Dice, ground: Ground) -> Sum | None:
    """Ask for the result of a trade, before fees."""
    closed = _closed(dice, ground)
    if closed is None:
        return None
    leg, exit_, numbers = closed
    right = unrealized_pnl(leg, exit_)
    slips = (
        ("leverage", right * leg.leverage),
        ("wrong_side", -right),
        ("on_margin", right / leg.leverage),
        ("both", -right * leg.leverage),
    )
    names = {"symbol": leg.symbol, "side": leg.side.value}
    return replace(_money("pnl", numbers, right, slips), names=names)


def roe(dice: Dice, ground: Ground) -> Sum | None:
    """Ask for the result of a trade in percent of its initial margin."""
    closed = _closed(dice, ground)
    if closed is None:
        return None
    leg, exit_, numbers = closed
    right = return_on_margin(leg, exit_) * _HUNDRED
    slips = (
        ("no_leverage", right / leg.leverage),
        ("wrong_side", -right),
        ("squared", right * leg.leverage),
        ("both", -right / leg.leverage),
    )
    return Sum(
        kind="roe",
        unit="percent",
        names={"symbol": leg.symbol, "side": leg.side.value},
        numbers=numbers,
        right=shown(right),
        slips=tuple((slip, shown(answer)) for slip, answer in slips),
    )


def effective(dice: Dice, ground: Ground) -> Sum | None:
    """Ask for the effective leverage of a cross position: notional against the equity behind it."""
    del ground
    numbers = {**_of_worth(dice), "wallet": dice.one(_WALLETS, "wallet")}
    worth, leverage, wallet = numbers["worth"], numbers["leverage"], numbers["wallet"]
    if worth / leverage >= wallet:
        return None  # it does not fit, or effective leverage is the one on the button
    slips = (
        ("button", leverage),
        ("multiplied", leverage * worth / wallet),
        ("upside_down", wallet / worth),
        ("divided", leverage * wallet / worth),
    )
    return Sum(
        kind="effective",
        unit="leverage",
        numbers=numbers,
        right=shown(worth / wallet),
        slips=tuple((slip, shown(answer)) for slip, answer in slips),
    )


def recovery(dice: Dice, ground: Ground) -> Sum:
    """Ask which gain makes a loss good: loss / (1 - loss)."""
    del ground
    loss = dice.one(_LOSSES, "loss")
    left = _HUNDRED - loss
    slips = (
        ("same", loss),
        ("left", left),
        ("half_more", loss * 3 / 2),
        ("double", loss * 2),
        ("triple", loss * 3),
    )
    return Sum(
        kind="recovery",
        unit="percent",
        numbers={"loss": loss},
        right=shown(_HUNDRED * loss / left),
        slips=tuple((slip, shown(answer)) for slip, answer in slips),
    )


def risk_size(dice: Dice, ground: Ground) -> Sum:
    """Ask for the notional that loses no more than a sum at a stop so many percent away."""
    del ground
    risk, stop = dice.one(_RISKS, "risk"), dice.one(_STOPS, "stop")
    right = risk * _HUNDRED / stop
    slips = (
        ("multiplied", risk * stop),
        ("tenth", right / 10),
        ("half", right / 2),
        ("whole", risk * _HUNDRED),
        ("double", right * 2),
    )
    return _money("risk_size", {"risk": risk, "stop": stop}, right, slips)


MONEY: dict[str, Made] = {
    "margin_needed": Made("margin", "easy", margin_needed),
    "position_size": Made("margin", "easy", position_size),
    "pnl": Made("leverage", "easy", pnl),
    "fee": Made("fees", "medium", fee),
    "funding": Made("funding", "medium", funding),
    "roe": Made("leverage", "medium", roe),
    "effective": Made("leverage", "medium", effective),
    "recovery": Made("risk", "easy", recovery),
    "risk_size": Made("risk", "hard", risk_size),
}
"""The kinds of this file."""

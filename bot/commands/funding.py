"""/funding: when funding is due next, at which rate, and what it is for your positions."""

from collections.abc import Iterator
from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.figures import Figure, Label, Moment, Money, Percent
from bot.chat.positions import side_word
from bot.chat.reply import Block, Choice, Facts, Notes, Reply, Text, Words
from bot.chat.symbols import base_of
from core.margin.fees import funding_payment
from core.market import MarkPrice, Symbol
from core.money import ZERO, credit
from core.paper.account import PaperAccount
from core.paper.scene import Scene

EXAMPLE = Decimal(10000)
"""The position value (quote) for which a rate is said in money."""


@command(examples=("/funding", "/funding BTC"), personal=True)
def funding(ask: Ask, symbol: Symbol | None = None) -> Reply:
    """Show the next funding: its time, its rate, and what you would pay.

    Raises `StalePrice`, and `NoPrice` for a named symbol without a mark.
    """
    account = ask.services.accounts.look(ask.identity)
    scene = ask.services.trading.scene(account)
    marks = _asked(account, scene, symbol)
    blocks: list[Block] = [title(ask, None, _due(ask, marks))]
    rows = tuple(_rates(marks))
    blocks.append(Facts(rows) if rows else Text(Words(ask._("No rate is known for it."))))
    paid = tuple(_payments(ask, account, marks, scene))
    if paid:
        blocks.append(Facts(paid, ask._("Yours at the present mark")))
    blocks.append(Notes((Words(ask._("above zero, longs pay shorts; below, shorts pay longs")),)))
    return Reply(
        blocks=tuple(blocks),
        choices=((Choice(ask._("Portfolio"), "/pf"), Choice(ask._("Prices"), "/price")),),
        short=_short(ask, marks, scene),
    )


def _asked(account: PaperAccount, scene: Scene, symbol: Symbol | None) -> dict[Symbol, MarkPrice]:
    """The marks of the symbol named, else of those held, else of all with a rate."""
    if symbol is not None:
        scene.instrument(symbol)
        scene.mark(symbol)
        return {symbol: scene.marks.prices[symbol]}
    held = {p.leg.symbol for p in account.positions}
    return {
        each: mark
        for each, mark in scene.marks.prices.items()
        if each in held or (not held and mark.funding is not None)
    }


def _due(ask: Ask, marks: dict[Symbol, MarkPrice]) -> Words:
    """When the next settlement is; it is the same for all."""
    moments = [mark.funding_at for mark in marks.values() if mark.funding_at is not None]
    if not moments:
        return Words(ask._("Funding."))
    return Words(ask._("Next funding: {moment}."), {"moment": Moment(min(moments))})


def _short(ask: Ask, marks: dict[Symbol, MarkPrice], scene: Scene) -> Words:
    """Who pays, how much and when; of several coins the lowest and the highest rate."""
    rates = {symbol: mark.funding for symbol, mark in marks.items() if mark.funding is not None}
    if not rates:
        return Words(ask._("No funding rate is known."))
    moments = [mark.funding_at for mark in marks.values() if mark.funding_at is not None]
    low, high = min(rates, key=rates.__getitem__), max(rates, key=rates.__getitem__)
    figures: dict[str, Figure] = {
        "worth": Money(EXAMPLE, scene.instrument(low).quote, whole=True),
        "paid": Money(EXAMPLE * abs(rates[low])),
        "low": Percent(rates[low], 4, signed=True),
        "low_coin": Label(base_of(low)),
        "high": Percent(rates[high], 4, signed=True),
        "high_coin": Label(base_of(high)),
    }
    if moments:
        figures["moment"] = Moment(min(moments))
    when = ask._("Next funding {moment}:") if moments else ask._("Next funding:")
    if len(rates) > 1:
        told = ask._("rates from {low} ({low_coin}) to {high} ({high_coin}).")
    elif rates[low] < ZERO:
        told = ask._("at {low} a short of {worth} in {low_coin} pays {paid}, a long receives it.")
    else:
        told = ask._("at {low} a long of {worth} in {low_coin} pays {paid}, a short receives it.")
    return Words(f"{when} {told}", figures)


def _rates(marks: dict[Symbol, MarkPrice]) -> Iterator[tuple[str, Figure]]:
    for symbol, mark in marks.items():
        if mark.funding is not None:
            yield base_of(symbol), Percent(mark.funding, 4, signed=True)


def _payments(
    ask: Ask, account: PaperAccount, marks: dict[Symbol, MarkPrice], scene: Scene
) -> Iterator[tuple[str, Figure]]:
    """What the open positions would pay (below zero) or receive."""
    for position in account.positions:
        leg = position.leg
        mark = marks.get(leg.symbol)
        if mark is not None and mark.funding is not None:
            label = ask._("#{number} {side} {coin}").format(
                number=position.number, side=side_word(leg.side, ask._), coin=base_of(leg.symbol)
            )
            due = credit(funding_payment(leg, mark.price, mark.funding))
            yield label, Money(due, signed=True)

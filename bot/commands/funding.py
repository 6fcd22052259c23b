"""/funding: when funding is due next, at which rate, and what it is for your positions.

A live venue lists hundreds of contracts, and not all are due at the same time. So the answer is
about what is held, else about the coins of the ticker and the two rates that are furthest apart;
where times differ, each contract has its own beside it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

from bot.chat.ask import Ask
from bot.chat.cards import mark_note, title
from bot.chat.command import command
from bot.chat.figures import Figure, Label, Moment, Money, Percent
from bot.chat.positions import side_word
from bot.chat.reply import Block, Choice, Facts, Notes, Reply, Row, Table, Text, Words
from bot.chat.symbols import base_of
from core.margin.fees import funding_payment
from core.market import Symbol
from core.money import ZERO, Price, Rate, credit
from core.paper.account import PaperAccount
from core.paper.scene import Scene

EXAMPLE = Decimal(10000)
"""The position value (quote) for which a rate is said in money."""

TICKER = tuple(Symbol(f"{c}USDT") for c in ("BTC", "ETH", "BNB", "XRP", "SOL", "DOGE", "ADA"))
"""The contracts of the ticker: what somebody is told who holds nothing."""


BOOKED = 8
"""Every so many hours (from 00 UTC) the watch books funding on paper accounts."""


class Due(NamedTuple):
    """A settlement to come: of what, at which rate and mark, when, and of when that mark is."""

    symbol: Symbol
    rate: Rate
    at: datetime | None
    price: Price
    marked: datetime


@command(examples=("/funding", "/funding BTC"), personal=True)
def funding(ask: Ask, symbol: Symbol | None = None) -> Reply:
    """Show the next funding: its time, its rate, and what you would pay.

    Raises `StalePrice`, and `NoPrice` for a named symbol without a mark.
    """
    account = ask.services.accounts.look(ask.identity)
    scene = ask.services.trading.scene(account)
    asked, known = _asked(account, scene, symbol), tuple(_dues(scene))
    told = tuple(due for due in known if due.symbol in (asked or TICKER))
    ends = () if asked else _ends(known, told)
    paid = tuple(_payments(ask, account, told))
    blocks: list[Block] = [title(ask, None, _headline(ask, (*told, *ends)))]
    blocks += _rates(ask, told, ends, len(known))
    blocks += _unknown(ask, asked, (*told, *ends))
    if paid:
        blocks.append(Facts(paid, ask._("Yours at the present mark")))
    blocks.append(_small_print(ask, (*told, *ends), scene))
    return Reply(
        blocks=tuple(blocks),
        choices=((Choice(ask._("Portfolio"), "/pf"), Choice(ask._("Prices"), "/price")),),
        short=_short(ask, (*told, *ends), scene),
    )


def _asked(account: PaperAccount, scene: Scene, symbol: Symbol | None) -> tuple[Symbol, ...]:
    """The symbol named, else those held; nothing where somebody only looks round."""
    if symbol is not None:
        scene.instrument(symbol)
        scene.mark(symbol)
        return (symbol,)
    return tuple(dict.fromkeys(position.leg.symbol for position in account.positions))


def _dues(scene: Scene) -> Iterator[Due]:
    """What is due of all contracts of the account's venue, in the venue's order."""
    for symbol in scene.listing.instruments:
        mark = scene.marks.get(symbol)
        rate = None if mark is None else mark.funding_after(scene.at)
        if mark is not None and rate is not None:
            yield Due(symbol, rate, mark.funding_at, mark.price, mark.at)


def _ends(known: tuple[Due, ...], told: tuple[Due, ...]) -> tuple[Due, ...]:
    """The lowest and the highest rate of all, where more are known than are told."""
    if len(known) == len(told):
        return ()
    return tuple(dict.fromkeys((min(known, key=_rate), max(known, key=_rate))))


def _rate(due: Due) -> Rate:
    return due.rate


def _headline(ask: Ask, told: tuple[Due, ...]) -> Words:
    """When the next settlement is."""
    moments = [due.at for due in told if due.at is not None]
    if not moments:
        return Words(ask._("Funding."))
    return Words(ask._("Next funding: {moment}."), {"moment": Moment(min(moments))})


def _rates(
    ask: Ask, told: tuple[Due, ...], ends: tuple[Due, ...], count: int
) -> Iterator[Table | Facts]:
    """The rates, and the time of each where they differ."""
    extremes = ask._("Extremes of {count} contracts").format(count=count) if told else ""
    if len({due.at for due in (*told, *ends)}) > 1:
        heading = (Row(Label(extremes)),) if ends and extremes else ()
        rows = (*map(_row, told), *heading, *map(_row, ends))
        yield Table((ask._("rate"), ask._("due")), rows)
        return
    for group, name in ((told, ""), (ends, extremes)):
        if group:
            yield Facts(tuple((base_of(due.symbol), _percent(due)) for due in group), name)


def _row(due: Due) -> Row:
    return Row(Label(base_of(due.symbol)), (_percent(due), _when(due)))


def _percent(due: Due) -> Percent:
    return Percent(due.rate, 4, signed=True)


def _when(due: Due) -> Figure:
    """Weekday and time; nothing where it is not known."""
    return Label("") if due.at is None else Moment(due.at, brief=True)


def _unknown(ask: Ask, asked: tuple[Symbol, ...], told: tuple[Due, ...]) -> Iterator[Text]:
    """Of which contracts no rate is known just now."""
    silent = [symbol for symbol in asked if symbol not in {due.symbol for due in told}]
    if silent:
        coins = Label(", ".join(map(base_of, silent)))
        yield Text(Words(ask._("No rate is known for {coins}."), {"coins": coins}))
    elif not told:
        yield Text(Words(ask._("No funding rate is known.")))


def _payments(
    ask: Ask, account: PaperAccount, told: tuple[Due, ...]
) -> Iterator[tuple[str, Figure]]:
    """What the open positions would pay (below zero) or receive."""
    known = {due.symbol: due for due in told}
    for position in account.positions:
        leg = position.leg
        due = known.get(leg.symbol)
        if due is not None:
            label = ask._("#{number} {side} {coin}").format(
                number=position.number, side=side_word(leg.side, ask._), coin=base_of(leg.symbol)
            )
            paid = credit(funding_payment(leg, due.price, due.rate))
            yield label, Money(paid, signed=True)


def _small_print(ask: Ask, told: tuple[Due, ...], scene: Scene) -> Notes:
    """Who pays whom, when it is booked here if not then, and how old the marks are."""
    notes = [Words(ask._("above zero, longs pay shorts; below, shorts pay longs"))]
    if any(due.at is not None and due.at.astimezone(UTC).hour % BOOKED for due in told):
        notes.append(Words(ask._("paper accounts settle at 00, 08 and 16 UTC only")))
    oldest = min((due.marked for due in told), default=scene.marks.at)
    age = max(0, int((scene.at - oldest).total_seconds()))
    return Notes((*notes, mark_note(ask, scene.marks.market, age)))


def _short(ask: Ask, told: tuple[Due, ...], scene: Scene) -> Words:
    """Who pays, how much and when; of several coins the lowest and the highest rate."""
    if not told:
        return Words(ask._("No funding rate is known."))
    moments = [due.at for due in told if due.at is not None]
    low, high = min(told, key=_rate), max(told, key=_rate)
    figures: dict[str, Figure] = {
        "worth": Money(EXAMPLE, scene.instrument(low.symbol).quote, whole=True),
        "paid": Money(EXAMPLE * abs(low.rate)),
        "low": _percent(low),
        "low_coin": Label(base_of(low.symbol)),
        "high": _percent(high),
        "high_coin": Label(base_of(high.symbol)),
    }
    if moments:
        figures["moment"] = Moment(min(moments))
    when = ask._("Next funding {moment}:") if moments else ask._("Next funding:")
    if len(told) > 1:
        text = ask._("rates from {low} ({low_coin}) to {high} ({high_coin}).")
    elif low.rate < ZERO:
        text = ask._("at {low} a short of {worth} in {low_coin} pays {paid}, a long receives it.")
    else:
        text = ask._("at {low} a long of {worth} in {low_coin} pays {paid}, a short receives it.")
    return Words(f"{when} {text}", figures)

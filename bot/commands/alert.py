"""/alert: be told when a price is reached, liquidation is near, or funding is due."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import assert_never

from bot.chat.alerts import alert_line, alert_say, away_words, what_words
from bot.chat.ask import Ask
from bot.chat.cards import price_on, small_print, title
from bot.chat.command import command
from bot.chat.figures import Age, Code, Count, Figure, Moment, Percent, PriceOf
from bot.chat.reply import Block, Choice, Facts, Points, Reply, Text, Words
from core.alerts.alert import (
    Alert,
    FundingAlert,
    LiquidationAlert,
    PriceAlert,
    distance,
    price_alert,
)
from core.market import Marks, Symbol
from core.money import ONE, D, Price, Rate
from core.services.alerts import MOST
from core.services.prices import Stage

NEAR = D(5)
"""Percent that stand for "near" where none is named."""

_WITH_BUTTONS, _IN_A_ROW = 10, 4
"""Alerts that have buttons of their own, and buttons side by side."""


@command(
    aliases=("alerts",),
    examples=("/alert btc 70k", "/alert liq 5%", "/alert funding btc", "/alert"),
    writes=True,
    personal=True,
)
def alert(
    ask: Ask,
    symbol: Symbol | None = None,
    price: Decimal | None = None,
    about: str | None = None,
    percent: Decimal | None = None,
    id: str | None = None,
) -> Reply:
    """Tell me when a price is reached, liquidation is near or funding is due.

    Raises `AlertReached`, `TooManyAlerts`, `UnknownAlert`, and what a stage refuses.
    """
    match about:
        case "delete" | "snooze" if id is not None:
            return _changed(ask, about, int(id))
        case "liq":
            return _kept(ask, LiquidationAlert(Rate((percent or NEAR) / 100)))
        case "funding":
            return _funding(ask, symbol)
        case None if symbol is not None and price is not None:
            return _priced(ask, symbol, Price(price))
        case _:
            return _listed(ask)


def _stage(ask: Ask) -> Stage:
    """The rules of the person's account, with the present marks."""
    return ask.services.prices.stage(ask.services.accounts.look(ask.identity).venue)


def _priced(ask: Ask, symbol: Symbol, price: Price) -> Reply:
    """A price, with the way the mark must go."""
    stage = _stage(ask)
    stage.instrument(symbol)
    mark = stage.marks.price(symbol)
    what = price_alert(symbol, price, mark)
    way = (
        ask._("It fires at this mark or above.")
        if what.rising
        else ask._("It fires at this mark or below.")
    )
    rows: tuple[tuple[str, Figure], ...] = (
        (ask._("mark"), price_on(stage, symbol, mark)),
        (ask._("its age"), Age(stage.age_of(symbol))),
        (ask._("away"), Percent(price / mark - ONE, signed=True)),
    )
    return _kept(ask, what, Facts(rows), Text(Words(way)))


def _funding(ask: Ask, symbol: Symbol | None) -> Reply:
    """Funding of a coin, or of whatever is held."""
    if symbol is None:
        return _kept(ask, FundingAlert())
    stage = _stage(ask)
    stage.instrument(symbol)
    due = stage.marks.mark(symbol).funding_at
    rows = ((ask._("next funding"), Moment(due)),) if due else ()
    return _kept(ask, FundingAlert(symbol), *([Facts(rows)] if rows else []))


def _kept(ask: Ask, what: PriceAlert | LiquidationAlert | FundingAlert, *more: Block) -> Reply:
    """What is waited for from now on."""
    kept = ask.services.alerts.set(ask.identity, what)
    line = what_words(what, _figure(ask), ask._)
    text = (
        ask._("Alert #{number}: {alert}.")
        if kept.new
        else ask._("Alert #{number} stands: {alert}.")
    )
    figures: dict[str, Figure] = {**line.figures, "number": Count(kept.alert.number)}
    words = Words(text.replace("{alert}", line.text), figures)
    once = ask._("It comes once, in your private chat with me, and is gone then.")
    if isinstance(what, LiquidationAlert):
        once = ask._("It comes in your private chat with me, once a day at most.")
    number = kept.alert.number
    return Reply(
        (title(ask, None, words), *more, Text(Words(once))),
        ((_delete(ask, number), Choice(ask._("All alerts"), "/alert", kept=True)),),
        short=words,
    )


def _figure(ask: Ask) -> Callable[[Symbol, Price], PriceOf]:
    """Prices to the digits of their contract, at the venue of the person's account."""
    venue = ask.services.accounts.look(ask.identity).venue
    listings = ask.services.prices.listings
    known = (listings[venue], *listings.values())

    def figure(symbol: Symbol, price: Price) -> PriceOf:
        listed = next(each for each in known if symbol in each.instruments)
        return PriceOf(price, listed.instrument(symbol).tick_at(price))

    return figure


def _changed(ask: Ask, about: str, number: int) -> Reply:
    """An alert that is gone, or rests. Raises `UnknownAlert`."""
    if about == "snooze":
        alert = ask.services.alerts.snooze(ask.identity, number)
        text = ask._("Snoozed: {alert}.")
        again = Choice(ask._("Wake it"), alert_say(alert.what), kept=True)
    else:
        alert = ask.services.alerts.drop(ask.identity, number)
        text = ask._("Deleted: {alert}.")
        again = Choice(ask._("Set it again"), alert_say(alert.what), kept=True)
    line = _line(ask, alert)
    words = Words(text.replace("{alert}", line.text), line.figures)
    choices = ((again, Choice(ask._("All alerts"), "/alert", kept=True)),)
    return Reply((title(ask, None, words),), choices, short=words, zone=ask.preferences.zone or "")


def _line(ask: Ask, alert: Alert, away: Rate | None = None) -> Words:
    """An alert in its own line, with how far it is where that is known."""
    line = what_words(alert.what, _figure(ask), ask._)
    if away is not None:
        line = away_words(alert.what, line, away, ask._)
    return alert_line(alert, line, ask.now, ask.services.alerts.market, ask._)


def _distances(ask: Ask, alerts: Iterable[Alert], marks: Marks) -> dict[int, Rate]:
    """How far the alerts of this market are, where that is known."""
    found = {
        alert.number: _distance(ask, alert, marks)
        for alert in alerts
        if alert.market == ask.services.alerts.market
    }
    return {number: away for number, away in found.items() if away is not None}


def _distance(ask: Ask, alert: Alert, marks: Marks) -> Rate | None:
    """How far a price is from the mark, or the nearest position from its liquidation price."""
    match alert.what:
        case PriceAlert(symbol=symbol, price=price):
            mark = marks.get(symbol)
            return None if mark is None else Rate(price / mark.price - ONE)
        case LiquidationAlert():
            account = ask.services.accounts.look(ask.identity)
            listing = ask.services.prices.listings[account.venue]
            held = (distance(account, each, marks, listing) for each in account.positions)
            return min((away for away in held if away is not None), default=None)
        case FundingAlert():
            return None
    assert_never(alert.what)


def _listed(ask: Ask) -> Reply:
    """All of them, and what may be done with them."""
    alerts = ask.services.alerts.of(ask.identity)
    if not alerts:
        words = Words(ask._("No alert is set."))
        text = ask._("Type {a}, {b} or {c}.")
        lines = {"a": "/alert btc 70k", "b": "/alert liq 5%", "c": "/alert funding btc"}
        typed = Words(text, {name: Code(line) for name, line in lines.items()})
        near = Choice("/alert liq 5%", "/alert liq 5%", kept=True)
        return Reply((title(ask, None, words), Text(typed)), ((near,),), short=words)
    words = Words(
        ask._("Alerts: {count} of {most}."), {"count": Count(len(alerts)), "most": Count(MOST)}
    )
    buttons = [
        button
        for each in alerts[:_WITH_BUTTONS]
        for button in (_delete(ask, each.number), _snooze(ask, each.number))
    ]
    rows = [tuple(buttons[i : i + _IN_A_ROW]) for i in range(0, len(buttons), _IN_A_ROW)]
    marks, notes = ask.services.prices.fresh(), [Words(ask._("a snoozed alert rests for a day"))]
    away = {} if marks is None else _distances(ask, alerts, marks)
    if marks is not None and away:
        age = Age(max(0, int((ask.now - marks.at).total_seconds())))
        notes.append(Words(ask._("marks {age} old"), {"age": age}))
    return Reply(
        (
            title(ask, None, words),
            Points(tuple(_line(ask, each, away.get(each.number)) for each in alerts)),
            small_print(notes),
        ),
        tuple(rows),
        short=words,
        zone=ask.preferences.zone or "",
    )


def _delete(ask: Ask, number: int) -> Choice:
    return Choice(f"{ask._('Delete')} #{number}", f"/alert delete #{number}", kept=True)


def _snooze(ask: Ask, number: int) -> Choice:
    return Choice(f"{ask._('Snooze')} #{number}", f"/alert snooze #{number}", kept=True)

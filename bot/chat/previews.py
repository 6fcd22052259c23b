"""What an action would do, shown before it is done: a question, the facts, Confirm and Cancel.

Every action of the paper account has its question here. The figures are those of the marks of the
moment; Confirm decides again at the first marks after it.
"""

from collections.abc import Iterable
from typing import assert_never

from bot.chat.acts import (
    Act,
    FactRow,
    free_row,
    headed,
    increase_rows,
    leg_figures,
    order_figures,
    position_figures,
    reduce_rows,
)
from bot.chat.all_at_once import all_asked
from bot.chat.figures import Age, Count, Figure, Label, Money, Percent, Size, Times
from bot.chat.i18n import Translate
from bot.chat.positions import mode_word, order_line, price_figure, stop_rows
from bot.chat.reply import Block, Choice, Facts, Notes, Points, Reply, Text, Tone, Words
from bot.chat.switches import switch_table
from bot.chat.symbols import base_of
from bot.chat.unreached import unreached, unreached_later
from core.margin.pool import PositionMode
from core.money import Amount
from core.paper import actions
from core.paper.account import NO_STOPS
from core.paper.events import OrderPlaced, PositionIncreased, PositionReduced
from core.paper.scene import Intent
from core.services.trading import LIFE, Shown
from core.venue import VENUES, ModeScope


def preview_reply(shown: Shown, _: Translate, notes: Iterable[Words] = ()) -> Reply:
    """Word a preview; `notes` are what the person must know before its question."""
    act = Act(shown.done, shown.scene, _)
    title, *rest = _blocks(act, shown.action)
    return Reply(
        (title, *map(Text, notes), *rest, _small_print(act)),
        choices=(
            (
                Choice(_("Confirm"), f"/yes {shown.token}", replace=True),
                Choice(_("Cancel"), f"/no {shown.token}", replace=True),
            ),
        ),
        tone=Tone.ASK,
    )


def _small_print(act: Act) -> Notes:
    """How long it waits, and what the price of a market order will be."""
    life = Words(act._("waits {age} for Confirm"), {"age": Age(int(LIFE.total_seconds()))})
    if not act.fills:
        return Notes((life,))
    rules = act.scene.rules
    price = Words(
        act._("fills at the first mark after Confirm and half the spread, {spread}"),
        {"spread": Percent(rules.half_spread)},
    )
    again = Words(
        act._("worse than shown by over {limit}: a new preview instead"),
        {"limit": Percent(rules.worse_by, 1)},
    )
    return Notes((price, again, life))


def _blocks(act: Act, action: actions.Action) -> tuple[Block, ...]:
    """The question and the facts of an action."""
    match action:
        case actions.Open(intent):
            return (*_open(act, intent), *_at_once(act, intent))
        case actions.Close(number):
            return _close(act, number)
        case actions.CloseAll(percent):
            return all_asked(act, percent)
        case actions.Cancel(numbers):
            return _cancel(act, numbers)
        case actions.MoveMargin(number, amount):
            return _margin(act, number, amount)
        case actions.SetStops(number):
            return _stops(act, number)
        case actions.Reset():
            return _reset(act)
        case _:
            return _choice(act, action)


def _choice(
    act: Act,
    action: actions.ChooseLeverage
    | actions.ChooseMode
    | actions.ChoosePositionMode
    | actions.ChooseVenue,
) -> tuple[Block, ...]:
    """What is chosen without a fill: the question, and what it changes for each position."""
    match action:
        case actions.ChooseLeverage(symbol, leverage):
            figures: dict[str, Figure] = {
                "coin": Label(base_of(symbol)),
                "leverage": Times(leverage),
            }
            title = headed(act, act._("Set the leverage of {coin} to {leverage}?"), figures)
        case actions.ChooseMode(symbol, mode):
            text = act._("Set the margin mode of {coin} to {mode}?")
            if act.scene.listing.venue.mode_scope is ModeScope.ACCOUNT:
                text = act._("Set the margin mode of the whole account to {mode}?")
            words: dict[str, Figure] = {
                "coin": Label(base_of(symbol)),
                "mode": Label(mode_word(mode, act._)),
            }
            title = headed(act, text, words)
        case actions.ChoosePositionMode(position_mode):
            text = act._("Keep one position per contract (one-way)?")
            if position_mode is PositionMode.HEDGE:
                text = act._("Allow a long and a short of one contract side by side (hedge)?")
            title = headed(act, text, {})
        case actions.ChooseVenue(venue):
            name = Label(VENUES[venue].name)
            text = act._("Let the paper account follow the rules of {venue}?")
            title = headed(act, text, {"venue": name})
        case _:
            assert_never(action)
    return (title, *_changes(act))


def _changes(act: Act) -> tuple[Block, ...]:
    table = switch_table(act.done, act.scene, act._)
    return (Text(Words(act._("No open position changes by it."))),) if table is None else (table,)


def _open(act: Act, intent: Intent) -> tuple[Block, ...]:
    """Opening, adding, reducing, turning round, or a limit order."""
    last = act.events[-1]
    match last:
        case OrderPlaced():
            return _order(act, last)
        case PositionReduced() if intent.reduce_only:
            return _close(act, last.number)
        case PositionReduced():
            return _reduced(act, last)
        case PositionIncreased():
            return _increased(act, last)
        case _:
            raise AssertionError(last)


def _at_once(act: Act, intent: Intent) -> tuple[Text, ...]:
    """Say that a limit does not rest, because the market meets it already."""
    if intent.price is None or not act.fills:
        return ()
    limit = price_figure(intent.symbol, intent.price, act.scene)
    text = act._("The market meets your limit of {limit} already, so it is filled at once.")
    return (Text(Words(text, {"limit": limit})),)


def _increased(act: Act, event: PositionIncreased) -> tuple[Block, ...]:
    figures = leg_figures(act, event.leg, event.mode)
    figures["margin"] = Money(event.margin or event.leg.initial_margin)
    figures["number"] = Count(event.number)
    text = act._("Open {side} {symbol} {leverage} {mode}, margin {margin}, at the market?")
    if any(p.number == event.number for p in act.before.positions):
        text = act._("Add {size} to #{number} {side} {symbol} {leverage} {mode}, at the market?")
    facts = Facts(tuple(increase_rows(act, event)))
    note = unreached(act.after, act.after.position(event.number), act.scene, act._)
    return (headed(act, text, figures), *_turned(act, event), facts, *note)


def _turned(act: Act, event: PositionIncreased) -> tuple[Text, ...]:
    """Say that a position stands in the way and is closed first."""
    first = act.events[0]
    if not isinstance(first, PositionReduced):
        return ()
    figures = position_figures(act, act.before.position(first.number))
    figures["rest"] = leg_figures(act, event.leg, event.mode)["size"]
    figures["other"] = leg_figures(act, event.leg, event.mode)["side"]
    text = act._(
        "One position per contract: this closes #{number} {side} {size} first and opens "
        "{other} {rest} with what is left."
    )
    return (Text(Words(text, figures)),)


def _reduced(act: Act, event: PositionReduced) -> tuple[Block, ...]:
    """An order against a position that does not reach beyond it."""
    position = act.before.position(event.number)
    gone = act.held(event.number) is None
    text = (
        act._("One position per contract: this closes #{number} {side} {size}.")
        if gone
        else act._("One position per contract: this only reduces #{number} {side} {size}.")
    )
    return (*_close(act, event.number), Text(Words(text, position_figures(act, position))))


def _order(act: Act, event: OrderPlaced) -> tuple[Block, ...]:
    order, figures = event.order, order_figures(act, event.order)
    mark = act.scene.mark(order.symbol)
    rows: tuple[FactRow, ...] = (
        (act._("size"), figures["size"]),
        (act._("limit"), figures["price"]),
        (act._("mark now"), price_figure(order.symbol, mark, act.scene)),
        (act._("kept aside"), Money(order.reserved(act.scene.instrument(order.symbol)))),
        free_row(act),
        *stop_rows(order.symbol, order.stops, act.scene, act._),
    )
    text = act._("It is filled when the mark reaches {price}, at the maker fee.")
    if order.crossed(mark):
        text = act._("The mark is there already, so it is filled at the next tick.")
    asked = act._("Place {side} {symbol} {leverage} {mode}, {size} at {price}?")
    notes = unreached_later(act.after, order, act.scene, act._)
    if order.reduce_only:
        asked = act._("Place {side} {symbol} reduce-only, {size} at {price}?")
        cut = act._("Reduce-only: it closes at most what is held then, and never opens a position.")
        notes = (Text(Words(cut)),)
    price_only = {"price": figures["price"]}
    return (headed(act, asked, figures), Facts(rows), Text(Words(text, price_only)), *notes)


def _close(act: Act, number: int) -> tuple[Block, ...]:
    event = act.fills[0]
    assert isinstance(event, PositionReduced)
    figures = position_figures(act, act.before.position(number))
    text = act._("Close #{number} {side} {size}, {leverage} {mode}?")
    if act.held(number) is not None:
        text = act._("Close {part} of #{number} {side} {size}, {leverage} {mode}?")
        figures["part"] = Size(event.quantity, act.scene.instrument(event.symbol).base)
    return (headed(act, text, figures), Facts(tuple(reduce_rows(act, event))))


def _cancel(act: Act, numbers: tuple[int, ...]) -> tuple[Block, ...]:
    orders = [act.before.order(number) for number in numbers]
    if len(orders) == 1:
        text = act._("Cancel #{number} {side} {size} at {price}?")
        title = headed(act, text, order_figures(act, orders[0]))
        return (title, Facts((free_row(act),)))
    title = headed(act, act._("Cancel orders: {count}?"), {"count": Count(len(orders))})
    points = Points(tuple(order_line(o, act.scene, act._) for o in orders))
    return (title, points, Facts((free_row(act),)))


def _margin(act: Act, number: int, amount: Amount) -> tuple[Block, ...]:
    figures = position_figures(act, act.before.position(number))
    figures["amount"] = Money(abs(amount))
    text = act._("Take {amount} out of the margin of #{number} {side} {size}?")
    if amount > 0:
        text = act._("Add {amount} to the margin of #{number} {side} {size}?")
    return (headed(act, text, figures), *_changes(act))


def _stops(act: Act, number: int) -> tuple[Block, ...]:
    position = act.after.position(number)
    figures = position_figures(act, position)
    text = act._("Set the stops of #{number} {side} {size}?")
    if position.stops == NO_STOPS:
        text = act._("Take the stops of #{number} {side} {size} away?")
    return (
        headed(act, text, figures),
        Facts(tuple(stop_rows(position.leg.symbol, position.stops, act.scene, act._))),
        *unreached(act.after, position, act.scene, act._),
    )


def _reset(act: Act) -> tuple[Block, ...]:
    rows: tuple[FactRow, ...] = (
        (act._("wallet before"), Money(act.before.wallet_balance)),
        (act._("wallet after"), Money(act.after.wallet)),
        (act._("positions given up"), Count(len(act.before.positions))),
        (act._("orders given up"), Count(len(act.before.orders))),
        (act._("resets then"), Count(act.after.resets)),
    )
    title = headed(act, act._("Give everything up and begin again?"), {})
    text = Words(act._("How often that was done is public."))
    return (title, Facts(rows), Text(text))

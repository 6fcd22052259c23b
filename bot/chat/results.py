"""What an action did, told after it was done: what, at which price and why, what it left.

A result is worded from what was recorded, so that a second press is told the very same.
"""

from bot.chat.acts import (
    Act,
    FactRow,
    cancel_choice,
    close_choice,
    free_row,
    headed,
    increase_rows,
    leg_figures,
    order_figures,
    position_figures,
    reduce_rows,
    why_that_price,
)
from bot.chat.all_at_once import all_told
from bot.chat.ask import Ask
from bot.chat.figures import Count, Figure, Label, Money, Size, Times
from bot.chat.positions import mode_word, order_line, stop_rows
from bot.chat.reply import Block, Choice, Facts, Points, Reply, Text, Words
from bot.chat.switches import switch_table
from bot.chat.symbols import base_of
from bot.chat.unreached import unreached, unreached_later
from core.margin.pool import PositionMode
from core.paper.account import NO_STOPS
from core.paper.events import (
    Event,
    LeverageChosen,
    MarginMoved,
    ModeChosen,
    OrderCancelled,
    OrderPlaced,
    PositionIncreased,
    PositionModeChosen,
    PositionReduced,
    StopsSet,
    VenueChosen,
    WasReset,
)
from core.paper.records import Done
from core.paper.scene import Scene
from core.venue import VENUES


def result_reply(ask: Ask, done: Done) -> Reply:
    """Word what was done, with buttons to what comes next."""
    listing = ask.services.prices.listings[done.after.venue]
    scene = Scene(listing, done.marks, done.marks.at, ask.services.trading.rules)
    act = Act(done, scene, ask._)
    return Reply(_blocks(act), choices=_onward(act))


def _blocks(act: Act) -> tuple[Block, ...]:
    """What happened; several closings or cancellations are one sentence."""
    if not act.events:
        return (headed(act, act._("There was nothing left to do."), {}),)
    first, last = act.events[0], act.events[-1]
    match last:
        case PositionReduced() if len(act.events) > 1:
            return all_told(act)
        case PositionReduced():
            return _closed(act, last)
        case PositionIncreased():
            return _opened(act, last)
        case OrderPlaced():
            return _placed(act, last)
        case OrderCancelled():
            return _cancelled(act)
        case MarginMoved():
            return _moved(act, last)
    if isinstance(first, WasReset):
        return _reset(act, first)
    return _chosen(act, last)


def _opened(act: Act, event: PositionIncreased) -> tuple[Block, ...]:
    """Opened, added to, or turned round."""
    first, figures = act.events[0], leg_figures(act, event.leg, event.mode)
    figures["number"] = Count(event.number)
    text = act._("Opened #{number} {side} {size}, {leverage} {mode}.")
    if any(p.number == event.number for p in act.before.positions):
        text = act._("Added {size} to #{number} {side}, {leverage} {mode}.")
    if isinstance(first, PositionReduced):
        figures["closed"] = Count(first.number)
        text = act._("Closed #{closed}, opened #{number} {side} {size}, {leverage} {mode}.")
    facts = Facts(tuple(increase_rows(act, event)))
    note = unreached(act.after, act.after.position(event.number), act.scene, act._)
    return (headed(act, text, figures), facts, Text(why_that_price(act, event)), *note)


def _closed(act: Act, event: PositionReduced) -> tuple[Block, ...]:
    """Closed, or a part of it."""
    figures = position_figures(act, act.before.position(event.number))
    figures["part"] = Size(event.quantity, act.scene.instrument(event.symbol).base)
    text = act._("Closed #{number} {side} {size}.")
    if act.held(event.number) is not None:
        text = act._("Closed {part} of #{number} {side} {size}.")
    facts = Facts(tuple(reduce_rows(act, event)))
    return (headed(act, text, figures), facts, Text(why_that_price(act, event)))


def _placed(act: Act, event: OrderPlaced) -> tuple[Block, ...]:
    order = event.order
    rows: tuple[FactRow, ...] = (
        (act._("kept aside"), Money(order.reserved(act.scene.instrument(order.symbol)))),
        free_row(act),
        *stop_rows(order.symbol, order.stops, act.scene, act._),
    )
    text = act._("Limit order #{number}: {side} {size} at {price}, {leverage} {mode}.")
    if order.reduce_only:
        text = act._("Reduce-only order #{number}: {side} {size} at {price}.")
    note = unreached_later(act.after, order, act.scene, act._)
    return (headed(act, text, order_figures(act, order)), Facts(rows), *note)


def _cancelled(act: Act) -> tuple[Block, ...]:
    gone = [e.number for e in act.events if isinstance(e, OrderCancelled)]
    points = tuple(order_line(act.before.order(number), act.scene, act._) for number in gone)
    title = headed(act, act._("Cancelled orders: {count}."), {"count": Count(len(gone))})
    return (title, Points(points), Facts((free_row(act),)))


def _moved(act: Act, event: MarginMoved) -> tuple[Block, ...]:
    figures = position_figures(act, act.before.position(event.number))
    figures["amount"] = Money(abs(event.amount))
    text = act._("Took {amount} out of the margin of #{number} {side} {size}.")
    if event.amount > 0:
        text = act._("Added {amount} to the margin of #{number} {side} {size}.")
    return (headed(act, text, figures), *_changes(act))


def _reset(act: Act, event: WasReset) -> tuple[Block, ...]:
    rows: tuple[FactRow, ...] = (
        (act._("wallet"), Money(act.after.wallet)),
        (act._("resets"), Count(event.resets)),
    )
    return (headed(act, act._("The account begins again."), {}), Facts(rows))


def _chosen(act: Act, event: Event) -> tuple[Block, ...]:
    """What was chosen without a fill."""
    match event:
        case LeverageChosen(symbol=symbol, leverage=leverage):
            text = act._("The leverage of {coin} is {leverage} now.")
            figures: dict[str, Figure] = {"leverage": Times(leverage)}
            figures["coin"] = Label(base_of(symbol))
        case ModeChosen(mode=mode, symbol=of):
            text = act._("The margin mode of {coin} is {mode} now.")
            if of is None:
                text = act._("The margin mode of the whole account is {mode} now.")
            figures = {"coin": Label(base_of(of or "")), "mode": Label(mode_word(mode, act._))}
        case PositionModeChosen(mode=position_mode):
            text, figures = act._("One position per contract from now on (one-way)."), {}
            if position_mode is PositionMode.HEDGE:
                text = act._("A long and a short may stand side by side from now on (hedge).")
        case VenueChosen(venue=venue):
            text = act._("The paper account follows the rules of {venue} now.")
            figures = {"venue": Label(VENUES[venue].name)}
        case StopsSet():
            return _stopped(act, event)
        case _:
            raise AssertionError(event)
    return (headed(act, text, figures), *_changes(act))


def _changes(act: Act) -> tuple[Block, ...]:
    table = switch_table(act.done, act.scene, act._)
    return () if table is None else (table,)


def _stopped(act: Act, event: StopsSet) -> tuple[Block, ...]:
    position = act.after.position(event.number)
    figures = position_figures(act, position)
    if position.stops == NO_STOPS:
        text = act._("#{number} {side} {size} has no stops any more.")
        return (headed(act, text, figures),)
    text = act._("The stops of #{number} {side} {size} are set.")
    rows = tuple(stop_rows(position.leg.symbol, position.stops, act.scene, act._))
    triggers = Text(Words(act._("They trigger on the mark and close at the market.")))
    note = unreached(act.after, position, act.scene, act._)
    return (headed(act, text, figures), Facts(rows), triggers, *note)


def _onward(act: Act) -> tuple[tuple[Choice, ...], ...]:
    """What comes next: close or protect what is open, cancel what rests, look at everything."""
    row: list[Choice] = []
    match act.events[-1] if act.events else None:
        case PositionIncreased() | PositionReduced() | MarginMoved() | StopsSet() as event:
            row = _for_position(act, event.number)
        case OrderPlaced(order=order):
            row = [cancel_choice(order.number, act._)]
    rows = ((*row, Choice(act._("Portfolio"), "/pf")),)
    return (*rows, *_first_steps(act))


def _first_steps(act: Act) -> tuple[tuple[Choice, ...], ...]:
    """Whoever holds their first position may see what a move against it does, on a copy."""
    last = act.events[-1] if act.events else None
    if not isinstance(last, PositionIncreased) or act.before.positions:
        return ()
    return ((Choice(act._("Fast-forward a copy"), f"/ff #{last.number}"),),)


def _for_position(act: Act, number: int) -> list[Choice]:
    position = act.held(number)
    if position is None:
        return []
    close = close_choice(number, act._)
    if position.stops.loss is not None:
        return [close]
    return [close, Choice(act._("Add stop (5% away)"), f"/stop #{number} sl 5%", kept=True)]

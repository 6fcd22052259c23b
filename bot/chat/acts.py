"""What an action does, in rows and sentences: shared by what is shown and what is done.

An `Act` is what was decided at one snapshot of marks. A preview and a result show the same facts
of it; they differ in tense.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.chat.demo import warned
from bot.chat.figures import Count, Figure, Label, Money, Percent, Size, Times
from bot.chat.i18n import Translate
from bot.chat.positions import limit_rows, mode_word, price_figure, side_word, stop_rows
from bot.chat.reply import Choice, Title, Words
from core.margin.pool import Leg, MarginMode
from core.money import ZERO, Amount
from core.paper.account import Order, PaperAccount, Position
from core.paper.events import Event, Filled, PositionIncreased, PositionReduced
from core.paper.records import Done
from core.paper.scene import Scene

FactRow = tuple[str, Figure]


@dataclass(frozen=True, slots=True)
class Act:
    """Something decided: before, events, after; the scene it was decided on; the language."""

    done: Done
    scene: Scene
    _: Translate

    @property
    def before(self) -> PaperAccount:
        """The account as it was."""
        return self.done.before

    @property
    def after(self) -> PaperAccount:
        """The account as it is then."""
        return self.done.after

    @property
    def events(self) -> tuple[Event, ...]:
        """What happens."""
        return self.done.events

    @property
    def fills(self) -> tuple[Filled, ...]:
        """Those events that are executed at a price."""
        return tuple(e for e in self.events if isinstance(e, Filled))

    def held(self, number: int) -> Position | None:
        """Return the position of a number as it stands after, or None where it is gone."""
        return next((p for p in self.after.positions if p.number == number), None)


def headed(act: Act, text: str, figures: dict[str, Figure]) -> Title:
    """The first line; on the recorded market it says so, always."""
    return warned(Words(text, figures), act.done.marks.market, act._)


def leg_figures(act: Act, leg: Leg, mode: MarginMode) -> dict[str, Figure]:
    """What a sentence may say of a leg: side, coin, size, leverage, mode."""
    instrument = act.scene.instrument(leg.symbol)
    return {
        "side": Label(side_word(leg.side, act._)),
        "symbol": Label(leg.symbol),
        "size": Size(leg.quantity, instrument.base),
        "leverage": Times(leg.leverage),
        "mode": Label(mode_word(mode, act._)),
    }


def position_figures(act: Act, position: Position) -> dict[str, Figure]:
    """What a sentence may say of a position."""
    number = Count(position.number)
    return {"number": number, **leg_figures(act, position.leg, position.mode)}


def order_figures(act: Act, order: Order) -> dict[str, Figure]:
    """What a sentence may say of a resting order."""
    price = price_figure(order.symbol, order.price, act.scene)
    figures = leg_figures(act, order.leg, order.mode)
    return {"number": Count(order.number), **figures, "price": price}


def free_row(act: Act) -> FactRow:
    """What stays available."""
    free = act.after.available(act.scene.marks, act.scene.listing)
    return act._("stays free"), Money(free)


def held_limit(act: Act, position: Position | None) -> Iterator[FactRow]:
    """Where a position ends, and how far that is; nothing where it is gone."""
    if position is not None:
        yield from limit_rows(act.after, position, act.scene, act._)


def fee_row(act: Act) -> FactRow:
    """What all fills pay."""
    return act._("fee"), Money(Amount(sum((fill.fee for fill in act.fills), ZERO)))


def pnl_row(act: Act) -> FactRow:
    """What all closings realise, before fees."""
    parts = (fill.pnl for fill in act.fills if isinstance(fill, PositionReduced))
    return act._("realised PnL"), Money(Amount(sum(parts, ZERO)), signed=True)


def increase_rows(act: Act, event: PositionIncreased) -> Iterator[FactRow]:
    """Opening or adding: size, price, fee, margin, where it ends, what is left."""
    symbol, position = event.leg.symbol, act.held(event.number)
    yield act._("size"), Size(event.leg.quantity, act.scene.instrument(symbol).base)
    yield act._("price"), price_figure(symbol, event.price, act.scene)
    yield act._("margin"), Money(event.margin or event.leg.initial_margin)
    if len(act.fills) > 1:
        yield pnl_row(act)
    yield fee_row(act)
    yield from held_limit(act, position)
    yield free_row(act)
    if position is not None:
        yield from stop_rows(symbol, position.stops, act.scene, act._)


def reduce_rows(act: Act, event: PositionReduced) -> Iterator[FactRow]:
    """Closing: size, price, result, fee, what comes back, what stays."""
    rest, base = act.held(event.number), act.scene.instrument(event.symbol).base
    yield act._("size"), Size(event.quantity, base)
    yield act._("price"), price_figure(event.symbol, event.price, act.scene)
    yield pnl_row(act)
    yield fee_row(act)
    if event.margin:
        yield act._("margin back"), Money(event.margin)
    if rest is not None:
        yield act._("stays open"), Size(rest.leg.quantity, base)
    yield from held_limit(act, rest)
    yield free_row(act)


def wallet_rows(act: Act) -> Iterator[FactRow]:
    """What everything realises together, and the wallet after it."""
    yield pnl_row(act)
    yield fee_row(act)
    yield act._("wallet after"), Money(act.after.wallet_balance)
    yield free_row(act)


def why_that_price(act: Act, fill: Filled) -> Words:
    """Why a market order got another price than the one that was seen."""
    symbol, bought = fill.symbol, fill.buys
    figures: dict[str, Figure] = {
        "mark": price_figure(symbol, act.scene.mark(symbol), act.scene),
        "spread": Percent(act.scene.rules.half_spread),
    }
    if fill.seen is None:
        if bought:
            return Words(
                act._("Bought at the mark {mark} plus half the spread, {spread}."), figures
            )
        return Words(act._("Sold at the mark {mark} less half the spread, {spread}."), figures)
    figures["seen"] = price_figure(symbol, fill.seen, act.scene)
    text = act._(
        "Sold at the first mark after Confirm, {mark}, less half the spread, {spread}; "
        "the preview showed {seen}."
    )
    if bought:
        text = act._(
            "Bought at the first mark after Confirm, {mark}, plus half the spread, {spread}; "
            "the preview showed {seen}."
        )
    return Words(text, figures)


def close_choice(number: int, _: Translate, share: str = "") -> Choice:
    """A button that asks for the closing of a position (or a share such as " 50%")."""
    label = _("Close #{number}").replace("{number}", str(number))
    return Choice(label, f"/close #{number}{share}", kept=True)


def cancel_choice(number: int, _: Translate) -> Choice:
    """A button that asks for the cancelling of an order."""
    label = _("Cancel #{number}").replace("{number}", str(number))
    return Choice(label, f"/cancel #{number}", kept=True)

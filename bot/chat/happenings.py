"""What happened to an account, in words: one sentence for every kind of event.

Notices and results say more about what has just happened; these are the lines of a history, short
and in the past tense.
"""

from collections.abc import Mapping
from decimal import Decimal

from bot.chat.figures import Count, Day, Figure, Label, Money, Percent, PriceOf, Size, Times
from bot.chat.i18n import Translate
from bot.chat.positions import mode_word, side_word
from bot.chat.reply import Words
from bot.chat.symbols import base_of
from core.margin.pool import PositionMode
from core.market import Listing, Symbol
from core.paper import events as e
from core.venue import VENUES

Told = tuple[str, Mapping[str, Figure]]


def happened(event: e.Event, listing: Listing, _: Translate) -> Words:
    """Word one event; `listing` is where the digits of prices come from."""
    text, figures = _told(event, listing, _)
    return Words(text, figures)


def symbols_of(event: e.Event) -> frozenset[Symbol]:
    """Return the symbols an event is about; none where it is about the account."""
    match event:
        case e.OrderPlaced(order=order):
            return frozenset({order.symbol})
        case e.PositionIncreased(leg=leg):
            return frozenset({leg.symbol})
        case e.PositionReduced() | e.LeverageChosen() | e.FundingSettled():
            return frozenset({event.symbol})
        case e.ModeChosen(symbol=symbol) if symbol is not None:
            return frozenset({symbol})
        case e.PoolLiquidated(seized=seized):
            return frozenset(part.symbol for part in seized)
        case _:
            return frozenset()


def _told(event: e.Event, listing: Listing, _: Translate) -> Told:
    """The sentence and its figures: fills and their like here, everything else below."""
    match event:
        case e.PositionIncreased():
            return _increased(event, listing, _)
        case e.PositionReduced():
            return _reduced(event, listing, _)
        case e.OrderPlaced():
            return _placed(event, listing, _)
        case e.FundingSettled():
            return _funding(event, _)
        case e.PoolLiquidated():
            return _liquidated(event, _)
        case _:
            return _of_money(event, _) or _chosen(event, _)


def _of_money(event: e.Event, _: Translate) -> Told | None:
    """What was granted, given up or moved."""
    match event:
        case e.Granted():
            return _("{amount} of paper money granted"), {"amount": Money(event.amount, "USDT")}
        case e.Adjusted():
            return _("put right by a host: {amount}"), {
                "amount": Money(event.amount, "USDT", signed=True)
            }
        case e.WasReset():
            return _("portfolio reset, number {count}"), {"count": Count(event.resets)}
        case e.ResetsCarried():
            figures: Told = (
                _("resets carried over: {count}, the last on {day}"),
                {"count": Count(event.resets), "day": Day(event.last.date())},
            )
            return figures
        case e.MarginMoved():
            text = _("{amount} of margin added to #{number}")
            if event.amount < 0:
                text = _("{amount} of margin taken out of #{number}")
            amount = Money(abs(event.amount), "USDT")
            return text, {"amount": amount, "number": Count(event.number)}
        case _:
            return None


def _chosen(event: e.Event, _: Translate) -> Told:
    """What was chosen, cancelled or said."""
    match event:
        case e.OrderCancelled():
            text = _("order #{number} cancelled")
            if event.reason != "asked":
                text = _("order #{number} cancelled: {reason}")
            reason = Label(_reasons(_).get(event.reason, _("it could not be filled")))
            return text, {"number": Count(event.number), "reason": reason}
        case e.LeverageChosen():
            coin = Label(base_of(event.symbol))
            return _("leverage of {coin}: {leverage}"), {
                "coin": coin,
                "leverage": Times(event.leverage),
            }
        case e.ModeChosen():
            coin = Label(base_of(event.symbol) if event.symbol else _("the account"))
            return _("margin mode of {coin}: {mode}"), {
                "coin": coin,
                "mode": Label(mode_word(event.mode, _)),
            }
        case e.PositionModeChosen():
            one_way = event.mode is PositionMode.ONE_WAY
            mode = Label(_("one-way") if one_way else _("hedge"))
            return _("position mode: {mode}"), {"mode": mode}
        case e.VenueChosen():
            return _("rules of {venue} chosen"), {"venue": Label(VENUES[event.venue].name)}
        case e.StopsSet():
            return _stops(event, _)
        case e.Warned():
            text = _("warned: margin ratio {ratio}")
            return text, {"ratio": Percent(event.ratio, 1)}
    raise AssertionError(event)


def _increased(event: e.PositionIncreased, listing: Listing, _: Translate) -> Told:
    leg = event.leg
    text = _("#{number} {side} {size} at {price}, {leverage} {mode}, fee {fee}")
    return text, {
        **_fill(event.number, leg.symbol, leg.quantity),
        "side": Label(side_word(leg.side, _)),
        "price": price_of(listing, leg.symbol, event.price),
        "leverage": Times(leg.leverage),
        "mode": Label(mode_word(event.mode, _)),
        "fee": Money(event.fee),
    }


def _reduced(event: e.PositionReduced, listing: Listing, _: Translate) -> Told:
    text = _("#{number} closed {size} at {price}, PnL {pnl}, fee {fee}")
    if event.reason in _reasons(_):
        text = _("#{number} closed {size} at {price} ({reason}), PnL {pnl}, fee {fee}")
    return text, {
        **_fill(event.number, event.symbol, event.quantity),
        "price": price_of(listing, event.symbol, event.price),
        "reason": Label(_reasons(_).get(event.reason, event.reason)),
        "pnl": Money(event.pnl, signed=True),
        "fee": Money(event.fee),
    }


def _placed(event: e.OrderPlaced, listing: Listing, _: Translate) -> Told:
    order = event.order
    text = _("order #{number} placed: {side} {size} at {price}")
    if order.reduce_only:
        text = _("reduce-only order #{number} placed: {side} {size} at {price}")
    return text, {
        **_fill(order.number, order.symbol, order.quantity),
        "side": Label(side_word(order.side, _)),
        "price": price_of(listing, order.symbol, order.price),
    }


def _funding(event: e.FundingSettled, _: Translate) -> Told:
    paid = Decimal(event.from_wallet + event.from_pocket)
    return _("funding of #{number} {coin}: {amount} at {rate}"), {
        "number": Count(event.number),
        "coin": Label(base_of(event.symbol)),
        "amount": Money(paid, signed=True),
        "rate": Percent(event.rate, 4, signed=True),
    }


def _liquidated(event: e.PoolLiquidated, _: Translate) -> Told:
    text = _("{mode} liquidated: {parts}, lost {lost}")
    if not event.whole:
        text = _("{mode} reduced by the venue: {parts}")
    parts = ", ".join(f"#{part.number} {base_of(part.symbol)}" for part in event.seized)
    return text, {
        "mode": Label(mode_word(event.mode, _)),
        "parts": Label(parts),
        "lost": Money(event.collateral - event.returned, "USDT"),
    }


def _stops(event: e.StopsSet, _: Translate) -> Told:
    """Stops as they stand now; the digits are those that were typed."""
    prices: dict[str, Figure] = {"number": Count(event.number)}
    loss, profit = event.stops.loss, event.stops.profit
    if loss is not None:
        prices["loss"] = PriceOf(loss, _own_tick(loss))
    if profit is not None:
        prices["profit"] = PriceOf(profit, _own_tick(profit))
    if loss is not None and profit is not None:
        return _("#{number}: stop loss {loss}, target {profit}"), prices
    if loss is not None:
        return _("#{number}: stop loss {loss}"), prices
    if profit is not None:
        return _("#{number}: target {profit}"), prices
    return _("#{number}: stops removed"), prices


def _fill(number: int, symbol: Symbol, quantity: Decimal) -> dict[str, Figure]:
    """What every fill and every order names."""
    return {"number": Count(number), "size": Size(quantity, base_of(symbol))}


def price_of(listing: Listing, symbol: Symbol, price: Decimal) -> PriceOf:
    """Return a price with its contract's digits; with its own, where the venue lists it no more."""
    instrument = listing.instruments.get(symbol)
    return PriceOf(price, instrument.tick_at(price) if instrument else _own_tick(price))


def _own_tick(price: Decimal) -> Decimal:
    exponent = int(price.normalize().as_tuple().exponent)
    return Decimal(1).scaleb(min(0, exponent))


def _reasons(_: Translate) -> dict[str, str]:
    """Why something was closed or cancelled, where that is worth a word."""
    return {
        "flip": _("turned round"),
        "limit": _("limit order"),
        "stop_loss": _("stop loss"),
        "take_profit": _("target"),
        "liquidation": _("liquidation"),
        "nothing_to_reduce": _("nothing left to reduce"),
        "insufficient": _("too little available"),
    }

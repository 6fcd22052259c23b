"""/avg: several fills become one leg."""

from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import price_on, reading_notes, small_print, title
from bot.chat.command import command
from bot.chat.figures import Count, Label, Money, Size, Times
from bot.chat.gist import gist
from bot.chat.reading import TypedFill
from bot.chat.reply import Facts, Reply, Text, Words
from core.margin.fees import posted_margin
from core.margin.liquidation import liquidation_band, printed
from core.margin.pool import Leg, MarginMode, Side, isolated_pool
from core.margin.sizing import Trade, average, place
from core.market import Symbol
from core.money import Price, Rate
from core.services.compare import Terms
from core.services.prices import Stage


@command(
    examples=("/avg long btc 0.1@60000 0.2@55000", "/avg short eth 10x 100@1900 100@2100"),
)
def avg(
    ask: Ask,
    side: Side,
    symbol: Symbol,
    fills: tuple[TypedFill, ...],
    leverage: Decimal | None = None,
    venue: str | None = None,
) -> Reply:
    """Average several entries into one position."""
    terms = ask.terms(None, venue)
    stage = ask.services.prices.stage(terms.venue).with_entry(symbol, fills[0].price)
    stage = stage.with_fee(symbol, terms.fee)
    rate = Rate(leverage or ask.defaults.leverage)
    legs = [_leg(stage, Trade(symbol, side, rate, f.size), f.price, terms) for f in fills]
    whole = average(legs)
    base = stage.instrument(symbol).base
    words = Words(
        ask._("{side} {coin} from {count} fills, {leverage}, {venue}."),
        {
            "side": Label(ask._("LONG") if side is Side.LONG else ask._("SHORT")),
            "coin": Label(base),
            "count": Label(str(len(legs))),
            "leverage": Times(rate),
            "venue": Label(stage.listing.venue.name),
        },
    )
    rows = (
        (ask._("Average entry"), price_on(stage, symbol, whole.entry_price)),
        (ask._("Quantity"), Size(whole.quantity, base)),
        (ask._("Position value"), Money(whole.entry_cost)),
        (ask._("Margin"), Money(whole.initial_margin)),
        (ask._("Liq. isolated"), price_on(stage, symbol, _limit(stage, whole))),
        (ask._("Liq. first fill"), price_on(stage, symbol, _limit(stage, legs[0]))),
    )
    return Reply(
        blocks=(
            title(ask, stage, words),
            *reading_notes(ask),
            Facts(rows),
            Text(_lesson(ask, legs, whole), strong=True),
            small_print([Words(ask._("weighted by quantity, each rounded down to the step"))]),
        ),
        short=_short(ask, stage, legs, whole),
    )


def _short(ask: Ask, stage: Stage, legs: list[Leg], whole: Leg) -> Words:
    """The average entry of all fills, and how far it moved the isolated liquidation price."""
    figures = gist(ask, stage, whole) | {
        "count": Count(len(legs)),
        "price": price_on(stage, whole.symbol, _limit(stage, whole)),
        "first": price_on(stage, whole.symbol, _limit(stage, legs[0])),
    }
    text = ask._(
        "{count} fills make {side} {size} {leverage} with an average entry of {entry}; isolated "
        "liquidation price {price}, with the first fill alone {first}."
    )
    if len(legs) == 1:
        text = ask._(
            "One fill makes {side} {size} {leverage} with an entry of {entry}; isolated "
            "liquidation price {price}."
        )
    return Words(text, figures)


def _leg(stage: Stage, trade: Trade, price: Decimal, terms: Terms) -> Leg:
    """One fill as the venue would take it."""
    return place(trade, Price(price), terms.wallet, stage.listing)


def _limit(stage: Stage, leg: Leg) -> Decimal | None:
    """The printed isolated liquidation price of a leg with its own margin."""
    instrument = stage.instrument(leg.symbol)
    pool = isolated_pool(leg, posted_margin(leg, instrument))
    band = liquidation_band(pool, leg.symbol, stage.marks, stage.listing)
    shown = printed(band, instrument, stage.listing.venue, MarginMode.ISOLATED)
    return shown.lower if leg.side is Side.LONG else shown.upper


def _lesson(ask: Ask, legs: list[Leg], whole: Leg) -> Words:
    """What adding did to the entry and to the money at stake."""
    first = legs[0]
    better = first.side.sign * (first.entry_price - whole.entry_price) > 0
    text = (
        ask._("Adding moved the entry closer to the market and put {more} more at stake.")
        if better
        else ask._("Adding moved the entry away from the start and put {more} more at stake.")
    )
    return Words(text, {"more": Money(whole.initial_margin - first.initial_margin)})

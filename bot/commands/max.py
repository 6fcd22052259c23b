"""/max: the largest position a wallet can open."""

from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import assumptions, price_note, price_on, reading_notes, small_print, title
from bot.chat.command import command
from bot.chat.figures import Label, Money, Size, Times
from bot.chat.reply import Choice, Facts, Reply, Text, Words
from core.margin.sizing import largest
from core.market import Symbol
from core.money import Rate


@command(aliases=("maxopen",), examples=("/max btc 20x wallet 750", "/max eth 10x"))
def max(
    ask: Ask,
    symbol: Symbol,
    leverage: Decimal | None = None,
    wallet: Decimal | None = None,
    entry: Decimal | None = None,
    venue: str | None = None,
) -> Reply:
    """Find the largest position a wallet can open."""
    terms = ask.terms(wallet, venue)
    stage = ask.services.prices.stage(terms.venue).with_entry(symbol, entry)
    stage = stage.with_fee(symbol, terms.fee)
    rate = Rate(leverage or ask.defaults.leverage)
    price = stage.marks.price(symbol)
    found = largest(symbol, rate, terms.wallet, price, stage.listing)
    instrument = stage.instrument(symbol)
    words = Words(
        ask._("Largest {coin} position, {leverage}, {venue}."),
        {
            "coin": Label(instrument.base),
            "leverage": Times(rate),
            "venue": Label(stage.listing.venue.name),
        },
    )
    rows = (
        (ask._("Quantity"), Size(found.quantity, instrument.base)),
        (ask._("Position value"), Money(found.notional)),
        (ask._("Margin"), Money(found.margin)),
        (ask._("Entry fee"), Money(found.fee)),
        (ask._("Left in wallet"), Money(terms.wallet - found.margin - found.fee)),
        (ask._("Price"), price_on(stage, symbol, price)),
    )
    limit = (
        ask._("The tier sets this limit: at {leverage} it takes no more.")
        if found.by_tier
        else ask._("The wallet sets this limit: margin and entry fee use it up.")
    )
    return Reply(
        blocks=(
            title(ask, stage, words),
            *reading_notes(ask),
            Facts(rows),
            Text(Words(limit, {"leverage": Times(rate)})),
            small_print(assumptions(ask, terms.wallet, None), price_note(ask, stage, symbol)),
        ),
        choices=((Choice(ask._("Which is safer?"), "/faq safer-mode-beginners"),),),
    )

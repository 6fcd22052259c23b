"""/max: the largest position a wallet can open."""

from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import assumptions, price_note, price_on, reading_notes, small_print, title
from bot.chat.command import command
from bot.chat.figures import Figure, Label, Money, Size, Times
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
    figures: dict[str, Figure] = {
        "coin": Label(instrument.base),
        "leverage": Times(rate),
        "venue": Label(stage.listing.venue.name),
        "size": Size(found.quantity, instrument.base),
        "worth": Money(found.notional),
        "price": price_on(stage, symbol, price),
        "wallet": Money(terms.wallet, whole=True),
    }
    words = Words(ask._("Largest {coin} position, {leverage}, {venue}."), figures)
    rows = (
        (ask._("Quantity"), figures["size"]),
        (ask._("Position value"), figures["worth"]),
        (ask._("Margin"), Money(found.margin)),
        (ask._("Entry fee"), Money(found.fee)),
        (ask._("Left in wallet"), Money(terms.wallet - found.margin - found.fee)),
        (ask._("Price"), figures["price"]),
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
        short=Words(_short_text(ask, by_tier=found.by_tier), figures),
    )


def _short_text(ask: Ask, *, by_tier: bool) -> str:
    """The quantity and its value, and what sets the limit."""
    if by_tier:
        return ask._(
            "At {leverage} the tiers of {venue} take at most {size}, a position of {worth} at "
            "{price}; the wallet of {wallet} would carry more."
        )
    return ask._(
        "A wallet of {wallet} opens at most {size} at {leverage} on {venue}, a position of "
        "{worth} at {price}."
    )

"""Wording that several commands share: who trades what, on which prices, with what assumed.

Commands may not import each other; what they say alike stands here.
"""

from collections.abc import Iterable
from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.demo import DEMO, small_warning, warned
from bot.chat.figures import Age, Day, Figure, Label, Money, Percent, PriceOf, Size, Times
from bot.chat.notes import note_words
from bot.chat.positions import side_word
from bot.chat.reply import Choice, Notes, Text, Title, Words
from bot.chat.say import say
from core.margin.pool import Leg, Side
from core.margin.sizing import Size as TradeSize
from core.margin.sizing import SizeKind, Trade
from core.market import Bracket, Symbol
from core.money import Price, Rate
from core.services.prices import Stage
from core.venue import VENUES

DEFAULT_SHARE = Decimal("0.2")
"""Share of the wallet that is the margin when none is named."""


def side_label(ask: Ask, side: Side) -> Label:
    """LONG or SHORT, translated."""
    return Label(side_word(side, ask._))


def price_on(stage: Stage, symbol: Symbol, price: Decimal | None) -> PriceOf:
    """A price with the digits of its contract."""
    instrument = stage.instrument(symbol)
    return PriceOf(price, instrument.tick_at(price) if price is not None else instrument.tick)


def size_of(stage: Stage, leg: Leg) -> Size:
    """A leg's quantity in its coin."""
    return Size(leg.quantity, stage.instrument(leg.symbol).base)


def title(ask: Ask, stage: Stage | None, words: Words) -> Title:
    """The first line; on the recorded market it says so, always."""
    market = stage.marks.market if stage else ask.services.prices.market
    return warned(words, market, ask._)


def demo_note(ask: Ask) -> list[Words]:
    """The same for the small print of a reply whose first line has no room for it."""
    return small_warning(ask.services.prices.market, ask._)


def trade_title(ask: Ask, stage: Stage, leg: Leg) -> Title:
    """The normalised reading of one trade: `LONG 0.292 BTC, 10x, Binance.`"""
    return title(
        ask,
        stage,
        Words(
            ask._("{side} {size}, {leverage}, {venue}."),
            {
                "side": side_label(ask, leg.side),
                "size": size_of(stage, leg),
                "leverage": Times(leg.leverage),
                "venue": Label(stage.listing.venue.name),
            },
        ),
    )


def worth(ask: Ask, stage: Stage, leg: Leg) -> Text:
    """What a leg is worth at its entry."""
    return Text(
        Words(
            ask._("worth {worth} at {price}"),
            {
                "worth": Money(leg.entry_cost, stage.instrument(leg.symbol).quote),
                "price": price_on(stage, leg.symbol, leg.entry_price),
            },
        )
    )


def reading_notes(ask: Ask) -> tuple[Text, ...]:
    """What was mended or guessed while reading, one sentence each."""
    return tuple(Text(note_words(note, ask._)) for note in ask.reading.notes if note.code in LOUD)


LOUD = frozenset(
    {
        "typo",
        "mode_ignored",
        "mode_idle",
        "unused",
        "entry_near_mark",
        "emoji_side",
        "usd_as_usdt",
        "thousand_contract",
    }
)
"""Notes that change what the answer is about; defaults are said in the small print instead."""


def assumptions(ask: Ask, wallet: Decimal, margin: Decimal | None) -> list[Words]:
    """What nobody typed: wallet, margin, leverage, and which price stood in for the mark."""
    taken: list[tuple[str, str, Figure]] = []
    if ask.assumed("wallet"):
        taken.append(("wallet", ask._("wallet {wallet}"), Money(wallet, whole=True)))
    size = ask.reading.values.get("size")
    if margin is None and isinstance(size, TradeSize):
        margin = size.value
    if ask.assumed("size") and margin is not None:
        taken.append(("margin", ask._("margin {margin}"), Money(margin, whole=True)))
    if ask.assumed("leverage"):
        leverage = Times(ask.defaults.leverage)
        taken.append(("leverage", ask._("leverage {leverage}"), leverage))
    if not taken:
        return []
    text = ask._("assumed: {list}").replace("{list}", ", ".join(item[1] for item in taken))
    return [Words(text, {name: figure for name, _, figure in taken})]


def tier_note(ask: Ask, stage: Stage, symbol: Symbol, bracket: Bracket | None) -> list[Words]:
    """Which tier's rate was used, and of which date."""
    table = stage.instrument(symbol).brackets
    if bracket is None:
        return []
    figures: dict[str, Figure] = {
        "rate": Percent(bracket.maintenance_rate, _places(bracket.maintenance_rate)),
        "tier": Label(str(table.brackets.index(bracket) + 1)),
    }
    if table.as_of is None:
        return [Words(ask._("maintenance {rate} (tier {tier})"), figures)]
    figures["date"] = Day(table.as_of)
    return [Words(ask._("maintenance {rate} (tier {tier} of {date})"), figures)]


def _places(rate: Rate) -> int:
    """As many digits as a rate needs in percent, four at most."""
    return min(4, max(1, -int((rate * 100).normalize().as_tuple().exponent)))


def price_note(ask: Ask, stage: Stage, symbol: Symbol) -> list[Words]:
    """Where the mark came from and how old it is; a typed entry is named beside the mark."""
    mark = stage.marks.get(symbol)
    if mark is None or ask.reading.values.get("entry") is not None:
        if ask.request.button:
            return [Words(ask._("size and entry as in the answer above"))]
        return [Words(ask._("the entry you typed stands for the mark"))]
    return [mark_note(ask, stage.marks.market, stage.age_of(symbol))]


def mark_note(ask: Ask, market: str, age: int) -> Words:
    """Whose mark price this is and how old it is, in seconds."""
    if market == DEMO:
        return Words(ask._("mark = recorded last price, {age} old"), {"age": Age(age)})
    name = VENUES[market].name if market in VENUES else market
    figures: dict[str, Figure] = {"market": Label(name), "age": Age(age)}
    return Words(ask._("{market} mark price {age} old"), figures)


def venue_notes(ask: Ask, stage: Stage, symbol: Symbol) -> list[Words]:
    """What is our own rule or was taken from another venue."""
    instrument, venue = stage.instrument(symbol), stage.listing.venue
    notes = []
    if {"tick", "step"} & instrument.assumed:
        notes.append(Words(ask._("tick and step assumed from Binance")))
    notes.append(Words(ask._("entry fee paid from the wallet: our rule")))
    if venue.steps_from_tier == 1:
        text = ask._("{venue} closes large positions in steps; here the whole counts as closed")
        notes.append(Words(text, {"venue": Label(venue.name)}))
    return notes


def small_print(*groups: Iterable[Words]) -> Notes:
    """Gather notes into one block."""
    return Notes(tuple(words for group in groups for words in group))


def trade_of(ask: Ask, side: Side, symbol: Symbol, leverage: Decimal | None) -> Trade:
    """Make the core's trade of the typed fields and the defaults for what was not typed."""
    values = ask.reading.values
    size, entry = values.get("size"), values.get("entry")
    if not isinstance(size, TradeSize):
        share = ask.defaults.margin or ask.defaults.wallet * DEFAULT_SHARE
        size = TradeSize(SizeKind.MARGIN, share)
    price = Price(entry) if isinstance(entry, Decimal) else None
    return Trade(symbol, side, Rate(leverage or ask.defaults.leverage), size, price)


def again(ask: Ask, command: str, leg: Leg, **changes: object) -> str:
    """The line that asks `command` of this very leg: its quantity and entry, unless changed."""
    values = ask.reading.values
    fields: dict[str, object] = {
        "side": leg.side,
        "symbol": leg.symbol,
        "leverage": leg.leverage,
        "size": TradeSize(SizeKind.QUANTITY, leg.quantity),
        "entry": leg.entry_price,
        "wallet": values.get("wallet"),
        "venue": values.get("venue") or ask.defaults.venue,
        **changes,
    }
    return say(command, fields)


def look(label: str, line: str) -> Choice:
    """A button that puts its answer in place of the message it stands under."""
    return Choice(label, line, replace=True)

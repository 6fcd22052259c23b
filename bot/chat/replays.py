"""A recorded event as cards: both modes side by side, and one telling moment at a time.

Every card says that its prices are recorded, and of which day.
"""

from collections.abc import Iterable
from datetime import date

from bot.chat.ask import Ask
from bot.chat.cards import demo_note, price_on, side_label, size_of, small_print
from bot.chat.figures import (
    Count,
    Day,
    Figure,
    Label,
    Money,
    Percent,
    Times,
)
from bot.chat.figures import Moment as When
from bot.chat.reply import Block, Notes, Points, Row, Table, Text, Title, Words
from bot.chat.symbols import base_of
from core.lessons.replay import Life
from core.lessons.scenario import Heading, PriceKind
from core.lessons.way import Met
from core.market import Symbol
from core.money import ONE
from core.paper.events import PoolLiquidated
from core.services.replays import Replayed

Rows = list[Row]


def recorded_title(ask: Ask, heading: Heading, words: Words) -> Title:
    """A first line that says that the prices are recorded, and of when."""
    text = words.text + " " + ask._("RECORDED PRICES of {recorded}, an estimate.")
    return Title(Words(text, {**words.figures, "recorded": Label(heading.id)}))


def summary(ask: Ask, seen: Replayed, assumed: Iterable[Words]) -> tuple[Block, ...]:
    """Both modes from the beginning to the end, and what that teaches."""
    return (
        recorded_title(ask, seen.heading, _what(ask, seen)),
        Text(Words("{told}", {"told": Label(seen.heading.told)})),
        Table((ask._("Isolated"), ask._("Cross")), tuple(_rows(ask, seen))),
        Text(lesson(ask, seen), strong=True),
        notes(ask, seen, assumed),
    )


def _what(ask: Ask, seen: Replayed) -> Words:
    """What was played: a trade, or the asker's positions."""
    name: dict[str, Figure] = {"name": Label(seen.heading.name)}
    if seen.leg is None:
        return Words(ask._("{name}: your positions, from the present marks on."), name)
    return Words(
        ask._("{name}: {side} {size}, {leverage}, {venue}."),
        {
            **name,
            "side": side_label(ask, seen.leg.side),
            "size": size_of(seen.stage, seen.leg),
            "leverage": Times(seen.leg.leverage),
            "venue": Label(seen.stage.listing.venue.name),
        },
    )


def _rows(ask: Ask, seen: Replayed) -> Rows:
    """Entry, the worst, the end of it, and what is left."""
    first: tuple[Figure, ...] = tuple(Money(life.begun) for life in seen.lives)
    label = ask._("Before")
    if seen.leg is not None:
        label, entry = ask._("Entry"), seen.leg.entry_price
        first = tuple(price_on(seen.stage, seen.leg.symbol, entry) for _ in seen.lives)
    rows = [
        Row(Label(label), first),
        Row(Label(ask._("Worst")), tuple(Money(life.lowest) for life in seen.lives)),
        Row(Label(ask._("Liq. on")), tuple(_when(ask, life) for life in seen.lives)),
    ]
    if seen.leg is not None and any(life.falls for life in seen.lives):
        rows.append(
            Row(Label(ask._("at")), tuple(_at(seen, life) for life in seen.lives), indent=2)
        )
    if len(seen.unfunded) < len(seen.held):
        rows.append(
            Row(Label(ask._("Funding")), tuple(Money(x.funding, signed=True) for x in seen.lives))
        )
    return [
        *rows,
        Row(Label(ask._("Result")), tuple(Money(x.result, signed=True) for x in seen.lives)),
        Row(Label(ask._("Left")), tuple(Money(life.left) for life in seen.lives)),
    ]


def _when(ask: Ask, life: Life) -> Figure:
    if life.falls:
        return When(life.falls[0].scene.at, brief=True)
    return Label(ask._("alive") if life.moments[-1].open else ask._("closed"))


def _at(seen: Replayed, life: Life) -> Figure:
    """The mark at which the first wall fell."""
    if not life.falls or seen.leg is None:
        return Label("-")
    return price_on(seen.stage, seen.leg.symbol, life.falls[0].scene.mark(seen.leg.symbol))


def lesson(ask: Ask, seen: Replayed) -> Words:
    """What these very columns teach, in a sentence or two."""
    isolated, cross = seen.lives
    figures: dict[str, Figure] = {
        "isolated": Money(isolated.result, signed=True),
        "isolated_left": Money(isolated.left),
        "cross": Money(cross.result, signed=True),
        "cross_left": Money(cross.left),
        "worst": Money(cross.lowest),
    }
    for name, life in (("isolated_at", isolated), ("cross_at", cross)):
        if life.falls:
            figures[name] = When(life.falls[0].scene.at)
    return Words(_lesson(ask, isolated, cross), figures)


def _lesson(ask: Ask, isolated: Life, cross: Life) -> str:
    if isolated.falls and cross.falls:
        return ask._(
            "Isolated was liquidated at {isolated_at}, and {isolated_left} was left. "
            "Cross was liquidated at {cross_at}, and {cross_left} was left."
        )
    if cross.falls:
        return ask._(
            "Cross was liquidated at {cross_at}: one pool paid for every position, and "
            "{cross_left} was left. Isolated kept {isolated_left}."
        )
    if not isolated.falls:
        return ask._(
            "Both modes lived through it: {cross} in the end, {worst} at the worst. "
            "Where no wall is reached, the mode makes no difference."
        )
    if cross.result > isolated.result:
        return ask._(
            "Isolated was liquidated at {isolated_at}: {isolated}. Cross stayed open with "
            "{worst} left at the worst and ended at {cross}: the wallet carried it through."
        )
    return ask._(
        "Isolated was liquidated at {isolated_at}: {isolated}, and no more. Cross stayed open "
        "and ended at {cross}: what isolated kept out of reach, cross lost."
    )


def notes(ask: Ask, seen: Replayed, assumed: Iterable[Words] = ()) -> Notes:
    """What the prices are, how a candle is judged, and what was left out."""
    return small_print(
        _sources(ask, seen.heading, seen.held),
        [
            Words(ask._("the worst price of each hour is judged first: an estimate")),
            Words(ask._("today's contracts and tiers")),
            _funding(ask, seen),
        ],
        assumed,
        demo_note(ask) if seen.leg is None else [],
    )


def _funding(ask: Ask, seen: Replayed) -> Words:
    """Whether funding is in the figures, and of which coins it is not."""
    lacking = seen.unfunded
    if not lacking:
        return Words(ask._("funding included, at the rates recorded then"))
    if len(lacking) == len(seen.held):
        return Words(ask._("without funding: no rates are recorded"))
    coins: dict[str, Figure] = {"coins": Label(", ".join(map(base_of, lacking)))}
    return Words(ask._("funding included, but of {coins}: no rates are recorded"), coins)


def _sources(ask: Ask, heading: Heading, held: Iterable[Symbol]) -> list[Words]:
    """Which kind of price each coin held has, whose it is, and when it was read."""
    texts = {
        PriceKind.MARK: ask._("{coins}: mark prices by the hour, {source}, read {day}"),
        PriceKind.LAST: ask._(
            "{coins}: last prices by the hour, no mark is recorded; {source}, read {day}"
        ),
        PriceKind.SPOT: ask._(
            "{coins}: spot prices by the hour, no mark is recorded; {source}, read {day}"
        ),
    }
    origins: dict[tuple[PriceKind, str, date], list[str]] = {}
    for symbol in held:
        coin = heading.coins[symbol]
        origins.setdefault((coin.price, coin.source, coin.read), []).append(base_of(symbol))
    found = []
    for (kind, source, read), coins in origins.items():
        figures: dict[str, Figure] = {
            "coins": Label(", ".join(coins)),
            "source": Label(source),
            "day": Day(read),
        }
        found.append(Words(texts[kind], figures))
    return found


def step_card(ask: Ask, seen: Replayed, number: int) -> tuple[Block, ...]:
    """One telling moment, from 1: where the prices were, and how both modes stood."""
    at = seen.telling[number - 1]
    moments = [life.moments[at] for life in seen.lives]
    where: dict[str, Figure] = {
        "name": Label(seen.heading.name),
        "step": Count(number),
        "steps": Count(len(seen.telling)),
        "at": When(moments[0].at),
    }
    rows = (
        Row(Label(ask._("Balance")), tuple(Money(m.balance) for m in moments)),
        Row(
            Label(ask._("so far")),
            tuple(
                Money(m.balance - x.begun, signed=True)
                for m, x in zip(moments, seen.lives, strict=True)
            ),
        ),
        Row(Label(ask._("lowest")), tuple(Money(m.low) for m in moments)),
        Row(Label(ask._("positions")), tuple(Count(m.open) for m in moments)),
    )
    return (
        recorded_title(
            ask, seen.heading, Words(ask._("{name}: step {step} of {steps}, {at}."), where)
        ),
        Points(tuple(_price(ask, seen, symbol, at) for symbol in moments[0].prices)),
        Table((ask._("Isolated"), ask._("Cross")), rows),
        *_fallen(ask, seen, at),
        notes(ask, seen),
    )


def _price(ask: Ask, seen: Replayed, symbol: Symbol, at: int) -> Words:
    """Where a coin stood, and how far from its beginning."""
    moments = seen.isolated.moments
    price = moments[at].prices[symbol]
    return Words(
        ask._("{coin} {price}, {move} since the beginning"),
        {
            "coin": Label(base_of(symbol)),
            "price": price_on(seen.stage, symbol, price),
            "move": Percent(price / moments[0].prices[symbol] - ONE, 1, signed=True),
        },
    )


def _fallen(ask: Ask, seen: Replayed, at: int) -> tuple[Text, ...]:
    """The walls that fell in a moment."""
    names = (ask._("Isolated"), ask._("Cross"))
    return tuple(
        Text(words, strong=True)
        for name, life in zip(names, seen.lives, strict=True)
        for fall in life.moments[at].falls
        for words in _fall(ask, seen, name, fall)
    )


def _fall(ask: Ask, seen: Replayed, mode: str, fall: Met) -> list[Words]:
    if not isinstance(fall.event, PoolLiquidated):
        return []
    return [
        Words(
            ask._("{mode}: {side} {coin} was liquidated at {price}."),
            {
                "mode": Label(mode),
                "side": side_label(ask, part.side),
                "coin": Label(base_of(part.symbol)),
                "price": price_on(seen.stage, part.symbol, part.price),
            },
        )
        for part in fall.event.seized
    ]

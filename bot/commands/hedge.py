"""/hedge: two legs behind both walls; what each mode has left when one leg dies."""

from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import (
    DEFAULT_SHARE,
    price_on,
    reading_notes,
    side_label,
    small_print,
    title,
)
from bot.chat.command import command
from bot.chat.figures import Figure, Label, Money, Percent, Size, Times
from bot.chat.gist import gist
from bot.chat.reading import TypedLeg
from bot.chat.reply import Choice, Reply, Row, Table, Text, Title, Words
from core.margin.compare import Outcome
from core.margin.pair import FirstLoss, PairComparison
from core.margin.sizing import Size as TradeSize
from core.margin.sizing import SizeKind, Trade
from core.market import Symbol
from core.money import Price, Rate
from core.services.prices import Stage

FAR = Decimal(10)
"""A rise beyond this factor is no limit anybody meets."""


@command(examples=("/hedge long btc short eth 10x 1000", "/hedge long eth short sol 5x 500"))
def hedge(
    ask: Ask, legs: tuple[TypedLeg, ...], wallet: Decimal | None = None, venue: str | None = None
) -> Reply:
    """Compare the modes for two positions at once, such as a hedge."""
    stage, pair = ask.services.compare.pair(_trades(ask, legs, wallet), ask.terms(wallet, venue))
    return Reply(
        blocks=(
            _title(ask, stage, pair),
            *reading_notes(ask),
            _table(ask, stage, pair),
            *_lessons(ask, stage, pair),
            small_print(_entry_note(ask, legs), _notes(ask, pair)),
        ),
        choices=(
            (
                Choice(ask._("When cross?"), "/faq when-use-cross"),
                Choice(ask._("Why?"), "/faq isolated-vs-cross-difference"),
            ),
        ),
        short=_short(ask, stage, pair),
    )


def _trades(ask: Ask, legs: tuple[TypedLeg, ...], wallet: Decimal | None) -> list[Trade]:
    """The typed legs with defaults; two legs share the usual margin."""
    entries = _entries(legs)
    usual = (ask.defaults.margin or (wallet or ask.defaults.wallet) * DEFAULT_SHARE) / 2
    return [
        Trade(
            leg.symbol,
            leg.side,
            Rate(leg.leverage or ask.defaults.leverage),
            leg.size or TradeSize(SizeKind.MARGIN, usual),
            entries.get(leg.symbol),
        )
        for leg in legs
    ]


def _entries(legs: tuple[TypedLeg, ...]) -> dict[Symbol, Price]:
    """The entries that stand for the marks; none where they cannot all hold.

    A coin has one mark, so two entries of one coin exclude each other, and one price for two coins
    was said before the legs and fits one of them at most.
    """
    typed = {(leg.symbol, leg.entry) for leg in legs if leg.entry is not None}
    entries = {symbol: Price(entry) for symbol, entry in typed}
    alike = len(set(entries.values())) < len(entries)
    return {} if alike or len(entries) < len(typed) else entries


def _entry_note(ask: Ask, legs: tuple[TypedLeg, ...]) -> list[Words]:
    """What became of the entries that were typed."""
    if all(leg.entry is None for leg in legs):
        return []
    if _entries(legs):
        return [Words(ask._("the entry you typed stands for the mark"))]
    return [Words(ask._("the entries you typed exclude each other; each leg enters at the mark"))]


def _title(ask: Ask, stage: Stage, pair: PairComparison) -> Title:
    """Both legs in one line."""
    figures: dict[str, Figure] = {"venue": Label(stage.listing.venue.name)}
    places = []
    for i, outcome in enumerate(pair.isolated):
        leg = outcome.leg
        figures |= {
            f"side{i}": side_label(ask, leg.side),
            f"size{i}": Size(leg.quantity, stage.instrument(leg.symbol).base),
            f"leverage{i}": Times(leg.leverage),
        }
        places.append(f"{{side{i}}} {{size{i}}} {{leverage{i}}}")
    return title(ask, stage, Words(" + ".join(places) + ", {venue}.", figures))


def _table(ask: Ask, stage: Stage, pair: PairComparison) -> Table:
    """Per leg: what can be lost, where it is liquidated with the others held still."""
    rows: list[Row] = []
    for isolated, cross in zip(pair.isolated, pair.cross, strict=True):
        leg, base = isolated.leg, stage.instrument(isolated.leg.symbol).base
        rows += [
            Row(Words("{side} {coin}", {"side": side_label(ask, leg.side), "coin": Label(base)})),
            Row(Label(ask._("liq.")), _prices(stage, isolated, cross), indent=1),
            Row(Label(ask._("away")), _aways(stage, isolated, cross), indent=1),
        ]
    posted = sum((o.max_loss for o in pair.isolated), pair.wallet * 0)
    at_stake = (Money(posted), Money(pair.cross[0].max_loss))
    rows.append(Row(Label(ask._("Can lose")), at_stake))
    return Table((ask._("Isolated"), ask._("Cross")), tuple(rows))


def _prices(stage: Stage, *outcomes: Outcome) -> tuple[Figure, ...]:
    return tuple(price_on(stage, o.leg.symbol, _shown(stage, o)) for o in outcomes)


def _aways(stage: Stage, *outcomes: Outcome) -> tuple[Figure, ...]:
    cells: list[Figure] = []
    for outcome in outcomes:
        shown, mark = _shown(stage, outcome), stage.marks.price(outcome.leg.symbol)
        cells.append(Label("-") if shown is None else Percent(shown / mark - 1, 1, signed=True))
    return tuple(cells)


def _shown(stage: Stage, outcome: Outcome) -> Decimal | None:
    """The printed end of the band that is nearer to the mark; one beyond `FAR` is no limit."""
    mark = stage.marks.price(outcome.leg.symbol)
    shown = outcome.shown.nearest(mark)
    return None if shown is None or shown / mark - 1 > FAR else shown


def _lessons(ask: Ask, stage: Stage, pair: PairComparison) -> list[Text]:
    """How far all coins may move together, and what is left when the first pocket dies."""
    lessons = [Text(_joint(ask, pair), strong=True)]
    if pair.first_loss:
        lessons.append(Text(_first_loss(ask, stage, pair.first_loss), strong=True))
    return lessons


def _joint(ask: Ask, pair: PairComparison) -> Words:
    """The joint move of the cross pool."""
    fall, rise = pair.joint.fall, pair.joint.rise
    if rise is not None and rise > FAR:
        rise = None
    both = fall is not None and rise is not None
    figures: dict[str, Figure] = {}
    if fall is not None:
        figures["fall"] = Percent(fall if both else -fall, 1, signed=both)
    if rise is not None:
        figures["rise"] = Percent(rise, 1, signed=both)
    match fall, rise:
        case None, None:
            text = ask._("Cross: no common move of these coins liquidates the pool.")
        case None, _:
            text = ask._("Cross: all coins together may rise {rise} before the pool is liquidated.")
        case _, None:
            text = ask._("Cross: all coins together may fall {fall} before the pool is liquidated.")
        case _:
            text = ask._("Cross: all coins together may move {fall} or {rise}, no further.")
    return Words(text, figures)


def _short(ask: Ask, stage: Stage, pair: PairComparison) -> Words:
    """What the joint move that liquidates the first pocket leaves of both modes."""
    figures: dict[str, Figure] = {}
    places = []
    for i, outcome in enumerate(pair.isolated):
        named = gist(ask, stage, outcome.leg)
        figures |= {f"{name}{i}": named[name] for name in ("side", "size", "leverage")}
        places.append(f"{{side{i}}} {{size{i}}} {{leverage{i}}}")
    first = pair.first_loss
    if first is None:
        told = ask._("no common move liquidates a leg in isolated, nor the pool in cross.")
        return Words(f"{' + '.join(places)}: {told}", figures)
    figures |= _first_figures(ask, stage, first)
    isolated = (
        ask._("if all move {move}, isolated closes both legs and has {isolated_left} left")
        if len(first.legs) > 1
        else ask._("if all move {move}, isolated closes {side} {coin} and has {isolated_left} left")
    )
    cross = (
        ask._("cross is liquidated by then and has {cross_left}.")
        if first.cross_gone
        else ask._("cross keeps both and has {cross_left}.")
    )
    return Words(f"{' + '.join(places)}: {isolated}; {cross}", figures)


def _first_loss(ask: Ask, stage: Stage, first: FirstLoss) -> Words:
    """The fourth statement made visible: a gain that can, or cannot, offset a loss."""
    if len(first.legs) > 1:
        isolated = ask._(
            "If all move {move}, isolated closes both legs and {lost} is gone; "
            "{isolated_left} is left."
        )
    else:
        isolated = ask._(
            "If all move {move}, isolated closes the {side} {coin} and {lost} is gone; "
            "{isolated_left} is left, with the other leg alone."
        )
    cross = (
        ask._("Cross is liquidated by then, and {cross_left} is left.")
        if first.cross_gone
        else ask._("Cross keeps both legs and has {cross_left}.")
    )
    return Words(f"{isolated} {cross}", _first_figures(ask, stage, first))


def _first_figures(ask: Ask, stage: Stage, first: FirstLoss) -> dict[str, Figure]:
    leg = first.legs[0]
    return {
        "move": Percent(first.move, 1, signed=True),
        "side": side_label(ask, leg.side),
        "coin": Label(stage.instrument(leg.symbol).base),
        "lost": Money(first.lost),
        "isolated_left": Money(first.isolated_left),
        "cross_left": Money(first.cross_left),
    }


def _notes(ask: Ask, pair: PairComparison) -> list[Words]:
    """What was assumed."""
    notes = [
        Words(ask._("each price holds the other coin still")),
        Words(ask._("before entry fee {fee}, funding and exit fee"), {"fee": Money(pair.fee)}),
    ]
    if ask.assumed("wallet"):
        notes.append(
            Words(ask._("assumed: wallet {wallet}"), {"wallet": Money(pair.wallet, whole=True)})
        )
    return notes

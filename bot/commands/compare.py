"""/compare: one trade behind both walls, side by side."""

from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import (
    again,
    assumptions,
    look,
    price_note,
    price_on,
    reading_notes,
    size_of,
    small_print,
    tier_note,
    trade_of,
    trade_title,
    venue_notes,
    worth,
)
from bot.chat.command import command
from bot.chat.figures import Count, Figure, Label, Money, Percent, Times
from bot.chat.gist import gist
from bot.chat.own import Own, own_terms
from bot.chat.papers import paper_choices
from bot.chat.points import point_words
from bot.chat.reply import Choice, Notes, Reply, Row, Table, Text, Words
from core.margin.compare import Moment
from core.margin.pool import Side
from core.margin.sizing import Size as TradeSize
from core.market import Symbol
from core.money import Price, down
from core.services.compare import Seen

LEVERAGES = tuple(map(Decimal, (1, 2, 3, 5, 10, 20, 25, 50, 75, 100, 125)))


@command(
    aliases=("cmp", "vs", "c"),
    examples=("/compare 10x long BTC", "/compare short eth 20x 250", "/compare 0.1btc long 10x"),
)
def compare(
    ask: Ask,
    side: Side,
    symbol: Symbol,
    leverage: Decimal | None = None,
    size: TradeSize | None = None,
    entry: Decimal | None = None,
    exit: Decimal | None = None,
    wallet: Decimal | None = None,
    venue: str | None = None,
    mode: str | None = None,
    mine: bool = False,
) -> Reply:
    """Compare isolated with cross margin for one trade."""
    own = own_terms(ask, wallet, venue, mine=mine)
    ask = own.ask
    seen = ask.services.compare(trade_of(ask, side, symbol, leverage), own.terms)
    leg = seen.comparison.leg
    return Reply(
        blocks=(
            trade_title(ask, seen.stage, leg),
            worth(ask, seen.stage, leg),
            *reading_notes(ask),
            *_size_note(ask, seen),
            _table(ask, seen, exit),
            *(Text(point_words(ask, seen, p), strong=True) for p in seen.comparison.points),
            _notes(ask, seen, own),
        ),
        choices=_choices(ask, seen, own),
        private=mine,
        short=_short(ask, seen),
    )


def _size_note(ask: Ask, seen: Seen) -> tuple[Text, ...]:
    """Say that a typed leverage makes another size, and that a default shrank."""
    leg, usual = seen.comparison.leg, ask.defaults.leverage
    if seen.shrunk:
        text = ask._("The tier takes no more at {leverage}, so the assumed margin is smaller.")
        return (Text(Words(text, {"leverage": Times(leg.leverage)})),)
    if not ask.assumed("size") or leg.leverage == usual:
        return ()
    text = ask._("{factor} times the size of the {usual} trade: {size}")
    if leg.leverage * 2 == usual:
        text = ask._("half the size of the {usual} trade: {size}")
    if leg.leverage == 2 * usual:
        text = ask._("twice the size of the {usual} trade: {size}")
    factor = Count(down(leg.leverage / usual, Decimal("0.01")))
    figures: dict[str, Figure] = {
        "factor": factor,
        "usual": Times(usual),
        "size": size_of(seen.stage, leg),
    }
    return (Text(Words(text, figures)),)


def _table(ask: Ask, seen: Seen, exit_price: Decimal | None) -> Table:
    """The two columns: what can be lost, where, and what moves do."""
    c, stage = seen.comparison, seen.stage
    base = stage.instrument(c.leg.symbol).base
    both = (c.isolated, c.cross)
    entry = c.leg.entry_price
    rows = [
        Row(Label(ask._("Can lose")), tuple(Money(o.max_loss) for o in both)),
        Row(Label(ask._("of wallet")), tuple(Percent(o.max_loss / c.wallet, 0) for o in both)),
        Row(
            Label(ask._("Liq. price")),
            tuple(price_on(stage, c.leg.symbol, o.shown_limit) for o in both),
        ),
        Row(
            Label(ask._("away")),
            tuple(
                Percent(o.shown_limit / entry - 1, signed=True) if o.shown_limit else Label("-")
                for o in both
            ),
            indent=2,
        ),
        Row(Words(ask._("If {coin} moves"), {"coin": Label(base)})),
        *(_moment(Percent(m.move, 0, signed=True), m) for m in c.moments),
    ]
    if exit_price is not None:
        moment = c.at(Price(exit_price))
        label = Words(ask._("at {price}"), {"price": price_on(stage, c.leg.symbol, exit_price)})
        rows.append(_moment(label, moment))
    return Table(
        (ask._("Isolated"), ask._("Cross")), tuple(rows), ask._("liquidated, position gone")
    )


def _moment(label: Percent | Words, moment: Moment) -> Row:
    """One move: both results, starred where the position is gone."""
    gone = {i for i, dead in enumerate((moment.isolated_gone, moment.cross_gone)) if dead}
    cells = (Money(moment.isolated, signed=True), Money(moment.cross, signed=True))
    return Row(label, cells, frozenset(gone), indent=1)


def _short(ask: Ask, seen: Seen) -> Words:
    """Where each mode is liquidated and what it can lose, in one sentence."""
    c, symbol = seen.comparison, seen.comparison.leg.symbol
    isolated, cross = c.isolated.shown_limit, c.cross.shown_limit
    match isolated, cross:
        case None, None:
            text = ask._(
                "{side} {coin} {leverage} from {entry}: neither mode has a liquidation price; "
                "isolated can lose {isolated_loss}, cross {cross_loss}."
            )
        case None, _:
            text = ask._(
                "{side} {coin} {leverage} from {entry}: isolated has no liquidation price and can "
                "lose {isolated_loss}; cross is liquidated at {cross} and can lose {cross_loss}."
            )
        case _, None:
            text = ask._(
                "{side} {coin} {leverage} from {entry}: isolated is liquidated at {isolated} and "
                "can lose {isolated_loss}; cross has no liquidation price and can lose "
                "{cross_loss}."
            )
        case _:
            text = ask._(
                "{side} {coin} {leverage} from {entry}: isolated is liquidated at {isolated} and "
                "can lose {isolated_loss}; cross at {cross} and can lose {cross_loss}."
            )
    figures: dict[str, Figure] = {
        "isolated": price_on(seen.stage, symbol, isolated),
        "isolated_loss": Money(c.isolated.max_loss),
        "cross": price_on(seen.stage, symbol, cross),
        "cross_loss": Money(c.cross.max_loss),
    }
    return Words(text, gist(ask, seen.stage, c.leg) | figures)


def _notes(ask: Ask, seen: Seen, own: Own) -> Notes:
    """Everything assumed."""
    c, symbol = seen.comparison, seen.comparison.leg.symbol
    fee = Words(ask._("before entry fee {fee}, funding and exit fee"), {"fee": Money(c.fee)})
    size = ask.reading.values.get("size")
    typed = size.value if isinstance(size, TradeSize) else c.isolated.max_loss
    return small_print(
        [fee],
        own.notes,
        assumptions(ask, c.wallet, c.isolated.max_loss if seen.shrunk else typed),
        tier_note(ask, seen.stage, symbol, c.isolated.bracket),
        price_note(ask, seen.stage, symbol),
        venue_notes(ask, seen.stage, symbol),
    )


def _choices(ask: Ask, seen: Seen, own: Own) -> tuple[tuple[Choice, ...], ...]:
    """The same quantity with other leverage, side or venue; more of it; why; on paper."""
    leg = seen.comparison.leg
    # Beside own positions a question stays about them, and what knows one leg only is left out.
    kept: dict[str, object] = {"wallet": None, "mine": True} if own.notes else {}
    what_if = [
        look(f"{other.normalize():f}x", again(ask, "compare", leg, leverage=other, **kept))
        for other in _other_leverages(seen)
    ]
    turned = ask._("Short") if leg.side is Side.LONG else ask._("Long")
    what_if.append(look(turned, again(ask, "compare", leg, side=leg.side.other, **kept)))
    following = _next_venue(ask, seen)
    if following:
        other_venue = again(ask, "compare", leg, venue=following, **kept)
        what_if.append(look(ask._("Other venue"), other_venue))
    more = (
        look(ask._("More figures"), again(ask, "figures", leg)),
        look(ask._("Show the maths"), again(ask, "maths", leg)),
    )
    why = Choice(ask._("Why?"), "/faq isolated-vs-cross-difference")
    return (
        tuple(what_if),
        (*(() if own.legs else more), why),
        *paper_choices(ask, seen.stage, leg),
    )


def _next_venue(ask: Ask, seen: Seen) -> str:
    """The next venue, in a circle, that takes this leg at its leverage; empty for none."""
    leg, prices = seen.comparison.leg, ask.services.prices
    venues = prices.listed_on(leg.symbol)
    here = venues.index(seen.stage.listing.venue.id)
    for name in (*venues[here + 1 :], *venues[:here]):
        brackets = prices.listings[name].instrument(leg.symbol).brackets
        if brackets.at(leg.quantity, leg.entry_cost).max_leverage >= leg.leverage:
            return name
    return ""


def _other_leverages(seen: Seen) -> list[Decimal]:
    """The next common leverage at most half and at least twice this one, where they can be had."""
    c, leg = seen.comparison, seen.comparison.leg
    highest = seen.stage.instrument(leg.symbol).brackets.at(leg.quantity, leg.entry_cost)
    lower = [
        x for x in LEVERAGES if x * 2 <= leg.leverage and leg.entry_cost / x + c.fee < c.wallet
    ]
    higher = [x for x in LEVERAGES if leg.leverage * 2 <= x <= highest.max_leverage]
    return [*lower[-1:], *higher[:1]]

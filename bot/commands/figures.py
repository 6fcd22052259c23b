"""/figures: the rest of the numbers of one trade, for those who want them all."""

from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import (
    again,
    look,
    price_on,
    reading_notes,
    small_print,
    tier_note,
    trade_of,
    trade_title,
    venue_notes,
    worth,
)
from bot.chat.command import command
from bot.chat.figures import Figure, Label, Money, Percent
from bot.chat.gist import gist
from bot.chat.reply import Facts, Reply, Row, Table, Words
from core.margin.compare import Outcome
from core.margin.fees import funding_payment, trading_fee
from core.margin.pool import Side
from core.margin.risk import INFINITE
from core.margin.sizing import Size as TradeSize
from core.market import Symbol
from core.money import ONE, ZERO
from core.services.compare import Seen
from core.venue import RatioWay


@command(aliases=("more",), examples=("/figures 10x long BTC", "/figures short eth 20x 250"))
def figures(
    ask: Ask,
    side: Side,
    symbol: Symbol,
    leverage: Decimal | None = None,
    size: TradeSize | None = None,
    entry: Decimal | None = None,
    wallet: Decimal | None = None,
    venue: str | None = None,
) -> Reply:
    """Show bankruptcy prices, margins, ratios, fees and funding of one trade."""
    seen = ask.services.compare(trade_of(ask, side, symbol, leverage), ask.terms(wallet, venue))
    leg = seen.comparison.leg
    return Reply(
        blocks=(
            trade_title(ask, seen.stage, leg),
            worth(ask, seen.stage, leg),
            *reading_notes(ask),
            _table(ask, seen),
            _costs(ask, seen),
            small_print(
                [_ratio_way(ask, seen)],
                tier_note(ask, seen.stage, symbol, seen.comparison.isolated.bracket),
                venue_notes(ask, seen.stage, symbol),
            ),
        ),
        choices=(
            (
                look(ask._("Back"), again(ask, "compare", leg)),
                look(ask._("Show the maths"), again(ask, "maths", leg)),
            ),
        ),
        short=_short(ask, seen),
    )


def _table(ask: Ask, seen: Seen) -> Table:
    """Both modes at the entry."""
    both = (seen.comparison.isolated, seen.comparison.cross)
    symbol = seen.comparison.leg.symbol
    return Table(
        (ask._("Isolated"), ask._("Cross")),
        (
            Row(
                Label(ask._("Bankrupt at")),
                tuple(price_on(seen.stage, symbol, _bankruptcy(seen, o)) for o in both),
            ),
            Row(Label(ask._("Initial m.")), tuple(Money(o.risk.initial_margin) for o in both)),
            Row(Label(ask._("Maint. m.")), tuple(Money(o.risk.maintenance_margin) for o in both)),
            Row(Label(ask._("Balance")), tuple(Money(o.risk.margin_balance) for o in both)),
            Row(Label(ask._("Ratio")), tuple(_ratio(seen, o) for o in both)),
        ),
    )


def _short(ask: Ask, seen: Seen) -> Words:
    """Value, margin, maintenance margin by its tier at the entry, and both bankruptcy prices."""
    c, stage, leg = seen.comparison, seen.stage, seen.comparison.leg
    bracket = stage.instrument(leg.symbol).brackets.at(leg.quantity, leg.entry_cost)
    (tier,) = tier_note(ask, stage, leg.symbol, bracket)
    figures: dict[str, Figure] = {
        "worth": Money(leg.entry_cost),
        "margin": Money(c.isolated.risk.initial_margin),
        "maintenance": Money(c.isolated.risk.maintenance_margin),
        "isolated": price_on(stage, leg.symbol, _bankruptcy(seen, c.isolated)),
        "cross": price_on(stage, leg.symbol, _bankruptcy(seen, c.cross)),
    }
    text = ask._(
        "{side} {coin} {leverage} from {entry}: value {worth}, margin {margin}, maintenance margin "
        "{maintenance} ({rate}, tier {tier}), bankruptcy price isolated {isolated}, cross {cross}."
    )
    return Words(text, {**gist(ask, stage, leg), **tier.figures, **figures})


def _bankruptcy(seen: Seen, outcome: Outcome) -> Decimal | None:
    """The bankruptcy price on the tick, on the careful side: nearer to the entry."""
    price = outcome.bankruptcy
    if price is None:
        return None
    return seen.stage.instrument(outcome.leg.symbol).careful(
        price, lower=outcome.leg.side is Side.LONG
    )


def _ratio(seen: Seen, outcome: Outcome) -> Figure:
    """The margin ratio the way this venue counts it."""
    ratio = outcome.risk.margin_ratio
    if seen.stage.listing.venue.ratio is RatioWay.MAINTENANCE_OVER_BALANCE:
        return Percent(ratio) if ratio != INFINITE else Label("-")
    return Percent(ONE / ratio, 0) if ratio > ZERO else Label("-")


def _ratio_way(ask: Ask, seen: Seen) -> Words:
    """Which way the ratio counts."""
    venue = {"venue": Label(seen.stage.listing.venue.name)}
    if seen.stage.listing.venue.ratio is RatioWay.MAINTENANCE_OVER_BALANCE:
        return Words(
            ask._(
                "ratio on {venue}: maintenance / margin balance, liquidated when it rises to 100%"
            ),
            dict(venue),
        )
    return Words(
        ask._("ratio on {venue}: margin balance / maintenance, liquidated when it falls to 100%"),
        dict(venue),
    )


def _costs(ask: Ask, seen: Seen) -> Facts:
    """Fees both ways at the entry price, and the next funding."""
    leg, stage = seen.comparison.leg, seen.stage
    rate = stage.instrument(leg.symbol).taker_fee
    rows: list[tuple[str, Figure]] = [
        (ask._("Entry fee"), Money(seen.comparison.fee)),
        (ask._("Exit fee"), Money(trading_fee(leg.quantity, leg.entry_price, rate))),
    ]
    mark = stage.marks.get(leg.symbol)
    if mark is not None and mark.funding is not None:
        paid = funding_payment(leg, mark.price, mark.funding)
        rows.append((ask._("Next funding"), Money(paid, signed=True)))
        rows.append((ask._("at a rate of"), Percent(mark.funding, 4, signed=True)))
    return Facts(tuple(rows))

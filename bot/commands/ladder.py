"""/ladder: one position, many leverages; the isolated price walks, the cross price stands."""

from dataclasses import replace
from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import (
    again,
    assumptions,
    look,
    price_note,
    price_on,
    reading_notes,
    small_print,
    tier_note,
    title,
    trade_of,
    venue_notes,
)
from bot.chat.command import command
from bot.chat.figures import Figure, Label, Money, Percent, PriceOf, Size, Times
from bot.chat.gist import gist
from bot.chat.reply import Reply, Row, Table, Text, Words
from core.margin.compare import Outcome, outcome
from core.margin.fees import posted_margin
from core.margin.pool import Leg, Side, isolated_pool
from core.margin.sizing import Size as TradeSize
from core.market import Symbol
from core.money import Rate
from core.services.compare import Seen

RUNGS = tuple(map(Decimal, (2, 3, 5, 10, 20, 25, 50, 75, 100, 125)))


@command(examples=("/ladder long eth", "/ladder short btc @60000"))
def ladder(
    ask: Ask,
    side: Side,
    symbol: Symbol,
    leverage: Decimal | None = None,
    size: TradeSize | None = None,
    entry: Decimal | None = None,
    mode: str | None = None,
    wallet: Decimal | None = None,
    venue: str | None = None,
) -> Reply:
    """Show how leverage moves the liquidation price of one position."""
    seen = ask.services.compare(trade_of(ask, side, symbol, leverage), ask.terms(wallet, venue))
    leg = seen.comparison.leg
    words = Words(
        ask._("{side} {size} at every leverage, {venue}."),
        {
            "side": Label(ask._("LONG") if side is Side.LONG else ask._("SHORT")),
            "size": Size(leg.quantity, seen.stage.instrument(symbol).base),
            "venue": Label(seen.stage.listing.venue.name),
        },
    )
    return Reply(
        blocks=(
            title(ask, seen.stage, words),
            *reading_notes(ask),
            _table(ask, seen),
            Text(_lesson(ask, seen), strong=True),
            small_print(
                assumptions(ask, seen.comparison.wallet, None),
                tier_note(ask, seen.stage, symbol, seen.comparison.isolated.bracket),
                price_note(ask, seen.stage, symbol),
                venue_notes(ask, seen.stage, symbol),
            ),
        ),
        choices=((look(ask._("Both modes"), again(ask, "compare", leg)),),),
        short=_short(ask, seen),
    )


def _table(ask: Ask, seen: Seen) -> Table:
    """A row per leverage that the tier allows: margin, price, distance."""
    rows = tuple(_row(seen, leg) for leg in _rungs(seen))
    return Table((ask._("margin"), ask._("liq."), ask._("away")), rows)


def _rungs(seen: Seen) -> list[Leg]:
    """The same leg at every leverage its tier allows, the lowest first."""
    leg = seen.comparison.leg
    tier = seen.stage.instrument(leg.symbol).brackets.at(leg.quantity, leg.entry_cost)
    return [replace(leg, leverage=Rate(rung)) for rung in RUNGS if rung <= tier.max_leverage]


def _row(seen: Seen, leg: Leg) -> Row:
    found = _isolated(seen, leg)
    price: PriceOf = price_on(seen.stage, leg.symbol, found.shown_limit)
    return Row(Times(leg.leverage), (Money(found.max_loss, whole=True), price, _away(found)))


def _away(found: Outcome) -> Figure:
    """How far the printed liquidation price lies from the entry."""
    shown, entry = found.shown_limit, found.leg.entry_price
    return Label("-") if shown is None else Percent(shown / entry - 1, 1, signed=True)


def _isolated(seen: Seen, leg: Leg) -> Outcome:
    stage = seen.stage
    pool = isolated_pool(leg, posted_margin(leg, stage.instrument(leg.symbol)))
    return outcome(pool, leg, stage.marks, stage.listing)


def _short(ask: Ask, seen: Seen) -> Words:
    """Isolated at the lowest, a middle and the highest leverage; cross, which does not move."""
    rungs, cross = _rungs(seen), seen.comparison.cross
    if not rungs:
        return _lesson(ask, seen)
    last = len(rungs) - 1
    figures = gist(ask, seen.stage, cross.leg) | {
        "price": price_on(seen.stage, cross.leg.symbol, cross.shown_limit),
        "wallet": Money(seen.comparison.wallet, whole=True),
    }
    moves = []
    for at in sorted({0, last // 2, last}):
        figures |= {f"away{at}": _away(_isolated(seen, rungs[at]))}
        figures |= {f"times{at}": Times(rungs[at].leverage)}
        moves.append(
            ask._("{away} at {times}").format(away=f"{{away{at}}}", times=f"{{times{at}}}")
        )
    text = ask._(
        "{side} {size} from {entry}: isolated is liquidated after {moves}; "
        "cross with a wallet of {wallet} at {price} at any leverage."
    )
    if cross.limit is None:
        text = ask._(
            "{side} {size} from {entry}: isolated is liquidated after {moves}; "
            "cross with a wallet of {wallet} at no leverage."
        )
    return Words(text.replace("{moves}", ", ".join(moves)), figures)


def _lesson(ask: Ask, seen: Seen) -> Words:
    """The cross price beside it does not move."""
    cross = seen.comparison.cross
    figures: dict[str, Figure] = {
        "price": price_on(seen.stage, cross.leg.symbol, cross.shown_limit),
        "wallet": Money(seen.comparison.wallet, whole=True),
    }
    if cross.limit is None:
        return Words(
            ask._("Cross with a wallet of {wallet} has no liquidation price at any leverage."),
            figures,
        )
    return Words(
        ask._("Cross with a wallet of {wallet} is liquidated at {price} whatever the leverage."),
        figures,
    )

"""/pnl: what a trade earns or loses at an exit, and whether it would live to see it."""

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
    trade_of,
    trade_title,
)
from bot.chat.command import command
from bot.chat.figures import Figure, Money, Percent
from bot.chat.reply import Facts, Reply, Text, Words
from core.margin.compare import Moment
from core.margin.fees import trading_fee
from core.margin.pool import Side
from core.margin.risk import return_on_margin, unrealized_pnl
from core.margin.sizing import Size as TradeSize
from core.market import Symbol
from core.money import Price
from core.services.compare import Seen


@command(
    aliases=("roe", "profit"),
    examples=("/pnl long btc 10x 500 @60000 -> 63000", "/pnl short sol 5x 100 -> 70"),
)
def pnl(
    ask: Ask,
    side: Side,
    symbol: Symbol,
    exit: Decimal,
    leverage: Decimal | None = None,
    size: TradeSize | None = None,
    entry: Decimal | None = None,
    wallet: Decimal | None = None,
    venue: str | None = None,
) -> Reply:
    """Work out profit or loss and ROE at an exit price."""
    seen = ask.services.compare(trade_of(ask, side, symbol, leverage), ask.terms(wallet, venue))
    leg = seen.comparison.leg
    leave = Price(exit)
    return Reply(
        blocks=(
            trade_title(ask, seen.stage, leg),
            *reading_notes(ask),
            _facts(ask, seen, leave),
            *_survival(ask, seen, seen.comparison.at(leave)),
            small_print(
                [Words(ask._("fees at the taker rate, before funding"))],
                assumptions(ask, seen.comparison.wallet, None),
                price_note(ask, seen.stage, symbol),
            ),
        ),
        choices=((look(ask._("Both modes"), again(ask, "compare", leg, exit=leave)),),),
    )


def _facts(ask: Ask, seen: Seen, leave: Price) -> Facts:
    """The result before and after fees."""
    leg, symbol = seen.comparison.leg, seen.comparison.leg.symbol
    rate = seen.stage.instrument(symbol).taker_fee
    gross = unrealized_pnl(leg, leave)
    exit_fee = trading_fee(leg.quantity, leave, rate)
    return Facts(
        (
            (ask._("Entry price"), price_on(seen.stage, symbol, leg.entry_price)),
            (ask._("Exit price"), price_on(seen.stage, symbol, leave)),
            (ask._("PnL"), Money(gross, signed=True)),
            (ask._("ROE"), Percent(return_on_margin(leg, leave), signed=True)),
            (ask._("Entry fee"), Money(-seen.comparison.fee, signed=True)),
            (ask._("Exit fee"), Money(-exit_fee, signed=True)),
            (ask._("After fees"), Money(gross - seen.comparison.fee - exit_fee, signed=True)),
        )
    )


def _survival(ask: Ask, seen: Seen, moment: Moment) -> tuple[Text, ...]:
    """Say so where a mode would be liquidated on the way to this exit."""
    c, symbol = seen.comparison, seen.comparison.leg.symbol
    figures: dict[str, Figure] = {
        "isolated": price_on(seen.stage, symbol, c.isolated.shown_limit),
        "cross": price_on(seen.stage, symbol, c.cross.shown_limit),
        "lost": Money(c.isolated.closed_loss),
    }
    match moment.isolated_gone, moment.cross_gone:
        case True, True:
            text = ask._(
                "Not reached: liquidated before, isolated at {isolated}, cross at {cross}."
            )
        case True, False:
            text = ask._("Isolated is liquidated before, at {isolated}, and loses {lost}.")
        case _:
            return ()
    return (Text(Words(text, figures), strong=True),)

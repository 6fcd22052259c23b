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
from bot.chat.gist import gist
from bot.chat.reply import Facts, Reply, Text, Words
from core.margin.compare import Moment
from core.margin.fees import trading_fee
from core.margin.pool import Side
from core.margin.risk import return_on_margin, unrealized_pnl
from core.margin.sizing import Size as TradeSize
from core.market import Symbol
from core.money import Amount, Price
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
        short=_short(ask, seen, leave),
    )


def _facts(ask: Ask, seen: Seen, leave: Price) -> Facts:
    """The result before and after fees."""
    leg, symbol = seen.comparison.leg, seen.comparison.leg.symbol
    gross, exit_fee = unrealized_pnl(leg, leave), _exit_fee(seen, leave)
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


def _exit_fee(seen: Seen, leave: Price) -> Amount:
    """The fee of closing there, quote."""
    leg = seen.comparison.leg
    return trading_fee(leg.quantity, leave, seen.stage.instrument(leg.symbol).taker_fee)


def _short(ask: Ask, seen: Seen, leave: Price) -> Words:
    """What is left after fees, in money and of the margin, and which mode does not get there."""
    c, stage, leg = seen.comparison, seen.stage, seen.comparison.leg
    moment, gross = c.at(leave), unrealized_pnl(leg, leave)
    net = gross - c.fee - _exit_fee(seen, leave)
    figures: dict[str, Figure] = {
        "exit": price_on(stage, leg.symbol, leave),
        "net": Money(net, signed=True),
        "roe": Percent(net / leg.initial_margin, signed=True),
        "gross": Percent(return_on_margin(leg, leave), signed=True),
        "isolated": price_on(stage, leg.symbol, c.isolated.shown_limit),
        "isolated_loss": Money(c.isolated.closed_loss),
        "cross": price_on(stage, leg.symbol, c.cross.shown_limit),
        "cross_loss": Money(c.cross.closed_loss),
    }
    if moment.isolated_gone and moment.cross_gone:
        text = ask._(
            "{side} {size} {leverage} from {entry} does not reach {exit}: isolated is liquidated "
            "at {isolated} and loses {isolated_loss}, cross at {cross} and loses {cross_loss}."
        )
    elif moment.isolated_gone:
        text = ask._(
            "{side} {size} {leverage} from {entry} to {exit}: cross makes {net} after fees, "
            "ROE {roe}; isolated is liquidated before, at {isolated}, and loses {isolated_loss}."
        )
    else:
        text = ask._(
            "{side} {size} {leverage} from {entry} to {exit} makes {net} after fees: "
            "ROE {roe}, before fees {gross}."
        )
    return Words(text, gist(ask, stage, leg) | figures)


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

"""/target: the exit price for a wanted return on margin."""

from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import (
    again,
    assumptions,
    look,
    price_note,
    price_on,
    reading_notes,
    side_label,
    small_print,
    trade_of,
    trade_title,
)
from bot.chat.command import command
from bot.chat.figures import Figure, Money, Percent, Times
from bot.chat.gist import gist
from bot.chat.reply import Facts, Reply, Text, Tone, Words
from core.margin.pool import Side
from core.margin.risk import unrealized_pnl
from core.margin.sizing import Size as TradeSize
from core.margin.sizing import target_price
from core.market import Symbol
from core.money import ZERO, Price, Rate
from core.services.compare import Placed


@command(aliases=("tgt",), examples=("/target long btc 10x 50% @60000", "/target short eth 5x 20%"))
def target(
    ask: Ask,
    side: Side,
    symbol: Symbol,
    roe: Decimal,
    leverage: Decimal | None = None,
    size: TradeSize | None = None,
    entry: Decimal | None = None,
    venue: str | None = None,
) -> Reply:
    """Find the exit price that earns a wanted ROE."""
    trade = trade_of(ask, side, symbol, leverage)
    placed = ask.services.compare.place(trade, ask.terms(None, venue))
    leg = placed.leg
    wanted = Rate(roe / 100)
    exact = target_price(leg, wanted)
    if exact <= ZERO:
        return _beyond(ask, placed, wanted)
    exit_price = _on_tick(placed, exact)
    fee = placed.stage.instrument(symbol).taker_fee
    paid = target_price(leg, wanted, fee)
    after_fees = _on_tick(placed, paid) if paid > ZERO else None
    rows = (
        (ask._("Entry price"), price_on(placed.stage, symbol, leg.entry_price)),
        (ask._("Wanted ROE"), Percent(wanted, signed=True)),
        (ask._("Exit price"), price_on(placed.stage, symbol, exit_price)),
        (ask._("with both fees"), price_on(placed.stage, symbol, after_fees)),
        (ask._("move"), Percent(exit_price / leg.entry_price - 1, signed=True)),
        (ask._("PnL"), Money(unrealized_pnl(leg, exit_price), signed=True)),
    )
    return Reply(
        blocks=(
            trade_title(ask, placed.stage, leg),
            *reading_notes(ask),
            Facts(rows),
            small_print(
                [Words(ask._("fees at the taker rate, before funding"))],
                assumptions(ask, ask.defaults.wallet, None),
                price_note(ask, placed.stage, symbol),
            ),
        ),
        choices=((look(ask._("Both modes"), again(ask, "compare", leg, exit=exit_price)),),),
        short=_short(ask, placed, wanted, (exit_price, after_fees)),
    )


def _short(ask: Ask, placed: Placed, wanted: Rate, exits: tuple[Price, Price | None]) -> Words:
    """The exit with both fees paid and the one without; `exits` are the one without first."""
    leg, (bare, paid) = placed.leg, exits
    figures: dict[str, Figure] = {
        "wanted": Percent(wanted, signed=True),
        "bare": price_on(placed.stage, leg.symbol, bare),
        "paid": price_on(placed.stage, leg.symbol, paid),
    }
    if paid is None:
        text = ask._(
            "{side} {coin} {leverage} from {entry} reaches a ROE of {wanted} at {bare} before "
            "fees, and at no price above zero after both."
        )
    elif wanted == ZERO:
        text = ask._(
            "{side} {coin} {leverage} from {entry} breaks even at {paid}, where both fees are paid."
        )
    else:
        text = ask._(
            "{side} {coin} {leverage} from {entry} reaches a ROE of {wanted} after both fees at "
            "{paid}, before fees at {bare}."
        )
    return Words(text, gist(ask, placed.stage, leg) | figures)


def _beyond(ask: Ask, placed: Placed, wanted: Rate) -> Reply:
    """No price earns (or loses) more than the one at zero does."""
    leg = placed.leg
    words = Words(
        ask._("{wanted} is beyond a {side} at {leverage}: at a price of zero its ROE is {most}."),
        {
            "wanted": Percent(wanted, 0, signed=True),
            "side": side_label(ask, leg.side),
            "leverage": Times(leg.leverage),
            "most": Percent(-leg.side.sign * leg.leverage, 0, signed=True),
        },
    )
    return Reply((Text(words),), tone=Tone.TROUBLE, outcome="percent_out_of_range", short=words)


def _on_tick(placed: Placed, price: Price) -> Price:
    """The tick at which the wish is met at least: up for a gain of a long, down for a short."""
    instrument = placed.stage.instrument(placed.leg.symbol)
    return instrument.careful(price, lower=placed.leg.side is Side.LONG)

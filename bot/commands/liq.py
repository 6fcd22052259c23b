"""/liq: where would this trade be liquidated?"""

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
    trade_of,
    trade_title,
    venue_notes,
)
from bot.chat.command import command
from bot.chat.figures import Figure, Label, Money, Percent
from bot.chat.gist import gist
from bot.chat.reply import Choice, Facts, Reply, Text, Tone, Words
from core.errors import ExceedsWallet
from core.margin.compare import Outcome, outcome
from core.margin.fees import counted_margin
from core.margin.pool import MarginMode, Side
from core.margin.sizing import Size as TradeSize
from core.market import Symbol
from core.money import ZERO, Amount
from core.services.compare import Seen


@command(
    aliases=("liquidation", "liqprice"),
    examples=("/liq 25x short ETH", "/liq 10x long BTC cross", "/liq long btc 10x 1000 iso +200"),
)
def liq(
    ask: Ask,
    side: Side,
    symbol: Symbol,
    leverage: Decimal | None = None,
    size: TradeSize | None = None,
    entry: Decimal | None = None,
    mode: str | None = None,
    wallet: Decimal | None = None,
    add: Decimal | None = None,
    venue: str | None = None,
) -> Reply:
    """Show the liquidation price of one trade.

    Raises `ExceedsWallet` where more is added to the pocket than the wallet holds.
    """
    seen = ask.services.compare(trade_of(ask, side, symbol, leverage), ask.terms(wallet, venue))
    chosen = MarginMode(mode or ask.defaults.mode)
    before = seen.comparison.of(chosen)
    after = _with_added(seen, before, Amount(add)) if add else before
    if after.risk.is_liquidatable(seen.stage.listing.venue):
        return _too_much(ask, before)
    return Reply(
        blocks=(
            trade_title(ask, seen.stage, before.leg),
            *reading_notes(ask),
            _facts(ask, seen, after),
            *_change(ask, seen, before, after),
            small_print(
                assumptions(ask, seen.comparison.wallet, _typed_margin(ask, before)),
                tier_note(ask, seen.stage, symbol, after.bracket),
                price_note(ask, seen.stage, symbol),
                venue_notes(ask, seen.stage, symbol),
            ),
        ),
        choices=_choices(ask, seen, chosen, add),
        short=_short(ask, seen, after, add),
    )


def _with_added(seen: Seen, before: Outcome, added: Amount) -> Outcome:
    """The same outcome with margin put in or taken out; in cross it is wallet money."""
    leg, stage, c = before.leg, seen.stage, seen.comparison
    counted = added
    if before.mode is MarginMode.ISOLATED:
        needed = before.pool.collateral + c.fee + added
        if added > ZERO and needed > c.wallet:
            raise ExceedsWallet(needed, c.wallet)
        counted = counted_margin(added, leg.side, stage.instrument(leg.symbol))
    return outcome(before.pool.with_collateral(counted), leg, stage.marks, stage.listing)


def _too_much(ask: Ask, before: Outcome) -> Reply:
    """Margin taken out that the position cannot spare."""
    words = Words(
        ask._("Taking that out would liquidate the position at once: less than {most} may go."),
        {"most": Money(before.risk.cushion)},
    )
    return Reply((Text(words),), tone=Tone.TROUBLE, outcome="margin_locked", short=words)


def _facts(ask: Ask, seen: Seen, found: Outcome) -> Facts:
    """Price, distance, what is at stake."""
    entry = found.leg.entry_price
    away: Figure = Label("-")
    if found.shown_limit is not None:
        away = Percent(found.shown_limit / entry - 1, signed=True)
    isolated = found.mode is MarginMode.ISOLATED
    return Facts(
        (
            (ask._("Mode"), Label(ask._("isolated") if isolated else ask._("cross"))),
            (ask._("Liquidation price"), price_on(seen.stage, found.leg.symbol, found.shown_limit)),
            (ask._("away"), away),
            (ask._("Entry price"), price_on(seen.stage, found.leg.symbol, entry)),
            (ask._("Can lose"), Money(found.max_loss)),
        )
    )


def _short(ask: Ask, seen: Seen, found: Outcome, add: Decimal | None) -> Words:
    """Where the trade is liquidated; behind cross the wallet belongs to it, with what was added."""
    leg, limit = found.leg, found.shown_limit
    if found.mode is MarginMode.CROSS:
        subject = ask._("{side} {size} {leverage} cross from {entry} with a wallet of {wallet}")
    elif add:
        subject = ask._("{side} {size} {leverage} isolated from {entry} with {add} of margin")
    else:
        subject = ask._("{side} {coin} {leverage} isolated from {entry}")
    figures = gist(ask, seen.stage, leg) | {
        "wallet": Money(seen.comparison.wallet + (add or ZERO), whole=True),
        "add": Money(add or ZERO, signed=True),
        "price": price_on(seen.stage, leg.symbol, limit),
    }
    if limit is None:
        told = ask._("is not liquidated at any price above zero.")
    else:
        figures["away"] = Percent(abs(limit / leg.entry_price - 1))
        below = limit < leg.entry_price
        told = (
            ask._("is liquidated at {price}, {away} below.")
            if below
            else ask._("is liquidated at {price}, {away} above.")
        )
    return Words(f"{subject} {told}", figures)


def _change(ask: Ask, seen: Seen, before: Outcome, after: Outcome) -> tuple[Text, ...]:
    """What the added margin did."""
    if after is before:
        return ()
    symbol = before.leg.symbol
    words = Words(
        ask._("Without the change the liquidation price is {before}."),
        {"before": price_on(seen.stage, symbol, before.shown_limit)},
    )
    return (Text(words),)


def _typed_margin(ask: Ask, found: Outcome) -> Decimal:
    """The margin that was assumed, or the one that came out."""
    size = ask.reading.values.get("size")
    return size.value if isinstance(size, TradeSize) else found.leg.initial_margin


def _choices(
    ask: Ask, seen: Seen, chosen: MarginMode, add: Decimal | None
) -> tuple[tuple[Choice, ...], ...]:
    """The other mode; then both modes and the maths, which know nothing of added margin."""
    leg = seen.comparison.leg
    other = MarginMode.CROSS if chosen is MarginMode.ISOLATED else MarginMode.ISOLATED
    label = ask._("As cross") if other is MarginMode.CROSS else ask._("As isolated")
    switch = look(label, again(ask, "liq", leg, mode=other, add=add))
    if add:
        return ((switch, look(ask._("Without the change"), again(ask, "liq", leg, mode=chosen))),)
    return (
        (
            switch,
            look(ask._("Both modes"), again(ask, "compare", leg)),
            look(ask._("Show the maths"), again(ask, "maths", leg)),
        ),
    )

"""The refusals of paper trading, worded: what is wrong, why, and the cure.

Numbers of positions and orders are the account's own; buttons that change something are kept.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from bot.chat.acts import cancel_choice, close_choice
from bot.chat.figures import Figure, Label, Moment, Money, Name, PriceOf, Times
from bot.chat.i18n import Translate
from bot.chat.reply import Choice, Reply, Text, Tone, Words
from bot.chat.say import coin_word
from bot.chat.switches import switch_line
from bot.chat.symbols import base_of
from core.errors import Refusal
from core.margin.pool import MarginMode, PositionMode
from core.money import ONE
from core.venue import VENUES, Blocker

_MOST = 6
"""How many things in the way have a button."""


def paper_refusal_reply(refusal: Refusal, _: Translate) -> Reply | None:
    """Word a refusal of paper trading; None for any other."""
    fields = refusal.fields()
    text = _sentence(refusal.code, fields, _)
    if not text:
        return None
    words = Words(text, {name: _figure(name, value, _) for name, value in fields.items()})
    rows = _cures(refusal.code, fields, _)
    return Reply((Text(words),), rows, tone=Tone.TROUBLE, outcome=refusal.code, short=words)


def quoted(price: Decimal) -> PriceOf:
    """A price with the digits it has: it stands on its tick already."""
    exponent = price.normalize().as_tuple().exponent
    places = exponent if isinstance(exponent, int) else 0
    return PriceOf(price, ONE.scaleb(min(0, places)))


def _sentence(code: str, fields: Mapping[str, object], _: Translate) -> str:
    """The sentence of a code, or nothing where it is not ours."""
    match code:
        case "unknown_position" if not fields["available"]:
            return _("You hold no {text}: nothing is open.")
        case "mode_fixed" if not fields["symbol"]:
            return _("{venue} has one margin mode for the whole account, and it is {mode} here.")
        case "mode_blocked":
            return _blocked(fields, _)
        case "not_flat":
            text = _("That needs an account without positions and orders.")
            return text + _in_the_way(fields, _)
        case "catching_up" if fields["asked"] is not None:
            return _(
                "No price of {symbols} came from {since} on. What happened then is judged first, "
                "and the venue does not tell it: it has been asked since {asked}."
            )
        case "catching_up" if fields["symbols"]:
            return _(
                "No price of {symbols} came from {since} on, and what happened then is judged "
                "first. Try again in a moment."
            )
        case "stop_wrong_side" if fields["kind"] == "take_profit":
            return _(
                "A target at {price} would trigger at once: the mark is {mark}. "
                "Put it on the side where the position wins."
            )
        case _:
            return _sentences(_).get(code, "")


def _blocked(fields: Mapping[str, object], _: Translate) -> str:
    """Why a mode stays, whose rule that is, and what stands in the way."""
    name = str(fields["venue"])
    venue = next((v for v in VENUES.values() if v.name == name), None)
    orders = venue is not None and Blocker.OPEN_ORDER in venue.switch_blocked_by
    text = _("{symbol} stays {mode}: {venue} switches only without a position in it.")
    if orders:
        text = _("{symbol} stays {mode}: {venue} switches only without a position or open order.")
    if not fields["symbol"]:
        text = _("The account stays {mode}: {venue} switches it only without positions.")
        if orders:
            text = _("The account stays {mode}: it switches only without positions and orders.")
    if venue is not None and "switch_blocked_by" in venue.our_rules:
        text += " " + _("That is our rule; {venue} may allow it.")
    return text + _in_the_way(fields, _)


def _in_the_way(fields: Mapping[str, object], _: Translate) -> str:
    """Sentences that name what has to go first."""
    text = ""
    if fields["positions"]:
        text += " " + _("Positions in the way: {positions}.")
    if fields["orders"]:
        text += " " + _("Orders in the way: {orders}.")
    return text


def _sentences(_: Translate) -> dict[str, str]:
    """One sentence per code; places are the refusal's own fields."""
    return {
        "unknown_position": _("You hold no {text}. Open are: {available}."),
        "insufficient": _(
            "Margin and fee need {needed}, but {available} is available. Take a smaller amount."
        ),
        "nothing_to_reduce": _(
            "There is nothing to reduce: no position in {symbol} stands on the other side."
        ),
        "overdrawn": _(
            "Closing #{number} would cost {loss}, and the wallet holds {wallet}: gains that are "
            "not realised pay for nothing. Close a winning position first, or all at once."
        ),
        "mode_fixed": _("{symbol} is {mode} here while a position or an order is open in it."),
        "leverage_fixed": _(
            "The open position in {symbol} stands at {leverage}. Use that, or change it with /lev."
        ),
        "leverage_locked": _(
            "{venue} does not lower the leverage of an open isolated position; {symbol} stands at "
            "{leverage}. Adding margin moves its liquidation price away as well."
        ),
        "not_isolated": _(
            "#{number} in {symbol} is cross: the whole wallet stands behind it, so there is no "
            "margin of its own to move."
        ),
        "margin_locked": _("At most {removable} can be taken out of #{number} now."),
        "no_hedge_mode": _("{venue} keeps one position per contract: one-way is all there is."),
        "nothing_changes": _("It is {value} already, so nothing changes."),
        "stop_wrong_side": _(
            "A stop at {price} would trigger at once: the mark is {mark}. "
            "Put it on the side where the position loses."
        ),
        "catching_up": _(
            "Prices were away from {since} on, and what happened to your account is judged first. "
            "Try again in a moment."
        ),
        "preview_gone": _(
            "Nothing waits for an answer here: a preview counts once and for a minute. "
            "Type the command again."
        ),
        "preview_used": _("That was done already, so it cannot be let go. The portfolio shows it."),
        "not_yours": _(
            "That preview belongs to somebody else or to another chat. Ask for one of your own."
        ),
        "moved_away": _(
            "Not done: the price went from {seen} to {price} since. Ask for a new preview."
        ),
    }


def _figure(name: str, value: object, _: Translate) -> Figure:
    """Type a field by its name."""
    match name, value:
        case "leverage", Decimal():
            return Times(value)
        case (("price" | "mark" | "seen"), Decimal()):
            return quoted(value)
        case _, Decimal():
            return Money(value)
        case "text", _:
            text = str(value)
            return Name(f"#{text}" if text.isdecimal() else text)
        case "symbol", _:
            return Label(base_of(str(value)))
        case "symbols", tuple():
            return Label(", ".join(base_of(symbol) for symbol in value))
        case (("mode" | "value"), _):
            return Label(_named(str(value), _))
        case _, datetime():
            return Moment(value)
        case _, tuple():
            return Label(", ".join(f"#{number}" for number in value))
        case _:
            return Label(str(value))


def _named(value: str, _: Translate) -> str:
    """A mode or a venue in words; other values are figures already."""
    if value in VENUES:
        return VENUES[value].name
    return {
        MarginMode.ISOLATED.value: _("isolated"),
        MarginMode.CROSS.value: _("cross"),
        PositionMode.HEDGE.value: _("hedge"),
        PositionMode.ONE_WAY.value: _("one-way"),
    }.get(value, value)


def _cures(code: str, fields: Mapping[str, object], _: Translate) -> tuple[tuple[Choice, ...], ...]:
    """Buttons that help: what clears the way, or where to look."""
    portfolio = Choice(_("Portfolio"), "/pf")
    match code:
        case "mode_blocked":
            rows = _clearing(fields, _)
            return (*rows, (_what_would_change(fields, _),))
        case "not_flat":
            return (*_clearing(fields, _), (portfolio,))
        case "overdrawn":
            return ((Choice(_("Close all"), "/close all", kept=True), portfolio),)
        case "leverage_locked":
            line = f"/margin {coin_word(str(fields['symbol']))} +100"
            return ((Choice(_("Add margin (100)"), line, kept=True), portfolio),)
        case "no_hedge_mode":
            return ((Choice(_("Other venue"), "/venue", kept=True),),)
        case "catching_up":
            return ((Choice(_("Status"), "/status"), portfolio),)
        case "not_isolated":
            return ((Choice(_("Why?"), "/faq isolated-vs-cross-difference"), portfolio),)
        case _:
            return ((portfolio,),)


def _clearing(fields: Mapping[str, object], _: Translate) -> tuple[tuple[Choice, ...], ...]:
    """A button for each thing in the way; several of a kind also go together."""
    positions, orders = fields["positions"], fields["orders"]
    assert isinstance(positions, tuple)
    assert isinstance(orders, tuple)
    closing = tuple(close_choice(number, _) for number in positions[:_MOST])
    cancelling = tuple(cancel_choice(number, _) for number in orders[:_MOST])
    together = []
    if len(positions) > 1 and not fields.get("symbol"):
        together.append(Choice(_("Close all"), "/close all", kept=True))
    if len(orders) > 1 and not fields.get("symbol"):
        together.append(Choice(_("Cancel all"), "/cancel all", kept=True))
    return tuple(row for row in (closing, cancelling, tuple(together)) if row)


def _what_would_change(fields: Mapping[str, object], _: Translate) -> Choice:
    """A look at the other mode, which changes nothing."""
    isolated = fields["mode"] == MarginMode.ISOLATED.value
    other = MarginMode.CROSS if isolated else MarginMode.ISOLATED
    return Choice(_("What would change?"), switch_line(other.value, str(fields["symbol"])))

"""The core's refusals, worded: what is wrong, why, and one cure.

Every code has a sentence; a test walks the tree of `core.errors` and demands it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal

from bot.chat.account_refusals import account_refusal
from bot.chat.alert_refusals import alert_refusal
from bot.chat.book_refusals import book_refusal
from bot.chat.demo import DEMO
from bot.chat.figures import Age, Code, Figure, Label, Moment, Money, Name, Size, Times
from bot.chat.game_refusals import game_refusal
from bot.chat.paper_refusals import paper_refusal_reply
from bot.chat.reply import Choice, Reply, Text, Tone, Words
from bot.chat.say import coin_word
from bot.chat.symbols import base_of
from core.errors import Refusal
from core.venue import VENUES

_SHOWN = 12
"""How many names of a list are said before "and more"."""

_NEAREST = 3

_NO_QUOTE = "no_quote"
"""`no_price` where the price itself is asked for, so that no entry would help."""

_LIVE = {"no_price": "no_live_price", _NO_QUOTE: "no_live_quote"}
"""The same where prices are live: a contract is silent, or its price waits to be confirmed."""

Translate = Callable[[str], str]


_FAMILIES = (account_refusal, alert_refusal, book_refusal, game_refusal)
"""What words the refusals of a part of the core, each its own."""


def refusal_reply(refusal: Refusal, _: Translate, *, takes_entry: bool = True) -> Reply:
    """Word a refusal; its choices are cures that only read.

    `takes_entry` tells whether the command that was refused would work with an entry instead of a
    recorded price.
    """
    worded = (each(refusal, _) for each in _FAMILIES)
    own = next((reply for reply in worded if reply is not None), None)
    if own is not None:
        return own
    of_paper = paper_refusal_reply(refusal, _)
    if of_paper is not None:
        return of_paper
    fields = refusal.fields()
    code = refusal.code if takes_entry or refusal.code != "no_price" else _NO_QUOTE
    words = Words(_sentence(code, fields, _), _figures(fields))
    return Reply(
        (Text(words),),
        choices=_cures(code, fields, _),
        tone=Tone.TROUBLE,
        outcome=refusal.code,
        short=words,
    )


def _sentence(code: str, fields: Mapping[str, object], _: Translate) -> str:
    """The sentence of a code; a missing right says which, an unknown topic what comes near."""
    if code == "not_allowed":
        return {
            "group": _("That works in a group only."),
            "host": _("Only this group's admins can do that."),
            "person": _("Only the person who asked can do that, under their own name."),
        }.get(str(fields["needs"]), _sentences(_)[code])
    if code in _LIVE and fields["market"] != DEMO:
        return _live_sentences(_)[_LIVE[code]]
    if code == "no_marks":
        return _live_sentences(_)[code]
    if code == "unknown_topic" and fields["questions"]:
        return _("I have no answer to that. Closest:")
    if code == "leverage_too_high" and not fields["cap"]:
        return _("{venue} allows at most {highest} for {symbol}.")
    return _sentences(_)[code]


def _sentences(_: Translate) -> dict[str, str]:
    """One sentence per code; places are the refusal's own fields."""
    return {
        "unknown_venue": _("I don't know the venue {text}. There are: {available}."),
        "unknown_symbol": _("{venue} has no {text} in my tables. It has: {available}."),
        "delisted": _(
            "{venue} lists {symbol} no longer. What you hold in it can be closed; "
            "nothing new is opened."
        ),
        "no_price": _(
            "There is no recorded price for {symbol}. Add the entry, for example @14.2. "
            "Recorded are: {available}."
        ),
        _NO_QUOTE: _("There is no recorded price for {symbol}. Recorded are: {available}."),
        "stale_price": _(
            "{market} prices are stale since {since}, {age} ago. "
            "Nothing is decided on prices older than {limit}."
        ),
        "leverage_too_high": _(
            "{venue} allows at most {highest} for {symbol} at a position of {notional}. "
            "At {leverage} the position can be worth {cap} at most."
        ),
        "size_too_large": _(
            "A position of {notional} in {symbol} is beyond {venue}'s last known tier, "
            "which ends at {cap}."
        ),
        "quantity_too_small": _(
            "The smallest order of {symbol} on {venue} is {least}. "
            "A margin of {margin} would reach it."
        ),
        "notional_too_small": _(
            "An order of {symbol} on {venue} must be worth {least}; this one is worth {notional}. "
            "A margin of {margin} would do."
        ),
        "exceeds_wallet": _(
            "Margin and entry fee need {needed}, but the wallet holds {wallet}. "
            "Take a smaller margin or name a larger wallet."
        ),
        "isolated_only": _(
            "{venue} offers {symbol} in isolated margin only, so there is no cross."
        ),
        "unknown_topic": _("I have no answer to that."),
        "not_allowed": _("That is not yours to do."),
    }


def _live_sentences(_: Translate) -> dict[str, str]:
    """What is refused where prices are live and do not come."""
    return {
        "no_live_price": _(
            "{market} has no price of {symbol} just now that can be relied on. "
            "Add the entry, for example @14.2, or ask for one of these: {available}."
        ),
        "no_live_quote": _(
            "{market} has no price of {symbol} just now that can be relied on. It has: {available}."
        ),
        "no_marks": _(
            "{market} has had no price that can be relied on since {since}, {waited} ago. "
            "Nothing is decided until it has."
        ),
    }


def _figures(fields: Mapping[str, object]) -> dict[str, Figure]:
    """Type every field by its name."""
    figures = {name: _figure(name, value) for name, value in fields.items()}
    least = fields.get("least")
    if isinstance(least, Decimal) and "notional" not in fields:
        figures["least"] = Size(least, base_of(str(fields["symbol"])))
    return figures


def _figure(name: str, value: object) -> Figure:
    match name, value:
        case ("leverage" | "highest", Decimal()):
            return Times(value)
        case (_, Decimal()):
            return Money(value, whole=True)
        case (_, int()):
            return Age(value)
        case (_, datetime()):
            return Moment(value)
        case (_, tuple()):
            names = [_listed(str(item)) for item in value[:_SHOWN]]
            return Label(", ".join(names) + (" …" if len(value) > _SHOWN else ""))
        case ("text", _):
            return Name(str(value))
        case ("market", str()):
            return Label(VENUES[value].name if value in VENUES else value)
        case ("symbol" | "venue", _):
            return Label(str(value))
        case _:
            return Code(str(value))


def _listed(item: str) -> str:
    """A venue or a contract in a list: by its name, or by its coin."""
    return VENUES[item].name if item in VENUES else base_of(item)


def _cures(code: str, fields: Mapping[str, object], _: Translate) -> tuple[tuple[Choice, ...], ...]:
    """Buttons that help."""
    available = fields.get("available")
    match code:
        case "unknown_symbol" | "no_price" if isinstance(available, tuple) and available:
            return (_coins("/compare 10x long", available),)
        case "no_quote" if isinstance(available, tuple) and available:
            return (_coins("/price", available),)
        case "delisted":
            return ((Choice(_("Portfolio"), "/pf"), Choice(_("Prices"), "/price")),)
        case "stale_price" | "no_marks":
            return ((Choice(_("Status"), "/status"),),)
        case "unknown_topic":
            return _topics(fields, _)
        case _:
            return ()


def _coins(line: str, symbols: tuple[object, ...]) -> tuple[Choice, ...]:
    """A line with each of the first few coins."""
    coins = [str(symbol) for symbol in symbols[:_NEAREST]]
    return tuple(Choice(base_of(c), f"{line} {coin_word(c).upper()}") for c in coins)


def _topics(fields: Mapping[str, object], _: Translate) -> tuple[tuple[Choice, ...], ...]:
    """The closest questions, one in a row, or all that there are."""
    ids, questions = fields["closest"], fields["questions"]
    if not isinstance(ids, tuple) or not isinstance(questions, tuple) or not questions:
        return ((Choice(_("All topics"), "/faq"), Choice(_("Help"), "/help")),)
    near = list(zip(ids, questions, strict=True))[:_NEAREST]
    return tuple((Choice(str(question), f"/faq {topic}"),) for topic, question in near)

"""/set: a person's own defaults."""

from dataclasses import fields
from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Code, Figure, Label, Money, Percent, Times
from bot.chat.reply import Choice, Facts, Reply, Text, Title, Words
from core.people import Preferences
from core.venue import VENUES

DEFAULTS = Preferences()


@command(
    examples=("/set", "/set leverage 20", "/set wallet 5k", "/set default"),
    writes=True,
)
def set(ask: Ask, key: str | None = None, value: object = None) -> Reply:
    """Show or change your defaults: leverage, margin, wallet, fee, venue, zone and more."""
    who = ask.request.who
    if key is None:
        return _shown(ask, ask.preferences, ask._("Your defaults."))
    if key == "default":
        ask.services.people.forget(who.platform, who.id)
        return _shown(ask, DEFAULTS, ask._("All your settings are deleted."))
    new = ask.services.people.change(who.platform, who.id, **{key: _stored(key, value)})
    return _shown(ask, new, ask._("Kept."))


def _stored(key: str, value: object) -> object:
    """A typed value as it is kept: a fee is typed in percent and kept as a rate."""
    if key == "fee" and isinstance(value, Decimal):
        return value / 100
    return value


def _shown(ask: Ask, preferences: Preferences, heading: str) -> Reply:
    """All settings, own or default; for the person's eyes only."""
    rows = tuple(_row(ask, preferences, field.name) for field in fields(preferences))
    return Reply(
        blocks=(
            Title(Words(heading)),
            Facts(rows),
            Text(Words(ask._("Change one: {line}"), {"line": Code("/set leverage 20")})),
        ),
        choices=(
            (
                Choice("10x", "/set leverage 10", kept=True),
                Choice("20x", "/set leverage 20", kept=True),
                Choice(ask._("Reset all"), "/set default", kept=True),
            ),
        ),
        private=ask.in_group,
    )


def _row(ask: Ask, preferences: Preferences, name: str) -> tuple[str, Figure]:
    """One setting: the person's own, or what the bot takes instead."""
    return _labels(ask)[name], _figure(ask, name, getattr(preferences, name))


def _labels(ask: Ask) -> dict[str, str]:
    return {
        "leverage": ask._("leverage"),
        "margin": ask._("margin"),
        "wallet": ask._("wallet"),
        "fee": ask._("fee"),
        "venue": ask._("venue"),
        "zone": ask._("zone"),
        "confirm": ask._("confirm"),
        "mistakes": ask._("quiz from my mistakes"),
    }


def _figure(ask: Ask, name: str, own: object) -> Figure:
    """The value in force, typed."""
    match name, own:
        case "leverage", _:
            return Times(own if isinstance(own, Decimal) else ask.house.leverage)
        case (("margin" | "wallet"), Decimal()):
            return Money(own, "USDT", whole=True)
        case "margin", _:
            return Label(ask._("20% of wallet"))
        case "wallet", _:
            return Money(ask.house.wallet, "USDT", whole=True)
        case "fee", Decimal():
            return Percent(own, 3)
        case "fee", _:
            return Label(ask._("the venue's"))
        case "venue", _:
            return Label(VENUES[str(own or ask.house.venue)].name)
        case "zone", _:
            return Label(str(own or "UTC"))
        case _:
            return Label(ask._("on") if own else ask._("off"))

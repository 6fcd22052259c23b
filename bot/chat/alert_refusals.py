"""Refusals of alerts and scheduled posts, worded; each names its cure."""

from bot.chat.figures import Code, Count, Figure, Label, Name, exact
from bot.chat.i18n import Translate
from bot.chat.reply import Choice, Reply, Words
from bot.chat.symbols import base_of
from bot.chat.troubles import refused
from core.errors import AlertReached, BadHour, Refusal, TooManyAlerts, UnknownAlert


def alert_refusal(refusal: Refusal, _: Translate) -> Reply | None:
    """Word a refusal of an alert or a schedule; None for others."""
    words = _words(refusal, _)
    if words is None:
        return None
    cure = Choice(_("All alerts"), "/alert", kept=True)
    if isinstance(refusal, BadHour):
        line = _example(refusal)
        cure = Choice(line, line, kept=True)
    return refused(refusal, words, cure)


def _words(refusal: Refusal, _: Translate) -> Words | None:
    match refusal:
        case AlertReached(symbol=symbol, price=price):
            figures: dict[str, Figure] = {"coin": Label(base_of(symbol)), "price": exact(price)}
            return Words(
                _("{coin} is marked at {price} now. Name a price above or below it."), figures
            )
        case TooManyAlerts(most=most):
            text = _("You have {most} alerts, which is the most. Delete one first: {line}.")
            return Words(text, {"most": Count(most), "line": Code("/alert delete #1")})
        case UnknownAlert(number=number, available=available):
            return _unknown(number, available, _)
        case BadHour(text=text, weekly=weekly):
            day = _("I can't read {text} as a day and an hour. Write it as in {line}.")
            hour = _("I can't read {text} as an hour of the day. Write it as in {line}.")
            line = Code(_example(refusal))
            return Words(day if weekly else hour, {"text": Name(text), "line": line})
        case _:
            return None


def _example(refusal: BadHour) -> str:
    """A line that is understood."""
    return "/schedule leaderboard mon 08:00" if refusal.weekly else "/schedule board 08:00"


def _unknown(number: int, available: tuple[int, ...], _: Translate) -> Words:
    """There is no such alert; those that there are."""
    figures: dict[str, Figure] = {"number": Count(number)}
    if not available:
        return Words(_("There is no alert #{number}; you have none."), figures)
    figures["available"] = Label(", ".join(f"#{each}" for each in available))
    return Words(_("There is no alert #{number}. You have: {available}."), figures)

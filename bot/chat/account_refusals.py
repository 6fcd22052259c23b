"""Refusals of joining and parting, worded; each names its cure."""

from bot.chat.i18n import Translate
from bot.chat.reply import Choice, Reply, Words
from bot.chat.troubles import refused
from core.errors import Refusal
from core.paper.errors import LinkGone, LinkRefused, NotLinked


def account_refusal(refusal: Refusal, _: Translate) -> Reply | None:
    """Word a refusal of joining or parting; None for others."""
    match refusal:
        case LinkGone():
            text = _("That code is unknown, used or older than ten minutes. Ask for a new one.")
            cure = Choice(_("New code"), "/link", kept=True)
        case LinkRefused(reason=reason):
            text = _reasons(_)[reason]
            cure = Choice(_("Portfolio"), "/pf")
        case NotLinked():
            text = _("Your portfolio is on this platform only. A code joins another one to it.")
            cure = Choice(_("New code"), "/link", kept=True)
        case _:
            return None
    return refused(refusal, Words(text), cure)


def _reasons(_: Translate) -> dict[str, str]:
    """Why two identities cannot be one person."""
    return {
        "linked": _("These two are joined already."),
        "platform": _("Both are on the same platform. A portfolio has one name on each."),
        "both_hold": _(
            "Both portfolios hold positions or orders. Close those of one of them, then join."
        ),
    }

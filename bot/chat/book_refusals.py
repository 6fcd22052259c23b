"""Refusals of what hosts write for their group, worded; each names its cure."""

from bot.chat.figures import Code, Count, Figure, Label, Name
from bot.chat.i18n import Translate
from bot.chat.reply import Choice, Reply, Words
from bot.chat.troubles import refused
from core.errors import (
    EntryEmpty,
    EntryHasLink,
    EntryTooLong,
    Refusal,
    TooManyEntries,
    UnknownEntry,
)

_SHOWN = 12
"""How many keys are said before "and more"."""

_QUOTED = 40
"""Characters of a link that are shown, as text to copy, so that nobody can follow it."""


def book_refusal(refusal: Refusal, _: Translate) -> Reply | None:
    """Word a refusal of a group's entry; None for others."""
    words = _words(refusal, _)
    if words is None:
        return None
    return refused(refusal, words, Choice(_("All entries"), "/hostfaq", kept=True))


def _words(refusal: Refusal, _: Translate) -> Words | None:
    """The sentence of a refusal, or None where it is somebody else's."""
    match refusal:
        case EntryTooLong(part=part, length=length, most=most):
            text = _("The {part} has {length} characters; {most} are the most. Shorten it.")
            return Words(
                text, {"part": _part(part, _), "length": Count(length), "most": Count(most)}
            )
        case EntryEmpty(part=part):
            text = _("The {part} is missing. Write it as in {line}.")
            return Words(text, {"part": _part(part, _), "line": Code(ADD)})
        case EntryHasLink(found=found):
            text = _(
                "{found} looks like a link, and entries here may hold none. "
                "Take it out, put a space after a full stop, or allow links with {line}."
            )
            return Words(text, {"found": Code(found[:_QUOTED]), "line": Code("/host links on")})
        case TooManyEntries(most=most):
            text = _("This group has {most} entries, which is the most. Drop one first: {line}.")
            return Words(text, {"most": Count(most), "line": Code("/hostfaq drop own-1")})
        case UnknownEntry():
            return _unknown(refusal, _)
        case _:
            return None


ADD = "/hostfaq add What is our rule? | We post no signals."
"""How an entry is written."""


def _part(part: str, _: Translate) -> Label:
    return Label({"question": _("question"), "answer": _("answer")}[part])


def _unknown(refusal: UnknownEntry, _: Translate) -> Words:
    """There is no such entry; those that there are."""
    figures: dict[str, Figure] = {"key": Name(refusal.key)}
    if not refusal.available:
        text = _("There is no entry {key}; this group has none yet. Add one: {line}.")
        return Words(text, figures | {"line": Code(ADD)})
    more = " …" if len(refusal.available) > _SHOWN else ""
    figures["available"] = Label(", ".join(refusal.available[:_SHOWN]) + more)
    return Words(_("There is no entry {key}. There are: {available}."), figures)

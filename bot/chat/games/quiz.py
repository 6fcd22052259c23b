"""Margin quiz, in words: what it is, its rules, and what may be chosen."""

from collections.abc import Mapping

from bot.chat.figures import Code, Figure, Label
from bot.chat.games import quiz_views as views
from bot.chat.games.lobby import late_option
from bot.chat.games.seen import KindWords, Seen
from bot.chat.i18n import Translate
from bot.chat.reply import Words


def _title(_: Translate) -> str:
    return _("Margin quiz")


def _gist(_: Translate) -> str:
    return _("Questions about margin, four choices, 20 seconds. The first answer counts.")


def _rules(_: Translate) -> tuple[Words, ...]:
    return (
        Words(_("10 points for a right answer and up to 5 more for speed.")),
        Words(_("One more for each right answer in a row after the first, up to 5.")),
        Words(_("The first answer counts. A wrong one is 0, in hard mode -2.")),
        Words(_("A tie goes to more right answers, then to the faster mean.")),
        Words(_("If the first are still equal, one number decides among them.")),
        Words(_("{line} lets it ask about your own liquidations, without your name."), _line()),
    )


def _line() -> Mapping[str, Figure]:
    return {"line": Code("/set mistakes on")}


def _options(name: str, value: str, _: Translate) -> tuple[str, Figure]:
    match name:
        case "questions":
            return _("questions"), Label(value)
        case "source":
            return _("from"), Label(_sources(_)[value])
        case "category":
            return _("about"), Label(_categories(_)[value])
        case "level":
            levels = {"all": _("any"), "easy": _("easy"), "medium": _("medium"), "hard": _("hard")}
            return _("level"), Label(levels[value])
        case "hard":
            return _("wrong answers"), Label("-2" if value == "yes" else "0")
        case _:
            return late_option(value, _)


def _sources(_: Translate) -> Mapping[str, str]:
    return {
        "all": _("everything"),
        "faq": _("the FAQ"),
        "numbers": _("numbers"),
        "mistakes": _("own mistakes"),
    }


def _categories(_: Translate) -> Mapping[str, str]:
    return {
        "all": _("anything"),
        "modes": _("modes"),
        "liquidation": _("liquidation"),
        "leverage": _("leverage"),
        "margin": _("margin"),
        "fees": _("fees"),
        "funding": _("funding"),
        "risk": _("risk"),
        "switching": _("switching"),
        "prices": _("prices"),
        "venues": _("venues"),
    }


def _said(code: str, seen: Seen) -> Words | None:
    """What somebody who acted is told; an answer is repeated by whoever took it."""
    texts = {"reported": seen._("Reported. A host decides."), "voided": seen._("Struck out.")}
    return Words(texts[code]) if code in texts else None


WORDS = KindWords(
    title=_title,
    gist=_gist,
    rules=_rules,
    options=_options,
    views={
        "item": views.item_view,
        "card": views.card_view,
        "answer": views.answer_view,
        "voided": views.voided_view,
        "reported": views.reported_view,
        "end": views.end_view,
    },
    board=views.now_view,
    said=_said,
    own=views.own_view,
)

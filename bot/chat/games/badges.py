"""Badges in words: what somebody has earned, what is missing for the rest, and the letter of one.

They are for their owner's eyes, and stand on no board.
"""

from bot.chat.ask import Ask
from bot.chat.figures import Code, Count, Day, Figure, Label
from bot.chat.i18n import Translate
from bot.chat.reply import Choice, Facts, Notes, Points, Reply, Text, Title, Words
from core.lessons.badges import DAYS, WEEKS, Badge
from core.services.badges import Shown


def badges(ask: Ask, _rest: list[str]) -> Reply:
    """Show a person's badges to them alone; what their account shows by now is kept."""
    shown = ask.services.badges.look(ask.identity)
    figures = {"have": Count(len(shown.earned)), "all": Count(len(Badge))}
    title = Words(ask._("Your badges: {have} of {all}."), figures)
    rows = tuple(
        (_name(badge, ask._), Day(shown.earned[badge].date()))
        for badge in Badge
        if badge in shown.earned
    )
    missing = tuple(_missing(badge, shown, ask._) for badge in Badge if badge not in shown.earned)
    fresh = tuple(
        Text(Words(ask._("New: {badge}."), {"badge": Label(_name(badge, ask._))}), strong=True)
        for badge in Badge
        if badge in shown.new
    )
    return Reply(
        blocks=(
            Title(title),
            *fresh,
            *((Facts(rows),) if rows else ()),
            *((Points(missing),) if missing else ()),
            Notes((Words(ask._("badges touch no rank and no points")),)),
        ),
        choices=((Choice(ask._("Challenges"), "/challenge", kept=True),),),
        private=ask.in_group,
        short=title,
    )


def badges_row(ask: Ask) -> tuple[str, Figure]:
    """A line about a person's badges, of those that are kept."""
    return ask._("badges"), Label(f"{len(ask.services.badges.seen(ask.identity))}/{len(Badge)}")


def badge_letter(badge: Badge, _: Translate) -> Reply:
    """Return the letter that tells somebody of a badge that a game has earned them."""
    title = Words(_("New badge: {badge}."), {"badge": Label(_name(badge, _))})
    all_ = Choice(_("Badges"), "/challenge badges", kept=True)
    return Reply((Title(title), Text(Words(_why(badge, _)))), ((all_,),), short=title)


def _name(badge: Badge, _: Translate) -> str:
    names = {
        Badge.RESCUE: _("first rescue"),
        Badge.ISOLATED: _("isolated survivor"),
        Badge.CONTAGION: _("contagion explained"),
        Badge.STEADY: _("30 steady days"),
    }
    return names[badge]


def _why(badge: Badge, _: Translate) -> str:
    """For what it was earned."""
    whys = {
        Badge.RESCUE: _("You added margin to a position in danger, and closed it yourself later."),
        Badge.ISOLATED: _("You came through to the end behind isolated walls, unliquidated."),
        Badge.CONTAGION: _("You told rightly what one cross position does to the others."),
        Badge.STEADY: _("You traded four weeks running, and nothing was liquidated in 30 days."),
    }
    return whys[badge]


def _missing(badge: Badge, shown: Shown, _: Translate) -> Words:
    """What is to be done for one that is not earned yet."""
    figures: dict[str, Figure] = {"badge": Label(_name(badge, _))}
    if badge is Badge.RESCUE and shown.saved is not None:
        figures["line"] = Code(f"/close #{shown.saved}")
        return Words(_("{badge}: margin was added in time. {line} completes it."), figures)
    if badge is Badge.STEADY and shown.steady.weeks:
        figures |= {"days": Count(shown.steady.days), "weeks": Count(shown.steady.weeks)}
        figures |= {"all": Count(DAYS), "four": Count(WEEKS)}
        text = _("{badge}: {days} of {all} days, trades in {weeks} of {four} weeks.")
        return Words(text, figures)
    return Words(_how(badge, _), figures)


def _how(badge: Badge, _: Translate) -> str:
    """How it is earned."""
    hows = {
        Badge.RESCUE: _("{badge}: add margin when you are warned of a position; close it later."),
        Badge.ISOLATED: _(
            "{badge}: hold only isolated to the end of a duel, crash or last trader."
        ),
        Badge.CONTAGION: _("{badge}: answer a quiz question on cross contagion rightly."),
        Badge.STEADY: _("{badge}: a trade a week for four weeks, no liquidation in 30 days."),
    }
    return hows[badge]

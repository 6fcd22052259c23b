"""The prop desk in words."""

from bot.chat.figures import Count, Figure, Label, Moment, Percent
from bot.chat.games.adjusting import adjusted_view, without_place
from bot.chat.games.arena import SHOWN, frozen, market_choices, ranked
from bot.chat.games.lobby import late_option
from bot.chat.games.prop_own import (
    own_desk,
    play_of,
    rule_word,
    trap_view,
    verdict_view,
    warning_view,
)
from bot.chat.games.seen import KindWords, Seen
from bot.chat.i18n import Translate
from bot.chat.reply import Block, Choice, Points, Reply, Row, Table, Text, Title, Words
from core.lessons.game.desk import FAILED, PASSED, Desk
from core.lessons.game.desk_lesson import DeskLesson, desk_lesson
from core.lessons.game.trading import Noted


def _title(_: Translate) -> str:
    return _("Prop desk")


def _gist(_: Translate) -> str:
    return _("Make 8% without breaking a limit, of the day or over all.")


def _rules(_: Translate) -> tuple[Words, ...]:
    return (
        Words(_("Everybody has 10,000, at 10x at most. With 10,800 and nothing open you pass.")),
        Words(_("Daily limit: stay above the balance at the day's beginning less 500.")),
        Words(_("Overall limit: stay above 9,000; trailing: above the best evening less 1,000.")),
        Words(_("Open losses, fees and funding count, at every mark.")),
        Words(_("A pass takes 4 days of trading, none with more than 40% of the profit.")),
        Words(_("An open loss of 500 carried over midnight breaks the next day's limit.")),
        Words(_("Your days begin when you join. Away, you may go on within 7 days.")),
        Words(_("Days are UTC; on recorded prices a day takes an hour.")),
        Words(_("Trade in private: /trade long btc 10x 500, /trade close btc.")),
    )


def _options(name: str, value: str, _: Translate) -> tuple[str, Figure]:
    match name:
        case "overall":
            names = {"static": _("fixed"), "trailing": _("trailing")}
            return _("overall limit"), Label(names[value])
        case "days":
            return _("days"), Label("30" if value == "30" else _("90 at most"))
        case _:
            return late_option(value, _)


# --- the board ------------------------------------------------------------------------------------


def _board_view(seen: Seen, _number: int) -> Reply:
    """Who has passed, who runs, who has failed."""
    _, desks = seen._, play_of(seen).desks
    title = Words(_("Prop desk: {count} trade."), {"count": Count(len(seen.game.playing))})
    blocks: list[Block] = []
    if desks is not None:
        figures: dict[str, Figure] = {
            "day": Count(desks.today + 1),
            "running": Count(sum(not desk.verdict for desk in desks.known.values())),
            "count": Count(len(desks.known)),
            "turns": Moment(desks.days.begins(desks.today + 1)),
        }
        title = Words(_("Prop desk, day {day}: {running} of {count} still run."), figures)
        blocks += [Text(Words(_("The next day begins {turns}."), figures)), _table(seen)]
    blocks = [Title(title), *blocks, *without_place(seen), *frozen(seen)]
    return Reply((*blocks, seen.fairness(chance=False)), market_choices(seen), short=title)


def _table(seen: Seen) -> Table:
    """Place, name, days, and the verdict or what is gained so far; a star for who came late."""
    _, play, rows, late = seen._, play_of(seen), list[Row](), False
    assert play.desks is not None
    assert play.session is not None
    for one in play.standings(seen.table)[:SHOWN]:
        desk, came_late = play.desks.known[one.player], seen.game.player(one.player).late
        late = late or came_late
        flags = frozenset({0}) if came_late else frozenset()
        state = _state(desk, play.session.notes[one.player], _)
        rows.append(Row(ranked(seen, one), (Count(play.desks.used(desk)), state), flags))
    return Table((_("days"), _("state")), tuple(rows), _("came late") if late else "")


def _state(desk: Desk, notes: Noted, _: Translate) -> Figure:
    """The verdict or the rule that was broken; else the gain."""
    if desk.verdict == PASSED:
        return Label(_("passed"))
    if desk.verdict == FAILED:
        return Label(rule_word(desk.rule, _))
    if desk.away is not None:
        return Label(_("away"))
    return Percent(notes.change / notes.start, 1, signed=True)


# --- the end --------------------------------------------------------------------------------------


def _end_view(seen: Seen, _number: int) -> Reply:
    """Who has passed, and what broke the others."""
    _, play = seen._, play_of(seen)
    assert play.desks is not None
    assert play.session is not None
    lesson = desk_lesson(play.desks.known, play.session.notes)
    title = Words(*_won(seen, lesson))
    again = Choice(_("Again"), "/challenge prop", kept=True)
    told = _lesson(lesson, _)
    points = (Points(told[1:]),) if told[1:] else ()
    return Reply(
        (
            Title(title),
            _table(seen),
            *without_place(seen),
            Text(told[0], strong=True),
            *points,
            seen.fairness(),
        ),
        ((again, seen.to(_("Audit"), "audit")),),
        short=title,
    )


def _won(seen: Seen, lesson: DeskLesson) -> tuple[str, dict[str, Figure]]:
    """How many passed, and who was first."""
    _, play = seen._, play_of(seen)
    assert play.desks is not None
    if not lesson.passed:
        return _("Prop desk: nobody passed."), {}
    first = play.standings(seen.table)[0].player
    figures: dict[str, Figure] = {
        "name": seen.name(first),
        "days": Count(play.desks.used(play.desks.known[first])),
        "count": Count(lesson.passed),
    }
    if lesson.passed == 1:
        return _("Prop desk: {name} passed, days: {days}."), figures
    return _("Prop desk: {count} passed, {name} first, days: {days}."), figures


def _lesson(lesson: DeskLesson, _: Translate) -> tuple[Words, ...]:
    """What ended desks, counted; the one to remember first."""
    if not lesson.failed:
        return (Words(_("No limit was broken: what was missing was the target, not the risk.")),)
    figures: dict[str, Figure] = {
        "daily": Count(lesson.daily),
        "overall": Count(lesson.overall),
        "time": Count(lesson.time),
        "ahead": Count(lesson.ahead),
        "failed": Count(lesson.failed),
    }
    broken = Words(_("Broken: daily {daily}, overall {overall}, time {time}."), figures)
    if not lesson.ahead:
        return (broken,)
    ahead = _("Ahead before they failed: {ahead} of {failed}. The limit is about size, not luck.")
    return (Words(ahead, figures), broken)


def _said(code: str, seen: Seen) -> Words | None:
    """Orders are answered by /trade."""
    del code, seen
    return None


WORDS = KindWords(
    title=_title,
    gist=_gist,
    rules=_rules,
    options=_options,
    views={
        "board": _board_view,
        "end": _end_view,
        "warning": warning_view,
        "trap": trap_view,
        "verdict": verdict_view,
        "adjusted": adjusted_view,
    },
    board=lambda seen: _board_view(seen, 0),
    said=_said,
    own=own_desk,
)

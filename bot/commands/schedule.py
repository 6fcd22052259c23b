"""/schedule: what is posted into this group by itself, because its hosts want it."""

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Code, Figure, Label, Moment, Name
from bot.chat.hours import written
from bot.chat.reply import Block, Choice, Facts, Reply, Text, Title, Words
from bot.chat.timetable import Meant, read_meant
from core.alerts.books import Bulletin, Schedule
from core.errors import NotAllowed
from core.services.leagues import Week
from core.services.schedules import Slot

PRICES, SEASON = "/schedule board 08:00", "/schedule leaderboard mon 08:00"
"""What is typed for each board."""


@command(
    examples=("/schedule", PRICES, SEASON, "/schedule off"),
    writes=True,
    host=True,
)
def schedule(ask: Ask, text: str | None = None) -> Reply:
    """Post prices daily, the leaderboard weekly into this chat (hosts only).

    Raises `BadHour`, `NotAllowed` outside groups.
    """
    if not ask.in_group:
        raise NotAllowed("group")
    if not (text or "").strip():
        return _shown(ask)
    meant = read_meant(text or "")
    if meant.off:
        ask.services.schedules.drop(*_place(ask), meant.board)
    elif meant.board is not None:
        ask.services.schedules.set(*_place(ask), _slot(ask, meant))
    return _shown(ask)


def _place(ask: Ask) -> tuple[str, str, str]:
    chat = ask.request.chat
    return ask.request.who.platform, chat.id, chat.topic


def _slot(ask: Ask, meant: Meant) -> Slot:
    """A board's hour, and its day where it is weekly, in the host's own zone, or in UTC."""
    zone = ask.preferences.zone or ""
    if meant.board is not Bulletin.SEASON:
        return Slot(meant.minute, zone)
    return Slot(meant.minute, zone, Bulletin.SEASON, meant.weekday, meant.whole)


def _shown(ask: Ask) -> Reply:
    """What is scheduled here, each board with a button that ends it."""
    found = {each.board: each for each in ask.services.schedules.at(*_place(ask))}
    lines = {Bulletin.PRICES: PRICES, Bulletin.SEASON: SEASON}
    more = tuple(
        (Choice(line, line, kept=True),) for board, line in lines.items() if board not in found
    )
    if not found:
        return _none(ask, more)
    title = Words(ask._("Posted here by itself:"))
    blocks: list[Block] = [Title(title)]
    for each in found.values():
        blocks += _board(ask, each)
    ends = {
        Bulletin.PRICES: Choice(ask._("Prices off"), "/schedule off prices", kept=True),
        Bulletin.SEASON: Choice(ask._("Leaderboard off"), "/schedule off leaderboard", kept=True),
    }
    off = tuple(ends[board] for board in found)
    zone = next(iter(found.values())).zone
    return Reply(tuple(blocks), (off, *more), short=title, zone=zone)


def _none(ask: Ask, more: tuple[tuple[Choice, ...], ...]) -> Reply:
    words = Words(ask._("Nothing is posted here by itself."))
    figures = {"prices": Code(PRICES), "season": Code(SEASON)}
    typed = Words(ask._("Type {prices} for prices every day."), figures)
    weekly = Words(ask._("Type {season} for the leaderboard every week."), figures)
    return Reply((Title(words), Text(typed), Text(weekly)), more, short=words)


def _board(ask: Ask, found: Schedule) -> tuple[Block, ...]:
    """When a board comes, and what it shows."""
    rows: list[tuple[str, Figure]] = [
        (ask._("at"), Label(f"{written(found.minute)} {found.zone or 'UTC'}")),
        (ask._("next one"), Moment(found.due)),
    ]
    if found.weekday is None:
        return (Facts(tuple(rows), ask._("Price board, every day")),)
    week = ask.services.leagues.week(found, ask.now)
    shows: Figure = Name(week.league) if week.league else Label(ask._("this chat"))
    rows.append((ask._("season of"), shows))
    head = ask._("Leaderboard, every {day}").format(day=_days(ask)[found.weekday])
    return (Facts(tuple(rows), head), *_remarks(ask, found, week))


def _remarks(ask: Ask, found: Schedule, week: Week) -> tuple[Text, ...]:
    """What a host should know of a leaderboard: that there is no league, that it is empty."""
    remarks = []
    if found.whole and not week.league:
        remarks.append(ask._("This chat is in no league, so its own season is posted."))
    if not week.seasons:
        remarks.append(ask._("No rated game has ended this month: an empty season is not posted."))
    return tuple(Text(Words(remark)) for remark in remarks)


def _days(ask: Ask) -> tuple[str, ...]:
    """The days of the week, Monday first."""
    return (
        ask._("Monday"),
        ask._("Tuesday"),
        ask._("Wednesday"),
        ask._("Thursday"),
        ask._("Friday"),
        ask._("Saturday"),
        ask._("Sunday"),
    )

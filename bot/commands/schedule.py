"""/schedule: what is posted into this group every day, because its hosts want it."""

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Code, Figure, Label, Moment
from bot.chat.hours import read_hour, written
from bot.chat.reply import Choice, Facts, Reply, Text, Title, Tone, Words
from core.alerts.books import Schedule
from core.errors import BadHour, NotAllowed

DEFAULT = "/schedule board 08:00"


@command(
    examples=("/schedule", DEFAULT, "/schedule off"),
    writes=True,
    host=True,
)
def schedule(ask: Ask, text: str | None = None) -> Reply:
    """Post the price board into this chat every day (hosts only).

    Raises `BadHour`, `NotAllowed` outside groups.
    """
    if not ask.in_group:
        raise NotAllowed("group")
    words = (text or "").lower().split()
    match words:
        case []:
            return _shown(ask)
        case ["off" | "stop"]:
            ask.services.schedules.drop(*_place(ask))
            return _shown(ask)
        case ["board", *hour] | hour if not {"leaderboard", "league", "weekly"} & set(words):
            return _set(ask, " ".join(hour) or "08:00")
        case _:
            return _no_leaderboard(ask)


def _no_leaderboard(ask: Ask) -> Reply:
    """A season is looked at, not posted."""
    words = Words(
        ask._("No leaderboard is posted by itself. {line} shows it."),
        {"line": Code("/challenge season")},
    )
    season = Choice("/challenge season", "/challenge season", kept=True)
    board = Choice(DEFAULT, DEFAULT, kept=True)
    return Reply(
        (Text(words),), ((season,), (board,)), Tone.TROUBLE, outcome="no_schedule", short=words
    )


def _place(ask: Ask) -> tuple[str, str, str]:
    chat = ask.request.chat
    return ask.request.who.platform, chat.id, chat.topic


def _set(ask: Ask, hour: str) -> Reply:
    """The board at an hour of the host's own zone, or of UTC."""
    minute = read_hour(hour)
    if minute is None:
        raise BadHour(hour)
    ask.services.schedules.set(*_place(ask), minute, ask.preferences.zone or "")
    return _shown(ask)


def _shown(ask: Ask) -> Reply:
    """What is scheduled here."""
    found = ask.services.schedules.at(*_place(ask))
    if found is None:
        words = Words(ask._("Nothing is posted here by itself."))
        typed = Words(ask._("Type {line} for the daily price board."), {"line": Code(DEFAULT)})
        board = Choice(DEFAULT, DEFAULT, kept=True)
        return Reply((Title(words), Text(typed)), ((board,),), short=words)
    words = Words(ask._("The price board is posted here every day."))
    off = Choice(ask._("Switch off"), "/schedule off", kept=True)
    return Reply((Title(words), Facts(_rows(ask, found))), ((off,),), short=words, zone=found.zone)


def _rows(ask: Ask, found: Schedule) -> tuple[tuple[str, Figure], ...]:
    return (
        (ask._("at"), Label(f"{written(found.minute)} {found.zone or 'UTC'}")),
        (ask._("next one"), Moment(found.due)),
    )

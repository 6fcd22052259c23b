"""What hosts type of boards that are posted by themselves: which one, on which day, at what hour.

Words may come in any order and with a slip; a weekday, like everything else that is weekly, means
the leaderboard. What is left unsaid is Monday and 08:00.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat.hours import read_hour
from bot.chat.spelling import nearest
from core.alerts.books import Bulletin
from core.errors import BadHour

MONDAY, EIGHT = 0, 8 * 60
"""What is meant where nothing else is said."""

_DAYS: Mapping[str, int] = {
    word: day
    for day, words in enumerate(
        (
            "mon monday mondays",
            "tue tues tuesday tuesdays",
            "wed weds wednesday wednesdays",
            "thu thurs thursday thursdays",
            "fri friday fridays",
            "sat saturday saturdays",
            "sun sunday sundays",
        )
    )
    for word in words.split()
}
_PRICES = frozenset({"board", "boards", "price", "prices", "ticker", "daily", "day"})
_SEASON = frozenset(
    {"leaderboard", "leader", "leaders", "weekly", "week", "season", "ranking", "standings", "top"}
)
_LEAGUE = frozenset({"league", "leagues"})
_OFF = frozenset({"off", "stop", "none", "no", "end", "delete", "remove"})
_FILLERS = frozenset({"every", "each", "on", "at", "the", "post", "and", "a"})
_HALVES = frozenset({"am", "pm"})
_KNOWN = (*_DAYS, *sorted(_PRICES | _SEASON | _LEAGUE | _OFF | _FILLERS))

_SHORT = 3
"""Letters of a word in which a slip would make any other."""

_LONG = 6
"""Letters from which on two slips are mended."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What was typed. Without a `board` nothing was said of one; `off` ends it, or all of them.

    `whole` is the league's season; `weekday` is Monday 0, `minute` one of the day.
    """

    off: bool = False
    board: Bulletin | None = None
    whole: bool = False
    weekday: int = MONDAY
    minute: int = EIGHT


def read_meant(text: str) -> Meant:
    """Return what a line means. Raises `BadHour` for a word that means nothing here."""
    words = [_mended(word) for word in _joined(text.lower().replace(",", " ").split())]
    said = frozenset(words)
    days = [word for word in words if word in _DAYS]
    weekly = bool(days or said & (_SEASON | _LEAGUE))
    hours = [word for word in words if read_hour(word) is not None]
    strange = [word for word in words if word not in _KNOWN and word not in hours]
    if wrong := [*strange, *hours[1:], *days[1:]]:
        raise BadHour(wrong[0], weekly=weekly)
    if days and said & _PRICES and not said & (_SEASON | _LEAGUE):
        raise BadHour(days[0])
    board = Bulletin.SEASON if weekly else Bulletin.PRICES if hours or said & _PRICES else None
    minute = read_hour(hours[0]) if hours else None
    return Meant(
        off=bool(said & _OFF),
        board=board,
        whole=bool(said & _LEAGUE),
        weekday=_DAYS[days[0]] if days else MONDAY,
        minute=EIGHT if minute is None else minute,
    )


def _joined(words: list[str]) -> list[str]:
    """Words, with `8 pm` as one."""
    found: list[str] = []
    for word in words:
        if word in _HALVES and found:
            found[-1] += word
        else:
            found.append(word)
    return found


def _mended(word: str) -> str:
    """A word as it was meant: what is one slip away, in a long one two."""
    if word in _KNOWN or len(word) <= _SHORT or read_hour(word) is not None:
        return word
    long_ones = [known for known in _KNOWN if len(known) > _SHORT]
    found = nearest(word[:20], long_ones, 2 if len(word) >= _LONG else 1)
    return found[0] if found else word

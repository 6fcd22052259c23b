"""Which game somebody means, and as whom they ask."""

from bot.chat.ask import Ask
from bot.chat.games.seen import Seen
from bot.chat.request import Role
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import NoGame, NotNow
from core.lessons.game.game import Room
from core.services.playing import Playing

_DIGITS = 9
"""Of a game's number; what has more is none."""


def asking(ask: Ask) -> Playing:
    """Return who asks, and where; alone with the bot everybody is their own host."""
    hosts = ask.request.role in {Role.HOST, Role.OWNER} or not ask.in_group
    who = ask.request.who
    return Playing(ask.asked, room_of(ask), hosts, ask.request.at, who.role)


def may_start(ask: Ask) -> bool:
    """Whether the asker may start games here: a host, or everybody where hosts say so."""
    return asking(ask).hosts or ask.rules.challenges


def room_of(ask: Ask) -> Room:
    """Return the chat of a request as games know it."""
    chat = ask.request.chat
    return Room(ask.request.who.platform, chat.id, chat.topic)


def is_number(word: str) -> bool:
    """Whether a word may be the number of a game."""
    digits = word.removeprefix("#")
    return digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS


def found(
    ask: Ask, words: list[str], values: int = 0, *, over: bool = False
) -> tuple[KeptGame, list[str]]:
    """Return the game that words mean, and the words behind its number.

    Without a number it is the one whose thread this is, else the newest of this chat, before all
    one that is not `over`, or is.
    `values` of the words are said of the game, so that a number among so few is none of a game.
    Raises `NoGame`.
    """
    if len(words) > values and is_number(words[0]):
        return numbered(ask, int(words[0].removeprefix("#"))), words[1:]
    own = ask.services.challenges.threaded(room_of(ask), ask.request.chat.thread)
    if own is not None:
        return own, words
    here = ask.services.challenges.here(room_of(ask))
    if not here:
        raise NoGame
    return next((kept for kept in here if kept.state.game.phase.is_over is over), here[0]), words


def numbered(ask: Ask, number: int) -> KeptGame:
    """Return a game that is the asker's business. Raises `NoGame` for any other, too."""
    kept = ask.services.challenges.numbered(number)
    if not _concerns(ask, kept):
        raise NoGame
    return kept


def going(ask: Ask, words: list[str], values: int = 0) -> tuple[KeptGame, list[str]]:
    """Return a game in which something can still be done. Raises `NoGame`, `NotNow`."""
    kept, rest = found(ask, words, values)
    if kept.state.game.phase.is_over:
        raise NotNow("over")
    return kept, rest


def _concerns(ask: Ask, kept: KeptGame) -> bool:
    """Whether a game is this chat's, or the asker plays or made it; others' are not shown."""
    here = room_of(ask)
    if any((room.platform, room.chat) == (here.platform, here.chat) for room in kept.rooms):
        return True
    seat = ask.services.challenges.seat(ask.identity, kept.number)
    return seat is not None or kept.host == ask.identity


def seeing(ask: Ask, kept: KeptGame) -> Seen:
    """Return a game as the asker looks at it."""
    sight = ask.services.challenges.sight(kept)
    return Seen(kept, sight.kind, sight.ground, ask.now, sight.path, ask._, sight.marks)

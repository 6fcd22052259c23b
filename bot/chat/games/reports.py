"""A bad question: players report it, a host strikes it out, and the points are counted anew."""

from bot.chat.ask import Ask
from bot.chat.figures import Count
from bot.chat.games.found import asking, found, going
from bot.chat.reply import Reply, Text, Words
from core.lessons.game.asking import Asking
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import NoGame


def report(ask: Ask, rest: list[str]) -> Reply:
    """Say that an item is a bad one. Raises `NoGame`, `NotPlaying`, `BadOption`."""
    kept, item = _asked(ask, rest)
    ask.services.questions.report(asking(ask), kept.number, item)
    play: object = ask.services.challenges.numbered(kept.number).state.play
    count = 0
    if isinstance(play, Asking):
        count = len(play.rounds.asks[int(item) - 1].reports)
    words_ = Words(ask._("Reported ({count} so far). A host decides."), {"count": Count(count)})
    return Reply((Text(words_),), private=ask.in_group, short=words_)


def strike(ask: Ask, rest: list[str]) -> Reply:
    """Let an item count for nothing, after the end, too; that is printed.

    Raises `NoGame`, `NotAllowed`, `BadOption`. The decision stands in the group under the next
    message.
    """
    kept, item = _item(*found(ask, rest, values=1))
    ask.services.questions.strike(asking(ask), kept.number, item)
    told = Words(ask._("Struck out. The points are counted anew."))
    return Reply((Text(told),), private=ask.in_group, short=told)


def _asked(ask: Ask, rest: list[str]) -> tuple[KeptGame, str]:
    """The game of questions that is meant, and the item: the last one where none is named.

    Raises `NoGame`, `NotNow`.
    """
    return _item(*going(ask, rest, values=1))


def _item(kept: KeptGame, words: list[str]) -> tuple[KeptGame, str]:
    """The item of a game that words mean. Raises `NoGame` for a game that asks none."""
    play: object = kept.state.play
    if not isinstance(play, Asking):
        raise NoGame
    return kept, words[0] if words else str(play.rounds.last.number)

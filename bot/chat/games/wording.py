"""From a game and the name of a view to words: each kind's own file, and what all share."""

import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from bot.chat import games
from bot.chat.games import lobby
from bot.chat.games.seen import KindWords, Seen
from bot.chat.i18n import english
from bot.chat.reply import Reply
from core.lessons.challenges import kinds
from core.lessons.game.books import DuePost
from core.ports import Clock
from core.services.challenges import Challenges
from core.services.game_posts import TOLD


@cache
def words_of_kinds() -> Mapping[str, KindWords]:
    """Return the words of every kind, by the kind's name, in the order of kinds."""
    found: dict[str, KindWords] = {}
    for info in pkgutil.iter_modules(games.__path__):
        module = import_module(f"{games.__name__}.{info.name}")
        words: KindWords | None = vars(module).get("WORDS")
        if words is not None:
            found[info.name] = words
    return MappingProxyType({name: found[name] for name in kinds() if name in found})


_COMMON = {
    "draft": lobby.draft_view,
    "lobby": lobby.lobby_view,
    "rules": lobby.rules_view,
    "void": lobby.void_view,
    "back": lobby.back_view,
    TOLD: lobby.told_view,
    "status": lobby.status_view,
}


def view(seen: Seen, name: str, number: int = 0) -> Reply:
    """Return a view of a game in words. Raises `KeyError` for one there is not."""
    words = words_of_kinds()[seen.game.kind]
    if name in _COMMON:
        return _COMMON[name](seen, words)
    return words.views[name](seen, number)


def word_with(challenges: Challenges, clock: Clock) -> Callable[[DuePost], Reply]:
    """Return what words a post from the game as it is when it is sent."""

    def word(post: DuePost) -> Reply:
        kept = challenges.numbered(post.game)
        sight = challenges.sight(kept)
        seen = Seen(
            kept,
            sight.kind,
            sight.ground,
            clock.now(),
            sight.path,
            english,
            sight.marks,
            post.post.player,
        )
        return view(seen, post.post.view, post.post.number)

    return word

"""Options of every kind: where a game is played, and who may join it.

A host may ask for people whom the bot has known for some time. Somebody who is new is kept as known
from the moment they asked, so that the time runs.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.lessons.game.errors import BadOption, NotKnown, NotNow
from core.lessons.game.game import Game, Phase
from core.lessons.game.kind import Ground, Kind
from core.lessons.game.lifecycle import chosen_option
from core.ports import Books

WHERE, HERE, LEAGUE = "where", "here", "league"
"""In this chat alone, or in all chats of its league."""

KNOWN, ANYBODY = "known", "any"
"""For how long the bot must have known who joins."""

TERMS: Mapping[str, timedelta] = {
    ANYBODY: timedelta(0),
    "1d": timedelta(days=1),
    "7d": timedelta(days=7),
}

OF_ALL: Mapping[str, tuple[str, ...]] = {WHERE: (HERE, LEAGUE), KNOWN: tuple(TERMS)}
"""The options of every kind with their values, the default first."""


def chosen_of_all(game: Game, kind: Kind, name: str, value: str, ground: Ground) -> Game:
    """Return a draft with an option chosen, the kind's own or one of all. As `chosen_option`."""
    if name not in OF_ALL:
        return chosen_option(game, kind, name, value, ground)
    if game.phase is not Phase.DRAFT:
        raise NotNow(game.phase.value)
    if value not in OF_ALL[name]:
        raise BadOption(name, value, OF_ALL[name])
    return replace(game, setup={**game.setup, name: value})


def too_new(books: Books, learner: int, game: Game, now: datetime) -> NotKnown | None:
    """Return the refusal of somebody who may not join yet, with the moment; None who may."""
    since = books.paper.since(learner)
    known_for = TERMS[game.setup.get(KNOWN, ANYBODY)]
    if since is None or now - since >= known_for:
        return None
    return NotKnown(since + known_for)

"""Leaving a game, by one's own hand or because one is gone from its chat for long."""

from core.lessons.game.books import KeptGame
from core.lessons.game.inputs import Left
from core.lessons.game.lifecycle import Fed
from core.ports import Books
from core.services.referee import Referee


def left(books: Books, referee: Referee, kept: KeptGame, what: Left, request: str = "") -> Fed:
    """Let a player leave; before the game is on their seat is free again.

    Raises `NoGame` where it is over, and what the kind refuses.
    """
    found = referee.feed(books, kept, what, request)[1]
    if not kept.state.game.phase.is_on:
        books.games.stand(kept.number, what.player)
    return found

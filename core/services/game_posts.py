"""What games say: their messages on the way, and how a game hears that one arrived.

A post is there as soon as its transaction is. A time that a message announces begins when it has
arrived, so the game is told; where it never can, the game is told that.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from core.lessons.game import inputs as i
from core.lessons.game.books import DuePost
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Post
from core.paper.records import Identity
from core.ports import Books, Clock, Units
from core.services.outbox import ATTEMPTS, PAUSES
from core.services.referee import Referee

TOLD = "told"
"""The view in which a chat hears of the end that was told in a game's own thread."""

ENDS = frozenset({"end", "void"})
"""The views that say how a game ended."""

ASIDE = frozenset({"lobby", TOLD})
"""The views that stand in the chat, and not in the game's own thread."""

PATIENCE = 2
"""Attempts to reach one chat of several before the others, who were reached, go on without it."""


class GamePosts:
    """Takes posts out, and keeps what became of them."""

    def __init__(self, units: Units, clock: Clock, referee: Referee) -> None:
        """Take the books, the time, and whoever games hear from."""
        self._units = units
        self._clock = clock
        self._referee = referee

    def posts(self, platform: str, limit: int = 50) -> tuple[DuePost, ...]:
        """Return what is due to be said on a platform."""
        with self._units.reading() as books:
            found = books.games.posts(platform, self._clock.now(), limit)
        return tuple(map(_placed, found))

    def live(self, platform: str, every: timedelta, limit: int = 50) -> tuple[DuePost, ...]:
        """Return the messages that were not brought up to date for so long."""
        with self._units.reading() as books:
            found = books.games.live(platform, self._clock.now() - every, limit)
        return tuple(map(_placed, found))

    def addressee(self, post: DuePost) -> Identity | None:
        """Return who a post is for on its platform, None where they are not there."""
        with self._units.reading() as books:
            known = () if post.learner is None else books.paper.identities(post.learner)
        return next((who for who in known if who.platform == post.room.platform), None)

    def sent(self, post: DuePost, message: str, thread: str = "") -> None:
        """Keep that something was said; a game that waited for it hears of it.

        With a `thread` that was begun under it the game goes on there. Of an end that was said in
        a thread its chat is told, too.
        """
        now = self._clock.now()
        with self._units.writing() as books:
            books.games.sent(post.id, message, now)
            if thread:
                books.games.branch(post.id, thread)
            if post.thread and post.post.view in ENDS:
                books.games.post(post.game, Post(TOLD), now, post.room)
            self._settled(books, post, now)

    def lost(self, post: DuePost) -> None:
        """Keep that a game's thread is gone or locked: it goes on in the chat."""
        with self._units.writing() as books:
            books.games.branch(post.id, "")

    def unsent(self, post: DuePost, *, for_good: bool) -> None:
        """Try again later, and after some attempts no more."""
        now, tried = self._clock.now(), post.attempts + 1
        with self._units.writing() as books:
            hopeless = for_good or tried >= ATTEMPTS or _holds_up(books, post, tried)
            again = None if hopeless else now + PAUSES[min(tried, len(PAUSES)) - 1]
            books.games.unsent(post.id, again)
            if again is None:
                self._settled(books, post, now)

    def shown(self, post: DuePost, message: str, fingerprint: str) -> None:
        """Keep what a live message says now."""
        with self._units.writing() as books:
            books.games.shown(post.id, message, fingerprint, self._clock.now())

    def _settled(self, books: Books, post: DuePost, now: datetime) -> None:
        """Tell a game that its message arrived, or that it never will."""
        told = post.post
        reached = books.games.reached(post.game, told) if told.starts else {}
        if not reached or None in reached.values():
            return
        what: Input = i.Unsent(at=now, view=told.view, number=told.number)
        if any(reached.values()):
            missed = tuple(place for place, arrived in reached.items() if not arrived)
            what = i.Sent(at=now, view=told.view, number=told.number, missed=missed)
        self._referee.tell(books, post.game, what)


def _placed(post: DuePost) -> DuePost:
    """A post where it belongs: in its game's thread, in the chat, or with one player alone."""
    elsewhere = post.post.view in ASIDE or post.learner is not None
    return replace(post, thread="") if elsewhere else post


def _holds_up(books: Books, post: DuePost, tried: int) -> bool:
    """Whether a chat that cannot be reached keeps others waiting that have the message already."""
    if tried < PATIENCE or not post.post.starts:
        return False
    return any(books.games.reached(post.game, post.post).values())

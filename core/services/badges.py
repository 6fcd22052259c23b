"""Badges that people have: kept when they are first seen, and never taken away.

What a game shows of its players is seen when it is over, and told each of them in a letter: that
happens three times in a life at most. What an account shows by itself, a rescue or quiet weeks, is
seen when its owner looks, and told by what they look at.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.alerts.books import News
from core.lessons.badges import (
    SHORT,
    Badge,
    InDanger,
    Rescue,
    Steady,
    by_ratio,
    by_warnings,
    crash_marks,
    explained,
    lasted,
    rescue,
    steady,
    stood_isolated,
)
from core.lessons.challenges.crash import Crash
from core.lessons.game.books import KeptGame
from core.lessons.game.inputs import Ticked
from core.lessons.game.kind import Ground, Play
from core.lessons.game.trading import game_of, market_of
from core.market import Marks
from core.paper.account import PaperAccount, bare
from core.paper.events import MarginMoved, PoolLiquidated, PositionIncreased, PositionReduced
from core.paper.records import Identity, Recorded
from core.ports import Books, Clock, Units


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody has earned and when, what of it is `new`, and how far they are with the rest.

    `saved` is the number of a rescued position that is to be closed still.
    """

    earned: Mapping[Badge, datetime]
    new: frozenset[Badge]
    steady: Steady
    saved: int | None


class Badges:
    """Everybody's badges."""

    def __init__(self, units: Units, clock: Clock) -> None:
        """Take the books and the time."""
        self._units = units
        self._clock = clock

    def seen(self, who: Identity) -> Mapping[Badge, datetime]:
        """Return the badges of a person that are kept, and when they were earned."""
        with self._units.reading() as books:
            learner = books.paper.learner(who)
            return {} if learner is None else books.learning.badges(learner)

    def look(self, who: Identity) -> Shown:
        """Look at everything a person has done outside of games, and keep what it has earned."""
        now = self._clock.now()
        with self._units.writing() as books:
            learner = books.paper.learner(who)
            if learner is None:
                return Shown({}, frozenset(), Steady(), None)
            had = books.learning.badges(learner)
            lives = () if had.keys() >= {Badge.RESCUE, Badge.STEADY} else _lives(books, learner)
            saved = Rescue() if Badge.RESCUE in had else _rescue(lives)
            quiet = Steady() if Badge.STEADY in had else _steady(lives, now)
            new = {Badge.RESCUE: saved.earned, Badge.STEADY: quiet.earned}
            found = {badge: at for badge, at in new.items() if at is not None}
            for badge, at in found.items():
                books.learning.keep_badge(learner, badge, at)
        return Shown({**had, **found}, frozenset(found), quiet, saved.open)


Life = tuple[PaperAccount, tuple[Recorded, ...]]
"""An account, and all that happened to it."""


def _lives(books: Books, learner: int) -> tuple[Life, ...]:
    """All of a person's accounts with what happened to them, read once."""
    paper = books.paper
    return tuple((account, paper.history(account.id)) for account in paper.accounts(learner))


def _rescue(lives: Iterable[Life]) -> Rescue:
    """The first rescue in a person's portfolio, or one that is under way."""
    found = [
        rescue(_bare(account), happened, by_warnings(happened))
        for account, happened in lives
        if game_of(account.market) is None
    ]
    moments = [each.earned for each in found if each.earned is not None]
    if moments:
        return Rescue(earned=min(moments))
    return next((each for each in found if each.open is not None), Rescue())


def _steady(lives: Iterable[Life], now: datetime) -> Steady:
    """How steadily a person trades, in all accounts together."""
    trades, falls = [], []
    for each in (each for _, happened in lives for each in happened):
        if isinstance(each.event, PositionIncreased | PositionReduced):
            trades.append(each.at)
        elif isinstance(each.event, PoolLiquidated):
            falls.append(each.at)
    return steady(trades, falls, now)


# --- games


def keep_game_badges(books: Books, kept: KeptGame, ground: Ground) -> None:
    """Keep what a game that is over has earned its players, and post a letter about it."""
    game, play = kept.state.game, kept.state.play
    if game.why or game.ended is None or play is None:
        return
    evidence = _Evidence(books, kept.number, play, ground)
    left = {player.number for player in game.players if player.left is not None}
    for seat, learner in books.games.seats(kept.number).items():
        for badge, at in evidence.of(seat, learner, gone=seat in left):
            if badge not in books.learning.badges(learner):
                books.learning.keep_badge(learner, badge, at or game.ended)
                key = f"badge:{learner}:{badge}"
                books.alerts.post(News(learner, key, None, game.ended, badge=badge))


class _Evidence:
    """What a finished game shows of its players; its log is read once, and only if need be."""

    def __init__(self, books: Books, number: int, play: Play, ground: Ground) -> None:
        self._books = books
        self._number = number
        self._play = play
        self._ground = ground
        self._marks: Mapping[datetime, Marks] | None = None

    def of(self, seat: int, learner: int, *, gone: bool) -> Iterator[tuple[Badge, datetime | None]]:
        """Yield what a player has earned, and when; None is at the end of the game.

        Whoever has left came through nothing.
        """
        play = self._play
        at = explained(play, seat)
        if at is not None:
            yield Badge.CONTAGION, at
        if not isinstance(play, SHORT):
            return
        through = () if gone else lasted(play, seat)
        for purse in range(1, play.purse + 1):
            account = self._books.paper.account(learner, market_of(self._number, purse))
            if account is None:
                continue
            happened = self._books.paper.history(account.id)
            if purse in through and stood_isolated(_bare(account), happened):
                yield Badge.ISOLATED, None
            if any(isinstance(each.event, MarginMoved) for each in happened):
                saved = rescue(_bare(account), happened, self._in_danger(seat, happened))
                if saved.earned is not None:
                    yield Badge.RESCUE, saved.earned

    def _in_danger(self, seat: int, happened: tuple[Recorded, ...]) -> InDanger:
        """What tells danger by the marks of this game."""
        if isinstance(self._play, Crash):
            marks = crash_marks(self._play, seat, happened, self._ground)
            return by_ratio(marks, self._ground.listing)
        if self._marks is None:
            logged = (each.what for each in self._books.games.inputs(self._number))
            self._marks = {what.at: what.marks for what in logged if isinstance(what, Ticked)}
        return by_ratio(self._marks, self._ground.listing)


def _bare(account: PaperAccount) -> PaperAccount:
    return bare(account.id, account.market)

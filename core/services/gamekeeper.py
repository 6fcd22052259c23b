"""The keeper of games: at each tick every running game gets what time and the market bring.

Games and their accounts are kept in memory; a game in which nothing can happen at the present marks
is not even asked. What does happen is decided again on the game as it stands in the books, inside
the transaction. A game that cannot be judged keeps no other from it. One process per database keeps
games: whoever holds the lease.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from core.lessons.game import inputs as i
from core.lessons.game.game import Phase
from core.lessons.game.inputs import Input
from core.lessons.game.lifecycle import MOST_MOVED
from core.lessons.game.market import GAP, GameMarket
from core.market import Marks, Symbol
from core.ports import Clock, Units
from core.services.badges import keep_game_badges
from core.services.game_posts import GamePosts
from core.services.playing import game_numbered
from core.services.rating import keep_wins
from core.services.referee import Referee
from core.services.watched_game import Watched, judged_until

ALIVE = "games:alive"
"""The note that says when running games were looked at last."""

NOTED = timedelta(seconds=5)
"""How often that is noted."""

ASLEEP = timedelta(seconds=15)
"""Who was away for longer says so."""

OUTAGE = timedelta(seconds=60)
"""Without a fresh price for so long a game is frozen."""

LEASE = timedelta(seconds=15)

CHUNK = 900
"""Moments that a game is brought at one tick, so that one which slept for long stops no other."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What games have missed of a market: contracts, from when on, and until when."""

    symbols: frozenset[Symbol]
    since: datetime
    until: datetime


class _Overtaken(Exception):
    """Somebody acted in a game meanwhile: the next tick looks at it again."""


class GameKeeper(GamePosts):
    """Looks at all running games, and takes out what they say. Used by one thread."""

    def __init__(self, units: Units, clock: Clock, referee: Referee, market: GameMarket) -> None:
        """Begin with no game known."""
        super().__init__(units, clock, referee)
        self._market = market
        self._watched: dict[int, Watched] = {}
        self._noted: datetime | None = None
        self.gap: Gap | None = None
        """What was missed by games at the last tick, and has to be learned."""

    def leads(self, holder: str) -> bool:
        """Take or keep the lease; False while another process has it."""
        now = self._clock.now()
        with self._units.writing() as books:
            return books.paper.lease("games", holder, now, now + LEASE)

    def resign(self, holder: str) -> None:
        """Give the lease up, so that the next process need not wait for its end."""
        now = self._clock.now()
        with self._units.writing() as books:
            books.paper.lease("games", holder, now, now)

    def wake(self) -> None:
        """Tell running games that the bot was away, where it was.

        Raises `ExceptionGroup` of whatever went wrong with single games.
        """
        now, faults = self._clock.now(), list[Exception]()
        with self._units.reading() as books:
            note, running = books.note(ALIVE), books.games.running()
        since = datetime.fromisoformat(note) if note else now
        if now - since > ASLEEP:
            self._each(
                running, lambda number: self._told(number, i.Woke(at=now, since=since)), faults
            )
        with self._units.writing() as books:
            books.set_note(ALIVE, now.isoformat())
        _raise(faults)

    def tick(self) -> int:
        """Let time and market come to every game; return how many changed.

        Raises `ExceptionGroup` of whatever went wrong with single games, when all others are done.
        """
        now, faults = self._clock.now(), list[Exception]()
        with self._units.reading() as books:
            due, ended = books.games.due(now), books.games.ended()
        changed = self._each(due, lambda number: self._told(number, i.Due(at=now)), faults)
        self._each(ended, self._finished, faults)
        self._each(self._changed(), lambda number: self._read(number, now), faults)
        changed += self._each(
            list(self._watched), lambda number: self._looked(self._watched[number], now), faults
        )
        self.gap = self._missed(now)
        self._note(now)
        _raise(faults)
        return changed

    def _missed(self, now: datetime) -> Gap | None:
        """What has to be learned, so that games which were away from the market can go on."""
        if not self._market.can_fail:
            return None
        late = [
            each
            for each in self._watched.values()
            if each.wants_marks() and each.wanted and now - each.looked > GAP
        ]
        if not late or self._market.present(late[0].kept.state.game, 1, now) is None:
            return None
        symbols = frozenset[Symbol]().union(*(each.wanted for each in late))
        return Gap(symbols, min(each.looked for each in late), now)

    def _each(
        self, numbers: Iterable[int], act: Callable[[int], bool], faults: list[Exception]
    ) -> int:
        """Do something to every game; one in which it fails is read anew."""
        changed = 0
        for number in numbers:
            try:
                changed += act(number)
            except Exception as fault:  # noqa: BLE001 - raised together, when all are done
                faults.append(fault)
                self._watched.pop(number, None)
        return changed

    def _note(self, now: datetime) -> None:
        """Note now and then that running games are looked at."""
        if self._watched and (self._noted is None or now - self._noted >= NOTED):
            with self._units.writing() as books:
                books.set_note(ALIVE, now.isoformat())
            self._noted = now

    def _told(self, number: int, what: Input) -> bool:
        with self._units.writing() as books:
            return self._referee.tell(books, number, what)

    def _finished(self, number: int) -> bool:
        """Make a game final, and keep what it was worth and what it has taught."""
        with self._units.writing() as books:
            kept = game_numbered(books, number)
            ground = self._referee.on(kept)
            keep_wins(books, kept, ground)
            keep_game_badges(books, kept, ground)
            game = replace(kept.state.game, phase=Phase.FINAL)
            books.games.keep(replace(kept, state=replace(kept.state, game=game)))
            return True

    # --- the market -------------------------------------------------------------------------------

    def _changed(self) -> list[int]:
        """The running games that others have changed; those that are over are forgotten."""
        with self._units.reading() as books:
            versions = books.games.running()
        for number in self._watched.keys() - versions.keys():
            del self._watched[number]
        known = {number: watched.kept.version for number, watched in self._watched.items()}
        return [number for number, version in versions.items() if known.get(number) != version]

    def _read(self, number: int, now: datetime) -> bool:
        """Read a game anew; its market was looked at until then all the same."""
        with self._units.reading() as books:
            kept = game_numbered(books, number)
        known, ground = self._watched.get(number), self._referee.on(kept)
        looked = judged_until(kept, now) if known is None else known.looked
        self._watched[number] = Watched(kept, ground, looked)
        return True

    def _looked(self, watched: Watched, now: datetime) -> bool:
        """Bring a game the marks since it was looked at last."""
        if not watched.wants_marks():
            watched.looked = now
            return False
        before = watched.kept.version
        with suppress(_Overtaken):
            for marks in self._moments(watched, now):
                if not watched.wants_marks():
                    break
                self._funded(watched, marks)
                self._met(watched, marks)
                watched.looked = marks.at
        return watched.kept.version != before

    def _moments(self, watched: Watched, now: datetime) -> Iterable[Marks]:
        """What the market brings since then, oldest first."""
        game, wanted = watched.kept.state.game, tuple(sorted(watched.wanted))
        pace = self._referee.kind(game).pace(game)
        moments = self._market.since(game, pace, watched.looked, now, wanted)
        if self._market.can_fail:
            return self._thawed(watched, tuple(moments), now)
        return islice(moments, CHUNK)

    def _thawed(
        self, watched: Watched, moments: tuple[Marks, ...], now: datetime
    ) -> tuple[Marks, ...]:
        """The moments that count, of a market that can fail; without a fresh price none does.

        A frozen game thaws by the first fresh price, and meets what it missed after that.
        """
        game = watched.kept.state.game
        present = self._market.present(game, 1, now)
        if not (moments and present is not None and watched.is_known(present)):
            if game.frozen is not None and now - game.frozen > MOST_MOVED:
                self._brought(watched, i.Stopped(at=now, why="outage"))
            elif game.frozen is None and now - watched.looked > OUTAGE:
                self._brought(watched, i.Froze(at=now))
            return ()
        if game.frozen is not None:
            self._brought(watched, i.Thawed(at=present.at))
        return moments

    def _funded(self, watched: Watched, marks: Marks) -> None:
        """Settle the funding that fell due since then, of what is held."""
        game = watched.kept.state.game
        pace = self._referee.kind(game).pace(game)
        for what in self._market.settled(game, pace, watched.looked, marks):
            before = watched.kept
            self._brought(watched, what)
            if watched.kept is not before:
                watched.box = None  # with another wallet the walls stand elsewhere

    def _met(self, watched: Watched, marks: Marks) -> None:
        """Let a game meet marks, where they can matter to anybody."""
        if watched.is_concerned(marks):
            self._brought(watched, i.Ticked(marks=marks))
            watched.calm(marks)

    def _brought(self, watched: Watched, what: Input) -> None:
        """Hand a game what the market brings; keep it only where that changes something."""
        found = self._referee.judged(watched.kept, what)
        if found.state == watched.kept.state and not found.posts:
            return
        with self._units.writing() as books:
            kept = books.games.game(watched.kept.number)
            if kept is None or kept.version != watched.kept.version:
                raise _Overtaken
            kept, _ = self._referee.feed(books, kept, what)
        watched.become(kept)


def _raise(faults: list[Exception]) -> None:
    if faults:
        raise ExceptionGroup("some games could not be judged", faults)

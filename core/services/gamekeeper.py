"""The keeper of games: at each tick every running game gets what time and the market bring.

Games and their accounts are kept in memory; a game in which nothing can happen at the present marks
is not even asked. What does happen is decided again on the game as it stands in the books, inside
the transaction. One process per database keeps games: whoever holds the lease.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.errors import Refusal
from core.lessons.game import inputs as i
from core.lessons.game.books import DuePost, KeptGame
from core.lessons.game.game import Phase
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Table
from core.lessons.game.market import GameMarket
from core.market import Marks, Symbol
from core.paper.quiet import Box, holds, quiet
from core.paper.records import Identity
from core.paper.scene import Scene
from core.ports import Books, Clock, Units
from core.services.outbox import ATTEMPTS, PAUSES
from core.services.rating import wins
from core.services.referee import Referee

ALIVE = "games:alive"
"""The note that says when games were looked at last."""

ASLEEP = timedelta(seconds=15)
"""Who was away for longer says so."""

OUTAGE = timedelta(seconds=60)
"""Without a fresh price for so long a game is frozen."""

LEASE = timedelta(seconds=15)


@dataclass(slots=True)
class _Watched:
    """A running game in memory: until when its market was looked at, and where nothing happens."""

    kept: KeptGame
    looked: datetime
    boxes: tuple[Box, ...] | None = None


class GameKeeper:
    """Looks at all running games. Used by one thread."""

    def __init__(self, units: Units, clock: Clock, referee: Referee, market: GameMarket) -> None:
        """Begin with no game known."""
        self._units = units
        self._clock = clock
        self._referee = referee
        self._market = market
        self._watched: dict[int, _Watched] = {}

    def leads(self, holder: str) -> bool:
        """Take or keep the lease; False while another process has it."""
        now = self._clock.now()
        with self._units.writing() as books:
            return books.paper.lease("games", holder, now, now + LEASE)

    def wake(self) -> None:
        """Tell running games that the bot was away, where it was."""
        now = self._clock.now()
        with self._units.writing() as books:
            note = books.note(ALIVE)
            books.set_note(ALIVE, now.isoformat())
            since = datetime.fromisoformat(note) if note else now
            if now - since > ASLEEP:
                for number in books.games.running():
                    self._fed(books, number, i.Woke(at=now, since=since))

    def tick(self) -> int:
        """Let time and market come to every game; return how many changed."""
        now = self._clock.now()
        with self._units.writing() as books:
            books.set_note(ALIVE, now.isoformat())
            changed = sum(self._fed(books, n, i.Due(at=now)) for n in books.games.due(now))
            for number in books.games.ended():
                self._finish(books, number)
        self._catch_up(now)
        return changed + sum(self._looked(each, now) for each in list(self._watched.values()))

    # --- what is due ------------------------------------------------------------------------------

    def _fed(self, books: Books, number: int, what: Input) -> bool:
        """Hand an input to a game; one that does not want it now is left as it is."""
        kept = books.games.game(number)
        if kept is None:
            return False
        with suppress(Refusal):
            self._referee.feed(books, kept, what)
            return True
        return False

    def _finish(self, books: Books, number: int) -> None:
        """Make a game final, and keep what it was worth."""
        kept = books.games.game(number)
        if kept is not None:
            for won in wins(books, kept, self._referee.ground(kept.state.game)):
                books.games.win(won)
            game = replace(kept.state.game, phase=Phase.FINAL)
            books.games.keep(replace(kept, state=replace(kept.state, game=game)))

    # --- the market -------------------------------------------------------------------------------

    def _catch_up(self, now: datetime) -> None:
        """Read anew the games that others have changed; forget those that are over."""
        with self._units.reading() as books:
            versions = books.games.running()
            for number in self._watched.keys() - versions.keys():
                del self._watched[number]
            for number, version in versions.items():
                known = self._watched.get(number)
                if known is not None and known.kept.version == version:
                    continue
                kept = books.games.game(number)
                if kept is not None:
                    looked = _looked_until(kept, now) if known is None else known.looked
                    self._watched[number] = _Watched(kept, looked)

    def _looked(self, watched: _Watched, now: datetime) -> bool:
        """Bring a game the marks since it was looked at last."""
        if not _watches(watched.kept):
            watched.looked = now
            return False
        pace = self._referee.kind(watched.kept.state.game).pace(watched.kept.state.game)
        game, changed = watched.kept.state.game, False
        wanted = self._wanted(watched.kept)
        for marks in self._market.since(game, pace, watched.looked, now, wanted):
            watched.looked = marks.at
            changed |= self._met(watched, marks)
            if not _watches(watched.kept):
                break
        if self._market.can_fail and now - watched.looked > OUTAGE:
            changed |= self._froze(watched, now)
        return changed

    def _wanted(self, kept: KeptGame) -> tuple[Symbol, ...]:
        """The contracts by whose marks a game is judged, in a fixed order."""
        state = kept.state
        if state.play is None:
            return ()
        table = Table(state.game, self._referee.ground(state.game), state.accounts)
        return tuple(sorted(state.play.wants(table)))

    def _met(self, watched: _Watched, marks: Marks) -> bool:
        """Let a game meet marks; the first fresh ones after an outage thaw it."""
        thawed = False
        if watched.kept.state.game.phase is Phase.FROZEN and not marks.estimated:
            thawed = self._brought(watched, i.Thawed(at=marks.at))
        if not _watches(watched.kept) or not self._matters(watched, marks):
            return thawed
        return self._brought(watched, i.Ticked(marks=marks)) or thawed

    def _froze(self, watched: _Watched, now: datetime) -> bool:
        running = watched.kept.state.game.phase is Phase.RUNNING
        return running and self._brought(watched, i.Froze(at=now))

    def _matters(self, watched: _Watched, marks: Marks) -> bool:
        """Whether anything can happen to anybody at marks."""
        play = watched.kept.state.play
        look = None if play is None else play.next_look
        if look is not None and marks.at >= look:
            return True
        if watched.boxes is None:
            return True
        return not all(holds(box, marks) for box in watched.boxes)

    def _brought(self, watched: _Watched, what: Input) -> bool:
        """Hand a game what the market brings; keep it only where that changes something."""
        found = self._referee.judged(watched.kept, what)
        changed = found.state != watched.kept.state or bool(found.posts)
        if changed:
            with self._units.writing() as books:
                kept = books.games.game(watched.kept.number)
                if kept is None or kept.version != watched.kept.version:
                    return False  # somebody acted meanwhile: the next tick sees it
                watched.kept, _ = self._referee.feed(books, kept, what)
        if isinstance(what, i.Ticked):
            watched.boxes = self._boxes(watched.kept, what.marks)
        return changed

    def _boxes(self, kept: KeptGame, marks: Marks) -> tuple[Box, ...] | None:
        """Where nothing happens to anybody; None where that cannot be said."""
        ground = self._referee.ground(kept.state.game)
        scene = Scene(ground.listing, marks, marks.at, ground.rules)
        found = []
        for account in kept.state.accounts.values():
            if account.at_stake:
                box = quiet(account, scene) if account.symbols <= marks.prices.keys() else None
                if box is None:
                    return None
                found.append(box)
        return tuple(found)

    # --- what is said -----------------------------------------------------------------------------

    def posts(self, platform: str, limit: int = 50) -> tuple[DuePost, ...]:
        """Return what is due to be said on a platform."""
        with self._units.reading() as books:
            return books.games.posts(platform, self._clock.now(), limit)

    def live(self, platform: str, every: timedelta, limit: int = 50) -> tuple[DuePost, ...]:
        """Return the messages that were not brought up to date for so long."""
        with self._units.reading() as books:
            return books.games.live(platform, self._clock.now() - every, limit)

    def addressee(self, post: DuePost) -> Identity | None:
        """Return who a post is for on its platform, None where they are not there."""
        with self._units.reading() as books:
            known = () if post.learner is None else books.paper.identities(post.learner)
        return next((who for who in known if who.platform == post.room.platform), None)

    def sent(self, post: DuePost, message: str) -> None:
        """Keep that something was said; a game that waited for it hears of it."""
        now = self._clock.now()
        with self._units.writing() as books:
            books.games.sent(post.id, message, now)
            self._settled(books, post, now)

    def unsent(self, post: DuePost, *, for_good: bool) -> None:
        """Try again later, and after some attempts no more."""
        now, tried = self._clock.now(), post.attempts + 1
        with self._units.writing() as books:
            again = (
                None if for_good or tried >= ATTEMPTS else now + PAUSES[min(tried, len(PAUSES)) - 1]
            )
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
        arrived = books.games.settled(post.game, told) if told.starts else None
        if arrived is not None:
            kind = i.Sent if arrived else i.Unsent
            self._fed(books, post.game, kind(at=now, view=told.view, number=told.number))


def _watches(kept: KeptGame) -> bool:
    """Whether a game wants marks at all."""
    play = kept.state.play
    return kept.state.game.phase.is_on and play is not None and play.next_look is not None


def _looked_until(kept: KeptGame, now: datetime) -> datetime:
    """From when on a game wants marks: after a stop it goes on where it was."""
    play = kept.state.play
    return now if play is None or play.judged is None else play.judged

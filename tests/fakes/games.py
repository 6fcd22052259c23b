"""The books of games in memory: the fake that stands beside the database's."""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.lessons.game.books import DuePost, KeptGame, Logged, Polled, Seat, Won
from core.lessons.game.conditions import conditions_of, ground_under
from core.lessons.game.game import Game, Phase, Room
from core.lessons.game.inputs import Input, Joined, Named
from core.lessons.game.items import Item
from core.lessons.game.kind import Ground, Post
from core.lessons.game.lifecycle import State
from core.paper.records import Identity
from tests.fakes.paper import Conflict


@dataclass
class Said:
    """A post for one chat (by its place among the game's) or one player, and how far it came."""

    game: int
    place: int
    post: Post
    learner: int | None
    due: datetime | None
    live: bool
    attempts: int = 0
    sent: datetime | None = None
    message: str = ""
    shown: str = ""
    shown_at: datetime | None = None

    @property
    def to(self) -> tuple[int, int, int | None]:
        """Who hears it."""
        return self.game, self.place, self.post.player


@dataclass
class Line:
    """A line of a log; `learner` is who joined with it."""

    what: Input
    request: str
    said: str
    learner: int | None


@dataclass
class KeptGames:
    """Everything a memory keeps of games."""

    games: dict[int, KeptGame] = field(default_factory=dict)
    seats: dict[int, dict[int, int]] = field(default_factory=dict)
    log: dict[int, list[Line]] = field(default_factory=dict)
    posts: dict[int, Said] = field(default_factory=dict)
    won: dict[tuple[int, int], Won] = field(default_factory=dict)
    looks: dict[tuple[int, int], tuple[datetime | None, datetime | None]] = field(
        default_factory=dict
    )
    polls: dict[str, Polled] = field(default_factory=dict)
    threads: dict[tuple[int, int], str] = field(default_factory=dict)
    numbers: int = 0

    def __deepcopy__(self, _: object) -> "KeptGames":
        """A copy that shares nothing that changes."""
        return KeptGames(
            dict(self.games),
            {game: dict(seats) for game, seats in self.seats.items()},
            {game: [copy(line) for line in lines] for game, lines in self.log.items()},
            {number: copy(said) for number, said in self.posts.items()},
            dict(self.won),
            dict(self.looks),
            dict(self.polls),
            dict(self.threads),
            self.numbers,
        )


class MemoryGames:
    """Implements `GameBooks`; `written` hands out what may be changed, or raises."""

    def __init__(self, seen: KeptGames, written: Callable[[], KeptGames]) -> None:
        self._seen = seen
        self._written = written

    # --- games

    def add(self, state: State, host: Identity, room: Room) -> KeptGame:
        kept = self._written()
        number = max(kept.games, default=0) + 1
        new = KeptGame(number=number, state=state, host=host, rooms=(room,))
        kept.games[number], kept.seats[number], kept.log[number] = new, {}, []
        return new

    def game(self, number: int) -> KeptGame | None:
        return self._seen.games.get(number)

    def keep(self, kept: KeptGame) -> KeptGame:
        games = self._written().games
        there = games.get(kept.number)
        if there is None or there.version != kept.version:
            raise Conflict
        new = replace(there, state=kept.state, version=kept.version + 1)
        games[kept.number] = new
        return new

    def lay(self, kept: KeptGame, ground: Ground) -> KeptGame:
        games = self._written().games
        there = games[kept.number]
        laid = there.ground or ground_under(conditions_of(ground))
        games[kept.number] = replace(there, ground=laid)
        return replace(kept, ground=laid)

    def here(self, room: Room) -> tuple[KeptGame, ...]:
        found = [
            kept
            for kept in self._seen.games.values()
            if room in kept.rooms and kept.state.game.phase is not Phase.ARCHIVED
        ]
        return tuple(reversed(found))

    def played(self, room: Room, kind: str, most: int) -> tuple[KeptGame, ...]:
        games = reversed(self._seen.games.values())
        found = [kept for kept in games if room in kept.rooms and kept.state.game.kind == kind]
        return tuple(found[:most])

    def running(self) -> Mapping[int, int]:
        return {n: k.version for n, k in self._seen.games.items() if k.state.game.phase.is_on}

    def due(self, now: datetime) -> tuple[int, ...]:
        waiting = [
            (kept.state.game.due, number)
            for number, kept in self._seen.games.items()
            if kept.state.game.phase is not Phase.FROZEN and kept.state.game.due is not None
        ]
        return tuple(number for due, number in sorted(waiting) if due <= now)

    def ended(self) -> tuple[int, ...]:
        return tuple(n for n, k in self._seen.games.items() if k.state.game.phase is Phase.SETTLING)

    def archive(self, until: datetime) -> int:
        old = [
            kept
            for kept in self._written().games.values()
            if kept.state.game.phase is Phase.FINAL
            and kept.state.game.ended is not None
            and kept.state.game.ended <= until
        ]
        for kept in old:
            self._change(kept.number, replace(kept.state.game, phase=Phase.ARCHIVED))
        return len(old)

    def _change(self, number: int, game: Game) -> None:
        kept = self._written().games[number]
        self.keep(replace(kept, state=replace(kept.state, game=game)))

    def enter(self, game: int, room: Room) -> None:
        games = self._written().games
        if room not in games[game].rooms:
            games[game] = replace(games[game], rooms=(*games[game].rooms, room))

    def move(self, platform: str, old: str, new: str) -> None:
        kept = self._written()

        def moved(room: Room) -> Room:
            there = (room.platform, room.chat) == (platform, old)
            return replace(room, chat=new) if there else room

        for number, game in kept.games.items():
            kept.games[number] = replace(game, rooms=tuple(map(moved, game.rooms)))
        for key, won in kept.won.items():
            kept.won[key] = replace(won, room=moved(won.room))
        for request, polled in kept.polls.items():
            kept.polls[request] = replace(polled, room=moved(polled.room))

    # --- people

    def sit(self, game: int, learner: int, number: int) -> None:
        seats = self._written().seats[game]
        for own, sitting in list(seats.items()):
            if own == number or sitting == learner:
                self.stand(game, own)
        seats[number] = learner

    def stand(self, game: int, number: int) -> None:
        kept = self._written()
        kept.seats[game].pop(number, None)
        kept.looks.pop((game, number), None)

    def seats(self, game: int) -> Mapping[int, int]:
        return dict(sorted(self._seen.seats.get(game, {}).items()))

    def seat(self, game: int, learner: int) -> int | None:
        found = (own for own, sitting in self.seats(game).items() if sitting == learner)
        return next(found, None)

    def sits(self, learner: int) -> Mapping[int, int]:
        return dict(self._sits(learner))

    def company(self, platform: str, chat: str) -> frozenset[int]:
        games = (
            number
            for number, kept in self._seen.games.items()
            if any((room.platform, room.chat) == (platform, chat) for room in kept.rooms)
        )
        return frozenset(who for game in games for who in self._seen.seats[game].values())

    def playing(self, learner: int) -> tuple[int, ...]:
        return tuple(n for n in self.running() if self.seat(n, learner) is not None)

    def hand_over(self, learner: int, to: int) -> tuple[int, ...]:
        kept, given_up = self._written(), []
        for game, number in self._sits(learner):
            own = self.seat(game, to)
            if own is not None and own < number:
                self._vacate(game, number, learner)
            else:
                if own is not None:
                    self._vacate(game, own, to)
                    given_up.append(game)
                kept.seats[game][number] = to
        for line in (line for lines in kept.log.values() for line in lines):
            line.learner = to if line.learner == learner else line.learner
        for said in kept.posts.values():
            said.learner = to if said.learner == learner else said.learner
        for (game, who), won in list(kept.won.items()):
            if who == learner:
                del kept.won[game, who]
                kept.won.setdefault((game, to), replace(won, learner=to))
        return tuple(given_up)

    def forget(self, learner: int) -> None:
        kept = self._written()
        for game, number in self._sits(learner):
            self._unname(game, number)
        for line in (line for lines in kept.log.values() for line in lines):
            if line.learner == learner and isinstance(line.what, Joined | Named):
                line.what, line.learner = replace(line.what, name=""), None
        self.gone(learner)

    def gone(self, learner: int) -> None:
        """Delete what a learner's own rows take along when they go."""
        kept = self._written()
        for game, number in self._sits(learner):
            self.stand(game, number)
        kept.posts = {n: said for n, said in kept.posts.items() if said.learner != learner}
        kept.won = {key: won for key, won in kept.won.items() if key[1] != learner}

    def forget_host(self, who: Identity) -> None:
        games = self._written().games
        for number, kept in games.items():
            if kept.host == who:
                games[number] = replace(kept, host=Identity("", ""), version=kept.version + 1)

    def _sits(self, learner: int) -> list[tuple[int, int]]:
        return [
            (game, own)
            for game, seats in self._seen.seats.items()
            for own, sitting in seats.items()
            if sitting == learner
        ]

    def _vacate(self, game: int, number: int, learner: int) -> None:
        self.stand(game, number)
        self._unname(game, number)
        kept = self._written()
        kept.won.pop((game, learner), None)
        kept.posts = {
            n: said
            for n, said in kept.posts.items()
            if (said.game, said.post.player) != (game, number)
        }

    def _unname(self, game: int, number: int) -> None:
        self._change(game, self._seen.games[game].state.game.nameless(number))

    # --- who is there

    def seated(self, game: int, number: int) -> Seat | None:
        learner = self.seats(game).get(number)
        if learner is None:
            return None
        kept = self._seen.games[game]
        player = {each.number: each for each in kept.state.game.players}.get(number)
        return Seat(
            game=game,
            number=number,
            learner=learner,
            room=kept.rooms[0 if player is None else player.room],
            rooms=kept.rooms,
            playing=player is not None and player.left is None,
            away=self._seen.looks.get((game, number), (None, None))[1],
        )

    def unseen(self, since: datetime, most: int) -> tuple[Seat, ...]:
        found = []
        for game, number in ((g, n) for g, seats in self._seen.seats.items() for n in seats):
            phase = self._seen.games[game].state.game.phase
            at = self._seen.looks.get((game, number), (None, None))[0]
            if (phase is Phase.OPEN or phase.is_on) and (at is None or at <= since):
                found.append((at is not None, at, game, number))
        seats = (self.seated(game, number) for *_, game, number in sorted(found))
        return tuple(seat for seat in seats if seat is not None)[:most]

    def look(self, game: int, number: int, at: datetime, away: datetime | None) -> None:
        self._written().looks[game, number] = (at, away)

    # --- the log

    def log(self, game: int, what: Input, request: str = "", said: str = "") -> None:
        seats = self.seats(game)
        learner = seats[max(seats)] if seats and isinstance(what, Joined) else None
        if isinstance(what, Named):
            learner = seats.get(what.player)
        self._written().log[game].append(Line(what, request, said, learner))

    def answered(self, request: str) -> str | None:
        for line in (line for lines in self._seen.log.values() for line in lines):
            if request and line.request == request:
                return line.said
        return None

    def inputs(self, game: int) -> tuple[Logged, ...]:
        lines = self._seen.log.get(game, [])
        return tuple(Logged(number, line.what) for number, line in enumerate(lines, 1))

    # --- what is said

    def branch(self, post: int, thread: str) -> None:
        kept = self._written()
        said = kept.posts[post]
        kept.threads[said.game, said.place] = thread

    def threaded(self, room: Room, thread: str) -> int | None:
        found = [
            game
            for (game, place), own in self._seen.threads.items()
            if own == thread and self._seen.games[game].rooms[place] == room
        ]
        return max(found, default=None)

    def post(self, game: int, post: Post, at: datetime, only: Room | None = None) -> None:
        kept = self._written()
        rooms = kept.games[game].rooms
        for place, learner in self._where(game, post):
            if only not in {None, rooms[place]}:
                continue
            new = Said(game, place, post, learner, at, post.live)
            if all(_key(said) != _key(new) for said in kept.posts.values()):
                kept.numbers += 1
                kept.posts[kept.numbers] = new

    def _where(self, game: int, post: Post) -> Iterator[tuple[int, int | None]]:
        kept = self._seen.games[game]
        if post.player is None:
            yield from ((place, None) for place in range(len(kept.rooms)))
        elif (learner := self.seats(game).get(post.player)) is not None:
            yield kept.state.game.player(post.player).room, learner

    def _due(self, number: int, said: Said) -> DuePost:
        return DuePost(
            id=number,
            game=said.game,
            post=said.post,
            room=self._room(said),
            learner=said.learner,
            attempts=said.attempts,
            message=said.message,
            shown=said.shown,
            thread=self._seen.threads.get((said.game, said.place), ""),
        )

    def _room(self, said: Said) -> Room:
        return self._seen.games[said.game].rooms[said.place]

    def posts(self, platform: str, now: datetime, limit: int) -> tuple[DuePost, ...]:
        ready, put_off = [], set()
        for number, said in self._seen.posts.items():
            if said.due is not None and said.due > now:
                put_off.add(said.to)
            elif said.due is not None and said.to not in put_off:
                ready.append((said.due, number, said))
        ready.sort(key=lambda each: each[:2])
        here = [each for each in ready if self._room(each[2]).platform == platform]
        return tuple(self._due(number, said) for _, number, said in here[:limit])

    def sent(self, post: int, message: str, at: datetime) -> None:
        posts = self._written().posts
        said = posts[post]
        said.due, said.sent, said.message, said.shown_at = None, at, message, at
        for number, other in posts.items():
            if said.live and number < post and other.to == said.to:
                other.live = False

    def unsent(self, post: int, until: datetime | None) -> None:
        said = self._written().posts[post]
        said.due, said.attempts = until, said.attempts + 1

    def reached(self, game: int, post: Post) -> Mapping[int, bool | None]:
        wanted = (game, post.view, post.number, post.player)
        rooms = self._seen.games[game].rooms
        found: dict[int, bool | None] = dict.fromkeys(range(len(rooms)), False)
        for said in self._seen.posts.values():
            if _key(said)[:4] == wanted:
                found[said.place] = None if said.due is not None else said.sent is not None
        return found

    def live(self, platform: str, since: datetime, limit: int) -> tuple[DuePost, ...]:
        found = [
            (said.shown_at, number, said)
            for number, said in self._seen.posts.items()
            if said.live
            and said.message
            and said.shown_at is not None
            and said.shown_at < since
            and self._room(said).platform == platform
        ]
        found.sort(key=lambda each: each[:2])
        return tuple(self._due(number, said) for _, number, said in found[:limit])

    def shown(self, post: int, message: str, shown: str, at: datetime) -> None:
        said = self._written().posts[post]
        said.message, said.shown, said.shown_at = message, shown, at
        ended = self._seen.games[said.game].state.game.ended
        if not message or (ended is not None and ended < at):
            said.live = False

    # --- what was won

    def win(self, won: Won) -> None:
        self._written().won.setdefault((won.game, won.learner), won)

    def unwin(self, game: int) -> None:
        kept = self._written()
        kept.won = {key: won for key, won in kept.won.items() if key[0] != game}

    def won(self, season: str, room: Room) -> tuple[Won, ...]:
        found = [w for w in self._seen.won.values() if (w.season, w.room) == (season, room)]
        return tuple(sorted(found, key=_in_order))

    def wins(self, learner: int) -> tuple[Won, ...]:
        found = (won for won in self._seen.won.values() if won.learner == learner)
        return tuple(sorted(found, key=_in_order))

    # --- polls

    def poll(self, room: Room, item: Item, request: str, most: int) -> Polled:
        polls = self._written().polls
        number = max((each.number for each in polls.values()), default=0) + 1
        polls[request] = Polled(number=number, room=room, item=item)
        gone = {each.number for each in self.polls(room)[most:]}
        for asked in [asked for asked, each in polls.items() if each.number in gone]:
            del polls[asked]
        return polls[request]

    def polled(self, number: int) -> Polled | None:
        return next((each for each in self._seen.polls.values() if each.number == number), None)

    def polled_by(self, request: str) -> Polled | None:
        return self._seen.polls.get(request)

    def polls(self, room: Room) -> tuple[Polled, ...]:
        there = [each for each in self._seen.polls.values() if each.room == room]
        return tuple(sorted(there, key=lambda each: -each.number))


def _in_order(won: Won) -> tuple[int, int, int]:
    return won.game, won.place, won.learner


def _key(said: Said) -> tuple[int, str, int, int | None, int]:
    """What makes two posts one."""
    return said.game, said.post.view, said.post.number, said.post.player, said.place

"""A month in one house: two groups that are joined in a league, and everything that they play."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random

from bot.chat.figures import Count, Name
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Reply, Row, Table
from bot.chat.request import Chat, Place, Request, Role, Who
from core.lessons.challenges.quiz import Quiz
from core.lessons.game.game import Phase, Room
from core.paper.records import Identity
from core.services.roll import Presence
from tests.sims.clock import NOON, SimClock
from tests.sims.formats import FORMATS
from tests.sims.house import House
from tests.sims.recount.season import Game, Line
from tests.walk.house import shown

TELEGRAM, DISCORD = "telegram", "discord"

CHATS = {
    TELEGRAM: Chat("-5", Place.GROUP, title="Traders"),
    DISCORD: Chat("77", Place.GROUP, title="Server"),
    "club": Chat("-6", Place.GROUP, title="Club"),
}
"""Groups by name; the club is on Telegram, too, and plays in no league."""


@dataclass
class Quiet:
    """A platform that takes everything."""

    platform: str
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        return Posted(Outcome.DELIVERED, message or str(next(self._numbers)))

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        return Outcome.DELIVERED

    async def attends(self, room: Room, who: Identity) -> Presence:
        return Presence.HERE


@dataclass(frozen=True)
class Person:
    """Somebody on a platform; `key` tells the person, whatever platforms they are on."""

    key: str
    name: str
    platform: str = TELEGRAM

    @property
    def identity(self) -> Identity:
        return Identity(self.platform, f"{self.key}-{self.platform}")


HOST, HUGO = Person("host", "Hope"), Person("hugo", "Hugo", DISCORD)


@dataclass(frozen=True, eq=False)
class Played:
    """A game under way: its number, and who sits where."""

    number: int
    kind: str
    seats: dict[int, tuple[str, str, str]]
    shared: bool


class Month:
    """The house, its clock, and everybody's doings."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.clock = SimClock(NOON - timedelta(days=2))
        self.house = House(folder, self.clock, seed)
        self.draw = Random(seed)
        self.since: dict[str, datetime] = {}
        self._quiet = {name: Quiet(name) for name in (TELEGRAM, DISCORD)}
        self._requests = count(1)
        self._same: dict[str, str] = {}
        self._begun = 0
        self._ended: dict[Played, datetime] = {}

    def known(self, people: Mapping[Person, timedelta]) -> None:
        """Let people be known for so long."""
        database = self.house.database()
        with database.units().writing() as books:
            for person, ago in people.items():
                books.paper.enroll(person.identity, NOON - ago)
                self.since[person.key] = NOON - ago
        database.close()

    # --- what people do

    async def say(
        self, who: Person, line: str, group: str = "", *, host: bool = False, sure: bool = True
    ) -> Reply:
        """Press a button that stands for a line, in a group or alone; a `sure` one is taken."""
        alone = Chat(who.identity.person, Place.PRIVATE)
        request = Request(
            f"{who.platform}:{next(self._requests)}",
            Who(who.platform, who.identity.person, who.name),
            CHATS[group] if group else alone,
            text=line,
            role=Role.HOST if host else Role.MEMBER,
            button=True,
            kept=True,
            aside=True,
            addressed=True,
            at=self.clock.now(),
        )
        reply = await self.house.desk.answer(request)
        assert isinstance(reply, Reply), (line, reply)
        assert reply.outcome == "ok" or not sure, (line, shown(reply))
        return reply

    async def linked(self, one: Person, other: Person) -> None:
        """Two accounts become one person; the first one's portfolio stays."""
        offer = shown(await self.say(one, "/link"))
        found = re.search(r"/link ([A-Z]{8})", offer)
        assert found is not None, offer
        await self.say(other, f"/link {found[1]}")
        await self.say(other, f"/link {found[1]} there")
        await self.say(one, f"/link {found[1]} yes")
        self._same[other.key] = one.key

    async def league(self) -> None:
        """The two groups are joined."""
        made = shown(await self.say(HOST, "/league new Cup", TELEGRAM, host=True))
        code = made.split("/league join ")[1].split()[0]
        await self.say(HUGO, f"/league join {code}", DISCORD, host=True)
        await self.say(HOST, "/league yes", TELEGRAM, host=True)

    # --- time

    async def passed(self, seconds: int) -> None:
        """Let some seconds pass, with a look afterwards."""
        await self.clock.advance(seconds)
        await self.house.app.games.round(self._quiet)

    async def day(self, number: int) -> None:
        """It is noon of a day of December, or 0 for the last of November."""
        at = NOON + timedelta(days=number - 1)
        await self.passed(int((at - self.clock.now()).total_seconds()))
        for _ in range(5):
            await self.passed(5)

    # --- games

    async def begun(self, line: str, group: str, people: list[Person], where: str = "") -> Played:
        """Draft, open, let people join under their names, and begin."""
        host = HUGO if group == DISCORD else HOST
        await self.say(host, f"/challenge {line}", group, host=True)
        self._begun = number = self._begun + 1
        if where:
            await self.say(host, f"/challenge set {number} where {where}", group, host=True)
        await self.say(host, f"/challenge open {number}", group, host=True)
        seats: dict[int, tuple[str, str, str]] = {}
        for person in people:
            room = person.platform if where else group
            await self.say(person, f"/challenge join {number} {person.name}", room)
            if person.key not in {key for key, _, _ in seats.values()}:
                seats[len(seats) + 1] = (person.key, person.name, room)
        await self.say(host, f"/challenge begin {number}", group, host=True)
        await self.passed(2)
        return Played(number, line.split(maxsplit=1)[0], seats, bool(where))

    async def quizzed(self, group: str, people: list[Person], where: str = "") -> Played:
        """A quiz of five: everybody answers as they can."""
        game, asked = await self.begun("quiz 5 faq", group, people, where), 0
        while not self._is_over(game):
            play = self.house.game(game.number).state.play
            assert isinstance(play, Quiz)
            if play.rounds.last.is_open and play.rounds.last.number > asked:
                asked = play.rounds.last.number
                await self._answered(game, play, people)
            await self.passed(8)
        return game

    async def _answered(self, game: Played, play: Quiz, people: list[Person]) -> None:
        """Everybody presses a letter; to the question that decides, who may says a number."""
        item, once = play.items[-1], {person.key: person for person in reversed(people)}
        for person in once.values():
            if item.choices:
                right = self.draw.random() < 0.6
                letter = "abcd"[item.right if right else self.draw.randrange(4)]
                line = f"/challenge act {game.number} {letter}"
            else:
                line = f"/answer #{game.number} {self.draw.randint(100, 90_000)}"
            await self.say(person, line, sure=False)
            if self.draw.random() < 0.3:
                await self.clock.advance(1)

    async def traded(self, group: str, people: list[Person]) -> Played:
        """An arena of an hour: six trades each; the first two always against each other."""
        game = await self.begun("arena 1h", group, people)
        for turn in range(6):
            coin = ("btc", "eth")[turn % 2]
            for place, person in enumerate(people):
                if place != 1:  # the second goes with the first
                    await self.passed(30)
                side = "long" if place % 2 else "short"
                await self.say(person, f"/trade {side} {coin} 10x 800 isolated", sure=False)
            for place, person in enumerate(people):
                if place != 1:
                    await self.passed(60)
                await self.say(person, f"/trade close {coin}", sure=False)
        while not self._is_over(game):
            await self.passed(60)
        return game

    def _is_over(self, game: Played) -> bool:
        if self.house.game(game.number).state.game.phase is not Phase.FINAL:
            return False
        if game not in self._ended:
            self._ended[game] = self.clock.now()
        return True

    # --- what came of it

    @property
    def games(self) -> list[Game]:
        """Everything that was played, as it is published now."""
        return [
            Game(
                self.house.published(game.number),
                ended,
                FORMATS[game.kind].recount,
                self._seats(game),
                game.shared,
            )
            for game, ended in self._ended.items()
        ]

    def _seats(self, game: Played) -> dict[int, tuple[str, str, str]]:
        """Who sits where; of two seats of one person the lower one stays."""
        found: dict[int, tuple[str, str, str]] = {}
        for number, (key, name, room) in sorted(game.seats.items()):
            person = self._same.get(key, key)
            if person not in {other for other, _, _ in found.values()}:
                found[number] = person, name, room
        return found

    async def board(self, group: str, line: str = "/challenge season") -> list[Line]:
        """Read a season's board, as people do."""
        reply = await self.say(HUGO if group == DISCORD else HOST, line, group)
        tables = [block for block in reply.blocks if isinstance(block, Table)]
        return sorted(
            (_line(row) for table in tables for row in table.rows),
            key=lambda line: (line.place, line.name),
        )


def _line(row: Row) -> Line:
    """A line of a board."""
    assert isinstance(row.label, Name)
    place, _, name = row.label.value.partition(" ")
    points, games = row.cells
    assert isinstance(points, Count)
    assert isinstance(games, Count)
    return Line(int(place), name, Decimal(points.value), int(games.value))

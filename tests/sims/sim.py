"""One simulated group and one game, from the first line to the last board."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from random import Random

from core.lessons.game.game import Phase
from core.paper.records import Identity
from tests.sims.clock import SimClock
from tests.sims.formats import FORMATS, LONG, Format
from tests.sims.house import House
from tests.sims.on_discord import DiscordChannel
from tests.sims.on_telegram import TelegramGroup
from tests.sims.place import HOST

Group = TelegramGroup | DiscordChannel

TELEGRAM, DISCORD = "telegram", "discord"
BOTH = (TELEGRAM, DISCORD)

MADE: dict[str, Callable[[SimClock, int], Group]] = {
    TELEGRAM: TelegramGroup,
    DISCORD: DiscordChannel,
}


@dataclass(frozen=True)
class Plan:
    """Who plays what, where, and what goes wrong on the way.

    `troubles` happen so many seconds after the game began: "flood", "away" and "back", "restart",
    "outage" and "prices", "host leaves", "kicked".
    """

    format: str
    size: int
    where: tuple[str, ...]
    seed: int = 1
    troubles: tuple[tuple[int, str], ...] = ()
    live: bool = False
    most: int = 120
    """Things that the crowd does by itself at most, so that large crowds take no longer."""

    def __str__(self) -> str:
        market = "-live" if self.live else ""
        return f"{self.format}-{self.size}-{'+'.join(self.where)}{market}-{self.seed}"


class Stuck(AssertionError):
    """Time went on and the game did not."""


@dataclass
class Sim:
    """A simulation under way; it is the crowd, too."""

    plan: Plan
    clock: SimClock
    house: House
    groups: Sequence[Group]
    draw: Random
    number: int = 0
    done: int = 0
    late: set[int] = field(default_factory=set)
    absent: set[int] = field(default_factory=set)
    kicked: dict[int, datetime] = field(default_factory=dict)
    restarts: int = 0

    @property
    def format(self) -> Format:
        return {**FORMATS, **LONG}[self.plan.format]

    # --- people: number n is in group n modulo the number of groups

    def where(self, who: int) -> tuple[Group, int]:
        """Return the group of a person, and their number there."""
        return self.groups[who % len(self.groups)], who // len(self.groups)

    def identity(self, who: int) -> Identity:
        group, own = self.where(who)
        return group.identity(own)

    def some(self, most: int) -> list[int]:
        there = [who for who in range(self.plan.size) if who not in self.absent]
        count = min(self.draw.randint(0, most), len(there), max(0, self.plan.most - self.done))
        self.done += count
        return self.draw.sample(there, count)

    def press(self, who: int, label: str, *, times: int = 1) -> None:
        if who in self.kicked:
            return
        group, own = self.where(who)
        group.press(own, label, times=times)

    def whisper(self, who: int, line: str) -> None:
        group, own = self.where(who)
        group.whisper(own, line)

    def say(self, who: int, line: str) -> None:
        group, own = self.where(who)
        group.say(own, line)

    def seen(self) -> object:
        return self.house.game(self.number).state.play

    # --- time

    async def calm(self) -> None:
        """Wait until all that can happen now has happened."""
        for group in self.groups:
            await group.calm()
        speaking = self.house.app.games.speaking
        async with asyncio.timeout(60):
            while len(tasks := speaking()) > self.clock.sleeping:
                await asyncio.wait(tasks, timeout=0.002, return_when=asyncio.FIRST_COMPLETED)
        for group in self.groups:
            await group.calm()

    async def look(self) -> None:
        """Let the master of games look, and all that follows happen."""
        await self.house.look({group.platform: group.ear for group in self.groups})
        await self.calm()

    async def wait(self, seconds: int, step: int = 1) -> None:
        """Let time pass, with a look at every step."""
        for _ in range(0, seconds, step):
            await self.clock.advance(step)
            await self.look()

    async def restart(self) -> None:
        """End the program without warning, and begin it again ten seconds later."""
        self.restarts += 1
        for group in self.groups:
            await group.drop()
        self.house.again()
        await self.clock.advance(20)
        for group in self.groups:
            await group.open(self.house)

    # --- the game

    @property
    def stopper(self) -> int:
        """Whoever may stop a game: the host, though they may not play any more."""
        return HOST

    @property
    def phase(self) -> Phase:
        return self.house.game(self.number).state.game.phase

    async def play(self) -> None:
        """From the draft to the end."""
        await self._drafted()
        await self._joined()
        await self._began()
        await self._played()
        await self._afterwards()

    async def _drafted(self) -> None:
        if len(self.groups) > 1:
            await self._leagued()
        self.say(HOST, self.format.said(self.plan.size))
        await self.calm()
        for option in (*self.format.chosen, *(["where league"] if len(self.groups) > 1 else [])):
            self.say(HOST, f"/challenge set {option}")
            await self.calm()
        self.number = 1
        self.press(HOST, "Open it", times=2)
        await self.calm()
        await self.wait(2)
        assert self.phase is Phase.OPEN, self.phase

    async def _leagued(self) -> None:
        """The two groups join into one league."""
        first, second = self.groups
        first.say(HOST, "/league new Cup")
        await self.calm()
        code = first.shown()[-1].split("/league join ", 1)[1].split()[0].strip("`")
        second.say(HOST, f"/league join {code}")
        await self.calm()
        first.say(HOST, "/league yes")  # the only one that waits
        await self.calm()

    async def _joined(self) -> None:
        """Everybody joins; some twice, some unnamed, some come back, some only later."""
        draw, size = self.draw, self.plan.size
        late = self.format.late and size >= 2 * self.format.fewest
        later = [who for who in range(1, size) if late and draw.random() < 0.2]
        self.late = set(later[: size - self.format.fewest])
        for who in range(size):
            if who in self.late:
                continue
            label = "Join unnamed" if draw.random() < 0.1 else "Join"
            self.press(who, label, times=2 if draw.random() < 0.2 else 1)
            if draw.random() < 0.1:
                group, _ = self.where(who)
                await self.calm()
                group.again(renamed=draw.random() < 0.5)
            if draw.random() < 0.05 and size > 2:
                await self.calm()
                self.press(who, "Leave")
                await self.calm()
                self.press(who, "Join")
            if who % 40 == 39:
                await self.calm()
        await self.calm()

    async def _began(self) -> None:
        if self.phase is Phase.OPEN:
            await self.wait(35, 5)  # until the lobby shows the button
            self.press(HOST, "Begin now", times=2)
            await self.calm()
        await self.wait(2)
        assert self.phase is Phase.RUNNING, self.phase

    async def _played(self) -> None:
        began, troubles = self.clock.now(), sorted(self.plan.troubles)
        while self.phase.is_on:
            passed = (self.clock.now() - began).total_seconds()
            if passed > self.format.longest + sum(at for at, _ in troubles):
                raise Stuck(f"{self.plan}: {self.phase}")
            while troubles and troubles[0][0] <= passed:
                await self._troubled(troubles.pop(0)[1])
            if self.late and passed > 2 * self.format.step:
                self.press(self.late.pop(), "Join")
            if 0 < self.format.stop < passed:
                self.say(self.stopper, f"/challenge stop {self.number}")
            self.format.acts(self)
            if self.draw.random() < 0.02:
                self.press(self.draw.randrange(self.plan.size), "Leave")
            await self.calm()
            await self.wait(self.format.step, self.format.step)

    async def _troubled(self, what: str) -> None:
        """Something goes wrong, or is well again."""
        doings: dict[str, Callable[[], Awaitable[None]]] = {
            "restart": self.restart,
            "kicked": self.kick,
        }
        if what in doings:
            await doings[what]()
        elif what in {"outage", "prices"} and self.house.venue is not None:
            self.house.venue.away = what == "outage"
        elif what == "host leaves":
            self.press(HOST, "Leave")
            self.absent.add(HOST)
        for group in self.groups:
            if what == "flood":
                group.flood(30)
            elif what in {"away", "back"}:
                group.away(gone=what == "away")

    async def kick(self) -> None:
        """Throw two people out who hold what no fall can take; in two groups it is one of each."""
        for who in (2, 3):
            self.whisper(who, "/trade close all")
        await self.calm()
        await self.wait(300, 150)
        for who in (2, 3):
            self.whisper(who, "/trade long btc 1x 300 isolated")
            await self.calm()
            group, own = self.where(who)
            group.kick(own)
            self.absent.add(who)
            self.kicked[who] = self.clock.now()

    async def _afterwards(self) -> None:
        """The last boards; then somebody presses what is long over."""
        await self.wait(90, 5)
        for label in ("Join", "Close", "Mine", "Leave"):
            self.press(self.draw.randrange(self.plan.size), label, times=2)
        await self.calm()
        await self.wait(60, 10)
        if self.phase is not Phase.FINAL:
            raise Stuck(f"{self.plan}: {self.phase}")


@asynccontextmanager
async def staged(plan: Plan, folder: Path) -> AsyncIterator[Sim]:
    """Open a house and its groups, and close them in order."""
    clock = SimClock()
    house = House(folder, clock, plan.seed, live=plan.live)
    plan = replace(plan, size=max(plan.size, {**FORMATS, **LONG}[plan.format].fewest))
    size = -(-plan.size // len(plan.where))
    groups = [MADE[name](clock, size) for name in plan.where]
    sim = Sim(plan, clock, house, groups, Random(f"{plan}"))
    async with AsyncExitStack() as closing:
        closing.callback(lambda: house.close())  # noqa: PLW0108 - the app changes
        for group in groups:
            closing.push_async_callback(group.end)
            await group.begin()
            await group.open(house)
        yield sim
        for group in groups:
            await group.close()

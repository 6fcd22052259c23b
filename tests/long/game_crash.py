"""Kill the program at random moments while games are played, and prove that none took harm.

    python -m tests.long.game_crash --kills 60

Telegram is a server in this process, so it outlives the bot, as the real one does; the program is a
child (`game_lives.Life`) on a file. Groups play every kind at once. A step is an order to let time
pass; in the middle of some the child is killed with SIGKILL, at a moment drawn by the seed. After
each kill the books are proven (`game_proof.GameProof`), and another child goes on some seconds
later. At the end of a house every game is over, and is counted anew by code of its own.
"""

import argparse
import asyncio
import logging
import os
import signal
import sys
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from pickle import loads
from random import Random
from tempfile import TemporaryDirectory

from tests.fakes.botapi import BotApi
from tests.long.crash import Wrong
from tests.long.game_child import Child
from tests.long.game_crowd import Gathering, Heard, said
from tests.long.game_lives import Ground
from tests.long.game_proof import STOOD, GameProof
from tests.sims import checks, sim
from tests.sims.clock import NOON, SimClock
from tests.sims.formats import FORMATS
from tests.sims.house import House

SENDING = "saying something"

SHARE = 8
"""One in so many kills of a house meets each way to stand at least, where there is time for it."""

ENOUGH = 60
"""Kills among which each way to stand must be."""

MOST = 3
"""Times as many kills as were asked for, at most, until each way to stand was met."""

LATE = ("settling", "final")
"""What is met towards the end."""

OFTEN = 0.15
"""How many of the other steps are cut short as well."""

GAP = (1, 45)
"""Seconds from a kill to the next life."""

LONGEST = 3 * 3600
"""Seconds after which a game that is not over hangs."""


@dataclass
class Totals:
    """What happened in all houses."""

    kills: int = 0
    stood: Counter[str] = field(default_factory=Counter)
    games: Counter[str] = field(default_factory=Counter)
    inputs: int = 0
    confirmed: int = 0
    posts: int = 0
    repeated: int = 0
    won: int = 0

    def told(self, taken: float) -> str:
        """The summary."""
        stood = ", ".join(f"{name} {self.stood[name]}" for name in (*STOOD, SENDING))
        games = ", ".join(f"{name} {count}" for name, count in sorted(self.games.items()))
        return (
            f"{self.kills} kills in {taken:.0f} s\n"
            f"kills at which some game was: {stood}\n"
            f"{sum(self.games.values())} games came to their end ({games}); "
            "every one counted anew, all agree\n"
            f"{self.confirmed} requests confirmed, {self.inputs} inputs logged; "
            "none lost, none doubled\n"
            f"{self.posts} posts, all said, {self.repeated} of them twice after a kill\n"
            f"{self.won} wins, each once"
        )


class Round:
    """One house: its groups, and the lives that are lived in it."""

    def __init__(self, ground: Ground, api: BotApi, kinds: Sequence[str], totals: Totals) -> None:
        self._ground, self._api, self._totals = ground, api, totals
        self._draw = Random(ground.seed)
        self._groups = [
            Gathering(kind, place, api, Random(f"{ground.seed}:{kind}"))
            for place, kind in enumerate(kinds)
        ]
        self._heard = Heard()
        self._proof = GameProof(ground.folder / "house.db", self._heard)
        self._at, self._begun, self._lives = NOON, NOON, 0
        self._hit, self._armed, self._rare = Counter[str](), False, False
        self._slow = 0.05
        """Seconds of this machine that a step takes."""
        self._enrolled()

    def _enrolled(self) -> None:
        """Everybody has been known for eight days, so that their games are rated."""
        house = House(self._ground.folder, SimClock(), self._ground.seed)
        database = house.database()
        with database.units().writing() as books:
            for group in self._groups:
                for who in group.identities:
                    books.paper.enroll(who, NOON - timedelta(days=8))
        database.close()
        house.close()

    # --- lives

    async def played(self, kills: int) -> None:
        """Play every game to its end; so many lives are killed on the way."""
        left = kills
        while await self._lived(left, kills):
            left -= 1
        self._totals.stood += self._hit
        self._totals.games.update(group.kind for group in self._groups)
        self._totals.inputs += self._proof.logged
        self._totals.confirmed += self._proof.confirmed
        said_ = said(self._api)
        self._totals.posts += len(said_)
        self._totals.repeated += sum(times > 1 for times in said_.values())
        self._recounted()

    async def _lived(self, left: int, kills: int) -> bool:
        """One life: return whether it was killed; if not, every game is over."""
        self._lives += 1
        child = Child(self._ground, self._lives, self._at)
        try:
            await self._stepped(child, 1)
            for group in self._groups:
                group.since = max(group.since, 1)
            while not self._is_over(left):
                for group in self._groups:
                    group.act(self._step)
                if self._draws(left, kills) and await self._killed(child):
                    return True
                await self._api.until(lambda: not self._api.world.pending)
                if await self._stepped(child, self._step, armed=self._armed and left > 0):
                    return True
            for _ in range(8):
                await self._stepped(child, 30)
        except BaseException:
            with suppress(ProcessLookupError):
                os.kill(child.number, signal.SIGKILL)
            raise
        child.order("end")
        self._hear(await child.ended(0))
        self._prove(clean=True)
        return False

    def _is_over(self, left: int) -> bool:
        if (self._at - self._begun).total_seconds() > LONGEST:
            raise Wrong(f"after three hours: {[(g.kind, g.phase) for g in self._groups]}")
        return left <= 0 and all(group.is_over for group in self._groups)

    @property
    def _step(self) -> int:
        """Seconds until somebody looks again."""
        return min((g.step for g in self._groups if not g.is_over), default=15)

    async def _stepped(self, child: Child, seconds: int, *, armed: bool = False) -> bool:
        """Let time pass, and wait until all that follows has happened.

        An `armed` one is killed where something is said; return whether it was.
        """
        began = time.monotonic()
        self._order(child, seconds)
        while True:
            lines = await child.lines(20)
            if not lines:
                raise Wrong("a life does not answer")
            self._hear(lines)
            if armed and any(line.startswith("sending") for line in lines):
                await asyncio.sleep(self._draw.uniform(0, 0.006))
                self._armed = False
                await self._ended(child)
                return True
            if any(line.startswith("calm") for line in lines):
                break
        self._slow += (time.monotonic() - began - self._slow) / 10
        return False

    def _order(self, child: Child, seconds: int) -> None:
        child.order(f"step {seconds}")
        self._at += timedelta(seconds=seconds)

    # --- kills

    def _draws(self, left: int, kills: int) -> bool:
        """Whether this life ends now: before all where a phase was not met often enough.

        For what is still to come some kills are kept.
        """
        wanted = -(-kills // SHARE)
        now = {g.phase for g in self._groups} | {g.asks for g in self._groups}
        self._rare = any(self._hit[how] < wanted for how in now & set(STOOD))
        if self._rare:
            return left > 0 and self._draw.random() < 0.7
        over = all(group.is_over for group in self._groups)
        kept = 0 if over else sum(max(0, wanted - self._hit[how]) for how in LATE)
        return left > kept and self._draw.random() < OFTEN

    async def _killed(self, child: Child) -> bool:
        """Kill in the middle of a step; or arm, so that it happens when something is said next."""
        if not self._rare and not self._armed and self._draw.random() < 0.7:
            self._armed = True
            return False
        self._order(child, self._step)
        await asyncio.sleep(self._draw.uniform(0, 1.3) * self._slow)
        await self._ended(child)
        return True

    async def _ended(self, child: Child) -> None:
        """Kill now, and prove."""
        os.kill(child.number, signal.SIGKILL)
        self._hear(await child.ended(-signal.SIGKILL))
        self._totals.kills += 1
        self._hit[SENDING] += bool(self._heard.killed())
        self._prove()
        self._hit += self._proof.stood
        self._proof.stood.clear()
        self._at += timedelta(seconds=self._draw.randint(*GAP))

    def _hear(self, lines: list[str]) -> None:
        for line in lines:
            what, _, rest = line.partition(" ")
            if what == "fault":
                raise Wrong(line)
            if what == "game":
                number, chat, phase, players = rest.split(" ")
                group = next(g for g in self._groups if g.chat == int(chat))
                group.heard(int(number), phase, int(players))
            elif what == "play":
                number, play = rest.split(" ")
                group = next(g for g in self._groups if g.number == int(number))
                group.play = loads(b64decode(play))
            else:
                self._heard.line(what, rest)

    def _prove(self, *, clean: bool = False) -> None:
        found = self._proof.wrong(said(self._api), clean=clean)
        if found:
            head = f"seed {self._ground.seed}, life {self._lives}: {len(found)} faults"
            raise Wrong("\n".join([head, *found[:20]]))

    # --- the end

    def _recounted(self) -> None:
        """Every game, as it is published, counted by code of its own; and what it was worth."""
        house = House(self._ground.folder, SimClock(self._at), self._ground.seed)
        self._totals.won += self._proof.won
        try:
            found = [line for group in self._groups for line in self._complaints(house, group)]
        finally:
            house.close()
        if found:
            raise Wrong("\n".join([f"seed {self._ground.seed}: {len(found)} faults", *found[:20]]))

    def _complaints(self, house: House, group: Gathering) -> Iterator[str]:
        plan = sim.Plan(group.kind, len(group.identities), (sim.TELEGRAM,), self._ground.seed)
        seen = sim.Sim(plan, house.clock, house, (), Random(0), group.number)
        for check in (checks.counted_anew, checks.books_are_sound, checks.nobody_stands_twice):
            yield from (f"{group.kind}: {line}" for line in check(seen))


async def crash(kills: int, seed: int, each: int, kinds: Sequence[str]) -> Totals:
    """Kill so many times, `each` in one house. Raises `Wrong`.

    Some phases last for a moment: where no kill happened to meet one, there is another house.
    """
    totals, whole = Totals(), _is_whole(kills, kinds)
    with TemporaryDirectory() as name:
        while totals.kills < kills or (whole and missed(totals) and totals.kills < MOST * kills):
            folder = Path(name) / str(seed)
            folder.mkdir()
            async with BotApi() as api:
                ground = Ground(folder, seed, seed % 2 == 1, api.url)
                left = kills - totals.kills
                more = min(each, left) if left > 0 else each
                await Round(ground, api, kinds, totals).played(more)
            seed += 1
    return totals


def _is_whole(kills: int, kinds: Sequence[str]) -> bool:
    """Whether all kinds are played with enough kills that each way to stand must be met."""
    return list(kinds) == list(FORMATS) and kills >= ENOUGH


def missed(totals: Totals) -> list[str]:
    """Return what no kill has met."""
    return [how for how in (*STOOD, SENDING) if not totals.stood[how]]


def main(words: list[str] | None = None) -> None:
    """Read the options, run, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.long.game_crash")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--each", type=int, default=30, help="kills in one house")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(FORMATS))
    options = parser.parse_args(words)
    # A call that the bot did not live to end is nobody's fault.
    logging.getLogger("aiohttp.server").disabled = True
    started = time.monotonic()
    kinds = options.kinds.split(",")
    totals = asyncio.run(crash(options.kills, options.seed, options.each, kinds))
    sys.stdout.write(totals.told(time.monotonic() - started) + "\n")
    if _is_whole(options.kills, kinds) and missed(totals):
        raise Wrong(f"no kill met these: {missed(totals)}")


if __name__ == "__main__":
    main()

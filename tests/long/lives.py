"""One life of the program in a process of its own: under load from its first moment to its last.

The real house (`bot.app.build`) on a real file, with the market exchanged for one that moves. Many
people trade at once; whatever they are told is told to the parent too, after they were told. The
courier "brings" a notice by writing its event's number to a file and waiting for the disk.
"""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import localcontext
from itertools import count
from pathlib import Path
from random import Random
from typing import TypeVar
from unittest.mock import patch

import structlog
from structlog.typing import EventDict

from bot import app, footing
from bot.adapters.prices.replay import RecordedMarket
from bot.chat.ports import Outcome
from bot.chat.reply import Reply, Words
from bot.runtime.desks import Busy
from bot.settings import Settings
from core.alerts.books import DueNews
from core.errors import Refusal
from core.money import EXACT
from core.paper.actions import Action
from core.paper.records import Done, Identity
from core.ports import Clock
from core.services.outbox import Parcel
from core.services.trading import Asked
from tests.long import waiting
from tests.long.market import Walk, Weather
from tests.long.wishes import wish

T = TypeVar("T")

PLATFORM = "crash"
OFTEN = 0.02
"""Seconds between two looks of the watch and of the courier."""

ENOUGH = 6
"""Alerts of a person from which on they delete one."""

STORM = Weather(timedelta(seconds=20), size=0.004, gaps=0.01, gap=0.1)


@dataclass(frozen=True, slots=True)
class Hurried:
    """A clock that runs faster than the world; processes that were forked agree on it."""

    begin: datetime
    speed: int
    zero: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        return self.begin + timedelta(seconds=(time.monotonic() - self.zero) * self.speed)


@dataclass(frozen=True, slots=True)
class Plan:
    """What all lives on one file share."""

    seed: int
    folder: Path
    clock: Hurried
    people: int

    @property
    def database(self) -> Path:
        """The file of the books."""
        return self.folder / "books.db"

    @property
    def delivered(self) -> Path:
        """The file of what was brought to people."""
        return self.folder / "delivered"


@dataclass(frozen=True, slots=True)
class Pending:
    """A request that somebody made and was not answered; with the preview it was to confirm."""

    person: int
    request: str
    token: str


def opened(plan: Plan) -> app.App:
    """The house on the plan's file, in the plan's market."""

    def market(_: RecordedMarket, epoch: datetime, clock: Clock, __: object) -> Walk:
        return Walk(plan.seed, epoch, clock, STORM)

    settings = Settings(
        database_url=f"sqlite:///{plan.database}",
        log_level="ERROR",
        _env_file=None,  # pydantic's own, so that no file is read
    )
    with patch.object(footing, "DemoMarket", market):
        house = app.build(settings, plan.clock)
    house.watch._every = house.courier._every = OFTEN
    return house


class Deliveries:
    """A platform that brings notices into a file; one in twenty is put off."""

    platform = PLATFORM

    def __init__(self, path: Path, random: Random) -> None:
        self._file = path.open("ab", buffering=0)
        self._random = random

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        """Write the number; it counts only once the disk has it."""
        assert reply.short is not None
        if self._random.random() < 0.05:
            return Outcome.LATER
        self._file.write(f"{reply.short.text}\n".encode())
        os.fsync(self._file.fileno())
        return Outcome.DELIVERED


def numbered(word: Callable[[Parcel, str], Reply]) -> Callable[[Parcel, str], Reply]:
    """Word a parcel as the house does, and put its event's number in front of everything."""

    def worded(parcel: Parcel, zone: str) -> Reply:
        reply = word(parcel, zone)
        return Reply(reply.blocks, tone=reply.tone, short=Words(_number(parcel)))

    return worded


def _number(parcel: Parcel) -> str:
    """Return an event's number, or the key of news."""
    due = parcel.due
    return due.news.key if isinstance(due, DueNews) else str(due.notice.event)


class Life:
    """A running house, and everybody who trades in it."""

    def __init__(self, plan: Plan, number: int, tell: Callable[[str], None]) -> None:
        self._plan = plan
        self._number = number
        self._tell = tell
        self._house = opened(plan)
        self._desks = self._house.desk._desks
        services = self._house.desk._dispatcher._services
        self._accounts, self._trading = services.accounts, services.trading
        self._alerts, self._market = services.alerts, services.prices
        self._house.courier._word = numbered(self._house.courier._word)

    async def lived(self, pending: Mapping[int, Pending]) -> None:
        """Go on until the end, which comes from outside."""
        stop = asyncio.Event()
        await self._house.watch.begin(stop)
        draw = Random(f"{self._plan.seed}:{self._number}")
        brought = Deliveries(self._plan.delivered, draw)
        await asyncio.gather(
            self._house.watch.run(stop),
            self._house.courier.run(stop, [brought]),
            *(self._person(n, pending.get(n)) for n in range(self._plan.people)),
        )

    async def cleaned_up(self, pending: Mapping[int, Pending]) -> None:
        """Answer who was not answered, bring every notice, and close the house."""
        stop = asyncio.Event()
        await self._house.watch.begin(stop)
        for each in pending.values():
            await self._repeated(each, Random(each.request))
        await self._house.watch.end()
        brought = Deliveries(self._plan.delivered, Random(0))
        courier = asyncio.create_task(self._house.courier.run(stop, [brought]))
        while await self._read(self._waiting):  # noqa: ASYNC110 - the rows change, no object of ours
            await asyncio.sleep(OFTEN)
        stop.set()
        await courier
        self._house.close()

    def _waiting(self) -> bool:
        """Whether any notice or news are due, now or later."""
        later = self._plan.clock.now() + timedelta(days=99)
        with self._accounts._units.reading() as books:
            return bool(books.paper.due(later, 1) or books.alerts.due(later, 1))

    # --- people -----------------------------------------------------------------------------------

    async def _person(self, number: int, pending: Pending | None) -> None:
        """Ask for one thing after the other; what was never answered is asked for once more."""
        draw = Random(f"{self._plan.seed}:{self._number}:{number}")
        if pending is not None:
            await self._repeated(pending, draw)
        for turn in count(1):
            asked = _asked(number, f"{self._number}:{number}:{turn}")
            if draw.random() < 0.25:
                await self._waits(asked.who, draw)
            else:
                await self._once(asked, draw)

    async def _waits(self, who: Identity, draw: Random) -> None:
        """Set an alert, or delete one where there are many."""
        own = await self._read(lambda: self._alerts.of(who))
        with suppress(Refusal, Busy):
            if len(own) >= ENOUGH:
                old = draw.choice(own)
                self._tell(f"delete {old.learner} {old.number}")
                await self._write(lambda: self._alerts.drop(who, old.number))
                return
            marks = await self._read(lambda: self._market.stage("binance").marks)
            what = waiting.wish(draw, marks)
            kept = await self._write(lambda: self._alerts.set(who, what))
            kind = type(what).__name__
            self._tell(f"alert {kept.alert.learner} {kept.alert.number} {kind}")

    async def _once(self, asked: Asked, draw: Random) -> None:
        """Want something, and do it at once or have it shown before."""
        action = await self._read(lambda: self._wanted(asked, draw))
        if action is None:
            return
        if draw.random() < 0.5:
            await self._answered(asked, "", lambda: self._trading.act(asked, action))
        else:
            await self._confirmed(asked, action)

    def _wanted(self, asked: Asked, draw: Random) -> Action | None:
        account = self._accounts.look(asked.who)
        return wish(draw, account, self._trading.scene(account))

    async def _confirmed(self, asked: Asked, action: Action) -> None:
        """Have something shown, confirm it, and press the button again."""
        with suppress(Refusal, Busy):
            shown = await self._write(lambda: self._trading.preview(asked, action))
            token = shown.token
            first = await self._answered(asked, token, lambda: self._trading.confirm(asked, token))
            again = _asked(int(asked.chat), asked.request + ":again")
            if first and await self._write(lambda: self._trading.confirm(again, token)) != first:
                self._tell(f"fault {asked.request} a second press was answered differently")

    async def _repeated(self, pending: Pending, draw: Random) -> None:
        """Ask once more under the same request, as a platform does that was not answered."""
        asked, token = _asked(pending.person, pending.request), pending.token
        if token:
            await self._answered(asked, token, lambda: self._trading.confirm(asked, token))
            return
        action = None
        while action is None:
            action = await self._read(lambda: self._wanted(asked, draw))
        wanted = action
        await self._answered(asked, "", lambda: self._trading.act(asked, wanted))

    async def _answered(self, asked: Asked, token: str, job: Callable[[], Done]) -> Done | None:
        """Ask, and tell the parent what the person was told, once they were told."""
        self._tell(f"asked {asked.request} {asked.chat} {token}")
        try:
            done = await self._write(job)
        except Refusal as refusal:
            self._tell(f"refused {asked.request} {refusal.code}")
            return None
        except Busy:
            self._tell(f"refused {asked.request} busy")
            return None
        self._tell(f"done {asked.request} {len(done.events)} {done.after.id} {done.after.version}")
        return done

    async def _read(self, job: Callable[[], T]) -> T:
        return await self._desks.run(job, writes=False)

    async def _write(self, job: Callable[[], T]) -> T:
        return await self._desks.run(job, writes=True)


def _asked(person: int, request: str) -> Asked:
    return Asked(Identity(PLATFORM, str(person)), str(person), request)


def live(
    plan: Plan, number: int, pending: Mapping[int, Pending], out: int, *, clean: bool = False
) -> None:
    """Live in this process; what people are told goes to the pipe `out`, a line at a time.

    What the house would only log as a fault is told too.
    """

    def tell(line: str) -> None:
        os.write(out, f"{line}\n".encode())

    def logged(_: object, method: str, line: EventDict) -> str:
        if method in {"error", "exception", "critical"}:
            tell(f"fault - {line!r} {sys.exc_info()[1]!r}".replace("\n", " "))
        raise structlog.DropEvent

    structlog.configure(processors=[logged])
    with localcontext(EXACT):
        try:
            life = Life(plan, number, tell)
            asyncio.run(life.cleaned_up(pending) if clean else life.lived(pending))
        except BaseException as fault:
            tell(f"fault - {fault!r}")
            raise

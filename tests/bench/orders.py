"""Orders a second through the writer, over the same rows written by other means.

64 people order at once, each with an account of their own, on one SQLite file with
`synchronous=FULL`. Like is measured with like: changes that are ready go through the writer (desk,
unit of work, entries, text and rows); ready rows are written by an ORM's asynchronous session
(aiosqlite), a transaction an order, and by bare prepared statements of the driver, 64 orders a
transaction. The whole way of an order (account read, swept, decided, written) is reported beside.
"""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from decimal import localcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.database import Database, prepare
from bot.runtime.desks import Desks
from core.margin.pool import MarginMode, Side
from core.market import Symbol
from core.money import EXACT, Amount, D, Quantity, Rate
from core.paper.account import PaperAccount
from core.paper.actions import Open, decide
from core.paper.apply import applied
from core.paper.records import Change, Done, Identity
from core.paper.rules import PaperRules
from core.paper.scene import Intent
from core.ports import Units
from core.services.accounts import Accounts, Home
from core.services.prices import Prices
from core.services.trading import Asked, Trading
from tests.bench import orm
from tests.bench.measure import Paired
from tests.bench.row import Effort, Row, against, at_least
from tests.fakes.ports import FixedClock, FixedMarks

PEOPLE = 64
OVER_ORM, OVER_BARE = 20, 0.5

ORDER = Open(
    Intent(
        symbol=Symbol("BTCUSDT"),
        side=Side.LONG,
        quantity=Quantity(D("0.002")),
        mode=MarginMode.ISOLATED,
        leverage=Rate(D(10)),
    )
)
"""A market order that opens or adds to an isolated position."""


def trading(units: Units) -> Trading:
    """Return the use case over a database."""
    clock = FixedClock()
    prices = Prices(load_listings(), FixedMarks({"BTCUSDT": "68424"}, clock.now()), clock)
    rules = PaperRules(grant=Amount(D(10_000_000)))
    return Trading(units, Accounts(units, clock, "demo", Home("binance", rules)), prices, clock)


async def ours(desks: Desks, use: Trading, times: int, label: str) -> float:
    """Return orders a second with 64 in flight."""

    async def person(number: int) -> None:
        who = Identity("bench", str(number))
        for turn in range(times):
            asked = Asked(who, str(number), f"{label}:{number}:{turn}")
            await desks.run(partial(use.act, asked, ORDER), writes=True)

    started = time.perf_counter()
    await asyncio.gather(*(person(number) for number in range(PEOPLE)))
    return PEOPLE * times / (time.perf_counter() - started)


class Ready:
    """Orders that are decided: each person's next change, one after the other."""

    def __init__(self, units: Units, use: Trading) -> None:
        """Give everybody an account."""
        self._units = units
        self._at = use.scene
        self._held: dict[int, tuple[int, PaperAccount]] = {}
        with units.writing() as books:
            for number in range(PEOPLE):
                who = Identity("ready", str(number))
                self._held[number] = use._accounts.present(books, who)

    def next(self, times: int) -> list[list[tuple[int, Done]]]:
        """Decide so many orders of everybody."""
        decided = []
        for number in range(PEOPLE):
            learner, account = self._held[number]
            own = []
            for _ in range(times):
                scene = self._at(account)
                events = decide(account, ORDER, scene)
                done = Done(account, events, applied(account, events, scene.at), scene.marks)
                account = done.after
                own.append((learner, done))
            self._held[number] = learner, account
            decided.append(own)
        return decided

    def write(self, learner: int, done: Done, request: str) -> None:
        """Keep one, as the use case does."""
        at = done.marks.at
        with self._units.writing() as books:
            books.paper.record(Change(done.before, done.after, done.events, at, request))
            books.paper.set_done(request, learner, done, at)


async def through_writer(desks: Desks, ready: Ready, times: int, label: str) -> float:
    """Return orders a second with 64 in flight, decided before the clock starts."""
    decided = ready.next(times)

    async def person(number: int) -> None:
        for turn, (learner, done) in enumerate(decided[number]):
            request = f"{label}:{number}:{turn}"
            await desks.run(partial(ready.write, learner, done, request), writes=True)

    started = time.perf_counter()
    await asyncio.gather(*(person(number) for number in range(PEOPLE)))
    return PEOPLE * times / (time.perf_counter() - started)


async def by_orm(sessions: async_sessionmaker[AsyncSession], times: int) -> float:
    """Return orders a second when every order is a session of its own."""
    lock = asyncio.Lock()  # one writer at a time, or most would be told that the file is locked

    async def person(number: int) -> None:
        for turn in range(times):
            async with lock, sessions() as session, session.begin():
                await orm.write(session, number, turn)

    started = time.perf_counter()
    await asyncio.gather(*(person(number) for number in range(PEOPLE)))
    return PEOPLE * times / (time.perf_counter() - started)


def bare(connection: sqlite3.Connection, times: int) -> float:
    """Return orders a second of prepared statements, 64 orders a transaction."""
    started = time.perf_counter()
    for turn in range(times):
        connection.execute("BEGIN IMMEDIATE")
        for number in range(PEOPLE):
            orm.write_bare(connection, number, turn)
        connection.execute("COMMIT")
    return PEOPLE * times / (time.perf_counter() - started)


async def measured(folder: Path, times: int, rounds: int) -> tuple[Paired, Paired, Paired]:
    """Measure all four in turns."""
    url = f"sqlite:///{folder / 'ours.db'}"
    prepare(url)
    database = Database(url)
    units = database.units()
    desks = Desks(limit=PEOPLE, group=units.group)
    use = trading(units)
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder / 'orm.db'}")
    connection = orm.bare_database(folder / "bare.db")
    sessions = await orm.orm_database(engine)
    over_orm, over_bare, whole = [], [], []
    ready = Ready(units, use)
    await ours(desks, use, 1, "warm")
    for turn in range(rounds):
        mine = await through_writer(desks, ready, times, f"ready:{turn}")
        theirs = await by_orm(sessions, max(1, times // 8))
        over_orm.append((mine, theirs))
        over_bare.append((mine, bare(connection, times)))
        whole.append((await ours(desks, use, times, str(turn)), theirs))
    desks.close()
    database.close()
    connection.close()
    await engine.dispose()
    return Paired.of(over_orm), Paired.of(over_bare), Paired.of(whole)


def rate(value: float) -> str:
    """Orders a second."""
    return f"{value:,.0f}/s"


def run(effort: Effort) -> Iterator[Row]:
    """Measure."""
    with TemporaryDirectory() as name, localcontext(EXACT):
        times, rounds = (24, 5) if effort.starts > 1 else (2, 1)
        over_orm, over_bare, whole = asyncio.run(measured(Path(name), times, rounds))
    yield at_least("orders through the writer, over an ORM session", over_orm, rate, OVER_ORM)
    yield at_least("orders through the writer, over bare statements", over_bare, rate, OVER_BARE)
    yield against("whole orders (read, swept, decided, written), over an ORM session", whole, rate)

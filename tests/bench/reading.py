"""Portfolios read a second, over an ORM session that reads the same account as rows.

64 people each hold three positions, in one SQLite file on either side. Ours is `Accounts.look`: a
snapshot, and the whole account as exact values. The other is an ORM's asynchronous session
(aiosqlite) that reads an account's row and its positions' rows; their amounts stay whole numbers,
so that it is spared the decimals. First one read follows the other; then all 64 ask at once, ours
the way a command goes, through the reader desk.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from decimal import localcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import BigInteger, ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.database import Database, prepare
from bot.runtime.desks import Desks
from core.margin.pool import MarginMode, Side
from core.market import Symbol
from core.money import EXACT, Amount, D, Quantity, Rate
from core.paper.actions import Open
from core.paper.records import Identity
from core.paper.rules import PaperRules
from core.paper.scene import Intent
from core.services.accounts import Accounts, Home
from core.services.prices import Prices
from core.services.trading import Asked, Trading
from tests.bench.measure import Paired, paired_waits
from tests.bench.orders import PEOPLE, rate
from tests.bench.row import Effort, Row, at_least
from tests.fakes.ports import FixedClock, FixedMarks

OVER_ORM = 10
Read = Callable[[int], Awaitable[int]]
"""Reads somebody's portfolio and returns how many positions it has."""
MARKS = {"BTCUSDT": "68424", "ETHUSDT": "1986", "SOLUSDT": "82"}
HELD = {"BTCUSDT": "0.002", "ETHUSDT": "0.1", "SOLUSDT": "2"}


class Base(DeclarativeBase):
    """The tables' common ground."""


class PositionRow(Base):
    """A position, its numbers in whole quanta."""

    __tablename__ = "position"
    account: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    symbol: Mapped[str]
    side: Mapped[str]
    mode: Mapped[str]
    quantity: Mapped[int] = mapped_column(BigInteger)
    entry_cost: Mapped[int] = mapped_column(BigInteger)
    leverage: Mapped[int] = mapped_column(BigInteger)
    margin: Mapped[int] = mapped_column(BigInteger)
    opened_at: Mapped[int] = mapped_column(BigInteger)


class AccountRow(Base):
    """An account."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    market: Mapped[str]
    venue: Mapped[str]
    wallet: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(BigInteger)
    positions: Mapped[list[PositionRow]] = relationship()


def who(number: int) -> Identity:
    """One of the people."""
    return Identity("bench", str(number))


def filled(database: Database) -> Accounts:
    """Let everybody open three positions."""
    clock, units = FixedClock(), database.units()
    prices = Prices(load_listings(), FixedMarks(MARKS, clock.now()), clock)
    accounts = Accounts(units, clock, "demo", Home("binance", PaperRules()))
    trading = Trading(units, accounts, prices, clock)
    for number in range(PEOPLE):
        for symbol, quantity in HELD.items():
            intent = Intent(
                symbol=Symbol(symbol),
                side=Side.LONG,
                quantity=Quantity(D(quantity)),
                mode=MarginMode.ISOLATED,
                leverage=Rate(D(10)),
            )
            asked = Asked(who(number), str(number), f"{number}:{symbol}")
            trading.act(asked, Open(intent))
    return accounts


async def kept_as_rows(sessions: async_sessionmaker[AsyncSession], accounts: Accounts) -> None:
    """Write the same accounts as rows."""
    async with sessions() as session, session.begin():
        connection = await session.connection()
        await connection.run_sync(Base.metadata.create_all)
        session.add_all(_row(n, accounts) for n in range(PEOPLE))


def _row(number: int, accounts: Accounts) -> AccountRow:
    account = accounts.look(who(number))
    positions = [
        PositionRow(
            number=position.number,
            symbol=position.leg.symbol,
            side=position.leg.side.name,
            mode=position.mode.name,
            quantity=_quanta(position.leg.quantity),
            entry_cost=_quanta(position.leg.entry_cost),
            leverage=_quanta(position.leg.leverage),
            margin=_quanta(position.margin),
            opened_at=int(position.opened_at.timestamp()),
        )
        for position in account.positions
    ]
    return AccountRow(
        id=number,
        market=account.market,
        venue=account.venue,
        wallet=_quanta(account.wallet),
        version=account.version,
        positions=positions,
    )


def _quanta(value: Amount | Quantity | Rate) -> int:
    return int(value * 10**8)


async def by_orm(sessions: async_sessionmaker[AsyncSession], number: int) -> int:
    """Read a portfolio in a session of its own; return how many positions it has."""
    asked = select(AccountRow).where(AccountRow.id == number)
    async with sessions() as session:
        found = (await session.scalars(asked.options(selectinload(AccountRow.positions)))).one()
        return len(found.positions)


async def by_look(accounts: Accounts, number: int) -> int:
    """Read a portfolio in this thread; return how many positions it has."""
    return len(accounts.look(who(number)).positions)


async def by_desk(desks: Desks, accounts: Accounts, number: int) -> int:
    """Read a portfolio at the reader desk; return how many positions it has."""
    return len((await desks.run(partial(accounts.look, who(number)), writes=False)).positions)


async def in_turn(read: Read, times: int) -> float:
    """Return portfolios a second, one by one. Raises `AssertionError` if one lacks some."""
    started = time.perf_counter()
    for _ in range(times):
        for number in range(PEOPLE):
            await whole(read, number)
    return PEOPLE * times / (time.perf_counter() - started)


async def at_once(read: Read, times: int) -> float:
    """Return portfolios a second with 64 in flight. Raises `AssertionError` if one lacks some."""

    async def person(number: int) -> None:
        for _ in range(times):
            await whole(read, number)

    started = time.perf_counter()
    await asyncio.gather(*(person(number) for number in range(PEOPLE)))
    return PEOPLE * times / (time.perf_counter() - started)


async def whole(read: Read, number: int) -> None:
    """Read a portfolio and see that nothing is missing."""
    if await read(number) != len(HELD):
        raise AssertionError(f"portfolio {number} is not whole")


async def measured(folder: Path, times: int, rounds: int) -> tuple[Paired, Paired]:
    """Measure both ways in turns: one after the other, and 64 at once."""
    url = f"sqlite:///{folder / 'ours.db'}"
    prepare(url)
    database = Database(url)
    accounts = filled(database)
    desks = Desks(limit=PEOPLE)
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder / 'orm.db'}")
    sessions = async_sessionmaker(engine)
    await kept_as_rows(sessions, accounts)
    rows, few = partial(by_orm, sessions), max(1, times // 8)
    found = []
    for pace, ours in (
        (in_turn, partial(by_look, accounts)),
        (at_once, partial(by_desk, desks, accounts)),
    ):
        await pace(ours, 1)
        await pace(rows, 1)
        found.append(
            await paired_waits(partial(pace, ours, times), partial(pace, rows, few), rounds)
        )
    desks.close()
    database.close()
    await engine.dispose()
    return found[0], found[1]


def run(effort: Effort) -> Iterator[Row]:
    """Measure."""
    times, rounds = (32, 9) if effort.starts > 1 else (4, 2)
    with TemporaryDirectory() as name, localcontext(EXACT):
        turns, crowd = asyncio.run(measured(Path(name), times, rounds))
    yield at_least("portfolio read, over an ORM session", turns, rate, OVER_ORM)
    yield at_least("the same, 64 at once through the reader desk", crowd, rate, OVER_ORM)

"""A simulated month of thousands of people in a market with gaps, proven after every tick.

    python -m tests.long.soak --learners 2000 --days 30

Everybody asks for whatever `wishes` draws, some after the sweep of a tick and some before it, at
once or through a preview, and some twice. Funding is settled three times a day. The books are a
SQLite file; after each tick `invariants` are checked, at the end the audit of everything.
"""

import argparse
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.database import Database, prepare
from core.errors import Refusal
from core.money import EXACT, QUANTUM
from core.paper.account import PaperAccount
from core.paper.events import PoolLiquidated
from core.paper.records import Identity
from core.paper.rules import PaperRules
from core.paper.screening import Screening
from core.services.accounts import Accounts, Home
from core.services.prices import Prices
from core.services.sweep import Sweep
from core.services.trading import Asked, Trading
from core.venue import VENUES
from tests.fakes.ports import FixedClock
from tests.long.invariants import Sums, of_account, of_history, of_liquidation
from tests.long.market import MARKET, Walk, Weather
from tests.long.wishes import wish

BEGIN = datetime(2026, 12, 1, tzinfo=UTC)
PLATFORM = "soak"
FUNDING_HOURS = 8
SAMPLE = 5
"""Accounts whose history is replayed after each tick."""


class Wrong(AssertionError):
    """Something that must hold does not."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many people, how long, minutes between ticks, and how often a day each asks."""

    learners: int
    days: int
    minutes: int
    wishes: float

    @property
    def ticks(self) -> int:
        """How many ticks that are."""
        return self.days * 24 * 60 // self.minutes

    @property
    def weather(self) -> Weather:
        """About 4 % a day, and a gap in each coin every two weeks, whatever the tick."""
        share = self.minutes / (24 * 60)
        return Weather(timedelta(minutes=self.minutes), 0.04 * share**0.5, share / 14, 0.25)


@dataclass
class Totals:
    """What happened."""

    asked: int = 0
    done: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    falls: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    notices: int = 0
    money: dict[str, Decimal] = field(default_factory=dict)

    def told(self, size: Size, taken: float) -> str:
        """The summary."""
        lines = {
            "asked": f"{self.asked}, done {self.done}, refused {sum(self.refused.values())}",
            "refusals": _listed(self.refused),
            "events": f"{sum(self.kinds.values())}: {_listed(self.kinds)}",
            "liquidations": _listed(self.falls),
            "money": ", ".join(f"{name} {amount:,.2f}" for name, amount in self.money.items()),
        }
        head = f"{size.learners} people, {size.days} days, {size.ticks} ticks in {taken:.0f} s"
        rest = (f"{name}: {value}" for name, value in lines.items())
        return "\n".join([f"{head}: everything held after every tick", *rest])


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common()) or "none"


class Soak:
    """A house without platforms, and its people."""

    def __init__(self, folder: Path, size: Size, seed: int) -> None:
        self._path = folder / "books.db"
        prepare(f"sqlite:///{self._path}")
        self._database = Database(f"sqlite:///{self._path}")
        self._units = self._database.units()
        self._clock = FixedClock(BEGIN)
        self._size = size
        self._listings = load_listings()
        self._walk = Walk(seed, BEGIN, self._clock, size.weather)
        self._prices = Prices(self._listings, self._walk, self._clock)
        rules = PaperRules()
        self._accounts = Accounts(self._units, self._clock, MARKET, Home("binance", rules))
        self._trading = Trading(self._units, self._accounts, self._prices, self._clock)
        self._sweep = Sweep(self._units, self._clock, self._listings, MARKET, rules)
        self._sweep.screen_with(Screening(self._listings, rules))
        self._draw = Random(seed)
        self._known: dict[int, PaperAccount] = {}
        self._sums = Sums(0, Counter())
        self._newest = 0
        self.totals = Totals()

    def run(self) -> None:
        """Everybody comes in, then tick by tick. Raises `Wrong`."""
        with localcontext(EXACT), closing(sqlite3.connect(self._path)) as rows:
            with self._units.group(), self._units.writing() as books:
                for n in range(self._size.learners):
                    _, account = self._accounts.present(books, Identity(PLATFORM, str(n)))
                    self._known[account.id] = account
            self._raise(self._sums.more(rows))
            self._newest = self._sums.last
            for number in range(1, self._size.ticks + 1):
                self._tick(number)
                self._check(rows)
            self._end(rows)
        self._database.close()

    # --- a tick -----------------------------------------------------------------------------------

    def _tick(self, number: int) -> None:
        """Marks move; some people are quicker than the sweep, some come after it."""
        self._clock.advance(timedelta(minutes=self._size.minutes))
        count = self._size.learners * self._size.wishes * self._size.minutes / (24 * 60)
        people = [self._draw.randrange(self._size.learners) for _ in range(self._drawn(count))]
        with self._units.group():
            self._trade(people[::4], f"{number}:early")
        with self._units.group():
            self._swept()
        with self._units.group():
            self._trade(set(people) - set(people[::4]), f"{number}:late")

    def _drawn(self, count: float) -> int:
        """A whole number that is `count` on the average."""
        return int(count) + (self._draw.random() < count % 1)

    def _swept(self) -> None:
        """As the watch does it: the tick, the funding that was due in it, and the tick again."""
        marks = self._prices.fresh()
        assert marks is not None
        self._sweep(marks)
        now = self._clock.now()
        if now.hour % FUNDING_HOURS or now.minute:
            return
        before = self._walk.marks_at(now - timedelta(seconds=1))
        rates = {
            s: m.funding for s, m in before.prices.items() if m.funding and m.funding_at == now
        }
        assert rates
        self._sweep.fund(marks, rates, now)
        self._sweep(marks)

    def _trade(self, people: Iterable[int], label: str) -> None:
        for place, person in enumerate(people):
            who = Identity(PLATFORM, str(person))
            account = self._accounts.look(who)
            action = wish(self._draw, account, self._trading.scene(account))
            if action is None:
                continue
            asked = Asked(who, str(person), f"{label}:{place}")
            self.totals.asked += 1
            way = self._draw.random()
            try:
                if way < 0.4:
                    token = self._trading.preview(asked, action).token
                    done = self._trading.confirm(asked, token)
                    again = self._trading.confirm(asked, token) if way < 0.1 else done
                elif way < 0.43:
                    self._trading.discard(asked, self._trading.preview(asked, action).token)
                    continue
                else:
                    done = self._trading.act(asked, action)
                    again = self._trading.act(asked, action) if way > 0.9 else done
            except Refusal as refusal:
                self.totals.refused[refusal.code] += 1
                continue
            self.totals.done += 1
            if done != again:
                raise Wrong(f"{asked}: the second answer is another one")

    # --- after a tick -----------------------------------------------------------------------------

    def _check(self, rows: sqlite3.Connection) -> None:
        marks = self._walk.marks()
        self._raise(self._sums.more(rows))
        with self._units.reading() as books:
            newest, changed = books.paper.live(MARKET, self._newest)
            self._newest = newest
            self._known |= {account.id: account for account in changed}
            self._raise(self._sums.against(self._known))
            for account in self._known.values():
                self._raise(of_account(account, marks, self._listings[account.venue]))
            self._raise(of_history(books.paper, self._known, self._draw, SAMPLE))
        self._brought()

    def _brought(self) -> None:
        """Look at what people must hear of, and strike it off."""
        with self._units.writing() as books:
            for due in books.paper.due(self._clock.now(), 1_000_000):
                notice = due.notice
                self.totals.notices += 1
                if isinstance(notice.what, PoolLiquidated):
                    self._fell(notice.what, notice.before.venue)
                    self._raise(of_liquidation(notice, self._listings[notice.before.venue]))
                books.paper.delivered(due.id, self._clock.now())

    def _fell(self, event: PoolLiquidated, venue: str) -> None:
        part = "whole" if event.whole else "in part"
        self.totals.falls[f"{VENUES[venue].name} {event.mode.value} {part}"] += 1

    def _end(self, rows: sqlite3.Connection) -> None:
        """The audit of everything, and that each fall was told of."""
        with self._units.reading() as books:
            self._raise(str(fault) for fault in books.paper.faults())
        self.totals.kinds = Counter(
            dict(rows.execute("SELECT kind, COUNT(*) FROM event GROUP BY 1"))
        )
        if self.totals.kinds["PoolLiquidated"] != self.totals.falls.total():
            raise Wrong("a liquidation that nobody was told of")
        self.totals.money = {n: q * QUANTUM for n, q in sorted(self._sums.totals.items())}

    def _raise(self, found: Iterable[str]) -> None:
        for line in found:
            raise Wrong(f"{self._clock.now()}: {line}")


def soak(size: Size, seed: int = 1) -> Totals:
    """Live through it. Raises `Wrong`."""
    with TemporaryDirectory() as name:
        play = Soak(Path(name), size, seed)
        play.run()
    return play.totals


def main(words: list[str] | None = None) -> None:
    """Read the options, run, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.long.soak")
    parser.add_argument("--learners", type=int, default=2000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--minutes", type=int, default=60, help="between two ticks")
    parser.add_argument("--wishes", type=float, default=1.5, help="a day, of each person")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    size = Size(options.learners, options.days, options.minutes, options.wishes)
    started = time.monotonic()
    totals = soak(size, options.seed)
    sys.stdout.write(totals.told(size, time.monotonic() - started) + "\n")


if __name__ == "__main__":
    main()

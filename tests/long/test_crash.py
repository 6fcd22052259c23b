"""Ten kills, and that the proof behind them finds what it looks for."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import localcontext
from pathlib import Path

import pytest

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.database import Database, prepare
from core.alerts.alert import LiquidationAlert, PriceAlert
from core.margin.pool import MarginMode, Side
from core.market import Symbol
from core.money import EXACT, D, Price, Rate
from core.paper.actions import Action, Close, Open
from core.paper.records import Identity
from core.paper.rules import PaperRules
from core.services.accounts import Accounts, Home
from core.services.alarm import Alarm
from core.services.alerts import Alerts
from core.services.prices import Prices
from core.services.sweep import Sweep
from core.services.trading import Asked, Trading
from tests.core.paper.builders import quantity, wish
from tests.fakes.ports import FixedClock, FixedMarks
from tests.house.tree import ROOT
from tests.long.ledgers import Answer, Proof

BTC = Symbol("BTCUSDT")

# What is killed measures nothing, and would only be slower.
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("COV")}


def test_ten_kills_lose_nothing_and_double_nothing() -> None:
    command = [sys.executable, "-m", "tests.long.crash", "--kills", "10", "--each", "10"]
    ran = subprocess.run(command, cwd=ROOT, env=PLAIN, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert ran.stdout.startswith("10 kills")
    assert ran.stdout.count("none lost, none doubled") == 2  # requests, and alerts


@dataclass
class Shelf:
    """A file of books: two requests were done, a position liquidated, an alert fired, two wait."""

    proof: Proof

    def change(self, statement: str) -> None:
        """Do what the program never does."""
        with closing(sqlite3.connect(self.proof.database)) as rows:
            triggers = rows.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in triggers.fetchall():
                rows.execute(f"DROP TRIGGER {name}")
            rows.execute(statement)
            rows.commit()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    address = f"sqlite:///{tmp_path / 'books.db'}"
    prepare(address)
    database = Database(address)
    units, clock, marks = database.units(), FixedClock(), FixedMarks({"BTCUSDT": 60_000})
    listings, rules = load_listings(), PaperRules()
    accounts = Accounts(units, clock, "demo", Home("binance", rules))
    trading = Trading(units, accounts, Prices(listings, marks, clock), clock)
    proof = Proof(tmp_path / "books.db", tmp_path / "delivered")
    with localcontext(EXACT):
        wanted: dict[str, Action] = {
            "r1": Open(wish("0.1", Side.LONG, MarginMode.ISOLATED)),
            "r2": Close(1, quantity("0.05")),
        }
        for request, action in wanted.items():
            done = trading.act(Asked(Identity("crash", "7"), "7", request), action)
            answer = Answer(len(done.events), done.after.id, done.after.version)
            proof.confirmed[request] = answer
        alerts, who = Alerts(units, clock, "demo"), Identity("crash", "7")
        for price in (55_000, 40_000):
            kept = alerts.set(who, PriceAlert(BTC, Price(D(price)), rising=False)).alert
            proof.waiting.heard("alert", str(kept.learner), str(kept.number), "PriceAlert")
        kept = alerts.set(who, LiquidationAlert(Rate(D("0.01")))).alert
        proof.waiting.heard("alert", str(kept.learner), str(kept.number), "LiquidationAlert")
        marks.move("BTCUSDT", 50_000)
        sweep = Sweep(units, clock, listings, "demo", rules)
        sweep.alarm = Alarm(units, clock, listings, "demo", "binance")
        assert sweep(marks.marks()) == 2
        assert proof.wrong() == []
        yield Shelf(proof)
    database.close()


COPIED = """
INSERT INTO event (account, version, kind, body, at, request)
SELECT account, version + 50, kind, body, at, request FROM event WHERE request = 'r1'
"""


WAITS_STILL = "UPDATE alert SET number = 1 WHERE number = 2"
FIRED_AGAIN = """
INSERT INTO news (learner, key, body, attempts, due_at) SELECT learner, 'again', body, 0, due_at
FROM news
"""


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM done WHERE request = 'r1'", "r1: confirmed, and lost"),
        ("DELETE FROM done WHERE request = 'r1'", "r1: it was done, and is no more"),
        ("DELETE FROM done WHERE request = 'r1'", "r1: events that nobody asked for"),
        ("DELETE FROM event WHERE request = 'r2'", "r2: confirmed, and not booked"),
        (COPIED, "r1: told Answer"),
        ("UPDATE posting SET quanta = quanta + 1 WHERE event = 2", "event 2 does not balance"),
        ("UPDATE posting SET quanta = quanta - 2000000000000", "account 1: wallet is negative"),
        ("UPDATE account SET state = replace(state, 'binance', 'okx')", "audit: Fault"),
        ("DELETE FROM outbox", "not in the outbox"),
        ("UPDATE outbox SET sent_at = due_at", "struck off, and not brought"),
        ("DELETE FROM event WHERE kind = 'Granted'", "events were"),
        ("DELETE FROM news", "alert (1, 1): lost"),
        ("DELETE FROM alert WHERE number = 2", "alert (1, 2): lost"),
        ("DELETE FROM alert WHERE number = 3", "alert (1, 3): lost"),
        (WAITS_STILL, "alert (1, 1): fired, and waits still"),
        (FIRED_AGAIN, "alert (1, 1): fired 2 times"),
        ("UPDATE news SET sent_at = due_at", "struck off, and not brought"),
        ("UPDATE news SET body = replace(body, '55000', '45000')", "the price was not there"),
    ],
)
def test_the_proof_finds_what_is_wrong(shelf: Shelf, statement: str, found: str) -> None:
    shelf.change(statement)
    assert [line for line in shelf.proof.wrong() if found in line]


def test_the_proof_finds_a_notice_that_was_sent_before_its_commit(shelf: Shelf) -> None:
    shelf.proof.delivered.write_text("99\n7:never\n")
    assert shelf.proof.wrong() == [
        "event 99: told, and not booked",
        "news 7:never: told, and not posted",
    ]


def test_what_a_person_was_about_to_delete_may_be_gone(shelf: Shelf) -> None:
    shelf.proof.waiting.heard("delete", "1", "2")
    shelf.change("DELETE FROM alert WHERE number = 2")
    assert shelf.proof.wrong() == []


def test_at_the_end_every_notice_has_been_brought(shelf: Shelf) -> None:
    missing = [line.split(": ")[0].split(" ") for line in shelf.proof.wrong(clean=True)]
    (_, number), (_, key) = missing
    assert [kind for kind, _ in missing] == ["event", "news"]
    shelf.proof.delivered.write_text(f"{number}\n{number}\n{key}\n")
    assert shelf.proof.wrong(clean=True) == []
    assert (shelf.proof.notices, shelf.proof.repeats, shelf.proof.waiting.fired) == (1, 1, 1)

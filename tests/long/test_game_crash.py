"""Three kills while a quiz is played, and that the proof behind them finds what it looks for."""

import asyncio
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.playing import Playing
from core.services.trading import Asked
from tests.house.tree import ROOT
from tests.long.game_crash import Totals, missed
from tests.long.game_crowd import Heard
from tests.long.game_proof import GameProof
from tests.long.test_crash import PLAIN
from tests.sims.clock import SimClock
from tests.sims.house import House

ROOM = Room("telegram", "-7")


def test_three_kills_lose_no_game() -> None:
    command = [sys.executable, "-m", "tests.long.game_crash"]
    options = ["--kills", "3", "--each", "3", "--kinds", "quiz"]
    ran = subprocess.run(
        [*command, *options], cwd=ROOT, env=PLAIN, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert ran.stdout.startswith("3 kills")
    assert "1 games came to their end (quiz 1); every one counted anew, all agree" in ran.stdout


def test_a_phase_that_no_kill_met_is_told() -> None:
    totals = Totals()
    totals.stood.update({"draft": 3, "open": 1, "running": 9, "settling": 1, "final": 2})
    assert missed(totals) == [
        "with a question open",
        "between questions",
        "frozen",
        "saying something",
    ]


@dataclass
class Shelf:
    """A file with a quiz that has begun: two joined; nothing was said yet."""

    proof: GameProof

    def change(self, statement: str) -> None:
        """Do what the program never does."""
        with closing(sqlite3.connect(self.proof.database)) as rows:
            rows.execute(statement)
            rows.commit()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    house, heard = House(tmp_path, SimClock(), 1), Heard()
    games = house.app.challenges

    def by(person: str, request: str, said: str) -> Playing:
        heard.line("answered", f"{request} {person} ok {said}")
        return Playing(Asked(Identity("telegram", person), "-7", request), ROOM, hosts=True)

    def play() -> None:
        games.draft(by("1", "r1", "/challenge quiz"), "quiz")
        games.open(by("1", "r2", "/challenge open 1"), 1)
        games.join(by("1", "r3", "/challenge join 1"), 1, "Mira")
        games.join(by("2", "r4", "/challenge hide 1"), 1, "Tobi")
        games.begin(by("1", "r5", "/challenge begin 1"), 1)

    asyncio.run(house.app.games._desks.run(play, writes=True))
    house.close()
    proof = GameProof(house.path, heard)
    assert proof.wrong(Counter()) == []
    return Shelf(proof)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM game_input WHERE request = 'r5'", "was taken, and is not in the log"),
        ("DELETE FROM game_input WHERE request = 'r5'", "input (1, 3) was"),
        ("DELETE FROM game_input WHERE request = 'r3'", "has 2 inputs, the last is 3"),
        ("UPDATE game_input SET body = '{}' WHERE request = 'r4'", "input (1, 2) was"),
        ("DELETE FROM game_seat WHERE number = 2", "2 plays, and has no seat"),
        ("UPDATE game_post SET sent_at = due_at", "counts as said, and was not"),
    ],
)
def test_the_proof_finds_what_is_wrong(shelf: Shelf, statement: str, found: str) -> None:
    shelf.change(statement)
    assert [line for line in shelf.proof.wrong(Counter()) if found in line]


def test_a_post_may_be_said_again_only_where_a_kill_cut_it_off(shelf: Shelf) -> None:
    assert shelf.proof.wrong(Counter({1: 2})) == ["post 1: said 2 times, cut off 0 times"]
    shelf.proof.heard.line("sending", "1")
    assert shelf.proof.heard.killed() == 1
    assert shelf.proof.wrong(Counter({1: 2})) == []
    shelf.proof.heard.line("sending", "1")
    shelf.proof.heard.line("sent", "1")
    assert shelf.proof.heard.killed() == 0
    assert shelf.proof.wrong(Counter({1: 3})) == ["post 1: said 3 times, cut off 1 times"]


def test_nothing_is_said_before_its_commit(shelf: Shelf) -> None:
    assert shelf.proof.wrong(Counter({99: 1})) == ["post 99 was said before it was there"]


def test_at_the_end_nothing_waits_and_every_game_is_over(shelf: Shelf) -> None:
    found = shelf.proof.wrong(Counter(), clean=True)
    assert [line for line in found if "waits for ever" in line]
    assert found[-1] == "game 1 (quiz) is running"

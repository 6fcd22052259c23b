"""Kill the program at random moments under load, and prove each time that nothing was lost.

    python -m tests.long.crash --kills 200

A warmed-up parent forks a life (`lives.Life`), lets it work on the file that the last one left, and
kills it with SIGKILL at a moment drawn by the seed. After each kill the books are proven
(`ledgers.Proof`). After so many kills a clean run brings every notice, and a new file is begun, so
that a proof of everything stays affordable after every kill.
"""

import argparse
import os
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.long.ledgers import Answer, Proof
from tests.long.lives import Hurried, Pending, Plan, live, opened

BEGIN = datetime(2026, 12, 1, 7, 58, tzinfo=UTC)
"""Two minutes before funding is due."""

SPEED = 120
EARLIEST, LATEST = 0.01, 0.5
"""Seconds after which a life ends."""
YOUNG = 0.2
"""How many lives end so long after their birth; the others' time runs from their first answer."""

ANSWERED = b"done "


class Wrong(AssertionError):
    """The books are not as they must be."""


@dataclass
class Totals:
    """What happened in all lives."""

    kills: int = 0
    confirmed: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    notices: int = 0
    repeats: int = 0
    alerts: int = 0
    fired: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    silent: int = 0

    def told(self, taken: float) -> str:
        """The summary."""
        kinds = ", ".join(f"{name} {count}" for name, count in self.kinds.most_common())
        refused = sum(self.refused.values())
        return (
            f"{self.kills} kills in {taken:.0f} s ({self.silent} before anybody was answered)\n"
            f"{self.confirmed} requests confirmed, {refused} refused, "
            f"{self.repeated} repeated after a kill; none lost, none doubled\n"
            f"{self.notices} notices, all brought ({self.repeats} of them twice)\n"
            f"{self.alerts} alerts, {self.fired} fired and brought; none lost, none doubled\n"
            f"{sum(self.kinds.values())} events, every sum zero: {kinds}"
        )


@dataclass
class Round:
    """One file, and the lives that are lived on it."""

    plan: Plan
    totals: Totals
    draw: Random
    proof: Proof
    pending: dict[int, Pending] = field(default_factory=dict)
    lives: int = 0

    def killed(self) -> None:
        """A life that ends at a random moment."""
        self.lives += 1
        young = self.draw.random() < YOUNG
        lines = _life(self._live, self.draw.uniform(EARLIEST, LATEST), young=young)
        self.totals.kills += 1
        self.totals.silent += not any(line.startswith("done") for line in lines)
        self._hear(lines)
        self._prove()

    def ended(self) -> None:
        """A life that ends by itself, after which nothing waits any more."""
        self.lives += 1
        self._hear(_life(lambda out: self._live(out, clean=True), None))
        self.pending.clear()
        self._prove(clean=True)
        self.totals.notices += self.proof.notices
        self.totals.repeats += self.proof.repeats
        self.totals.alerts += len(self.proof.waiting.promised)
        self.totals.fired += self.proof.waiting.fired
        self.totals.kinds += self.proof.kinds

    def _live(self, out: int, *, clean: bool = False) -> None:
        live(self.plan, self.lives, self.pending, out, clean=clean)

    def _hear(self, lines: list[str]) -> None:
        """Take in what people asked and were told in a life."""
        for line in lines:
            what, request, *rest = line.split(" ")
            if what in {"alert", "delete"}:
                self.proof.waiting.heard(what, request, *rest)
                continue
            if what == "asked":
                person = int(rest[0])
                again = person in self.pending and self.pending[person].request == request
                self.totals.repeated += again
                self.pending[person] = Pending(person, request, rest[1])
                continue
            if what == "fault":
                raise Wrong(line)
            self.pending = {n: p for n, p in self.pending.items() if p.request != request}
            if what == "refused":
                self.totals.refused[rest[0]] += 1
            else:
                self.totals.confirmed += 1
                self.proof.confirmed[request] = Answer(*map(int, rest))

    def _prove(self, *, clean: bool = False) -> None:
        found = self.proof.wrong(clean=clean)
        if found:
            head = f"seed {self.plan.seed}, life {self.lives}: {len(found)} faults"
            raise Wrong("\n".join([head, *found[:20]]))


def _life(lived: Callable[[int], None], seconds: float | None, *, young: bool = True) -> list[str]:
    """Fork a life, end it after so many seconds (None: it ends itself); return what it told.

    The seconds of one that is not `young` run from its first answer.
    """
    read, write = os.pipe()
    number = os.fork()
    if not number:
        os.close(read)
        try:
            lived(write)
        except BaseException:  # noqa: BLE001 - the parent has been told, and nothing may go on here
            os._exit(1)
        os._exit(0)
    os.close(write)
    told = b""
    while not young and ANSWERED not in told:
        part = os.read(read, 65536)
        told, young = told + part, not part
    told += _heard(read, seconds)
    if seconds is not None:
        os.kill(number, signal.SIGKILL)
    rest = _heard(read, None)
    os.close(read)
    _, status = os.waitpid(number, 0)
    lines = (told + rest).decode().splitlines()
    code = os.waitstatus_to_exitcode(status)
    if code != (0 if seconds is None else -signal.SIGKILL):
        raise Wrong(f"a life ended by itself with {code}: {lines[-3:]}")
    return lines


def _heard(read: int, seconds: float | None) -> bytes:
    """Everything that comes through a pipe, until so many seconds are over or the other end is."""
    end = None if seconds is None else time.monotonic() + seconds
    parts: list[bytes] = []
    while True:
        left = None if end is None else max(0.0, end - time.monotonic())
        if not select.select([read], [], [], left)[0]:
            return b"".join(parts)
        part = os.read(read, 65536)
        if not part:
            return b"".join(parts)
        parts.append(part)
        if left == 0.0:
            return b"".join(parts)


def _begun(folder: Path, seed: int, people: int, totals: Totals) -> Round:
    folder.mkdir()
    plan = Plan(seed, folder, Hurried(BEGIN, SPEED), people)
    opened(plan).close()  # whatever is loaded late is loaded now, before any fork
    return Round(plan, totals, Random(seed), Proof(plan.database, plan.delivered))


def crash(kills: int, seed: int = 1, each: int = 25, people: int = 32) -> Totals:
    """Kill so many times, `each` on one file. Raises `Wrong`."""
    totals = Totals()
    with TemporaryDirectory() as name:
        while totals.kills < kills:
            here = _begun(Path(name) / str(seed), seed, people, totals)
            for _ in range(min(each, kills - totals.kills)):
                here.killed()
            here.ended()
            seed += 1
    return totals


def main(words: list[str] | None = None) -> None:
    """Read the options, run, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.long.crash")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--each", type=int, default=25, help="kills on one file")
    parser.add_argument("--people", type=int, default=32)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    started = time.monotonic()
    totals = crash(options.kills, options.seed, options.each, options.people)
    sys.stdout.write(totals.told(time.monotonic() - started) + "\n")


if __name__ == "__main__":
    main()

"""A whole market once a second: what the house costs beside ccxt, and how soon it decides.

An exchange in a process of its own speaks to two others: ccxt alone, and the house with people who
hold something. Both are fresh processes and listen to the same messages at the same time; what one
needs of its processor more than the other is the house's own. Then the house listens to faster
messages, and tells when each was decided on.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.process import environment
from tests.bench.row import Effort, Row, millis
from tests.bench.venue import MANY

SHARE = 0.05
"""Of a core, at most, beside what ccxt needs."""
SECONDS, QUICK_SECONDS = 60, 8
FAST = 5
"""Messages a second while latency is measured."""


class Venue:
    """The exchange's process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.address = str(self._heard())

    def speak(self, messages: int, a_second: float, listeners: int) -> list[float]:
        """Let it send messages once so many listen; return when each went out."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{messages} {a_second} {listeners}\n")
        self._process.stdin.flush()
        sent: list[float] = self._heard()
        return sent

    def _heard(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


@contextmanager
def venue(environ: Mapping[str, str]) -> Iterator[Venue]:
    """Run an exchange until the block ends."""
    command = [sys.executable, "-m", "tests.bench.venue"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environ, text=True) as process:
        try:
            yield Venue(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()


@contextmanager
def listening(
    which: str, at: Venue, messages: int, folder: Path
) -> Iterator["subprocess.Popen[str]"]:
    """Run one of the two programs, which ends by itself."""
    words = ["-m", "tests.bench.listening", which, at.address, str(messages)]
    environ = environment(folder)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, *words], stdout=pipe, env=environ, cwd=folder, text=True
    ) as process:
        yield process


def _told(process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdout is not None
    told: dict[str, Any] = json.loads(process.stdout.read().splitlines()[-1])
    return told


def share(at: Venue, seconds: int, folder: Path) -> tuple[float, float]:
    """Return the shares of a core that the house and ccxt alone need at a message a second."""
    with (
        listening("house", at, seconds, folder) as house,
        listening("bare", at, seconds, folder) as bare,
    ):
        at.speak(seconds, 1, listeners=2)
        ours, theirs = _told(house), _told(bare)
    return ours["cpu"] / (seconds - 1), theirs["cpu"] / (seconds - 1)


def latencies(at: Venue, seconds: int, folder: Path) -> list[float]:
    """Return the seconds from each message to the decision on it, sorted."""
    messages = seconds * FAST
    with listening("house", at, messages, folder) as house:
        sent = at.speak(messages, FAST, listeners=1)
        seen = dict(_told(house)["seen"])
    found, later = [], None
    for number in range(messages, 0, -1):
        later = seen.get(number, later)  # what came too soon is decided on with the next
        if later is not None:
            found.append(later - sent[number - 1])
    return sorted(found)


def run(effort: Effort) -> Iterator[Row]:
    """Measure both, one after the other."""
    seconds = SECONDS if effort.starts > 1 else QUICK_SECONDS
    with TemporaryDirectory() as name, venue(environment(Path(name))) as at:
        ours, theirs = share(at, seconds, Path(name))
        own = ours - theirs
        yield Row(
            f"{MANY} contracts once a second, all kept, of a core",
            f"{ours:.1%}",
            f"{theirs:.1%}",
            f"{own:.1%} more",
            f"at most {SHARE:.0%} more",
            own <= SHARE,
        )
        found = latencies(at, seconds, Path(name))
        half, most = found[len(found) // 2], found[int(len(found) * 0.99)]
        yield Row(
            f"from a message on the line to the sweep's decision, 99 of 100 of {len(found)}",
            millis(most),
            f"{millis(half)} as a rule",
        )

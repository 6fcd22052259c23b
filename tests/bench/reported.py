"""Times without a goal: what a person waits for, on this machine."""

import sys
import time
from collections.abc import Callable, Iterator
from decimal import localcontext
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.adapters.content.instrument_files import load_listings
from bot.chat.request import Chat, Request, Who
from core.money import EXACT
from tests.bench import bots
from tests.bench.measure import undisturbed
from tests.bench.process import environment, wall
from tests.bench.row import Effort, Row, micros, millis

LINE = "/compare 10x long BTC"
ASK = [sys.executable, "-m", "bot", "ask", LINE]


def typical(work: Callable[[], object], rounds: int) -> float:
    """Return the median seconds of one call."""
    found = []
    work()
    with undisturbed():
        for _ in range(rounds):
            started = time.perf_counter()
            work()
            found.append(time.perf_counter() - started)
    return median(found)


def inside(folder: Path, rounds: int) -> Iterator[Row]:
    """Time parts of one process."""
    who, chat = Who("console", "me"), Chat("console")
    request = Request(id="1", who=who, chat=chat, text=LINE, addressed=True)
    with bots.house(folder) as app, localcontext(EXACT):
        handle = app.desk._dispatcher.handle
        yield Row(f"{LINE} in the dispatcher", millis(typical(lambda: handle(request), rounds)))
        yield Row("all marks of the demo market", micros(typical(app.marks, rounds)))
    yield Row("reading all instrument files", millis(typical(load_listings, max(3, rounds // 20))))


def run(effort: Effort) -> Iterator[Row]:
    """Time parts inside, then whole programs."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield from inside(folder, effort.rounds)
        environ = environment(folder)
        found = [wall(ASK, environ, folder) for _ in range(effort.starts + 1)]
        yield Row("a whole `marginbot ask`, from start to end", millis(min(found)))
        for each in folder.glob("marginbot.db*"):
            each.unlink()
        first = wall(ASK, environ, folder)
        yield Row("the same on an empty folder (the database is made)", millis(first))

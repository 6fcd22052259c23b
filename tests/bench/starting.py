"""Import time of the application with both platforms, over the bare libraries'.

Seen from inside a fresh interpreter, so that Python's own start is in neither figure.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.measure import Paired
from tests.bench.process import WITHOUT, environment, told
from tests.bench.row import Effort, Row, against, millis

GOAL = 1.5

TIMED = (
    WITHOUT
    + """
import json, time
started = time.perf_counter()
{imports}
print(json.dumps(time.perf_counter() - started))
"""
)

BARE = TIMED.format(imports="import discord, sqlalchemy, telegram.ext")
OURS = TIMED.format(
    imports="import bot.app, bot.adapters.telegram.adapter, bot.adapters.discord.adapter"
)


def run(effort: Effort) -> Iterator[Row]:
    """Time fresh processes, in turns."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        environ = environment(folder)
        told(OURS, environ, folder)  # compiles what was never compiled
        told(BARE, environ, folder)
        turns = range(effort.starts * 3)
        found = [(told(OURS, environ, folder), told(BARE, environ, folder)) for _ in turns]
    yield against("import time, both platforms", Paired.best(found), millis, GOAL)

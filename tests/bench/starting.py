"""Import time of the application with both platforms, over the bare libraries'.

Seen from inside a fresh interpreter, so that Python's own start is in neither figure; in seconds of
the process's own time, so that a busy machine counts for nobody; without the garbage collector, as
everywhere here: whether its one slow pass falls before or behind the end is chance.
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
import gc, json, time
gc.disable()
started = time.process_time()
{imports}
print(json.dumps(time.process_time() - started))
"""
)

BARE = TIMED.format(imports="import discord, sqlalchemy, telegram.ext")
LIBRARIES = TIMED.format(
    imports="import discord, sqlalchemy, telegram.ext, structlog\n"
    "from pydantic_settings import BaseSettings"
)
OURS = TIMED.format(
    imports="import bot.app, bot.adapters.telegram.adapter, bot.adapters.discord.adapter"
)


def run(effort: Effort) -> Iterator[Row]:
    """Time fresh processes, in turns."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        environ = environment(folder)
        told(OURS, environ, folder)  # compiles what was never compiled
        programs = (OURS, BARE, LIBRARIES)
        found = [
            [told(each, environ, folder) for each in programs] for _ in range(effort.starts * 3)
        ]
    bare = Paired.best([(ours, base) for ours, base, _ in found])
    yield against("import time, both platforms", bare, millis, GOAL)
    whole = Paired.best([(ours, base) for ours, _, base in found])
    yield against("the same over these and pydantic-settings, structlog", whole, millis)

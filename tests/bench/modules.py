"""What a text command does not load: pictures, arrays, migrations, live prices."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.adapters.database import prepare
from tests.bench.process import environment, told
from tests.bench.row import Effort, Row

HEAVY = ("matplotlib", "numpy", "alembic", "ccxt")

ASK = f"""
import json, sys
from bot.cli import main
status = main(["ask", "/compare 10x long BTC"])
loaded = sorted({{name.split(".")[0] for name in sys.modules}} & set({HEAVY!r}))
print(json.dumps([status, loaded]))
"""


def heavy_modules(folder: Path) -> list[str]:
    """Return the heavy libraries that a text command loads on a database that is up to date."""
    environ = environment(folder)
    prepare(environ["DATABASE_URL"])  # in this process: a new database needs Alembic once
    status, loaded = told(ASK, environ, folder)
    if status:
        raise AssertionError(f"the command failed with {status}")
    return list(loaded)


def run(_: Effort) -> Iterator[Row]:
    """Ask once and look."""
    with TemporaryDirectory() as folder:
        found = heavy_modules(Path(folder))
    what = f"loaded by a text command, of {', '.join(HEAVY)}"
    yield Row(what, ", ".join(found) or "none", goal="none", met=not found)

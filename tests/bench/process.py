"""Fresh interpreters: what a process weighs and how long it takes, seen from inside and outside."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.settings import options
from tests.house.tree import ROOT

CHECKS_ONLY = ("click", "pygments", "rich")
"""What tools for checks bring along; libraries would load it here, and not where the bot runs."""

WITHOUT = f"import sys; sys.modules.update(dict.fromkeys({CHECKS_ONLY!r}))\n"
"""The first line of a program that is to see what a bot's own environment has."""


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment with no setting of this machine, and a database in `folder`."""
    # Compiled files are kept and found, as on any machine that runs the bot a second time.
    left_out = {"PYTHONDONTWRITEBYTECODE", *(option.name for option in options())}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    database = f"sqlite:///{folder / 'marginbot.db'}"
    return {**kept, "DATABASE_URL": database, "PYTHONPATH": str(ROOT), **more}


def told(code: str, environ: Mapping[str, str], cwd: Path) -> Any:
    """Run a program that prints JSON as its last line; return that."""
    done = _run([sys.executable, "-c", code], environ, cwd)
    return json.loads(done.stdout.splitlines()[-1])


def wall(arguments: Sequence[str], environ: Mapping[str, str], cwd: Path) -> float:
    """Run a program to its end; return the seconds that took."""
    started = time.perf_counter()
    _run(arguments, environ, cwd)
    return time.perf_counter() - started


def _run(
    arguments: Sequence[str], environ: Mapping[str, str], cwd: Path
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        arguments, env=environ, cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{arguments[:3]} failed:\n{done.stderr[-2000:]}")
    return done

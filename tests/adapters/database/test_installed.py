"""An installed bot finds its migrations beside its packages, as one in its source tree does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.tree import ROOT

BUILD = "from hatchling.build import build_wheel; print(build_wheel('dist'))"

START = """
import sys
from bot.adapters.database import Database, prepare, schema
prepare(sys.argv[1])
database = Database(sys.argv[1])
with database.units().writing() as books:
    books.set_note("a", "b")
database.close()
print(schema.MIGRATIONS)
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Build the wheel from a copy of the sources and unpack it."""
    copy = tmp_path / "sources"
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("bot", "core", "migrations"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    (copy / "README.md").write_text("Marginbot\n")
    built = subprocess.run(
        [sys.executable, "-c", BUILD], cwd=copy, capture_output=True, text=True, check=True
    )
    with ZipFile(copy / "dist" / built.stdout.split()[-1]) as wheel:
        wheel.extractall(tmp_path / "site")
    return tmp_path / "site"


def test_an_installed_bot_brings_a_new_file_up_to_date(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START, f"sqlite:///{tmp_path / 'margin.db'}"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(installed / "migrations")

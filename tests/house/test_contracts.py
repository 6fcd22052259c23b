"""The floors: all import contracts are kept, and they do notice when one is not."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOT

PLANTED = {
    "The core touches nothing outside": ("core/money.py", "import numpy"),
    "The core stands on floors": ("core/errors.py", "from core.margin.pool import Leg"),
    "The bot stands on floors": ("bot/chat/reply.py", "import bot.commands"),
    "Adapters do not know each other": (
        "bot/adapters/console/planted.py",
        "import bot.adapters.telegram",
    ),
    "Commands do not know each other": ("bot/commands/liq.py", "import bot.commands.compare"),
    "Every outside thing has one door": ("bot/app.py", "from telegram.ext import Application"),
    "Commands, chat and runtime know no platform and no driver": (
        "bot/runtime/planted.py",
        "import aiohttp",
    ),
    "A text command waits for no array library": ("bot/chat/reply.py", "import numpy"),
    "No circles": ("core/money.py", "from core.market import Symbol"),
}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Judge the packages in a folder."""
    run = "from importlinter.cli import lint_imports_command as run; run(prog_name='lint-imports')"
    command = [sys.executable, "-c", run, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the two packages in which a fault can be planted."""
    for name in ("bot", "core"):
        ignored = shutil.ignore_patterns("__pycache__", "content", "locale")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_all_contracts_are_kept(copy: Path) -> None:
    verdict = lint(copy)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    assert " 0 broken" in verdict.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_fault_breaks_the_contract_meant_for_it(copy: Path, contract: str) -> None:
    name, line = PLANTED[contract]
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    verdict = lint(copy)
    assert verdict.returncode == 1
    assert f"{contract} BROKEN" in verdict.stdout


@pytest.mark.parametrize("root", ["bot", "core"])
def test_a_floor_that_nobody_placed_breaks_a_contract(copy: Path, root: str) -> None:
    cellar = copy / root / "cellar"
    cellar.mkdir()
    (cellar / "__init__.py").touch()
    assert f"The {root} stands on floors BROKEN" in lint(copy).stdout


def test_every_contract_has_its_planted_fault() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = declared["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == set(PLANTED)

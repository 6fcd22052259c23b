"""The front door: verbs and arguments, and every fault told in one line with its status."""

import os
import subprocess
import sys
from argparse import Namespace
from decimal import getcontext, localcontext
from pathlib import Path

import pytest

from bot.cli import VERBS, ask, main
from bot.settings import Settings
from core.money import EXACT

ROOT = Path(__file__).resolve().parents[2]

OLD = """
import collections, runpy, sys
sys.version_info = collections.namedtuple("Version", "major minor micro")(3, {minor}, 4)
runpy.run_path({door!r}, run_name="__main__")
"""
"""The door, opened by a Python that says it is another one."""


def started(*arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=60,
    )


@pytest.mark.parametrize("minor", [6, 10])
def test_an_old_python_is_turned_away_in_one_line(minor: int) -> None:
    door = str(ROOT / "bot" / "__main__.py")
    done = started("-c", OLD.format(minor=minor, door=door))
    assert done.returncode == 1
    assert done.stderr == f"Marginbot needs Python 3.11 or newer; this is Python 3.{minor}.\n"


def test_the_module_is_the_program() -> None:
    done = started("-m", "bot", "ask", "/price btc")
    assert (done.returncode, done.stderr) == (0, "")
    assert "BTCUSDT" in done.stdout


def test_help_names_every_verb_and_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    out = " ".join(capsys.readouterr().out.split())
    for verb in VERBS:
        assert f"{verb.NAME} {verb.HELP}" in out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["dance"], "dance"),
        (["ask"], "line"),
        (["parse"], "line"),
        (["parse", "--marks"], "--marks"),
        (["run", "now"], "now"),
        (["migrate", "--back"], "--back"),
        (["--loud"], "--loud"),
    ],
)
def test_bad_usage_is_told_with_its_status(
    capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    shown = capsys.readouterr()
    assert named in shown.err.splitlines()[-1]
    assert (shown.out, "Traceback" in shown.err) == ("", False)


def test_a_bad_setting_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRICES_SPEED", "fast")
    assert main(["ask", "/price"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "PRICES_SPEED" in err


def test_a_database_that_cannot_be_opened_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/taken/bot.db")
    assert main(["ask", "/price"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(("fault", "status"), [(KeyboardInterrupt, 130), (BrokenPipeError, 0)])
def test_whoever_goes_away_hears_nothing_more(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    fault: type[BaseException],
    status: int,
) -> None:
    def gone(_options: Namespace, _settings: Settings) -> int:
        raise fault

    monkeypatch.setattr(ask, "run", gone)
    assert main(["ask", "/price"]) == status
    assert capsys.readouterr().err == ""


def test_a_fault_of_ours_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_options: Namespace, _settings: Settings) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(ask, "run", broken)
    with pytest.raises(ZeroDivisionError):
        main(["ask", "/price"])


def test_the_program_reckons_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def look(_options: Namespace, _settings: Settings) -> int:
        seen.append(getcontext().prec)
        return 0

    monkeypatch.setattr(ask, "run", look)
    with localcontext():
        assert main(["ask", "/price"]) == 0
    assert seen == [EXACT.prec]

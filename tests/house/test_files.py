"""What may be committed: names that say something, and nothing of the machine it was written on."""

import os
import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.house.tree import ROOT, files

GATHERERS = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "base"}


def plain(spelled: str) -> str:
    """Take the dots out of words that are spelled with one, so that this file finds not itself."""
    return spelled.replace("\N{MIDDLE DOT}", "")


TRACES = re.compile(
    plain(
        r"(?<![\w.])/(?:wo·rk|ho·me|ro·ot|t·mp|op·t|Us·ers)/"
        r"|[A-Z]:\\Us·ers"
        r"|py·pi\.o·rg|files\.python·hosted"
        r"|(?<!no-emit-)(?:extra-)?index·-url|trusted·-host"
        r"|\b10(?:\.\d{1,3}){3}\b|\b192\.168(?:\.\d{1,3}){2}\b"
    )
)


def traces(text: str) -> Iterator[str]:
    """Yield every mention of a package index or of a place on somebody's machine."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := TRACES.search(line):
            yield f"{number}: {found[0]}"


@pytest.mark.parametrize(
    "line",
    ["see /wo·rk/x", 'open("/t·mp/x")', "--index·-url x", "https://py·pi.o·rg/x", "10.·0.0.7"],
)
def test_a_trace_of_a_machine_is_found(line: str) -> None:
    assert list(traces(plain(line)))


@pytest.mark.parametrize(
    "line", ["docs/work/x", "--no-emit-index-url", "https://host/home/x", "10.0.1", "homework/"]
)
def test_ordinary_lines_pass(line: str) -> None:
    assert not list(traces(line))


def test_no_file_names_an_index_or_a_place_on_a_machine() -> None:
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures and fonts
        found += [f"{path.relative_to(ROOT)}:{line}" for line in traces(text)]
    assert found == []


def test_no_module_gathers_strangers() -> None:
    code = [path for path in files() if path.suffix == ".py"]
    assert code
    named = {path.relative_to(ROOT): {path.stem, *path.relative_to(ROOT).parts} for path in code}
    assert [path for path, names in named.items() if names & GATHERERS] == []


def test_the_door_for_machines_can_be_run() -> None:
    door = ROOT / ".ci" / "run"
    assert os.access(door, os.X_OK)
    assert subprocess.run(["sh", "-n", str(door)], check=False).returncode == 0


def test_a_commit_is_checked_by_what_the_makefile_checks() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "entry: make check\n" in hooks

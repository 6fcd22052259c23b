"""Locks: everything pinned, every file with its hash, and no word on where it came from."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,. _-]+\])?==(\S+)", re.MULTILINE)
LOCKS = ("requirements.lock", "requirements-dev.lock")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(lock: str) -> set[tuple[str, str]]:
    return {(canonical(name), version) for name, version in PIN.findall(lock)}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*tables: list[str]) -> set[str]:
    names = (re.match(r"[A-Za-z0-9._-]+", line) for table in tables for line in table)
    return {canonical(found[0]) for found in names if found}


def stray_lines(lock: str) -> list[str]:
    """Return the lines that are neither a pin, nor a hash, nor a comment."""
    allowed = re.compile(r"\s*#|\s+--hash=sha256:[0-9a-f]{64}( \\)?$|[a-z0-9].*==|$")
    return [line for line in lock.splitlines() if not allowed.match(line)]


def unhashed(lock: str) -> list[str]:
    """Return the pins that no hash follows."""
    lines = lock.splitlines()
    return [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if PIN.match(line) and "--hash=sha256:" not in after
    ]


def test_the_readers_of_a_lock_see_what_is_wrong() -> None:
    bad = "--find x\na==1\nb==2 \\\n    --hash=sha256:" + "0" * 64 + "\n"
    assert stray_lines(bad) == ["--find x"]
    assert unhashed(bad) == ["a==1"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash_and_no_line_names_an_index(name: str) -> None:
    lock = text(name)
    assert len(pins(lock)) > 40
    assert stray_lines(lock) == []
    assert unhashed(lock) == []
    assert "://" not in lock


def test_the_lock_of_the_tests_holds_the_lock_of_the_program() -> None:
    assert pins(text(LOCKS[0])) < pins(text(LOCKS[1]))


def test_everything_declared_is_locked() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    extras = project["project"]["optional-dependencies"]
    running = declared(
        project["project"]["dependencies"],
        extras["live"],
        extras["postgres"],
        project["build-system"]["requires"],
    )
    assert running <= {name for name, _ in pins(text(LOCKS[0]))}
    assert running | declared(extras["dev"]) <= {name for name, _ in pins(text(LOCKS[1]))}

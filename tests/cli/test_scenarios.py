"""`marginbot scenarios list`: one recorded event a line, own ones marked."""

from bot.adapters.content.scenario_writer import store
from tests.builders import BTC
from tests.cli.test_scenario_fetch import OWN, Program, program
from tests.fakes.scenarios import flat

__all__ = ["program"]


def test_every_event_has_a_line(program: Program) -> None:
    assert program("list") == 0
    lines = program.out.splitlines()
    assert len(lines) == 11
    assert lines[0].split() == [
        "2020-03-12", "Black", "Thursday", "2020-03-09T00:00Z", "216", "h",
        "BTC", "ETH", "BNB", "XRP", "DOGE", "ADA",
    ]  # fmt: skip


def test_own_events_are_marked_and_broken_ones_are_named(program: Program) -> None:
    store(flat(2, {BTC: 1}, "2026-10-01", "My dip"), OWN)
    (OWN / "2026-10-02").mkdir()
    assert program("list") == 0
    lines = program.out.splitlines()
    assert [line for line in lines if line.endswith("  own")] == [
        "2026-10-01  My dip            2020-03-09T00:00Z    2 h  BTC  own"
    ]
    assert lines[-1] == "2026-10-02  left out: index.toml: No such file or directory"


def test_there_is_something_to_do(program: Program) -> None:
    assert "invalid choice" in program.refused("guess")
    assert "required" in program.refused()

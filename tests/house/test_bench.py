"""The benchmarks run, and say so when a goal is missed; what they find is theirs to say."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.bench import liquidation, page
from tests.bench.__main__ import BENCHES, bench, main
from tests.bench.measure import Paired, paired
from tests.bench.row import QUICK, Effort, Row, against, micros

MET = Row("a", "1 s", "2 s", "0.50", "at most 1", met=True)
MISSED = Row("b", "3 | s", met=False)


def test_a_quick_run_prints_a_line_for_each_wall(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "--only", "liquidation"]) in {0, 1}
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" (worst")[0].split(None, 1)[1] for line in lines] == [
        "liquidation price, isolated",
        "liquidation price, cross, three positions",
    ]
    assert all(line.startswith(("met ", "missed ")) for line in lines)


@pytest.mark.parametrize("name", BENCHES)
def test_every_part_can_be_loaded(name: str) -> None:
    assert callable(bench(name))


@pytest.mark.parametrize(("rows", "status"), [([MET], 0), ([MET, MISSED], 1)])
def test_a_missed_goal_is_the_exit_status(
    rows: list[Row], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(_: Effort) -> Iterable[Row]:
        return rows

    monkeypatch.setattr(liquidation, "run", measured)
    assert main(["--only", "liquidation"]) == status


def test_a_part_of_a_run_is_not_written_down(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--write", "--quick"])
    assert "whole runs only" in capsys.readouterr().err


def test_a_bare_sum_that_says_something_else_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liquidation, "bare_isolated", lambda *_: Decimal(1))
    with pytest.raises(AssertionError, match="differs"):
        liquidation.compare(liquidation.isolated, liquidation.POSITIONS[0], QUICK.rounds)


def test_the_ratio_is_the_median_of_the_rounds_own_ratios() -> None:
    found = Paired.of([(2, 1), (30, 10), (400, 100)])
    assert (found.ratio, found.ours, found.baseline) == (3, 30, 10)


def test_four_times_the_work_costs_about_four_times() -> None:
    found = paired(lambda: sum(range(40_000)), lambda: sum(range(10_000)), rounds=9)
    assert 2 < found.ratio < 8


@pytest.mark.parametrize(("goal", "verdict"), [(3.0, "met"), (2.9, "missed"), (None, "reported")])
def test_a_goal_is_the_largest_ratio_allowed(goal: float | None, verdict: str) -> None:
    assert against("x", Paired.of([(3, 1)]), micros, goal).verdict == verdict


def test_the_page_has_a_line_for_each_row_and_names_no_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PATH", tmp_path / "docs" / "page.md")
    page.write([MET, MISSED])
    text = page.PATH.read_text(encoding="utf-8")
    assert "| a | 1 s | 2 s | 0.50 | at most 1 | met |" in text
    assert "| b | 3 / s |  |  |  | missed |" in text

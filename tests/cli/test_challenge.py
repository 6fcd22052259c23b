"""`marginbot challenge verify`: a published game is played again, and what differs is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.database.codec import dumps
from bot.cli import main
from core.lessons.game import inputs as i
from core.lessons.game.audit import FORMAT, Audit, audit
from tests.builders import exact
from tests.core.lessons.challenges.test_duel import rich
from tests.core.lessons.game.builders import at
from tests.core.lessons.game.recorded_duels import Recorded, thrice
from tests.fakes.scenarios import bar

__all__ = ["exact"]


def told() -> Audit:
    two = rich()
    return audit(7, two.state, two.on, two.log)


def verified(folder: Path, text: str) -> int:
    file = folder / "game.json"
    file.write_text(text, encoding="utf-8")
    return main(["challenge", "verify", str(file)])


def test_a_game_that_is_as_it_was_told_agrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified(tmp_path, dumps(told())) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in said[:2]] == [["1", "player", "1"], ["2", "player", "2"]]
    assert said[-1] == "Game #7 ends as it was told."


def test_a_duel_on_recorded_events_needs_nothing_but_its_file(tmp_path: Path) -> None:
    two = Recorded.begun(thrice(bar(1), bar(1, 1, "0.85", "1.05")))
    two.ask(1, "close", 125)
    two.finish()
    true = audit(7, two.state, two.on, two.log)
    assert verified(tmp_path, dumps(true)) == 0
    (other,) = thrice(bar(1), bar(1, 1, "0.97", "1.05")).later[:1]
    changed = replace(true.conditions, later=(other, *true.conditions.later[1:]))
    assert verified(tmp_path, dumps(replace(true, conditions=changed))) == 1


def test_another_result_another_seed_and_another_reason_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    true = told()
    for false, says in (
        (replace(true, standings=true.standings[::-1]), "it ends with another result"),
        (replace(true, hash="0" * 32), "the seed is not the one"),
        (replace(true, why="stopped"), "it ends for another reason"),
    ):
        assert verified(tmp_path, dumps(false)) == 1
        assert says in capsys.readouterr().out


def test_inputs_that_no_game_takes_are_no_game(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    true = told()
    stranger = i.Answered(at=at(0), player=99, value="close")
    assert verified(tmp_path, dumps(replace(true, inputs=(*true.inputs[:-1], stranger)))) == 1
    assert "the rules refuse an input" in capsys.readouterr().out


def test_what_cannot_be_read_is_told_and_has_a_status_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified(tmp_path, "{}") == 2
    assert verified(tmp_path, "no game") == 2
    assert "game.json is no published game that can be read." in capsys.readouterr().err
    assert verified(tmp_path, dumps(replace(told(), format=FORMAT + 1))) == 2
    assert "another release" in capsys.readouterr().err
    assert main(["challenge", "verify", str(tmp_path / "nothing.json")]) == 2

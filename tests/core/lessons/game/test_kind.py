"""What every kind promises, and what it is asked."""

import sys
from pathlib import Path

import pytest

from core.lessons import challenges
from core.lessons.challenges import kinds
from core.lessons.challenges.duel import KIND
from core.lessons.game.kind import chosen
from tests.core.lessons.game.builders import game


def test_what_was_chosen_counts_and_else_the_first_value() -> None:
    assert chosen(game(), KIND, "leverage") == "20"
    assert chosen(game(leverage="50"), KIND, "leverage") == "50"


def test_every_kind_has_a_place_players_and_options_with_a_default() -> None:
    all_ = tuple(kinds().values())
    assert len({kind.order for kind in all_}) == len(all_)
    for kind in all_:
        assert 1 <= kind.fewest <= kind.most
        assert all(option.values for option in kind.options)


@pytest.mark.parametrize("text", ["", "from core.lessons.challenges.duel import KIND\n"])
def test_a_module_without_a_kind_of_its_own_is_found_out(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zz_spare.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(challenges, "__path__", [*challenges.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, "core.lessons.challenges.zz_spare", raising=False)
    with pytest.raises(TypeError, match=r"zz_spare\.py"):
        kinds.__wrapped__()
    sys.modules.pop("core.lessons.challenges.zz_spare", None)

"""`.env.example` and the settings say the same."""

import re
from pathlib import Path

from bot.settings import Settings, load, options
from tests.house.example import PATH, example


def test_the_example_is_what_the_settings_say() -> None:
    assert PATH.read_text(encoding="utf-8") == example(), "run: make env"


def test_every_setting_has_one_comment_line_in_the_example() -> None:
    pairs = re.findall(r"^# (.+)\n([A-Z_]+)=", PATH.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for _, name in pairs} == {name.upper() for name in Settings.model_fields}
    assert all(len(comment) <= 98 for comment, _ in pairs)


def test_the_example_copied_unchanged_changes_nothing() -> None:
    assert load(PATH) == load(None)


def test_every_field_belongs_to_a_section_and_is_listed_once() -> None:
    names = [option.name.lower() for option in options()]
    assert sorted(names) == sorted(Settings.model_fields)


def test_a_changed_line_of_the_example_is_read(tmp_path: Path) -> None:
    text = PATH.read_text(encoding="utf-8").replace("DEFAULT_LEVERAGE=10", "DEFAULT_LEVERAGE=7")
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    assert load(tmp_path / ".env").default_leverage == 7

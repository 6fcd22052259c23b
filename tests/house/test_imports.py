"""A text command pays for nothing it does not use."""

from pathlib import Path

from tests.bench.modules import heavy_modules


def test_a_text_command_loads_no_pictures_arrays_migrations_or_live_prices(tmp_path: Path) -> None:
    assert heavy_modules(tmp_path) == []

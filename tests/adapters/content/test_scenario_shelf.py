"""The program's events and a self-hoster's own on one shelf: who wins, what is left out."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.adapters.content.scenario_files import INDEX, ScenarioFiles
from bot.adapters.content.scenario_shelf import ScenarioShelf, own_folder
from bot.adapters.content.scenario_writer import store
from bot.settings import Settings
from core.lessons.scenario import named
from tests.builders import BTC, ETH
from tests.fakes.scenarios import flat

SHIPPED = ScenarioFiles()
OWN = flat(2, {BTC: 60_000}, "2026-10-01", "October dip")


def settings(**values: object) -> Settings:
    return Settings.model_validate(values)


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("sqlite:///data/marginbot.db", "data/scenarios"),
        ("sqlite:////srv/bot/a.db", "/srv/bot/scenarios"),
        ("sqlite+pysqlite:////srv/bot/a.db", "/srv/bot/scenarios"),
        ("sqlite:///:memory:", "data/scenarios"),
        ("sqlite://", "data/scenarios"),
        ("postgresql://me:secret@host/name", "data/scenarios"),
    ],
)
def test_own_events_stand_beside_an_embedded_database(url: str, folder: str) -> None:
    assert own_folder(settings(database_url=url)) == Path(folder)


def test_a_setting_says_where_own_events_are() -> None:
    assert own_folder(settings(scenarios_dir="/srv/events")) == Path("/srv/events")


def test_without_a_folder_the_programs_events_are_all(tmp_path: Path) -> None:
    shelf = ScenarioShelf(tmp_path / "none")
    assert shelf.headings() == SHIPPED.headings()
    assert shelf.scenario("2022-11-08") == SHIPPED.scenario("2022-11-08")
    assert shelf.left_out == {}


def test_own_events_stand_among_the_others_by_date(tmp_path: Path) -> None:
    store(OWN, tmp_path)
    shelf = ScenarioShelf(tmp_path)
    assert shelf.headings() == (*SHIPPED.headings(), OWN.heading)
    assert shelf.scenario("2026-10-01") == OWN
    assert [shelf.is_own(id_) for id_ in ("2026-10-01", "2022-11-08")] == [True, False]
    for word in ("october", "dip", "2026-10"):
        assert named(shelf.headings(), word) == (OWN.heading,)


def test_an_own_event_wins_over_the_programs(tmp_path: Path) -> None:
    own = flat(2, {ETH: 1_500}, "2022-11-08", "My FTX")
    store(own, tmp_path)
    shelf = ScenarioShelf(tmp_path)
    assert len(shelf.headings()) == len(SHIPPED.headings())
    assert shelf.scenario("2022-11-08") == own
    assert shelf.is_own("2022-11-08")


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        (INDEX, "[", "index.toml: "),
        (INDEX, None, "index.toml: No such file"),
        (INDEX, b"\xff", "index.toml: it is no text"),
        ("2026-10-01.csv", "hour,coin", "2026-10-01.csv: the columns are"),
        ("2026-10-01.csv", None, "2026-10-01.csv: No such file"),
    ],
)
def test_a_broken_one_is_left_out_and_said_so(
    tmp_path: Path, file: str, text: str | bytes | None, fault: str
) -> None:
    place = store(OWN, tmp_path) / file
    store(replace(OWN, heading=replace(OWN.heading, id="2026-10-02")), tmp_path)
    place.unlink()
    if text is not None:
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    with capture_logs() as logs:
        shelf = ScenarioShelf(tmp_path)
        ids = [heading.id for heading in shelf.headings()]
    assert "2026-10-01" not in ids
    assert "2026-10-02" in ids
    assert list(shelf.left_out) == ["2026-10-01"]
    assert shelf.left_out["2026-10-01"].startswith(fault)
    (line,) = logs
    assert (line["log_level"], line["scenario"]) == ("warning", "2026-10-01")


def test_a_broken_one_leaves_the_programs_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "2022-11-08").mkdir()
    shelf = ScenarioShelf(tmp_path)
    assert shelf.scenario("2022-11-08") == SHIPPED.scenario("2022-11-08")
    assert list(shelf.left_out) == ["2022-11-08"]


def test_a_folder_holds_the_event_of_its_name_and_no_year_without_an_end(tmp_path: Path) -> None:
    store(OWN, tmp_path).rename(tmp_path / "2026-10-09")
    late = store(replace(OWN, heading=replace(OWN.heading, id="9999-12-31")), tmp_path) / INDEX
    text = late.read_text(encoding="utf-8").replace("2020-03-09T00", "9999-12-31T23")
    late.write_text(text, encoding="utf-8")
    shelf = ScenarioShelf(tmp_path)
    assert "an own folder holds one event" in shelf.left_out["2026-10-09"]
    assert "9999-12-31" in shelf.left_out
    assert shelf.headings() == SHIPPED.headings()


def test_what_is_being_written_and_what_is_no_folder_is_none(tmp_path: Path) -> None:
    store(OWN, tmp_path).rename(tmp_path / ".new-2026-10-01")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    shelf = ScenarioShelf(tmp_path)
    assert (shelf.headings(), shelf.left_out) == (SHIPPED.headings(), {})


def test_a_change_is_seen_without_a_restart_and_only_a_change(tmp_path: Path) -> None:
    shelf = ScenarioShelf(tmp_path / "scenarios")
    before = shelf.headings()
    assert shelf.headings() is before
    store(OWN, tmp_path / "scenarios")
    assert shelf.headings()[-1] == OWN.heading
    assert shelf.headings() is shelf.headings()
    store(flat(2, {BTC: 70_000}, "2026-10-01", "October dip"), tmp_path / "scenarios")
    assert shelf.scenario("2026-10-01").heading.coins[BTC].first == 70_000
    shutil.rmtree(tmp_path / "scenarios" / "2026-10-01")
    assert shelf.headings() == before
    with pytest.raises(LookupError):
        shelf.scenario("2026-10-01")

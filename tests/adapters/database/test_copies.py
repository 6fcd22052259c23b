"""Copies are whole, made beside a running program, and put back without losing what was there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.database import Database, NoCopy, backup, prepare, restore
from core.people import Preferences


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path}/data/bot.db"
    prepare(address)
    return address


def write(url: str, zone: str) -> None:
    database = Database(url)
    with database.units().writing() as books:
        books.set_preferences("telegram", "1", Preferences(zone=zone))
    database.close()


def zone(url: str) -> str | None:
    database = Database(url)
    with database.units().reading() as books:
        found = books.preferences("telegram", "1").zone
    database.close()
    return found


def test_a_copy_brings_back_what_was(url: str, tmp_path: Path) -> None:
    write(url, "Europe/Berlin")
    backup(url, tmp_path / "deep" / "copy.db")
    write(url, "Asia/Tokyo")
    kept = restore(url, tmp_path / "deep" / "copy.db")
    assert zone(url) == "Europe/Berlin"
    assert kept is not None
    assert zone(f"sqlite:///{kept}") == "Asia/Tokyo"


def test_a_copy_is_made_while_others_have_it_open(url: str, tmp_path: Path) -> None:
    database = Database(url)
    with database.units().writing() as books:
        books.set_preferences("telegram", "1", Preferences(zone="Asia/Tokyo"))
        backup(url, tmp_path / "before.db")
    backup(url, tmp_path / "after.db")
    database.close()
    assert zone(f"sqlite:///{tmp_path}/before.db") is None
    assert zone(f"sqlite:///{tmp_path}/after.db") == "Asia/Tokyo"


def test_readers_that_have_it_open_see_what_was_restored(url: str, tmp_path: Path) -> None:
    write(url, "Europe/Berlin")
    backup(url, tmp_path / "copy.db")
    write(url, "Asia/Tokyo")
    database = Database(url)
    with database.units().reading() as books:
        assert books.preferences("telegram", "1").zone == "Asia/Tokyo"
    restore(url, tmp_path / "copy.db")
    with database.units().reading() as books:
        assert books.preferences("telegram", "1").zone == "Europe/Berlin"
    database.close()


def test_restoring_twice_keeps_both_earlier_states(url: str, tmp_path: Path) -> None:
    backup(url, tmp_path / "copy.db")
    kept = [restore(url, tmp_path / "copy.db") for _ in range(2)]
    assert len(set(kept)) == 2
    assert all(each is not None and each.exists() for each in kept)


def test_a_new_place_is_filled_from_a_copy(url: str, tmp_path: Path) -> None:
    write(url, "Europe/Berlin")
    backup(url, tmp_path / "copy.db")
    other = f"sqlite:///{tmp_path}/elsewhere/bot.db"
    assert restore(other, tmp_path / "copy.db") is None
    assert zone(other) == "Europe/Berlin"


def test_no_file_is_overwritten_by_a_copy(url: str, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NoCopy, match="is there already"):
        backup(url, tmp_path / "mine.txt")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_what_is_not_there_cannot_be_copied(tmp_path: Path) -> None:
    with pytest.raises(NoCopy, match="not there yet"):
        backup(f"sqlite:///{tmp_path}/none.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_copy_replaces_nothing(url: str, tmp_path: Path) -> None:
    write(url, "Europe/Berlin")
    (tmp_path / "text.db").write_text("no database at all " * 100, encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE a (b)")
    for name, said in (
        ("none", "is not there"),
        ("text.db", "not a database"),
        ("other.db", "no "),
    ):
        with pytest.raises(NoCopy, match=said):
            restore(url, tmp_path / name)
    assert zone(url) == "Europe/Berlin"
    assert not list((tmp_path / "data").glob("*before-restore*"))


def test_a_damaged_copy_is_found_out(url: str, tmp_path: Path) -> None:
    backup(url, tmp_path / "copy.db")
    content = bytearray((tmp_path / "copy.db").read_bytes())
    content[8192:-4096] = bytes(len(content) - 12288)
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(NoCopy):
        restore(url, tmp_path / "copy.db")


def test_a_server_is_left_to_its_own_tools(tmp_path: Path) -> None:
    server = "postgresql://mira:secret@localhost/margin"
    with pytest.raises(NoCopy, match="use pg_dump") as fault:
        backup(server, tmp_path / "copy.db")
    assert "secret" not in str(fault.value)
    with pytest.raises(NoCopy, match="use pg_restore"):
        restore(server, tmp_path / "copy.db")

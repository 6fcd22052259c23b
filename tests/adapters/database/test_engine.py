"""How a database is reached."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.database import BadAddress, Database, prepare
from bot.adapters.database.engine import PATIENCE, Address, enter_wal, open_engine


@pytest.mark.parametrize("name", ["sqlite", "sqlite+pysqlite"])
def test_a_file_is_named_from_where_the_bot_was_started(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database = Database(f"{name}:///data/marginbot.db")
    monkeypatch.chdir("/")
    assert database.place == str(tmp_path / "data" / "marginbot.db")


def test_a_tilde_is_the_home_of_whoever_runs_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Database("sqlite:///~/margin.db").place == str(tmp_path / "margin.db")


@pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_leads_to_psycopg(name: str) -> None:
    address = Address.read(f"{name}://bot:hunter2@db:5433/margin")
    assert not address.embedded
    assert address.url.drivername == "postgresql+psycopg"
    assert address.url.port == 5433


def test_a_server_is_shown_without_its_secrets() -> None:
    database = Database("postgresql://bot:hunter2@db/margin?password=hunter2")
    assert database.place == "postgresql://db/margin"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://localhost/margin",
        "postgresql+asyncpg://db/margin",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:margin.db?uri=true",
        "margin.db",
        "",
    ],
)
def test_an_address_that_cannot_hold_a_database_is_refused_by_name(url: str) -> None:
    with pytest.raises(BadAddress, match="DATABASE_URL") as refused:
        Database(url)
    assert "\n" not in str(refused.value)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(BadAddress, match="psycopg"):
        Database("postgresql://db/margin")


def test_nothing_is_made_before_it_is_asked_for(file_url: str) -> None:
    database = Database(file_url)
    database.close()
    assert not Path(database.place).parent.exists()


def test_the_folder_is_made(file_url: str) -> None:
    prepare(file_url)
    assert Path(Database(file_url).place).is_file()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", PATIENCE * 1000),
    ],
)
def test_a_file_is_kept_safely(file_url: str, pragma: str, value: object) -> None:
    engine = open_engine(Address.read(file_url))
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    engine.dispose()


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that holds a new file, which is not in WAL mode yet, for itself alone."""
    connection = sqlite3.connect(tmp_path / "margin.db", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    yield connection
    connection.close()


def test_the_switch_to_wal_is_asked_for_again_while_somebody_holds_the_file(
    holder: sqlite3.Connection, tmp_path: Path
) -> None:
    asked = list[str]()

    class Cursor(sqlite3.Cursor):
        def execute(self, line: str, values: object = (), /) -> "Cursor":
            asked.append(line)
            if len(asked) == 3:
                holder.execute("COMMIT")
            super().execute(line)
            return self

    with closing(sqlite3.connect(tmp_path / "margin.db", timeout=0)) as waiting:
        enter_wal(waiting.cursor(Cursor), 60)
        assert asked == ["PRAGMA journal_mode=WAL"] * 3
        assert waiting.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_switch_to_wal_is_not_waited_for_for_ever(
    holder: sqlite3.Connection, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "margin.db", timeout=0)) as waiting:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            enter_wal(waiting.cursor(), 0)
        assert holder.in_transaction

"""The growth of a database: revisions up and down, once for all processes, nothing half done."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.adapters.database import (
    Database,
    NeedsMigration,
    NewerDatabase,
    StorageFault,
    Unreachable,
    migrate,
    prepare,
)
from bot.adapters.database.engine import Address, open_engine
from bot.adapters.database.schema import HEAD, MIGRATIONS, alembic_config, version
from bot.adapters.database.tables import METADATA
from core.alerts.books import Bulletin
from core.people import ChatRules, Preferences
from tests.fakes.postgres import Server

FIRST = "20261125_first"
NOW = datetime(2026, 12, 1, tzinfo=UTC)

FILLED = (
    "INSERT INTO person (platform, person, leverage, confirm) VALUES ('t', '1', 1250000000, {no})",
    "UPDATE person SET wallet = 1000000000000, fee = 275000000, venue = 'okx'",
    "INSERT INTO chat VALUES ('t', '-1', {yes}, '[\"7\"]', {no}, 5, 3, 0)",
    "INSERT INTO choice VALUES ('abcd-_09', '/liq 10x long BTC', 1798761600000000)",
    "INSERT INTO note VALUES ('demo:epoch', '2026-12-01T00:00:00+00:00')",
)
"""Rows as the first release wrote them."""

START = "import sys; from bot.adapters.database import prepare; prepare(sys.argv[1])"

QUIET = """
import sys
from bot.adapters.database import Database, prepare
prepare(sys.argv[1])
database = Database(sys.argv[1])
with database.units().reading() as books:
    books.preferences("telegram", "1")
database.close()
print([name for name in sys.modules if name.partition(".")[0] in {"alembic", "mako"}])
"""


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """Lend a connection that checks no foreign keys, as a migration has it."""
    engine = open_engine(Address.read(url), migrating=True)
    with engine.begin() as connection:
        yield connection


def tables(url: str) -> set[str]:
    """Return the names of the tables there are."""
    with opened(url) as connection:
        return set(inspect(connection).get_table_names())


def revisions() -> list[str]:
    """Return all revisions, the first one first."""
    script = ScriptDirectory(str(MIGRATIONS))
    return [each.revision for each in script.walk_revisions()][::-1]


# --- revisions and tables


def test_the_newest_revision_is_the_one_the_program_expects() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]
    assert revisions()[0] == FIRST


def test_the_revisions_lead_to_the_tables_of_the_code(url: str) -> None:
    with opened(url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_every_revision_can_be_climbed_left_and_climbed_again(new_url: str) -> None:
    with opened(new_url) as connection:
        config = alembic_config(connection)
        for revision in revisions():
            command.upgrade(config, revision)
            command.downgrade(config, "-1")
            command.upgrade(config, revision)
            assert version(connection) == revision
        command.downgrade(config, "base")
    assert tables(new_url) == {"alembic_version"}


def test_what_the_first_release_kept_is_there_after_every_upgrade(new_url: str) -> None:
    yes, no = ("1", "0") if new_url.startswith("sqlite") else ("true", "false")
    with opened(new_url) as connection:
        command.upgrade(alembic_config(connection), FIRST)
        for line in FILLED:
            connection.execute(text(line.format(yes=yes, no=no)))
    migrate(new_url)
    database = Database(new_url)
    with database.units().reading() as books:
        assert books.preferences("t", "1") == Preferences(
            leverage=Decimal("12.5"),
            wallet=Decimal(10000),
            fee=Decimal("0.000275"),
            venue="okx",
            confirm=False,
        )
        assert books.chat_rules("t", "-1") == ChatRules(
            topics=frozenset({"7"}), cooldown=5, per_minute=3
        )
        assert books.choice("abcd-_09", NOW) == "/liq 10x long BTC"
        assert books.choice("abcd-_09", NOW + timedelta(days=365)) is None
        assert books.note("demo:epoch") == "2026-12-01T00:00:00+00:00"
    database.close()


def test_who_has_alerts_goes_on_behind_their_numbers_and_old_news_have_an_age(
    new_url: str,
) -> None:
    with opened(new_url) as connection:
        command.upgrade(alembic_config(connection), "20261125_alerts")
        for line in (
            "INSERT INTO learner (id, since) VALUES (1, 0), (2, 0)",
            (
                "INSERT INTO alert (id, learner, market, number, what, since) "
                "VALUES (1, 1, 'demo', 4, '{}', 0), (2, 1, 'demo', 2, '{}', 0)"
            ),
            (
                "INSERT INTO news (id, learner, key, body, due_at, attempts, sent_at) "
                "VALUES (1, 1, 'a', '{}', NULL, 0, 7), (2, 1, 'b', '{}', 9, 0, NULL), "
                "(3, 1, 'c', '{}', NULL, 10, NULL)"
            ),
        ):
            connection.execute(text(line))
    migrate(new_url)
    with opened(new_url) as connection:
        ages = connection.execute(text("SELECT posted_at FROM news ORDER BY id")).scalars().all()
        connection.execute(text("DELETE FROM alert"))
    assert ages[:2] == [7, 9]
    assert ages[2] > 10**15
    database = Database(new_url)
    with database.units().writing() as books:
        assert [books.alerts.next_number(learner) for learner in (1, 2)] == [5, 1]
    database.close()


def test_what_groups_had_posted_goes_on_as_the_daily_price_board(new_url: str) -> None:
    with opened(new_url) as connection:
        command.upgrade(alembic_config(connection), "20261201_mistakes")
        connection.execute(
            text(
                "INSERT INTO schedule (platform, chat, topic, minute, zone, due, attempts) "
                "VALUES ('telegram', '-5', '7', 480, 'Asia/Tokyo', 9, 2)"
            )
        )
    migrate(new_url)
    database = Database(new_url)
    with database.units().writing() as books:
        (kept,) = books.alerts.schedules("telegram", "-5", "7")
        assert (kept.board, kept.weekday, kept.whole, kept.told) == ("prices", None, False, "")
        assert (kept.minute, kept.zone, kept.attempts) == (480, "Asia/Tokyo", 2)
        weekly = replace(kept, board=Bulletin.SEASON, weekday=0)
        books.alerts.keep_schedule(weekly)
    database.close()
    with opened(new_url) as connection:
        command.downgrade(alembic_config(connection), "20261201_mistakes")
        assert connection.scalar(text("SELECT count(*) FROM schedule")) == 1


# --- starting


def test_a_file_that_is_new_is_made_and_one_that_is_up_to_date_left_alone(file_url: str) -> None:
    prepare(file_url)
    assert tables(file_url) == {"alembic_version", *METADATA.tables}
    with opened(file_url) as connection:
        connection.execute(text("INSERT INTO note VALUES ('a', 'b')"))
    prepare(file_url)
    migrate(file_url)
    with opened(file_url) as connection:
        assert connection.scalar(text("SELECT value FROM note")) == "b"


def test_a_start_on_a_database_that_is_up_to_date_loads_no_alembic(url: str) -> None:
    line = [sys.executable, "-c", QUIET, url]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_processes_that_start_at_once_on_a_new_file_all_start(file_url: str) -> None:
    line = [sys.executable, "-W", "error", "-c", START, file_url]
    started = [subprocess.Popen(line, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate(timeout=60)[1] for process in started] == [""] * 4
    assert [process.returncode for process in started] == [0] * 4
    assert tables(file_url) == {"alembic_version", *METADATA.tables}


def test_threads_that_upgrade_at_once_do_it_once(new_url: str) -> None:
    start = Barrier(4)

    def upgrade(_: int) -> None:
        start.wait(10)
        migrate(new_url)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(upgrade, range(4)))
    with opened(new_url) as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
        assert version(connection) == HEAD


def test_a_server_is_upgraded_only_by_somebody_who_asks(postgres: Server) -> None:
    url = postgres.empty()
    with pytest.raises(NeedsMigration, match="marginbot migrate"):
        prepare(url)
    assert tables(url) == set()
    migrate(url)
    prepare(url)


# --- what cannot be used


def test_a_database_of_a_later_release_is_left_alone(url: str) -> None:
    with opened(url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from_tomorrow'"))
    for attempt in (migrate,) if url.startswith("postgresql") else (prepare, migrate):
        with pytest.raises(NewerDatabase, match="from_tomorrow"):
            attempt(url)
    with opened(url) as connection:
        assert version(connection) == "from_tomorrow"


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(new_url: str) -> None:
    with opened(new_url) as connection:
        connection.execute(text("CREATE TABLE note (mine TEXT)"))
    with pytest.raises(StorageFault, match="note") as fault:
        migrate(new_url)
    assert "\n" not in str(fault.value)
    assert tables(new_url) == {"note"}


def test_a_row_that_would_point_at_nothing_stops_the_upgrade(file_url: str) -> None:
    with opened(file_url) as connection:
        connection.execute(text("CREATE TABLE a (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE b (a INTEGER REFERENCES a (id))"))
        connection.execute(text("INSERT INTO b VALUES (7)"))
    with pytest.raises(StorageFault, match="point at nothing"):
        prepare(file_url)
    assert tables(file_url) == {"a", "b"}


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("dear diary, " * 100)
    with pytest.raises(Unreachable, match=r"notes\.txt.*not a database"):
        prepare(f"sqlite:///{path}")
    assert path.read_text().startswith("dear diary")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is in the way")
    with pytest.raises(Unreachable, match="data"):
        prepare(f"sqlite:///{tmp_path / 'data' / 'marginbot.db'}")


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(Unreachable) as fault:
        prepare("postgresql://bot:hunter2@127.0.0.1:1/margin?connect_timeout=2")
    assert "postgresql://127.0.0.1/margin" in str(fault.value)
    assert "hunter2" not in str(fault.value)
    assert "\n" not in str(fault.value)


# --- for developers


def test_at_a_prompt_the_settings_say_which_database_is_meant(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    command.check(config)


def test_a_new_revision_is_written_in_plain_sql_types(file_url: str, tmp_path: Path) -> None:
    with opened(file_url) as connection:
        config = alembic_config(connection)
        copied = tmp_path / "migrations"
        (copied / "versions").mkdir(parents=True)
        for name in ("env.py", "script.py.mako"):
            (copied / name).write_text((MIGRATIONS / name).read_text())
        config.set_main_option("script_location", str(copied))
        command.revision(config, "All at once", autogenerate=True, rev_id="tomorrow")
    (written,) = (copied / "versions").glob("*.py")
    code = written.read_text()
    assert "sa.BigInteger()" in code
    assert "bot.adapters" not in code
    compile(code, written.name, "exec")

"""Games in rows: whole texts that tomorrow can read, and only what changed is written."""

from dataclasses import replace

import pytest

from bot.adapters.database import Database
from bot.adapters.database.paper_books import Conflict
from core.lessons.game import inputs as i
from core.lessons.game.books import KeptGame
from core.lessons.game.game import Phase
from core.lessons.game.lifecycle import State
from tests.adapters.database.test_learning_rows import run
from tests.contracts.duels import DRAFT, HOST, OTHER_ROOM, ROOM, at, lobby, stages
from tests.contracts.samples import NOW

STAGES = dict(stages())


def added(database: Database, state: State) -> KeptGame:
    with database.units().writing() as books:
        return books.games.add(state, HOST, ROOM)


def test_a_game_is_a_row_that_says_how_far_it_has_come(url: str, database: Database) -> None:
    added(database, lobby())
    added(database, STAGES["stopped"])
    columns = "kind, phase, due, ended, platform, person, version, play IS NULL"
    lobby_row, stopped = run(url, f"SELECT {columns} FROM game ORDER BY number")
    assert [*lobby_row[:2], *lobby_row[4:]] == ["duel", "open", "telegram", "7", 0, 1]
    assert [stopped[1], stopped[2], stopped[7]] == ["settling", None, 0]
    assert (lobby_row[2] is None, lobby_row[3] is None, stopped[3] is None) == (False, True, False)


def test_what_is_as_usual_is_not_written(url: str, database: Database) -> None:
    added(database, State(DRAFT))
    ((state,),) = run(url, "SELECT state FROM game")
    assert state == '{"kind":"duel","seed":"5eed","setup":{"length":"15m"}}'


def test_a_row_that_says_less_is_read_with_todays_defaults(url: str, database: Database) -> None:
    kept = added(database, STAGES["begun"])
    run(url, """UPDATE game SET play = NULL, state = '{"kind":"duel","seed":"a"}'""")
    with database.units().reading() as books:
        found = books.games.game(kept.number)
    assert found is not None
    assert found.state == State(replace(DRAFT, seed="a", setup={}))


def test_only_accounts_that_changed_are_written(url: str, database: Database) -> None:
    number = added(database, STAGES["entered"]).number
    marked = "SELECT number FROM game_account WHERE state LIKE ' %' ORDER BY number"
    run(url, "UPDATE game_account SET state = ' ' || state")
    with database.units().writing() as books:
        kept = books.games.game(number)
        assert kept is not None
        books.games.keep(replace(kept, state=replace(kept.state, play=None)))
    assert run(url, marked) == [(1,), (2,)]
    with database.units().writing() as books:
        kept = books.games.game(number)
        assert kept is not None
        two = replace(kept.state.accounts[2], version=99)
        state = replace(kept.state, accounts={**kept.state.accounts, 2: two})
        new = books.games.keep(replace(kept, state=state))
    assert run(url, marked) == [(1,)]
    with database.units().reading() as books:
        assert books.games.game(number) == new


def test_what_was_not_read_in_a_transaction_is_compared_with_the_rows(
    url: str, database: Database
) -> None:
    kept = added(database, STAGES["entered"])
    with database.units().writing() as books:
        new = books.games.keep(replace(kept, state=replace(kept.state, accounts={})))
    assert run(url, "SELECT * FROM game_account") == []
    with database.units().reading() as books:
        assert books.games.game(kept.number) == new


def test_of_two_changes_of_one_version_the_second_is_told_so(database: Database) -> None:
    kept = added(database, lobby())
    with database.units().writing() as books:
        books.games.keep(kept)
        with pytest.raises(Conflict, match=f"game {kept.number} is past version 0"):
            books.games.keep(kept)
        unknown = replace(kept, number=99)
        with pytest.raises(Conflict, match="game 99"):
            books.games.keep(unknown)


def test_an_archived_game_keeps_everything_but_its_phase(database: Database) -> None:
    final = replace(STAGES["stopped"].game, phase=Phase.FINAL)
    kept = added(database, replace(STAGES["stopped"], game=final))
    with database.units().writing() as books:
        books.games.archive(at(400))
        found = books.games.game(kept.number)
    archived = replace(kept.state, game=replace(final, phase=Phase.ARCHIVED))
    assert found == replace(kept, state=archived, version=1)


def test_a_request_that_is_logged_twice_is_stopped_by_the_database(database: Database) -> None:
    kept = added(database, lobby())
    what = i.Began(at=NOW)
    with database.units().writing() as books:
        books.games.log(kept.number, what, "telegram:1")
    with pytest.raises(Exception, match=r"(?i)unique"), database.units().writing() as books:
        books.games.log(kept.number, what, "telegram:1")


def test_a_log_is_text_under_names_with_all_its_digits(url: str, database: Database) -> None:
    kept = added(database, lobby())
    with database.units().writing() as books:
        books.games.log(kept.number, i.Answered(at=NOW, player=1, value="54000.10"), "r", "add")
    ((number, request, said, body),) = run(
        url, "SELECT number, request, said, body FROM game_input"
    )
    assert (number, request, said) == (1, "r", "add")
    assert body == (
        '{"is":"Answered","at":"2026-12-01T12:00:00+00:00","player":1,"value":"54000.10"}'
    )


def test_a_chat_that_plays_along_comes_behind_the_others(url: str, database: Database) -> None:
    kept = added(database, lobby())
    with database.units().writing() as books:
        books.games.enter(kept.number, OTHER_ROOM)
    assert run(url, "SELECT place, chat FROM game_room ORDER BY place") == [(0, "-5"), (1, "77")]

"""What games say, in rows: one for each chat, few that are live."""

from dataclasses import replace

import pytest

from bot.adapters.database import Database
from core.lessons.game.errors import NotPlaying
from core.lessons.game.kind import Post
from core.paper.records import Identity
from tests.adapters.database.test_learning_rows import run
from tests.contracts.duels import HOST, ROOM, at, lobby, on
from tests.contracts.samples import NOW

BOARD = Post("round", 1, starts=True, live=True)


def test_a_post_is_a_row_with_the_whole_post_in_it(url: str, database: Database) -> None:
    with database.units().writing() as books:
        kept = books.games.add(lobby(), HOST, ROOM)
        for _ in range(2):
            books.games.post(kept.number, BOARD, NOW)
    ((player, view, number, body),) = run(url, "SELECT player, view, number, body FROM game_post")
    assert (player, view, number) == (0, "round", 1)
    assert body == '{"view":"round","number":1,"starts":true,"live":true}'


def test_boards_of_the_past_are_live_no_longer(url: str, database: Database) -> None:
    with database.units().writing() as books:
        kept = books.games.add(on(), HOST, ROOM)
        for number in range(1, 4):
            books.games.post(kept.number, replace(BOARD, number=number), NOW)
            (due,) = books.games.posts("telegram", NOW, 9)
            books.games.sent(due.id, f"m{number}", NOW)
    live = "SELECT number FROM game_post WHERE live ORDER BY number"
    assert run(url, live) == [(3,)]
    with database.units().writing() as books:
        found = books.games.game(kept.number)
        assert found is not None
        over = replace(found.state, game=replace(found.state.game, ended=at(1)))
        books.games.keep(replace(found, state=over))
        (last,) = books.games.live("telegram", at(2), 9)
        books.games.shown(last.id, last.message, "the end", at(2))
    assert run(url, live) == []


def test_a_seat_of_nobody_who_plays_is_a_fault_of_ours(database: Database) -> None:
    with database.units().writing() as books:
        kept = books.games.add(lobby(), HOST, ROOM)
        books.games.sit(kept.number, books.paper.enroll(Identity("telegram", "7"), NOW), 1)
        with pytest.raises(NotPlaying):
            books.games.post(kept.number, Post("own", player=1), NOW)

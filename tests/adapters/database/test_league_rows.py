"""Leagues as rows: in order, one chat in one league, gone with their chats."""

from dataclasses import replace

import pytest

from bot.adapters.database import Database
from core.lessons.game.game import Room
from core.lessons.game.league import League, Member
from core.paper.records import Identity
from tests.adapters.database.test_learning_rows import run

HOST = Identity("telegram", "7")
FIRST = Member(Room("telegram", "-5"), "Traders", let_in=True)
SERVER = Member(Room("discord", "77", "5"), "Server")


def founded(database: Database) -> League:
    with database.units().writing() as books:
        return books.leagues.add("Cup", "abc", HOST, FIRST)


def test_a_league_s_chats_stand_in_rows_in_the_order_in_which_they_came(
    url: str, database: Database
) -> None:
    league = founded(database).with_member(SERVER)
    with database.units().writing() as books:
        books.leagues.keep(league)
    rows = run(url, "SELECT place, platform, chat, topic, title, let_in FROM league_room")
    assert sorted(rows) == [
        (0, "telegram", "-5", "", "Traders", 1),
        (1, "discord", "77", "5", "Server", 0),
    ]
    assert run(url, "SELECT name, code, platform, person FROM league") == [
        ("Cup", "abc", "telegram", "7")
    ]


def test_one_chat_cannot_be_in_two_leagues(database: Database) -> None:
    founded(database)
    with pytest.raises(Exception, match=r"(?i)unique"), database.units().writing() as books:
        books.leagues.add("Other", "xyz", HOST, FIRST)


def test_a_league_without_chats_leaves_no_row(url: str, database: Database) -> None:
    league = founded(database)
    with database.units().writing() as books:
        books.leagues.keep(replace(league, members=()))
    assert run(url, "SELECT number FROM league") == []
    assert run(url, "SELECT chat FROM league_room") == []


def test_who_made_it_is_forgotten_and_the_league_stays(url: str, database: Database) -> None:
    founded(database)
    with database.units().writing() as books:
        books.leagues.forget_host(HOST)
    assert run(url, "SELECT name, person FROM league") == [("Cup", "")]

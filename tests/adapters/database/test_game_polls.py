"""What chats were asked outside of games: rows with the question, and of nobody's answer."""

import pytest

from bot.adapters.database import Database
from core.lessons.game.game import Room
from core.lessons.game.items import Choice, Item
from core.money import D
from tests.adapters.database.test_learning_rows import run

ROOM = Room("telegram", "-5", "7")
ITEM = Item(
    id="fee:1",
    kind="fee",
    category="fees",
    level="easy",
    unit="quote",
    numbers={"worth": D("1000"), "rate": D("0.0005")},
    choices=(Choice(number=D("0.5")), Choice(number=D("5"), slip="leverage")),
)


def test_a_question_comes_back_as_it_was_with_its_figures(url: str, database: Database) -> None:
    with database.units().writing() as books:
        kept = books.games.poll(ROOM, ITEM, "r1", 50)
    with database.units().reading() as books:
        assert books.games.polled(kept.number) == kept
        assert (kept.room, kept.item) == (ROOM, ITEM)
    assert run(url, "SELECT platform, chat, topic, request FROM game_poll") == [
        ("telegram", "-5", "7", "r1")
    ]


def test_two_polls_of_one_request_cannot_be(database: Database) -> None:
    with database.units().writing() as books:
        books.games.poll(ROOM, ITEM, "r1", 50)
    with pytest.raises(Exception, match=r"(?i)unique"), database.units().writing() as books:
        books.games.poll(ROOM, ITEM, "r1", 50)

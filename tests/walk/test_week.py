"""A leaderboard that comes every week by itself: through the whole program, in two chats."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.database import Database
from core.lessons.game.books import Won
from core.lessons.game.game import Game, Room
from core.lessons.game.lifecycle import State
from core.paper.records import Identity
from tests.walk.league import DISCORD, TELEGRAM, Two, two_chats

ROOM, SERVER = Room("telegram", "-5"), Room("discord", "77", "5")
DAY = timedelta(days=1)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    async with two_chats(tmp_path) as group:
        yield group


def win(two: Two, who: str, points: str, *, room: Room = ROOM, shared: bool = False) -> None:
    """Keep what a game of the present month was worth to somebody."""
    database, now = Database(two.url), two.clock.now()
    identity = Identity("telegram", who)
    with database.units().writing() as books:
        learner = books.paper.learner(identity) or books.paper.enroll(identity, now)
        game = books.games.add(State(Game(kind="duel", seed="5eed")), identity, room).number
        won = Won(f"{now:%Y-%m}", room, game, learner, who, 1, points, now, shared)
        books.games.win(won)
    database.close()


async def days(two: Two, count: int) -> None:
    """Let so many days pass, and what is due be posted at the end of each."""
    for _ in range(count):
        two.clock.at += DAY
        await two.app.boards.round(two.walls)


def seasons(two: Two, platform: str = TELEGRAM) -> list[list[str]]:
    """The titles and names of each leaderboard that stands in a chat."""
    return [
        [
            " ".join(line.split())
            for line in post.splitlines()
            if "eason 2" in line or line[:2] in {"1 ", "2 "}
        ]
        for post in two.posts_on(platform)
        if "posted weekly" in post
    ]


async def test_a_season_is_posted_each_monday_and_what_was_missed_once(two: Two) -> None:
    await two.there("Hope", "/schedule leaderboard mon 08:00")
    await days(two, 6)
    assert seasons(two) == []  # nothing was won: the group stays quiet
    win(two, "Mira", "20.0")
    await days(two, 14)
    assert seasons(two) == [["Season 2026-12.", "1 Mira 20 1"]] * 2
    two.clock.at = datetime(2027, 1, 22, 12, tzinfo=UTC)
    for _ in range(3):
        await two.app.boards.round(two.walls)
    late = seasons(two)[2:]  # four Mondays in one, with the result that they owed
    assert late == [["Season 2026-12, the result.", "1 Mira 20 1"]]
    win(two, "Tobi", "7.0")
    await days(two, 3)
    assert seasons(two)[3:] == [["Season 2027-01.", "1 Tobi 7 1"]]


async def test_a_month_s_result_comes_before_the_new_month(two: Two) -> None:
    await two.there("Hope", "/schedule leaderboard mon 08:00")
    win(two, "Mira", "20.0")
    await days(two, 28)
    before = len(seasons(two))
    two.clock.at = datetime(2027, 1, 3, 12, tzinfo=UTC)
    win(two, "Tobi", "7.0")
    await days(two, 9)
    assert seasons(two)[before:] == [
        ["Season 2026-12, the result.", "1 Mira 20 1", "Season 2027-01.", "1 Tobi 7 1"],
        ["Season 2027-01.", "1 Tobi 7 1"],
    ]


async def test_a_league_s_board_stands_beside_daily_prices(two: Two) -> None:
    await two.together()
    await two.there("Hugo", "/schedule weekly league wed 9", DISCORD)
    await two.there("Hugo", "/schedule prices 9", DISCORD)
    win(two, "Mira", "20.0", shared=True)
    win(two, "Tobi", "3.0", room=SERVER)
    await days(two, 2)
    assert seasons(two, DISCORD) == [["Winter cup, season 2026-12.", "1 Mira 20 1"]]
    assert len(two.posts_on(DISCORD)) == 3
    assert two.posts_on(TELEGRAM) == []

"""The master of games: what is due is said in its order, and counts when it was said."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.adapters.database import Database
from bot.chat.ports import Outcome
from bot.chat.reply import Hush
from core.lessons.challenges.duel import Duel
from core.lessons.game.game import Phase
from core.lessons.game.kind import Post
from core.lessons.game.lifecycle import State
from tests.walk.group import Group, gathered, shown


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Group]:
    async with gathered(tmp_path) as group:
        yield group


def state(group: Group, number: int = 1) -> State:
    return group.app.challenges.numbered(number).state


def began(group: Group) -> bool:
    """Whether the time of the round has begun."""
    play = state(group).play
    return isinstance(play, Duel) and play.round.bout.session is not None


def put(group: Group, *posts: Post) -> None:
    """Post something in game #1."""
    database = Database(group.url)
    with database.units().writing() as books:
        for post in posts:
            books.games.post(1, post, group.clock.now())
    database.close()


async def test_a_game_is_posted_where_it_was_opened(group: Group) -> None:
    await group.opened()
    assert [post.splitlines()[0] for post in group.posts()] == ["Mode duel: who plays?"]


async def test_a_rounds_time_begins_when_its_message_has_arrived(group: Group) -> None:
    await group.opened()
    await group.press("Mira", "Join")
    group.wall.away = Outcome.LATER
    await group.press("Tobi", "Join", group.wall.last)
    await group.tick(3)
    assert not began(group)
    group.wall.away = None
    await group.tick(60)
    assert began(group)
    assert group.posts()[1].startswith("Mode duel, round 1.")


async def test_what_came_later_waits_for_what_could_not_be_said(group: Group) -> None:
    await group.opened()
    group.wall.away = Outcome.LATER
    put(group, Post("rules"), Post("back"))
    await group.tick()
    assert [shown(reply)[:16] for _, reply in group.wall.log[1:]] == ["Mode duel: rules"]
    group.wall.away = None
    await group.tick(60)
    assert [post[:16] for post in group.posts()[1:]] == ["Mode duel: rules", "Mode duel goes o"]


async def test_a_board_is_brought_up_to_date_twice_a_minute_in_its_own_message(
    group: Group,
) -> None:
    await group.duel()
    await group.tick(120)
    assert len(group.wall.posts) == 2
    assert 3 <= group.wall.edits <= 5
    assert "entry mark" in group.posts()[1]


async def test_what_says_the_same_is_not_sent_again(group: Group) -> None:
    await group.opened()
    await group.tick(90)
    assert group.wall.edits == 0
    await group.press("Mira", "Join")
    await group.tick(30)
    assert group.wall.edits == 1
    assert "Mira" in group.posts()[0]


async def test_a_board_that_was_deleted_is_posted_anew_and_kept_up_from_then_on(
    group: Group,
) -> None:
    await group.duel()
    group.wall.gone = {"2"}
    await group.tick(62)
    assert len(group.wall.posts) == 3
    assert [message for message, _ in group.wall.log if message] == ["1", "2", "3"]


async def test_a_board_that_another_follows_is_left_as_it_is_then(group: Group) -> None:
    await group.duel()
    assert group.posts()[0].startswith("Mode duel: it has begun.")
    assert not group.wall.posts["1"].choices
    await group.tick(935)
    assert [post.splitlines()[0][:8] for post in group.posts()[1:]] == [
        "Mode due",
        "Round 1:",
        "Mode due",
    ]
    assert not group.wall.posts["2"].choices
    await group.tick(60)
    assert {message for message, _ in group.wall.log[-1:]} == {"4"}


async def test_an_edit_that_failed_is_tried_again(group: Group) -> None:
    await group.opened()
    await group.press("Mira", "Join")
    group.wall.away = Outcome.LATER
    await group.tick(30)
    assert "Mira" not in group.posts()[0]
    group.wall.away = None
    await group.tick(30)
    assert "Mira" in group.posts()[0]


async def test_a_game_nobody_can_be_told_of_ends_without_a_word(group: Group) -> None:
    await group.opened()
    await group.press("Mira", "Join")
    group.wall.away = Outcome.NEVER
    await group.press("Tobi", "Join", group.wall.last)
    await group.tick(2)
    game = state(group).game
    assert (game.phase, game.why) == (Phase.FINAL, "unreachable")
    group.wall.away = None
    await group.tick(60)
    assert len(group.wall.posts) == 1


async def test_a_fault_of_a_platform_is_logged_and_tried_again(group: Group) -> None:
    draft = await group.answer("Hope", "/challenge duel")
    await group.press("Hope", "Open it", draft)
    group.wall.away = RuntimeError("no door")
    with capture_logs() as logs:
        await group.tick()
    assert [line["doing"] for line in logs if line["event"] == "fault"] == ["games"]
    group.wall.away = None
    await group.tick(60)
    assert len(group.wall.posts) == 1


async def test_a_game_that_cannot_be_worded_does_not_silence_another(group: Group) -> None:
    await group.opened()
    put(group, Post("nonsense", live=True))
    await group.opened("/challenge arena")
    with capture_logs() as logs:
        await group.tick()
    assert [line["game"] for line in logs if line["event"] == "fault"] == []
    assert [post.splitlines()[0] for post in group.posts()] == [
        "Mode duel: who plays?",
        "Arena: who plays?",
    ]


async def test_a_word_that_is_missing_is_logged_and_the_board_left_as_it_is(group: Group) -> None:
    await group.opened()
    await group.press("Mira", "Join")
    put(group, Post("nonsense", live=True))
    with capture_logs() as logs:
        await group.tick(40)
    assert {line["game"] for line in logs if line["event"] == "fault"} == {1}
    assert "Mira" in group.posts()[0]
    assert len(group.wall.posts) == 1


async def test_a_word_to_a_player_goes_to_them_alone(group: Group) -> None:
    await group.duel()
    put(group, Post("rules", player=1), Post("back", player=2))
    await group.tick()
    heard = sorted((who.person, shown(reply)[:15]) for who, reply in group.wall.letters)
    assert heard == [("mira", "Mode duel: rule"), ("tobi", "Mode duel goes ")]
    assert len(group.wall.posts) == 2


async def test_two_programs_over_one_database_do_not_play_the_same_game_twice(
    group: Group, tmp_path: Path
) -> None:
    await group.opened()
    async with gathered(tmp_path) as other:
        other.clock = group.clock
        await group.press("Mira", "Join")
        await group.press("Tobi", "Join")
        await other.tick(5)
        assert other.wall.log == []
        await group.tick()
        assert began(group)


async def test_whoever_was_away_says_so_once_and_makes_good_what_was_missed(
    group: Group, tmp_path: Path
) -> None:
    await group.duel()
    await group.tick(10)
    group.clock.at += timedelta(minutes=20)
    group.restart()
    await group.tick(2)
    told = [post.splitlines()[0] for post in group.posts()[2:]]
    assert told[0].startswith("Mode duel goes on: the bot was away")
    assert told[1].startswith("Round 1:")
    assert sum("bot was away" in post for post in group.posts()) == 1

    async with gathered(tmp_path / "awake") as awake:
        await awake.duel()
        await awake.tick(1212)
        assert group.posts()[3] == awake.posts()[2]  # the result is the same as if it had not slept


async def test_it_keeps_games_until_it_is_told_to_stop(group: Group) -> None:
    await group.opened()
    await group.press("Mira", "Join")
    group.clock.at += timedelta(seconds=31)
    stop = asyncio.Event()
    group.wall.busy.clear()
    running = asyncio.create_task(group.app.games.run(stop, [group.wall]))
    async with asyncio.timeout(10):
        await group.wall.busy.wait()
        stop.set()
        await running
    assert "Mira" in group.posts()[0]


async def test_a_chat_that_takes_its_time_keeps_no_game_waiting(group: Group) -> None:
    await group.opened()
    put(group, Post("rules"))
    group.wall.free.clear()
    group.wall.busy.clear()
    slow = asyncio.create_task(group.tick())
    await group.wall.busy.wait()
    late = asyncio.create_task(group.wait(300))
    await asyncio.sleep(0)  # so that it stands at the desk before the next line
    await group.say("Mira", "/challenge status")
    assert state(group).game.phase.is_over  # too few have joined in time
    group.wall.free.set()
    await asyncio.gather(slow, late)
    await group.tick()
    assert [post.splitlines()[0][:16] for post in group.posts()] == [
        "Mode duel: it di",
        "Mode duel: rules",
        "Mode duel: too f",
    ]


async def test_neither_a_full_desk_nor_a_fault_ends_it(group: Group) -> None:
    await group.opened()
    stop = asyncio.Event()
    with capture_logs() as logs:
        group.close()
        asyncio.get_running_loop().call_later(0.05, stop.set)
        async with asyncio.timeout(10):
            await group.app.games.run(stop, [group.wall])
    assert {line["event"] for line in logs} == {"busy"}
    group.open()


async def test_a_press_after_the_end_is_told_that_it_is_over(group: Group) -> None:
    await group.opened()
    await group.tick(300)
    assert group.posts()[-1].startswith("Mode duel: too few joined in time.")
    said = await group.press("Mira", "Join", group.wall.posts["1"])
    assert not isinstance(said, Hush)
    assert shown(said).startswith("It is over")

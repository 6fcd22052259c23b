"""Leagues as hosts make them, and what groups of Telegram and Discord play together."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.reply import Reply, Tone
from bot.chat.request import Chat, Place, Role
from tests.walk.group import shown
from tests.walk.league import DISCORD, TELEGRAM, Two, two_chats


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    async with two_chats(tmp_path) as group:
        yield group


def labels(reply: Reply) -> list[list[str]]:
    return [[choice.label for choice in row] for row in reply.choices]


def says(reply: Reply) -> list[str]:
    return [choice.say for row in reply.choices for choice in row]


# --- making one, and getting in


async def test_a_chat_without_a_league_is_told_how_to_get_one(two: Two) -> None:
    assert await two.read("Mira", "/league") == (
        "This chat is in no league.\n"
        "Type /league new NAME to make one, or /league join CODE with another group's code."
    )


async def test_a_host_makes_one_and_sees_its_code_and_members_do_not(two: Two) -> None:
    made = await two.there("Hope", "/league new Winter cup")
    assert shown(made).startswith("League Winter cup.\n- Traders (Telegram)\n")
    assert re.search(r"Another group's host types /league join \S+ there, then", shown(made))
    assert labels(made) == [["New code", "Revoke code"], ["Board"]]
    seen = await two.there("Mira", "/league")
    assert shown(seen) == "League Winter cup.\n- Traders (Telegram)"
    assert labels(seen) == [["Board"]]


async def test_members_make_and_join_none(two: Two) -> None:
    for line in ("/league new Mine", "/league join abc", "/league leave"):
        refused = await two.there("Mira", line)
        assert (refused.outcome, refused.tone) == ("not_allowed", Tone.TROUBLE)


async def test_another_platform_s_chat_asks_and_is_let_in_by_a_press(two: Two) -> None:
    made = await two.read("Hope", "/league new Winter cup")
    code = made.split("/league join ")[1].split()[0]
    asked = await two.there("Hugo", f"/league join {code}", DISCORD)
    assert shown(asked) == (
        "Asked to join Winter cup.\nA host of Traders lets this chat in with /league there."
    )
    assert labels(asked) == [["Look again", "Take it back"]]
    waiting = await two.there("Hope", "/league")
    assert "Waiting: 1." in shown(waiting)
    assert labels(waiting)[0] == ["Let in: Server *x*", "Turn away"]
    inside = await two.pressed_on("Hope", "Let in: Server *x*", waiting)
    assert "- Server *x* (Discord)" in shown(inside)
    assert "Waiting" not in shown(inside)
    there = await two.there("Hugo", "/league", DISCORD)
    assert "- Traders (Telegram)" in shown(there)
    assert "/league join" not in shown(there)
    again = await two.there("Hugo", f"/league join {code}", DISCORD)
    assert shown(again) == shown(there)


async def test_a_member_presses_in_vain(two: Two) -> None:
    made = await two.there("Hope", "/league new Cup")
    code = shown(made).split("/league join ")[1].split()[0]
    await two.there("Hugo", f"/league join {code}", DISCORD)
    waiting = await two.there("Hope", "/league")
    refused = await two.pressed_on("Mira", "Let in: Server *x*", waiting)
    assert refused.outcome == "not_allowed"


async def test_a_chat_is_turned_away_or_takes_it_back(two: Two) -> None:
    made = await two.read("Hope", "/league new Cup")
    code = made.split("/league join ")[1].split()[0]
    await two.there("Hugo", f"/league join {code}", DISCORD)
    waiting = await two.there("Hope", "/league")
    assert "Waiting" not in shown(await two.pressed_on("Hope", "Turn away", waiting))
    assert "in no league" in await two.read("Hugo", "/league", DISCORD)
    await two.there("Hugo", f"/league join {code}", DISCORD)
    assert "in no league" in await two.read("Hugo", "/league leave", DISCORD)
    gone = await two.there("Hope", f"/league yes {says(waiting)[0].split()[-1]}")
    assert gone.outcome == "not_waiting"
    assert shown(gone) == "No chat waits to be let in."
    assert labels(gone) == [["/league"]]


async def test_a_key_that_nobody_has_is_answered_with_who_waits(two: Two) -> None:
    made = await two.read("Hope", "/league new Cup")
    code = made.split("/league join ")[1].split()[0]
    await two.there("Hugo", f"/league join {code}", DISCORD)
    assert (await two.there("Hope", "/league no WRONGKEY")).outcome == "not_waiting"
    wrong = await two.there("Hope", "/league yes WRONGKEY")
    assert (wrong.outcome, wrong.tone) == ("not_waiting", Tone.TROUBLE)
    assert re.fullmatch(
        r"No chat of the key wrongkey waits\. These wait:\n"
        r"- Server \*x\*: /league yes [0-9a-f]{8}",
        shown(wrong),
    )
    assert labels(wrong) == [["Let in: Server *x*", "Turn away"]]
    inside = await two.pressed_on("Hope", "Let in: Server *x*", wrong)
    assert "- Server *x* (Discord)" in shown(inside)


async def test_of_several_who_wait_one_is_named(two: Two) -> None:
    made = await two.read("Hope", "/league new Cup")
    code = made.split("/league join ")[1].split()[0]
    for chat, title in (("77", "North"), ("78", "South")):
        two.chats[DISCORD] = Chat(chat, Place.GROUP, title=title)
        await two.there("Hugo", f"/league join {code}", DISCORD)
    asked = await two.there("Hope", "/league yes")
    assert shown(asked).startswith("Which chat? These wait:\n- North: /league yes ")
    assert [row[0] for row in labels(asked)] == ["Let in: North", "Let in: South"]


async def test_a_code_is_renewed_and_revoked(two: Two) -> None:
    made = await two.there("Hope", "/league new Cup")
    code = shown(made).split("/league join ")[1].split()[0]
    renewed = await two.pressed_on("Hope", "New code", made)
    assert code not in shown(renewed)
    revoked = await two.pressed_on("Hope", "Revoke code", renewed)
    assert "The code was taken back; nobody new can ask." in shown(revoked)
    late = await two.there("Hugo", f"/league join {code}", DISCORD)
    assert shown(late) == "No league has that code. Ask its host for a new one."


async def test_a_chat_in_one_league_makes_no_other(two: Two) -> None:
    await two.together()
    refused = await two.read("Hugo", "/league new Mine", DISCORD)
    assert refused == "This chat is in Winter cup. /league leave takes it out first."


async def test_what_cannot_be_read_names_a_cure(two: Two) -> None:
    wrong = await two.there("Hope", "/league dance")
    assert shown(wrong) == "I can't read that. /league shows what there is."
    assert says(wrong) == ["/league"]


async def test_alone_with_the_bot_there_is_no_league(two: Two) -> None:
    two.chats[TELEGRAM] = Chat("hope")
    assert (await two.there("Hope", "/league")).outcome == "not_allowed"


async def test_an_anonymous_admin_looks_and_acts_by_a_press(two: Two) -> None:
    assert "in no league" in shown(await two.there("Group", "/league", role=Role.MASKED.value))
    await two.tick(60)
    asked = await two.there("Group", "/league new Cup", role=Role.MASKED.value)
    assert says(asked) == ["/league new Cup"]
    made = await two.pressed_on("Hope", "/league new Cup", asked)
    assert shown(made).startswith("League Cup.")


# --- the season


async def test_the_board_of_a_league_is_for_its_chats(two: Two) -> None:
    await two.together()
    for who, platform in (("Mira", TELEGRAM), ("Dora", DISCORD)):
        board = await two.read(who, "/league board", platform)
        assert board.startswith("Winter cup, season 2026-12.\nNo rated game has ended this month.")
    await two.there("Hugo", "/league leave", DISCORD)
    await two.tick(60)
    left = await two.there("Dora", "/league board", DISCORD)
    assert left.outcome == "no_league"


# --- playing together


async def league_game(two: Two, kind: str) -> None:
    """Let a host open a game for the whole league."""
    await two.together()
    draft = await two.there("Hope", f"/challenge {kind}")
    league = await two.pressed_on("Hope", "played in: this chat", draft)
    assert labels(league)[0][0] == "played in: the league"
    await two.pressed_on("Hope", "Open it", league)
    await two.tick()


async def test_a_duel_is_played_across_both_under_nicknames_and_numbers(two: Two) -> None:
    await league_game(two, "duel 50x")
    for platform in (TELEGRAM, DISCORD):
        assert two.posts_on(platform)[0].startswith("Mode duel: who plays?")
    lobby = two.walls[TELEGRAM].last
    joined = await two.pressed_on("Mira", "Join", lobby)
    assert shown(joined) == "You play as player #1."
    shark = await two.read("Dora", "/challenge join Shark", DISCORD)
    assert shark == "You play as Shark."
    await two.tick(2)
    await two.tick(40)
    for platform in (TELEGRAM, DISCORD):
        board = two.posts_on(platform)[1]
        assert board.startswith("Mode duel, round 1.")
        assert re.search(r"player #1 +(iso|cross)", board)
        assert re.search(r"Shark +(iso|cross)", board)
        assert "Mira" not in board
        assert "Dora" not in board
    await two.wait(910)
    assert two.posts_on(TELEGRAM)[2].startswith("Round 1: ")
    assert two.posts_on(TELEGRAM)[2] == two.posts_on(DISCORD)[2]


async def test_an_arena_is_traded_from_both_sides(two: Two) -> None:
    await league_game(two, "arena")
    await two.there("Mira", "/challenge join Mira", TELEGRAM)
    await two.there("Dora", "/challenge join", DISCORD)
    await two.there("Hope", "/challenge begin 1")
    await two.tick(2)
    for who, platform in (("Mira", TELEGRAM), ("Dora", DISCORD)):
        taken = await two.read(who, "/trade long btc 10x 500", platform)
        assert taken == "Taken in game #1: it fills at the next mark. /trade shows it."
    await two.tick(70)
    for platform in (TELEGRAM, DISCORD):
        board = two.posts_on(platform)[1]
        assert re.search(r"\n- Mira +-?[\d.]+ +[\d.]+%\n", board)
        assert re.search(r"\n- player #2 +-?[\d.]+ +[\d.]+%\n", board)
        assert max(len(line) for line in board.splitlines()[2:5]) <= 30


async def test_one_person_on_both_platforms_has_one_seat(two: Two) -> None:
    await league_game(two, "arena")
    here = dict(two.chats)
    two.chats |= {TELEGRAM: Chat("mira"), DISCORD: Chat("dora")}
    code = (await two.read("Mira", "/link")).split("/link ")[1].split()[0]
    claimed = await two.there("Dora", f"/link {code}", DISCORD)
    await two.pressed_on("Dora", "Keep the one from Telegram", claimed, DISCORD)
    confirm = await two.there("Mira", f"/link {code}")
    assert "one person now" in shown(await two.pressed_on("Mira", "Join", confirm))
    two.chats |= here
    assert await two.read("Mira", "/challenge join Mira") == "You play as Mira."
    assert await two.read("Dora", "/challenge join Shark", DISCORD) == "You play as Mira."
    await two.tick(35)
    assert "1 joined, 2 needed" in two.posts_on(TELEGRAM)[0]

"""Challenges as people ask for them: who may start one, who acts as whom, and what is said back."""

import json
from dataclasses import replace
from decimal import Decimal, localcontext

import pytest

from bot.adapters.database import Database
from bot.adapters.database.codec import loads
from bot.chat.games.wording import words_of_kinds
from bot.chat.reply import File, Hush, Reply, Tone
from bot.chat.request import Request, Role
from core.lessons.challenges import kinds
from core.lessons.game.audit import Audit, agrees
from core.lessons.game.books import Won
from core.lessons.game.game import Room
from core.money import EXACT
from core.paper.records import Identity
from tests.commands.shown import button, short_of
from tests.walk.group import NOON, Group, shown


def says(reply: Reply) -> list[str]:
    return [choice.say for row in reply.choices for choice in row]


async def masked(group: Group, line: str) -> Reply:
    """Say a line as an anonymous admin does."""
    request = replace(group.request("Group", line), role=Role.MASKED)
    reply = await group.ask(request)
    assert isinstance(reply, Reply)
    return reply


# --- what there is


async def test_a_host_sees_what_could_be_started_and_what_is_on(group: Group) -> None:
    there = await group.answer("Hope", "/challenge")
    assert "Mode duel: The same trade, one isolated, one cross." in shown(there)
    assert says(there) == [f"/challenge {name}" for name in words_of_kinds()]
    await group.opened()
    there = await group.answer("Hope", "/challenge")
    assert says(there)[0] == "/challenge status 1"


async def test_a_member_sees_what_is_on_and_who_starts_more(group: Group) -> None:
    await group.opened()
    there = await group.answer("Mira", "/ch")
    assert says(there) == ["/challenge status 1"]
    assert "This group's admins start them." in shown(there)


async def test_a_member_who_starts_one_is_told_how_they_could(group: Group) -> None:
    refused = await group.answer("Mira", "/duel")
    assert (refused.outcome, refused.tone) == ("not_allowed", Tone.TROUBLE)
    assert "/host challenges on" in shown(refused)
    await group.say("Hope", "/host challenges on")
    await group.wait(60)
    assert shown(await group.answer("Mira", "/duel")).startswith("Mode duel: not open yet.")


async def test_a_member_who_may_start_one_runs_it_and_no_other(group: Group) -> None:
    await group.say("Hope", "/host challenges on")
    draft = await group.answer("Mira", "/challenge duel 50x")
    assert await group.told("Mira", "Open it", draft) == "It is open. The lobby stands below."
    await group.wait(60)
    assert (await group.answer("Tobi", "/challenge stop")).outcome == "not_allowed"
    await group.say("Hope", "/challenge arena")
    await group.wait(60)
    assert (await group.answer("Mira", "/challenge stop 2")).outcome == "not_allowed"
    assert shown(await group.answer("Hope", "/challenge stop 1")) == "Stopped."


async def test_a_press_that_may_start_nothing_is_told_so_alone(group: Group) -> None:
    await group.opened()
    await group.say("Hope", "/challenge stop")
    await group.tick()
    refused = await group.press("Mira", "Again")
    assert isinstance(refused, Reply)
    assert (refused.outcome, refused.private) == ("not_allowed", True)


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("/challenge duell", "/challenge duel"),
        ("/challenge joi", "/challenge join"),
        ("/challenge statsu 3", "/challenge status"),
        ("/challenge btc 70k", "/challenge"),
        ("/challenge 1", "/challenge"),
    ],
)
async def test_what_is_no_challenge_is_answered_with_the_nearest(
    group: Group, line: str, cure: str
) -> None:
    reply = await group.answer("Hope", line)
    assert (reply.outcome, says(reply)) == ("no_challenge", [cure])


# --- who acts


@pytest.mark.parametrize("line", ["/challenge", "/challenge status", "/challenge rules"])
async def test_an_anonymous_admin_may_look(group: Group, line: str) -> None:
    await group.opened()
    assert (await masked(group, line)).outcome == "ok"


async def test_an_anonymous_admin_starts_one_by_a_button_under_the_real_name(group: Group) -> None:
    there = await masked(group, "/challenge")
    assert "/challenge duel" in says(there)
    draft = await group.press("Hope", "Mode duel", there)
    assert isinstance(draft, Reply)
    assert shown(draft).startswith("Mode duel: not open yet.")
    assert group.app.challenges.numbered(1).host.person == "hope"


async def test_a_member_who_presses_it_starts_nothing(group: Group) -> None:
    there = await masked(group, "/challenge")
    assert await group.told("Mira", "Mode duel", there) == (
        "Here only admins start a challenge. /host challenges on lets everybody."
    )


@pytest.mark.parametrize("line", ["/challenge join", "/challenge duel 50x", "/duel", "/ch stop"])
async def test_what_an_anonymous_admin_would_do_waits_for_the_real_one(
    group: Group, line: str
) -> None:
    await group.opened("/challenge arena")
    asked = await masked(group, line)
    assert asked.tone is Tone.ASK
    done = await group.press("Hope", asked.choices[0][0].label, asked)
    assert isinstance(done, Reply)
    assert done.outcome == "ok"


async def test_a_button_that_a_client_made_up_does_nothing(group: Group) -> None:
    await group.opened()
    forged = replace(group.request("Mira", "/challenge join 1"), button=True)
    reply = await group.ask(forged)
    assert reply.outcome == "not_allowed"
    assert group.app.challenges.numbered(1).state.game.players == ()


# --- how loud it is


async def test_a_host_is_heard_however_short_ago_they_spoke(group: Group) -> None:
    for line in ("/challenge", "/challenge duel", "/challenge open", "/challenge stop"):
        assert (await group.say("Hope", line)).outcome == "ok"


async def test_a_member_waits_their_turn_but_has_joined(group: Group) -> None:
    await group.opened()
    await group.say("Mira", "/challenge status")
    assert isinstance(await group.say("Mira", "/challenge join"), Hush)
    assert [player.name for player in group.app.challenges.numbered(1).state.game.players] == [
        "Mira"
    ]


async def test_a_press_is_answered_alone_however_much_was_said(group: Group) -> None:
    await group.opened("/challenge duel halves")
    for number in range(30):
        joined = await group.press(f"P{number}", "Join")
        assert isinstance(joined, Reply)
        assert joined.private
    rules = await group.press("P1", "Rules")
    assert isinstance(rules, Reply)
    assert rules.private


# --- taking part


async def test_pressed_twice_it_is_done_once_and_said_twice(group: Group) -> None:
    draft = await group.answer("Hope", "/challenge duel")
    opened = [await group.told("Hope", "Open it", draft) for _ in range(2)]
    assert opened == ["It is open. The lobby stands below."] * 2
    await group.tick()
    assert [await group.told("Mira", "Join") for _ in range(2)] == ["You play as Mira."] * 2
    assert [await group.told("Mira", "Leave") for _ in range(2)] == [
        "You have left. Joining again takes your seat back.",
        "You are not in this game. While it is open, /challenge join takes a seat.",
    ]
    assert len(group.wall.posts) == 1


async def test_the_same_update_twice_acts_once(group: Group) -> None:
    await group.duel()
    await group.tick(3)
    request: Request = group.pressed("Mira", button(group.wall.last, "Add margin"))
    answers = [await group.ask(request) for _ in range(2)]
    assert answers[0] == answers[1]
    once_more = [await group.told("Mira", "Add margin") for _ in range(2)]
    assert [said[:22] for said in once_more] == ["500 more margin goes i", "That was done already "]


async def test_a_name_is_cleaned_and_somebody_may_stay_unnamed(group: Group) -> None:
    await group.opened("/challenge duel halves")
    assert await group.told("@Tobi https", "Join") == "You play as Tobi https."
    assert await group.told("Anna", "Join unnamed") == "You play as anonymous #2."
    assert shown(await group.answer("Otto", "/challenge join Otto the Great")) == (
        "You play as Otto the Gre."
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/challenge act 1 add", "You are not in this game."),
        ("/challenge act 1 xyz", "You are not in this game."),
        ("/challenge begin", "It takes 2 to begin. Joined so far: 1."),
        ("/challenge open", "It is open. The lobby stands below."),
        ("/challenge audit", "Its seed is secret until it is over"),
        ("/challenge duel", "One of that kind is on here already."),
    ],
)
async def test_what_cannot_be_done_in_a_lobby_says_why(group: Group, line: str, told: str) -> None:
    await group.opened()
    await group.press("Mira", "Join")
    assert shown(await group.answer("Hope", line)).startswith(told)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/challenge act 1 xyz", "There is no xyz. There are: add, hedge, close."),
        ("/challenge act", "There is no . There are: add, hedge, close."),
        ("/challenge open", "It has begun already."),
        ("/challenge begin", "It has begun already."),
        ("/challenge set 1 leverage", "Its options are fixed once it is open."),
    ],
)
async def test_what_cannot_be_done_while_it_runs_says_why(
    group: Group, line: str, told: str
) -> None:
    await group.duel()
    await group.tick(3)
    by = "Mira" if " act" in line else "Hope"
    assert shown(await group.answer(by, line)).startswith(told)


async def test_a_full_game_has_no_room_for_more(group: Group) -> None:
    await group.duel()
    said = shown(await group.answer("Otto", "/challenge join"))
    assert said.startswith("It has begun, and takes nobody in any more.")


@pytest.mark.parametrize(
    "line", ["join", "leave", "begin", "stop", "open", "set 50", "act add", "hide"]
)
async def test_afterwards_everything_says_that_it_is_over(group: Group, line: str) -> None:
    await group.opened()
    await group.say("Hope", "/challenge stop")
    await group.wait(60)
    said = shown(await group.answer("Hope", f"/challenge {line}"))
    assert said.startswith("It is over, so nothing more can be done in it.")


async def test_of_a_kind_that_is_not_on_nothing_is_said(group: Group) -> None:
    await group.opened("/challenge arena")
    assert (await group.answer("Mira", "/duel join")).outcome == "no_game"
    await group.wait(60)
    assert (await group.answer("Mira", "/challenge arena join")).outcome == "ok"
    assert (await group.answer("Hope", "/duel status 1")).outcome == "ok"


# --- afterwards


async def test_a_finished_game_is_a_file_that_anybody_plays_again(group: Group) -> None:
    await group.duel("50x")
    await group.tick(3)
    for _ in range(3):
        await group.wait(905)
        await group.wait(31)
        await group.tick()
    told = await group.press("Otto", "Audit")
    assert isinstance(told, Reply)
    (file,) = [block for block in told.blocks if isinstance(block, File)]
    assert file.name == "marginbot-game-1.json"
    assert "Mira" not in file.text
    audit = loads(Audit, file.text)
    assert audit.seed == f"{1:032x}"
    assert agrees(audit, kinds()["duel"]) == ()
    assert json.loads(file.text)["number"] == 1


async def test_a_season_without_rated_games_says_what_one_is(group: Group) -> None:
    season = await group.answer("Mira", "/challenge season")
    assert shown(season).startswith("Season 2026-12.\nNo rated game has ended this month.")
    assert short_of(season) == "Season 2026-12."


async def test_whoever_is_not_among_the_best_of_a_season_sees_their_own_line(
    group: Group,
) -> None:
    await group.opened()
    database, room = Database(group.url), Room("telegram", "-5")
    with localcontext(EXACT), database.units().writing() as books:
        for place in range(1, 13):
            learner = books.paper.enroll(Identity("telegram", f"p{place}"), NOON)
            worth = str(Decimal(20 - place))
            won = Won("2026-12", room, 1, learner, f"P{place}", place, worth, NOON)
            books.games.win(won)
    database.close()
    assert "12 P12" not in shown(await group.answer("Mira", "/challenge season"))
    assert "12 P12" in shown(await group.answer("P12", "/challenge season"))

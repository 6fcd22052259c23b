"""A game before its play: a draft of buttons, a lobby that fills, and an end without a result."""

import re
from dataclasses import replace

import pytest

from bot.chat.figures import Count, Percent
from bot.chat.games.lobby import SHOWN, draft_view
from bot.chat.games.seen import Seen
from bot.chat.games.wording import view, words_of_kinds
from bot.chat.i18n import english
from bot.chat.reply import Reply
from core.lessons.game.game import Phase
from core.money import ONE
from tests.walk.group import NOON, Group, shown


def labels(reply: Reply) -> list[list[str]]:
    return [[choice.label for choice in row] for row in reply.choices]


async def test_a_draft_shows_each_option_as_a_button(group: Group) -> None:
    draft = await group.answer("Hope", "/challenge duel")
    assert labels(draft) == [
        ["players: two", "leverage: 20x"],
        ["side: LONG", "a round: 15m"],
        ["played on: the market", "who joins: anybody"],
        ["Open it", "Rules", "Cancel"],
    ]


async def test_a_button_of_an_option_goes_to_its_next_value_and_round_again(group: Group) -> None:
    draft = await group.answer("Hope", "/challenge duel")
    seen = []
    for _ in range(3):
        pressed = await group.press("Hope", labels(draft)[0][1], draft)
        assert isinstance(pressed, Reply)
        draft = pressed
        seen.append(labels(draft)[0][1])
    assert seen == ["leverage: 10x", "leverage: 50x", "leverage: 20x"]


async def test_a_cancelled_draft_leaves_no_word_in_the_group(group: Group) -> None:
    draft = await group.answer("Hope", "/challenge duel")
    assert await group.told("Hope", "Cancel", draft) == "Stopped."
    await group.tick(2)
    assert group.posts() == []


async def test_a_lobby_says_who_is_there_how_many_it_takes_and_until_when(group: Group) -> None:
    await group.opened()
    (lobby,) = group.posts()
    assert "0 joined, 2 needed" in lobby
    assert "Open until 2026-12-01 12:05 UTC." in lobby
    assert re.search(r"seed's hash [0-9a-f]{32}\b", lobby)
    assert labels(group.wall.last) == [["Join", "Join unnamed"], ["Rules", "Leave"]]
    await group.press("Mira", "Join")
    await group.tick(31)
    assert "1 joined, 2 needed\nMira" in group.posts()[0]


async def test_it_can_begin_once_enough_are_there(group: Group) -> None:
    await group.opened("/challenge duel halves")
    await group.press("Mira", "Join")
    await group.press("Tobi", "Join unnamed")
    await group.tick(31)
    assert labels(group.wall.last)[1] == ["Rules", "Leave", "Begin now"]
    assert "Mira, anonymous #2" in group.posts()[0]
    assert await group.told("Hope", "Begin now") == "It begins."
    await group.tick(31)
    assert group.posts()[0].startswith("Mode duel: it has begun.")
    assert labels(group.wall.posts["1"]) == []


async def test_of_many_the_first_are_named_and_the_others_counted(group: Group) -> None:
    await group.opened("/challenge duel halves")
    for number in range(SHOWN + 3):
        await group.press(f"P{number}", "Join")
    await group.tick(31)
    assert "P0, P1, P2, P3, P4, P5, P6, P7, P8, P9 and 3 more" in group.posts()[0]


async def test_the_rules_tell_the_most_telling_first_also_where_there_is_little_room(
    group: Group,
) -> None:
    await group.opened()
    rules = await group.press("Mira", "Rules")
    assert isinstance(rules, Reply)
    assert rules.short is not None
    assert shown(rules).splitlines()[1].startswith("- Isolated may add margin twice")
    assert rules.short.text.startswith("Isolated may add margin twice")
    assert "Paper money of the game" in shown(rules)
    assert "two minutes at least" in shown(rules)


@pytest.mark.parametrize(
    ("why", "title"),
    [
        ("stopped", "Mode duel was stopped. It has no result."),
        ("expired", "Mode duel: too few joined in time."),
    ],
)
async def test_an_end_without_a_result_says_why_and_tells_the_seed(
    group: Group, why: str, title: str
) -> None:
    await group.opened()
    if why == "stopped":
        await group.say("Hope", "/challenge stop")
    await group.tick(301 if why == "expired" else 1)
    assert group.posts()[-1].splitlines()[0] == title
    assert f"seed {1:032x}" in group.posts()[-1].replace("`", "")
    assert labels(group.wall.last) == [["Again"]]
    await group.tick(31)
    assert group.posts()[0].startswith("Mode duel: it did not begin.")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/challenge stop 1 too many absent", "Reason: too many absent."),
        ("/challenge stop see https://e.vil *now* @all", "Reason: see now all."),
        ("/duel stop " + "a" * 99, "Reason: " + "a" * 80 + "."),
    ],
)
async def test_a_host_says_why_it_is_stopped_and_everybody_reads_it(
    group: Group, line: str, told: str
) -> None:
    await group.opened()
    assert shown(await group.answer("Hope", line)) == "Stopped."
    await group.tick()
    assert group.posts()[-1].splitlines()[:2] == [
        "Mode duel was stopped. It has no result.",
        told,
    ]


async def test_who_may_join_stands_in_the_lobby_only_where_not_everybody_may(group: Group) -> None:
    draft = await group.answer("Hope", "/challenge duel")
    day = await group.press("Hope", "who joins: anybody", draft)
    assert isinstance(day, Reply)
    week = await group.press("Hope", "who joins: known 1 day", day)
    assert isinstance(week, Reply)
    await group.press("Hope", "Open it", week)
    await group.tick()
    assert re.search(r"\nwho joins +known 7 days\n", group.posts()[0])
    answer = await group.press("Mira", "Join")
    assert isinstance(answer, Reply)
    assert answer.outcome == "not_known"
    assert shown(answer) == (
        "Its host asks for people I have known for a while. You may join from 2026-12-08 12:00 UTC."
    )
    assert all(len(line) <= 30 for line in group.posts()[0].splitlines() if "   " in line)
    await group.say("Hope", "/challenge stop")
    await group.opened()
    assert "who joins" not in group.posts()[-1]


async def test_a_status_is_a_line_and_while_it_runs_the_board(group: Group) -> None:
    draft = await group.answer("Hope", "/challenge duel")
    await group.tick(60)
    assert shown(await group.answer("Hope", "/challenge status")).startswith(
        "Mode duel #1: not open yet."
    )
    await group.press("Hope", "Open it", draft)
    await group.press("Mira", "Join", await lobby(group))
    await group.tick(60)
    open_ = shown(await group.answer("Mira", "/challenge status"))
    assert open_.startswith("Mode duel #1: open, 1 joined.")
    assert re.search(r"next step in +3 min", open_), open_
    await group.press("Tobi", "Join", await lobby(group))
    await group.tick(60)
    running = await group.answer("Mira", "/challenge status")
    assert shown(running).startswith("Mode duel #1: running, 2 play.")
    assert "entry mark" in shown(running)
    assert labels(running)[0] == ["Add margin", "Hedge", "Close"]
    await group.say("Hope", "/challenge stop")
    await group.tick(60)
    assert shown(await group.answer("Mira", "/challenge status")).startswith("Mode duel #1: over.")


async def test_a_frozen_game_says_since_when(group: Group) -> None:
    await group.duel()
    seen = await looked_at(group)
    game = replace(seen.game, phase=Phase.FROZEN, frozen=NOON)
    frozen = replace(seen, kept=replace(seen.kept, state=replace(seen.kept.state, game=game)))
    assert shown(view(frozen, "status")).startswith(
        "Mode duel #1: frozen since 2026-12-01 12:00 UTC, prices are away."
    )


async def test_where_several_chats_play_it_says_how_to_have_a_name(group: Group) -> None:
    await group.opened()
    seen = await looked_at(group)
    game = replace(seen.game, rooms=2)
    many = replace(seen, kept=replace(seen.kept, state=replace(seen.kept.state, game=game)))
    assert "It is played in 2 chats: Join shows a number, /challenge join 1 NAME" in shown(
        view(many, "lobby")
    )


async def test_an_option_may_be_a_number_and_nothing_that_a_button_can_not_say(
    group: Group,
) -> None:
    await group.say("Hope", "/challenge duel")
    words, seen = words_of_kinds()["duel"], await looked_at(group)
    counted = replace(words, options=lambda name, _value, _: (name, Count(7)))
    assert labels(draft_view(seen, counted))[0] == ["teams: 7", "leverage: 7"]
    priced = replace(words, options=lambda name, _value, _: (name, Percent(ONE)))
    with pytest.raises(TypeError, match="no option's value"):
        draft_view(seen, priced)


async def looked_at(group: Group) -> Seen:
    kept = group.app.challenges.numbered(1)
    sight = group.app.challenges.sight(kept)
    return Seen(kept, sight.kind, sight.ground, NOON, sight.path, english, sight.marks)


async def lobby(group: Group) -> Reply:
    await group.tick()
    return group.wall.posts["1"]

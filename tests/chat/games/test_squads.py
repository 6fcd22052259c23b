"""Squad battles in words: choosing sides, the board, the end."""

import re
from dataclasses import replace

from bot.chat.games.seen import Seen
from bot.chat.games.squads import WORDS
from bot.chat.i18n import english
from bot.chat.reply import Reply
from bot.chat.request import Chat, Place
from core.lessons.challenges.squads import Squads
from docs.group import button
from tests.chat.games.arena_story import against_each_other, over
from tests.chat.games.test_wording import assert_narrow
from tests.walk.group import Group, shown

SIX = ("Mira", "Tobi", "Otto", "Anna", "Lena", "Theo")


async def begun(group: Group, options: str = "", people: tuple[str, ...] = SIX) -> None:
    """Let people begin; the first message is there."""
    await group.opened(f"/challenge squads {options}")
    for who in people:
        await group.press(who, "Join")
    await group.say("Hope", "/challenge begin")
    await group.tick()


def battle(group: Group) -> Squads:
    play = group.app.challenges.numbered(1).state.play
    assert isinstance(play, Squads)
    return play


def looked_at(group: Group) -> Seen:
    """The game as anybody sees it."""
    kept = group.app.challenges.numbered(1)
    sight = group.app.challenges.sight(kept)
    return Seen(kept, sight.kind, sight.ground, group.clock.now(), sight.path, english)


def labels(reply: Reply) -> list[list[str]]:
    return [[choice.label for choice in row] for row in reply.choices]


async def trade(group: Group, who: str, line: str) -> str:
    """Let somebody trade in private."""
    request = group.request(who, f"/trade {line}")
    answer = await group.ask(replace(request, chat=Chat(who.lower(), Place.PRIVATE)))
    assert isinstance(answer, Reply)
    return shown(answer)


async def traded(group: Group, *people: str) -> None:
    """Let people buy and sell, and the hour pass."""
    for number, who in enumerate(people):
        side = "long" if number % 2 else "short"
        assert "Taken" in await trade(group, who, f"{side} btc 10x {300 + 100 * number} cross")
    await group.tick(2)
    await group.wait(3_610)
    await group.tick()


async def test_the_board_names_the_squads_their_captains_and_the_end(group: Group) -> None:
    await begun(group)
    board = group.posts()[1]
    assert board.startswith("Squad battle: 6 trade.\n")
    assert re.search(r"\n1 Red +- +0/0\n1 Blue +- +0/0\n", board)
    assert re.search(r"^- Red: \w+ \(captain\), \w+, \w+$", board, re.MULTILINE)
    assert labels(group.wall.last) == [["Mine", "Captain", "Rules"], ["Join", "Leave"]]
    status = shown(await group.answer("Mira", "/challenge status"))
    assert status.startswith("Squad battle #1: running, 6 play.\nEnds ")
    await group.tick(31)
    assert "Ends 2026-12-01 13:00 UTC." in group.posts()[1]


async def test_squads_are_chosen_by_buttons(group: Group) -> None:
    await begun(group, "choice 3")
    muster = group.posts()[1]
    assert muster.startswith("Squad battle: choose your squad.\nYou have 2 minutes.")
    assert "- Red: nobody yet\n- Blue: nobody yet\n- Green: nobody yet" in muster
    assert labels(group.wall.last) == [["Red", "Blue", "Green"], ["Captain", "Rules"]]
    assert await group.told("Tobi", "Green") == (
        "You are in. Until the time is up you may choose another squad."
    )
    await group.press("Mira", "Green")
    assert await group.told("Otto", "Green") == "That squad is full. Take another one."
    status = shown(await group.answer("Mira", "/challenge status"))
    assert "- Green: Mira (captain), Tobi" in status
    await group.wait(125)
    await group.tick()
    assert battle(group).squads[2] == (2, 1)
    assert "- Green: Mira (captain), Tobi" in group.posts()[-1]
    assert labels(list(group.wall.posts.values())[1]) == []
    fixed = shown(await group.answer("Otto", "/challenge act 1 1"))
    assert fixed == "The squads are fixed. Moving is not allowed any more."


async def test_of_a_large_squad_the_first_are_named_and_the_others_counted(group: Group) -> None:
    await begun(group, people=tuple(f"P{n}" for n in range(12)))
    assert len(re.findall(r"and 1 more", group.posts()[1])) == 2


async def test_a_squad_that_everybody_left_has_no_captain(group: Group) -> None:
    await begun(group)
    for number in battle(group).squads[0]:
        await group.say(SIX[number - 1], "/challenge leave")
    await group.tick(31)
    assert group.posts()[1].count("(captain)") == 1


async def test_the_end_tells_which_squad_won_and_by_whom(group: Group) -> None:
    await begun(group)
    await traded(group, *SIX)
    end = group.posts()[-1]
    winner = re.match(r"Squad battle: (Red|Blue) wins with -?[\d.]+\.\n", end)
    assert winner is not None
    assert re.search(rf"\n1 {winner[1]} +-?[\d.]+ +2/3\n  \w+ +-?[\d.]+\n  \w+ +-?[\d.]+\n2 ", end)
    assert re.search(rf"^- {winner[1]}: \w+ did best, -?[\d.]+\.$", end, re.MULTILINE)
    assert "Friendly" not in end
    assert "seed 0" in end
    assert labels(group.wall.last) == [["Again", "Audit"]]


async def test_two_who_traded_against_each_other_count_with_the_lower_score_until_a_host_decides(
    group: Group,
) -> None:
    await begun(group)
    await against_each_other(group)
    await over(group)
    end = group.wall.last
    assert (
        "Mira and Tobi traded against each other. Both count with the lower score until a host "
        "decides."
    ) in shown(end)
    assert labels(end) == [["Chance 1+2", "One place 1+2"], ["Again", "Audit"]]
    assert await group.told("Hope", "Chance 1+2", end) == "Decided. It is printed in the group."
    await group.tick()
    assert group.posts()[-1].startswith(
        "Mira and Tobi: a host calls it chance. Both keep their own scores.\n"
    )


async def test_a_battle_of_too_few_is_friendly(group: Group) -> None:
    await begun(group)
    await traded(group, *SIX[:2])
    assert "Friendly: a squad had fewer than 3 active members." in group.posts()[-1]


async def test_where_nobody_has_traded_nobody_wins(group: Group) -> None:
    await begun(group)
    await group.wait(3_610)
    await group.tick()
    end = group.posts()[-1]
    assert end.startswith("Squad battle: nobody has traded.\n")
    assert "Nobody was liquidated." in end


async def test_equal_squads_have_drawn(group: Group) -> None:
    await begun(group)
    first, second = battle(group).squads
    for members in (first, second):
        for who in (SIX[number - 1] for number in members):
            await trade(group, who, "long btc 10x 300 cross")
    await group.tick(2)
    await group.wait(3_610)
    await group.tick()
    assert group.posts()[-1].startswith("Squad battle: a draw.\n")


async def test_who_plays_under_fewer_than_two_roles_is_drawn_and_the_board_says_so(
    group: Group,
) -> None:
    await begun(group, "role")
    assert "Fewer than two roles play, so squads were drawn by chance." in group.posts()[1]
    assert "- Red: " in group.posts()[1]


async def test_roles_that_come_with_a_press_make_the_squads(group: Group) -> None:
    await group.opened("/challenge squads role")
    for number, who in enumerate(SIX):
        press = group.pressed(who, button(group.wall.last, "Join"))
        role = ("North Desk", "South Desk")[number % 2]
        await group.ask(replace(press, who=replace(press.who, role=role)))
    await group.say("Hope", "/challenge begin")
    await group.tick()
    board = group.posts()[1]
    assert "- North Desk: Mira (captain), Otto, Lena" in board
    assert "- South Desk: Tobi (captain), Anna, Theo" in board
    assert "Fewer than two" not in board
    assert_narrow(group)


async def test_while_prices_are_away_the_board_says_since_when(group: Group) -> None:
    await begun(group)
    seen = looked_at(group)
    game = replace(seen.game, frozen=group.clock.now())
    kept = replace(seen.kept, state=replace(seen.kept.state, game=game))
    board = shown(WORDS.board(replace(seen, kept=kept)))
    assert "Frozen since 2026-12-01 12:00 UTC: prices are away" in board


async def test_the_rules_are_told_and_orders_have_no_sentence_here(group: Group) -> None:
    await begun(group)
    assert "Each squad needs 3" in await group.told("Mira", "Rules")
    assert WORDS.said("ordered", looked_at(group)) is None


async def test_what_fell_is_told_by_whether_it_counted(group: Group) -> None:
    await begun(group)
    await traded(group, *SIX)
    seen = looked_at(group)
    play = battle(group)
    session = play.arena.session
    assert session is not None
    counted = {p for squad in play.line_up(seen.game) for p in squad.counted}

    def told(*fallen: int) -> str:
        notes = {
            player: replace(own, liquidations=int(player in fallen))
            for player, own in session.notes.items()
        }
        arena = replace(play.arena, session=replace(session, notes=notes))
        state = replace(seen.kept.state, play=replace(play, arena=arena))
        return shown(WORDS.views["end"](replace(seen, kept=replace(seen.kept, state=state)), 0))

    first, other = min(counted), min(set(session.notes) - counted)
    assert "Liquidations: 1, none among those who count: the mean kept them out." in told(other)
    assert "Liquidations: 2, 1 among those who count: those a squad pays for." in told(first, other)


async def test_every_message_fits_a_phone(group: Group) -> None:
    await begun(group, "choice")
    await group.wait(125)
    await traded(group, *SIX)
    assert_narrow(group)

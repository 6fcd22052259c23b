"""A duel on recorded crashes in words: nothing of the event while it is played, all of it after."""

import re
from datetime import timedelta

from core.lessons.challenges.duel import Duel
from tests.walk.group import Group, shown

HIDDEN = r"20\d\d-(?!12-01)|BTC|ETH|SOL|BNB|XRP|DOGE|ADA|Luna|FTX|Tesla|Thursday|Celsius"


def duel_of(group: Group) -> Duel:
    play = group.app.challenges.numbered(1).state.play
    assert isinstance(play, Duel)
    return play


async def passed(group: Group, seconds: int, stride: int = 5) -> None:
    """Let time pass in short strides: nothing of a recorded duel is made up for at once."""
    for _ in range(0, seconds, stride):
        await group.wait(stride)


async def finished(group: Group) -> str:
    """Let a match pass to its end, and return what was said last."""
    while group.app.challenges.numbered(1).state.game.phase.is_on:
        await passed(group, 60)
    await group.tick(3)
    return next(post for post in reversed(group.posts()) if post.startswith("Mode duel:"))


async def test_draft_and_lobby_say_what_it_is_played_on(group: Group) -> None:
    draft = await group.answer("Hope", "/challenge duel crash")
    assert draft.choices[2][0].label == "played on: past crashes"
    await group.press("Hope", "Open it", draft)
    await group.tick()
    lobby = group.posts()[0]
    assert re.search(r"\nplayed on +past crashes\n", lobby)
    assert "recorded prices under other names, rescaled by the seed · seed's hash" in lobby
    assert not re.search(HIDDEN, shown(draft) + lobby)


async def test_the_rules_say_what_is_different_and_only_where_it_is(group: Group) -> None:
    await group.opened("/challenge duel crash")
    rules = await group.told("Hope", "Rules")
    assert "- Each round is another recorded crash or rally: names and dates are hidden." in rules
    assert "- One hour of it passes every 10 s, 90 hours in all." in rules
    assert "- What you press is done at the end of the hour." in rules
    assert rules.endswith("- A position is held for two minutes at least.")


async def test_a_duel_on_the_market_has_no_more_rules_than_before(group: Group) -> None:
    await group.opened("/challenge duel")
    rules = await group.told("Hope", "Rules")
    assert "recorded" not in rules
    assert len(rules.splitlines()) == 11


async def test_a_round_shows_a_coin_without_its_name_and_how_far_it_is(group: Group) -> None:
    await group.duel("crash 50x")
    first = group.posts()[1]
    assert first.startswith("Mode duel, round 1.\nLONG A 50x for all, 1,000 of 5,000 USDT.\n")
    assert "Everybody enters at the first price." in first
    await passed(group, 65)
    board = group.posts()[1]
    assert re.search(r"\nentry mark +[\d.,]+\nmark +[\d.,]+\nmoved +[-+][\d.]+%\n", board)
    assert re.search(r"\nhours passed +\d of 90\nends +Tue 12:15\n", board)
    assert "the worst price of each hour is judged first: an estimate" in board
    assert not re.search(HIDDEN, board)
    assert max(map(len, board.splitlines()[3:-1])) <= 30


async def test_mine_shows_the_account_at_the_marks_of_the_hour(group: Group) -> None:
    await group.duel("crash")
    await passed(group, 25)
    mine = await group.answer("Mira", "/challenge mine")
    assert re.search(r"#1 LONG [\d.,]+ A, 20x (isolated|cross)", shown(mine))
    assert mine.private


async def test_a_press_is_answered_as_in_any_duel(group: Group) -> None:
    await group.duel("crash")
    told = [await group.told(who, "Add margin") for who in ("Mira", "Tobi")]
    assert "500 more margin goes in at the next mark." in told
    assert "Only isolated may do that; you play cross." in told


async def test_a_result_names_the_event_and_the_end_names_them_all(group: Group) -> None:
    await group.duel("crash")
    end = await finished(group)
    results = [post for post in group.posts() if post.startswith("Round ")]
    was = r"\nThat was ([A-Z0-9].+?): [A-Z]+, 20\d\d-\d\d-\d\d to 20\d\d-\d\d-\d\d\. .+\n"
    names = [match[1] for post in results if (match := re.search(was, post))]
    assert len(names) == len(results) == len(duel_of(group).rounds)
    assert len(set(names)) == len(names)
    for number, name in enumerate(names, 1):
        line = rf"\n- {number}: {name}, [A-Z]+, 20\S+ to 20\S+\. (Both|Only|The|No) .+\n"
        assert re.search(line, end)
        assert re.search(rf"\n{number} [A-Z]{{2,}} +[-+]\d\S+ +[-+]\d\S+\n", end)
    assert "seed 00000000000000000000000000000001" in end


async def test_a_rematch_is_on_crashes_again(group: Group) -> None:
    await group.duel("crash")
    await finished(group)
    last = [reply for reply in group.wall.posts.values() if reply.choices][-1]
    assert last.choices[0][0].say == "/challenge duel crash"


async def test_a_round_that_was_given_up_before_it_began_names_nothing(group: Group) -> None:
    await group.opened("/challenge duel crash")
    for who in ("Mira", "Tobi"):
        await group.press(who, "Join")
    await group.say("Tobi", "/challenge leave")
    await group.tick(2)
    assert "That was" not in group.posts()[-1]
    await passed(group, 660, 60)
    end = group.posts()[-1]
    assert end.startswith("Mode duel: Mira wins, 3 to 0.")
    assert not re.search(r"\n- 1:", end)


async def test_a_restart_goes_on_at_the_hour_where_it_stood(group: Group) -> None:
    await group.duel("crash")
    await passed(group, 60)
    before = duel_of(group).round.bout.passed
    assert before
    group.clock.at += timedelta(minutes=7)
    group.restart()
    await group.tick()
    assert duel_of(group).round.bout.passed == before
    await passed(group, 10)
    assert duel_of(group).round.bout.passed == before + 1

"""Survive the crash in words: its rules, its ticks, and what somebody who chose is told."""

import re
from datetime import timedelta

import pytest

from bot.chat.games.crash import WORDS
from bot.chat.games.seen import Seen
from bot.chat.i18n import english
from bot.chat.reply import Reply
from core.lessons.challenges.crash import Crash
from core.lessons.game.crash_acts import ACTS
from tests.walk.group import Group, shown

TICK = 46
"""Seconds of a tick, and one more for its message."""


async def begun(group: Group, *people: str, options: str = "") -> None:
    """Let people begin a crash; its first tick is announced and its time begins."""
    await group.opened(f"/challenge crash {options}")
    for who in people or ("Mira", "Tobi"):
        await group.press(who, "Join")
    await group.say("Hope", "/challenge begin")
    await group.tick()


async def passed(group: Group, ticks: int = 1) -> None:
    for _ in range(ticks):
        await group.wait(TICK)
        await group.tick()


def crash_of(group: Group) -> Crash:
    play = group.app.challenges.numbered(1).state.play
    assert isinstance(play, Crash)
    return play


def labels(reply: Reply) -> list[list[str]]:
    return [[choice.label for choice in row] for row in reply.choices]


def seeded(number: int) -> str:
    return f"{number:032x}"


async def test_a_draft_and_a_lobby_tell_nothing_of_the_event(group: Group) -> None:
    draft = await group.answer("Hope", "/challenge crash")
    options = [["ticks: 12", "a tick: 45s"], ["level: normal, 10x", "who joins: anybody"]]
    assert labels(draft)[:2] == options
    await group.press("Hope", "Open it", draft)
    await group.tick()
    told = shown(draft) + "".join(group.posts())
    assert not re.search(r"20\d\d-(?!12-01)|BTC|ETH|SOL|Black|Luna|FTX", told)


async def test_the_first_tick_shows_the_book_that_everybody_holds(group: Group) -> None:
    await begun(group)
    tick = group.posts()[1]
    assert tick.startswith("Crash, tick 1 of 12.\nYou have 45s from here. 0 of 2 have chosen.\n")
    assert re.search(r"\nA +\d[\d.]+ 0\.0% +0\.0%\n", tick)
    book = tick.partition("Everybody holds:\n")[2].splitlines()
    assert re.fullmatch(r"- A (LONG|SHORT) 10x isolated, 1,500", book[0])
    assert re.fullmatch(r"- B (LONG|SHORT) 10x cross, 1,500", book[1])
    assert "recorded prices under other names, rescaled by the seed" in tick
    assert labels(group.wall.last) == [
        ["Hold", "-25%", "-50%"],
        ["Close all", "Add margin"],
        ["Hedge", "Move cash"],
        ["Mine", "Rules", "Join"],
    ]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
async def test_every_coin_of_the_event_is_in_the_book(group: Group, number: int) -> None:
    group.seed = lambda: seeded(number)
    group.restart()
    await begun(group)
    coins = re.findall(r"^- ([ABC]) ", group.posts()[1], re.MULTILINE)
    assert tuple(coins) == crash_coins(group)


def crash_coins(group: Group) -> tuple[str, ...]:
    ground = group.app.challenges.numbered(1).ground
    assert ground is not None
    assert ground.reel is not None
    return ground.reel.coins


async def test_a_board_stands_on_every_further_tick_and_the_book_no_more(group: Group) -> None:
    await begun(group)
    await passed(group)
    tick = group.posts()[2]
    assert tick.startswith("Crash, tick 2 of 12.\nYou have 45s from here.")
    assert "Everybody holds" not in tick
    assert re.search(r"worth points\n1 Mira +9,\d\d\d +[\d.]+\n1 Tobi +9,\d\d\d +", tick)


async def test_while_a_tick_is_open_its_message_counts_who_has_chosen(group: Group) -> None:
    await begun(group)
    await group.told("Mira", "Hedge")
    await group.told("Mira", "Hold")
    await group.tick(31)
    assert "1 of 2 have chosen." in group.posts()[1]
    await passed(group)
    old = group.posts()[1]
    assert "chosen" not in old
    assert labels(list(group.wall.posts.values())[1]) == []


async def test_who_joins_late_is_shown_and_from_the_fourth_tick_on_there_is_no_button(
    group: Group,
) -> None:
    await begun(group)
    await passed(group, 2)
    assert await group.told("Otto", "Join") == "You play as Otto."
    await passed(group)
    assert "Otto" in group.posts()[-1]
    assert labels(group.wall.last)[-1] == ["Mine", "Rules"]
    assert "takes nobody in" in shown(await group.answer("Anna", "/challenge join"))


TOLD = {
    "Hold": "You hold in this tick.",
    "-25%": "A quarter of everything is closed in this tick.",
    "-50%": "Half of everything is closed in this tick.",
    "Close all": "Everything is closed in this tick.",
    "Add margin": "The weakest isolated position gets more margin in this tick.",
    "Hedge": "Half of the largest cross position is hedged in this tick.",
    "Move cash": "All free money goes into the weakest isolated position.",
}


async def test_who_chose_is_told_alone(group: Group) -> None:
    await begun(group)
    for label, told in TOLD.items():
        said = await group.press("Mira", label)
        assert isinstance(said, Reply)
        assert said.private
        assert shown(said) == f"{told} Until time is up you may choose anew."
    assert set(crash_of(group).chosen.values()) == {ACTS[-1]}


async def test_a_code_of_nobody_s_is_no_sentence(group: Group) -> None:
    await begun(group)
    assert WORDS.said("joined", looked_at(group)) is None


def looked_at(group: Group) -> Seen:
    """The game as anybody sees it."""
    kept = group.app.challenges.numbered(1)
    sight = group.app.challenges.sight(kept)
    return Seen(kept, sight.kind, sight.ground, group.clock.now(), sight.path, english)


async def test_money_that_went_in_comes_back_out(group: Group) -> None:
    await begun(group)
    await group.press("Mira", "Move cash")
    await passed(group)
    assert "comes back to the wallet" in await group.told("Mira", "Move cash")


async def test_an_old_button_does_nothing_and_says_so(group: Group) -> None:
    await begun(group)
    first = group.wall.last
    await passed(group)
    assert await group.told("Mira", "Hedge", first) == (
        "That tick is over. Choose under the newest message."
    )
    assert crash_of(group).chosen == {}


async def test_who_holds_nothing_any_more_is_told_so(group: Group) -> None:
    await begun(group)
    await group.press("Mira", "Close all")
    await passed(group)
    assert "You hold nothing any more" in await group.told("Mira", "Add margin")


async def test_ones_own_account_is_shown_at_the_tick_s_prices(group: Group) -> None:
    await begun(group)
    mine = await group.told("Mira", "Mine")
    assert re.search(r"#1 (LONG|SHORT) [\d.]+ A, 10x isolated", mine)
    assert re.search(r"liq\. price +\d", mine)
    assert re.search(r"worth now +9,9\d\d\.\d\d", mine)


async def test_after_a_restart_the_tick_begins_anew_with_the_choices_that_were_made(
    group: Group,
) -> None:
    await begun(group)
    await passed(group)
    await group.press("Mira", "Hedge")
    group.close()
    group.clock.at += timedelta(minutes=20)
    group.open()
    await group.tick()
    assert group.posts()[-1].startswith("Survive the crash goes on")
    await group.tick(30)
    assert crash_of(group).passed == 1
    await passed(group)
    assert crash_of(group).survivors[1].acts == ((2, "hedge"),)
    assert group.posts()[-1].startswith("Crash, tick 3 of 12.")


async def test_options_change_how_long_it_is_and_how_high_the_leverage(group: Group) -> None:
    await begun(group, options="30 60s hard")
    tick = group.posts()[1]
    assert tick.startswith("Crash, tick 1 of 30.\nYou have 60s from here.")
    assert "20x isolated" in tick


async def test_status_is_the_tick_that_is_open(group: Group) -> None:
    await begun(group)
    await passed(group)
    status = shown(await group.answer("Tobi", "/challenge status"))
    assert status.startswith("Survive the crash #1: running, 2 play.\nYou have 45s")
    await group.press("Hope", "Hold")
    stopped = await group.answer("Hope", "/challenge stop")
    assert shown(stopped) == "Stopped."
    await group.tick()
    assert group.posts()[-1].startswith("Survive the crash was stopped. It has no result.")


async def test_the_rules_are_told_in_points(group: Group) -> None:
    await begun(group)
    rules = await group.told("Mira", "Rules")
    assert "In each tick you choose in private; who chooses nothing holds." in rules
    assert "10 more if you never fell below 20%." in rules

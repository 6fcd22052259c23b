"""/trade: orders in the challenge that somebody plays in, answered for them alone."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.reply import Reply, Tone
from bot.chat.request import Chat
from tests.chat.games.arena_story import opened
from tests.walk.group import Group, gathered, shown


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Group]:
    async with gathered(tmp_path) as group:
        yield group


@pytest.fixture
async def arena(group: Group) -> Group:
    """Mira and Tobi in an arena."""
    await opened(group, "Mira", "Tobi")
    return group


async def alone(group: Group, who: str, line: str) -> Reply:
    """Say a line in private."""
    request = replace(group.request(who, line), chat=Chat(who.lower()))
    answer = await group.ask(request)
    assert isinstance(answer, Reply)
    return answer


async def test_an_order_waits_for_the_next_mark_and_a_press_shows_it(arena: Group) -> None:
    taken = await alone(arena, "Mira", "/trade long btc 10x 500")
    assert shown(taken) == "Taken in game #1: it fills at the next mark. /trade shows it."
    assert [choice.say for row in taken.choices for choice in row] == ["/trade #1"]
    assert "No position is open." in shown(await alone(arena, "Mira", "/trade"))
    await arena.tick()
    mine = shown(await alone(arena, "Mira", "/trade #1"))
    assert re.search(r"\n#1 LONG [\d.]+ BTC, 10x isolated\n", mine)
    assert re.search(r"\nwallet +9,49\d\.\d\d\n", mine)
    assert re.search(r"\nplace +-\n", mine)
    assert all(len(line) <= 30 for line in mine.splitlines() if re.search(r" {2,}", line))


async def test_in_the_group_it_is_answered_for_the_asker_alone(arena: Group) -> None:
    for line in ("/trade", "/trade long btc 10x 500"):
        assert (await arena.answer("Mira", line)).private


async def test_the_portfolio_is_not_touched(arena: Group) -> None:
    await alone(arena, "Mira", "/trade long btc 10x 500")
    await arena.tick()
    assert "LONG" not in shown(await alone(arena, "Mira", "/pf"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/trade long btc 50x 500", "The leverage here is 20x at most."),
        ("/trade #99 long btc 10x 500", "No such game is on here. /challenge begins one."),
    ],
)
async def test_what_a_game_does_not_allow_is_refused_with_a_cure(
    arena: Group, line: str, said: str
) -> None:
    refused = await alone(arena, "Mira", line)
    assert shown(refused) == said
    assert refused.tone is Tone.TROUBLE


async def test_who_does_not_play_is_told_so(arena: Group) -> None:
    none = await alone(arena, "Lena", "/trade long btc 10x 500")
    assert shown(none) == "No such game is on here. /challenge begins one."
    for line in ("/trade #1", "/trade #1 long btc 10x 500"):
        other = await arena.answer("Lena", line)
        assert "You are not in this game." in shown(other)


async def test_of_another_group_s_game_nothing_is_said_and_not_that_it_is_there(
    arena: Group,
) -> None:
    for line in ("", " long btc 10x 500", " dance"):
        there = await alone(arena, "Lena", f"/trade #1{line}")
        nowhere = await alone(arena, "Lena", f"/trade #99{line}")
        assert (there.outcome, shown(there)) == (nowhere.outcome, shown(nowhere))
        assert there.outcome == "no_game"


async def test_a_line_that_orders_nothing_is_not_taken(arena: Group) -> None:
    for line in ("/trade dance", "/trade pf", "/trade #1 price btc"):
        refused = await alone(arena, "Mira", line)
        assert refused.tone is Tone.TROUBLE, shown(refused)


async def test_a_button_for_what_a_line_lacks_orders_in_the_game(arena: Group) -> None:
    lacks = await alone(arena, "Mira", "/trade long btc")
    first = next(choice.say for row in lacks.choices for choice in row)
    assert first.startswith("/trade #1 open")


async def test_what_would_not_be_filled_now_is_refused_at_once(arena: Group) -> None:
    refused = await alone(arena, "Mira", "/trade long btc 20x 11000")
    assert shown(refused).startswith("An order here is worth 200,000 USDT at most.")
    poor = await alone(arena, "Mira", "/trade long btc 2x 50000")
    assert poor.tone is Tone.TROUBLE
    assert [choice.label for row in poor.choices for choice in row] == ["Mine"]


async def test_an_order_that_found_no_fill_is_told_until_one_does(arena: Group) -> None:
    for line in ("long btc 10x 6000 cross", "long eth 10x 6000 cross"):
        assert shown(await alone(arena, "Mira", f"/trade {line}")).startswith("Taken")
    await arena.tick()
    unfilled = "Your last order could not be filled at its mark. Try it again."
    assert unfilled in shown(await alone(arena, "Mira", "/trade"))
    await alone(arena, "Mira", "/trade long eth 10x 100 cross")
    await arena.tick()
    assert unfilled not in shown(await alone(arena, "Mira", "/trade"))


async def test_what_is_held_too_short_cannot_be_closed(arena: Group) -> None:
    await alone(arena, "Mira", "/trade long btc 10x 500")
    await arena.tick()
    early = await alone(arena, "Mira", "/trade close btc")
    assert "A position is held for two minutes at least" in shown(early)
    await arena.wait(120)
    assert shown(await alone(arena, "Mira", "/trade close btc")).startswith("Taken in game #1")
    await arena.tick()
    assert "No position is open." in shown(await alone(arena, "Mira", "/trade"))


async def test_before_the_board_is_there_nothing_is_taken(group: Group) -> None:
    await group.opened("/challenge arena")
    for who in ("Mira", "Tobi"):
        await group.press(who, "Join")
    await group.say("Hope", "/challenge begin 1")
    early = await alone(group, "Mira", "/trade long btc 10x 500")
    assert shown(early) == "Nothing is open now. Wait for the next mark or round."


async def test_with_two_games_a_number_says_which(arena: Group) -> None:
    await arena.say("Hope", "/challenge prop")
    await arena.say("Hope", "/challenge open 2")
    await arena.say("Mira", "/challenge join 2")
    await arena.say("Hope", "/challenge begin 2")
    await arena.tick(2)
    newest = shown(await alone(arena, "Mira", "/trade"))
    assert newest.startswith("Yours in game #2.")
    assert "daily limit" in newest
    older = shown(await alone(arena, "Mira", "/trade #1"))
    assert older.startswith("Yours in game #1.")
    assert "daily limit" not in older

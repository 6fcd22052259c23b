"""Games of questions at a terminal, played alone: the door is a button, the answer a line."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.scenarios.on_console import OnConsole, on_console
from tests.scenarios.play import house
from tests.scenarios.story import SPEAKER, Step


@asynccontextmanager
async def terminal() -> AsyncIterator[OnConsole]:
    """Sit down at a terminal."""
    with house() as backstage:
        async with on_console(backstage) as player:
            yield player


def last(player: OnConsole) -> str:
    return list(player.screen(SPEAKER).values())[-1].text


async def said(player: OnConsole, line: str) -> str:
    await player.say(Step(say=line))
    return last(player)


async def pressed(player: OnConsole, label: str) -> str:
    await player.press(SPEAKER, list(player.screen(SPEAKER))[-1], label)
    return last(player)


async def passed(player: OnConsole, seconds: int) -> str:
    player.backstage.clock.advance(seconds)
    await player.wait()
    return last(player)


async def began(player: OnConsole, line: str) -> str:
    """Begin a game; return its first item."""
    await said(player, line)
    await pressed(player, "Open it")
    await passed(player, 1)
    await pressed(player, "Join unnamed")
    assert await said(player, "/challenge begin") == "It begins."
    return await passed(player, 1)


async def test_a_guess_is_made_behind_the_door_or_typed_at_once() -> None:
    async with terminal() as player:
        card = await began(player, "/challenge guess 5")
        assert card.startswith("Card 1 of 5: where is it liquidated?")
        shown = await pressed(player, "Answer")
        assert "Write a price below, such as 54,000 or 54k. Or: never." in shown
        asked = await said(player, "54000")
        assert asked == "Which price do you mean? Your clock waits 10 s."
        assert await pressed(player, "54,000") == (
            "Taken: 54,000. One change is left, for 10 points."
        )
        assert (await said(player, "never")).startswith("Changed to never")
        assert (await passed(player, 1)).startswith("It is liquidated at 259.09")


async def test_no_old_lobby_is_printed_below_a_question() -> None:
    async with terminal() as player:
        assert (await began(player, "/challenge quiz 5 numbers")).startswith("Question 1 of 5.")
        assert await pressed(player, "D") == "Taken: D"
        solution = await passed(player, 1)
        assert solution.startswith("D is right: -10 USDT\n")
        assert "anonymous #1" in solution
        assert (await passed(player, 9)).startswith("Question 2 of 5.")


async def test_what_was_open_during_a_stop_does_not_count() -> None:
    async with terminal() as player:
        await began(player, "/challenge quiz 5 numbers")
        await passed(player, 6)
        await player.restart()
        assert (await passed(player, 20)).startswith("Question 1 does not count: the bot was away.")

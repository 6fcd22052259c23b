"""Last trader standing in words: choosing by buttons, the ladder, the end."""

import re
from dataclasses import replace

import pytest

from bot.chat.games.last import WORDS, ladder_words
from bot.chat.games.seen import Seen
from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.render import Writer
from bot.chat.reply import Reply
from core.lessons.challenges.last import Last
from core.lessons.game.ladder_lesson import Carried
from core.margin.pool import MarginMode
from tests.builders import amount
from tests.chat.games.test_wording import assert_narrow
from tests.core.paper.builders import CROSS, ISOLATED
from tests.walk.group import Group, shown

WRITER = Writer(Numerals("en"))


async def begun(group: Group, *people: str) -> None:
    """Let people begin; the first step is announced and its time begins."""
    await group.opened("/challenge last")
    for who in people or ("Mira", "Tobi", "Otto"):
        await group.press(who, "Join")
    await group.say("Hope", "/challenge begin")
    await group.tick()


def last_of(group: Group) -> Last:
    play = group.app.challenges.numbered(1).state.play
    assert isinstance(play, Last)
    return play


def looked_at(group: Group) -> Seen:
    """The game as anybody sees it."""
    kept = group.app.challenges.numbered(1)
    sight = group.app.challenges.sight(kept)
    return Seen(kept, sight.kind, sight.ground, group.clock.now(), sight.path, english)


def labels(reply: Reply) -> list[list[str]]:
    return [[choice.label for choice in row] for row in reply.choices]


async def test_the_first_step_has_a_button_for_everything(group: Group) -> None:
    await begun(group)
    step = group.posts()[1]
    assert step.startswith(
        "Last trader standing, step 1: 3x.\n3 begin with 10,000. Choose within 5 minutes.\n"
    )
    assert labels(group.wall.last) == [
        ["BTC", "ETH", "SOL", "XRP"],
        ["BNB", "DOGE", "ADA"],
        ["Long", "Short"],
        ["Isolated", "Cross"],
        ["Open", "Close"],
        ["Mine", "Rules"],
    ]


async def test_presses_put_a_choice_together_and_open_makes_it_count(group: Group) -> None:
    await begun(group)
    assert await group.told("Mira", "ETH") == ("ETH LONG isolated. It counts when you press Open.")
    assert await group.told("Mira", "Short") == (
        "ETH SHORT isolated. It counts when you press Open."
    )
    assert await group.told("Tobi", "Open") == "BTC LONG 3x isolated opens at the next mark."
    assert "ETH SHORT cross" in await group.told("Mira", "Cross")
    assert await group.told("Mira", "Open") == "ETH SHORT 3x cross opens at the next mark."
    await group.tick(2)
    mine = await group.told("Mira", "Mine")
    assert re.search(r"SHORT [\d.]+ ETH, 3x cross", mine)


async def test_it_may_be_typed_too(group: Group) -> None:
    await begun(group)
    answer = await group.answer("Mira", "/challenge act 1 Sol Long Cross")
    assert shown(answer) == "SOL LONG 3x cross opens at the next mark."
    wrong = shown(await group.answer("Tobi", "/challenge act 1 gold"))
    assert wrong.startswith("There is no gold. There are: ")


async def test_the_board_tells_walls_and_what_the_wallet_lost(group: Group) -> None:
    await begun(group)
    await group.say("Mira", "/challenge act 1 btc long isolated")
    await group.say("Tobi", "/challenge act 1 btc short cross")
    await group.wait(65)
    board = group.posts()[1]
    assert "3 of 3 stand. 5x from Tue 12:10 on." in board
    assert re.search(r"^\d Mira +iso +[-+]?\d", board, re.MULTILINE)
    assert re.search(r"^\d Tobi +cross +[-+]?\d", board, re.MULTILINE)
    assert re.search(r"^\d Otto +none +0$", board, re.MULTILINE)


async def test_whoever_chose_nothing_is_out_and_the_next_step_says_so(group: Group) -> None:
    await begun(group)
    await group.say("Mira", "/challenge act 1 btc long isolated")
    await group.say("Tobi", "/challenge act 1 btc short cross")
    await group.wait(610)
    step = group.posts()[2]
    assert step.startswith("Last trader standing, step 2: 5x.\n2 of 3 stand. 8x from Tue 12:20 on.")
    assert re.search(r"^3 Otto +out +0$", step, re.MULTILINE)
    assert labels(list(group.wall.posts.values())[1]) == []
    assert shown(await group.answer("Otto", "/challenge act 1 open")).startswith("You are out.")


async def test_status_is_the_step_that_is_open(group: Group) -> None:
    await begun(group)
    status = shown(await group.answer("Otto", "/challenge status"))
    assert status.startswith("Last trader standing #1: running, 3 play.\n3 of 3 stand.")


async def test_the_last_one_wins_and_it_is_told_what_the_walls_cost(group: Group) -> None:
    await begun(group)
    await group.say("Mira", "/challenge act 1 btc long isolated")
    await group.say("Tobi", "/challenge act 1 btc short cross")
    await group.wait(60)
    for who in ("Otto", "Tobi"):
        await group.say(who, "/challenge leave")
    await group.tick()
    end = group.posts()[-1]
    assert end.startswith("Last trader standing: Mira wins, at 3x.\n")
    assert re.search(r"On average isolated lasted 1 min and ended at [-+]\d+, cross 1 min", end)
    assert labels(group.wall.last) == [["Again", "Audit"]]
    assert last_of(group).over


async def test_those_who_go_together_share_the_first_place(group: Group) -> None:
    await begun(group)
    await group.wait(305)
    end = group.posts()[-1]
    assert end.startswith("Last trader standing: 3 fell together.\n")
    assert "Nobody opened a position in time." in end


async def test_before_its_message_arrived_there_is_no_board(group: Group) -> None:
    await group.opened("/challenge last")
    for who in ("Mira", "Tobi"):
        await group.press(who, "Join")
    await group.say("Hope", "/challenge begin")
    status = shown(await group.answer("Mira", "/challenge status"))
    assert "wall" not in status
    for who in ("Mira", "Tobi"):
        await group.say(who, "/challenge leave")
    assert last_of(group).session is None
    await group.tick(3)
    end = group.posts()[-1]
    assert end.startswith("Last trader standing: nobody is left.\n")
    assert "Nobody opened a position in time." in end


@pytest.mark.parametrize(
    ("isolated", "cross", "told"),
    [
        ((60, -5_000), (120, -9_000), "The whole wallet bought time, and that is what it cost."),
        ((60, -5_000), (60, -9_000), "The whole wallet bought no time, and was lost all the same."),
    ],
)
def test_what_the_whole_wallet_bought_is_told(
    isolated: tuple[int, int], cross: tuple[int, int], told: str
) -> None:
    found = {mode: carried(*each) for mode, each in ((ISOLATED, isolated), (CROSS, cross))}
    assert WRITER.words(ladder_words(found, english)).endswith(told)


def carried(seconds: int, change: int) -> Carried:
    return Carried(players=1, fell=1, seconds=seconds, change=amount(change))


@pytest.mark.parametrize("mode", MarginMode)
def test_of_one_wall_alone_its_own_figures_are_told(mode: MarginMode) -> None:
    told = WRITER.words(ladder_words({mode: carried(600, -1_234)}, english))
    assert told == (f"All were {mode.value}: they lasted 10 min and ended at -1,234 on average.")


def test_where_cross_did_better_nothing_is_added() -> None:
    found = {ISOLATED: carried(60, -5_000), CROSS: carried(120, 100)}
    assert WRITER.words(ladder_words(found, english)) == (
        "On average isolated lasted 1 min and ended at -5,000, cross 2 min and +100."
    )


async def test_while_prices_are_away_the_board_says_since_when(group: Group) -> None:
    await begun(group)
    seen = looked_at(group)
    game = replace(seen.game, frozen=group.clock.now())
    kept = replace(seen.kept, state=replace(seen.kept.state, game=game))
    board = shown(WORDS.board(replace(seen, kept=kept)))
    assert "Frozen since 2026-12-01 12:00 UTC: prices are away" in board


async def test_the_rules_are_told_and_orders_have_no_sentence_here(group: Group) -> None:
    await begun(group)
    assert "Two minutes after a position" in await group.told("Mira", "Rules")
    assert WORDS.said("ordered", looked_at(group)) is None


async def test_every_message_fits_a_phone(group: Group) -> None:
    await begun(group)
    await group.say("Mira", "/challenge act 1 btc long isolated")
    await group.say("Tobi", "/challenge act 1 btc short cross")
    await group.wait(700)
    await group.say("Tobi", "/challenge leave")
    await group.tick()
    assert_narrow(group, most=4)


async def test_two_alone_play_for_themselves(group: Group) -> None:
    await begun(group, "Mira", "Tobi")
    await group.say("Mira", "/challenge leave")
    await group.tick()
    end = group.posts()[-1]
    assert "Last trader standing: Tobi wins" in end
    assert "Friendly: fewer than 3 played." in end


async def test_close_is_a_button_and_says_what_follows(group: Group) -> None:
    await begun(group)
    await group.say("Mira", "/challenge act 1 btc long cross")
    await group.tick(2)
    assert "two minutes at least: close it from" in await group.told("Mira", "Close")
    await group.wait(130)
    told = await group.told("Mira", "Close", group.wall.last)
    assert told == "It closes at the next mark. Then open anew within 2 minutes."
    await group.tick(2)
    assert "No position is open." in shown(await group.answer("Mira", "/challenge mine"))
    assert await group.told("Tobi", "Close") == (
        "You hold nothing any more, so there is nothing to do it with."
    )

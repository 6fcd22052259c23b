"""A game as it is looked at: names, small print, and buttons that are everybody's."""

from dataclasses import replace

import pytest

from bot.chat.figures import Name
from bot.chat.games.seen import Seen, shown_name
from bot.chat.i18n import english
from bot.chat.render import Writer
from bot.chat.reply import Reply
from core.lessons.game.chance import commitment
from core.lessons.game.errors import NotPlaying
from core.lessons.game.game import Phase
from tests.walk.group import Group


async def seen(group: Group, *, path: bool = True) -> Seen:
    """Open a duel, let Mira join, and look at it."""
    await group.opened()
    await group.press("Mira", "Join")
    kept = group.app.challenges.numbered(1)
    sight = group.app.challenges.sight(kept)
    return Seen(kept, sight.kind, sight.ground, group.clock.now(), path, english)


def small_print(found: Seen, *, chance: bool = True) -> list[str]:
    writer = Writer.of(Reply(()), "en")
    return [writer.words(words) for words in found.fairness(chance=chance).items]


async def test_while_it_goes_on_the_hash_of_the_seed_is_told_and_not_the_seed(group: Group) -> None:
    found = await seen(group)
    assert small_print(found) == [
        "recorded prices in an order of chance, not live",
        f"seed's hash {commitment(found.game.seed)}",
        "game #1, paper money",
    ]
    assert not any(found.game.seed in line for line in small_print(found))


async def test_afterwards_the_seed_itself_is_told(group: Group) -> None:
    found = await seen(group)
    game = replace(found.game, phase=Phase.FINAL)
    over = replace(found, kept=replace(found.kept, state=replace(found.kept.state, game=game)))
    assert f"seed {game.seed}" in small_print(over)


async def test_a_board_leaves_the_seed_to_the_lobby(group: Group) -> None:
    assert not any("seed" in line for line in small_print(await seen(group), chance=False))


async def test_live_prices_are_called_live(group: Group) -> None:
    assert small_print(await seen(group, path=False))[0] == "live mark prices"


async def test_a_hidden_player_is_a_number(group: Group) -> None:
    found = await seen(group)
    player = found.game.player(1)
    assert (found.name(1), shown_name(player, english)) == (Name("Mira"), "Mira")
    assert shown_name(replace(player, hidden=True), english) == "anonymous #1"
    with pytest.raises(NotPlaying):
        found.name(0)


async def test_a_buttons_answer_is_for_whoever_presses(group: Group) -> None:
    found = await seen(group)
    act, mine = found.act("Add", "add"), found.to("Mine", "mine")
    assert (act.say, act.kept, act.aside) == ("/challenge act 1 add", True, True)
    assert (mine.say, mine.kept, mine.aside) == ("/challenge mine 1", True, True)
    assert not found.to("Board", "status", aside=False).aside

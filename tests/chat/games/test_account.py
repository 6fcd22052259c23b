"""A player's own account: a card for them alone, and the essential where there is little room."""

import re

import pytest

from bot.chat.reply import Reply
from tests.commands.shown import short_of
from tests.walk.group import Group, shown


async def mine(group: Group, who: str = "Mira") -> Reply:
    reply = await group.press(who, "Mine", group.wall.posts["2"])
    assert isinstance(reply, Reply)
    return reply


async def test_before_the_entry_there_is_nothing_in_it(group: Group) -> None:
    await group.duel()
    assert "There is nothing in it yet" in shown(await mine(group))


async def test_it_shows_wallet_worth_and_how_near_the_wall_is(group: Group) -> None:
    await group.duel("50x")
    await group.tick(5)
    card = await mine(group)
    assert card.private
    for row in (
        r"wallet +3,975\.\d\d\n",
        r"worth now +4,\d{3}\.\d\d\n",
        r"#1 LONG [\d.,]+ [A-Z]+, 50x isolated\n",
        r"liq\. price +[\d.,]+\n",
    ):
        assert re.search(row, shown(card)), row


async def test_its_one_sentence_is_what_matters_most(group: Group) -> None:
    await group.duel("50x")
    await group.tick(5)
    short = short_of(await mine(group))
    assert re.fullmatch(
        r"Wallet 3,975\.\d\d, worth 4,\d{3}\.\d\d\. Liquidation at [\d.,]+, 1\.\d\d% away\.",
        short,
    )


async def test_a_hedged_account_shows_both_legs_and_the_nearest_wall(group: Group) -> None:
    await group.duel("50x")
    await group.tick(3)
    await group.press("Tobi", "Hedge", group.wall.posts["2"])
    await group.tick(2)
    card = await mine(group, "Tobi")
    assert re.search(r"#1 LONG .*, 50x cross\n(?s:.*)#2 SHORT .*, 50x cross\n", shown(card))
    assert "Liquidation at" in short_of(card)


async def test_a_closed_account_says_so(group: Group) -> None:
    await group.duel("50x")
    await group.wait(130)
    await group.press("Tobi", "Close", group.wall.posts["2"])
    await group.tick(2)
    card = await mine(group, "Tobi")
    assert "No position is open." in shown(card)
    assert short_of(card).endswith("No position is open.")


async def test_who_does_not_play_has_none(group: Group) -> None:
    await group.duel()
    assert (await mine(group, "Otto")).outcome == "not_playing"


@pytest.mark.parametrize("place", ["group", "typed"])
async def test_nobody_else_sees_it(group: Group, place: str) -> None:
    await group.duel()
    await group.tick(5)
    reply = await mine(group) if place == "group" else await group.answer("Mira", "/challenge mine")
    assert reply.private

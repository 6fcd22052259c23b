"""A member's own account, with their squad and its captain."""

import pytest

from bot.chat.games.squad_own import own_member
from core.lessons.game.errors import NotPlaying
from tests.chat.games.test_squads import SIX, battle, begun, looked_at
from tests.walk.group import Group, shown


async def test_mine_tells_the_squad_and_who_leads_it(group: Group) -> None:
    await begun(group)
    first, second, third = (SIX[p - 1] for p in sorted(battle(group).squads[0]))
    await group.say(first, "/challenge captain 1 name Night Owls")
    mine = shown(await group.answer(third, "/challenge mine"))
    assert mine.startswith("Yours in game #1.\nsquad ")
    for label, value in (("squad", "Night Owls"), ("captain", first), ("vice-captain", second)):
        assert any(line.split(maxsplit=1) == [label, value] for line in mine.splitlines())
    await group.tick(2)
    assert "wallet" in shown(await group.answer(third, "/challenge mine"))
    assert all(len(line) <= 30 for line in mine.splitlines()[1:4])


async def test_before_there_are_squads_there_is_an_account_alone(group: Group) -> None:
    await group.opened("/challenge squads choice")
    await group.press("Mira", "Join")
    lobby = shown(await group.answer("Mira", "/challenge mine"))
    assert "squad" not in lobby
    for who in SIX[1:5]:
        await group.press(who, "Join")
    await group.say("Hope", "/challenge begin")
    await group.tick()
    assert "captain" not in shown(await group.answer("Mira", "/challenge mine"))


async def test_a_stranger_has_nothing(group: Group) -> None:
    await begun(group)
    with pytest.raises(NotPlaying):
        own_member(looked_at(group), None)

"""Whoever writes behind a mask never has a portfolio: all anonymous admins share one id.

Also what only Telegram does: messages edited into commands, and updates delivered twice.
"""

import pytest

from core.paper.records import Identity
from tests.attacks.attackers import ATTACKER, VICTIM, Street, street
from tests.fakes.botapi.world import ANONYMOUS, Json
from tests.scenarios.on_telegram import OnTelegram
from tests.scenarios.story import PEOPLE

CHANNEL: Json = {"id": -1001000000000777, "type": "channel", "title": "Signals"}
PERSONAL = (
    "/open long btc 10x 500",
    "/long btc 500",
    "/open lnog btc 10x 100",
    "/clsoe btc",
    "/close all",
    "/pf",
    "/history",
    "/stats",
    "/orders",
    "/export",
    "/link",
    "/unlink yes",
    "/reset",
    "/forget yes",
    "/yes",
    "/no",
    "/mode cross btc",
    "/set confirm off",
    "/compare 10x long btc mine",
)


def telegram(there: Street) -> OnTelegram:
    assert isinstance(there.player, OnTelegram)
    return there.player


@pytest.mark.parametrize("mask", ["admin", "channel", "no_mask_given"])
async def test_masked_writers_get_no_portfolio(mask: str) -> None:
    async with street("telegram") as there:
        await there.opens()
        player = telegram(there)
        group = player.world.group()
        player.world.chats.setdefault(CHANNEL["id"], CHANNEL)
        sender = {"admin": group, "channel": CHANNEL, "no_mask_given": None}[mask]
        before = there.books.account(there.identity(VICTIM))
        seen = len(player.world.from_bot())
        for line in PERSONAL:
            player.world.say(ANONYMOUS, line, group, sender_chat=sender)
            await player.still()
            there.clock.advance(60)
        for number in (ANONYMOUS["id"], group["id"], CHANNEL["id"]):
            assert not there.books.is_known(Identity("telegram", str(number)))
        assert there.books.account(there.identity(VICTIM)) == before
        told = [posted for posted in player.world.from_bot()[seen:] if posted.chat == group["id"]]
        assert not [posted for posted in told if "Confirm" in posted.labels]
        assert not [posted for posted in told if "9,497.96" in posted.text]
        assert bool(told) == (sender is not None)


async def test_a_real_person_behind_a_mask_keeps_their_own_portfolio_to_themselves() -> None:
    async with street("telegram") as there:
        await there.opens()
        player = telegram(there)
        group = player.world.group()
        player.world.say(player.person(VICTIM), "/pf", group, sender_chat=group)
        await player.still()
        aloud = [posted.text for posted in player.world.from_bot(group["id"])]
        assert aloud
        assert not [text for text in aloud if "9,497.96" in text or "0.073" in text]


async def test_a_message_edited_into_anothers_token_opens_nothing() -> None:
    async with street("telegram") as there:
        await there.say(VICTIM, "/open long btc 10x 500 isolated")
        token = there.carried(VICTIM, "Confirm").removeprefix("/yes ")
        player = telegram(there)
        innocent = player.world.say(player.person(ATTACKER), "/price btc")
        await player.still()
        for text in (f"/yes {token}", f"yes {token}", f"/yes {token} {token}", f"/no {token}"):
            player.world.edit(innocent, text)
            await player.still()
        assert (there.held(VICTIM), there.held(ATTACKER)) == (0, 0)
        assert "Opened #1" in (await there.say(VICTIM, f"/yes {token}")).text


async def test_a_message_edited_into_ones_own_token_acts_once() -> None:
    async with street("telegram") as there:
        await there.say(VICTIM, "/open long btc 10x 500 isolated")
        token = there.carried(VICTIM, "Confirm").removeprefix("/yes ")
        player = telegram(there)
        innocent = player.world.say(player.person(VICTIM), "/price btc")
        await player.still()
        for _ in range(3):
            player.world.edit(innocent, f"/yes {token}")
            await player.still()
        assert there.held(VICTIM) == 1


@pytest.mark.parametrize("line", ["/open long btc 10x 500 isolated", "/long sol 100"])
async def test_an_update_delivered_again_acts_once_and_says_the_same(line: str) -> None:
    async with street("telegram") as there:
        player = telegram(there)
        await there.say(VICTIM, "/set confirm off")
        player.world.say(player.person(VICTIM), line)
        update = player.world.pending[-1]
        await player.still()
        first = player.world.from_bot(PEOPLE[VICTIM])[-1]
        player.world.again(update)
        await player.still()
        assert player.world.from_bot(PEOPLE[VICTIM])[-1] is first
        await player.restart()  # by which the adapter has forgotten what it has seen
        player.world.again(update)
        await player.still()
        second = player.world.from_bot(PEOPLE[VICTIM])[-1]
        assert second is not first
        assert second.text.partition("\n\n•")[0] == first.text.partition("\n\n•")[0]
        assert "Opened #1" in second.text
        account = there.books.account(there.identity(VICTIM))
        assert account is not None
        assert len(account.positions) == account.last_number == 1


async def test_a_press_delivered_again_acts_once() -> None:
    async with street("telegram") as there:
        player = telegram(there)
        await there.say(VICTIM, "/open long btc 10x 500 isolated")
        under = there.last(VICTIM)
        player.send(VICTIM, under, player.data(under, "Confirm"))
        update = player.world.pending[-1]
        await player.still()
        before = there.books.account(there.identity(VICTIM))
        assert before is not None
        assert len(before.positions) == 1
        player.world.again(update)
        await player.still()
        assert there.books.account(there.identity(VICTIM)) == before

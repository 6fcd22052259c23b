"""Putting accounts right in words: how it is typed, what it costs a host, how it is printed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.chat.games.adjusting import Typed, adjusted_view, typed
from bot.chat.reply import Reply
from bot.chat.request import Role
from core.lessons.game.errors import NoGame
from tests.chat.games.arena_story import opened, trade
from tests.chat.games.prop_seen import begun, seen
from tests.walk.group import Group, shown


def narrow(text: str) -> bool:
    return all(len(line) <= 30 for line in text.splitlines() if "%" in line or "score" in line)


async def wallet(group: Group, who: str) -> str:
    """What a player's own view says of the wallet."""
    own = shown(await group.answer(who, "/trade #1"))
    return next(line.split()[-1] for line in own.splitlines() if line.startswith("wallet"))


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("3 +250 outage", ("3", "250", "outage")),
        ("#3 -1.5k the feed was late", ("#3", "-1500", "the feed was late")),
        ("Mira +2,500 lag for 3 minutes", ("Mira", "2500", "lag for 3 minutes")),
        ("player #3 250 lag", ("player #3", "250", "lag")),
        ("Big Joe 7 +0,5 lag", ("Big Joe 7", "0.5", "lag")),
        ("Mira 250 2 times late", ("Mira", "250", "2 times late")),
    ],
)
def test_an_amount_is_found_however_it_is_typed(line: str, parts: tuple[str, str, str]) -> None:
    found = typed(line.split())
    assert found == Typed(parts[0], Decimal(parts[1]), parts[2])


@pytest.mark.parametrize(
    "line",
    ["", "3", "3 +250", "Mira late", "+250 lag", "3 0 lag", "3 +2m lag", "3 +5 https://e.vil/x"],
)
def test_without_player_amount_or_reason_there_is_nothing_to_do(line: str) -> None:
    assert typed(line.split()) is None


async def test_a_host_puts_an_account_right_and_everybody_reads_it(group: Group) -> None:
    await opened(group, "Mira", "Tobi")
    answer = await group.answer("Hope", "/challenge adjust 1 mira +250 the feed was *late*: t.me/x")
    assert shown(answer) == "Done. It is printed in the game's chats."
    assert answer.private
    assert await wallet(group, "Mira") == "10,250.00"
    await group.tick()
    assert shown(group.wall.last).startswith(
        "Mira: +250.00 USDT, put right by a host in game #1.\nReason: the feed was late.\n"
    )
    assert "no place" not in shown(group.wall.last)

    await group.say("Hope", "/challenge adjust 2 -50.5 twice as much as was due")
    await group.tick()
    assert shown(group.wall.last).startswith("Tobi: -50.50 USDT, put right by a host in game #1.\n")
    assert await wallet(group, "Tobi") == "9,949.50"


async def test_the_same_line_delivered_twice_adjusts_once(group: Group) -> None:
    await opened(group, "Mira", "Tobi")
    request = group.request("Hope", "/challenge adjust 1 1 +250 lag")
    await group.ask(request)
    await group.ask(request)
    assert await wallet(group, "Mira") == "10,250.00"


async def test_who_is_no_host_adjusts_nothing(group: Group) -> None:
    await opened(group, "Mira", "Tobi")
    answer = await group.answer("Mira", "/challenge adjust 1 1 +250 lag")
    assert answer.outcome == "not_allowed"
    assert await wallet(group, "Mira") == "10,000.00"


async def test_an_anonymous_admin_adjusts_by_a_button_under_their_own_name(group: Group) -> None:
    await opened(group, "Mira", "Tobi")
    await group.wait(60)
    line = group.request("Hope", "/challenge adjust 1 1 +250 lag")
    asked = await group.ask(replace(line, role=Role.MASKED))
    assert isinstance(asked, Reply)
    assert await wallet(group, "Mira") == "10,000.00"
    said = await group.told("Hope", "/challenge adjust 1 1 +250 lag", asked)
    assert said == "Done. It is printed in the game's chats."
    assert await wallet(group, "Mira") == "10,250.00"


async def test_a_host_who_plays_is_told_first_and_stands_under_the_line_for_good(
    group: Group,
) -> None:
    await opened(group, "Mira", "Tobi", "Hope")
    asked = await group.answer("Hope", "/challenge adjust Mira +250 lag")
    assert shown(asked) == (
        "You play in it. Who puts accounts right there has no place in it any more, for good."
    )
    assert [choice.label for row in asked.choices for choice in row] == [
        "Adjust, and give up my place"
    ]
    assert await wallet(group, "Mira") == "10,000.00"

    refused = await group.press("Tobi", "Adjust, and give up my place", asked)
    assert isinstance(refused, Reply)
    assert refused.outcome == "not_allowed"

    assert await group.told("Hope", "Adjust, and give up my place", asked) == (
        "Done. It is printed in the game's chats."
    )
    await group.tick()
    assert "The host is player #3, Hope, who has no place in it any more." in shown(group.wall.last)
    group.restart()
    await group.tick()
    board = shown(await group.answer("Mira", "/challenge status 1"))
    assert "Hope: adjusted by its owner, no place." in board
    assert narrow(board)
    await trade(group, "Hope", "long btc 10x 500")
    await group.wait(3_700)
    assert "Hope: adjusted by its owner, no place." in shown(group.wall.last)


async def test_more_than_is_free_is_not_taken(group: Group) -> None:
    await opened(group, "Mira", "Tobi")
    answer = await group.answer("Hope", "/challenge adjust 1 1 -20k too much")
    assert shown(answer) == (
        "Free in that wallet: 10,000.00 USDT. Take no more than that out of it."
    )


async def test_what_is_free_in_a_wallet_is_told_to_the_host_alone_and_to_no_rival(
    group: Group,
) -> None:
    await opened(group, "Mira", "Tobi", "Hope")
    group.hosts.add("Lena")
    answer = await group.answer("Lena", "/challenge adjust 1 1 -20k too much")
    assert answer.private
    assert "10,000.00" in shown(answer)
    asked = await group.answer("Hope", "/challenge adjust 1 1 -20k too much")
    said = await group.told("Hope", "Adjust, and give up my place", asked)
    assert said == "So much is not free in that wallet. Take less."


async def test_a_line_that_says_too_little_is_answered_with_one_that_does(group: Group) -> None:
    await opened(group, "Mira", "Tobi")
    for line in ("/challenge adjust", "/challenge adjust 1 1 +250"):
        answer = await group.answer("Hope", line)
        assert answer.outcome == "bad_adjustment"
        assert shown(answer) == (
            "Type game, player, amount and reason: /challenge adjust 7 3 +250 outage."
        )


async def test_somebody_the_game_does_not_know_is_not_adjusted(group: Group) -> None:
    await opened(group, "Mira", "Tobi")
    for who in ("lena", "9"):
        answer = await group.answer("Hope", f"/challenge adjust 1 {who} +250 lag")
        assert answer.outcome == "no_player"
        assert shown(answer) == (f"{who} does not play here. Take a name as the board has it.")


async def test_somebody_who_plays_unnamed_is_called_as_the_board_has_them(group: Group) -> None:
    await group.opened("/challenge arena")
    await group.press("Mira", "Join unnamed", group.wall.posts["1"])
    await group.press("Tobi", "Join", group.wall.posts["1"])
    await group.say("Hope", "/challenge begin 1")
    await group.tick(2)
    await group.say("Hope", "/challenge adjust anonymous #1 +250 lag")
    await group.tick()
    assert shown(group.wall.last).startswith("anonymous #1: +250.00 USDT")


async def test_in_a_kind_without_trading_of_ones_own_it_is_said_where_it_is_done(
    group: Group,
) -> None:
    await group.duel()
    answer = await group.answer("Hope", "/challenge adjust 1 1 +250 lag")
    assert shown(answer).startswith("Accounts are put right in an arena, a squad battle or a prop")


def test_of_an_adjustment_there_was_not_nothing_is_printed() -> None:
    with pytest.raises(NoGame):
        adjusted_view(seen(begun("one"), 1), 1)

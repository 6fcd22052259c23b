"""An arena in a group: Mira and Tobi trade against each other, Lena by herself."""

from tests.walk.group import Group

COINS = ("btc", "eth", "btc", "eth", "btc")


async def opened(group: Group, *people: str, options: str = "") -> None:
    """Let these people be in an arena whose board is there."""
    await group.opened(f"/challenge arena {options}")
    for who in people:
        await group.press(who, "Join", group.wall.posts["1"])
    await group.say("Hope", "/challenge begin 1")
    await group.tick(2)


async def trade(group: Group, who: str, line: str) -> None:
    """Let somebody order something; it is taken."""
    answer = await group.answer(who, f"/trade {line}")
    assert answer.outcome == "ok", answer


async def against_each_other(group: Group) -> None:
    """Five times one is long and the other short; the third one is long for a while later."""
    for coin in COINS:
        await trade(group, "Mira", f"long {coin} 10x 1000 cross")
        await trade(group, "Tobi", f"short {coin} 10x 1000 cross")
        await group.tick(2)
        await group.wait(125)
        for who in ("Mira", "Tobi"):
            await trade(group, who, f"close {coin}")
        await group.tick(2)
        await trade(group, "Lena", f"long {coin} 5x 500 cross")
        await group.wait(130)
        await trade(group, "Lena", f"close {coin}")
        await group.tick(2)


async def over(group: Group) -> None:
    """Let the hour pass."""
    await group.wait(3_700)

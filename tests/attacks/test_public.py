"""What is said in a group is what a stranger would have been told: no figure of anybody's own.

Every example of every command, and every line of every story, is said in a group by somebody with
a portfolio, a wallet setting and a fee of their own; and again by somebody who has nothing.
"""

from dataclasses import replace

import pytest

from bot.app import commands
from bot.chat.reply import Hush, Reply
from core.paper.records import Identity
from tests.scenarios.player import figures
from tests.scenarios.story import STORIES
from tests.walk.house import Home, shown

HOLDER, STRANGER = "111", "333"
EXAMPLES = [line for command in commands() for line in command.examples]
SAID = [step.say for story in STORIES for step in story.steps if step.say]
TYPED = [
    "close",
    "yes",
    "no",
    "pf",
    "close btc 50%",
    "/close #1 7%",
    "/margin btc 100000",
    "/add btc 1",
]
MORE = [
    "/compare long btc 25%",
    "/max btc 20x",
    "/open long btc 10x 99999",
    "/open long btc 10x max",
]
LINES = list(dict.fromkeys([*EXAMPLES, *SAID, *TYPED, *MORE]))
OPENING = (
    "/set wallet 7313.77",
    "/set margin 611.37",
    "/set fee 0.0371%",
    "/set confirm off",
    "/open long btc 7x 431.19 isolated",
    "/open short eth 13x 287.53 cross",
    "/open long sol 10x 100",
    "/close sol 37%",
    "/open long bnb 9x 333.33 @501.2",
)


def home() -> Home:
    """Return a house in which one has a portfolio and the other has not."""
    there = Home()
    for line in OPENING:
        assert there.say(line, HOLDER).outcome == "ok", line
    there.clock.advance(61)  # so that marks have moved and nobody is spoken too often
    return there


def own(there: Home) -> set[str]:
    """Return the figures of a portfolio that are nobody else's: money, gains, sizes, settings."""
    account = there.services.accounts.look(Identity("telegram", HOLDER))
    scene = there.services.trading.scene(account)
    assert len(account.positions) == 3
    assert len(account.orders) == 1
    page = shown(there.say("/pf", HOLDER)).splitlines()
    money = [line for line in page if line.startswith(LABELS)]
    sizes = " ".join(f"{p.leg.quantity.normalize():f}" for p in account.positions)
    values = [account.wallet, account.available(scene.marks, scene.listing)]
    assert all(f"{value:,.2f}" in figures(" ".join(money)) for value in values)
    return {f for f in figures(" ".join((*money, sizes))) if len(f) > 3} | set(SETTINGS)


LABELS = ("wallet", "cross wallet", "margin", "available", "PnL")
SETTINGS = ("7,313.77", "611.37", "0.0371%")


def aloud(there: Home, line: str, who: str) -> Reply | None:
    """Say a line in a group; return what everybody reads, or None for what stays aside."""
    answer = there.answer(line, who, group=True, addressed=True)
    return None if isinstance(answer, Hush) or answer.private else answer


def bare(reply: Reply | None) -> tuple[object, ...] | None:
    """Return a public reply as it is read; lines of buttons included."""
    if reply is None:
        return None
    return shown(replace(reply, introduces=frozenset())), reply.choices, reply.outcome


@pytest.mark.parametrize("line", LINES)
def test_nobody_hears_more_than_a_stranger_would(line: str) -> None:
    there = home()
    stranger = bare(aloud(home(), line, STRANGER))
    secret = own(there)
    holder = aloud(there, line, HOLDER)
    if holder is not None:
        said = figures(shown(holder) + str(holder.short) + str(holder.choices))
        assert secret.isdisjoint(said)
    assert bare(holder) == stranger


def test_the_figures_that_are_looked_for_are_there() -> None:
    secret = own(home())
    assert {*SETTINGS, "0.044"} <= secret
    assert len(secret) > 12
    there = home()
    told = figures(shown(there.say("/pf", HOLDER)))
    assert not secret.isdisjoint(told)

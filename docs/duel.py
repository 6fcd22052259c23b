"""A duel that two people play with the whole program, for the pages; nothing of it is typed."""

import asyncio
import tempfile
from functools import cache

from bot.adapters.console.render import text
from bot.chat.reply import Hush, Reply
from docs.group import Group
from docs.session import EPOCH, block

SEED = "f34baa525678701f0424df90f62dc10a"
"""What a real game draws by chance; here always the same, so that the pages stay as they are."""

ROUND, REST = 15 * 60, 31


@cache
def duel() -> dict[str, str]:
    """Return what a group sees of a duel, by the name of the part."""
    with tempfile.TemporaryDirectory() as folder:
        group = Group(f"sqlite:///{folder}/docs.db", EPOCH, lambda: SEED)
        group.hosts = {"Hope"}
        try:
            return asyncio.run(_played(group))
        finally:
            group.close()


def transcript() -> str:
    """Return the duel from the first line to the last, in one code block."""
    told = duel()
    names = ("start", "lobby", "joined", "acts", "board", "result", "second", "third", "end")
    return block("\n\n".join(told[name] for name in names))


def part(name: str) -> str:
    """Return one part of the duel as a code block."""
    return block(duel()[name])


async def _played(group: Group) -> dict[str, str]:
    """Play it, and keep what is worth showing."""
    start = await _said(group, "Hope", "/challenge duel 50x")
    told = {"draft": _shown(group.answered or Hush())}
    told["start"] = start + "\n\n" + await _pressed(group, "Hope", "Open it", group.answered)
    await group.tick()
    told["lobby"] = _shown(group.wall.last)
    joins = [await _pressed(group, who, "Join") for who in ("Mira", "Tobi")]
    told["joined"] = "\n".join(joins)
    await group.tick(4)
    told["acts"] = await _pressed(group, "Mira", "Add margin")
    await group.wait(299)
    told["board"] = _shown(group.wall.last)
    told["mine"] = _shown(await group.press("Mira", "Mine"))
    await group.wait(ROUND - 300)
    told["result"] = _shown(group.wall.last)
    await group.wait(REST)
    await group.wait(ROUND + 1)
    told["second"] = _shown(group.wall.last)
    await group.wait(REST)
    await group.wait(ROUND + 1)
    results = [reply for reply in group.wall.posts.values() if reply.choices or reply.short]
    told["third"], told["end"] = (_shown(reply) for reply in results[-2:])
    return told


async def _said(group: Group, who: str, line: str) -> str:
    """A line and its answer."""
    return f"{who}: {line}\n{_shown(await group.say(who, line))}"


async def _pressed(group: Group, who: str, label: str, under: Reply | None = None) -> str:
    """A press and its answer, which nobody else sees where it is beside a board."""
    answer = await group.press(who, label, under)
    assert isinstance(answer, Reply)
    return f"({who} presses {label})\n{_shown(answer)}"


def _shown(reply: Reply | Hush) -> str:
    """A reply as a terminal shows it."""
    assert isinstance(reply, Reply)
    return text(reply).rstrip()

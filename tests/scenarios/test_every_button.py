"""Every button that a first line leads to: pressed twice at once, it is answered twice."""

from collections import Counter

import pytest

from bot.chat.reply import Choice, Reply
from tests.scenarios.play import PLATFORMS, Stand, house
from tests.scenarios.player import Player
from tests.scenarios.story import STORIES, Step

LINES = {
    market: dict.fromkeys(
        step.say
        for story in STORIES
        if not story.in_group and story.market == market
        for step in story.steps
        if step.say
    )
    for market in ("demo", "live")
}
DEPTHS = {"console": 2, "telegram": 1, "discord-messages": 1}
"""How many buttons deep a line is followed; deepest where it costs least."""


ALIKE, ENOUGH = ("/faq", "/replay"), 12
"""Buttons of which so many are pressed: one topic is answered like another, one event too."""


class Walker:
    """Somebody alone with the bot who presses everything."""

    def __init__(self, player: Player, depth: int, times: int) -> None:
        self._player = player
        self._depth = depth
        self._times = times
        self.known: set[str] = set()
        self.alike: Counter[str] = Counter()
        self.faults: list[str] = []

    async def walk(self, line: str, way: tuple[str, ...] = ()) -> None:
        """Press every button of the answer at the end of a way, and of the answers to those."""
        reply = await self._go(line, way)
        for choice in [choice for row in reply.choices for choice in row]:
            if choice.say in self.known or len(way) == self._depth:
                continue
            kind = choice.say.split(" ")[0]
            if kind in ALIKE and self.alike[kind] == ENOUGH:
                continue
            self.alike[kind] += 1
            self.known.add(choice.say)
            stand = Stand(self._player)
            here = await self._go(line, way, stand)
            if choice.label not in [other.label for row in here.choices for other in row]:
                continue  # a button before it has changed something
            before = len(self._player.backstage.heard)
            shown = await stand.do(Step(press=choice.label, times=self._times))
            answers = [answer for _, answer in self._player.backstage.heard[before:]]
            if len(answers) != self._times or shown is None or not shown.text:
                self.faults.append(f"{line} {way} [{choice.label}]: {len(answers)} answers")
            self.faults += [f"{choice.say}: {a.outcome}" for a in answers if a.outcome not in FINE]
            if only_looks(choice):
                await self.walk(line, (*way, choice.label))

    async def _go(self, line: str, way: tuple[str, ...], stand: Stand | None = None) -> Reply:
        """Say a line afresh and press one button after the other."""
        stand = stand or Stand(self._player)
        await stand.do(Step(say=line))
        for label in way:
            await stand.do(Step(press=label))
        _, reply = self._player.backstage.heard[-1]
        assert isinstance(reply, Reply)
        return reply


def only_looks(choice: Choice) -> bool:
    """Whether a button changes nothing, so that the same way leads to the same place again."""
    return not choice.kept and choice.say.split()[0] not in {"/yes", "/no"}


FINE = {
    "ok",
    "no_price",
    "unknown_symbol",
    "other_venue",
    "mode_fixed",
    "unknown_position",
    "unknown_alert",
    "nothing_changes",
}
"""A mistyped coin may have meant one without a price; its button leads to the next question.

A comparison on one venue's rules is not opened by an account that follows another's, nor in cross
where its one mode for all is isolated. With questions switched off, a second press of "Close",
"Add stop" or "Delete" finds nothing more to do.
"""


@pytest.mark.parametrize("market", LINES)
@pytest.mark.parametrize("name", DEPTHS)
async def test_every_button_is_answered(name: str, market: str) -> None:
    # A number on the console presses the last answer, so it cannot come twice.
    times = 2 if PLATFORMS[name].keeps_buttons else 1
    with house(market) as backstage:
        async with PLATFORMS[name].stage(backstage) as player:
            walker = Walker(player, DEPTHS[name], times)
            for line in LINES[market]:
                await walker.walk(line)
    assert walker.faults == []
    assert len(walker.known) > {"demo": 30, "live": 10}[market]

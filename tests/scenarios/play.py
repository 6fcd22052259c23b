"""A story on a stage: step by step, with everything that was seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from structlog.testing import capture_logs

from bot.chat.reply import Hush
from tests.scenarios.backstage import Backstage
from tests.scenarios.live import LiveStage
from tests.scenarios.on_console import on_console
from tests.scenarios.on_discord import Spoken, Typed, on_discord
from tests.scenarios.on_telegram import on_telegram
from tests.scenarios.player import Platform, Player, Sheet
from tests.scenarios.story import ONLOOKER, Step, Story

PLATFORMS = {
    "console": Platform(on_console, has_groups=False, keeps_buttons=False),
    "telegram": Platform(on_telegram),
    "discord-messages": Platform(partial(on_discord, people=Spoken)),
    "discord-commands": Platform(partial(on_discord, people=Typed)),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What one step put before the person who did it, and before everybody in the group."""

    step: Step
    text: str
    labels: tuple[str, ...]
    fixed: tuple[str, ...]
    aloud: str
    outcome: str
    silent: bool


def fits(story: Story, platform: Platform) -> bool:
    """Whether the platform has what the story needs."""
    return (platform.has_groups or not story.in_group) and (
        platform.keeps_buttons or not story.presses_old_buttons
    )


_PLAYED: dict[tuple[str, str], tuple[Shown, ...]] = {}


@contextmanager
def house(market: str = "demo") -> Iterator[Backstage]:
    """Open a house on a market, and look through its log at the end: no warning, no fault."""
    with TemporaryDirectory() as folder, capture_logs() as lines:
        backstage = LiveStage() if market == "live" else Backstage(Path(folder))
        try:
            yield backstage
        finally:
            backstage.close()
    assert [line for line in lines if line["log_level"] not in {"debug", "info"}] == []


async def play(story: Story, name: str) -> tuple[Shown, ...]:
    """Play a story from beginning to end.

    Time stands still and every house is new, so a story is the same each time and is played once.
    """
    if (story.name, name) not in _PLAYED:
        with house(story.market) as backstage:
            async with PLATFORMS[name].stage(backstage) as player:
                stand = Stand(player)
                shown = [await stand.do(step) for step in story.steps]
        _PLAYED[story.name, name] = tuple(each for each in shown if each is not None)
    return _PLAYED[story.name, name]


class Stand:
    """Where the audience sits: it sees what is new after each step."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._last = ""

    async def do(self, step: Step) -> Shown | None:
        """Do a step and look; None where nobody says anything."""
        player = self._player
        if step.restart:
            await player.restart()
            return None
        before, public = player.screen(step.by), player.screen(ONLOOKER)
        if step.wait:
            player.backstage.clock.advance(step.wait)
            await player.wait()
        elif step.press:
            await player.press(step.by, self._last, step.press, times=step.times)
        else:
            await player.say(step)
        screen = player.screen(step.by)
        seen = new(before, screen)
        if step.press and not seen:  # put in place of the same
            seen = {self._last: screen[self._last]}
        self._last = next((key for key in reversed(seen) if seen[key].labels), self._last)
        return self._shown(step, seen, new(public, player.screen(ONLOOKER)))

    def _shown(self, step: Step, seen: dict[str, Sheet], aloud: dict[str, Sheet]) -> Shown | None:
        """What came of a step; time alone passes in silence, or with a notice."""
        if step.wait and not seen:
            return None
        _, answer = self._player.backstage.heard[-1]
        return Shown(
            step,
            text="\n".join(sheet.text for sheet in seen.values()),
            labels=tuple(label for sheet in seen.values() for label in sheet.labels),
            fixed=tuple(line for sheet in seen.values() for line in sheet.fixed),
            aloud="\n".join(sheet.text for sheet in aloud.values()),
            outcome="ok" if step.wait else answer.outcome,
            silent=isinstance(answer, Hush) and not step.wait,
        )


def new(before: dict[str, Sheet], after: dict[str, Sheet]) -> dict[str, Sheet]:
    """Return what was not there before."""
    return {key: sheet for key, sheet in after.items() if before.get(key) != sheet}

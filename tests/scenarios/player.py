"""What a platform must let people do so that a story can be played on it."""

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from tests.scenarios.backstage import Backstage
from tests.scenarios.story import Step

NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?[%x]?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message of the bot as a person reads it: no markup, and its fixed-width lines again."""

    text: str
    labels: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()


class Player(Protocol):
    """People on one platform, in front of the real adapter.

    `say`, `press`, `wait` and `restart` return when everything that follows has happened.
    """

    backstage: Backstage

    async def say(self, step: Step) -> None:
        """Say a step's line as its person, where the step stands."""

    async def press(self, who: str, under: str, label: str, *, times: int = 1) -> None:
        """Press a button under a message, `times` times before the answer is seen."""

    async def wait(self) -> None:
        """Let the bot see what time it is, and say what it has to say by itself."""

    async def restart(self) -> None:
        """End the bot and start it again."""

    def screen(self, who: str) -> dict[str, Sheet]:
        """Return everything of the bot that a person can read now, by message, oldest first."""


Stage = Callable[[Backstage], AbstractAsyncContextManager[Player]]


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform and what it has: a place where others read along; buttons that outlive us."""

    stage: Stage
    has_groups: bool = True
    keeps_buttons: bool = True


def figures(text: str) -> list[str]:
    """Return every number that is shown, in order; stars of footnotes are layout."""
    return NUMBER.findall(text.replace("*", " "))


def words(text: str) -> list[str]:
    """Return everything that is shown, without bullets and separators."""
    return [word for word in text.split() if word not in {"-", "•", "·"}]

"""Stories as data: one TOML file each under `stories/`, steps in order."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "stories"

SPEAKER = "mira"
"""Who speaks where a step names nobody."""

HOST = "hope"
"""Who runs the group."""

ONLOOKER = "tobi"
"""Who only reads along in the group, and so sees what everybody sees."""

PEOPLE = {SPEAKER: 111, HOST: 222, ONLOOKER: 333}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something done, and what must come of it.

    Done is one of `say` (a line; `fields` is the same as a typed form), `press` (a button of the
    last answer, by its label, so many `times` before the answer is seen), `restart` (the bot ends
    and starts again) and `wait` (seconds, after which the bot may speak by itself). Who did it must
    read all `facts` and have all `buttons`; others see none of `never`, and nothing at all where it
    is `alone`. `outcome` is the reply's.
    """

    say: str = ""
    press: str = ""
    times: int = 1
    restart: bool = False
    wait: int = 0
    by: str = SPEAKER
    group: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    facts: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    alone: bool = False
    outcome: str = "ok"


@dataclass(frozen=True, slots=True)
class Story:
    """A named list of steps, on the demo market or on live prices (`market`)."""

    name: str
    steps: tuple[Step, ...]
    market: str = "demo"

    @property
    def in_group(self) -> bool:
        """Whether it needs a place where others read along."""
        return any(step.group for step in self.steps)

    @property
    def presses_old_buttons(self) -> bool:
        """Whether it needs buttons that outlive an answer, or the program."""
        following = zip(self.steps, self.steps[1:], strict=False)
        return any(step.times > 1 for step in self.steps) or any(
            step.restart and after.press for step, after in following
        )


def read(path: Path) -> Story:
    """Read one file; a word it does not know is a mistake."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    steps = tuple(Step(**step) for step in told.pop("step"))
    return Story(path.stem, steps, **told)


STORIES = tuple(read(path) for path in sorted(FOLDER.glob("*.toml")))

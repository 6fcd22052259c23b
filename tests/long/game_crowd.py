"""Groups on a Telegram that outlives the bot: who plays there, and what they heard.

Every game has a group and people of its own; person 0 is its admin. They see what the platform
shows, and go on where they were when the bot is back.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from core.lessons.game.asking import Asking
from core.paper.records import Identity
from tests.fakes.botapi import BotApi, Posted
from tests.long.game_lives import MARK
from tests.sims.formats import FORMATS, Format

OPEN, BETWEEN = "with a question open", "between questions"

PEOPLE = 6
"""In every group."""

FIRST_GROUP, FIRST_PERSON = -1001000000000100, 1000

PATIENCE = 40
"""Seconds that a lobby stays open at least."""


@dataclass
class Gathering:
    """One group and its game; it is the crowd of that game."""

    kind: str
    place: int
    api: BotApi
    draw: Random
    number: int = 0
    phase: str = ""
    players: int = 0
    play: object = None
    since: int = 0
    """Seconds since its phase began."""

    def __post_init__(self) -> None:
        world = self.api.world
        self.chat = FIRST_GROUP - self.place
        self._group = world.group(self.chat)
        first = FIRST_PERSON + 100 * self.place
        self._people = [world.person(first + n, f"Mira {self.place} {n}") for n in range(PEOPLE)]
        world.members[self.chat][first] = "administrator"
        for person in self._people:
            world.private(person)
            world.started.add(person["id"])

    @property
    def format(self) -> Format:
        return FORMATS[self.kind]

    @property
    def step(self) -> int:
        """Seconds after which people look again: often while there is something to answer."""
        if self.phase not in {"running", "frozen"}:
            return 10
        return 5 if self.format.step <= 5 else max(15, min(self.format.step, 50))

    @property
    def asks(self) -> str:
        """Whether it has an open question; empty where it asks none."""
        if self.phase != "running" or not isinstance(self.play, Asking):
            return ""
        return OPEN if self.play.rounds.last.is_open else BETWEEN

    @property
    def identities(self) -> list[Identity]:
        return [Identity("telegram", str(person["id"])) for person in self._people]

    @property
    def is_over(self) -> bool:
        return self.phase == "final"

    # --- what a crowd can do

    def some(self, most: int) -> list[int]:
        return self.draw.sample(range(PEOPLE), min(self.draw.randint(0, most), PEOPLE))

    def press(self, who: int, label: str) -> None:
        posted = next((p for p in self._messages() if label in p.labels), None)
        if posted is not None:
            for _ in range(self.draw.choice((1, 1, 1, 2))):
                self.api.world.press(self._people[who], posted, label)
            if self.draw.random() < 0.1:  # brought once more, as platforms do
                self.api.world.again(self.api.world.pending[-1])

    def _messages(self) -> Iterator[Posted]:
        """What the bot said in the group, the newest first."""
        for (chat, _), posted in reversed(self.api.world.messages.items()):
            if chat == self.chat and not posted.deleted:
                yield posted

    def whisper(self, who: int, line: str) -> None:
        self.api.world.say(self._people[who], line)

    def say(self, line: str) -> None:
        """The admin says a line in the group."""
        self.api.world.say(self._people[0], line, self._group)

    def seen(self) -> object:
        return self.play

    # --- from the draft to the end

    def heard(self, number: int, phase: str, players: int) -> None:
        """Take in how the game stands."""
        if phase != self.phase:
            self.since = 0
        self.number, self.phase, self.players = number, phase, players

    def act(self, step: int) -> None:
        """Do what this phase is for; what was said before and led to nothing is said again."""
        self.since += step
        if not self.phase:
            self.say(self.format.said(PEOPLE))
        elif self.phase == "draft":
            self._choose()
        elif self.phase == "open":
            self._join()
        elif self.phase in {"running", "frozen"}:
            self._go_on()
        elif self.draw.random() < 0.2:
            self.press(self.draw.randrange(PEOPLE), self.draw.choice(("Join", "Close", "Leave")))

    def _choose(self) -> None:
        for option in self.format.chosen:
            self.say(f"/challenge set {option}")
        if self.since > 4 * self.step:
            self.press(0, "Open it")
        if self.since > 8 * self.step:  # the draft itself was never seen
            self.say("/challenge open")

    def _join(self) -> None:
        late = 1 if self.format.late else 0
        for who in self.some(3):
            if who < PEOPLE - late:
                self.press(who, self.draw.choice(("Join", "Join", "Join unnamed")))
        if self.since > PATIENCE:
            for who in range(PEOPLE - late):
                self.press(who, "Join")
            if self.players >= PEOPLE - late:
                self.press(0, "Begin now")

    def _go_on(self) -> None:
        if self.draw.random() < 0.5 and not (self.play is None and self.format.step <= 5):
            self.format.acts(self)
        if self.format.late and self.players < PEOPLE and self.draw.random() < 0.1:
            self.press(PEOPLE - 1, "Join")
        if self.draw.random() < 0.01:
            self.press(self.draw.randrange(1, PEOPLE), "Leave")
        if 0 < self.format.stop < self.since:
            self.say(f"/challenge stop {self.number}")


@dataclass
class Heard:
    """What came out of the lives of a house."""

    answered: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """By request: who asked, the outcome, and what was asked."""
    saying: Counter[int] = field(default_factory=Counter)
    """By post: attempts to say it that no commit followed."""
    cut: Counter[int] = field(default_factory=Counter)
    """By post: kills between such an attempt and its commit."""

    def line(self, what: str, rest: str) -> None:
        """Take a line in."""
        if what == "answered":
            request, who, outcome, text = rest.split(" ", 3)
            self.answered.setdefault(request, (who, outcome, text))
        elif what == "sending":
            self.saying[int(rest)] += 1
        elif what == "sent":
            del self.saying[int(rest)]

    def killed(self) -> int:
        """Count what was being said when a life ended; return how much it was."""
        now = len(self.saying)
        self.cut.update(dict.fromkeys(self.saying, 1))
        self.saying.clear()
        return now


def said(api: BotApi) -> Counter[int]:
    """How often a post was said, as the platform has it."""
    texts = [posted.text for posted in api.world.from_bot()]
    return Counter(int(mark[1]) for text in texts for mark in MARK.finditer(text))

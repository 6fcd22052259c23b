"""A group that plays with the whole program: people say lines and press buttons, and time passes.

Nothing is written by hand: lines go to a house of its own in an empty folder, and what the group
would see is copied. Time stands still until it is told to go on.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from bot import app
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Choice, Hush, Reply
from bot.chat.request import Chat, Place, Request, Role, Who
from bot.settings import load
from core.paper.records import Identity

SECOND, STRIDE = timedelta(seconds=1), 300


@dataclass
class HandClock:
    """A clock that goes on when it is told to."""

    at: datetime

    def now(self) -> datetime:
        """Return its time."""
        return self.at


@dataclass
class Wall:
    """The group's messages as people see them, those put in place of older ones in their place."""

    platform: str = "telegram"
    posts: dict[str, Reply] = field(default_factory=dict)
    edits: int = 0
    letters: list[tuple[Identity, Reply]] = field(default_factory=list)

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        """Keep what is said into the group."""
        del chat
        self.edits += bool(message)
        message = message or str(len(self.posts) + 1)
        self.posts[message] = reply
        return Posted(Outcome.DELIVERED, message)

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        """Keep what is said to a person."""
        self.letters.append((who, reply))
        return Outcome.DELIVERED

    @property
    def last(self) -> Reply:
        """What was said into the group last."""
        return list(self.posts.values())[-1]


class Group:
    """One chat; its people are called by their names."""

    chat = Chat("-5", Place.GROUP)

    def __init__(self, url: str, begin: datetime, seed: Callable[[], str]) -> None:
        """Open a house over an empty database; `seed` makes the secrets of games."""
        self.url, self.seed = url, seed
        self.clock, self.wall = HandClock(begin), Wall()
        self.hosts: set[str] = set()
        self.answered: Reply | None = None
        self._numbers = count(1)
        self.open()

    def open(self) -> None:
        """Start the program."""
        settings = load(None).model_copy(update={"database_url": self.url})
        self.app = app.build(settings, self.clock, seed=self.seed)

    def close(self) -> None:
        """End the program."""
        self.app.close()

    # --- people -----------------------------------------------------------------------------------

    async def say(self, who: str, line: str) -> Reply | Hush:
        """Say a line in the group."""
        return await self.ask(self.request(who, line))

    async def press(self, who: str, label: str, under: Reply | None = None) -> Reply | Hush:
        """Press a button under a message, by default the last one that was posted."""
        choice = button(under or self.wall.last, label)
        return await self.ask(self.pressed(who, choice))

    async def ask(self, request: Request) -> Reply | Hush:
        """Hand a request in; the last answer of all stays at hand."""
        answer = await self.app.desk.answer(request)
        self.answered = answer if isinstance(answer, Reply) else None
        return answer

    def pressed(self, who: str, choice: Choice) -> Request:
        """Return a press as the platforms hand it in."""
        line = self.request(who, choice.say)
        return replace(line, button=True, kept=choice.kept, aside=choice.aside, addressed=True)

    def request(self, who: str, line: str) -> Request:
        """Return a line of somebody in the group."""
        role = Role.HOST if who in self.hosts else Role.MEMBER
        person = Who(self.wall.platform, who.lower(), who)
        number = f"{who}:{next(self._numbers)}"
        return Request(number, person, self.chat, text=line, role=role)

    # --- time -------------------------------------------------------------------------------------

    async def tick(self, seconds: int = 1) -> None:
        """Let time pass, second by second."""
        for _ in range(seconds):
            self.clock.at += SECOND
            await self.app.games.round({self.wall.platform: self.wall})

    async def wait(self, seconds: int) -> None:
        """Let so much time pass in strides, and look what there is to say after each."""
        while seconds > 0:
            stride = min(seconds, STRIDE)
            self.clock.at += (stride - 1) * SECOND
            await self.tick()
            seconds -= stride


def button(reply: Reply, label: str) -> Choice:
    """Return the button of a label. Raises `LookupError`."""
    for row in reply.choices:
        for choice in row:
            if choice.label == label:
                return choice
    raise LookupError(f"no button {label!r}")

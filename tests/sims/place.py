"""What a platform must let a crowd do, and what was heard of the bot there."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Reply
from bot.chat.request import Chat
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence
from tests.sims.clock import SimClock
from tests.sims.house import House, Voice

HOST = 0
"""The number of whoever runs the group; the others follow."""


@dataclass(frozen=True)
class Spoken:
    """Something the bot said by itself: a new message, or one put in place of `old`."""

    at: datetime
    chat: str
    outcome: Outcome
    message: str = ""
    old: str = ""
    thread: str = ""


@dataclass
class Ear:
    """A platform's own voice, with an ear on it."""

    voice: Voice
    clock: SimClock
    posts: list[Spoken] = field(default_factory=list)
    letters: list[tuple[Identity, Outcome]] = field(default_factory=list)

    @property
    def platform(self) -> str:
        return self.voice.platform

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        posted = await self.voice.post(chat, reply, message)
        place = f"{chat.id}/{chat.topic}"
        now = self.clock.now()
        said = Spoken(now, place, posted.outcome, posted.message, message, chat.thread)
        self.posts.append(said)
        return posted

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        outcome = await self.voice.deliver(who, reply)
        self.letters.append((who, outcome))
        return outcome

    async def attends(self, room: Room, who: Identity) -> Presence:
        return await self.voice.attends(room, who)


class Place(Protocol):
    """A group on one platform; its people are numbers, of which the first runs it.

    What people do is handed in at once; `calm` returns when all that follows has happened, but for
    what waits for time to pass.
    """

    platform: str
    ear: Ear

    async def open(self, house: House) -> None:
        """Let the bot come."""

    async def drop(self) -> None:
        """Let the bot go without a word."""

    async def close(self) -> None:
        """Let the bot go in order, and say whatever was not as the platform demands."""

    def identity(self, who: int) -> Identity:
        """Return a person as the books know them."""

    def say(self, who: int, line: str) -> None:
        """Say a line in the group."""

    def whisper(self, who: int, line: str) -> None:
        """Say a line alone with the bot."""

    def press(self, who: int, label: str, *, times: int = 1) -> bool:
        """Press a button of the newest message that has it; False where there is none."""

    def again(self, *, renamed: bool) -> None:
        """Deliver the last press once more; `renamed` ones come under another delivery's number."""

    def kick(self, who: int) -> None:
        """Let somebody be thrown out of the group."""

    def away(self, *, gone: bool) -> None:
        """Let the platform refuse everything the bot says, or take it again."""

    def flood(self, seconds: int) -> None:
        """Let the platform refuse the next thing the bot says for so long."""

    def shown(self, who: int | None = None) -> list[str]:
        """Return what the bot said in the group, or alone with somebody, oldest first."""

    async def calm(self) -> None:
        """Wait until everything that follows has happened."""

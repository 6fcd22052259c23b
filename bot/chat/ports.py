"""All that platforms know of the conversation, and the conversation of platforms.

Methods that wait return awaitables, so that this floor stays free of `async`.
"""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.chat.reply import Hush, Reply, Words
from bot.chat.request import Chat, Request
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence


class PlatformRefused(Exception):
    """A platform will not let this bot in; the text is one line, without any secret."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One field of a command, as a typed form shows it. Values always travel as text.

    `choices` are the only values allowed (empty: any); `suggests` says that `Desk.suggest` helps.
    """

    name: str
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    suggests: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A command as menus show it. `host` ones belong to a chat's hosts; `help` is one line."""

    name: str
    help: str
    parameters: tuple[Parameter, ...] = ()
    aliases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    host: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a person may post into any chat: how it is offered in a list, and what is posted.

    `key` tells it from the others of its list; `title` and `hint` are one line each.
    """

    key: str
    title: Words
    hint: Words
    reply: Reply


@dataclass(frozen=True, slots=True)
class Offers:
    """A list of offers; `personal` ones are for the asker alone and must not be kept for others.

    An empty personal list means: this is answered in the private chat only.
    """

    items: tuple[Offer, ...]
    personal: bool = False


class Outcome(StrEnum):
    """What became of a message nobody asked for: it arrived, may later, or never will."""

    DELIVERED = "delivered"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of something said into a chat, and the platform's id of the message.

    `thread` is the id of the thread that was begun under it, where it was to be and could be.
    """

    outcome: Outcome
    message: str = ""
    thread: str = ""


class Notifier(Protocol):
    """A platform that can speak first."""

    @property
    def platform(self) -> str:
        """The platform's name, as identities carry it."""

    def deliver(self, who: Identity, reply: Reply) -> Awaitable[Outcome]:
        """Say something to a person in private; never raises for what the platform refuses."""


class Publisher(Protocol):
    """A platform that can speak to a whole chat first."""

    @property
    def platform(self) -> str:
        """The platform's name, as chats carry it."""

    def post(self, chat: Chat, reply: Reply, message: str = "") -> Awaitable[Posted]:
        """Say something into a chat and its topic; never raises for what the platform refuses.

        With the id of an earlier message it is put in that one's place; where that one is gone, it
        is said anew. Into a `thread` of the chat it never is where that is gone or locked. A reply
        that names a `branch` begins a thread, on a platform that has them and where we may.
        """


class Attendance(Protocol):
    """A platform that can tell whether somebody is still in a chat."""

    @property
    def platform(self) -> str:
        """The platform's name, as chats carry it."""

    def attends(self, room: Room, who: Identity) -> Awaitable[Presence]:
        """Return whether a person is in a chat of this platform.

        Unknown where the platform is not reached or the bot is told nothing; never raises for what
        the platform refuses, and never keeps a message waiting.
        """


class Desk(Protocol):
    """The conversation as a platform sees it."""

    @property
    def menu(self) -> tuple[Entry, ...]:
        """All commands, in the order of menus."""

    def answer(self, request: Request) -> Awaitable[Reply | Hush]:
        """Answer a request; never raises."""

    def wants_role(self, request: Request) -> bool:
        """Whether the answer depends on the person's role in the chat."""

    def suggest(self, command: str, parameter: str, typed: str) -> tuple[tuple[str, str], ...]:
        """Return up to 25 completions for a parameter, from memory: as shown, as meant."""

    def offers(self, request: Request) -> Awaitable[Offers]:
        """Return what the person may post into any chat; never raises, holds nobody's figures."""

    def keep(self, say: str) -> Awaitable[str]:
        """Keep a button's command; return its token (8 characters)."""

    def kept(self, token: str) -> Awaitable[str | None]:
        """Return a kept command, or None."""

    def note(self, key: str) -> Awaitable[str | None]:
        """Return a value the platform kept for itself."""

    def set_note(self, key: str, value: str) -> Awaitable[None]:
        """Keep a value for the platform."""

    def now(self) -> datetime:
        """Return the present moment: when something came in, before it waits for anything."""

    def deaf(self, platform: str, seconds: float) -> Awaitable[None]:
        """Tell that a platform could not be heard for so many seconds up to now."""

    def chat_moved(self, platform: str, old: str, new: str) -> Awaitable[None]:
        """Tell that a chat has a new id."""

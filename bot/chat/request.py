"""A request, free of any platform: who asks, where, and what was typed or chosen.

Adapters fill it in and know nothing of what happens next; commands read it and know nothing of
where it came from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Place(StrEnum):
    """Where a conversation happens: alone with the bot, or before others."""

    PRIVATE = "private"
    GROUP = "group"


class Role(StrEnum):
    """What a person is in this chat; `MASKED` is an anonymous admin or a channel."""

    MEMBER = "member"
    HOST = "host"
    OWNER = "owner"
    MASKED = "masked"


@dataclass(frozen=True, slots=True)
class Who:
    """A person on a platform. `id` is the platform's own; `name` is shown only after cleaning.

    `role` is the highest one that the server they write in gave them, by name; Discord alone has
    such roles.
    """

    platform: str
    id: str
    name: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat on a platform; `topic` is a forum topic or a channel inside it, or empty.

    `thread` is one that hangs on that topic and counts as it, or empty.
    """

    id: str
    place: Place = Place.PRIVATE
    topic: str = ""
    title: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody's message that a request is about: what `/faq` in reply to it answers.

    `id` is the platform's own within the chat. Its text is looked up, never repeated.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """One thing a person asked.

    Either `text` (a free line) or `command` with typed `options` (Discord's form; all values as
    text). `id` is unique per platform event: the same event delivered twice has the same id.
    `addressed` says that the text was meant for the bot without a slash (private chat, mention,
    reply). `slash` says that it was given to a command of the platform's own (Discord's `/c`), so
    that it is no talk, whatever it begins with. `button` says that it came from a choice under one
    of our own messages, `kept` that its line was kept by us and not carried by the client: only
    then may a button change anything; `aside` that whoever presses it is answered alone. `quoted`
    is the message it replies to or was called upon. `at` is when it was sent, where the platform
    says so, else when it came in, before it waited for anything.
    """

    id: str
    who: Who
    chat: Chat
    text: str = ""
    command: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    locale: str = "en"
    role: Role = Role.MEMBER
    addressed: bool = False
    slash: bool = False
    button: bool = False
    kept: bool = False
    aside: bool = False
    quoted: Quoted | None = None
    at: datetime | None = None

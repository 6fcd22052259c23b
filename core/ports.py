"""What the core's use cases need of the world, as protocols, and the values that cross them.

A port stands here only if it has a real and a fake implementation, and both pass one contract test.
Everything is synchronous: the shell calls from its own threads.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from core.lessons.faq import FaqEntry
from core.market import Marks


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


class MarkSource(Protocol):
    """Where marks come from."""

    @property
    def market(self) -> str:
        """The market's name, "demo" for the recording."""

    def marks(self) -> Marks:
        """Return one snapshot; every calculation of a request uses the same one."""


class FaqSource(Protocol):
    """Where the knowledge base comes from."""

    def entries(self, locale: str) -> Iterable[FaqEntry]:
        """Return all entries in a language; missing ones in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a person has set; None is the bot's default. Money in quote, leverage and fee plain."""

    leverage: Decimal | None = None
    margin: Decimal | None = None
    wallet: Decimal | None = None
    fee: Decimal | None = None
    venue: str | None = None
    zone: str | None = None
    confirm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRules:
    """What a host has set for a chat.

    `topics` are the topics or channels the bot answers in (empty: everywhere); `cooldown` seconds
    between public replies to one person; `per_minute` public replies in the chat; `delete_after`
    seconds until the bot's command replies go (0: they stay).
    """

    enabled: bool = True
    topics: frozenset[str] = frozenset()
    quiet: bool = False
    cooldown: int = 20
    per_minute: int = 10
    delete_after: int = 0


class Books(Protocol):
    """Everything that is kept, seen inside one transaction."""

    def preferences(self, platform: str, person: str) -> Preferences:
        """Return a person's settings; defaults for a stranger."""

    def set_preferences(self, platform: str, person: str, value: Preferences) -> None:
        """Keep a person's settings."""

    def met(self, platform: str, person: str) -> frozenset[str]:
        """Return the words of the field that were explained to a person; none to a stranger."""

    def set_met(self, platform: str, person: str, words: frozenset[str]) -> None:
        """Keep which words were explained to a person."""

    def forget(self, platform: str, person: str) -> None:
        """Delete everything kept about a person."""

    def chat_rules(self, platform: str, chat: str) -> ChatRules:
        """Return a chat's rules; defaults for a new chat."""

    def set_chat_rules(self, platform: str, chat: str, value: ChatRules) -> None:
        """Keep a chat's rules."""

    def move_chat(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's rules to its new id (Telegram: group to supergroup). Repeatable."""

    def keep_choice(self, say: str, until: datetime) -> str:
        """Keep a button's command under a token of 8 characters; the same command, same token."""

    def choice(self, token: str, now: datetime) -> str | None:
        """Return a kept command, or None when unknown or out of date."""

    def drop_choices(self, now: datetime) -> int:
        """Delete the kept commands that are out of date; return how many."""

    def note(self, key: str) -> str | None:
        """Return a value the bot keeps for itself (the epoch, a hash), or None."""

    def set_note(self, key: str, value: str) -> None:
        """Keep a value under a key."""

    def first_note(self, key: str, value: str) -> str:
        """Keep a value unless one is there; return the one that is there now."""


class Units(Protocol):
    """Units of work; a writing one commits when its block ends without an exception."""

    def reading(self) -> AbstractContextManager[Books]:
        """Open a snapshot."""

    def writing(self) -> AbstractContextManager[Books]:
        """Open the one writing transaction."""

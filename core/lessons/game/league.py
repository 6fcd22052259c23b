"""A league: chats of several platforms that play together and share a season.

Its first chat makes it and hands out a code; a host of another chat asks to be let in with it, and
a host of the first one decides. A code that was revoked lets nobody in any more.
"""

import hashlib
from dataclasses import dataclass, replace
from typing import Protocol

from core.lessons.game.game import Room
from core.paper.records import Identity

_KEY = 8
"""Hexadecimal digits by which a chat is named."""


@dataclass(frozen=True, slots=True)
class Member:
    """A chat of a league: what it is called, and whether it was let in."""

    room: Room
    title: str
    let_in: bool = False

    @property
    def key(self) -> str:
        """What names the chat for whoever decides about it, whoever else comes or goes."""
        text = f"{self.room.platform}/{self.room.chat}/{self.room.topic}"
        return hashlib.sha256(text.encode()).hexdigest()[:_KEY]


@dataclass(frozen=True, slots=True, kw_only=True)
class League:
    """A league by its number; the first of its members made it. An empty code is a revoked one."""

    number: int
    name: str
    code: str
    host: Identity
    members: tuple[Member, ...]

    @property
    def rooms(self) -> tuple[Room, ...]:
        """The chats that were let in, the first one first."""
        return tuple(member.room for member in self.members if member.let_in)

    @property
    def waiting(self) -> tuple[Member, ...]:
        """The chats that asked to be let in."""
        return tuple(member for member in self.members if not member.let_in)

    def asking(self, key: str) -> Member | None:
        """Return the waiting chat of a key; without a key the one that waits alone."""
        waiting = self.waiting
        if not key and len(waiting) == 1:
            return waiting[0]
        return next((member for member in waiting if member.key == key), None)

    def with_member(self, new: Member) -> "League":
        """Return it with a chat put in, or put in place of itself."""
        kept = {member.room: member for member in self.members}
        return replace(self, members=tuple({**kept, new.room: new}.values()))

    def without(self, room: Room) -> "League":
        """Return it without a chat."""
        return replace(self, members=tuple(m for m in self.members if m.room != room))


class LeagueBooks(Protocol):
    """Everything that is kept of leagues, seen inside one transaction."""

    def add(self, name: str, code: str, host: Identity, first: Member) -> League:
        """Keep a new league with its first chat."""

    def of(self, room: Room) -> League | None:
        """Return the league that a chat is in or waits for, or None."""

    def coded(self, code: str) -> League | None:
        """Return the league of a code, or None."""

    def keep(self, league: League) -> None:
        """Keep how a league has changed; one without chats is gone."""

    def move(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's place in a league to its new id."""

    def forget_host(self, who: Identity) -> None:
        """Forget who made leagues; their first chats' hosts go on."""

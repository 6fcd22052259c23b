"""Rows and values: what the ports speak of, written into tables and read back.

Every table is asked by its primary key, so one `Shelf` makes the statements of all of them. The
values' fields are the tables' columns; a field that one has and the other lacks fails at import.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, delete

from bot.adapters.database.alert_rows import AlertRows
from bot.adapters.database.game_rows import GameRows
from bot.adapters.database.instrument_rows import InstrumentRows
from bot.adapters.database.league_rows import LeagueRows
from bot.adapters.database.learning_rows import LearningRows
from bot.adapters.database.paper_books import PaperRows
from bot.adapters.database.shelf import Shelf, Transaction, Values, Written
from bot.adapters.database.tables import CHAT, CHOICE, MET, NOTE, PERSON
from core.paper.records import Identity
from core.people import ChatRules, Preferences

PEOPLE = Shelf(PERSON)
MET_WORDS = Shelf(MET)
CHATS = Shelf(CHAT)
CHOICES = Shelf(CHOICE)
NOTES = Shelf(NOTE)

OLD_CHOICES = Written(lambda: delete(CHOICE).where(CHOICE.c.until <= bindparam("now")))

assert [field.name for field in fields(Preferences)] == PEOPLE.names
assert [field.name for field in fields(ChatRules)] == CHATS.names


def tokens(say: str) -> Iterator[str]:
    """Yield the tokens under which a command may be kept, best first: 8 characters of its hash."""
    turn = 0
    while True:
        digest = hashlib.sha256(f"{turn}:{say}".encode()).digest()
        yield base64.urlsafe_b64encode(digest[:6]).decode()
        turn += 1


class RowBooks:
    """The books of one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        self._open = transaction
        self.paper = PaperRows(transaction)
        self.learning = LearningRows(transaction)
        self.alerts = AlertRows(transaction)
        self.games = GameRows(transaction)
        self.leagues = LeagueRows(transaction)
        self.instruments = InstrumentRows(transaction)

    def preferences(self, platform: str, person: str) -> Preferences:
        """Return a person's settings; defaults for a stranger."""
        found = self._get(PEOPLE, platform, person)
        return Preferences(**found) if found else Preferences()  # type: ignore[arg-type]  # the columns' types are the fields'

    def set_preferences(self, platform: str, person: str, value: Preferences) -> None:
        """Keep a person's settings. Raises `Unfit` for a number its column cannot hold."""
        self._put(PEOPLE, PEOPLE.key(platform, person), asdict(value))

    def met(self, platform: str, person: str) -> frozenset[str]:
        """Return the words that were explained to a person; none to a stranger."""
        found = self._get(MET_WORDS, platform, person)
        return cast("frozenset[str]", found["words"]) if found else frozenset()

    def set_met(self, platform: str, person: str, words: frozenset[str]) -> None:
        """Keep which words were explained to a person."""
        self._put(MET_WORDS, MET_WORDS.key(platform, person), {"words": words})

    def forget(self, platform: str, person: str) -> None:
        """Delete everything kept about a person."""
        self._drop(PEOPLE, platform, person)
        self._drop(MET_WORDS, platform, person)
        self.learning.forget(platform, person)
        self.games.forget_host(Identity(platform, person))
        self.leagues.forget_host(Identity(platform, person))

    def chat_rules(self, platform: str, chat: str) -> ChatRules:
        """Return a chat's rules; defaults for a new chat."""
        found = self._get(CHATS, platform, chat)
        return ChatRules(**found) if found else ChatRules()  # type: ignore[arg-type]  # the columns' types are the fields'

    def set_chat_rules(self, platform: str, chat: str, value: ChatRules) -> None:
        """Keep a chat's rules."""
        self._put(CHATS, CHATS.key(platform, chat), asdict(value))

    def move_chat(self, platform: str, old: str, new: str) -> None:
        """Carry what a chat has to its new id; what a host set there already stays."""
        if old == new:
            return
        self.learning.move(platform, old, new)
        self.alerts.move(platform, old, new)
        self.games.move(platform, old, new)
        self.leagues.move(platform, old, new)
        found = self._get(CHATS, platform, old)
        self._drop(CHATS, platform, old)
        if found is not None and self._get(CHATS, platform, new) is None:
            self._put(CHATS, CHATS.key(platform, new), found)

    def keep_choice(self, say: str, until: datetime) -> str:
        """Keep a button's command; kept again it lasts until the later of the two moments."""
        rows = ((token, self._get(CHOICES, token)) for token in tokens(say))
        token, found = next((t, row) for t, row in rows if row is None or row["say"] == say)
        last = max(until, cast("datetime", found["until"])) if found else until
        self._put(CHOICES, CHOICES.key(token), {"say": say, "until": last})
        return token

    def choice(self, token: str, now: datetime) -> str | None:
        """Return a kept command, or None when unknown or out of date."""
        found = self._get(CHOICES, token)
        return str(found["say"]) if found and now < cast("datetime", found["until"]) else None

    def drop_choices(self, now: datetime) -> int:
        """Delete the kept commands that are out of date; return how many."""
        return self._open.change(OLD_CHOICES, {"now": now})

    def note(self, key: str) -> str | None:
        """Return a value the bot keeps for itself, or None."""
        found = self._get(NOTES, key)
        return str(found["value"]) if found else None

    def set_note(self, key: str, value: str) -> None:
        """Keep a value under a key."""
        self._put(NOTES, NOTES.key(key), {"value": value})

    def first_note(self, key: str, value: str) -> str:
        """Keep a value unless one is there; return the one that is there now."""
        there = self.note(key)
        if there is not None:
            return there
        self.set_note(key, value)
        return value

    def _get(self, shelf: Shelf, *key: object) -> dict[str, object] | None:
        row = self._open.row(shelf.get, shelf.key(*key))
        return None if row is None else dict(zip(shelf.names, row, strict=True))

    def _put(self, shelf: Shelf, key: Values, values: Values) -> None:
        """Replace a row or add it; nobody else writes in between."""
        row = {**key, **values}
        if not self._open.change(shelf.replace, row):
            self._open.change(shelf.add, row)

    def _drop(self, shelf: Shelf, *key: object) -> None:
        self._open.change(shelf.drop, shelf.key(*key))

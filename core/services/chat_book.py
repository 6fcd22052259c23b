"""What a chat's hosts add to the knowledge base, change of it or hide, for their chat alone.

Every change is noted with who made it. Repeating a change changes nothing more and notes nothing.
Whether a topic exists is for whoever calls to know.
"""

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from core.errors import EntryEmpty, EntryHasLink, EntryTooLong, TooManyEntries, UnknownEntry
from core.lessons.books import OWN, ChatEntry, LearningBooks, Noted
from core.ports import Books, Clock, Units

LONGEST = {"question": 200, "answer": 900}
"""Characters of each part."""

MOST = 50
"""Entries with words of their hosts in one chat; hiding a topic takes no room."""

SHOWN = 10
"""Lines of the log that are shown."""

_LINK = re.compile(
    r"""(?ix)
    \w :// | \b www \.
    | (?<![\w.]) \d{1,3} (?: \. \d{1,3} ){3} (?![\w.])             # a machine's number
    | [^\W_] -? [.\u3002] [^\W\d_] (?: [^\W\d_] | [\u0900-\u0dff] )    # a bare domain
    """
)
"""What makes a word a link; the full stops and letters of any script count."""

_JOINERS = "\u200c\u200d"
"""What is unseen and yet spells words: Persian and Hindi need it."""


class ChatBook:
    """The entries of chats."""

    def __init__(self, units: Units, clock: Clock) -> None:
        """Take the units of work and the time."""
        self._units = units
        self._clock = clock

    def entries(self, platform: str, chat: str) -> tuple[ChatEntry, ...]:
        """Return what a chat's hosts wrote or hid.

        An entry with a link is hidden while the chat's rules allow none.
        """
        with self._units.reading() as books:
            allowed = books.chat_rules(platform, chat).links
            entries = books.learning.entries(platform, chat)
        return tuple(
            replace(e, hidden=True) if not allowed and link(e.question, e.answer) else e
            for e in entries
        )

    def log(self, platform: str, chat: str) -> tuple[Noted, ...]:
        """Return the newest lines of a chat's log, `SHOWN` at most, the newest first."""
        with self._units.reading() as books:
            return books.learning.entry_log(platform, chat, SHOWN)

    def add(self, platform: str, chat: str, by: str, question: str, answer: str) -> ChatEntry:
        """Add a question with its answer; the same two are added once.

        Raises `EntryEmpty`, `EntryTooLong`, `EntryHasLink`, `TooManyEntries`.
        """
        question, answer = _fit("question", question), _fit("answer", answer)
        with self._units.writing() as books:
            page = _Page(books, platform, chat)
            for entry in page.entries.values():
                if (entry.question, entry.answer) == (question, answer):
                    return entry
            page.has_room()
            page.may_say(question, answer)
            number = books.learning.entries_added(platform, chat) + 1
            new = ChatEntry(
                key=f"{OWN}{number}",
                question=question,
                answer=answer,
                by=by,
                at=self._clock.now(),
            )
            return page.keep("add", new)

    def edit(self, platform: str, chat: str, by: str, key: str, answer: str) -> ChatEntry:
        """Give an own entry, or a topic, another answer; it is shown from then on.

        Raises `EntryEmpty`, `EntryTooLong`, `EntryHasLink`, `TooManyEntries`, `UnknownEntry`.
        """
        answer = _fit("answer", answer)
        with self._units.writing() as books:
            page = _Page(books, platform, chat)
            entry = page.entry(key) or self._topic(key, by)
            if not entry.answer:
                page.has_room()
            page.may_say(entry.question, answer)
            return page.keep("edit", self._by(entry, by, answer=answer, hidden=False))

    def hide(self, platform: str, chat: str, by: str, key: str) -> ChatEntry:
        """Hide an own entry, or a topic. Raises `UnknownEntry`."""
        with self._units.writing() as books:
            page = _Page(books, platform, chat)
            entry = page.entry(key) or self._topic(key, by)
            return page.keep("hide", self._by(entry, by, hidden=True))

    def restore(self, platform: str, chat: str, by: str, key: str) -> ChatEntry:
        """Show again what was hidden. Raises `UnknownEntry`, `EntryHasLink`."""
        with self._units.writing() as books:
            page = _Page(books, platform, chat)
            entry = page.entry(key)
            if entry is None:
                return self._topic(key, by)
            page.may_say(entry.question, entry.answer)
            return page.keep("show", self._by(entry, by, hidden=False))

    def drop(self, platform: str, chat: str, by: str, key: str) -> ChatEntry:
        """Delete an own entry, or what was made of a topic; return it as it was.

        Raises `UnknownEntry`.
        """
        with self._units.writing() as books:
            page = _Page(books, platform, chat)
            entry = page.entry(key)
            if entry is None:
                raise UnknownEntry(key, tuple(page.entries))
            page.drop(self._by(entry, by))
            return entry

    def _topic(self, key: str, by: str) -> ChatEntry:
        """A topic of which nothing was made yet."""
        return ChatEntry(key=key, question="", answer="", by=by, at=self._clock.now())

    def _by(self, entry: ChatEntry, by: str, **changes: object) -> ChatEntry:
        """An entry as somebody leaves it now."""
        return replace(entry, by=by, at=self._clock.now(), **changes)  # type: ignore[arg-type]  # fields of the entry


class _Page:
    """One chat's entries in an open transaction."""

    def __init__(self, books: Books, platform: str, chat: str) -> None:
        self._books: LearningBooks = books.learning
        self._links = books.chat_rules(platform, chat).links
        self._where = (platform, chat)
        self.entries = {e.key: e for e in books.learning.entries(platform, chat)}

    def entry(self, key: str) -> ChatEntry | None:
        """Return an entry, or None for an untouched topic. Raises `UnknownEntry` for own keys."""
        if key not in self.entries and key.startswith(OWN):
            raise UnknownEntry(key, tuple(self.entries))
        return self.entries.get(key)

    def has_room(self) -> None:
        """Raise `TooManyEntries` where no more entries with words fit."""
        if sum(bool(entry.answer) for entry in self.entries.values()) >= MOST:
            raise TooManyEntries(MOST)

    def may_say(self, *texts: str) -> None:
        """Raise `EntryHasLink` where the rules do not allow what texts hold."""
        found = "" if self._links else link(*texts)
        if found:
            raise EntryHasLink(found)

    def keep(self, did: str, entry: ChatEntry) -> ChatEntry:
        """Keep an entry and note it, unless it says what it said before."""
        before = self.entries.get(entry.key)
        if before is not None and replace(entry, by=before.by, at=before.at) == before:
            return before
        if entry.answer or entry.hidden:
            self._books.keep_entry(*self._where, entry)
        else:  # a topic in its own words again
            self._books.drop_entry(*self._where, entry.key)
        self._note(did, entry)
        return entry

    def drop(self, entry: ChatEntry) -> None:
        """Delete an entry and note it."""
        self._books.drop_entry(*self._where, entry.key)
        self._note("drop", entry)

    def _note(self, did: str, entry: ChatEntry) -> None:
        line = Noted(
            at=entry.at,
            by=entry.by,
            did=did,
            key=entry.key,
            question=entry.question,
            answer=entry.answer,
        )
        self._books.note_entry(*self._where, line)


@lru_cache(maxsize=1024)  # every question in a chat looks at all its entries
def link(*texts: str) -> str:
    """Return the first word in texts that looks like a link, or nothing."""
    for text in texts:
        unified = "".join(c for c in unicodedata.normalize("NFKC", text) if c not in _JOINERS)
        if _LINK.search(unified) is not None:
            return next((word for word in unified.split() if _LINK.search(word)), unified)
    return ""


def _fit(part: str, text: str) -> str:
    """Return a text on one line, as typed but for what nobody sees, if it has a fitting length."""
    flat = unicodedata.normalize("NFC", text)
    seen = "".join(map(_visible, flat))
    line = " ".join(seen.split())
    if not line.strip(_JOINERS):
        raise EntryEmpty(part)
    if len(line) > LONGEST[part]:
        raise EntryTooLong(part, len(line), LONGEST[part])
    return line


def _visible(char: str) -> str:
    """A character, a space for what separates, or nothing for what cannot be seen."""
    if char in _JOINERS:
        return char
    category = unicodedata.category(char)
    if category in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if category[0] in "CZ" else char

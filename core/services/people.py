"""What people and hosts have set, read and kept through units of work."""

from dataclasses import dataclass, replace

from core.people import ChatRules, Preferences
from core.ports import Units


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept about the person and the chat of one request, at one moment.

    `met` are the words of the field that were explained to the person.
    """

    preferences: Preferences
    rules: ChatRules
    met: frozenset[str]


class People:
    """A person's settings."""

    def __init__(self, units: Units) -> None:
        """Take the units of work."""
        self._units = units

    def preferences(self, platform: str, person: str) -> Preferences:
        """Return a person's settings; the defaults for a stranger."""
        with self._units.reading() as books:
            return books.preferences(platform, person)

    def known(self, platform: str, person: str, chat: str) -> Known:
        """Return everything a request needs to know of its person and chat, in one look."""
        with self._units.reading() as books:
            return Known(
                books.preferences(platform, person),
                books.chat_rules(platform, chat),
                books.met(platform, person),
            )

    def meet(self, platform: str, person: str, words: frozenset[str]) -> None:
        """Keep that words were explained to a person. Repeating it changes nothing."""
        with self._units.writing() as books:
            books.set_met(platform, person, books.met(platform, person) | words)

    def change(self, platform: str, person: str, **changes: object) -> Preferences:
        """Change single settings and return all of them. Repeating it changes nothing more."""
        with self._units.writing() as books:
            new = replace(books.preferences(platform, person), **changes)  # type: ignore[arg-type]  # checked by the command that calls
            books.set_preferences(platform, person, new)
        return new

    def forget(self, platform: str, person: str) -> None:
        """Delete everything kept about a person."""
        with self._units.writing() as books:
            books.forget(platform, person)


class Chats:
    """A chat's rules."""

    def __init__(self, units: Units) -> None:
        """Take the units of work."""
        self._units = units

    def rules(self, platform: str, chat: str) -> ChatRules:
        """Return a chat's rules; the defaults for a new chat."""
        with self._units.reading() as books:
            return books.chat_rules(platform, chat)

    def change(self, platform: str, chat: str, **changes: object) -> ChatRules:
        """Change single rules and return all of them. Repeating it changes nothing more."""
        with self._units.writing() as books:
            new = replace(books.chat_rules(platform, chat), **changes)  # type: ignore[arg-type]  # checked by the command that calls
            books.set_chat_rules(platform, chat, new)
        return new

    def moved(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's rules to its new id, and remember which one it had."""
        with self._units.writing() as books:
            books.move_chat(platform, old, new)
            books.set_note(_origin(platform, new), old)

    def earlier(self, platform: str, chat: str) -> str | None:
        """Return the id that a chat had before it moved, or None."""
        with self._units.reading() as books:
            return books.note(_origin(platform, chat))


def _origin(platform: str, chat: str) -> str:
    return f"moved:{platform}:{chat}"

"""A desk that answers from a script: what platforms are tried against, without a conversation."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.chat.figures import Code
from bot.chat.ports import Entry, Offers
from bot.chat.reply import Hush, Reply, Text, Words
from bot.chat.request import Request
from tests.fakes.ports import NOON


def one_line(text: str) -> Reply:
    """Return a reply of one sentence."""
    return Reply((Text(Words(text)),))


class ScriptedDesk:
    """Answers each line (or command name) as told; anything else it repeats.

    `requests` holds what was asked, in order. `delays` are seconds an answer takes, by the same
    key. A suggestion is what is shown and what is meant; a text alone is both. `offered` is what
    may be posted, by what was searched for; `searches` holds what was, in order. Notes and kept
    lines live as long as the desk, like a database outlives a platform; while it is `away`, no line
    is kept or found.
    """

    def __init__(
        self,
        answers: Mapping[str, Reply | Hush] | None = None,
        *,
        menu: tuple[Entry, ...] = (),
        suggestions: tuple[str | tuple[str, str], ...] = (),
        offered: Mapping[str, Offers] | None = None,
    ) -> None:
        self.answers: dict[str, Reply | Hush] = dict(answers or {})
        self.menu = menu
        self.suggestions = tuple(
            (each, each) if isinstance(each, str) else each for each in suggestions
        )
        self.offered: dict[str, Offers] = dict(offered or {})
        self.searches: list[Request] = []
        self.delays: dict[str, float] = {}
        self.requests: list[Request] = []
        self.notes: dict[str, str] = {}
        self.lines: dict[str, str] = {}
        self.moved: list[tuple[str, str, str]] = []
        self.unheard: list[tuple[str, float]] = []
        self.at = NOON
        self.roles_wanted = False
        self.away = False

    @property
    def last(self) -> Request:
        """The latest request."""
        return self.requests[-1]

    async def answer(self, request: Request) -> Reply | Hush:
        self.requests.append(request)
        key = request.command or request.text
        if key in self.delays:
            await asyncio.sleep(self.delays[key])
        return self.answers.get(key) or Reply(
            (Text(Words("You said {line}.", {"line": Code(key)})),)
        )

    def wants_role(self, request: Request) -> bool:
        return self.roles_wanted

    def suggest(self, command: str, parameter: str, typed: str) -> tuple[tuple[str, str], ...]:
        """Return what begins with what was typed, whatever the command and its parameter."""
        begun = typed.upper()
        return tuple(each for each in self.suggestions if each[0].upper().startswith(begun))[:25]

    async def offers(self, request: Request) -> Offers:
        self.searches.append(request)
        return self.offered.get(request.text, Offers(()))

    def now(self) -> datetime:
        return self.at

    async def deaf(self, platform: str, seconds: float) -> None:
        self.unheard.append((platform, seconds))

    async def keep(self, say: str) -> str:
        self._reach()
        token = f"{len(self.lines):08x}"
        for known, line in self.lines.items():
            if line == say:
                return known
        self.lines[token] = say
        return token

    async def kept(self, token: str) -> str | None:
        self._reach()
        return self.lines.get(token)

    def _reach(self) -> None:
        if self.away:
            raise RuntimeError("no database")

    async def note(self, key: str) -> str | None:
        return self.notes.get(key)

    async def set_note(self, key: str, value: str) -> None:
        self.notes[key] = value

    async def chat_moved(self, platform: str, old: str, new: str) -> None:
        self.moved.append((platform, old, new))


def private(reply: Reply) -> Reply:
    """Return a reply meant for the asker alone."""
    return replace(reply, private=True)

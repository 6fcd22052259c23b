"""A conversation with one person at a terminal or through a pipe.

On a terminal there are history, completion and colours; through a pipe one line in, one answer out,
plain. Choices are numbered, and a number presses one.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from uuid import uuid4

from bot.adapters.console.deliver import deliver
from bot.adapters.console.render import pressed, text
from bot.chat.ports import Desk, Outcome, Posted
from bot.chat.reply import Choice, Hush, Reply
from bot.chat.request import Chat, Place, Request, Role, Who
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence

ME = Who("console", "me")
HERE = Chat("console")
LEAVE = frozenset({"/quit", "/exit", "quit", "exit", "/q"})


class Conversation:
    """One person's lines, one after the other; remembers the last reply for its numbers."""

    def __init__(self, desk: Desk, locale: str = "en") -> None:
        """Take the desk that answers."""
        self._desk = desk
        self._locale = locale
        self._last: Reply | None = None

    async def say(self, line: str) -> Reply | Hush:
        """Say a line, or press a choice of the last reply by its number."""
        choice = pressed(self._last, line.strip())
        request = Request(
            # Unlike a count, it is another one in the next process too: a request acts once.
            id=f"console:{uuid4().hex}",
            who=ME,
            chat=HERE,
            text=_line(choice) if choice else line,
            locale=self._locale,
            role=Role.OWNER,
            addressed=True,
            button=choice is not None,
            kept=choice is not None,
        )
        answer = await self._desk.answer(request)
        if isinstance(answer, Reply):
            self.heard(answer)
        return answer

    def heard(self, reply: Reply) -> None:
        """Remember a reply as the last one."""
        self._last = reply


def _line(choice: Choice) -> str:
    """What pressing a choice says; one that asks for a line shows the question first."""
    return f"/start {choice.door}" if choice.door else choice.say


class ConsoleAdapter:
    """The terminal chat."""

    platform = ME.platform

    def __init__(self, desk: Desk, history: Path | None = None) -> None:
        """`history` is the file that keeps typed lines between runs, or None."""
        self._desk = desk
        self._history = history
        self._talk: Conversation | None = None

    async def deliver(self, _: Identity, reply: Reply) -> Outcome:
        """Print a notice; its numbers press its buttons until the next answer."""
        if self._talk is None:
            return Outcome.LATER
        self._talk.heard(reply)
        return deliver(reply, colours=sys.stdin.isatty() and sys.stdout.isatty())

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        """Print what a game says to whoever plays alone here; a terminal has no groups."""
        del message
        if chat.place is Place.GROUP:
            return Posted(Outcome.NEVER)
        return Posted(await self.deliver(Identity(self.platform, ME.id), reply))

    async def attends(self, _room: Room, _who: Identity) -> Presence:
        """Whoever sits at the terminal is there."""
        return Presence.HERE

    async def run(self, stop: asyncio.Event) -> None:
        """Talk until the person leaves, input ends, or `stop` is set."""
        terminal = sys.stdin.isatty() and sys.stdout.isatty()
        talk = self._talk = Conversation(self._desk)
        if terminal:
            await self._show(talk, "/start", colours=True)
        async for line in self._lines(terminal=terminal, stop=stop):
            if line.strip().lower() in LEAVE:
                break
            if line.strip():
                await self._show(talk, line, colours=terminal)
        stop.set()

    async def _show(self, talk: Conversation, line: str, *, colours: bool) -> None:
        answer = await talk.say(line)
        if isinstance(answer, Reply):
            sys.stdout.write(text(answer, colours=colours) + "\n\n")
            sys.stdout.flush()

    async def _lines(self, *, terminal: bool, stop: asyncio.Event) -> AsyncIterator[str]:
        """Lines as they come: edited on a terminal, raw from a pipe."""
        read = _prompt(self._desk, self._history) if terminal else _pipe()
        async for line in _until(read, stop):
            yield line


async def _pipe() -> AsyncIterator[str]:
    """Lines of standard input, read in a thread so that the loop stays free."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield line.rstrip("\n")


async def _prompt(desk: Desk, history: Path | None) -> AsyncIterator[str]:
    """Lines edited on a terminal, with completion of commands and coins."""
    from prompt_toolkit import PromptSession  # noqa: PLC0415 - only on a terminal
    from prompt_toolkit.completion import WordCompleter  # noqa: PLC0415
    from prompt_toolkit.history import FileHistory, InMemoryHistory  # noqa: PLC0415
    from prompt_toolkit.patch_stdout import patch_stdout  # noqa: PLC0415

    kept = FileHistory(str(history)) if history else InMemoryHistory()
    completer = WordCompleter(list(_words(desk)), WORD=True, ignore_case=True)
    session: PromptSession[str] = PromptSession(history=kept, completer=completer)
    while True:
        try:
            with patch_stdout(raw=True):
                line = await session.prompt_async("> ")
        except (EOFError, KeyboardInterrupt):
            return
        yield line


def _words(desk: Desk) -> Iterable[str]:
    """What the completion offers."""
    yield from (f"/{entry.name}" for entry in desk.menu)
    yield from ("long", "short", "isolated", "cross", "10x", "20x")
    yield from (shown.removesuffix("USDT") for shown, _ in desk.suggest("", "symbol", ""))


async def _until(lines: AsyncIterator[str], stop: asyncio.Event) -> AsyncIterator[str]:
    """Pass lines on until `stop` is set."""
    stopping = asyncio.ensure_future(stop.wait())
    try:
        while not stop.is_set():
            reading = asyncio.ensure_future(anext(lines, None))
            await asyncio.wait({reading, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not reading.done():
                reading.cancel()
                return
            line = reading.result()
            if line is None:
                return
            yield line
    finally:
        stopping.cancel()

"""The terminal chat through a pipe: what is typed goes in, what is printed is read."""

import asyncio
import io
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stdout

from bot.adapters.console.adapter import ConsoleAdapter
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Reply
from bot.chat.request import Chat
from core.paper.records import Identity
from tests.scenarios.backstage import Backstage
from tests.scenarios.player import Sheet
from tests.scenarios.story import SPEAKER, Step

CHOICES = re.compile(r"^\[\d+\] ")
CHOICE = re.compile(r"\[(\d+)\] (.+?)(?=  \[\d+\] |$)")


class OnConsole:
    """One person at a terminal."""

    platform = "console"

    def __init__(self, backstage: Backstage, printed: io.StringIO) -> None:
        self.backstage = backstage
        self._printed = printed
        self._sheets: list[Sheet] = []

    def start(self) -> None:
        """Start the program with a fresh pipe."""
        reading, writing = os.pipe()
        self._typed = os.fdopen(reading, encoding="utf-8")
        self._keyboard = os.fdopen(writing, "w", encoding="utf-8")
        sys.stdin = self._typed
        self._adapter = ConsoleAdapter(self.backstage.desk)
        self._running = asyncio.create_task(self._adapter.run(asyncio.Event()))

    async def stop(self) -> None:
        """End the input, as Ctrl-D does."""
        self._keyboard.close()
        await asyncio.wait_for(self._running, 10)
        self._typed.close()

    async def say(self, step: Step) -> None:
        await self._type(step.say)

    async def press(self, who: str, under: str, label: str, *, times: int = 1) -> None:
        sheet = list(self.screen(who))[-1]
        assert under == sheet, "numbers press the last answer only"
        number = self._sheets[-1].labels.index(label) + 1
        for _ in range(times):
            await self._type(str(number))

    async def wait(self) -> None:
        await self.backstage.look(self)

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        """Print a notice, as the adapter does; one after the other, each has its own numbers."""
        start = len(self._printed.getvalue())
        outcome = await self._adapter.deliver(who, reply)
        self._sheets.append(_sheet(self._printed.getvalue()[start:]))
        return outcome

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        """Print what a game says, as the adapter does."""
        start = len(self._printed.getvalue())
        posted = await self._adapter.post(chat, reply, message)
        self._sheets.append(_sheet(self._printed.getvalue()[start:]))
        return posted

    async def restart(self) -> None:
        await self.stop()
        self.backstage.close()
        self.backstage.open()
        self.start()

    def screen(self, who: str) -> dict[str, Sheet]:
        return {str(i): s for i, s in enumerate(self._sheets)} if who == SPEAKER else {}

    async def _type(self, line: str) -> None:
        desk, start = self.backstage.desk, len(self._printed.getvalue())
        self._keyboard.write(f"{line}\n")
        self._keyboard.flush()
        # The adapter prints in the very step in which the desk gives its answer.
        await desk.until(len(desk.heard) + 1)
        self._sheets.append(_sheet(self._printed.getvalue()[start:]))


def _sheet(printed: str) -> Sheet:
    """Take the numbered choices off an answer."""
    lines = printed.rstrip("\n").split("\n")
    buttons = [line for line in lines if CHOICES.match(line)]
    labels = [label for line in buttons for _, label in CHOICE.findall(line)]
    return Sheet("\n".join(line for line in lines if line not in buttons), tuple(labels))


@asynccontextmanager
async def on_console(backstage: Backstage) -> AsyncIterator[OnConsole]:
    """Open a terminal; what it had before is put back."""
    before, printed = sys.stdin, io.StringIO()
    try:
        with redirect_stdout(printed):
            player = OnConsole(backstage, printed)
            player.start()
            try:
                yield player
            finally:
                await player.stop()
    finally:
        sys.stdin = before

"""A life in a process of its own, as the one outside sees it: orders go in, words come out."""

import asyncio
import os
from contextlib import suppress
from datetime import datetime

from tests.long.crash import Wrong
from tests.long.game_lives import Ground, live


class Child:
    """A forked process, and what it tells."""

    def __init__(self, ground: Ground, number: int, at: datetime) -> None:
        orders, self._write = os.pipe()
        self._read, out = os.pipe()
        self.number = os.fork()
        if not self.number:
            os.close(self._write)
            os.close(self._read)
            try:
                live(ground, number, at, orders, out)
            except BaseException:  # noqa: BLE001 - it was told, and nothing may go on here
                os._exit(1)
            os._exit(0)
        os.close(orders)
        os.close(out)
        os.set_blocking(self._read, False)
        self._rest, self._silent = b"", False
        self._came = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._read, self._came.set)

    def order(self, line: str) -> None:
        """Let it do something."""
        os.write(self._write, f"{line}\n".encode())

    async def lines(self, seconds: float) -> list[str]:
        """Wait until it tells something, at most for so long; return what it told."""
        lines: list[str] = []
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not lines:
                    await self._came.wait()
                    self._came.clear()
                    lines = self._heard()
        return lines

    def _heard(self) -> list[str]:
        try:
            while part := os.read(self._read, 1 << 16):
                self._rest += part
            self._silent = True
        except BlockingIOError:
            pass
        *lines, self._rest = self._rest.split(b"\n")
        return [line.decode() for line in lines]

    async def ended(self, how: int) -> list[str]:
        """Wait until it is no more; return its last words. Raises `Wrong` where it ended ill."""
        lines: list[str] = []
        async with asyncio.timeout(20):
            while not self._silent:
                await self._came.wait()
                self._came.clear()
                lines += self._heard()
        asyncio.get_running_loop().remove_reader(self._read)
        _, status = os.waitpid(self.number, 0)  # noqa: ASYNC222 - its pipe is closed: it is over
        code = os.waitstatus_to_exitcode(status)
        os.close(self._read)
        os.close(self._write)
        if code != how:
            raise Wrong(f"a life ended with {code}: {lines[-3:]}")
        return lines

"""`marginbot ask` beside a running house: another process, with a connection of its own.

A server that has loaded everything once forks a process for each question, which then is as fresh
as one that was started by hand, and asks the exchange itself.
"""

import asyncio
import io
import os
from collections.abc import Mapping
from contextlib import redirect_stdout
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["ccxt.pro", "bot.cli", "bot.app", "tests.live.beside"])


def _answer(line: str, folder: Path, settings: Mapping[str, str], told: Connection) -> None:
    """Be the other process."""
    from bot.cli import main  # noqa: PLC0415 - loaded by the server

    os.environ.update(settings)
    os.chdir(folder)
    out = io.StringIO()
    with redirect_stdout(out):
        status = main(["ask", line])
    told.send((status, out.getvalue()))
    told.close()


async def asked(line: str, folder: Path, settings: Mapping[str, str]) -> tuple[int, str]:
    """Ask a line in another process; return its exit status and what it printed."""
    here, there = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_answer, args=(line, folder, dict(settings), there))

    def run() -> tuple[int, str]:
        process.start()
        there.close()
        try:
            answer: tuple[int, str] = here.recv()
        finally:
            here.close()
            process.join()
        return answer

    return await asyncio.to_thread(run)

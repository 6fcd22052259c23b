"""`marginbot ask`: one question and its answer, or a conversation of lines for a program."""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable

from bot.adapters.console.adapter import ME, Conversation
from bot.adapters.console.render import data, text
from bot.app import App, build
from bot.chat.reply import Hush, Reply, Tone
from bot.runtime.logs import configure
from bot.settings import Settings

NAME = "ask"
HELP = "answer one line and exit; with --json - answer every line of standard input"
REFUSED = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the line and the form of the answer."""
    parser.add_argument("line", nargs="+", help='what to ask, or "-" for lines of standard input')
    parser.add_argument("--json", action="store_true", help="print typed data, one object a line")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Answer; 0 when all was well, 2 when the (last) line was refused."""
    configure("ERROR", settings.log_format, settings.secrets())
    typed = " ".join(options.line)
    lines: Iterable[str] = (line.rstrip("\n") for line in sys.stdin) if typed == "-" else [typed]
    app = build(settings)
    try:
        return asyncio.run(_talk(app, lines, as_json=options.json))
    finally:
        app.close()


async def _talk(app: App, lines: Iterable[str], *, as_json: bool) -> int:
    """Say the lines one by one as one person; print exactly one answer for each.

    Before each, what venues changed is taken in and the watch catches up, as in any other process;
    what is due is told with the answer.
    """
    talk, status = Conversation(app.desk), 0
    for line in lines:
        if app.live is not None:
            await app.live.begin()
        await app.editions.round()
        await app.watch.begin()
        answer = await talk.say(line)
        due = await app.courier.take(ME.platform)
        _print(answer, [worded.reply for worded in due], as_json=as_json)
        await app.courier.taken(due)
        refused = isinstance(answer, Reply) and answer.tone is Tone.TROUBLE
        status = REFUSED if refused else 0
    await app.watch.end()
    if app.live is not None:
        await app.live.close()
    return status


def _print(answer: Reply | Hush, notices: list[Reply], *, as_json: bool) -> None:
    """Print an answer on a line of its own, with what happened meanwhile."""
    if as_json:
        told = {"notices": [data(notice) for notice in notices]}
        sys.stdout.write(json.dumps(data(answer) | told) + "\n")
    else:
        texts = [_text(answer), *(text(notice) for notice in notices)]
        sys.stdout.write("\n\n".join(texts) + "\n")
    sys.stdout.flush()


def _text(answer: Reply | Hush) -> str:
    return text(answer) if isinstance(answer, Reply) else ""

"""A reply as plain text, and as typed data for programs.

Plain text is the twin of every other platform's rendering: the same blocks, in the same order, in
at most 30 columns where width matters. Colours are added only for a terminal.
"""

from collections.abc import Iterator

from bot.chat.plain import plain
from bot.chat.render import Writer, facts_lines, maths_lines, shown, table_lines
from bot.chat.reply import (
    Choice,
    Facts,
    File,
    Hush,
    Maths,
    Notes,
    Points,
    Reply,
    Shown,
    Source,
    Table,
    Text,
    Title,
)

BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def text(reply: Reply, *, colours: bool = False, locale: str = "en") -> str:
    """Return a reply as text: blocks, then choices numbered so that a number presses them."""
    writer = Writer.of(reply, locale)
    lines: list[str] = []
    for block in shown(reply.blocks):
        lines += _styled(block, list(_lines(block, writer)), colours=colours)
    lines += _choices(reply, colours=colours)
    return "\n".join(lines)


def _lines(block: Shown, writer: Writer) -> Iterator[str]:
    """One block as lines."""
    match block:
        case Title(words) | Text(words) | Source(words):
            yield writer.words(words)
        case Points(items):
            yield from (f"- {writer.words(words)}" for words in items)
        case Notes(items):
            yield " · ".join(writer.words(words) for words in items)
        case Table():
            yield from table_lines(block, writer)
        case Facts():
            yield from facts_lines(block, writer)
        case Maths():
            yield from maths_lines(block, writer)
        case File(name, _, content):
            yield f"--- {name}"
            yield from content.splitlines()
            yield "---"


def _styled(block: Shown, lines: list[str], *, colours: bool) -> list[str]:
    """Bold titles and dim small print, on a terminal."""
    if not colours:
        return lines
    style = {Title: BOLD, Notes: DIM, Source: DIM}.get(type(block), "")
    return [f"{style}{line}{PLAIN}" if style else line for line in lines]


def _choices(reply: Reply, *, colours: bool) -> list[str]:
    """Rows of buttons, numbered from 1."""
    number, lines = 0, []
    for row in reply.choices:
        labels = []
        for choice in row:
            number += 1
            labels.append(f"[{number}] {choice.label}")
        line = "  ".join(labels)
        lines.append(f"{DIM}{line}{PLAIN}" if colours else line)
    return lines


def pressed(reply: Reply | None, line: str) -> Choice | None:
    """Return the choice that a typed number presses, or None."""
    if reply is None or not (line.isascii() and line.isdigit() and len(line) <= 3):
        return None
    flat = [choice for row in reply.choices for choice in row]
    return flat[int(line) - 1] if 0 < int(line) <= len(flat) else None


def data(answer: Reply | Hush) -> dict[str, object]:
    """Return an answer as data: typed fields as in `bot.chat.reply`, numbers as decimal text.

    A reply also has its plain text under "text", so that a program may show it as it is.
    """
    if isinstance(answer, Hush):
        return {"outcome": answer.outcome, "blocks": [], "choices": [], "text": ""}
    known = plain(answer, _marked)
    assert isinstance(known, dict)
    return {**known, "text": text(answer)}


def _marked(name: str) -> dict[str, object]:
    """What tells classes apart for a program."""
    return {"type": name.lower()}

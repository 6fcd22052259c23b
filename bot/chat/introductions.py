"""A word of the field is explained in one line when a person meets it for the first time.

Only beside figures, where the word decides what they mean; texts that teach explain themselves.
Which words a person has met is kept, so that nobody is told twice.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.chat.i18n import Translate
from bot.chat.reply import (
    Block,
    Facts,
    Maths,
    Notes,
    Points,
    Reply,
    Table,
    Text,
    Title,
    Tone,
    Words,
)

TERMS = frozenset(("margin", "leverage", "liquidated"))
"""The words that are introduced, by the names under which they are kept."""


def introduced(reply: Reply, met: frozenset[str], _: Translate, *, aloud: bool) -> Reply:
    """Return the reply with a line for each word that its reader has not met.

    `aloud` puts the lines where they are read at once; otherwise they join the small print, so
    that others in a group are spared. `reply.introduces` names the words.
    """
    if met >= TERMS or reply.tone is not Tone.ANSWER or not _has_figures(reply):
        return reply
    said = " ".join(text for block in reply.blocks for text in _texts(block)).casefold()
    spoken = {"margin": _("margin"), "leverage": _("leverage"), "liquidated": _("liquidated")}
    new = [term for term, word in spoken.items() if term not in met and word.casefold() in said]
    if not new:
        return reply
    lines = tuple(_explained(_)[term] for term in new)
    blocks = _aloud(reply.blocks, lines) if aloud else _in_small_print(reply.blocks, lines)
    return replace(reply, blocks=blocks, introduces=frozenset(new))


def _explained(_: Translate) -> dict[str, Words]:
    """One line for each word."""
    return {
        "margin": Words(_("Margin: the money that stands behind a position.")),
        "leverage": Words(_("Leverage: how many times its margin a position is worth.")),
        "liquidated": Words(
            _("Liquidated: closed by the venue, because what is left no longer covers the risk.")
        ),
    }


def _has_figures(reply: Reply) -> bool:
    return any(isinstance(block, Table | Facts | Maths) for block in reply.blocks)


def _texts(block: Block) -> Iterator[str]:
    """The words of a block that a reader sees; figures are no words."""
    match block:
        case Title(words) | Text(words):
            yield words.text
        case Points(items) | Notes(items):
            yield from (words.text for words in items)
        case Table(head, rows, footnote):
            yield from (*head, footnote)
            yield from (row.label.text for row in rows if isinstance(row.label, Words))
        case Facts(rows, title):
            yield from (title, *(label for label, _ in rows))
        case _:
            return


def _aloud(blocks: tuple[Block, ...], lines: tuple[Words, ...]) -> tuple[Block, ...]:
    """Before the small print, or at the end."""
    at = next((i for i, block in enumerate(blocks) if isinstance(block, Notes)), len(blocks))
    return (*blocks[:at], Points(lines), *blocks[at:])


def _in_small_print(blocks: tuple[Block, ...], lines: tuple[Words, ...]) -> tuple[Block, ...]:
    """At the end of the last small print, or as small print of its own."""
    *before, last = blocks
    if isinstance(last, Notes):
        return (*before, Notes((*last.items, *lines)))
    return (*blocks, Notes(lines))

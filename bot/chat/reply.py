"""A reply, free of any platform: blocks of typed content, and choices that are commands.

Blocks say what a thing is (a title, a table, the assumptions), never how it looks. Each
platform's `render.py` knows how; nothing here holds markup.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.chat.figures import Figure


@dataclass(frozen=True, slots=True)
class Words:
    """A translated sentence with named places: `Words("worth {value}", {"value": Money(...)})`."""

    text: str
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Title:
    """The normalised reading: the first, bold line."""

    words: Words


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or a paragraph; `strong` marks the one to remember."""

    words: Words
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A short list of sentences."""

    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: a label and cells; a row without cells is a heading inside the table.

    `flags` marks cells (by position) that carry the table's footnote star.
    """

    label: Words | Figure
    cells: tuple[Figure, ...] = ()
    flags: frozenset[int] = frozenset()
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of at most 30 characters in all; wider ones become one card per column."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and one figure."""

    rows: tuple[tuple[str, Figure], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Maths:
    """A calculation line by line, each at most 30 columns, in fixed width."""

    title: str
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """What was assumed: small print that belongs to the answer."""

    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from and for whom it holds."""

    words: Words


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep: its name, its media type, and its text."""

    name: str
    media: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: a label and the command it stands for.

    `say` is a line that the person might have typed. `replace` puts the answer in place of the
    message under which the button stands; otherwise the answer is a new message. A line that
    changes something is `kept`: the platform carries a token of ours in place of the line, because
    what comes back from a client may only read. An `aside` one is there for everybody, and each is
    answered alone: in a small window, or in a message that nobody else sees.

    One with a `form` asks for a line, which takes the place of `{}` in what it says: in a window of
    its own where the platform has one (`form` is its label), else behind the `door`, a word with
    which the private chat is begun.
    """

    label: str
    say: str
    replace: bool = False
    kept: bool = False
    aside: bool = False
    form: str = ""
    door: str = ""


def in_twos(choices: Sequence[Choice]) -> tuple[tuple[Choice, ...], ...]:
    """Return buttons in rows of two, as many as a phone shows beside each other."""
    return tuple(tuple(choices[at : at + 2]) for at in range(0, len(choices), 2))


@dataclass(frozen=True, slots=True)
class Poll:
    """A question to everybody, unscored; `right` is the place of the right choice, from 0.

    `given` are the figures of the question, `why` says why the right choice is right, and `source`
    where to look it up. A platform with polls of its own shows one; where its explanation has no
    room there, `whole` tells all of it. Elsewhere the reply's choices are letters to press.
    """

    question: Words
    given: tuple[tuple[str, Figure], ...]
    choices: tuple[Figure, ...]
    right: int
    why: Words
    source: Words | None
    whole: Choice


Shown = Title | Text | Points | Table | Facts | Maths | Notes | Source | File
"""A block that every platform shows in its own way."""

Block = Shown | Poll


class Tone(StrEnum):
    """How a reply is meant: an answer, a question back, or bad news."""

    ANSWER = "answer"
    ASK = "ask"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: blocks, rows of choices, tone; `private` ones are for the asker's eyes only.

    `outcome` is "ok" or the code of a refusal; it is what the log and the exit status tell.
    `short` is one plain sentence for places with no room (a toast, a notification).
    `delete_after` seconds the platform removes it and the command it answers (0: it stays).
    `introduces` names the words it explains to its reader for the first time. `zone` is the IANA
    name of the zone in which times are printed, or empty for UTC. `under` is the id of the message
    that it answers where that is not the request's own. `missed` are the telling words of a
    question that nothing answers; they are counted, without whoever asked. `branch` is the name of
    a thread to be begun under it where it is posted, on a platform that has them.
    """

    blocks: tuple[Block, ...]
    choices: tuple[tuple[Choice, ...], ...] = ()
    tone: Tone = Tone.ANSWER
    private: bool = False
    outcome: str = "ok"
    short: Words | None = None
    delete_after: int = 0
    introduces: frozenset[str] = frozenset()
    zone: str = ""
    under: str = ""
    missed: frozenset[str] = frozenset()
    branch: str = ""


@dataclass(frozen=True, slots=True)
class Hush:
    """No reply. `react` allows a small reaction in place of words."""

    react: bool = False
    outcome: str = "silent"

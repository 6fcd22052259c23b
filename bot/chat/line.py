"""The line as it was typed, and corrected copies of it for those who slipped.

Every misreading is answered with a line that would have been right; it is made of the person's
own words, with one of them changed.
"""

import re
from collections.abc import Sequence
from typing import NoReturn

from bot.chat.lexer import Tok
from bot.chat.reading import Misread

_LONGEST = 200
"""A corrected line is for copying; beyond this nobody copies."""

_NUMBER = re.compile(r"[+-]*[$€£]?[+-]?[0-9.,].*|[+-]+(?![>+-]).*|nan|.?inf.*", re.IGNORECASE)

Options = tuple[tuple[str, str], ...]


class Line:
    """The words of one line, below the head (the command as typed)."""

    def __init__(self, head: str, words: Sequence[str]) -> None:
        """Take the words in the spelling of their owner."""
        self.head = head
        self.words = words

    def token(self, tok: Tok | None) -> str:
        """Return what stood where a token was read."""
        return " ".join(self.words[tok.start : tok.end]) if tok else ""

    def say(self, words: Sequence[str]) -> str:
        """Return a line of other words under the same head."""
        line = " ".join((self.head, *words)).strip()
        return line if len(line) <= _LONGEST else ""

    def swapped(self, tok: Tok, text: str) -> str:
        """Return the line with another text in a token's place (empty: without it)."""
        middle = (text,) if text else ()
        return self.say((*self.words[: tok.start], *middle, *self.words[tok.end :]))

    def renumbered(self, tok: Tok, number: str) -> str:
        """Return the line with another number in a token's place; `e=` or `@` before it stays."""
        return self.swapped(tok, _NUMBER.sub(number, self.token(tok), count=1))

    def first(self, text: str) -> str:
        """Return the line with a word put in front."""
        return self.say((text, *self.words))

    def last(self, text: str) -> str:
        """Return the line with a text added at the end."""
        return self.say((*self.words, text))

    def fail(
        self,
        kind: str,
        tok: Tok | None = None,
        *,
        hint: str = "",
        suggestion: str = "",
        options: Options = (),
    ) -> NoReturn:
        """Raise the `Misread` of this line; without a suggestion the first option is one."""
        if not suggestion and options:
            suggestion = options[0][1]
        raise Misread(kind, self.token(tok), hint, suggestion, options)

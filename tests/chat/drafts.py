"""Drafts of real lines, for trying one step of the reading by itself."""

import pytest

from bot.chat.draft import Draft
from bot.chat.line import Line
from bot.chat.reading import Context, Misread
from bot.chat.verbs import Verb
from tests.chat.lines import CONTEXT, GRAMMAR

VERBS = {verb.name: verb for verb in GRAMMAR.verbs}
LEXER = GRAMMAR._lexer


def draft(text: str, context: Context = CONTEXT, verb: Verb | None = None) -> Draft:
    """The draft of a line of which nothing has been read yet."""
    head, *words = text.split()
    toks = LEXER.lex([word.lower() for word in words])
    return Draft(verb or VERBS[head.removeprefix("/")], Line(head, words), toks, context)


def refused(found: "pytest.ExceptionInfo[Misread]") -> tuple[str, str]:
    """What kind of mistake was found, and at which word."""
    return found.value.kind, found.value.token

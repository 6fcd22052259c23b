"""Commands say what; only files called `render.py` say how it looks."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.tree import Source, docstrings, sources

MARKUP = re.compile(
    r"</?(?:b|i|u|s|strong|em|code|pre|a|blockquote|tg-spoiler|br)(?:\s[^<>]*)?/?>"  # HTML
    r"|\*\*\w|\w\*\*(?!\w)"  # bold
    r"|```|`[^`\n]+`"  # code
    r"|^#{1,3} \w|\]\(https?:",  # headings and links
    re.MULTILINE,
)
RENDERED = re.compile(r"\x1b\[")  # a terminal's colours


def markup(source: Source) -> Iterator[str]:
    """Yield every string that carries markup; docstrings are for readers of the code."""
    apart = docstrings(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in apart:
            found = MARKUP.search(node.value) or RENDERED.search(node.value)
            if found:
                yield source.at(node, f"markup {found[0]!r}")


def joined_lines(source: Source) -> Iterator[str]:
    """Yield every table that is put together from lines by hand."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="join", value=ast.Constant(value=str() as glue))):
                if "\n" in glue:
                    yield source.at(node, "lines joined by hand")


@pytest.mark.parametrize(
    "text",
    [
        '"<b>"',
        '"</code>"',
        "'<a href=\"x\">'",
        '"**bold**"',
        '"`code`"',
        '"```"',
        'f"<pre>{x}"',
        r'"\x1b[1m"',
        '"# Title"',
    ],
)
def test_markup_is_found(text: str) -> None:
    assert list(markup(Source("planted.py", f"x = {text}")))


@pytest.mark.parametrize(
    "text", ['"a < b and b > c"', '"data/**/*.md"', '"2 ** 3"', '"`"', 'x\n"""`code`"""', '"#1"']
)
def test_what_only_looks_like_markup_passes(text: str) -> None:
    assert not list(markup(Source("innocent.py", f"x = {text}")))


def test_lines_joined_by_hand_are_found() -> None:
    assert list(joined_lines(Source("planted.py", r'"\n".join(rows)')))
    assert not list(joined_lines(Source("innocent.py", '", ".join(rows)')))


def test_no_markup_stands_outside_a_renderer() -> None:
    code = [source for source in sources("bot", "core") if not source.path.endswith("/render.py")]
    assert [line for source in code for line in markup(source)] == []


def test_no_command_lays_out_lines_by_hand() -> None:
    code = [
        source
        for source in sources("bot/chat", "bot/commands", "core")
        if not source.path.endswith("/render.py")
    ]
    assert [line for source in code for line in joined_lines(source)] == []

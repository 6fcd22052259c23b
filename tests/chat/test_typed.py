"""What stands behind a command, letter by letter, however it was given."""

from dataclasses import replace

import pytest

from bot.chat.request import Chat, Request, Who
from bot.chat.typed import typed


def asked(line: str) -> Request:
    return Request(id="1", who=Who("telegram", "1"), chat=Chat("-5"), text=line)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("/hostfaq add Why? | Because.", "add Why? | Because."),
        ("/hostfaq@MarginBot  add  Why?", "add  Why?"),
        ("@marginbot /hostfaq log", "log"),
        ("/hostfaq\nadd मार्जिन | É", "add मार्जिन | É"),
        ("/hostfaq", ""),
        ("  ", ""),
        ("@marginbot", ""),
    ],
)
def test_a_line_keeps_its_letters(line: str, rest: str) -> None:
    assert typed(asked(line)) == rest


def test_an_option_is_what_was_filled_in() -> None:
    given = replace(
        asked(""), command="hostfaq", slash=True, options={"text": "add Why? | Because. "}
    )
    assert typed(given) == "add Why? | Because."
    assert typed(replace(given, options={})) == ""

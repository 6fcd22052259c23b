"""The corrected line that comes with a mistake is itself right, and is what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.reading import Misread
from tests.chat.lines import CONTEXT as ALONE
from tests.chat.lines import GRAMMAR, misread
from tests.chat.lines import read as reading


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("/compare long btc 10x 1,00,0", "/compare long btc 10x 1000"),
        ("/compare long btc 10x e=65,00,0", "/compare long btc 10x e=65000"),
        ("/compare long btc 10x @65.000", "/compare long btc 10x @65000"),
        ("/compare long btc 500x", "/compare long btc 125x"),
        ("/compare long btc lev500", "/compare long btc lev125x"),
        ("/compare long btc usdc 10x", "/compare long btc 10x"),
        ("/target long btc 10x 50", "/target long btc 10x 50%"),
        ("/pnl long btc 10x 500 63000", "/pnl long btc 10x 500 -> 63000"),
        ("/close btc 150%", "/close btc 100%"),
        ("/open lnog btc 10x 100", "/open long btc 10x 100"),
        ("/alert btc", "/alert btc @64210"),
    ],
)
def test_a_cure_is_the_line_that_was_meant(line: str, cure: str) -> None:
    assert misread(line).suggestion == cure
    assert reading(cure).values


COMMANDS = ("/compare", "/liq", "/pnl", "/target", "/max", "/open", "/close")
STEPS = 2 * 6 + 4
"""Each of six words may be mended once and left out once, and four fields may be missing."""
WORDS = (
    "long short btc eth 10x 500 @65000 wallet 5k 0,1btc 20x 1,00,0 -5 @65.000 lnog 150% 300 half "
    "-> 70000 iso 🔴 btcc +5% qty size"
)


@given(st.sampled_from(COMMANDS), st.data())
def test_a_cure_never_ends_in_the_same_mistake(command: str, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS.split()), max_size=6))
    line = " ".join((command, *words))
    seen = [line]
    while (cure := cure_of(seen[-1])) and len(seen) <= STEPS:
        assert cure not in seen
        seen.append(cure)
    assert len(seen) <= STEPS, seen


def cure_of(line: str) -> str:
    """The corrected line of a misread one; nothing where a line is right or has no cure."""
    try:
        GRAMMAR.read(line, ALONE)
    except Misread as mistake:
        return mistake.suggestion
    return ""

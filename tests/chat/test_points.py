"""The core's teaching remarks in words: each has its sentence, with every place filled."""

from collections.abc import Iterator
from string import Formatter

import pytest

from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.points import _sentences
from bot.chat.render import Writer
from bot.chat.reply import Points, Reply, Text, Words
from tests.walk.house import Home

LINES = {
    "same_loss": "/compare 10x long btc",
    "isolated_capped": "/compare 50x long btc",
    "both_gone": "/compare 20x long btc 2000 wallet 2100",
    "isolated_never": "/compare 1x long btc 1000",
    "isolated_far": "/compare 1x short btc 1000",
    "cross_never": "/compare 10x long btc 100 wallet 100000",
    "leverage_moves_isolated_only": "/compare 10x long btc",
}
"""A line whose answer makes the remark."""


class Said:
    """A question that translates nothing, for looking at the sentences."""

    _ = staticmethod(english)


def remarks(reply: Reply) -> Iterator[Words]:
    for block in reply.blocks:
        if isinstance(block, Points):
            yield from block.items
        elif isinstance(block, Text):
            yield block.words


def sentences() -> dict[str, str]:
    return _sentences(Said())  # type: ignore[arg-type] # only its translation is used


def test_every_remark_can_be_met() -> None:
    assert set(LINES) == set(sentences())


@pytest.mark.parametrize("code", LINES)
def test_a_remark_fills_all_of_its_sentence(code: str) -> None:
    said = {words.text: words for words in remarks(Home().say(LINES[code]))}
    assert sentences()[code] in said, sorted(said)
    words = said[sentences()[code]]
    places = {name for _, name, _, _ in Formatter().parse(words.text) if name}
    assert places <= set(words.figures)
    assert "{" not in Writer(Numerals()).words(words)

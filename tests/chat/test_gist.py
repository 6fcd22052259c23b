"""One sentence per calculator, short enough to stand under an answer."""

import pytest

from bot.app import commands
from tests.commands.shown import NUMBER, short_of
from tests.walk.house import Home

CALCULATORS = {"avg", "compare", "figures", "funding", "hedge", "ladder", "liq", "max", "pnl"}
CALCULATORS |= {"price", "shock", "target"}
EXAMPLES = [line for each in commands() if each.name in CALCULATORS for line in each.examples]
ROOM = 170
"""Characters of a sentence that still reads as an example under an answer."""


@pytest.mark.parametrize("line", [line for line in EXAMPLES if line != "/price"])
def test_every_calculator_tells_its_example_in_one_sentence(line: str) -> None:
    sentence = short_of(Home().say(line))
    assert NUMBER.search(sentence)
    assert "{" not in sentence
    assert ". " not in sentence
    assert len(sentence) <= ROOM


@pytest.mark.parametrize(
    "line", ["/compare 10x long BTC at 60000", "/figures 10x long BTC at 60000"]
)
def test_a_leg_is_named_by_side_coin_leverage_and_entry(line: str) -> None:
    assert short_of(Home().say(line)).startswith("LONG BTC 10x from 60,000.0: ")


def test_a_leg_is_named_by_its_size_where_money_depends_on_it() -> None:
    sentence = short_of(Home().say("/pnl long btc 10x 500 @60000 -> 63000"))
    assert sentence.startswith("LONG 0.083 BTC 10x from 60,000.0 to 63,000.0")

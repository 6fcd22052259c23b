"""Every kind of item has words: a question, narrow figures, four different choices, a reason."""

import pytest

from bot.adapters.console.render import text
from bot.chat.figures import Percent
from bot.chat.games.quiz_items import (
    answer_of,
    choice_words,
    facts_of,
    item_blocks,
    letter,
    question_words,
    share,
    source_of,
    why_words,
)
from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.render import COLUMNS, Writer, columns
from bot.chat.reply import Facts, Reply, Table
from core.lessons.game.items import Item
from core.money import D
from tests.builders import exact
from tests.chat.games.items import items, kinds, shipped

__all__ = ["exact"]

WRITER = Writer(Numerals("en"))

MADE_UP = tuple(kind for kind in kinds() if kind != "sudden")


def fixed(item: Item) -> list[str]:
    """Return the lines of an item that are set in fixed width."""
    blocks = [b for b in item_blocks(item, english) if isinstance(b, Facts | Table)]
    return [line for block in blocks for line in text(Reply((block,))).splitlines()]


@pytest.mark.parametrize("kind", kinds())
def test_a_kind_asks_a_whole_sentence_with_all_its_figures(kind: str) -> None:
    assert len(items(kind)) >= 20
    for item in items(kind):
        asked = WRITER.words(question_words(item, english))
        assert asked.endswith("?")
        assert "{" not in asked
        assert len(asked) <= 120


@pytest.mark.parametrize("kind", kinds())
def test_an_item_fits_a_phone(kind: str) -> None:
    for item in items(kind):
        assert max(map(columns, fixed(item)), default=0) <= COLUMNS


@pytest.mark.parametrize("kind", MADE_UP)
def test_four_choices_are_told_apart_and_stand_on_a_line_each(kind: str) -> None:
    for item in items(kind):
        lines = [WRITER.words(choice_words(item, place, english)) for place in range(4)]
        assert [line[0] for line in lines] == ["A", "B", "C", "D"]
        assert len({line[2:] for line in lines}) == 4
        assert fixed(item)[-4:] == lines


@pytest.mark.parametrize("kind", kinds())
def test_a_reason_is_given_with_all_its_figures(kind: str) -> None:
    for item in items(kind):
        why = WRITER.words(why_words(item, english))
        assert why.endswith(".")
        assert "{" not in why
        assert len(why) <= 240


@pytest.mark.parametrize("kind", kinds())
def test_everything_that_a_sum_needs_is_told_in_the_question_or_the_figures(kind: str) -> None:
    for item in items(kind):
        asked = WRITER.words(question_words(item, english))
        rows = dict(facts_of(item, english))
        hidden = [n for n in ("loss", "risk", "stop", "price") if n in item.numbers]
        given = [n for n in item.numbers if n not in hidden]
        told = len(rows) - sum(each in rows for each in ("trade", "coin", "side", "mode"))
        assert told == len([n for n in given if n != "amount" or item.numbers[n]])
        for name in hidden:
            assert f"{item.numbers[name].normalize():f}" in asked.replace(",", "")


def test_what_was_shown_of_a_question_of_the_content_is_the_content_itself() -> None:
    for item in shipped():
        assert WRITER.words(question_words(item, english)) == item.text
        assert WRITER.words(why_words(item, english)) == item.explanation
        assert max(map(columns, fixed(item))) <= COLUMNS
        (source,) = source_of(item, english)
        assert text(Reply((source,))) == f"More: /faq {item.source}"


def test_a_made_up_item_has_no_topic() -> None:
    assert source_of(items("pnl")[0], english) == ()


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("margin_needed", "USDT"), ("roe", "%"), ("effective", "x"), ("liq_price", "")],
)
def test_a_choice_is_shown_in_the_unit_of_its_item(kind: str, shown: str) -> None:
    item = items(kind)[0]
    right = WRITER.figure(answer_of(item, item.choices[item.right], english))
    assert right.endswith(shown)
    assert right[-1].isdigit() is (shown == "")


def test_which_wall_stands_is_said_in_words() -> None:
    item = items("survives")[0]
    said = {WRITER.figure(answer_of(item, choice, english)) for choice in item.choices}
    assert said == {
        "Both stand",
        "Only cross stands",
        "Only isolated stands",
        "Both are liquidated",
    }


@pytest.mark.parametrize(
    ("rate", "shown"), [("0.004", "0.4%"), ("0.00055", "0.055%"), ("0.05", "5%"), ("0.5", "50%")]
)
def test_a_rate_has_all_its_digits_and_no_more(rate: str, shown: str) -> None:
    assert isinstance(share(D(rate)), Percent)
    assert WRITER.figure(share(D(rate))) == shown


def test_choices_are_called_by_letters() -> None:
    assert [letter(place) for place in range(4)] == ["A", "B", "C", "D"]

"""Items: four choices, one right, the others mistakes of their own."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.database.codec import dumps, loads
from core.lessons.game.figures import Dice
from core.lessons.game.items import Choice, Item, Sum, of_question, of_sum
from core.money import D
from tests.fakes.asking import question

SEEDS = st.text("0123456789abcdef", min_size=1, max_size=6)


def asked(right: Decimal | str, *wrong: Decimal | str) -> Sum:
    """Make a sum whose mistakes are called by their place."""
    slips = tuple((f"slip{n}", answer) for n, answer in enumerate(wrong))
    return Sum(
        kind="pnl",
        unit="quote",
        names={"side": "long"},
        numbers={"entry": D("60000.0")},
        right=right,
        slips=slips,
    )


def made(sum_: Sum, seed: str = "a") -> Item | None:
    return of_sum(sum_, "margin", "easy", Dice(seed, ("x",)))


@given(SEEDS)
def test_the_right_answer_is_one_of_four_different_ones(seed: str) -> None:
    item = made(asked(D(5), D(1), D(2), D(3), D(4)), seed)
    assert item is not None
    assert item.choices[item.right] == Choice(number=D(5))
    assert len({choice.number for choice in item.choices}) == 4
    assert all(c.slip == f"slip{c.number - 1}" for c in item.choices if c.number and c.slip)


def test_the_place_of_the_right_answer_and_the_mistakes_shown_change() -> None:
    items = [made(asked(D(5), D(1), D(2), D(3), D(4)), f"{n}") for n in range(50)]
    assert {item.right for item in items if item} == {0, 1, 2, 3}
    assert {c.number for item in items if item for c in item.choices} == set(map(D, range(1, 6)))


def test_a_mistake_that_comes_to_the_right_answer_is_no_choice() -> None:
    item = made(asked(D(5), D("5.0"), D(1), D(2), D(3)))
    assert item is not None
    assert {choice.slip for choice in item.choices} == {"", "slip1", "slip2", "slip3"}


def test_two_mistakes_that_come_to_the_same_are_one() -> None:
    assert made(asked(D(5), D(1), D(1), D(2))) is None
    item = made(asked(D(5), D(1), D(1), D(2), D(3)))
    assert item is not None
    assert {choice.slip for choice in item.choices} == {"", "slip0", "slip2", "slip3"}


def test_codes_are_choices_too() -> None:
    item = made(asked("both", "both", "cross", "isolated", "none"))
    assert item is not None
    assert item.choices[item.right] == Choice(code="both")


def test_an_id_tells_the_whole_question_without_spaces() -> None:
    assert asked(D(5)).id == "pnl:long:60000.0"


def test_a_question_keeps_its_words_and_its_right_answer() -> None:
    item = of_question(question("q"), Dice("a", ("x",)))
    assert item.choices[item.right].text == "this"
    assert sorted(choice.text for choice in item.choices) == ["both", "none", "that", "this"]
    assert (item.id, item.kind, item.source, item.explanation) == ("q", "faq", "adl", "Because.")
    assert {of_question(question("q"), Dice(f"{n}", ())).right for n in range(40)} == {0, 1, 2, 3}


def test_an_item_is_kept_whole() -> None:
    for item in (made(asked(D(5), D(1), D(2), D(3))), made(asked("a", "b", "c", "d"))):
        assert item is not None
        assert loads(Item, dumps(item)) == item

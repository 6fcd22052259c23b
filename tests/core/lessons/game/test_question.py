"""Questions of the content: what may be asked, and what is refused."""

from dataclasses import replace

import pytest

from core.lessons.game.question import Question, checked
from tests.fakes.asking import question

GOOD = question("q")


def test_a_good_question_passes() -> None:
    assert checked(GOOD, {"adl"}) == GOOD


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (replace(GOOD, category="cats"), "no category cats"),
        (replace(GOOD, level="mad"), "no level mad"),
        (replace(GOOD, source="lost"), "no topic lost"),
        (replace(GOOD, choices=("a", "b", "c")), "not 4 different answers"),
        (replace(GOOD, choices=("a", "b", "c", "A")), "not 4 different answers"),
        (replace(GOOD, text="long " * 25), "too long: long"),
        (replace(GOOD, text="a" * 31), "too long: aaa"),
        (replace(GOOD, explanation="long " * 49), "too long: long"),
        (replace(GOOD, choices=("a" * 28, "b", "c", "d")), "too long: aaa"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(bad: Question, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        checked(bad, {"adl"})


def test_the_longest_that_fits_a_phone_passes() -> None:
    longest = replace(GOOD, text="abcd " * 24, choices=("a" * 27, "b", "c", "d"))
    assert checked(longest, {"adl"}) == longest

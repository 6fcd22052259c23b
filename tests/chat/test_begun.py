"""How often and when last, said before it is done again."""

from bot.chat.begun import resets_before
from core.paper.actions import CloseAll, Reset
from tests.chat.asking import asking
from tests.commands.trades import do
from tests.walk.house import Home


def test_before_the_first_reset_there_is_nothing_to_say() -> None:
    assert resets_before(asking(Home()), Reset()) == ()


def test_before_another_it_says_the_number_and_the_day_of_the_last() -> None:
    home = Home()
    do(home, Reset())
    home.clock.advance(86_400)
    do(home, Reset())
    (words,) = resets_before(asking(home), Reset())
    assert words.text == "Resets so far: {count}, last {day}."
    assert {name: str(getattr(f, "value", "")) for name, f in words.figures.items()} == {
        "count": "2",
        "day": "2026-12-02",
    }


def test_another_action_has_nothing_to_say_of_it() -> None:
    home = Home()
    do(home, Reset())
    assert resets_before(asking(home), CloseAll()) == ()

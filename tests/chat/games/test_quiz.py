"""The quiz's name, rules and options."""

import pytest

from bot.chat.games.quiz import WORDS
from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.render import Writer
from bot.chat.reply import Reply
from core.lessons.challenges.quiz import KIND
from tests.chat.games.rounds import began, right
from tests.walk.group import Group, shown

WRITER = Writer(Numerals("en"))


def test_every_value_of_an_option_is_told_from_the_others() -> None:
    for option in KIND.options:
        said = {WRITER.figure(WORDS.options(option.name, v, english)[1]) for v in option.values}
        assert len(said) == len(option.values)


def test_the_rules_tell_how_ones_own_mistakes_come_in() -> None:
    rules = [WRITER.words(rule) for rule in WORDS.rules(english)]
    assert any("/set mistakes on" in rule for rule in rules)


async def test_a_letter_pressed_through_act_is_taken_too(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    said = await group.answer("Mira", f"/challenge act 1 1:{right(group).lower()}")
    assert said.private
    assert shown(said) == "Taken."


@pytest.mark.parametrize("kind", ["quiz", "guess"])
async def test_the_rules_have_all_their_figures_where_there_is_little_room(
    group: Group, kind: str
) -> None:
    await group.opened(f"/challenge {kind}")
    rules = await group.press("Mira", "Rules")
    assert isinstance(rules, Reply)
    assert rules.short is not None
    assert "{" not in WRITER.words(rules.short)

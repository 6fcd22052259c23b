"""The quiz's name, rules and options."""

import pytest

from bot.adapters.database import Database
from bot.adapters.database.codec import loads
from bot.chat.games.quiz import WORDS
from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.render import Writer
from bot.chat.reply import Reply
from core.lessons.challenges.quiz import KIND
from core.lessons.game.audit import Audit, agrees
from core.paper.records import Identity
from tests.builders import exact
from tests.chat.games.rounds import alone, began, item, onwards, quiz, right
from tests.core.services.falls import fall
from tests.walk.group import Group, shown

__all__ = ["exact"]

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


# --- what a group's own quiz is made of -----------------------------------------------------------


async def finished(group: Group, number: int = 1) -> Audit:
    """Let the game run out, and return it as anybody may check it."""
    for _ in range(4):
        await group.wait(60)
        await onwards(group)
    return loads(Audit, group.app.challenges.published(number))


def lost(group: Group, who: str) -> None:
    """Let somebody's own position be liquidated."""
    database = Database(group.url)
    fall(database.units(), Identity("telegram", who.lower()))
    database.close()


async def test_a_groups_own_mistakes_are_asked_where_their_owner_allows_it(group: Group) -> None:
    lost(group, "Mira")
    await alone(group, "Mira", "/set mistakes on")
    await began(group, "/challenge quiz 5 mistakes modes")
    asked = item(group)
    assert asked.kind == "own_loss"
    post = group.posts()[-1]
    assert "One of you was liquidated. What did it take?" in post
    assert "Mira" not in post
    await group.press("Tobi", right(group))
    audit = await finished(group)
    assert len(audit.conditions.mistakes) == 1
    assert agrees(audit, KIND) == ()


async def test_nobodys_mistakes_are_asked_without_a_word_of_theirs(group: Group) -> None:
    lost(group, "Mira")
    await began(group, "/challenge quiz 5 mistakes")
    assert not item(group).kind.startswith("own")
    audit = await finished(group)
    assert audit.conditions.mistakes == ()
    assert agrees(audit, KIND) == ()


async def test_a_question_that_was_asked_is_not_asked_again_in_the_next_quiz(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    await finished(group)
    first = set(quiz(group).asked)
    await began(group, "/challenge quiz 5 faq")
    audit = await finished(group, 2)
    assert set(audit.setup["used"].split()) == first
    assert first.isdisjoint(quiz(group, 2).asked)
    assert agrees(audit, KIND) == ()

"""Each kind has its words, and every view that it posts has some, narrow enough for a phone."""

import pytest

from bot.chat.games.seen import Seen
from bot.chat.games.wording import view, words_of_kinds
from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.render import COLUMNS, Writer, columns, facts_lines, table_lines
from bot.chat.reply import Facts, Reply, Table
from core.lessons.challenges import kinds
from tests.chat.games.test_duel import played
from tests.walk.group import Group

WRITER = Writer(Numerals("en"))


def test_every_kind_has_words_and_there_are_no_others() -> None:
    assert set(words_of_kinds()) == set(kinds())


@pytest.mark.parametrize("name", words_of_kinds())
def test_every_option_and_value_has_a_name_short_enough_for_a_button(name: str) -> None:
    words, kind = words_of_kinds()[name], kinds()[name]
    for option in kind.options:
        for value in option.values:
            label, figure = words.options(option.name, value, english)
            assert columns(f"{label}: {WRITER.figure(figure)}") <= 24


@pytest.mark.parametrize("name", words_of_kinds())
def test_what_it_is_and_its_rules_are_whole_sentences(name: str) -> None:
    words = words_of_kinds()[name]
    assert words.title(english)[0].isupper()
    assert words.gist(english)[-1] in ".?!"
    assert all(WRITER.words(rule)[-1] in ".?!" for rule in words.rules(english))


def widths(reply: Reply) -> list[int]:
    found = []
    for block in reply.blocks:
        if isinstance(block, Table):
            found += [columns(line) for line in table_lines(block, WRITER)]
        elif isinstance(block, Facts):
            found += [columns(line) for line in facts_lines(block, WRITER)]
    return found


def assert_narrow(group: Group, most: int = 3) -> None:
    """Hold that all that was said fits a phone, has one sentence, and so many buttons in a row."""
    for _, reply in group.wall.log:
        assert reply.short is not None
        assert all(width <= COLUMNS for width in widths(reply))
        assert all(len(row) <= most for row in reply.choices)


async def test_every_message_of_a_duel_fits_a_phone_and_has_one_sentence(group: Group) -> None:
    await group.duel("50x")
    await played(group)
    assert_narrow(group)


async def test_a_view_that_is_not_there_is_a_fault(group: Group) -> None:
    await group.opened()
    kept = group.app.challenges.numbered(1)
    sight = group.app.challenges.sight(kept)
    seen = Seen(kept, sight.kind, sight.ground, group.clock.now(), sight.path, english)
    with pytest.raises(KeyError):
        view(seen, "nonsense")

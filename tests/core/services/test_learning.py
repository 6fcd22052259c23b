"""Looking things up: an answer, or a refusal that names what is nearest."""

import pytest

from core.errors import UnknownTopic
from core.services.learning import Learning
from tests.fakes.faq import FakeFaq, faq_entry

SWITCH = faq_entry("switch", "Can I switch the margin mode?", "change margin mode with a position")
SAFER = faq_entry("safer", "Which margin mode is safer?", "safe mode for a beginner")
CAMBIO = faq_entry("switch", "¿Puedo cambiar el modo de margen?", "cambiar a cruzado")


@pytest.fixture
def source() -> FakeFaq:
    return FakeFaq(en=[SWITCH, SAFER], es=[CAMBIO])


@pytest.fixture
def learning(source: FakeFaq) -> Learning:
    return Learning(source)


def test_a_question_finds_its_entry(learning: Learning) -> None:
    assert learning.answer("can i change the margin mode with an open position", "en") == SWITCH


def test_a_question_is_english_unless_said_otherwise(learning: Learning) -> None:
    assert learning.answer("Which margin mode is safer?") == SAFER


def test_an_unclear_question_is_refused_with_the_nearest_first(learning: Learning) -> None:
    with pytest.raises(UnknownTopic) as refused:
        learning.answer("margin mode", "en")
    assert refused.value.text == "margin mode"
    assert set(refused.value.closest) == {"safer", "switch"}
    assert refused.value.code == "unknown_topic"


def test_a_question_about_something_else_is_refused_with_nothing(learning: Learning) -> None:
    with pytest.raises(UnknownTopic) as refused:
        learning.answer("🌧 ???", "en")
    assert refused.value.closest == ()


def test_an_entry_is_found_by_its_id(learning: Learning) -> None:
    assert learning.entry("safer") == SAFER


def test_an_unknown_id_is_refused_with_the_nearest(learning: Learning) -> None:
    with pytest.raises(UnknownTopic) as refused:
        learning.entry("safer-mode")
    assert refused.value.closest == ("safer", "switch")


def test_a_question_that_nothing_answers_is_known_by_its_telling_words(learning: Learning) -> None:
    asked = "Is my LIQ taxed? call 5551234 x100y"
    assert learning.missed(asked) == {"liquidation", "taxed", "call"}


def test_completions_hold_what_is_typed_before_what_is_near(learning: Learning) -> None:
    assert learning.suggest("safe") == (SAFER, SWITCH)
    assert learning.suggest("can i sw")[0] == SWITCH
    assert learning.suggest("") == (SAFER, SWITCH)
    assert learning.suggest("margin", most=1) == (SAFER,)


def test_the_topics_of_a_category_are_its_own(learning: Learning) -> None:
    assert learning.topics("en", "modes") == (SAFER, SWITCH)
    assert learning.topics("en", "fees") == ()


def test_topics_are_all_entries(learning: Learning) -> None:
    assert learning.topics("en") == (SAFER, SWITCH)


def test_a_language_answers_with_its_own_entries_and_with_english_ones(learning: Learning) -> None:
    assert learning.topics("es") == (SAFER, CAMBIO)
    assert learning.answer("puedo cambiar el modo de margen", "es") == CAMBIO
    assert learning.entry("safer", "es") == SAFER


def test_each_language_is_read_once(learning: Learning, source: FakeFaq) -> None:
    for locale in ("en", "es", "en", "es"):
        learning.topics(locale)
    assert source.reads == ["en", "es"]


def test_people_cannot_fill_the_memory_with_languages(learning: Learning, source: FakeFaq) -> None:
    for number in range(100):
        learning.topics(f"x-{number}")
    learning.topics("x-0")
    assert source.reads.count("x-0") == 2

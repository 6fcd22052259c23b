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
        learning.answer("is the safer margin mode taxed differently in some countries", "en")
    assert refused.value.text == "is the safer margin mode taxed differently in some countries"
    assert refused.value.closest == ("safer", "switch")
    assert refused.value.code == "unknown_topic"


def test_a_question_about_something_else_is_refused_with_nothing(learning: Learning) -> None:
    with pytest.raises(UnknownTopic) as refused:
        learning.answer("will it rain tomorrow", "en")
    assert refused.value.closest == ()


def test_an_entry_is_found_by_its_id(learning: Learning) -> None:
    assert learning.entry("safer") == SAFER


def test_an_unknown_id_is_refused_with_the_nearest(learning: Learning) -> None:
    with pytest.raises(UnknownTopic) as refused:
        learning.entry("safer-mode")
    assert refused.value.closest == ("safer", "switch")


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

"""What `core.ports.FaqSource` promises."""

from datetime import date

import pytest

from bot.adapters.content.faq_files import FaqFiles
from core.lessons.faq import FaqEntry
from core.ports import FaqSource
from tests.fakes.faq import FakeFaq

ENTRY = FaqEntry(
    id="which-is-safer",
    question="Which is safer?",
    alternatives=("Is isolated safer?",),
    category="basics",
    related=(),
    venue="",
    source="made up",
    source_url="https://example.org/",
    source_date=date(2026, 12, 1),
    answer="It depends.",
)


@pytest.fixture(params=["fixed", "files"])
def source(request: pytest.FixtureRequest) -> FaqSource:
    return FakeFaq(en=[ENTRY]) if request.param == "fixed" else FaqFiles()


def test_there_are_entries_each_with_its_own_id(source: FaqSource) -> None:
    ids = [entry.id for entry in source.entries("en")]
    assert ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("locale", ["en", "en-GB", "pt_BR", "xx"])
def test_a_language_has_an_entry_for_everything_english_has(source: FaqSource, locale: str) -> None:
    wanted = [entry.id for entry in source.entries("en")]
    assert [entry.id for entry in source.entries(locale)] == wanted


def test_the_ranking_knows_every_entry(source: FaqSource) -> None:
    ids = {entry.id for entry in source.entries("en")}
    assert {topic for topic, _ in source.ranking().rank("which is safer").topics} == ids

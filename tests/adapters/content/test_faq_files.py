"""FAQ files: their format, the complaints about faulty ones, and what the shipped ones say."""

from datetime import date
from pathlib import Path

import pytest

from bot.adapters.content.faq_files import FaqFiles, read_entry
from core.lessons.faq import FaqEntry
from core.ports import FaqSource
from tests.fakes.faq import FakeFaq, faq_entry

HEAD = """+++
id = "why"
question = "Why?"
alternatives = ["how come", "what for"]
category = "modes"
place = 1
related = []
venue = "binance"
live = true

[source]
title = "A page"
url = "https://example.org/page"
read = 2026-11-25
+++
"""
BODY = """
Because it is so.

- First.
- Second.

{{ compare 10x long BTC at 60000 }}
"""
SHIPPED = {entry.id: entry for entry in FaqFiles().entries("en")}


def text_of(entry: FaqEntry) -> str:
    """Return all that an answer says."""
    return " ".join((entry.answer, *entry.points))


# --- the format -----------------------------------------------------------------------------------


def test_a_file_is_read_whole() -> None:
    assert read_entry(HEAD + BODY, "en/why.md") == FaqEntry(
        id="why",
        question="Why?",
        alternatives=("how come", "what for"),
        category="modes",
        place=1,
        related=(),
        venue="binance",
        source="A page",
        source_url="https://example.org/page",
        source_date=date(2026, 11, 25),
        answer="Because it is so.",
        points=("First.", "Second."),
        live=("compare 10x long BTC at 60000",),
    )


def test_windows_line_ends_make_no_difference() -> None:
    text = HEAD + BODY
    assert read_entry(text.replace("\n", "\r\n"), "why.md") == read_entry(text, "why.md")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("+++\nid", "id", "between two"),
        ("2026-11-25\n+++", "2026-11-25\n", "between two"),
        ('id = "why"', "id = why", "Invalid value"),
        ('id = "why"', 'id = "other"', "not the file's name"),
        ('id = "why"', "id = 3", "id must be of type str"),
        ('question = "Why?"\n', "", "question is missing"),
        ('"Why?"', '" "', "question is empty"),
        ("live = true", 'live = true\ntags = "x"', "unknown key tags"),
        ('"how come"', "3", "alternatives must hold texts"),
        ('"what for"', '"how come"', "alternatives holds a text twice"),
        ("binance", "nowhere", "venue 'nowhere' is none of binance"),
        ("live = true", "live = false", "live must be true"),
        ("https://", "http://", "source.url must begin with https"),
        ("read = 2026-11-25", 'read = "2026-11-25"', "source.read must be of type date"),
        ('title = "A page"\n', "", "source.title is missing"),
        ("url =", "link =", "unknown key source.link"),
        ("Because it is so.\n", "", "must begin with the answer"),
        ("- First.", "And so on.", "only points and live examples follow"),
        ("- First.", "- One.\n- Two.\n- Three.\n- Four.", "5 points; 4 at most"),
        ("{{ compare", "see {{ compare", "on a line of its own"),
        ("{{ compare", "{{compare", "on a line of its own"),
        ("60000 }}", "60000", "on a line of its own"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(old: str, new: str, complaint: str) -> None:
    text = HEAD + BODY
    assert old in text
    with pytest.raises(ValueError, match=r"^FAQ file en/why\.md: ") as fault:
        read_entry(text.replace(old, new, 1), "en/why.md")
    assert complaint in str(fault.value)


# --- the folder -----------------------------------------------------------------------------------


def write(folder: Path, entry_id: str, text: str = HEAD + BODY) -> None:
    """Write an entry file under a folder of one language."""
    folder.mkdir(exist_ok=True)
    named = text.replace('id = "why"', f'id = "{entry_id}"')
    (folder / f"{entry_id}.md").write_text(named, encoding="utf-8")


def test_a_translated_entry_stands_in_for_the_english_one(tmp_path: Path) -> None:
    for entry_id in ("b", "a"):
        write(tmp_path / "en", entry_id)
    write(tmp_path / "es", "a", (HEAD + BODY).replace("Because it is so.", "Porque es así."))
    (tmp_path / "es" / "README.txt").write_text("no entry", encoding="utf-8")
    answers = [(entry.id, entry.answer) for entry in FaqFiles(tmp_path).entries("es-MX")]
    assert answers == [("a", "Porque es así."), ("b", "Because it is so.")]


@pytest.mark.parametrize("locale", ["", "xx", "../../en", "..", "EN_gb", "zh-Hans-CN", "é"])
def test_any_other_locale_is_answered_in_english(locale: str, tmp_path: Path) -> None:
    write(tmp_path / "en", "why")
    files = FaqFiles(tmp_path)
    assert files.entries(locale) == files.entries("en")


def test_a_translation_of_nothing_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path / "en", "a")
    write(tmp_path / "es", "b")
    with pytest.raises(ValueError, match="es: no English entry for b"):
        FaqFiles(tmp_path).entries("es")


def test_a_related_entry_must_exist(tmp_path: Path) -> None:
    write(tmp_path / "en", "a", (HEAD + BODY).replace("related = []", 'related = ["lost"]'))
    with pytest.raises(ValueError, match="FAQ entry a: no entry lost"):
        FaqFiles(tmp_path).entries("en")


@pytest.fixture(params=["files", "fake"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> FaqSource:
    """Return both implementations of the port with the same entries."""
    if request.param == "fake":
        return FakeFaq(
            en=[faq_entry("b", "Why?"), faq_entry("a", "Why?")],
            es=[faq_entry("a", "Why?", answer="Sí.")],
        )
    for language, entry_id, answer in (
        ("en", "b", "Yes."),
        ("en", "a", "Yes."),
        ("es", "a", "Sí."),
    ):
        write(tmp_path / language, entry_id, (HEAD + BODY).replace("Because it is so.", answer))
    return FaqFiles(tmp_path)


@pytest.mark.parametrize(
    ("locale", "answers"),
    [
        ("en", ["Yes.", "Yes."]),
        ("en-GB", ["Yes.", "Yes."]),
        ("es", ["Sí.", "Yes."]),
        ("es_MX", ["Sí.", "Yes."]),
        ("ru", ["Yes.", "Yes."]),
    ],
)
def test_every_source_of_entries_keeps_the_contract(
    source: FaqSource, locale: str, answers: list[str]
) -> None:
    entries = list(source.entries(locale))
    assert [entry.id for entry in entries] == ["a", "b"]
    assert [entry.answer for entry in entries] == answers

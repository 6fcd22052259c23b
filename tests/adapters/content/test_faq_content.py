"""Every entry of the knowledge base, as a reader on a phone sees it: whole, short, linked, true."""

import re
import tomllib
from functools import cache

import pytest

from bot.adapters.content.faq_files import FaqFiles
from bot.adapters.content.faq_ranking import folder
from bot.adapters.discord.render import pages
from bot.adapters.telegram.render import render
from bot.chat.render import Writer
from bot.chat.reply import Reply, Tone
from bot.commands.faq import CATEGORIES
from core.lessons.faq import FaqEntry
from tests.walk.house import Home, shown

ENTRIES = FaqFiles().entries("en")
EACH = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
LIVE = [(entry.id, line) for entry in ENTRIES for line in entry.live]

SEED = {
    "isolated-vs-cross-difference": (
        r"own .*margin|dedicated",
        r"only .*margin",
        r"(share|one) .*(pool|margin)",
        r"(whole|entire) available balance",
    ),
    "safer-mode-beginners": (
        r"isolated",
        r"most that a position can lose is the margin assigned",
        r"(whole|entire) (account )?balance|whole account",
    ),
    "switch-margin-mode": (r"most exchanges|most venues", r"no open position", r"close first"),
    "when-use-cross": (
        r"long one .* short another",
        r"offset",
        r"[Ee]xperienced",
        r"portfolio",
    ),
}
"""What each seed topic must say, as patterns of its whole text."""

COMPUTED = re.compile(r"\b\d[\d,]*\.\d+\b(?!%)|\b\d+,\d(?!00\b)\d\d\b")
"""Prices and amounts that are not round: what only the engine may say. Rates are no amounts."""


@cache
def house() -> Home:
    return Home()


@cache
def answer(entry_id: str) -> Reply:
    return house().say(f"/faq {entry_id}")


def whole(entry: FaqEntry) -> str:
    return " ".join((entry.answer, *entry.points))


def test_all_topics_are_there() -> None:
    assert len(ENTRIES) == 97


@EACH
def test_an_entry_has_ways_enough_to_be_asked(entry: FaqEntry) -> None:
    assert 12 <= len(entry.alternatives) <= 15
    assert entry.question.endswith("?")
    assert all(text == text.lower() for text in entry.alternatives)


@EACH
def test_an_entry_is_short_and_has_a_category_and_neighbours(entry: FaqEntry) -> None:
    assert len(entry.answer) <= 200
    assert entry.answer.endswith(".")
    assert all(len(point) <= 200 for point in entry.points)
    assert entry.category in CATEGORIES
    assert 2 <= len(entry.related) <= 5
    assert entry.id not in entry.related


@EACH
def test_an_entry_has_no_markup_and_promises_nothing(entry: FaqEntry) -> None:
    assert not re.search(r"[*`_<>]|https?://|!|guaranteed profit", whole(entry))


@EACH
def test_no_number_is_typed_by_hand_that_the_engine_reckons(entry: FaqEntry) -> None:
    assert not COMPUTED.search(whole(entry))


@pytest.mark.parametrize("entry_id", SEED)
def test_a_seed_topic_keeps_its_facts(entry_id: str) -> None:
    (entry,) = (each for each in ENTRIES if each.id == entry_id)
    for fact in SEED[entry_id]:
        assert re.search(fact, whole(entry)), fact


@pytest.mark.parametrize(("entry_id", "line"), LIVE, ids=str)
def test_a_live_line_is_worked_out_in_one_sentence(entry_id: str, line: str) -> None:
    reply = house().say(f"/{line}")
    assert (reply.outcome, reply.tone) == ("ok", Tone.ANSWER)
    assert reply.short is not None


@EACH
def test_an_answer_fits_into_one_message_on_both_platforms(entry: FaqEntry) -> None:
    reply = answer(entry.id)
    assert shown(reply).startswith(entry.question)
    writer = Writer.of(reply, "en")
    assert len(render(reply, writer)) == 1
    assert len(pages(reply, writer)) == 1


@EACH
def test_an_answer_tells_its_examples_and_its_source(entry: FaqEntry) -> None:
    text = shown(answer(entry.id))
    assert ("For example:" in text) == bool(entry.live)
    assert f"Source: {entry.source}." in text


def test_terms_mean_one_topic_each() -> None:
    said: dict[str, str] = {}
    for entry in ENTRIES:
        for term in entry.terms:
            assert said.setdefault(term, entry.id) == entry.id


def test_further_questions_are_about_topics_there_are() -> None:
    known = {entry.id for entry in ENTRIES}
    for file in folder().joinpath("more").iterdir():
        topics = tomllib.loads(file.read_text(encoding="utf-8"))
        assert topics.keys() <= known, file.name

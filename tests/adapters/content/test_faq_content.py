"""Every entry of the knowledge base, as a reader on a phone sees it: whole, short, linked, true."""

import re
import tomllib
from datetime import date
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

BY_ID = {entry.id: entry for entry in ENTRIES}

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
    assert [text for text in entry.alternatives if len(text) > 90 or text != text.strip()] == []


@EACH
def test_an_entry_is_short_and_has_a_category_and_neighbours(entry: FaqEntry) -> None:
    assert len(entry.answer) <= 200
    assert entry.answer.endswith(".")
    assert ". " not in entry.answer
    assert len(whole(entry)) <= 900
    assert all(len(point) <= 200 for point in entry.points)
    assert entry.category in CATEGORIES
    assert 2 <= len(entry.related) <= 5
    assert entry.id not in entry.related


@EACH
def test_an_entry_has_no_markup_and_promises_nothing(entry: FaqEntry) -> None:
    promise = r"[*`_#<>\[\]!]|https?:|you should|unfortunately|guaranteed profit"
    assert not re.search(promise, whole(entry))


@EACH
def test_no_number_is_typed_by_hand_that_the_engine_reckons(entry: FaqEntry) -> None:
    assert not COMPUTED.search(whole(entry))


@pytest.mark.parametrize(
    ("entry_id", "fact"),
    [
        ("isolated-vs-cross-difference", r"each position its own dedicated margin"),
        ("isolated-vs-cross-difference", r"not shared"),
        ("isolated-vs-cross-difference", r"liquidated, only that position's margin is lost"),
        ("isolated-vs-cross-difference", r"all positions on one pool"),
        ("isolated-vs-cross-difference", r"entire available balance as collateral for all"),
        ("safer-mode-beginners", r"^Isolated margin is generally safer for beginners"),
        ("safer-mode-beginners", r"the most that a position can lose is the margin assigned to it"),
        ("safer-mode-beginners", r"Cross margin can cost the entire balance"),
        ("safer-mode-beginners", r"when one position goes heavily wrong"),
        ("switch-margin-mode", r"^Yes, most exchanges"),
        ("switch-margin-mode", r"only while you have no open position in that pair"),
        ("switch-margin-mode", r"cannot change while a position is active: close first"),
        ("switch-margin-mode", r"Open orders can block the switch too"),
        ("when-use-cross", r"hedged positions, long one asset and short another"),
        ("when-use-cross", r"gains on one can offset losses on the other"),
        ("when-use-cross", r"Experienced traders"),
        ("when-use-cross", r"at portfolio level rather than per trade"),
    ],
)
def test_a_seed_entry_tells_its_required_facts(entry_id: str, fact: str) -> None:
    assert re.search(fact, whole(BY_ID[entry_id]))


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
    assert entry.source_url.startswith("https://") or entry.source in {"Arithmetic", "Marginbot"}
    assert entry.source_date >= date(2026, 1, 1)


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


def test_every_topic_has_a_place_of_its_own() -> None:
    assert sorted(entry.place for entry in ENTRIES) == list(range(1, len(ENTRIES) + 1))

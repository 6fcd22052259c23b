"""What `LearningBooks` keep: lessons, hosts' entries with their log, words nobody answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.lessons.badges import Badge
from core.lessons.books import ChatEntry, Noted
from core.paper.records import Identity
from core.people import ChatRules
from core.ports import Units
from tests.contracts.conftest import Doors
from tests.contracts.samples import NOW, SECOND, STRANGE, STRICT

MODES = frozenset({"modes", "risk"})
RULE = ChatEntry(
    key="own-1", question="What is our rule?", answer="We post no signals.", by="9", at=NOW
)
ADDED = Noted(at=NOW, by="9", did="add", key="own-1", question=RULE.question, answer=RULE.answer)
DROPPED = replace(ADDED, did="drop", at=NOW + SECOND, by="8")
Text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


def keep(units: Units, *entries: ChatEntry, chat: str = "-5") -> None:
    with units.writing() as books:
        for entry in entries:
            books.learning.keep_entry("telegram", chat, entry)


def note(units: Units, *lines: Noted, chat: str = "-5") -> None:
    with units.writing() as books:
        for line in lines:
            books.learning.note_entry("telegram", chat, line)


def entries(units: Units, chat: str = "-5", platform: str = "telegram") -> tuple[ChatEntry, ...]:
    with units.reading() as books:
        return books.learning.entries(platform, chat)


def log(units: Units, chat: str = "-5", most: int = 10) -> tuple[Noted, ...]:
    with units.reading() as books:
        return books.learning.entry_log("telegram", chat, most)


# --- badges


def badges(units: Units, learner: int) -> Mapping[Badge, datetime]:
    with units.reading() as books:
        return books.learning.badges(learner)


def test_a_badge_is_kept_once_with_the_day_it_was_first_seen(doors: Doors) -> None:
    with doors().writing() as books:
        mira = books.paper.enroll(Identity("telegram", "7"), NOW)
        tobi = books.paper.enroll(Identity("discord", "8"), NOW)
        for badge, at in ((Badge.STEADY, NOW), (Badge.STEADY, NOW + SECOND), (Badge.RESCUE, NOW)):
            books.learning.keep_badge(mira, badge, at)
    assert badges(doors(), mira) == {Badge.RESCUE: NOW, Badge.STEADY: NOW}
    assert badges(doors(), tobi) == {}


def test_badges_go_over_to_another_and_the_earlier_day_counts(units: Units) -> None:
    with units.writing() as books:
        mira = books.paper.enroll(Identity("telegram", "7"), NOW)
        tobi = books.paper.enroll(Identity("discord", "8"), NOW)
        books.learning.keep_badge(mira, Badge.STEADY, NOW)
        books.learning.keep_badge(mira, Badge.RESCUE, NOW + SECOND)
        books.learning.keep_badge(tobi, Badge.STEADY, NOW + SECOND)
        books.learning.keep_badge(tobi, Badge.RESCUE, NOW)
        books.learning.keep_badge(mira, Badge.ISOLATED, NOW)
        for _ in range(2):
            books.learning.hand_over_badges(mira, tobi)
    assert badges(units, mira) == {}
    assert badges(units, tobi) == dict.fromkeys((Badge.ISOLATED, Badge.RESCUE, Badge.STEADY), NOW)


def test_badges_go_with_whoever_is_forgotten(units: Units) -> None:
    with units.writing() as books:
        mira = books.paper.enroll(Identity("telegram", "7"), NOW)
        tobi = books.paper.enroll(Identity("discord", "8"), NOW)
        for learner in (mira, tobi):
            books.learning.keep_badge(learner, Badge.RESCUE, NOW)
        books.paper.forget_learner(mira)
    assert (badges(units, mira), badges(units, tobi)) == ({}, {Badge.RESCUE: NOW})


# --- lessons


def test_a_stranger_has_passed_nothing(units: Units) -> None:
    with units.reading() as books:
        assert books.learning.lessons("telegram", "1") == frozenset()


def test_passed_lessons_are_kept_for_one_person_on_one_platform(doors: Doors) -> None:
    with doors().writing() as books:
        books.learning.set_lessons("telegram", "1", frozenset({"modes"}))
        books.learning.set_lessons("telegram", "1", MODES)
    with doors().reading() as books:
        assert books.learning.lessons("telegram", "1") == MODES
        assert books.learning.lessons("discord", "1") == frozenset()
        assert books.learning.lessons("telegram", "2") == frozenset()


def test_who_is_forgotten_has_passed_nothing_and_left_no_name(units: Units) -> None:
    keep(units, RULE, replace(RULE, key="own-2", by="8"))
    note(units, ADDED, DROPPED)
    with units.writing() as books:
        books.learning.set_lessons("telegram", "9", MODES)
        books.learning.set_lessons("telegram", "8", MODES)
        books.forget("discord", "9")
        assert books.learning.lessons("telegram", "9") == MODES
        books.forget("telegram", "9")
        books.forget("telegram", "9")
    with units.reading() as books:
        assert books.learning.lessons("telegram", "9") == frozenset()
        assert books.learning.lessons("telegram", "8") == MODES
    assert [entry.by for entry in entries(units)] == ["", "8"]
    assert log(units) == (DROPPED, replace(ADDED, by=""))


# --- entries


def test_a_chat_has_no_entries_before_somebody_adds_one(units: Units) -> None:
    assert entries(units) == ()
    assert log(units) == ()


def test_an_entry_comes_back_as_it_was_kept(doors: Doors) -> None:
    strange = replace(RULE, key="own-2", question=STRANGE, answer="x" * 900, hidden=True)
    keep(doors(), RULE, strange)
    assert entries(doors()) == (RULE, strange)
    assert entries(doors(), chat="-6") == ()
    assert entries(doors(), platform="discord") == ()


def test_a_later_word_takes_the_place_of_the_first(units: Units) -> None:
    changed = replace(RULE, answer="Signals on Fridays.", hidden=True, by="8", at=NOW + SECOND)
    keep(units, RULE)
    keep(units, changed)
    assert entries(units) == (changed,)


def test_own_entries_come_by_number_and_topics_by_name_behind_them(units: Units) -> None:
    keys = ("what-is-margin", "own-10", "own-2", "adl", "own-1", "own-rules")
    keep(units, *(replace(RULE, key=key) for key in keys))
    assert [entry.key for entry in entries(units)] == [
        "own-1",
        "own-2",
        "own-10",
        "adl",
        "own-rules",
        "what-is-margin",
    ]


def test_a_dropped_entry_is_gone_and_its_log_stays(units: Units) -> None:
    keep(units, RULE, replace(RULE, key="own-2"))
    note(units, ADDED)
    for _ in range(2):
        with units.writing() as books:
            books.learning.drop_entry("telegram", "-5", "own-1")
    note(units, DROPPED)
    assert [entry.key for entry in entries(units)] == ["own-2"]
    assert log(units) == (DROPPED, ADDED)


# Each example replaces the row of the one before.
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    entry=st.builds(
        ChatEntry,
        key=st.just("own-1"),
        question=Text,
        answer=Text,
        by=Text,
        at=st.timedeltas(timedelta(-9999), timedelta(9999)).map(lambda past: NOW + past),
        hidden=st.booleans(),
    )
)
def test_whatever_hosts_write_comes_back_as_it_was(units: Units, entry: ChatEntry) -> None:
    keep(units, entry)
    assert entries(units) == (entry,)


# --- the log


def test_the_log_shows_its_newest_lines_first(units: Units) -> None:
    lines = [replace(ADDED, key=f"own-{n}", at=NOW) for n in range(1, 6)]
    note(units, *lines)
    note(units, DROPPED, chat="-6")
    assert log(units, most=3) == tuple(lines[:1:-1])
    assert log(units) == tuple(lines[::-1])
    assert log(units, "-6") == (DROPPED,)


def test_entries_that_were_ever_added_are_counted(units: Units) -> None:
    note(units, ADDED, DROPPED, replace(ADDED, key="own-2"), replace(ADDED, did="edit"))
    note(units, ADDED, chat="-6")
    with units.reading() as books:
        assert books.learning.entries_added("telegram", "-5") == 2
        assert books.learning.entries_added("telegram", "-7") == 0


# --- moving


@pytest.mark.parametrize("rules", [None, STRICT], ids=["without rules", "with rules"])
def test_a_chat_takes_entries_and_log_along_however_often_it_is_told(
    units: Units, rules: ChatRules | None
) -> None:
    keep(units, RULE)
    note(units, ADDED, DROPPED, replace(ADDED, key="own-2"))
    before = log(units)
    for _ in range(2):
        with units.writing() as books:
            if rules:
                books.set_chat_rules("telegram", "-5", rules)
            books.move_chat("telegram", "-5", "-100")
    assert (entries(units), log(units)) == ((), ())
    assert (entries(units, "-100"), log(units, "-100")) == ((RULE,), before)
    note(units, DROPPED, chat="-100")
    assert log(units, "-100")[0] == DROPPED


def test_entries_that_a_host_wrote_in_the_new_chat_already_stay(units: Units) -> None:
    other, topic = replace(RULE, answer="Ask first."), replace(RULE, key="adl", hidden=True)
    keep(units, RULE, topic)
    keep(units, other, chat="-100")
    with units.writing() as books:
        books.move_chat("telegram", "-5", "-100")
    assert entries(units, "-100") == (other, topic)
    assert entries(units) == ()


def test_a_chat_that_moves_to_where_it_is_keeps_its_entries(units: Units) -> None:
    keep(units, RULE)
    note(units, ADDED)
    with units.writing() as books:
        books.move_chat("telegram", "-5", "-5")
    assert (entries(units), log(units)) == ((RULE,), (ADDED,))


def test_another_platforms_chat_of_that_id_stays_where_it_is(units: Units) -> None:
    keep(units, RULE)
    note(units, ADDED)
    with units.writing() as books:
        books.move_chat("discord", "-5", "-100")
    assert (entries(units), log(units)) == ((RULE,), (ADDED,))


# --- missed words


def test_missed_words_are_counted_the_most_first(units: Units) -> None:
    for words in ({"staking", "moon"}, {"moon"}, {"airdrop"}, set()):
        with units.writing() as books:
            books.learning.count_missed(frozenset(words))
    with units.reading() as books:
        assert list(books.learning.missed().items()) == [
            ("moon", 2),
            ("airdrop", 1),
            ("staking", 1),
        ]


def test_a_missed_word_is_cut_and_its_cut_counted_once(units: Units) -> None:
    with units.writing() as books:
        books.learning.count_missed(frozenset({"ж" * 40, "ж" * 41, "ж" * 4096}))
        assert books.learning.missed() == {"ж" * 40: 1}

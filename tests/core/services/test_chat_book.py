"""What hosts may write for their chat: limits, links, keys, and a log of who did what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import EntryEmpty, EntryHasLink, EntryTooLong, TooManyEntries, UnknownEntry
from core.lessons.books import ChatEntry
from core.people import ChatRules
from core.services.chat_book import LONGEST, MOST, SHOWN, ChatBook, link
from tests.fakes.ports import NOON, FixedClock, MemoryUnits

HERE = ("telegram", "-5")
MIRA, TOBI = "9", "8"
QUESTION, ANSWER = "What is our rule?", "We post no signals."


class Shelf:
    """A book over memory, with a clock that can go on."""

    def __init__(self) -> None:
        self.units = MemoryUnits()
        self.clock = FixedClock()
        self.book = ChatBook(self.units, self.clock)

    def add(self, question: str = QUESTION, answer: str = ANSWER) -> ChatEntry:
        return self.book.add(*HERE, MIRA, question, answer)

    def keys(self) -> list[str]:
        return [entry.key for entry in self.book.entries(*HERE)]

    def told(self) -> list[tuple[str, str, str]]:
        return [(noted.did, noted.key, noted.by) for noted in self.book.log(*HERE)]

    def allow_links(self, *, allowed: bool = True) -> None:
        with self.units.writing() as books:
            books.set_chat_rules(*HERE, ChatRules(links=allowed))


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


# --- adding


def test_an_entry_is_kept_for_its_chat_alone(shelf: Shelf) -> None:
    added = shelf.add()
    expected = ChatEntry(key="own-1", question=QUESTION, answer=ANSWER, by=MIRA, at=NOON)
    assert added == expected
    assert shelf.book.entries(*HERE) == (added,)
    assert shelf.book.entries("telegram", "-6") == ()
    assert shelf.book.entries("discord", "-5") == ()
    assert shelf.told() == [("add", "own-1", MIRA)]


def test_the_same_entry_twice_is_one(shelf: Shelf) -> None:
    assert shelf.add() == shelf.add(f"  {QUESTION}\n", ANSWER)
    assert shelf.keys() == ["own-1"]
    assert len(shelf.told()) == 1


def test_a_key_is_never_given_twice(shelf: Shelf) -> None:
    shelf.add()
    shelf.add("When?", "Now.")
    shelf.book.drop(*HERE, MIRA, "own-2")
    assert shelf.add("When?", "Later.").key == "own-3"
    assert shelf.keys() == ["own-1", "own-3"]


def test_letters_stay_as_typed_and_tricks_go(shelf: Shelf) -> None:
    added = shelf.add("Was  ist\nMARGIN?\u202e", "मार्जिन क्‍या है\u200b, É\x00.")
    assert (added.question, added.answer) == ("Was ist MARGIN?", "मार्जिन क्‍या है, É .")


@pytest.mark.parametrize("nothing", ["", "  \n", "\u200b\u202e", "\u200d"])
def test_an_entry_needs_both_its_parts(shelf: Shelf, nothing: str) -> None:
    with pytest.raises(EntryEmpty) as of_question:
        shelf.add(nothing)
    with pytest.raises(EntryEmpty) as of_answer:
        shelf.add(QUESTION, nothing)
    assert (of_question.value.part, of_answer.value.part) == ("question", "answer")
    assert shelf.keys() == []


def test_parts_of_full_length_fit_and_one_letter_more_does_not(shelf: Shelf) -> None:
    question, answer = "q" * LONGEST["question"], "ä" * LONGEST["answer"]
    shelf.add(question, answer)
    with pytest.raises(EntryTooLong) as of_question:
        shelf.add(question + "q", answer)
    with pytest.raises(EntryTooLong) as of_answer:
        shelf.add(question, answer + "ä")
    assert (of_question.value.length, of_question.value.most) == (201, 200)
    assert (of_answer.value.length, of_answer.value.most) == (901, 900)
    assert len(shelf.keys()) == 1


def test_a_chat_has_fifty_entries_and_hides_as_many_topics_as_it_likes(shelf: Shelf) -> None:
    for n in range(MOST):
        shelf.add(f"Question {n}?", "Yes.")
    with pytest.raises(TooManyEntries):
        shelf.add()
    with pytest.raises(TooManyEntries):
        shelf.book.edit(*HERE, MIRA, "adl", "Ask us.")
    shelf.book.hide(*HERE, MIRA, "adl")
    shelf.book.edit(*HERE, MIRA, "own-7", "No.")
    shelf.book.drop(*HERE, MIRA, "own-1")
    assert shelf.add().key == "own-51"


# --- links


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.com/a.",
        "http://x",
        "tg://resolve?domain=x",
        "join t.me/signals",
        "discord.gg/abc",
        "WWW.EXAMPLE",
        "go to example.com",
        "(best-coins.xyz)",
        "пример.рф",
        "उदाहरण.भारत",
        "ｅｘａｍｐｌｅ．ｃｏｍ",
        "example。com",
        "exa\u200bmple.com",
        "example\u200d.com",
        "mail me@example.org",
        "1.2.3.4:8080",
        "xn--e1afmkfd.xn--p1ai",
    ],
)
def test_links_are_refused_unless_the_rules_allow_them(shelf: Shelf, text: str) -> None:
    for question, answer in ((text, ANSWER), (QUESTION, text)):
        with pytest.raises(EntryHasLink):
            shelf.add(question, answer)
    shelf.add()
    with pytest.raises(EntryHasLink):
        shelf.book.edit(*HERE, MIRA, "own-1", text)
    assert [entry.answer for entry in shelf.book.entries(*HERE)] == [ANSWER]
    shelf.allow_links()
    assert shelf.add(QUESTION, text).key == "own-2"


@pytest.mark.parametrize(
    "text",
    [
        "We post no signals.",
        "At 10.5x, e.g. long 0.1btc at 60.000USDT, i.e. nothing for beginners...",
        "100.0%. Then wait...then ask; BTCUSDT.P is v1.2.3, and 1.2.3.4.5 no address.",
    ],
)
def test_plain_sentences_are_no_links(text: str) -> None:
    assert link(text) == ""


@given(st.text(max_size=900))
def test_whatever_looks_like_a_link_is_a_word_of_the_text(text: str) -> None:
    assert link(f"{text} https://x.example").strip()
    found = link(text)
    assert not found or not any(map(str.isspace, found))


def test_entries_with_links_hide_when_links_are_no_longer_allowed(shelf: Shelf) -> None:
    shelf.allow_links()
    shelf.add(QUESTION, "See example.com")
    shelf.add()
    shelf.allow_links(allowed=False)
    assert [entry.hidden for entry in shelf.book.entries(*HERE)] == [True, False]
    with pytest.raises(EntryHasLink):
        shelf.book.restore(*HERE, MIRA, "own-1")
    shelf.allow_links()
    assert [entry.hidden for entry in shelf.book.entries(*HERE)] == [False, False]


# --- changing


def test_an_edited_entry_has_another_answer_and_is_shown(shelf: Shelf) -> None:
    shelf.add()
    shelf.book.hide(*HERE, MIRA, "own-1")
    shelf.clock.advance(60)
    edited = shelf.book.edit(*HERE, TOBI, "own-1", "Signals on Fridays.")
    assert (edited.question, edited.answer) == (QUESTION, "Signals on Fridays.")
    assert (edited.by, edited.at, edited.hidden) == (TOBI, shelf.clock.now(), False)
    assert shelf.book.entries(*HERE) == (edited,)
    assert shelf.told()[0] == ("edit", "own-1", TOBI)


def test_a_topic_can_have_another_answer_be_hidden_and_come_back(shelf: Shelf) -> None:
    shelf.book.edit(*HERE, MIRA, "adl", "Ask us.")
    hidden = shelf.book.hide(*HERE, MIRA, "adl")
    assert (hidden.answer, hidden.hidden) == ("Ask us.", True)
    shown = shelf.book.restore(*HERE, MIRA, "adl")
    assert (shown.answer, shown.hidden) == ("Ask us.", False)
    assert shelf.book.drop(*HERE, MIRA, "adl") == shown
    assert shelf.keys() == []
    assert [did for did, _, _ in shelf.told()] == ["drop", "show", "hide", "edit"]


def test_a_topic_that_was_only_hidden_leaves_nothing_when_it_is_shown(shelf: Shelf) -> None:
    assert shelf.book.hide(*HERE, MIRA, "adl").hidden
    assert not shelf.book.restore(*HERE, MIRA, "adl").hidden
    assert shelf.keys() == []
    assert [did for did, _, _ in shelf.told()] == ["show", "hide"]


def test_what_is_repeated_is_noted_once(shelf: Shelf) -> None:
    shelf.add()
    for _ in range(3):
        shelf.clock.advance(1)
        shelf.book.hide(*HERE, TOBI, "own-1")
    for _ in range(3):
        shelf.book.edit(*HERE, TOBI, "own-1", "Signals on Fridays.")
    for _ in range(3):
        shelf.book.restore(*HERE, TOBI, "own-1")
        shelf.book.restore(*HERE, TOBI, "adl")
    assert [did for did, _, _ in shelf.told()] == ["edit", "hide", "add"]


def test_own_entries_that_are_not_there_are_named(shelf: Shelf) -> None:
    shelf.add()
    for act in (shelf.book.hide, shelf.book.restore, shelf.book.drop):
        with pytest.raises(UnknownEntry) as refused:
            act(*HERE, MIRA, "own-9")
        assert refused.value.available == ("own-1",)
    with pytest.raises(UnknownEntry):
        shelf.book.edit(*HERE, MIRA, "own-9", ANSWER)
    with pytest.raises(UnknownEntry):
        shelf.book.drop(*HERE, MIRA, "adl")
    assert len(shelf.told()) == 1


def test_the_log_outlives_what_was_dropped_and_shows_its_newest_lines(shelf: Shelf) -> None:
    for n in range(SHOWN):
        shelf.add(f"Question {n}?", "Yes.")
    shelf.book.drop(*HERE, TOBI, "own-1")
    log = shelf.book.log(*HERE)
    assert len(log) == SHOWN
    assert (log[0].did, log[0].key, log[0].by) == ("drop", "own-1", TOBI)
    assert (log[0].question, log[0].answer) == ("Question 0?", "Yes.")
    assert log[-1].key == "own-2"

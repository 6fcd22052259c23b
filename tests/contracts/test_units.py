"""What `core.ports.Units` promise: all or nothing, one moment, no update lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from core.lessons.books import ChatEntry, Noted
from core.people import Preferences
from core.ports import Books, Units
from tests.contracts.conftest import Doors
from tests.contracts.samples import MONTH, NOW, OWN, STRICT


def both(one: Callable[[], object], other: Callable[[], object]) -> list[object]:
    """Run two things as nearly at once as two threads can."""
    start = Barrier(2)

    def run(thing: Callable[[], object]) -> object:
        start.wait(10)
        return thing()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(run, [one, other]))


def test_a_unit_that_fails_leaves_nothing(units: Units) -> None:
    with pytest.raises(ZeroDivisionError), units.writing() as books:  # noqa: PT012 - one unit
        books.set_preferences("telegram", "1", OWN)
        books.keep_choice("/liq", NOW)
        books.set_note("epoch", "1")
        raise ZeroDivisionError
    with units.reading() as books:
        assert books.preferences("telegram", "1") == Preferences()
        assert books.note("epoch") is None
    with units.writing() as books:
        assert books.drop_choices(NOW) == 0


ENTRY = ChatEntry(key="own-1", question="Rules?", answer="None.", by="9", at=NOW)
NOTED = Noted(at=NOW, by="9", did="add", key="own-1")

WRITES: dict[str, Callable[[Books], object]] = {
    "set_preferences": lambda books: books.set_preferences("t", "1", OWN),
    "forget": lambda books: books.forget("t", "1"),
    "set_chat_rules": lambda books: books.set_chat_rules("t", "1", STRICT),
    "move_chat": lambda books: books.move_chat("t", "there", "2"),
    "keep_choice": lambda books: books.keep_choice("/liq", NOW),
    "drop_choices": lambda books: books.drop_choices(NOW),
    "set_note": lambda books: books.set_note("a", "b"),
    "first_note": lambda books: books.first_note("a", "b"),
    "set_lessons": lambda books: books.learning.set_lessons("t", "1", frozenset({"modes"})),
    "keep_entry": lambda books: books.learning.keep_entry("t", "-5", ENTRY),
    "drop_entry": lambda books: books.learning.drop_entry("t", "-5", "own-1"),
    "note_entry": lambda books: books.learning.note_entry("t", "-5", NOTED),
    "count_missed": lambda books: books.learning.count_missed(frozenset({"moon"})),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_reading_unit_keeps_nothing(units: Units, name: str) -> None:
    with units.writing() as books:
        books.set_chat_rules("t", "there", STRICT)
    with pytest.raises(RuntimeError), units.reading() as books:
        WRITES[name](books)


def test_a_reading_unit_sees_one_moment_while_others_write(doors: Doors) -> None:
    reader, writer = doors(), doors()
    with reader.reading() as before:
        assert before.note("price") is None
        with writer.writing() as books:
            books.set_note("price", "1")
            books.set_preferences("telegram", "1", OWN)
        assert before.note("price") is None
        assert before.preferences("telegram", "1") == Preferences()
    with reader.reading() as after:
        assert after.note("price") == "1"


def test_what_is_not_committed_is_seen_by_nobody_else(doors: Doors) -> None:
    with doors().writing() as books:
        books.set_note("price", "1")
        with doors().reading() as others:
            assert others.note("price") is None


def test_two_racing_writers_lose_no_update(doors: Doors) -> None:
    def count_up(units: Units) -> None:
        for _ in range(25):
            with units.writing() as books:
                books.set_note("count", str(int(books.note("count") or 0) + 1))

    one, other = doors(), doors()
    both(lambda: count_up(one), lambda: count_up(other))
    with one.reading() as books:
        assert books.note("count") == "50"


def test_two_who_write_the_first_note_at_once_agree(doors: Doors) -> None:
    def first(units: Units, turn: int, value: str) -> str:
        with units.writing() as books:
            return books.first_note(f"epoch {turn}", value)

    one, other = doors(), doors()
    for turn in range(20):
        a, b = both(lambda t=turn: first(one, t, "a"), lambda t=turn: first(other, t, "b"))  # type: ignore[misc]  # defaults bind the turn
        assert a == b
        with one.reading() as books:
            assert books.note(f"epoch {turn}") == a


def test_two_who_keep_one_command_at_once_get_one_token(doors: Doors) -> None:
    def keep(units: Units) -> str:
        with units.writing() as books:
            return books.keep_choice("/liq 10x long BTC", NOW + MONTH)

    one, other = doors(), doors()
    a, b = both(lambda: keep(one), lambda: keep(other))
    assert a == b

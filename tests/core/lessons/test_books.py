"""The order in which a chat's entries are listed."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.lessons.books import ChatEntry, in_order

AT = datetime(2026, 12, 1, tzinfo=UTC)


def entry(key: str) -> ChatEntry:
    return ChatEntry(key=key, question="", answer="", by="9", at=AT)


@given(st.permutations(["own-1", "own-2", "own-10", "adl", "own-", "own-x", "what-is-margin"]))
def test_own_entries_stand_by_number_before_topics_by_name(keys: list[str]) -> None:
    assert [each.key for each in in_order(map(entry, keys))] == [
        "own-1",
        "own-2",
        "own-10",
        "adl",
        "own-",
        "own-x",
        "what-is-margin",
    ]

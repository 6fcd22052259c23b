"""A memory that forgets the oldest."""

from bot.adapters.telegram.memory import Recent


def test_the_oldest_goes_where_there_are_too_many() -> None:
    recent: Recent[int, str] = Recent(2)
    recent.keep(1, "a")
    recent.keep(2, "b")
    recent.keep(1, "c")
    recent.keep(3, "d")
    assert (recent.get(1), recent.get(2), recent.get(3)) == ("c", None, "d")
    assert 2 not in recent

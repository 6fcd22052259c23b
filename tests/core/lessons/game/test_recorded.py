"""Which kinds are played on recorded events."""

from core.lessons.challenges import kinds
from core.lessons.game.recorded import Recorded


def test_crash_and_duel_are_played_on_recorded_events_and_others_are_not() -> None:
    recorded = {name for name, kind in kinds().items() if isinstance(kind, Recorded)}
    assert recorded == {"crash", "duel"}
    assert [name for name in recorded if kinds()[name].trades] == ["duel"]

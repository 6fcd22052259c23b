"""Which kinds are played on a recorded event."""

from core.lessons.challenges import kinds
from core.lessons.game.recorded import Recorded


def test_the_crash_is_played_on_a_recorded_event_and_markets_are_not() -> None:
    recorded = {name for name, kind in kinds().items() if isinstance(kind, Recorded)}
    assert recorded == {"crash"}
    assert not any(kinds()[name].trades for name in recorded)

"""What `core.ports.Clock` promises."""

from datetime import timedelta

import pytest

from bot.runtime.clock import SystemClock
from core.ports import Clock
from tests.fakes.ports import FixedClock


@pytest.mark.parametrize("clock", [SystemClock(), FixedClock()], ids=["system", "fixed"])
def test_the_time_is_aware_in_utc_and_never_runs_back(clock: Clock) -> None:
    first, second = clock.now(), clock.now()
    assert first.utcoffset() == timedelta(0)
    assert first <= second

"""The system's clock; what it promises stands in the contract."""

from datetime import UTC, datetime

from bot.runtime.clock import SystemClock


def test_the_clock_is_this_machines() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)

"""Deafness: how long Telegram could not be heard, told while it lasts and when it ends."""

import pytest

from bot.adapters.telegram.ear import Ear


class Told:
    """What an ear told, and a clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.at = 100.0
        self.gaps: list[float] = []
        self.ear = Ear(self, self.tell)

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds

    async def tell(self, seconds: float) -> None:
        self.gaps.append(seconds)


@pytest.fixture
def told() -> Told:
    return Told()


async def test_polls_that_are_answered_tell_nothing(told: Told) -> None:
    for _ in range(3):
        await told.sleep(30)
        await told.ear.heard()
    assert told.gaps == []


async def test_a_short_gap_does_no_harm(told: Told) -> None:
    await told.ear.missed(silent=False)
    await told.sleep(2)
    await told.ear.heard()
    assert told.gaps == []


async def test_a_gap_is_told_while_it_lasts_and_at_its_end_from_where_it_began(
    told: Told,
) -> None:
    await told.ear.missed(silent=False)
    for seconds in (1, 2, 5):
        await told.sleep(seconds)
        await told.ear.missed(silent=False)
    await told.sleep(4)
    await told.ear.heard()
    await told.sleep(60)
    await told.ear.heard()
    assert told.gaps == [3, 8, 12]


async def test_a_poll_that_timed_out_may_have_been_dead_since_the_last_answer(told: Told) -> None:
    await told.ear.heard()
    await told.sleep(35)
    await told.ear.missed(silent=True)
    assert told.gaps == [35]


async def test_each_gap_begins_anew(told: Told) -> None:
    for _ in range(2):
        await told.ear.missed(silent=False)
        await told.sleep(3)
        await told.ear.heard()
        await told.sleep(100)
    assert told.gaps == [3, 3]

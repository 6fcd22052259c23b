"""A loop survives a full desk and any fault of a round, says which it was, and pauses."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.runtime.desks import Busy
from bot.runtime.loops import pause, surviving


def fails(with_: BaseException) -> None:
    raise with_


def test_a_full_desk_is_a_word_in_the_log() -> None:
    with capture_logs() as told, surviving("post"):
        fails(Busy())
    assert told == [{"event": "busy", "doing": "post", "log_level": "warning"}]


def test_a_fault_is_logged_whole_under_a_number_of_its_own() -> None:
    with capture_logs() as told, surviving("tidy"):
        fails(ValueError("broken"))
    (line,) = told
    assert (line["event"], line["doing"], line["exc_info"]) == ("fault", "tidy", True)
    assert len(line["fault"]) == 8


def test_what_goes_well_is_silent() -> None:
    with capture_logs() as told, surviving("post"):
        pass
    assert told == []


def test_who_is_told_to_stop_stops() -> None:
    with pytest.raises(asyncio.CancelledError), surviving("post"):
        fails(asyncio.CancelledError())


async def test_a_pause_ends_by_itself_or_when_the_house_stops() -> None:
    stop = asyncio.Event()
    await pause(stop, 0.001)
    assert not stop.is_set()
    stop.set()
    async with asyncio.timeout(5):
        await pause(stop, 600)

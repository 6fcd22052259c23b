"""Who is silent for too long, and what is kept of it."""

from datetime import timedelta

import pytest

from core.market import MarkPrice, Marks, Symbol
from core.money import D, Price
from core.services.backlog import NOTHING, Backlog, Listener, backlog, keep_backlog
from tests.fakes.ports import NOON, MemoryUnits

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")
LATER = timedelta(seconds=61)


def marks(seconds: float, *symbols: Symbol) -> Marks:
    at = NOON + timedelta(seconds=seconds)
    return Marks("demo", at, {symbol: MarkPrice(Price(D(7)), at) for symbol in symbols})


class Ears:
    """A listener of one process."""

    def __init__(self, known: Backlog = NOTHING) -> None:
        self.listener = Listener(timedelta(seconds=60))
        self.known = known

    def hear(
        self, seconds: float, *symbols: Symbol, swept: float | None = None, stake: str = "BTC ETH"
    ) -> dict[Symbol, float]:
        """Hear contracts at a moment; return since when which ones wait, in seconds."""
        at_stake = frozenset(Symbol(f"{coin}USDT") for coin in stake.split())
        now = NOON + timedelta(seconds=seconds)
        last = now if swept is None else NOON + timedelta(seconds=swept)
        spoken = marks(seconds, *symbols) if symbols else None
        self.known = self.listener.hear(self.known, at_stake, spoken, (last, now))
        return {s: (at - NOON).total_seconds() for s, at in self.known.since.items()}


def test_who_speaks_does_not_wait() -> None:
    ears = Ears()
    assert [ears.hear(seconds, BTC, ETH) for seconds in (1, 30, 90, 150)] == [{}] * 4


def test_one_that_is_silent_for_too_long_waits_from_its_last_mark_on() -> None:
    ears = Ears()
    ears.hear(1, BTC, ETH)
    assert ears.hear(61, BTC) == {}
    assert ears.hear(62, BTC) == {ETH: 1}
    assert ears.hear(100, BTC, ETH) == {ETH: 1}  # it speaks again, and is not judged


def test_when_nobody_speaks_all_wait() -> None:
    ears = Ears()
    ears.hear(1, BTC, ETH)
    assert ears.hear(62) == {BTC: 1, ETH: 1}


def test_who_was_not_listened_to_for_too_long_waits_as_well() -> None:
    ears = Ears()
    ears.hear(1, BTC, ETH)
    assert ears.hear(70, BTC, ETH) == {BTC: 1, ETH: 1}


def test_a_process_that_begins_goes_by_what_was_swept_last() -> None:
    assert Ears().hear(100, BTC, ETH, swept=40) == {}
    assert Ears().hear(100, BTC, ETH, swept=39) == {BTC: 39, ETH: 39}
    assert Ears(Backlog({BTC: NOON})).hear(100, BTC, ETH, swept=99) == {BTC: 0}


@pytest.mark.parametrize(("swept", "missed"), [(3599, True), (3600, False)])
def test_a_process_that_begins_may_have_missed_a_full_hour(swept: float, *, missed: bool) -> None:
    ears = Ears()
    assert bool(ears.hear(3602, BTC, ETH, swept=swept)) is missed
    ears.known = NOTHING
    assert ears.hear(3603, BTC, ETH, swept=3599) == {}  # it has listened by now


def test_what_nobody_has_anything_in_waits_for_nothing() -> None:
    ears = Ears(Backlog({BTC: NOON, ETH: NOON}, NOON))
    assert ears.hear(5, BTC, stake="ETH") == {ETH: 0}
    assert ears.known.asked == NOON
    ears.hear(5, BTC, stake="SOL")
    assert ears.known == NOTHING


def test_a_backlog_shrinks_as_it_is_judged() -> None:
    whole = Backlog({BTC: NOON, ETH: NOON + LATER}, NOON)
    assert whole.judged([BTC]).since == {ETH: NOON + LATER}
    parts = whole.judged([BTC, ETH], NOON + timedelta(seconds=30))
    assert parts.since == {BTC: NOON + timedelta(seconds=30), ETH: NOON + LATER}


def test_only_those_that_speak_can_be_judged() -> None:
    both = Backlog({BTC: NOON, ETH: NOON})
    assert both.spoken(None) == {}
    assert both.spoken(marks(1, ETH)) == {ETH: NOON}


@pytest.mark.parametrize("asked", [None, NOON])
def test_it_is_kept_for_every_process(asked: object) -> None:
    units, value = MemoryUnits(), Backlog({BTC: NOON, ETH: NOON + LATER}, asked)  # type: ignore[arg-type]  # a moment or none
    with units.writing() as books:
        assert backlog(books, "demo") == NOTHING
        keep_backlog(books, "demo", value)
    with units.reading() as books:
        assert backlog(books, "demo") == value
        assert backlog(books, "binance") == NOTHING

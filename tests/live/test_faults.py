"""What an exchange may do wrong, end to end: the real app, the real ccxt, REST and websocket.

In each fault nobody is liquidated who need not be, every alert comes exactly once when the price
really is there (even if it was there during an outage, which the candles tell), and the house says
how it is: to whoever orders, to whoever asks for the status, and in another process that asks the
exchange itself. The table of
faults and tests stands in docs/live.md.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.exchange.binance import Quote, update
from tests.house.tree import ROOT
from tests.live.house import (
    CALM,
    FALL,
    MINUTE,
    MIRA,
    NEAR,
    SPIKE,
    TOBI,
    House,
    living,
)

SECONDS = timedelta(seconds=1)
OUTAGE = 11 * MINUTE
NOBODY = {MIRA: 0, TOBI: 0}
ONCE = {MIRA: 1, TOBI: 1}

Settled = Callable[[timedelta], AbstractAsyncContextManager[House]]


@pytest.fixture
def lived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settled:
    """A house whose time is behind by so much, so that it can leap to the present."""
    return lambda behind: living(tmp_path, monkeypatch, behind)


@pytest.fixture
async def house(lived: Settled) -> AsyncIterator[House]:
    async with lived(15 * SECONDS) as house:
        yield house


async def crosses(house: House) -> None:
    """The price really comes to where both wait for it: each hears it once, and lives on."""
    house.quote(NEAR)
    await house.until(lambda: house.alerts()[MIRA])
    house.leap(11 * SECONDS)  # accounts are left in peace for ten
    await house.until(lambda: house.alerts()[TOBI])
    await house.heard()
    assert house.alerts() == ONCE
    assert await house.fallen() == NOBODY


async def nothing_happens(house: House) -> None:
    """Whatever is said, nobody is liquidated and nobody hears of an alert."""
    await house.looks()
    assert await house.fallen() == NOBODY
    assert house.alerts() == NOBODY


async def test_on_a_good_day_each_alert_and_each_liquidation_comes_once(house: House) -> None:
    assert "live since" in await house.shown("/status")
    assert await house.refused() == "ok"
    told = await house.asked()
    assert "Prices: Binance, polled since" in told
    assert "checked with Bybit" in told
    assert "asked for once" in told
    await nothing_happens(house)
    await crosses(house)
    house.quote(FALL)
    await house.until(lambda: house.letters.to(TOBI, "LIQUIDATED"))
    await house.heard()
    assert await house.fallen() == ONCE
    assert [len(house.letters.to(who, "LIQUIDATED")) for who in (MIRA, TOBI)] == [1, 1]
    assert house.alerts() == ONCE


async def test_a_line_that_acknowledges_and_then_says_nothing_is_polled_instead(
    house: House,
) -> None:
    acks = house.venue.acks
    house.venue.streaming = False
    told = await house.told("/status", "polled since")
    assert "The stream is down, so prices are asked for every few seconds." in told
    await house.until(lambda: house.venue.acks > acks + 1)
    assert "polled since" in await house.asked()
    assert await house.refused() == "ok"
    await nothing_happens(house)
    await crosses(house)


async def test_in_a_storm_of_disconnections_nothing_is_lost_or_doubled(house: House) -> None:
    lines = house.venue.connections
    house.venue.drop_after = 1
    await house.venue.drop_all()
    await house.until(lambda: house.venue.connections > lines + 2)
    assert "stale" not in await house.shown("/status")
    assert "polled since" in await house.asked()
    await nothing_happens(house)
    await crosses(house)
    house.venue.drop_after = None
    await house.told("/status", "live since")


async def test_old_and_repeated_messages_change_nothing(house: House) -> None:
    """BTC is told by hand, ETH goes on by itself."""
    del house.venue.quotes["BTCUSDT"]
    stamp = house.venue.now()

    async def tells(mark: str, at: int) -> None:
        await house.venue.say([update("BTCUSDT", Quote(mark), at)])

    for mark, at in ((CALM, stamp), (FALL, stamp - 5000), (FALL, stamp), (NEAR, stamp - 1)):
        await tells(mark, at)
    await house.heard()
    assert "live since" in await house.shown("/status")
    await nothing_happens(house)
    stamp = house.venue.now() + 1
    for _ in range(3):
        await tells(NEAR, stamp)
    await tells(CALM, stamp - 2000)
    await house.until(lambda: house.alerts()[MIRA])
    house.leap(11 * SECONDS)
    await tells(NEAR, house.venue.now())
    await house.until(lambda: house.alerts()[TOBI])
    await tells(NEAR, stamp)
    await house.heard()
    assert (house.alerts(), await house.fallen()) == (ONCE, NOBODY)
    assert "contracts 1 " in await house.asked()  # it was told by hand here, and not there


async def test_a_price_of_zero_is_none_and_the_contract_is_silent(lived: Settled) -> None:
    async with lived(75 * SECONDS) as house:
        house.quote("0.00")
        await house.heard()
        await nothing_happens(house)
        house.leap(61 * SECONDS)
        await house.told("/status", "No price of BTC comes since")
        await house.told("/status", "live since")
        assert await house.refused() == "no_price"
        assert await house.refused("9") == "no_price"
        assert "No price of BTC comes since" in await house.asked()
        await nothing_happens(house)
        house.speaks()
        await crosses(house)
        assert "No price of BTC" not in await house.shown("/status")


async def test_a_spike_on_one_venue_only_decides_nothing_then_or_later(lived: Settled) -> None:
    async with lived(75 * SECONDS) as house:
        began = house.now
        house.quote(SPIKE, second=False)
        told = await house.told("/status", "unconfirmed")
        assert "they decide nothing until they are confirmed" in told
        assert await house.refused() == "no_price"
        await house.heard()
        await nothing_happens(house)
        house.leap(61 * SECONDS)
        await house.told("/status", "No price of BTC comes since")
        assert "unconfirmed" in await house.asked()
        # What the venue's own candles keep of it is not believed either.
        for minute in (began, began + MINUTE):
            start = minute.replace(second=0, microsecond=0)
            house.venue.past.minute("BTCUSDT", start, low=SPIKE, high=CALM)
        house.quote(CALM)
        house.speaks()
        await house.until(lambda: house.venue.asked["fapi/v1/markPriceKlines"])
        await house.heard()
        await nothing_happens(house)
        await crosses(house)


@pytest.mark.parametrize("seconds", [4, -8])
async def test_a_clock_that_differs_a_little_does_no_harm(house: House, seconds: int) -> None:
    house.venue.skew += seconds * 1000
    if seconds < 0:
        house.leap(-seconds * SECONDS)  # what was said before is not said again
    await house.told("/status", "live since")
    assert "polled since" in await house.asked()
    assert await house.refused() == "ok"
    await nothing_happens(house)
    await crosses(house)


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_clock_that_differs_by_an_hour_is_not_believed(lived: Settled, hours: int) -> None:
    async with lived(OUTAGE) as house:
        house.venue.skew += hours * 3_600_000
        house.quote(FALL)
        house.leap(OUTAGE)
        await house.told("/status", "stale since")
        assert await house.refused() in {"stale_price", "no_marks"}
        assert "stale since" in await house.asked()
        await nothing_happens(house)
        house.venue.skew -= hours * 3_600_000
        house.quote(CALM)
        house.speaks()
        await house.told("/status", "live since")
        await crosses(house)


@pytest.mark.parametrize("status", [429, 418, 500, 503])
async def test_a_venue_that_refuses_everything_is_left_in_peace_and_loses_no_alert(
    lived: Settled, status: int
) -> None:
    async with lived(OUTAGE) as house:
        began = await house.falls_silent(OUTAGE, status=status)
        requests, clock = sum(house.venue.asked.values()), asyncio.get_running_loop().time
        since = clock()
        told = await house.shown("/status")
        assert "Orders are refused and nothing is liquidated until prices come again." in told
        assert await house.refused() in {"stale_price", "no_marks"}
        assert "stale since" in await house.asked()
        await nothing_happens(house)
        # Three ask by turns, with pauses of at least 0.15 s by then; the other process a few times.
        most = 15 + 3 * (clock() - since) / 0.15
        assert sum(house.venue.asked.values()) - requests < most
        for past in (house.venue.past, house.venue.second_past):
            at = began.replace(second=0, microsecond=0) + 5 * MINUTE
            past.minute("BTCUSDT", at, low=NEAR, high=CALM)
        house.speaks()
        await house.until(lambda: house.alerts() == ONCE)
        await house.told("/status", "live since")
        await house.heard()
        assert (house.alerts(), await house.fallen()) == (ONCE, NOBODY)
        assert len(house.letters.to(MIRA, "an estimate")) == 1
        assert await house.refused() == "ok"


async def test_a_fall_during_an_outage_liquidates_once_and_says_that_it_is_an_estimate(
    lived: Settled,
) -> None:
    async with lived(OUTAGE) as house:
        began = await house.falls_silent(OUTAGE)
        at = began.replace(second=0, microsecond=0) + 5 * MINUTE
        for past in (house.venue.past, house.venue.second_past):
            past.minute("BTCUSDT", at, low=FALL, high=CALM)
        house.speaks()
        await house.until(lambda: house.letters.to(TOBI, "LIQUIDATED"))
        await house.heard()
        assert await house.fallen() == ONCE
        for person in (MIRA, TOBI):
            (receipt,) = house.letters.to(person, "LIQUIDATED")
            assert "estimate" in receipt
        # A position that is gone is told by its receipt alone.
        assert house.alerts() == {MIRA: 1, TOBI: 0}


async def test_while_the_candles_do_not_come_nothing_is_decided_and_it_is_told(
    lived: Settled,
) -> None:
    async with lived(OUTAGE) as house:
        began = await house.falls_silent(OUTAGE)
        at = began.replace(second=0, microsecond=0) + 5 * MINUTE
        for past in (house.venue.past, house.venue.second_past):
            past.minute("BTCUSDT", at, low=NEAR, high=CALM)
        house.speaks(candles=False)
        told = await house.told("/status", "in vain since")
        assert re.search("(live|polled) since", told), "prices come, whatever way"
        assert "What happened to BTC from" in told
        refused = await house.shown("/open 50x long btc 50 isolated")
        assert "No price of BTC came from" in refused
        assert "asked since" in refused
        assert await house.refused("9") == "ok"  # who has nothing at stake may go on
        beside = await house.asked()
        assert "in vain since" in beside
        house.quote(FALL)
        await house.heard()
        house.quote(CALM)
        await house.heard()
        await nothing_happens(house)
        house.venue.statuses = {}
        await house.until(lambda: house.alerts() == ONCE)
        assert "in vain" not in await house.told("/status", "live since")


async def test_one_contract_that_is_silent_while_others_speak_is_judged_afterwards(
    lived: Settled,
) -> None:
    async with lived(OUTAGE) as house:
        began = house.now
        btc = house.venue.quotes.pop("BTCUSDT")
        house.leap(OUTAGE)
        await house.told("/status", "No price of BTC comes since")
        await house.told("/status", "live since")
        assert await house.refused() == "no_price"
        assert "No price of BTC comes since" in await house.asked()
        await nothing_happens(house)
        for past in (house.venue.past, house.venue.second_past):
            at = began.replace(second=0, microsecond=0) + 5 * MINUTE
            past.minute("BTCUSDT", at, low=NEAR, high=CALM)
        house.speaks()
        house.venue.quotes["BTCUSDT"] = btc
        await house.until(lambda: house.alerts() == ONCE)
        await house.heard()
        assert (house.alerts(), await house.fallen()) == (ONCE, NOBODY)
        assert len(house.letters.to(TOBI, "an estimate")) == 1
        assert await house.refused() == "ok"


def test_the_table_of_the_docs_names_each_of_these_tests() -> None:
    page = (ROOT / "docs" / "live.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    here = {name for name in globals() if name.startswith("test_")}
    assert here - named == {"test_the_table_of_the_docs_names_each_of_these_tests"}
    assert named <= here

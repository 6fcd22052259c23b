"""A venue's past through the real ccxt: every page, every order of rows, and every mishap."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.prices import history
from bot.adapters.prices.history import BOOKS, LONGEST, TRIES, History, HistoryFault
from bot.adapters.prices.venues import SPOKEN, VenueClient
from bot.runtime.clock import SystemClock
from core.lessons.recording import Span
from core.lessons.scenario import PriceKind
from core.market import Symbol
from core.money import D
from tests.builders import BTC, ETH
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.history import HOUR, Past, at

BEGINS = at("2022-11-01T00:00")
FIRST = datetime(2022, 11, 3, tzinfo=UTC)
MARK, LAST = PriceKind.MARK, PriceKind.LAST
HOURS = timedelta(hours=1)


def past() -> Past:
    return Past(BEGINS, BEGINS + 1_500 * HOUR, BEGINS + 100 * HOUR)


@pytest.fixture
async def venue() -> AsyncIterator[Exchange]:
    async with Exchange() as exchange:
        exchange.history = past()
        yield exchange


class Waits(list[float]):
    """How long was waited, without waiting."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
async def histories(venue: Exchange) -> AsyncIterator[dict[str, History]]:
    waits.clear()
    made = {
        name: History(VenueClient(name, SystemClock(), base=venue.base), waits) for name in BOOKS
    }
    yield made
    for each in made.values():
        await each.close()


waits = Waits()
each_venue = pytest.mark.parametrize("name", list(BOOKS))


def told(venue: Exchange) -> Past:
    assert venue.history is not None
    return venue.history


def test_every_venue_of_live_prices_has_a_past() -> None:
    assert BOOKS.keys() == SPOKEN.keys()


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "count", "pages"), [("binance", 1_200, 2), ("bybit", 1_200, 2), ("okx", 250, 3)]
)
@pytest.mark.parametrize("kind", [MARK, LAST])
async def test_all_pages_are_the_whole(
    venue: Exchange,
    histories: dict[str, History],
    name: str,
    count: int,
    pages: int,
    kind: PriceKind,
) -> None:
    span = Span(FIRST, count)
    found = await histories[name].klines(BTC, kind, span)
    assert tuple(sorted(found)) == span.times
    assert len(told(venue).asked) == pages
    wanted = told(venue).candle("BTC", kind, int(FIRST.timestamp() * 1000) + 700 * HOUR, 60)
    if count > 700:
        candle = found[FIRST + 700 * HOURS]
        assert [str(price) for price in candle.prices] == wanted


@each_venue
@pytest.mark.parametrize("minutes", [1, 5])
async def test_finer_candles_come_in_their_own_steps(
    venue: Exchange, histories: dict[str, History], name: str, minutes: int
) -> None:
    span = Span(FIRST, 130, minutes)
    found = await histories[name].klines(ETH, LAST, span)
    assert tuple(sorted(found)) == span.times
    assert all(kline.sound for kline in found.values())


@each_venue
async def test_marks_are_asked_for_as_marks(
    venue: Exchange, histories: dict[str, History], name: str
) -> None:
    span = Span(FIRST, 3)
    marks = await histories[name].klines(BTC, MARK, span)
    lasts = await histories[name].klines(BTC, LAST, span)
    assert marks[FIRST].open == lasts[FIRST].open
    assert marks[FIRST].low == lasts[FIRST].low + 1
    first, second = (path for path, _ in told(venue).asked)
    assert "mark" in first.lower()
    assert "mark" not in second.lower().replace("market", "")


@each_venue
async def test_rates_come_in_pages_and_on_the_hour(
    venue: Exchange, histories: dict[str, History], name: str
) -> None:
    begin = int(FIRST.timestamp() * 1000)
    told(venue).rates = {begin + n * HOUR: f"0.0000{n:04d}" for n in range(1_100)}
    found = await histories[name].rates(BTC, Span(FIRST, 420))
    assert sorted(found) == [FIRST + n * HOURS for n in range(420)]
    assert found[FIRST + 300 * HOURS] == D("0.00000300")
    assert len(told(venue).asked) == {"binance": 1, "bybit": 3, "okx": 5}[name]


@each_venue
async def test_a_hole_stays_a_hole(
    venue: Exchange, histories: dict[str, History], name: str
) -> None:
    hole = FIRST + 98 * HOURS
    told(venue).holes = {("mark", int(hole.timestamp() * 1000))}
    span = Span(FIRST, 120)
    found = await histories[name].klines(BTC, MARK, span)
    assert set(span.times) - found.keys() == {hole}


@each_venue
async def test_dates_before_a_venue_began_have_nothing(
    venue: Exchange, histories: dict[str, History], name: str
) -> None:
    early = Span(datetime(2022, 10, 1, tzinfo=UTC), 24)
    assert await histories[name].klines(BTC, MARK, early) == {}
    assert await histories[name].rates(BTC, early) == {}


# --- what is never passed on ----------------------------------------------------------------------

BAD = int((FIRST + 5 * HOURS).timestamp() * 1000)


@each_venue
@pytest.mark.parametrize(
    "prices",
    [
        ("20000", "20001", "0", "20000"),
        ("0", "0", "0", "0"),
        ("20000", "19000", "20000", "20000"),
        ("20000", "", "19000", "20000"),
        ("20000", "much", "19000", "20000"),
    ],
)
async def test_a_price_that_cannot_be_is_refused(
    venue: Exchange, histories: dict[str, History], name: str, prices: tuple[str, str, str, str]
) -> None:
    told(venue).bad[("mark", BAD)] = prices
    with pytest.raises(HistoryFault) as fault:
        await histories[name].klines(BTC, MARK, Span(FIRST, 24))
    assert str(fault.value) == (
        f"BTCUSDT: {BOOKS[name].source} tells no sound prices of 2022-11-03T05:00Z; "
        "nothing was written"
    )


@each_venue
async def test_a_candle_told_twice_and_differently_is_refused(
    venue: Exchange, histories: dict[str, History], name: str
) -> None:
    told(venue).twice = {("mark", BAD)}
    with pytest.raises(HistoryFault, match="tells two different candles of 2022-11-03T05:00Z"):
        await histories[name].klines(BTC, MARK, Span(FIRST, 24))


@each_venue
async def test_a_candle_told_twice_and_alike_is_one(
    venue: Exchange, histories: dict[str, History], name: str
) -> None:
    told(venue).bad[("mark", BAD)] = ("20000", "20000", "20000", "20000")
    told(venue).twice = {("mark", BAD)}
    span = Span(FIRST, 24)
    assert tuple(sorted(await histories[name].klines(BTC, MARK, span))) == span.times


@pytest.mark.parametrize(("late", "rate"), [(0, "much"), (30 * 60_000, "0.0001")])
async def test_a_rate_that_cannot_be_is_refused(
    venue: Exchange, histories: dict[str, History], late: int, rate: str
) -> None:
    told(venue).rates = {BAD + late: rate}
    with pytest.raises(HistoryFault, match="no sound funding rate of 2022-11-03T05:"):
        await histories["binance"].rates(BTC, Span(FIRST, 24))


async def test_a_contract_that_is_not_listed_is_named(histories: dict[str, History]) -> None:
    with pytest.raises(HistoryFault, match="Bybit linear perpetual lists no DOGEUSDT; leave it"):
        await histories["bybit"].klines(Symbol("DOGEUSDT"), MARK, Span(FIRST, 24))


# --- patience -------------------------------------------------------------------------------------


@each_venue
async def test_a_venue_that_says_not_now_is_asked_again_when_it_likes(
    venue: Exchange, histories: dict[str, History], name: str
) -> None:
    span = Span(FIRST, 24)
    await histories[name].klines(ETH, MARK, span)  # the contracts are known from now on
    told(venue).mishaps = [(429, {"Retry-After": "7"}), (429, {"Retry-After": "11"})]
    assert tuple(sorted(await histories[name].klines(BTC, MARK, span))) == span.times
    assert len(waits) == 2
    assert waits[0] >= 7
    assert waits[1] >= 11


@each_venue
@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_venue_that_never_answers_is_given_up(
    venue: Exchange, histories: dict[str, History], name: str, status: int
) -> None:
    told(venue).mishaps = [(status, {})] * 100
    with pytest.raises(HistoryFault, match=r"does not answer \(.*\); nothing was written, try"):
        await histories[name].klines(BTC, MARK, Span(FIRST, 24))
    assert len(waits) == TRIES - 1
    assert sum(waits) < TRIES * LONGEST


async def test_a_wait_that_nobody_would_wait_ends_it(
    venue: Exchange, histories: dict[str, History]
) -> None:
    told(venue).mishaps = [(418, {"Retry-After": "3600"})]
    with pytest.raises(HistoryFault, match="Binance USD-M perpetual asks to wait 3600 s"):
        await histories["binance"].klines(BTC, MARK, Span(FIRST, 24))
    assert waits == []


@each_venue
async def test_a_question_that_is_wrong_is_not_asked_again(
    venue: Exchange, histories: dict[str, History], name: str
) -> None:
    told(venue).mishaps = [(400, {})]
    with pytest.raises(HistoryFault, match="does not answer"):
        await histories[name].klines(BTC, MARK, Span(FIRST, 24))
    assert waits == []


async def test_without_the_library_it_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(history, "find_spec", lambda _: None)
    with pytest.raises(HistoryFault, match=r"install marginbot\[live\]"):
        History(VenueClient("binance", SystemClock()))

"""What is to be fetched: a stored event as it is or extended, or a new one; what is unclear."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.content.scenario_shelf import ScenarioShelf
from bot.adapters.content.scenario_writer import store
from bot.adapters.prices.history import BOOKS
from bot.cli.scenario_plan import COINS, MOST, VENUES, Unclear, Wish, coins, count, hour, planned
from core.lessons.recording import Span
from tests.builders import BTC, ETH
from tests.fakes.scenarios import BEGAN, flat

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
FTX = datetime(2022, 11, 5, tzinfo=UTC)
LATER = datetime(2026, 10, 1, tzinfo=UTC)
HOURS = timedelta(hours=1)


@pytest.fixture
def shelf(tmp_path: Path) -> ScenarioShelf:
    return ScenarioShelf(tmp_path)


def wish(name: str) -> Wish:
    return Wish(name=name, source="a venue")


# --- what is typed --------------------------------------------------------------------------------


def test_coins_are_read_however_they_are_typed_and_each_once() -> None:
    assert coins("btc, ETHUSDT,Btc") == (BTC, ETH)
    assert [symbol.removesuffix("USDT") for symbol in coins(",".join(COINS))] == list(COINS)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-10-01T00:00Z", LATER),
        ("2026-10-01", LATER),
        ("2026-10-01T02:00+02:00", LATER),
        ("2026-10-01 00:00", LATER),
    ],
)
def test_a_time_is_read_as_utc_unless_it_names_a_zone(text: str, at: datetime) -> None:
    assert hour(text) == at
    assert hour(text).utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("read", "text", "fault"),
    [
        (coins, "BTC,TULIP", "'TULIP' is no coin that can be played"),
        (coins, "", "'' is no coin that can be played"),
        (hour, "yesterday", "'yesterday' is no time like 2026-10-01T00:00Z"),
        (hour, "0001-01-01T00:00+02:00", "is no time like"),
        (hour, "2026-10-01T00:30Z", "is no whole hour since 2017"),
        (hour, "1929-10-29", "is no whole hour since 2017"),
        (hour, "9999-12-31", "is no whole hour since 2017"),
        (count, "0", "hours are from 1 to 744"),
        (count, "745", "hours are from 1 to 744"),
        (count, "-1", "hours are from 1 to 744"),
        (count, "9" * 5_000, "hours are from 1 to 744"),
    ],
)
def test_what_cannot_be_read_is_told(read: Callable[[str], object], text: str, fault: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError) as raised:
        read(text)
    assert fault in str(raised.value)


def test_hours_are_counted() -> None:
    assert (count("1"), count("744")) == (1, MOST)


def test_every_venue_of_which_a_past_is_known_can_be_named() -> None:
    assert tuple(BOOKS) == VENUES


# --- a stored event -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["2022-11-08", "ftx", "FTX", "FTX collapse", "ftx-collapse", "2022-11"]
)
def test_a_stored_event_is_taken_as_it_is(shelf: ScenarioShelf, name: str) -> None:
    plan, stored = planned(wish(name), shelf, NOW)
    assert stored == shelf.scenario("2022-11-08")
    assert (plan.id, plan.name, plan.told) == (
        stored.heading.id, stored.heading.name, stored.heading.told,
    )  # fmt: skip
    assert (plan.span, plan.minutes) == (Span(FTX, 216), 5)
    assert plan.symbols == tuple(stored.heading.coins)
    assert plan.fine == Span(FTX + 86 * HOURS, 12)


def test_an_event_without_finer_rows_leaves_open_where_they_are(shelf: ScenarioShelf) -> None:
    plan, _ = planned(wish("luna"), shelf, NOW)
    assert (plan.fine, plan.minutes) == (None, 5)


def test_finer_rows_keep_their_steps_unless_others_are_wanted(shelf: ScenarioShelf) -> None:
    etf = wish("etf")
    assert planned(etf, shelf, NOW)[0].minutes == 15
    assert planned(replace(etf, minutes=1), shelf, NOW)[0].minutes == 1


@pytest.mark.parametrize(
    ("begin", "hours", "span", "fine"),
    [
        (None, 240, Span(FTX, 240), True),
        (None, 90, Span(FTX, 90), False),
        (FTX - 24 * HOURS, None, Span(FTX - 24 * HOURS, 240), True),
        (FTX + 24 * HOURS, None, Span(FTX + 24 * HOURS, 192), True),
        (FTX + 90 * HOURS, 10, Span(FTX + 90 * HOURS, 10), False),
    ],
)
def test_an_event_can_be_extended_or_cut(
    shelf: ScenarioShelf, begin: datetime | None, hours: int | None, span: Span, fine: bool
) -> None:
    asked = replace(wish("ftx"), begin=begin, hours=hours, symbols=(ETH,))
    plan, stored = planned(asked, shelf, NOW)
    assert stored is not None
    assert (plan.span, plan.symbols) == (span, (ETH,))
    assert (plan.fine is not None) is fine


def test_a_word_that_means_several_is_not_guessed(shelf: ScenarioShelf) -> None:
    with pytest.raises(Unclear, match=r"collapse may mean 2022-05-09 \(Luna collapse\), 2022-11"):
        planned(wish("collapse"), shelf, NOW)


def test_an_event_is_extended_by_hours_that_touch_it_and_not_without_measure(
    shelf: ScenarioShelf,
) -> None:
    far = replace(wish("ftx"), begin=FTX - 700 * HOURS)
    with pytest.raises(Unclear, match="these are 916 hours, and 744 are the most: say --hours"):
        planned(far, shelf, NOW)
    assert planned(replace(far, hours=701), shelf, NOW)[0].id == "2022-11-08"
    apart, stored = planned(replace(far, hours=700), shelf, NOW)
    assert (apart.name, stored) == ("Ftx", None)


# --- a new one ------------------------------------------------------------------------------------


def new(name: str, begin: datetime = LATER, hours: int | None = 72) -> Wish:
    return replace(wish(name), begin=begin, hours=hours)


def test_a_new_event_has_its_first_day_for_its_name(shelf: ScenarioShelf) -> None:
    plan, stored = planned(new("october-dip"), shelf, NOW)
    assert stored is None
    assert (plan.id, plan.name) == ("2026-10-01", "October dip")
    assert plan.told == "Hours that the host of this bot chose, from a venue."
    assert plan.span == Span(LATER, 72)
    assert plan.symbols == coins(",".join(COINS))
    assert (plan.fine, plan.minutes) == (None, 5)


def test_another_event_of_the_same_day_has_its_name_too(
    shelf: ScenarioShelf, tmp_path: Path
) -> None:
    store(flat(72, {BTC: 1}, "2026-10-01", "October dip"), tmp_path)
    plan, stored = planned(new("Second  look"), shelf, NOW)
    assert (plan.id, plan.name, stored) == ("2026-10-01-second-look", "Second look", None)


def test_a_word_of_a_stored_event_may_name_new_hours(shelf: ScenarioShelf) -> None:
    plan, stored = planned(new("luna"), shelf, NOW)
    assert (plan.id, plan.name, stored) == ("2026-10-01", "Luna", None)


def test_an_own_event_is_found_again_by_its_name(shelf: ScenarioShelf, tmp_path: Path) -> None:
    own = flat(72, {BTC: 1}, "2026-10-01", "October dip")
    store(own, tmp_path)
    plan, stored = planned(wish("october-dip"), shelf, NOW)
    assert (plan.id, stored) == ("2026-10-01", own)
    assert plan.span == Span(BEGAN, 72)


@pytest.mark.parametrize("name", ["tulips", "2026-10-01"])
def test_a_new_event_must_say_its_hours(shelf: ScenarioShelf, name: str) -> None:
    for asked in (wish(name), new(name, hours=None), replace(wish(name), hours=72)):
        with pytest.raises(Unclear, match="for a new one say its hours: --from"):
            planned(asked, shelf, NOW)


@pytest.mark.parametrize("name", ["2026-10-01", "../up", "a/b", "x" * 21, "", "Größe", ".hidden"])
def test_a_new_name_is_a_plain_word(shelf: ScenarioShelf, name: str) -> None:
    with pytest.raises(Unclear, match="a new name is a letter, then letters"):
        planned(new(name), shelf, NOW)


@pytest.mark.parametrize(("begin", "over"), [(NOW, 0), (NOW - 10 * HOURS, 9), (NOW + HOURS, 0)])
def test_hours_that_are_not_over_are_refused(
    shelf: ScenarioShelf, begin: datetime, over: int
) -> None:
    begin = begin.replace(minute=0) + HOURS
    with pytest.raises(Unclear, match=f"^{over} of these 72 hours are over: fetch them later$"):
        planned(new("soon", begin), shelf, NOW)

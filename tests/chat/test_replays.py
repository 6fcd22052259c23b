"""Cards of recorded events: what each ending teaches, and that the prices are called recorded."""

from dataclasses import replace

import pytest

from bot.chat.render import COLUMNS, Writer, table_lines
from bot.chat.replays import lesson, step_card, summary
from bot.chat.reply import Notes, Points, Reply, Table, Text
from core.lessons.scenario import Scenario
from core.margin.sizing import Size, SizeKind, Trade
from core.market import Symbol
from core.money import D, Rate
from core.paper.rules import PaperRules
from core.services.compare import Terms
from core.services.prices import Prices
from core.services.replays import Replayed, Replays
from tests.builders import BTC, ETH, amount, exact
from tests.chat.asking import asking
from tests.core.paper.builders import CROSS, LONG, SHORT, do, fresh, scene, stops, venue, wish
from tests.fakes.ports import FixedClock, FixedMarks
from tests.fakes.scenarios import FixedScenarios, bar, scenario
from tests.walk.house import Home

__all__ = ["exact"]

WRITER = Writer.of(Reply(()), "en")
ASK = asking(Home())
NOW = scene(btc=60_000, eth=2_000)
WAYS = {
    "flat": [bar(1)],
    "back": [bar(1, 1, "0.55", "0.7"), bar("0.7", "1.1", "0.7", "1.1")],
    "down": [bar(1, 1, "0.6", "0.6")],
    "end": [bar(1, 1, "0.8", "0.8"), bar("0.8", "0.8", "0.2", "0.2")],
}


def recording(way: str) -> Scenario:
    return scenario([{BTC: each, ETH: each} for each in WAYS[way]], {BTC: 8_000, ETH: 200})


def replays(way: str, recorded: Scenario | None = None) -> Replays:
    recorded = recorded or recording(way)
    prices = Prices({"binance": venue()}, FixedMarks({BTC: 60_000, ETH: 2_000}), FixedClock())
    return Replays(FixedScenarios(recorded), prices, PaperRules())


def played(way: str) -> Replayed:
    trade = Trade(BTC, LONG, Rate(D(10)), Size(SizeKind.MARGIN, D(2_000)))
    return replays(way).trade("2020-03-12", trade, Terms(venue="binance", wallet=amount(10_000)))


def small(notes: object) -> list[str]:
    """The small print."""
    assert isinstance(notes, Notes)
    return [WRITER.words(item) for item in notes.items]


@pytest.mark.parametrize(
    ("way", "taught"),
    [
        ("flat", "Both modes lived through it: -12.00 in the end"),
        ("back", "the wallet carried it through."),
        ("down", "what isolated kept out of reach, cross lost."),
        ("end", "Cross was liquidated at 2020-03-09 01:00 UTC, and 0.00 was left."),
    ],
)
def test_each_ending_teaches_its_own_lesson(way: str, taught: str) -> None:
    assert taught in WRITER.words(lesson(ASK, played(way)))


def test_a_pool_that_falls_where_no_pocket_does_pays_for_every_position() -> None:
    seen, still = played("end"), played("flat")
    told = WRITER.words(lesson(ASK, replace(seen, isolated=still.isolated)))
    assert told.startswith("Cross was liquidated at 2020-03-09 01:00 UTC: one pool paid for every")
    assert told.endswith("Isolated kept 9,988.00.")


def test_what_a_stop_closed_was_not_liquidated() -> None:
    account = do(fresh(), wish("0.1", stops=stops(57_000)), NOW)
    seen = replays("down").account("2020-03-12", account)
    table = next(block for block in summary(ASK, seen, []) if isinstance(block, Table))
    (line,) = [line for line in table_lines(table, WRITER) if line.startswith("Liq. on")]
    assert line.split()[-2:] == ["closed", "closed"]


def test_a_summary_fits_a_phone_and_says_what_it_stands_on() -> None:
    title, told, table, _, notes = summary(ASK, played("end"), [])
    assert "RECORDED PRICES of 2020-03-12, an estimate." in WRITER.words(title.words)  # type: ignore[union-attr]  # the first block
    assert isinstance(told, Text)
    assert isinstance(table, Table)
    lines = table_lines(table, WRITER)
    assert max(map(len, lines)) <= COLUMNS
    assert [line.split()[0] for line in lines[1:]] == [
        "Entry", "Worst", "Liq.", "at", "Result", "Left",
    ]  # fmt: skip
    assert isinstance(notes, Notes)
    assert WRITER.words(notes.items[0]) == "BTC: mark prices by the hour, a test, read 2026-11-25"


def test_an_account_begins_with_what_it_is_worth() -> None:
    account = do(do(fresh(), wish("0.1"), NOW), wish("1", SHORT, CROSS, symbol=ETH), NOW)
    seen = replays("end").account("2020-03-12", account)
    table = next(block for block in summary(ASK, seen, []) if isinstance(block, Table))
    lines = table_lines(table, WRITER)
    assert any(line.startswith("Before") for line in lines)
    assert not any(line.strip().startswith("at ") for line in lines)


def test_a_step_shows_prices_both_balances_and_who_fell() -> None:
    seen = played("end")
    blocks = step_card(ASK, seen, 2)
    points = next(block for block in blocks if isinstance(block, Points))
    assert WRITER.words(points.items[0]) == "BTC 6,400.0, -20.0% since the beginning"
    told = [WRITER.words(block.words) for block in blocks if isinstance(block, Text)]
    (fall,) = [text for text in told if "was liquidated at" in text]
    assert fall.startswith("Isolated: LONG BTC was liquidated at 7,2")
    table = next(block for block in blocks if isinstance(block, Table))
    assert max(map(len, table_lines(table, WRITER))) <= COLUMNS


# --- funding, and whose prices they are -----------------------------------------------------------


def funded(*symbols: Symbol) -> Scenario:
    """The way down in two hours, with rates of these coins."""
    recorded = recording("end")
    coins = {
        symbol: replace(coin, funding="a test" if symbol in symbols else "")
        for symbol, coin in recorded.heading.coins.items()
    }
    rates = {1: dict.fromkeys(symbols, Rate(D("0.001")))}
    return replace(recorded, heading=replace(recorded.heading, coins=coins), funding=rates)


def both(recorded: Scenario) -> Replayed:
    account = do(do(fresh(), wish("0.1"), NOW), wish("1", SHORT, CROSS, symbol=ETH), NOW)
    return replays("end", recorded).account("2020-03-12", account)


def test_funding_stands_in_the_table_where_its_rates_are_recorded() -> None:
    seen = both(funded(BTC, ETH))
    *_, table, _, notes = summary(ASK, seen, [])
    assert isinstance(table, Table)
    lines = table_lines(table, WRITER)
    (line,) = [line for line in lines if line.startswith("Funding")]
    assert line.split() == ["Funding", "+1.60", "-3.20"]  # 0.1 % of 1,600, and of 4,800
    assert seen.isolated.falls[0].scene.at < seen.isolated.moments[2].at  # the long was gone
    assert max(map(len, lines)) <= COLUMNS
    assert "funding included, at the rates recorded then" in small(notes)


def test_what_has_no_rates_is_named_and_where_nothing_has_there_is_no_line() -> None:
    *_, notes = summary(ASK, both(funded(BTC)), [])
    assert "funding included, but of ETH: no rates are recorded" in small(notes)
    *_, table, _, notes = summary(ASK, both(funded()), [])
    assert "without funding: no rates are recorded" in small(notes)
    assert isinstance(table, Table)
    assert not any(line.startswith("Funding") for line in table_lines(table, WRITER))


def test_coins_of_two_origins_are_told_apart() -> None:
    recorded = recording("end")
    coins = dict(recorded.heading.coins)
    coins[ETH] = replace(coins[ETH], source="elsewhere")
    seen = both(replace(recorded, heading=replace(recorded.heading, coins=coins)))
    *_, notes = summary(ASK, seen, [])
    assert small(notes)[:2] == [
        "BTC: mark prices by the hour, a test, read 2026-11-25",
        "ETH: mark prices by the hour, elsewhere, read 2026-11-25",
    ]

"""What an action does, in rows and sentences."""

from dataclasses import replace

import pytest

from bot.chat.acts import (
    Act,
    cancel_choice,
    close_choice,
    fee_row,
    headed,
    held_limit,
    pnl_row,
    why_that_price,
)
from bot.chat.figures import Money, PriceOf
from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.positions import stop_rows
from bot.chat.render import Writer
from bot.chat.reply import Words
from core.money import D, Price
from core.paper.account import Stops
from core.paper.records import Done
from core.paper.scene import Scene
from tests.commands.trades import closed, opened
from tests.walk.house import LISTINGS, Home


def act_of(home: Home, done: Done) -> Act:
    rules = home.services.trading.rules
    return Act(done, Scene(LISTINGS["binance"], done.marks, done.marks.at, rules), english)


def said(words: Words) -> str:
    return Writer(Numerals()).words(words)


@pytest.fixture
def home() -> Home:
    return Home()


def test_recorded_prices_are_called_so_and_live_ones_are_not(home: Home) -> None:
    done = opened(home, "BTC", "0.1")
    assert said(headed(act_of(home, done), "Done.", {}).words) == "Done. DEMO PRICES, not live."
    live = replace(done, marks=replace(done.marks, market="binance"))
    assert said(headed(act_of(home, live), "Done.", {}).words) == "Done."


@pytest.mark.parametrize(
    ("short", "way"),
    [
        (False, "Bought at the mark 68,424.0 plus half the spread, 0.01%."),
        (True, "Sold at the mark 68,424.0 less half the spread, 0.01%."),
    ],
)
def test_a_fill_that_nobody_saw_before_says_how_its_price_came_about(
    home: Home, short: bool, way: str
) -> None:
    act = act_of(home, opened(home, "BTC", "0.1", short=short))
    assert said(why_that_price(act, act.fills[0])) == way


def test_closing_a_long_sells_and_names_what_was_shown(home: Home) -> None:
    opened(home, "BTC", "0.1")
    act = act_of(home, closed(home, 1, "0.1"))
    text = said(why_that_price(act, replace(act.fills[0], seen=Price(D(68000)))))
    assert text.startswith("Sold at the first mark after Confirm, 68,424.0, less half the spread")
    assert text.endswith("the preview showed 68,000.0.")


def test_results_and_fees_are_summed_over_all_fills(home: Home) -> None:
    opened(home, "BTC", "0.1")
    done = closed(home, 1, "0.04")
    twice = replace(done, events=(*done.events, *done.events))
    one, both = act_of(home, done), act_of(home, twice)
    for row in (fee_row, pnl_row):
        (_, single), (_, double) = row(one), row(both)
        assert isinstance(single, Money)
        assert isinstance(double, Money)
        assert double.value == 2 * single.value != 0


def test_a_position_that_is_gone_has_no_limit(home: Home) -> None:
    opened(home, "BTC", "0.1")
    act = act_of(home, closed(home, 1, "0.1"))
    assert act.held(1) is None
    assert list(held_limit(act, act.held(1))) == []


def test_a_position_that_cannot_be_liquidated_has_no_distance(home: Home) -> None:
    act = act_of(home, opened(home, "BTC", "0.01", cross=True))
    ((name, limit),) = held_limit(act, act.held(1))
    assert name == "liq. price"
    assert isinstance(limit, PriceOf)
    assert limit.value is None


def test_only_stops_that_are_set_have_a_row(home: Home) -> None:
    done = opened(home, "BTC", "0.01")
    act, symbol = act_of(home, done), done.after.positions[0].leg.symbol
    assert list(stop_rows(symbol, Stops(), act.scene, english)) == []
    target = Stops(profit=Price(D(80000)))
    assert [n for n, _ in stop_rows(symbol, target, act.scene, english)] == ["target"]


def test_buttons_that_change_something_are_kept() -> None:
    close, cancel = close_choice(3, english, " 50%"), cancel_choice(4, english)
    assert (close.label, close.say, close.kept) == ("Close #3", "/close #3 50%", True)
    assert (cancel.label, cancel.say, cancel.kept) == ("Cancel #4", "/cancel #4", True)

"""Alerts in words: what is waited for, and what came to be: the mark, its age, the distance."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.alerts import alert_line, alert_say, away_words, news_reply, what_words
from bot.chat.figures import PriceOf
from bot.chat.i18n import english
from bot.chat.render import Writer
from bot.chat.reply import Reply, Words
from core.alerts.alert import (
    Alert,
    Fired,
    FundingAlert,
    LiquidationAlert,
    PriceAlert,
    What,
    due,
)
from core.alerts.books import News
from core.market import Marks, Symbol
from core.money import D, Price, Rate
from core.paper.account import PaperAccount
from tests.builders import BTC, ETH, NOON, Number, marks, price, rate
from tests.chat.lines import read
from tests.core.paper.builders import SHORT, do, fresh, scene, venue, wish
from tests.walk.house import shown

HIGH = PriceAlert(BTC, price(70_000), rising=True)
LOW = PriceAlert(BTC, price(50_000), rising=False)
NEAR = LiquidationAlert(rate("0.05"))
LATER = NOON + timedelta(days=1)
WORDS: Mapping[What, str] = {
    HIGH: "BTC at 70,000.0 or above",
    LOW: "BTC at 50,000.0 or below",
    NEAR: "a position within 5% of its liquidation price",
    LiquidationAlert(rate("0.0325")): "a position within 3.25% of its liquidation price",
    FundingAlert(): "funding due on a position within 15 minutes",
    FundingAlert(BTC): "funding of BTC due within 15 minutes",
}


def said(words: Words) -> str:
    return Writer.of(Reply(()), "en").words(words)


def priced(symbol: Symbol, level: Price) -> PriceOf:
    return PriceOf(level, venue().instrument(symbol).tick)


def alert(what: What) -> Alert:
    return Alert(learner=1, market="test", number=3, what=what, since=NOON)


def told(what: What, at: Marks, account: PaperAccount | None = None) -> str:
    """How it is said, a minute and a half after the marks, that an alert came to be."""
    fired = due(alert(what), account, at, venue())
    assert isinstance(fired, Fired)
    news = News(1, "k", fired, NOON + timedelta(seconds=90))
    on = replace(scene(), marks=fired.marks)
    reply = news_reply(news, on, english)
    assert reply.private
    return shown(reply)


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


@pytest.mark.parametrize("what", WORDS, ids=str)
def test_each_says_what_it_waits_for(what: What) -> None:
    assert said(what_words(what, priced, english)) == WORDS[what]


@pytest.mark.parametrize("what", WORDS, ids=str)
def test_the_line_that_sets_it_again_reads_as_itself(what: What) -> None:
    values = read(alert_say(what)).values
    match what:
        case PriceAlert():
            assert (values["symbol"], values["price"]) == (what.symbol, what.price)
        case LiquidationAlert():
            assert (values["about"], values["percent"]) == ("liq", what.within * 100)
        case FundingAlert():
            assert (values["about"], values.get("symbol")) == ("funding", what.symbol)


def test_a_listed_alert_says_whether_it_rests_or_waits_elsewhere() -> None:
    high, near = (what_words(what, priced, english) for what in (HIGH, NEAR))
    awake = alert_line(alert(HIGH), high, NOON, "test", english)
    assert said(awake) == "#3 BTC at 70,000.0 or above"
    resting = replace(alert(NEAR), rests=LATER)
    text = said(alert_line(resting, near, NOON, "test", english))
    assert text == f"#3 {WORDS[NEAR]}; it rests until 2026-11-23 12:00 UTC"
    rested = said(alert_line(resting, near, LATER, "test", english))
    assert rested == f"#3 {WORDS[NEAR]}"
    elsewhere = said(alert_line(alert(HIGH), high, NOON, "demo", english))
    assert elsewhere.endswith("; it waits for the market test")


def test_an_alert_says_how_far_it_is() -> None:
    high = away_words(HIGH, what_words(HIGH, priced, english), Rate(D("0.025")), english)
    assert said(high) == "BTC at 70,000.0 or above, +2.50% from the mark"
    near = away_words(NEAR, what_words(NEAR, priced, english), Rate(D("0.123")), english)
    assert said(near) == f"{WORDS[NEAR]}, the nearest is 12.30% away"
    listed = said(alert_line(alert(HIGH), high, NOON, "test", english))
    assert listed == "#3 BTC at 70,000.0 or above, +2.50% from the mark"


@pytest.mark.parametrize(
    ("what", "mark", "first", "beyond"),
    [
        (HIGH, "70070", "BTC rose to 70,070.0.", "+0.10%"),
        (LOW, "49950", "BTC fell to 49,950.0.", "-0.10%"),
    ],
)
def test_a_price_says_the_mark_its_age_and_how_far_it_went(
    what: PriceAlert, mark: Number, first: str, beyond: str
) -> None:
    text = lines(told(what, marks(btc=mark)))
    assert text[0] == first
    assert f"beyond it {beyond}" in text
    assert any(line.startswith("its age 1 min") for line in text)
    assert "alert #3, 2026-11-22 12:01 UTC" in text[-2]
    assert text[-1] == "[1] Portfolio [2] Again"


def test_a_wall_says_which_position_and_how_far_it_is() -> None:
    account = do(fresh(), wish("0.1"), scene(btc=60_000))
    text = lines(told(NEAR, marks(btc=56_500), account))
    assert text[0] == "Within 5% of liquidation: #1 LONG 0.1 BTC, 10x isolated."
    assert "mark 56,500.0" in text
    assert any(line.startswith("liq. price 54,2") for line in text)
    assert any(line.startswith("away -4.") for line in text)
    assert "this alert rests for a day now" in " ".join(text)


def test_several_walls_are_counted_and_listed() -> None:
    account = do(fresh(), wish("0.1"), scene(btc=60_000, eth=3_000))
    account = do(account, wish("1", SHORT, symbol=ETH), scene(btc=60_000, eth=3_000))
    text = lines(told(NEAR, marks(btc=56_500, eth=3_200), account))
    assert text[0] == "2 positions are within 5% of liquidation."
    assert {"#1 BTC", "#2 ETH"} <= set(text)


def funded(**prices: Number) -> Marks:
    snapshot = marks(**prices)
    when = NOON + timedelta(minutes=10)
    return replace(
        snapshot,
        prices={
            symbol: replace(mark, funding=rate("0.0001"), funding_at=when)
            for symbol, mark in snapshot.prices.items()
        },
    )


def test_funding_says_when_its_rate_and_what_it_costs() -> None:
    account = do(fresh(), wish("0.1"), scene(btc=60_000))
    text = lines(told(FundingAlert(), funded(btc=60_000), account))
    assert text[0] == "Funding of BTC is due at 2026-11-22 12:10 UTC."
    assert {"rate +0.0100%", "mark 60,000.0", "you pay about 0.60"} <= set(text)


def test_funding_of_several_coins_is_summed() -> None:
    account = do(fresh(), wish("0.1", SHORT), scene(btc=60_000, eth=3_000))
    account = do(account, wish("1", symbol=ETH), scene(btc=60_000, eth=3_000))
    text = lines(told(FundingAlert(), funded(btc=60_000, eth=3_000), account))
    assert text[0].startswith("Funding of BTC, ETH is due")
    assert {"BTC", "ETH", "you receive about 0.30"} <= set(text)


def test_funding_of_a_coin_that_is_not_held_costs_nothing() -> None:
    text = told(FundingAlert(BTC), funded(btc=60_000))
    assert "you pay" not in text
    assert D(0) == due(alert(FundingAlert(BTC)), None, funded(btc=1), venue()).payment  # type: ignore[union-attr]  # it fires


def test_what_was_read_from_a_candle_is_called_an_estimate() -> None:
    at = marks(btc=60_000)
    mark = replace(at.prices[BTC], low=price(59_000), high=price(70_500))
    past = replace(at, prices={BTC: mark})
    known = replace(alert(HIGH), since=NOON - timedelta(hours=1))
    found = due(known, None, past, venue())
    assert found is not None
    on = replace(scene(), marks=found.marks)
    text = shown(news_reply(News(1, "k", found, NOON), on, english))
    assert text.startswith("BTC rose to 70,500.0.")
    assert "an estimate" in text
    assert "an estimate" not in told(HIGH, marks(btc=70_000))

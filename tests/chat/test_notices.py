"""Notices in words: what happened, what it cost, which event it was."""

from dataclasses import replace

import pytest

from bot.adapters.console.render import text
from bot.chat.i18n import english
from bot.chat.notices import notice_reply
from bot.chat.reply import Choice, Reply
from core.paper.account import PaperAccount
from core.paper.apply import apply
from core.paper.events import Event, OrderCancelled, VenueChosen, Warned
from core.paper.records import Notice
from core.paper.scene import Scene
from core.paper.sweeping import swept
from tests.builders import ETH, SOL, rate
from tests.core.paper.builders import CROSS, ISOLATED, SHORT, do, fresh, scene, stops, wish

NOW = scene(btc=60_000, eth=2_000, sol=150)


def told(account: PaperAccount, event: Event, there: Scene, **more: str) -> Reply:
    """The notice of an event that happens to an account."""
    after = apply(account, event, there.at)
    notice = Notice(1, 41, event, account, after, there.marks, there.at)
    return notice_reply(notice, (), there, english, **more)


def only_event(account: PaperAccount, there: Scene) -> Event:
    (event,) = swept(account, there)
    return event


def lines(reply: Reply) -> list[str]:
    return [" ".join(line.split()) for line in text(reply).splitlines()]


def choices(reply: Reply) -> dict[str, Choice]:
    return {choice.label: choice for row in reply.choices for choice in row}


def test_every_notice_names_its_event_and_is_for_its_owner_alone() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    reply = told(account, only_event(account, there := scene(btc=50_000)), there)
    assert "event 41, 2026-11-22 12:00 UTC" in text(reply)
    assert reply.private
    assert reply.short is not None


def test_the_same_notice_twice_is_the_same_message() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    event = only_event(account, there := scene(btc=50_000))
    assert told(account, event, there) == told(account, event, there)


def test_times_are_in_the_readers_zone() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    reply = told(account, only_event(account, there := scene(btc=50_000)), there, zone="Asia/Tokyo")
    assert "21:00 JST" in text(reply)


def test_recorded_prices_are_said_to_be_recorded() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    there = scene(btc=50_000)
    there = replace(there, marks=replace(there.marks, market="demo"))
    assert "DEMO PRICES, not live." in text(told(account, only_event(account, there), there))


def test_what_a_candle_decided_is_called_an_estimate() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    there = scene(btc=50_000)
    assert "estimate" not in text(told(account, only_event(account, there), there))
    there = replace(there, marks=there.marks.at_end())
    assert "estimate: prices were away" in text(told(account, only_event(account, there), there))


def test_a_liquidation_is_told_by_its_receipt() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    reply = told(account, only_event(account, there := scene(btc=50_000)), there)
    assert lines(reply)[0] == "LIQUIDATED LONG BTC 10x isolated"
    assert "Replay it as cross" in choices(reply)


@pytest.mark.parametrize(
    ("mark", "begins"),
    [
        (54_900, "Stop loss: closed 0.333 BTC of LONG #1 at 54,900.0."),
        (70_000, "Target reached: closed 0.333 BTC of LONG #1 at 70,000.0."),
    ],
)
def test_a_stop_says_what_it_closed_and_the_result(mark: int, begins: str) -> None:
    account = do(fresh(), wish("0.333", stops=stops(55_000, 70_000)), NOW)
    shown = lines(told(account, only_event(account, there := scene(btc=mark)), there))
    assert shown[0] == begins
    assert any(line.startswith("realised PnL") for line in shown)


def test_a_limit_order_that_opened_offers_to_fast_forward_a_copy() -> None:
    account = do(fresh(), wish("0.1", at=59_000), NOW)
    reply = told(account, only_event(account, there := scene(btc=58_900)), there)
    assert lines(reply)[0] == "Limit order filled: LONG 0.1 BTC at 59,000.0."
    assert choices(reply)["Fast-forward a copy"].say == "/ff #2"


def test_a_limit_order_that_closed_says_so() -> None:
    account = do(fresh(), wish("0.1"), NOW)
    account = do(account, wish("0.1", SHORT, at=61_000, reduce_only=True), NOW)
    reply = told(account, only_event(account, there := scene(btc=61_100)), there)
    assert lines(reply)[0] == "Limit order filled: closed 0.1 BTC of LONG #1 at 61,000.0."


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("insufficient", "less was available than it needed"),
        ("of a later release", "the rules did not allow the fill"),
    ],
)
def test_an_order_that_could_not_be_filled_says_why(reason: str, why: str) -> None:
    account = do(fresh(), wish("0.1", at=59_000), NOW)
    shown = lines(told(account, OrderCancelled(number=1, reason=reason), NOW))[0]
    assert shown == (f"Order cancelled: #1 LONG 0.1 BTC at 59,000.0, 10x isolated. Reason: {why}.")


def test_an_event_nobody_worded_is_still_told() -> None:
    account = do(fresh(), wish("0.1"), NOW)
    shown = lines(told(account, VenueChosen(venue="binance"), NOW))
    assert shown[0] == "Something happened to your account."


# --- warnings -------------------------------------------------------------------------------------


def warned(account: PaperAccount, there: Scene) -> Reply:
    """The warning that a scene brings."""
    (event,) = (e for e in swept(account, there) if isinstance(e, Warned))
    return told(account, event, there)


def test_a_warning_names_the_ratio_the_distance_and_what_would_help() -> None:
    account = do(fresh(), wish("0.333"), NOW)
    reply = warned(account, scene(btc=54_250))
    shown = lines(reply)
    assert shown[0] == "Near liquidation: #1 LONG 0.333 BTC, 10x isolated"
    assert "ratio (100% ends) 86.8%" in shown
    assert "away -0.06%" in shown
    assert "62.00 more margin would bring the ratio to 50%" in text(reply)
    assert choices(reply)["Add 62"].say == "/margin BTC +62"
    assert choices(reply)["Add 62"].kept
    assert choices(reply)["Close half"].say == "/close #1 50%"
    assert choices(reply)["Close half"].kept


def test_margin_that_is_not_there_is_not_offered() -> None:
    account = do(fresh(2_020), wish("0.333"), NOW)
    reply = warned(account, scene(btc=54_250))
    assert list(choices(reply)) == ["Close half", "Portfolio"]
    assert "More margin in it or a smaller position" in text(reply)


def test_a_falling_ratio_is_said_to_fall() -> None:
    now = scene("okx", btc=60_000)
    account = do(fresh(venue_id="okx"), wish("0.33"), now)
    there = next(
        there
        for there in (scene("okx", btc=mark) for mark in range(54_600, 54_000, -10))
        if any(isinstance(event, Warned) for event in swept(account, there))
    )
    assert any(line.startswith("ratio (falls to 100%) 1") for line in lines(warned(account, there)))


def test_the_cross_pool_is_warned_of_as_one() -> None:
    account = do(fresh(2_000), wish("0.1", mode=CROSS), NOW)
    account = do(account, wish(1, SHORT, CROSS, symbol=ETH), NOW)
    account = do(account, wish(1, mode=ISOLATED, symbol=SOL), NOW)
    event = Warned(scope=None, ratio=rate("0.9"))
    shown = lines(told(account, event, scene(btc=45_000, eth=2_400, sol=150)))
    assert shown[0] == "Near liquidation: the cross pool"
    assert [line.split()[0] for line in shown if "may move" in line][:2] == ["BTC", "ETH"]
    assert any("All cross coins together" in line for line in shown)

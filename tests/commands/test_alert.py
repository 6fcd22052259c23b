"""Alerts as people set, list, snooze and delete them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.request import Role
from core.alerts.alert import FundingAlert, LiquidationAlert, PriceAlert, What
from core.market import Symbol
from core.money import D, Price, Rate
from core.paper.records import Identity
from core.services.alerts import MOST
from core.services.prices import Prices
from tests.commands.shown import button, line_of
from tests.fakes.ports import FixedMarks
from tests.walk.house import LISTINGS, Home, shown

MIRA = Identity("telegram", "1")
BTC = Symbol("BTCUSDT")
HIGH = PriceAlert(BTC, Price(D(70_000)), rising=True)
NEAR = LiquidationAlert(Rate(D("0.05")))


def alerts(home: Home) -> list[What]:
    return [alert.what for alert in home.services.alerts.of(MIRA)]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("/alert btc 70k", HIGH),
        ("alert btc 70k", HIGH),
        ("/alert 70k btc", HIGH),
        ("/alert btc @70000", HIGH),
        ("/alert btc above 70k", HIGH),
        ("/alert btc 60k", PriceAlert(BTC, Price(D(60_000)), rising=False)),
        ("/alert liq 5%", NEAR),
        ("/alert liq", NEAR),
        ("/alert 5% liq", NEAR),
        ("/alerts liquidation 2.5%", LiquidationAlert(Rate(D("0.025")))),
        ("/alert funding", FundingAlert()),
        ("/alert btc funding", FundingAlert(BTC)),
    ],
)
def test_an_alert_is_set_by_its_words_in_any_order(home: Home, line: str, what: What) -> None:
    assert home.say(line).outcome == "ok"
    assert alerts(home) == [what]


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("/alert btc", "missing_amount"),
        ("/alert 70k", "missing_symbol"),
        ("/alert btc 68424", "alert_reached"),
        ("/alert btc 700", "price_far"),
        ("/alert avax 12", "no_price"),
        ("/alert moonshot 12", "unknown_symbol"),
        ("/alert 5%", "unknown_token"),
        ("/alert liq btc", "unknown_token"),
        ("/alert liq 500%", "percent_out_of_range"),
        ("/alert liq 5", "ambiguous_number"),
        ("/alert funding btc 5", "ambiguous_number"),
        ("/alert btc 70k 80k", "ambiguous_number"),
        ("/alert delete btc", "unknown_token"),
        ("/alert delete #1", "unknown_alert"),
        ("/alert snooze 1", "unknown_alert"),
    ],
)
def test_what_cannot_be_is_refused(home: Home, line: str, outcome: str) -> None:
    assert home.say(line).outcome == outcome
    assert alerts(home) == []


def test_a_share_that_lacks_its_percent_is_shown_with_it(home: Home) -> None:
    assert "Try: /alert liq 5%" in shown(home.say("/alert liq 5"))
    assert "Try: /alert liq 5%" in shown(home.say("/alert 5%"))
    assert "Try: /alert funding eth" in shown(home.say("/alert funding eth 5"))


def test_the_direction_is_told_with_the_mark_and_the_distance(home: Home) -> None:
    reply = home.say("/alert btc 70k")
    assert shown(reply).startswith("Alert #1: BTC at 70,000.0 or above. DEMO PRICES, not live.")
    assert "It fires at this mark or above." in shown(reply)
    assert line_of(reply, "mark").strip() == "68,424.0"
    assert line_of(reply, "away").strip() == "+2.30%"
    falling = home.say("/alert btc 60k")
    assert "It fires at this mark or below." in shown(falling)
    assert line_of(falling, "away").strip() == "-12.31%"


def test_what_is_set_already_stands(home: Home) -> None:
    home.say("/alert btc 70k")
    assert shown(home.say("/alert btc 70k")).startswith("Alert #1 stands: BTC at 70,000.0")
    assert alerts(home) == [HIGH]


def test_without_any_it_says_how_one_is_set(home: Home) -> None:
    reply = home.say("/alert")
    assert shown(reply).startswith("No alert is set.")
    home.say(button(reply, "/alert liq 5%").say, button=True, kept=True)
    assert alerts(home) == [NEAR]


def test_the_list_deletes_and_snoozes_with_a_press(home: Home) -> None:
    home.say("/alert btc 70k")
    home.say("/alert liq 5%")
    listed = home.say("/alert")
    assert "Alerts: 2 of 20." in shown(listed)
    snoozed = home.say(button(listed, "Snooze #1").say, button=True, kept=True)
    assert "it rests until 2026-12-02 12:00 UTC" in shown(snoozed)
    assert "it rests until" in shown(home.say("/alert"))
    woken = home.say(button(snoozed, "Wake it").say, button=True, kept=True)
    assert shown(woken).startswith("Alert #1 stands")
    assert "it rests" not in shown(home.say("/alert"))
    deleted = home.say(button(listed, "Delete #1").say, button=True, kept=True)
    assert shown(deleted).startswith("Deleted: #1 BTC at 70,000.0 or above.")
    assert alerts(home) == [NEAR]
    home.say(button(deleted, "Set it again").say, button=True, kept=True)
    assert alerts(home) == [NEAR, HIGH]


def test_a_button_that_the_client_made_up_changes_nothing(home: Home) -> None:
    home.say("/alert btc 70k")
    assert home.say("/alert delete #1", button=True).outcome == "not_allowed"
    assert alerts(home) == [HIGH]


def test_there_are_at_most_twenty_and_the_refusal_leads_to_the_list(home: Home) -> None:
    for number in range(MOST):
        assert home.say(f"/alert btc {70_000 + number}").outcome == "ok"
    refused = home.say("/alert liq 5%")
    assert refused.outcome == "too_many_alerts"
    listed = home.say(button(refused, "All alerts").say, button=True, kept=True)
    assert "Alerts: 20 of 20." in shown(listed)
    assert sum(len(row) for row in listed.choices) == 20


def test_in_a_group_only_the_asker_sees_it_and_a_masked_one_has_none(home: Home) -> None:
    assert home.say("/alert btc 70k", group=True).private
    assert home.answer("/alert", group=True, role=Role.MASKED).outcome == "not_allowed"


def test_who_is_forgotten_waits_for_nothing(home: Home) -> None:
    home.say("/alert btc 70k")
    home.services.identities.forget(MIRA)
    assert alerts(home) == []


def test_an_export_holds_the_alerts(home: Home) -> None:
    home.say("/alert btc 70k")
    assert [a.what for a in home.services.identities.everything(MIRA).alerts] == [HIGH]


def test_funding_says_when_the_next_is_due(home: Home) -> None:
    assert "2026-12-01 16:00 UTC" in shown(home.say("/alert funding btc"))


def test_a_snoozed_alert_is_woken_by_time(home: Home) -> None:
    home.say("/alert btc 70k")
    home.say("/alert snooze 1")
    home.clock.advance(timedelta(days=1))
    assert "it rests" not in shown(home.say("/alert"))


# --- how far they are


def test_the_list_says_how_far_each_is(home: Home) -> None:
    for line in ("/alert btc 70k", "/alert btc 60k", "/alert liq 5%", "/alert funding"):
        home.say(line)
    text = shown(home.say("/alert"))
    assert "#1 BTC at 70,000.0 or above, +2.30% from the mark" in text
    assert "#2 BTC at 60,000.0 or below, -12.31% from the mark" in text
    assert "#3 a position within 5% of its liquidation price\n" in text
    assert "marks 0 s old" in text
    home.say("/set confirm off")
    home.say("/open 10x long btc 500 isolated")
    home.say("/open 20x long btc 500 isolated")
    assert "liquidation price, the nearest is" in shown(home.say("/alert"))


def test_alerts_of_another_market_and_stale_marks_have_no_distance(home: Home) -> None:
    prices = Prices(LISTINGS, FixedMarks({"BTCUSDT": 68_424}), home.clock)
    home.dispatcher._services = replace(home.services, prices=prices)
    home.say("/alert btc 70k")
    assert "+2.30% from the mark" in shown(home.say("/alert"))
    home.services.alerts.market = "binance"
    assert "from the mark" not in shown(home.say("/alert"))
    home.services.alerts.market = "demo"
    home.clock.advance(timedelta(seconds=61))
    text = shown(home.say("/alert"))
    assert "from the mark" not in text
    assert "marks" not in text

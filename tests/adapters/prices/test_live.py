"""The market that settings ask for."""

import pytest

from bot.adapters.prices import live
from bot.adapters.prices.live import live_market
from bot.settings import SettingsError, load
from core.market import Symbol
from tests.fakes.ports import FixedClock

BTC = Symbol("BTCUSDT")


@pytest.mark.parametrize(
    ("source", "second", "beside"),
    [
        ("binance", "auto", "bybit"),
        ("bybit", "auto", "binance"),
        ("okx", "auto", "binance"),
        ("okx", "bybit", "bybit"),
        ("binance", "none", None),
    ],
)
def test_prices_are_checked_with_another_venue_unless_none_is_wanted(
    source: str, second: str, beside: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRICES_SOURCE", source)
    monkeypatch.setenv("PRICES_SECOND", second)
    market = live_market(load(None), FixedClock(), {BTC})
    told = market.status()
    assert market.market == told.market == source
    assert (told.second.market if told.second else None) == beside


def test_without_the_library_a_self_hoster_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRICES_SOURCE", "binance")
    monkeypatch.setattr(live, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"marginbot\[live\]"):
        live_market(load(None), FixedClock(), {BTC})


def test_how_much_is_believed_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRICES_SOURCE", "binance")
    monkeypatch.setenv("PRICES_JUMP", "2.5")
    monkeypatch.setenv("PRICES_QUIET_AFTER", "90")
    monkeypatch.setenv("PRICES_STALE_AFTER", "20")
    pace = live_market(load(None), FixedClock(), {BTC})._pace
    assert str(pace.limits.jump) == "0.025"
    assert pace.quiet == pace.stale == pace.limits.behind
    assert pace.stale.total_seconds() == 20

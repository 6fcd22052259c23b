"""What the house stands on: one epoch for all processes, a live market where asked for."""

from pathlib import Path

import pytest

from bot.adapters.prices.replay import DemoMarket
from bot.app import grammar
from bot.footing import EPOCH, Footing, footing_of
from bot.settings import load
from core.editions import Listings
from tests.fakes.ports import FixedClock


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bot.db")


def opened(clock: FixedClock) -> Footing:
    return footing_of(load(None), clock, grammar, None)


def test_the_demo_market_goes_on_where_the_first_process_began() -> None:
    clock = FixedClock()
    first = opened(clock)
    clock.advance(3600)
    second = opened(clock)
    try:
        assert isinstance(first.market, DemoMarket)
        assert first.market.marks() == second.market.marks()
        with second.units.reading() as books:
            assert books.note(EPOCH) == FixedClock().now().isoformat()
    finally:
        first.database.close()
        second.database.close()


def test_a_live_market_is_made_where_settings_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRICES_SOURCE", "binance")
    base = opened(FixedClock())
    try:
        assert base.live is not None
        assert base.market is base.live
        assert base.prices.is_live
        assert isinstance(base.listings, Listings)
    finally:
        base.database.close()

"""What a decision is made on, and at which price the market fills."""

import pytest

from core.errors import NoPrice, UnknownSymbol
from core.market import Symbol
from core.money import D
from core.paper.scene import market_fill
from tests.builders import BTC, ETH, price
from tests.core.paper.builders import LONG, SHORT, scene

NOW = scene(spread="0.0001", btc="60000.1")


def test_a_scene_knows_its_contracts_and_marks() -> None:
    assert NOW.instrument(ETH).tick == D("0.01")
    assert NOW.mark(BTC) == D("60000.1")
    with pytest.raises(NoPrice):
        NOW.mark(ETH)
    with pytest.raises(UnknownSymbol):
        NOW.instrument(Symbol("XUSDT"))


def test_the_market_fills_worse_than_the_mark_on_the_worse_tick() -> None:
    # 60,000.1 x 1.0001 = 60,006.10001; x 0.9999 = 59,994.09999
    bought, sold = market_fill(BTC, LONG, NOW), market_fill(BTC, SHORT, NOW)
    assert (bought.price, sold.price) == (D("60006.2"), D("59994.0"))
    assert bought.rate == sold.rate == D("0.0005")


def test_a_sale_never_fills_below_one_tick() -> None:
    assert market_fill(BTC, SHORT, scene(spread="0.0001", btc="0.05")).price == D("0.1")


def test_five_significant_digits_widen_the_tick_on_hyperliquid() -> None:
    own = scene("hyperliquid", spread="0.0001", btc="60000.1")
    assert market_fill(BTC, LONG, own).price == 60_007


def test_a_fill_carries_its_reason_and_what_was_seen() -> None:
    fill = market_fill(BTC, LONG, NOW, "stop_loss", price(59_000))
    assert [fill.reason, fill.seen, fill.order] == ["stop_loss", 59_000, None]
    assert market_fill(BTC, LONG, NOW).reason == "close"
    with pytest.raises(NoPrice):
        market_fill(ETH, LONG, NOW)

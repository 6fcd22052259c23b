"""What a group sees of a liquidation: every sentence of the other mode, and no amount."""

import pytest

from bot.chat.i18n import english
from bot.chat.render import Writer, table_lines
from bot.chat.reply import Reply, Table, Text
from bot.chat.shared import both_modes, shared_blocks
from core.paper.events import PoolLiquidated
from core.paper.receipt import Receipt, receipt
from core.paper.scene import Scene
from core.paper.sweeping import swept
from tests.builders import ETH
from tests.chat.test_receipts import liquidated
from tests.core.paper.builders import CROSS, ISOLATED, fresh, scene, wish
from tests.core.paper.test_receipt import opened

WRITER = Writer.of(Reply(()), "en")
DEEP = scene(btc=3_000)


def said(done: Receipt, there: Scene) -> list[str]:
    """Every line of it."""
    lines: list[str] = []
    for block in shared_blocks(done, there, english):
        if isinstance(block, Table):
            lines += table_lines(block, WRITER)
        elif isinstance(block, Text):
            lines.append(WRITER.words(block.words))
    return lines


@pytest.mark.parametrize(
    ("done", "there", "sentence"),
    [
        pytest.param(
            liquidated(10_000, ISOLATED, scene(btc=61_540)),
            scene(btc=61_540),
            "Cross would be open still, with the whole wallet behind it.",
            id="cross outlives it",
        ),
        pytest.param(
            liquidated(10_000, ISOLATED, DEEP),
            DEEP,
            "Cross would be liquidated too, with the whole wallet behind it.",
            id="cross falls too",
        ),
        pytest.param(
            liquidated(10_000, CROSS, DEEP),
            DEEP,
            "Isolated would have ended at 61,829.0, and the rest of the wallet would be there.",
            id="isolated ends earlier and costs less",
        ),
    ],
)
def test_the_other_mode_is_told_without_amounts(done: Receipt, there: Scene, sentence: str) -> None:
    assert said(done, there)[-1] == sentence


def test_the_rows_hold_prices_and_moments_only() -> None:
    there = scene(btc=61_540)
    rows = said(liquidated(10_000, ISOLATED, there), there)[:-1]
    assert [row.split()[0] for row in rows] == ["opened", "mark", "limit"]


def test_the_trade_alone_is_compared_again() -> None:
    there = scene(btc=61_540)
    (choice,) = both_modes(liquidated(10_000, ISOLATED, there), there, english)
    assert choice.say == "/c l btc 10x @68424! binance"


def test_of_several_trades_none_is_the_one_to_compare() -> None:
    both = scene(btc=68_424, eth=2_000)
    account, history = opened(fresh(10_000), wish("0.5", mode=CROSS), both)
    account, more = opened(account, wish("1", symbol=ETH, mode=CROSS), both)
    deep = scene(btc=30_000, eth=1_000)
    (event,) = (e for e in swept(account, deep) if isinstance(e, PoolLiquidated))
    done = receipt(account, event, (*history, *more), deep)
    assert both_modes(done, deep, english) == ()
    assert (
        "Isolated would have ended too" in said(done, deep)[-1]
        or "open still" in said(done, deep)[-1]
    )

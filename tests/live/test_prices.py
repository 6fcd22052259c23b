"""What is told of a price that really comes from an exchange: mark, last trade and index."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.console.render import text
from tests.live.house import living


async def test_mark_last_trade_and_index_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with living(tmp_path, monkeypatch, timedelta(seconds=15)) as house:
        await house.told("/price btc", "Last price")
        lines = text(await house.say("/price btc")).splitlines()
    labels = [line.split("  ")[0] for line in lines]
    assert labels[:4] == ["BTCUSDT.", "Mark price", "Last price", "Index price"]
    (told,) = [line for line in lines if line.startswith("Liquidation goes by the mark, not by")]
    assert told.endswith("; the mark follows the index, an average of spot prices.")

"""A reading written as a line reads back as the same; buttons have room for it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.reading import SizeKind, TypedSize
from bot.chat.say import canonical, say
from core.margin.pool import Side
from tests.chat.lines import read as reading

BUTTON = 48
"""Bytes that a what-if button may use of Telegram's 64."""


@pytest.mark.parametrize(
    "line",
    [
        "/compare short $CROSS 5x 50",
        "/compare long 1000pepe 10x qty 5000",
        "/compare long btc 10x 25%",
        "/pnl long btc 10x 500 @60000 -> 63000",
        "/pnl long btc 10x 500 +5%",
        "/hedge long btc 5x 500 short eth 10x 0.5eth wallet 5000",
        "/hedge long btc short eth 10x size 2000 on okx",
        "/avg long btc 0.1@60000 1@65000",
        "/avg short eth 100@3200 200@3300",
        "/shock btc -15% eth +20%",
        "/open long btc 10x 500 sl 60000 tp 70000 iso",
        "/open long btc 10x 500 sl 5% @64000",
        "/close #3",
        "/close btc 50%",
        "/close all",
        "/margin eth -50",
        "/lev 20 sol",
        "/alert btc 70k",
        "/set leverage 20",
        "/set confirm off",
        "/set zone Europe/Berlin",
        "/faq isolated or cross",
        "/compare short eth 20x 250 @3200 wallet 5000 on bybit",
        "/compare long btc 10x size 5k",
        "/liq long btc 10x 1000 iso +200 @60000",
        "/target long btc 10x 50% @60000",
        "/max btc 20x wallet 750",
        "/compare long btc 10x mine",
    ],
)
def test_every_command_reads_back_as_it_was_said(line: str) -> None:
    first = reading(line)
    again = reading(canonical(first))
    assert (again.command, again.values) == (first.command, first.values)


sizes = st.builds(
    TypedSize,
    st.sampled_from([SizeKind.MARGIN, SizeKind.NOTIONAL, SizeKind.QUANTITY]),
    st.decimals("0.001", 5000, places=3),
)


@given(
    side=st.sampled_from(Side),
    symbol=st.sampled_from(["BTCUSDT", "ETHUSDT", "1000PEPEUSDT"]),
    leverage=st.integers(1, 125).map(Decimal),
    size=sizes,
    entry=st.decimals(30000, 90000, places=1),
    venue=st.sampled_from(["binance", "bybit", "okx", "hyperliquid"]),
)
def test_any_trade_reads_back_and_fits_a_button(**values: object) -> None:
    line = say("compare", values)
    found = reading(line).values
    assert {name: found[name] for name in values} == values
    assert len(line.encode()) <= 64


def test_a_usual_trade_leaves_room_on_its_button() -> None:
    line = say(
        "compare",
        {
            "side": Side.LONG,
            "symbol": "BTCUSDT",
            "leverage": Decimal(10),
            "size": TypedSize(SizeKind.QUANTITY, Decimal("0.292")),
            "entry": Decimal(68424),
            "wallet": Decimal(10000),
            "venue": "hyperliquid",
        },
    )
    assert len(line.encode()) <= BUTTON

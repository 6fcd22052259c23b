"""Lines that the bot writes itself: they read back as what they say, and fit in a button."""

from dataclasses import replace
from decimal import Decimal
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.reading import Defaults, SizeKind, TypedSize
from bot.chat.say import canonical, coin_word, say
from core.margin.pool import Side
from core.market import Symbol
from tests.chat.lines import BOOK, COLLIDING, CONTEXT, NAMESAKE_BOOK, read

MONEY = st.decimals(min_value=1, max_value=99_999, places=2)
SIZES = st.one_of(
    st.builds(TypedSize, st.sampled_from((SizeKind.MARGIN, SizeKind.NOTIONAL)), MONEY),
    st.builds(
        TypedSize,
        st.just(SizeKind.QUANTITY),
        st.decimals(min_value=Decimal("0.001"), max_value=999, places=3),
    ),
    st.builds(
        TypedSize,
        st.just(SizeKind.WALLET_PERCENT),
        st.decimals(min_value=1, max_value=100, places=0),
    ),
)
TRADE = {
    "side": st.sampled_from(Side),
    "symbol": st.sampled_from(BOOK.listed),
    "leverage": st.decimals(min_value=1, max_value=125, places=0),
    "size": SIZES,
}
MORE = {
    "entry": st.decimals(min_value=1, max_value=99_999, places=2),
    "wallet": st.just(Decimal(10**8)),
    "venue": st.sampled_from(("binance", "bybit", "okx", "hyperliquid")),
}
VALUES = st.fixed_dictionaries(TRADE, optional=MORE).flatmap(
    lambda values: st.permutations(list(values.items())).map(dict)
)


@given(VALUES)
def test_a_trade_reads_back_in_any_order(values: dict[str, object]) -> None:
    found = read(say("compare", values)).values
    assert {name: found[name] for name in values} == values


@given(st.fixed_dictionaries(TRADE))
def test_a_trade_fits_in_a_button(values: dict[str, object]) -> None:
    assert len(say("compare", values).encode()) <= 48


@pytest.mark.parametrize(
    ("symbol", "typed"),
    [("BTCUSDT", "btc"), ("1000PEPEUSDT", "1000pepe"), ("CROSSUSDT", "$cross"), ("4USDT", "$4")],
)
def test_a_coin_that_is_a_word_or_a_number_is_marked(symbol: str, typed: str) -> None:
    assert coin_word(symbol) == typed


@pytest.mark.parametrize("venue", ["binance", "bybit", "okx"])
@pytest.mark.parametrize("symbol", NAMESAKE_BOOK.listed)
def test_a_button_names_its_contract_even_where_names_collide(symbol: Symbol, venue: str) -> None:
    listed = [s for s in NAMESAKE_BOOK.listed if s in NAMESAKE_BOOK._venues[venue]]
    meant = replace(CONTEXT, meant=True, defaults=Defaults(venue=venue))
    for size in (TypedSize(SizeKind.QUANTITY, Decimal(5)), TypedSize(SizeKind.MARGIN, Decimal(9))):
        values = {"side": Side.LONG, "symbol": symbol, "leverage": Decimal(3), "size": size}
        found = read(say("compare", values), meant, COLLIDING).values
        assert symbol not in listed or found["symbol"] == symbol
        assert symbol not in listed or found["size"] == size


@pytest.mark.parametrize("symbol", BOOK.listed)
def test_every_listed_contract_reads_back(symbol: Symbol) -> None:
    for size in (
        TypedSize(SizeKind.QUANTITY, Decimal(5)),
        TypedSize(SizeKind.QUANTITY, Decimal("0.25")),
        TypedSize(SizeKind.NOTIONAL, Decimal(5000)),
    ):
        line = say("liq", {"side": Side.SHORT, "size": size, "symbol": symbol})
        assert read(line).values["size"] == size, line
        assert read(line).values["symbol"] == symbol, line


@pytest.mark.parametrize("coin", ["CROSS", "MODE", "ONE", "X", "MAX", "ALL", "L"])
def test_a_coin_that_is_a_word_reads_back(coin: str) -> None:
    values = {
        "side": Side.SHORT,
        "symbol": Symbol(coin + "USDT"),
        "size": TypedSize(SizeKind.MARGIN, Decimal(5)),
    }
    line = say("compare", values)
    assert f"${coin.lower()}" in line
    assert read(line).values["symbol"] == f"{coin}USDT"


@pytest.mark.parametrize(
    ("command", "values", "line"),
    [
        ("compare", {"side": Side.LONG, "symbol": "BTCUSDT"}, "/c l btc"),
        ("compare", {"leverage": Decimal(10)}, "/c 10x"),
        ("pnl", {"symbol": "BTCUSDT", "exit": Decimal("70000.50")}, "/pnl btc to 70000.5!"),
        ("liq", {"add": Decimal(-50), "mode": "cross"}, "/liq add -50 cross"),
        ("target", {"roe": Decimal(50)}, "/target 50%"),
        ("compare", {"entry": None, "mine": True, "all": False}, "/c mine"),
        ("open", {"side": Side.SHORT, "reduce": True}, "/open s reduce"),
        ("venue", {"venue": "hyperliquid"}, "/venue hl"),
        (
            "shock",
            {"shocks": ((Symbol("BTCUSDT"), Decimal(-15)), (Symbol("ETHUSDT"), Decimal(5)))},
            "/shock btc -15% eth +5%",
        ),
        ("faq", {"text": "why cross"}, "/faq why cross"),
    ],
)  # fmt: skip
def test_each_field_has_its_short_form(command: str, values: dict[str, object], line: str) -> None:
    assert say(command, values) == line


def test_what_was_assumed_is_left_to_be_assumed_again() -> None:
    reading = read("/compare long btc 500")
    assert canonical(reading) == "/c l btc m=500"
    again = read(canonical(reading))
    assert (again.values, again.assumed) == (reading.values, reading.assumed)


def test_a_price_from_an_old_button_is_not_doubted() -> None:
    line = say("compare", {"side": Side.LONG, "symbol": "BTCUSDT", "entry": Decimal(9)})
    assert cast(Decimal, read(line).values["entry"]) == 9

"""Names of contracts: every form in which other sites print them, nicknames, and tickers."""

import pytest

from bot.chat.symbols import THOUSAND, USD, SymbolBook, base_of, per_contract
from core.market import Symbol
from tests.chat.lines import BOOK, COLLIDING, NAMESAKE_BOOK, misread, noted, read

SMALL = SymbolBook(
    {"binance": [Symbol(f"{base}USDT") for base in ("BTC", "ETH", "1000PEPE", "CROSS")]}
)


@pytest.mark.parametrize(
    "typed",
    [
        "BTC", "btc", "$BTC", "#btc", "bitcoin", "XBT", "BTCUSDT", "BTC/USDT", "BTC-USDT",
        "BTC_USDT", "BTC/USDT:USDT", "BTC-PERP", "BTCPERP", "BTC-USDT-SWAP", "BTCUSDT.P",
        "btc usdt", "btc perp", "$btcusdt", "(BTC)", "btc,", "BTC_USDT-PERP".replace("_", ""),
    ],
)  # fmt: skip
def test_every_spelling_is_the_same_contract(typed: str) -> None:
    assert read(f"/compare long {typed} 10x").values["symbol"] == "BTCUSDT"


@pytest.mark.parametrize("typed", ["BTCUSD", "btc/usd", "BTC-USD", "BTCUSD.P"])
def test_a_dollar_pair_is_the_usdt_contract_and_says_so(typed: str) -> None:
    reading = read(f"/compare long {typed} 10x")
    assert reading.values["symbol"] == "BTCUSDT"
    assert noted(reading) == {USD}


def test_small_coins_are_the_contract_of_a_thousand_and_say_so() -> None:
    reading = read("/compare long pepe 10x")
    assert reading.values["symbol"] == "1000PEPEUSDT"
    assert noted(reading) == {THOUSAND}
    assert noted(read("/compare long 1000pepe 10x")) == set()


def test_an_amount_of_a_small_coin_counts_thousands() -> None:
    assert read("/liq long 5000pepe 10x").values["size"].value == 5  # type: ignore[attr-defined] # values are objects
    assert per_contract(THOUSAND, "1000PEPEUSDT") == 1000
    assert per_contract("", "1000PEPEUSDT") == 1
    assert per_contract(THOUSAND, "BTCUSDT") == 1


def test_an_exact_ticker_beats_a_glued_amount() -> None:
    assert "size" in read("/compare long 1000pepe 10x").assumed


@pytest.mark.parametrize("typed", ["$CROSS", "$mode", "$X", "$crossusdt", "#one", "$ONE-PERP"])
def test_a_marked_word_is_a_ticker_listed_or_not(typed: str) -> None:
    base = typed[1:].upper().removesuffix("-PERP").removesuffix("USDT")
    assert read(f"/compare short {typed} 5x").values["symbol"] == f"{base}USDT"


@pytest.mark.parametrize("typed", ["", "бтк", "a" * 40, "12"])
def test_what_cannot_be_a_ticker_is_none(typed: str) -> None:
    assert SMALL.ticker(typed) is None


def test_a_number_behind_a_hash_is_an_id() -> None:
    assert read("/close #12").values["id"] == "12"


@pytest.mark.parametrize(
    ("typed", "quote"),
    [
        ("ethbtc", "BTC"),
        ("eth/btc", "BTC"),
        ("btcusdc", "USDC"),
        ("btc-eur", "EUR"),
        ("btcusdt", ""),
        ("foobar", ""),
        ("foo/btc", ""),
    ],
)
def test_a_foreign_quote_is_recognised(typed: str, quote: str) -> None:
    assert SMALL.other_quote(typed) == quote


def test_a_foreign_quote_is_cured_by_leaving_it_out() -> None:
    found = misread("/compare long ethbtc 10x")
    assert (found.kind, found.hint) == ("unsupported_quote", "BTC")
    assert found.suggestion == "/compare long eth 10x"


def test_an_unknown_coin_is_answered_with_near_ones() -> None:
    found = misread("/compare long btcc 10x")
    assert found.options[0][0] == "BTC"
    assert found.suggestion == "/compare long btc 10x"
    assert BOOK.near("zzzzzz") == ()
    assert BOOK.near("xy") == ()


def test_a_coin_is_never_mended_silently() -> None:
    assert misread("/compare long etj 10x").kind == "unknown_symbol"


def test_completions_begin_with_what_was_typed() -> None:
    assert SMALL.suggest("$b") == ("BTC",)
    assert SMALL.suggest("pepe") == ("1000PEPE",)
    assert SMALL.suggest("ether")[0] == "ETH"
    assert SMALL.suggest("ross") == ("CROSS",)
    assert SMALL.suggest("") == ("BTC", "ETH", "1000PEPE", "CROSS")
    assert len(BOOK.suggest("")) == 25


def test_base_of_a_contract_is_its_coin() -> None:
    assert base_of("BTCUSDT") == "BTC"
    assert base_of("USDT") == "USDT"


def test_a_mistyped_name_is_near_its_ticker() -> None:
    assert BOOK.near("bitcion")[:1] == ("BTC",)
    assert BOOK.near("etherium")[:1] == ("ETH",)


@pytest.mark.parametrize(
    ("symbol", "units"),
    [
        ("1000PEPEUSDT", 1000),
        ("10000SATSUSDT", 10_000),
        ("1MBABYDOGEUSDT", 1_000_000),
        ("SHIB1000USDT", 1000),
        ("BTCUSDT", 1),
        ("1INCHUSDT", 1),
        ("1000USDT", 1),
    ],
)
def test_lots_are_known_by_the_name_of_their_contract(symbol: str, units: int) -> None:
    assert per_contract(THOUSAND, symbol) == units


def test_a_marked_ticker_may_begin_with_its_lot() -> None:
    assert read("/compare long $1000pepe 10x").values["symbol"] == "1000PEPEUSDT"
    assert "size" in read("/compare long ($1000PEPE), 10x").assumed


def test_a_shared_spelling_is_one_venues_contract_or_the_first_of_all() -> None:
    assert not BOOK.is_shared("pepe")
    assert NAMESAKE_BOOK.is_shared("pepe")
    assert [n.symbol for n in NAMESAKE_BOOK.fitting("pepe", "binance")] == [
        "PEPEUSDT",
        "1000PEPEUSDT",
    ]
    assert [n.symbol for n in NAMESAKE_BOOK.fitting("pepe", "mexc")] == ["PEPEUSDT"]
    assert NAMESAKE_BOOK.lists("cross", "binance")
    assert not NAMESAKE_BOOK.lists("cross", "okx")


def test_a_near_name_that_is_a_word_is_offered_as_a_ticker() -> None:
    found = misread("/compare long crosss isolated", language=COLLIDING)
    assert found.options[0] == ("CROSS", "/compare long $cross isolated")

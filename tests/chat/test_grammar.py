"""Lines and what they mean, beyond the worked examples: every field in every form."""

from decimal import Decimal

import pytest

from bot.chat.reading import Context, Defaults, SizeKind, TypedSize
from tests.chat.lines import CONTEXT, GRAMMAR, misread, noted, read

MARGIN, NOTIONAL = SizeKind.MARGIN, SizeKind.NOTIONAL
QUANTITY, SHARE = SizeKind.QUANTITY, SizeKind.WALLET_PERCENT


@pytest.mark.parametrize(
    "typed",
    ["10x", "x10", "10X", "10×", "10х", "lev10", "lev 10", "leverage:10", "lev=10x", "10 times",
     "10fold", "10-fold", "10 x", "１０x", "10.0x"],
)  # fmt: skip
def test_leverage_has_many_forms(typed: str) -> None:
    reading = read(f"/compare long btc {typed}")
    assert reading.values["leverage"] == 10
    assert "leverage" not in reading.assumed


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("500", MARGIN, "500"),
        ("$500", MARGIN, "500"),
        ("500$", MARGIN, "500"),
        ("500 usdt", MARGIN, "500"),
        ("500u", MARGIN, "500"),
        ("0.5k bucks", MARGIN, "500"),
        ("margin 500", MARGIN, "500"),
        ("m=500", MARGIN, "500"),
        ("collateral: 500", MARGIN, "500"),
        ("size 5000", NOTIONAL, "5000"),
        ("notional 5k", NOTIONAL, "5000"),
        ("position $5000", NOTIONAL, "5000"),
        ("worth 5000", NOTIONAL, "5000"),
        ("qty 0.1", QUANTITY, "0.1"),
        ("quantity=0.1", QUANTITY, "0.1"),
        ("qty 2 btc", QUANTITY, "2"),
        ("0.1btc", QUANTITY, "0.1"),
        ("0.5 btc", QUANTITY, "0.5"),
        ("size 0.1btc", QUANTITY, "0.1"),
        ("size 0.5 btc", QUANTITY, "0.5"),
        ("1kbtc", QUANTITY, "1000"),
        ("25%", SHARE, "25"),
        ("margin 25 pct", SHARE, "25"),
        ("max", SHARE, "100"),
        ("all-in", SHARE, "100"),
        ("all in", SHARE, "100"),
        ("half", SHARE, "50"),
        ("quarter", SHARE, "25"),
    ],
)
def test_a_size_has_four_kinds(typed: str, kind: SizeKind, value: str) -> None:
    size = read(f"/compare long 10x btc {typed}").values["size"]
    assert size == TypedSize(kind, Decimal(value))


@pytest.mark.parametrize("typed", ["5 btc", "size 5 btc", "position 5000 btc"])
def test_a_whole_number_before_a_coin_is_asked(typed: str) -> None:
    found = misread(f"/compare long 10x {typed}")
    assert (found.kind, found.hint) == ("ambiguous_number", "coin")
    kinds = [read(line).values["size"].kind for _, line in found.options]  # type: ignore[attr-defined] # values are objects
    assert kinds[0] in {MARGIN, NOTIONAL}
    assert kinds[1] is QUANTITY


@pytest.mark.parametrize("typed", ["worth 5000", "notional 5000", "size $5000", "size 5000 usdt"])
def test_money_before_a_coin_is_money(typed: str) -> None:
    assert read(f"/compare long 10x {typed} btc").values["size"] == TypedSize(
        NOTIONAL, Decimal(5000)
    )


@pytest.mark.parametrize(
    "typed",
    ["@65000", "@ 65k", "at 65000", "entry 65000", "e=65000", "from 65k", "limit 65000",
     "entry: $65,000", "limit at 65000", "entry @65000", "AT 65.000,00"],
)  # fmt: skip
def test_an_entry_has_many_forms(typed: str) -> None:
    assert read(f"/compare long btc 10x 500 {typed}").values["entry"] == 65000


@pytest.mark.parametrize("typed", ["market", "mkt", "now", "entry market", "at market"])
def test_the_market_is_no_entry(typed: str) -> None:
    assert read(f"/compare long btc 10x 500 {typed}").values["entry"] is None


@pytest.mark.parametrize(
    "typed", ["exit 70000", "to 70k", "-> 70000", "→70000", "close at 70000", "->70k", "tp 70k"]
)
def test_an_exit_has_many_forms(typed: str) -> None:
    assert read(f"/pnl long btc 10x 500 {typed}").values["exit"] == 70000


@pytest.mark.parametrize(
    ("line", "price"),
    [
        ("/pnl long btc @60000 +5%", "63000"),
        ("/pnl long btc @60000 exit 5%", "63000"),
        ("/pnl long btc -5% @60000", "57000"),
        ("/compare long btc @60000 +10%", "66000"),
        ("/pnl short eth 5%", "3360"),
    ],
)
def test_a_move_becomes_an_exit(line: str, price: str) -> None:
    reading = read(line)
    assert reading.values["exit"] == Decimal(price)
    assert noted(reading) == {"exit_of_move"}


def test_a_move_from_no_known_price_is_asked_and_not_suggested_again() -> None:
    for line in ("/pnl long btc +5%", "/pnl long btc"):
        found = misread(line, Context())
        assert (found.kind, found.suggestion) == ("missing_exit", "")
    assert read("/compare long btc +5%", Context()).values["percent"] == 5


@pytest.mark.parametrize(
    ("typed", "wallet"), [("wallet 5000", 5000), ("w=5k", 5000), ("equity: $7,500", 7500)]
)
def test_a_wallet_has_many_names(typed: str, wallet: int) -> None:
    reading = read(f"/compare long btc {typed}")
    assert reading.values["wallet"] == wallet
    assert reading.values["size"] == TypedSize(MARGIN, Decimal(wallet) / 5)


@pytest.mark.parametrize(
    ("typed", "venue"),
    [("bybit", "bybit"), ("on okx", "okx"), ("hl", "hyperliquid"), ("on mexc", "mexc")],
)
def test_a_venue_is_named_with_or_without_on(typed: str, venue: str) -> None:
    assert read(f"/compare long btc 10x {typed}").values["venue"] == venue


@pytest.mark.parametrize(
    ("typed", "add"), [("+200", 200), ("add 200", 200), ("-50", -50), ("remove 50", -50)]
)
def test_added_margin_is_signed(typed: str, add: int) -> None:
    assert read(f"/liq long btc 10x 1000 {typed}").values["add"] == add


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("/remove btc 50", "add", Decimal(-50)),
        ("/margin btc remove 50", "add", Decimal(-50)),
        ("/add btc 100 usdt", "add", Decimal(100)),
        ("/lev eth 20", "leverage", Decimal(20)),
        ("/iso btc", "mode", "isolated"),
        ("/alert btc below 60k", "price", Decimal(60000)),
        ("/alert btc @70k", "price", Decimal(70000)),
        ("/close 3", "id", "3"),
        ("/close id 3", "id", "3"),
        ("/cancel all", "all", True),
        ("/close quarter eth", "percent", Decimal(25)),
        ("/close btc 0.1 btc", "size", TypedSize(QUANTITY, Decimal("0.1"))),
        ("/open long btc 10x 100 sl 5% tp 10%", "sl", "5%"),
        ("/target long btc roe 100", "roe", Decimal(100)),
        ("/target long btc -20%", "roe", Decimal(-20)),
        ("/max btc", "leverage", Decimal(10)),
        ("/venue mexc", "venue", "mexc"),
        ("/compare mine long btc", "mine", True),
    ],
)
def test_every_command_fills_its_fields(line: str, field: str, value: object) -> None:
    assert read(line).values[field] == value


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("/compare lnog btc", "typo"),
        ("/compare long btc isolatd", "typo"),
        ("/compare long btc cross", "mode_ignored"),
        ("/ladder long btc sl 5%", "unused"),
        ("/compare long btc 500 65000", "entry_near_mark"),
        ("/max eth 3300", "entry_near_mark"),
        ("/compare 🔴 btc", "emoji_side"),
        ("/compare long btc 500", "bare_margin"),
        ("/target long btc 50% cross", "mode_idle"),
    ],
)
def test_what_was_mended_or_guessed_is_said(line: str, note: str) -> None:
    assert note in noted(read(line))


def test_a_green_sign_beside_its_word_says_nothing_new() -> None:
    assert noted(read("/compare 🟢 long btc")) == set()
    assert "side" not in read("/price 🟢 btc").values


def test_settings_are_what_is_assumed() -> None:
    own = Defaults(Decimal(3), Decimal(400), Decimal(50), "okx", "cross")
    reading = read("/liq long btc", Context(defaults=own))
    assert reading.values["leverage"] == 3
    assert reading.values["wallet"] == 400
    assert reading.values["size"] == TypedSize(MARGIN, Decimal(50))
    assert (reading.values["venue"], reading.values["mode"]) == ("okx", "cross")
    assert reading.assumed == {"leverage", "wallet", "size", "entry", "venue", "mode"}


def test_a_command_that_changes_something_assumes_nothing() -> None:
    assert read("/open long btc 100").assumed == frozenset()
    assert read("/close btc").assumed == {"percent"}


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("btc long 10x 500", "compare"),
        ("long btc 10x", "compare"),
        ("short eth", "compare"),
        ("liq long btc 20x", "liq"),
        ("long btc 10x 500", "open"),
        ("close btc 50%", "close"),
        ("price", "price"),
        ("open long btc 10x", "faq"),
        ("long btc and hold", "faq"),
        ("what is cross margin", "faq"),
        ("x", "faq"),
        ("@marginbot btc short 5x", "compare"),
        ("/faq@marginbot why", "faq"),
    ],
)
def test_a_text_without_a_slash_is_a_command_only_where_it_is_plain(
    text: str, command: str
) -> None:
    assert read(text).command == command


@pytest.mark.parametrize(
    "text",
    [
        "should I long btc now?",
        "is eth a good buy",
        "good time to short?",
        "/faq long or short btc",
        "what to buy",
    ],
)
def test_a_wish_for_advice_is_recognised(text: str) -> None:
    found = misread(text)
    assert found.kind == "advice_request"
    assert all(GRAMMAR.read(line, CONTEXT) for _, line in found.options)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("/duel", "duel"),
        ("/duel join 3", "duel join 3"),
        ("/Duel@marginbot 50x Short", "duel 50x Short"),
        ("/challenge duel 50x", "duel 50x"),
        ("/ch", None),
    ],
)
def test_an_alias_of_a_command_of_free_words_says_its_word_first(
    line: str, text: str | None
) -> None:
    reading = read(line)
    assert (reading.command, reading.values.get("text")) == ("challenge", text)


def test_what_is_not_for_us_is_left_alone() -> None:
    group = Context(private=False, bot_name="marginbot")
    assert [GRAMMAR.read(t, group) for t in ("btc long 10x", "", "/zzz")] == [None, None, None]
    assert GRAMMAR.read("/compare@otherbot long btc", CONTEXT) is None
    assert read("@marginbot btc long", group).command == "compare"
    assert read("/compare long btc", group).command == "compare"
    assert misread("/zzz@marginbot", group).kind == "unknown_command"


def test_marks_that_cannot_be_seen_change_nothing() -> None:
    plain = read("/compare long btc 10x 1000")
    for text in (
        "/compare\tlong\u200b btc\u202e 10x\u0000 1\u00a0000",
        "/compare long btc 10x １０００",
        "/compare long btc 10x 1 000",
        "/compare\nlong\nbtc\n10x\n1\u2009000",
    ):
        assert read(text).values == plain.values

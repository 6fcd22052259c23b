"""Names that fit several contracts, or are words as well: asked where it matters, else decided."""

from dataclasses import replace

import pytest

from bot.adapters.content.instrument_files import load_listings
from bot.app import grammar
from bot.chat.collisions import Collisions
from bot.chat.reading import Context, Defaults, Misread, Reading, SizeKind, TypedSize
from bot.chat.symbols import THOUSAND, USD
from core.market import Symbol
from core.money import D
from tests.chat import lines
from tests.chat.lines import BOOK, COLLIDING, CONTEXT, NAMESAKE_BOOK, noted


def on(venue: str) -> Context:
    return replace(CONTEXT, defaults=Defaults(venue=venue))


def read(text: str, venue: str = "binance") -> Reading:
    return lines.read(text, on(venue), COLLIDING)


def misread(text: str, venue: str = "binance") -> Misread:
    return lines.misread(text, on(venue), COLLIDING)


def symbol(text: str, venue: str = "binance") -> str:
    return str(read(text, venue).values["symbol"])


# --- two contracts of one coin --------------------------------------------------------------------


def test_a_name_that_fits_two_contracts_of_the_venue_is_asked_about() -> None:
    found = misread("/compare 10x long pepe 500")
    assert (found.kind, found.token) == ("ambiguous_symbol", "pepe")
    assert found.options == (
        ("PEPE", "/compare 10x long $pepe 500"),
        ("1000PEPE", "/compare 10x long $1000pepe 500"),
    )


@pytest.mark.parametrize(
    ("line", "venue"),
    [
        ("/compare 10x long pepe", "binance"),
        ("/compare 10x long PEPE, 500", "binance"),
        ("/price pepe", "binance"),
        ("/shock pepe -15%", "binance"),
        ("/shock pepe-15% eth -20%", "binance"),
        ("/hedge long pepe short btc 10x 1000", "binance"),
        ("/compare 10x long 5000pepe", "binance"),
        ("/avg long 5000pepe@0.01 2@0.02", "binance"),
        ("/alert pepe 0.02", "binance"),
        ("/open long pepe 10x 100", "binance"),
        ("10x long pepe", "binance"),
        ("/price luna", "bybit"),
        ("/price pepe on binance", "okx"),
    ],
)
def test_each_button_of_the_question_is_a_line_that_is_read(line: str, venue: str) -> None:
    if line.endswith("binance"):
        line = line.replace("/price", "/compare 10x long")
    found = misread(line, venue)
    assert found.kind == "ambiguous_symbol"
    meant = [read(choice, venue) for _, choice in found.options]
    labels = [label for label, _ in found.options]
    assert len(labels) == 2
    for label, reading in zip(labels, meant, strict=True):
        assert f"'{label}USDT'" in repr(reading.values)


def test_an_amount_is_counted_in_the_units_of_the_contract_that_is_chosen() -> None:
    few, many = (read(line) for _, line in misread("/liq 10x long 5000pepe").options)
    assert few.values["size"] == TypedSize(SizeKind.QUANTITY, D(5000))
    assert many.values["size"] == TypedSize(SizeKind.QUANTITY, D(5))
    fills = [read(line) for _, line in misread("/avg long 5000pepe@0.01").options]
    assert [r.values["fills"][0].size.value for r in fills] == [D(5000), D(5)]  # type: ignore[index]  # a tuple of fills


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("$pepe", "PEPE"),
        ("#pepe", "PEPE"),
        ("pepeusdt", "PEPE"),
        ("pepe usdt", "PEPE"),
        ("PEPE/USDT:USDT", "PEPE"),
        ("pepe-perp", "PEPE"),
        ("1000pepe", "1000PEPE"),
        ("$1000pepe", "1000PEPE"),
        ("btc", "BTC"),
        ("btcdom", "BTCDOM"),
    ],
)
def test_what_names_one_contract_is_not_asked_about(typed: str, meant: str) -> None:
    assert symbol(f"/compare 10x long {typed}") == f"{meant}USDT"


@pytest.mark.parametrize(
    ("typed", "venue", "meant", "notes"),
    [
        ("pepe", "okx", "PEPE", set()),
        ("pepe", "bybit", "PEPE", set()),  # listed by none: the core says so
        ("shib", "binance", "1000SHIB", {THOUSAND}),
        ("$shib", "binance", "1000SHIB", {THOUSAND}),
        ("shibusd", "binance", "1000SHIB", {THOUSAND}),
        ("shib", "bybit", "SHIB1000", {THOUSAND}),
        ("shib", "okx", "SHIB", set()),
        ("shibusd", "okx", "SHIB", {USD}),
        ("sats", "binance", "1000SATS", {THOUSAND}),
        ("sats", "bybit", "10000SATS", {THOUSAND}),
        ("babydoge", "binance", "1MBABYDOGE", {THOUSAND}),
        ("matic", "okx", "MATIC", set()),
        ("matic", "binance", "POL", set()),
        ("luna", "okx", "LUNA", set()),
        ("$luna", "bybit", "LUNA", set()),
        ("$luna", "binance", "LUNA", set()),  # not LUNA2, unasked
    ],
)
def test_the_venue_in_force_decides_what_a_shared_name_is(
    typed: str, venue: str, meant: str, notes: set[str]
) -> None:
    reading = read(f"/compare 10x long {typed}", venue)
    assert reading.values["symbol"] == f"{meant}USDT"
    assert noted(reading) == notes


def test_the_venue_that_is_typed_is_the_one_in_force() -> None:
    assert symbol("/compare 10x long pepe on okx") == "PEPEUSDT"
    assert misread("/compare 10x long pepe on binance", "okx").kind == "ambiguous_symbol"


@pytest.mark.parametrize(
    ("coin", "venue", "units"),
    [("shib", "bybit", "1000"), ("sats", "bybit", "10000"), ("babydoge", "binance", "1000000")],
)
def test_the_note_says_how_many_coins_make_a_lot(coin: str, venue: str, units: str) -> None:
    (note,) = [n for n in read(f"/compare 10x long {coin}", venue).notes if n.code == THOUSAND]
    assert note.fields["units"] == units


def test_a_coin_that_was_begun_anew_is_offered_and_never_taken() -> None:
    found = misread("/compare 10x long luna")
    assert (found.kind, found.options) == (
        "unknown_symbol",
        (("LUNA2", "/compare 10x long $luna2"),),
    )


def test_a_line_of_a_button_names_contracts_as_they_are_called() -> None:
    reading = lines.read("/price PEPE", replace(CONTEXT, meant=True), COLLIDING)
    assert reading.values["symbol"] == "PEPEUSDT"


def test_the_tables_that_come_with_the_program_collide_nowhere() -> None:
    assert not Collisions(BOOK).words
    assert not any(BOOK.is_shared(typed) for typed in BOOK.spellings)


# --- a coin that is a word ------------------------------------------------------------------------


def test_words_that_are_coins_are_known() -> None:
    assert Collisions(NAMESAKE_BOOK).words == {"cross", "me", "at"}


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("/price cross", [("CROSS", "/price $cross"), ("/price", "/price")]),
        ("/price me", [("ME", "/price $me"), ("/price", "/price")]),
        ("/price at", [("AT", "/price $at"), ("/price", "/price")]),
        ("/funding Cross", [("CROSS", "/funding $cross"), ("/funding", "/funding")]),
        ("/alert cross @0.3", [("CROSS", "/alert $cross @0.3"), ("/alert", "/alert @0.3")]),
        ("/shock cross -15%", [("CROSS", "/shock $cross -15%")]),
        ("/max cross 10x", [("CROSS", "/max $cross 10x")]),
    ],
)
def test_a_word_without_a_part_in_the_command_is_asked_about(
    line: str, options: list[tuple[str, str]]
) -> None:
    found = misread(line)
    assert (found.kind, found.hint) == ("ambiguous_symbol", "word")
    assert list(found.options) == options
    assert f"'{options[0][0]}USDT'" in repr(read(options[0][1]).values)


@pytest.mark.parametrize("line", ["/compare 10x long cross 500", "/open long cross 10x 100"])
def test_where_the_coin_is_missing_the_word_is_the_first_answer(line: str) -> None:
    found = misread(line)
    assert found.kind == "missing_symbol"
    assert found.options[0] == ("CROSS", line.replace("cross", "$cross"))
    assert [label for label, _ in found.options[1:]] == ["BTC", "ETH", "SOL"]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("/compare 10x long btc cross", "BTC"),
        ("/compare 10x long $cross cross", "CROSS"),
        ("/compare 10x long btc at 60000", "BTC"),
        ("/price btc for me", "BTC"),
        ("/price $me", "ME"),
    ],
)
def test_a_word_stays_a_word_where_the_coin_is_named(line: str, meant: str) -> None:
    assert symbol(line) == f"{meant}USDT"


@pytest.mark.parametrize("line", ["/pf for me", "/price all", "/mode cross"])
def test_words_that_have_their_part_or_fill_a_sentence_are_not_asked_about(line: str) -> None:
    try:
        read(line)
    except Misread as found:
        assert found.kind != "ambiguous_symbol"  # noqa: PT017 - either way is right


def test_a_word_is_asked_about_only_where_the_venue_lists_the_coin() -> None:
    assert "symbol" not in read("/price cross", "okx").values


def test_english_is_no_question_about_a_coin() -> None:
    assert read("close it for me").command == "faq"
    assert read("at which price").command == "faq"


def test_an_unknown_coin_beside_a_word_is_the_unknown_coin() -> None:
    assert misread("/compare 10x long foobar cross").kind == "unknown_symbol"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("/hedge long btc short cross 5x", "ambiguous_symbol"),
        ("/hedge long btc at 60000 short 5x", "missing_symbol"),
    ],
)
def test_the_second_coin_of_a_pair_may_be_a_word(line: str, kind: str) -> None:
    assert misread(line).kind == kind


def test_what_is_learned_later_collides_as_if_it_had_been_there() -> None:
    language, book = grammar(load_listings())
    assert lines.read("/price pepe", language=language).values["symbol"] == "1000PEPEUSDT"
    language.learn({"binance": [Symbol("PEPEUSDT"), Symbol("CROSSUSDT")], "new": []})
    assert lines.misread("/price pepe", language=language).kind == "ambiguous_symbol"
    assert lines.misread("/price cross", language=language).kind == "ambiguous_symbol"
    assert lines.read("/price pepe", on("okx"), language).values["symbol"] == "PEPEUSDT"
    assert book.listed[-2:] == ("PEPEUSDT", "CROSSUSDT")
    assert book.listed[0] == "BTCUSDT"

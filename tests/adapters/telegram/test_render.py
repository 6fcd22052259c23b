"""Replies as HTML, judged by Telegram's own parser, at the edge of every limit."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.telegram.limits import PAGES, pieces, scrub, shortened, units, visible
from bot.adapters.telegram.render import render, toast
from bot.chat.figures import Code, Label, Money, Name
from bot.chat.numerals import Numerals
from bot.chat.render import COLUMNS, Writer
from bot.chat.reply import (
    Block,
    Facts,
    Maths,
    Notes,
    Points,
    Reply,
    Row,
    Source,
    Table,
    Text,
    Title,
    Words,
)
from tests.fakes.botapi import checks, parser
from tests.fakes.botapi.checks import formatted

WRITER = Writer(Numerals())

COMPARED = Reply(
    (
        Title(Words("LONG {size}", {"size": Label("0.292 BTC")})),
        Text(Words("worth {value}", {"value": Money(Decimal("19979.81"), "USDT")})),
        Table(
            ("Isolated", "Cross"),
            (
                Row(Words("Can lose"), (Money(Decimal("1997.98")), Money(Decimal("9990.01")))),
                Row(Words("If BTC moves")),
                Row(Words("-10%"), (Money(Decimal("-1997.98")), Money(Decimal(0))), frozenset({0})),
            ),
            "liquidated",
        ),
        Text(Words("Isolated is closed there."), strong=True),
        Text(Words("Type {command} & see.", {"command": Code("/compare 20x <long> BTC")})),
        Points((Words("first"), Words("second"))),
        Facts((("mark", Money(Decimal(64210))),), title="Market"),
        Maths("isolated", (Words("W = {w}", {"w": Money(Decimal(10))}),)),
        Notes((Words("before fees"), Words("wallet assumed"))),
        Source(Words("Binance, as of 2026-09-29")),
    )
)


def test_every_block_has_its_form() -> None:
    (page,) = render(COMPARED, WRITER)
    assert page == (
        "<b>LONG 0.292 BTC</b>\n"
        "worth 19,979.81 USDT\n"
        "<pre>             Isolated    Cross\n"
        "Can lose     1,997.98 9,990.01\n"
        "If BTC moves\n"
        "-10%       *-1,997.98     0.00\n"
        "* liquidated</pre>\n"
        "<b>Isolated is closed there.</b>\n\n"
        "Type <code>/compare 20x &lt;long&gt; BTC</code> &amp; see.\n\n"
        "• first\n"
        "• second\n"
        "<pre>Market\n"
        "mark                 64,210.00</pre>\n"
        "<pre>isolated\n"
        "W = 10.00</pre>\n"
        "<blockquote expandable>before fees\n"
        "wallet assumed</blockquote>\n"
        "<i>Binance, as of 2026-09-29</i>"
    )


def test_telegram_reads_every_form_as_meant() -> None:
    (page,) = render(COMPARED, WRITER)
    plain, entities = formatted(page, "HTML")
    kinds = [kind for kind, _, _ in entities]
    assert kinds == [
        "Bold",
        "Pre",
        "Bold",
        "Code",
        "Pre",
        "Pre",
        "ExpandableBlockQuote",
        "Italic",
    ]
    assert "<" not in plain.replace("<long>", "")


def test_code_blocks_are_narrow_enough_for_every_phone() -> None:
    (page,) = render(COMPARED, WRITER)
    plain, entities = formatted(page, "HTML")
    fixed = [plain[start : start + size] for kind, start, size in entities if kind == "Pre"]
    assert max(len(line) for block in fixed for line in block.split("\n")) == COLUMNS


@pytest.mark.parametrize(
    ("letter", "count"), [("a", 4096), ("😀", 2048), ("<", 4096), ("é", 4096), ("x ", 2048)]
)
def test_what_fills_a_message_exactly_is_one_message(letter: str, count: int) -> None:
    (page,) = render(Reply((Text(Words(letter * count)),)), WRITER)
    assert units(formatted(page, "HTML")[0]) == 4096


@pytest.mark.parametrize(("letter", "count"), [("a", 4097), ("😀", 2049), ("&", 4097)])
def test_one_more_is_two_messages_and_nothing_is_lost(letter: str, count: int) -> None:
    pages = render(Reply((Text(Words(letter * count)),)), WRITER)
    assert len(pages) == 2
    assert "".join(formatted(page, "HTML")[0] for page in pages) == letter * count


def test_a_block_that_fits_on_the_next_page_is_not_torn() -> None:
    blocks = (Text(Words("a" * 3000)), Text(Words("b" * 3000)), Text(Words("c" * 90)))
    first, second = render(Reply(blocks), WRITER)
    assert (first, second) == ("a" * 3000, "b" * 3000 + "\n\n" + "c" * 90)


def test_two_blocks_that_fill_a_page_to_the_last_unit() -> None:
    blocks = (Text(Words("a" * 2000)), Text(Words("b" * 2094)))
    (page,) = render(Reply(blocks), WRITER)
    assert units(page) == 4096


def test_a_long_table_is_split_at_a_line_and_stays_fixed() -> None:
    rows = tuple((f"row {n}", Money(Decimal(n))) for n in range(200))
    pages = render(Reply((Title(Words("Many")), Facts(rows))), WRITER)
    plain = [formatted(page, "HTML")[0] for page in pages]
    lines = [line for page in plain for line in page.split("\n")]
    assert len(pages) > 1
    assert [line.split()[1] for line in lines[1:]] == [str(n) for n in range(200)]
    assert all(page.count("<pre>") == page.count("</pre>") == 1 for page in pages[1:])


def test_a_reply_without_end_is_a_few_messages() -> None:
    pages = render(Reply((Text(Words("word " * 100_000)),)), WRITER)
    assert len(pages) == PAGES
    assert pages[-1] == "…"


@pytest.mark.parametrize("blocks", [(), (Text(Words("\u200b ")),), (Facts(()),), (Points(()),)])
def test_a_reply_without_anything_to_see_is_an_ellipsis(blocks: tuple[Block, ...]) -> None:
    assert render(Reply(blocks), WRITER) == ["…"]


@pytest.mark.parametrize(
    "name",
    ["/forget", "$BTC", "#tag", "x.finance", "4242424242424242", "+4915112345678", "a:b", "<b>"],
)
def test_a_strangers_words_never_come_alive(name: str) -> None:
    assert alive(name) == []


def alive(name: str) -> list[str]:
    """Return what Telegram would make clickable of a name outside of code."""
    reply = Reply((Text(Words("{who} leads", {"who": Name(name)})),))
    plain, entities = formatted(render(reply, WRITER)[0], "HTML")
    still = [range(start, start + size) for kind, start, size in entities if kind == "Code"]
    return [
        kind
        for kind, start, _ in parser.automatic(plain)
        if not any(start in place for place in still)
    ]


LETTERS = st.text(st.characters() | st.sampled_from("<>&\"'/$#@.:+\u202e\u200d\u2066\0\ud800😀"))
PLAIN = LETTERS.map(lambda text: text.replace("{", "(").replace("}", ")"))


@given(LETTERS)
def test_no_name_ever_comes_alive(name: str) -> None:
    assert alive(name) == []


FIGURES = st.one_of(
    LETTERS.map(Name),
    LETTERS.map(Code),
    LETTERS.map(Label),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, max_value=10**12).map(Money),
)
WORDS = st.builds(lambda text, figure: Words(text + "{value}", {"value": figure}), PLAIN, FIGURES)
BLOCKS = st.one_of(
    st.builds(Title, WORDS),
    st.builds(Text, WORDS, st.booleans()),
    st.builds(Points, st.lists(WORDS, max_size=4).map(tuple)),
    st.builds(Notes, st.lists(WORDS, max_size=4).map(tuple)),
    st.builds(Source, WORDS),
    st.builds(Facts, st.lists(st.tuples(LETTERS, FIGURES), max_size=4).map(tuple), LETTERS),
    st.builds(Maths, LETTERS, st.lists(WORDS, max_size=4).map(tuple)),
)
REPLIES = st.builds(
    lambda blocks, short: Reply(tuple(blocks), short=short),
    st.lists(BLOCKS, max_size=6),
    st.none() | WORDS,
)


def demand_fit(reply: Reply) -> list[str]:
    """Demand what Telegram demands; return the plain texts."""
    pages = render(reply, WRITER)
    assert 1 <= len(pages) <= PAGES
    plain = [formatted(page, "HTML")[0] for page in pages]
    line = toast(reply, WRITER, 200)
    line.encode()
    assert units(line) <= 200
    return plain


@settings(max_examples=200)
@given(REPLIES)
def test_whatever_a_reply_holds_telegram_takes_it(reply: Reply) -> None:
    for text in demand_fit(reply):
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\0")


@settings(max_examples=30)
@given(LETTERS.filter(bool), st.sampled_from([Name, Code, Label]), st.integers(1000, 9000))
def test_long_words_of_any_kind_fit(seed: str, kind: type[Name], count: int) -> None:
    words = Words("{value}", {"value": kind((seed * count)[:20_000])})
    demand_fit(Reply((Title(words), Notes((words,)), Source(words))))


@pytest.mark.parametrize("text", ["<b>" * 170_000, "😀" * 128_000, "a\u0300\u202e" * 100_000])
def test_half_a_megabyte_fits(text: str) -> None:
    demand_fit(Reply((Title(Words("You said")), Text(Words("{it}", {"it": Code(text)})))))


@given(st.text(), st.integers(2, 50))
def test_pieces_are_short_enough_and_lose_nothing(text: str, limit: int) -> None:
    cut = list(pieces(text, limit))
    assert "".join(cut) == text
    assert all(units(piece) <= limit for piece in cut)
    assert units(shortened(text, limit)) <= limit
    assert units(text) == parser.units(text)


def test_pieces_end_at_words() -> None:
    assert list(pieces("one two three", 8)) == ["one two ", "three"]
    assert list(pieces("a verylongword", 8)) == ["a verylo", "ngword"]


def test_scrubbing_keeps_letters_of_every_script() -> None:
    assert scrub("a\tb\nc\x07\u202ed\ud800") == "a b cd"
    assert scrub("مرحبا 👩\u200d🚀 Ж") == "مرحبا 👩\u200d🚀 Ж"
    assert visible("a")
    assert not visible(" \u200b\u0301")


@given(st.text(max_size=200))
def test_we_and_telegram_agree_on_what_can_be_seen(text: str) -> None:
    assert visible(text) == checks.visible(text)

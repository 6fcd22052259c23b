"""Replies as embeds: complete, within Discord's limits, and with nothing in them that acts."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simcord.components import validate_embeds

from bot.adapters.discord.limits import BODY, MORE, PAGES, units
from bot.adapters.discord.render import Page, code, escaped, pages
from bot.chat.figures import Code, Figure, Label, Money, Name, PriceOf
from bot.chat.numerals import Numerals
from bot.chat.render import COLUMNS, Writer, columns
from bot.chat.reply import (
    Block,
    Choice,
    Facts,
    Maths,
    Notes,
    Points,
    Poll,
    Reply,
    Row,
    Source,
    Table,
    Text,
    Title,
    Words,
)

WRITER = Writer(Numerals())
FENCE = re.compile(r"```\n(.*?)\n```", re.DOTALL)
HARMLESS = re.compile(r"\\.|`[^`\n]*`|https?://\S+")
"""What is escaped, code, links."""


def money(value: str) -> Money:
    return Money(Decimal(value))


def rendered(*blocks: Block) -> tuple[Page, ...]:
    return pages(Reply(blocks), WRITER)


def only(*blocks: Block) -> Page:
    (page,) = rendered(*blocks)
    return page


def said(text: str, **figures: Figure) -> Words:
    return Words(text, figures)


def test_the_reading_is_the_title_the_figures_a_code_block_the_assumptions_the_footer() -> None:
    page = only(
        Title(said("LONG {size} BTC", size=money("0.5"))),
        Text(said("worth {value} USDT", value=money("19979.808"))),
        Table(
            ("Isolated", "Cross"),
            (
                Row(said("Can lose"), (money("1997.98"), money("9990.01"))),
                Row(
                    said("Liq. price"),
                    (PriceOf(Decimal(61829), Decimal("0.1")), money("34349.1")),
                ),
            ),
        ),
        Text(said("Isolated is closed there."), strong=True),
        Notes((said("wallet 10,000"), said("margin 2,000"))),
    )
    assert page.title == "LONG 0.50 BTC"
    assert page.body.split("\n") == [
        "worth 19,979.81 USDT",
        "```",
        "            Isolated     Cross",
        "Can lose    1,997.98  9,990.01",
        "Liq. price  61,829.0 34,349.10",
        "```",
        "**Isolated is closed there.**",
    ]
    assert page.footer == "wallet 10,000 · margin 2,000"


def test_an_embed_has_no_fields() -> None:
    embed = only(Title(said("T")), Facts((("a", money("1")),)), Notes((said("n"),))).embed
    assert (embed.title, embed.footer.text, embed.fields) == ("T", "n", [])


def test_points_sources_and_commands_have_their_marks() -> None:
    page = only(
        Points((said("one"), said("try {line}", line=Code("/price btc")))), Source(said("Binance"))
    )
    assert page.body.split("\n") == ["- one", "- try `/price btc`", "-# Binance"]


def test_a_second_title_stands_in_the_text() -> None:
    assert only(Title(said("A")), Title(said("B"))).body == "**B**"


def test_a_calculation_stands_in_a_code_block() -> None:
    assert only(Maths("isolated", (said("W = 1,997.98"),))).body == (
        "```\nisolated\nW = 1,997.98\n```"
    )


def test_an_empty_reply_still_is_a_message() -> None:
    assert only() == Page(body=MORE)
    assert only(Text(said(" "))) == Page(body=MORE)
    assert only(Title(said("T"))) == Page(title="T")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** _it_ ~~no~~ ||hidden||", r"\*\*bold\*\* \_it\_ \~\~no\~\~ \|\|hidden\|\|"),
        ("`code` ```block```", r"\`code\` \`\`\`block\`\`\`"),
        ("[here](https://example.org)", r"\[here\](https://example.org)"),
        ("<@42> <@&7> <#9> <t:1:R>", r"\<@42> \<@&7> \<#9> \<t:1:R>"),
        ("@everyone and @HERE", "@\u200beveryone and @\u200bHERE"),
        (
            "# big\n> quote\n- point\n1. first\n-# small",
            "\\# big\n\\> quote\n\\- point\n1\\. first\n\\-# small",
        ),
        ("a\\b", r"a\\b"),
        ("https://example.org/a_b_c", "https://example.org/a_b_c"),
        ("-9.64% at 61,829.0, +10% @65000 #3", "-9.64% at 61,829.0, +10% @65000 #3"),
        ("turned\u202eround\x00\ud800", "turnedround"),
    ],
)
def test_text_shows_as_it_is(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("/c l btc", "`/c l btc`"), ("a`b", "`a'b`"), ("a\nb", "`a b`"), (" \x00 ", "")],
)
def test_a_command_to_copy_cannot_end_early(text: str, shown: str) -> None:
    assert code(text) == shown


def test_names_are_cleaned_and_escaped() -> None:
    page = only(Text(said("{who} asks", who=Name("*m*\u202e @everyone www.evil.com"))))
    assert page.body == r"\*m\* everyone asks"


def test_a_fence_cannot_be_closed_from_inside() -> None:
    page = only(Facts((("symbol", Code("```x")),)))
    assert page.body.count("```") == 2


def test_a_long_title_is_cut_and_still_escaped() -> None:
    page = only(Title(said("{x}", x=Label("*" * 400))))
    assert page.title.startswith("\\*\\*")
    assert page.title.endswith(MORE)
    assert units(page.title) <= 256


def test_more_than_a_page_goes_on_in_the_next_message() -> None:
    first, second = rendered(
        Title(said("T")),
        Text(said("{x}", x=Label("a" * (BODY - 100)))),
        Text(said("{x}", x=Label("b" * 200))),
        Notes((said("n"),)),
    )
    assert (first.title, first.footer) == ("T", "")
    assert (second.title, second.body, second.footer) == ("", "b" * 200, "n")


@pytest.mark.parametrize(("extra", "count"), [(0, 1), (1, 2)])
def test_a_page_holds_exactly_what_fits(extra: int, count: int) -> None:
    faces = "😀" * ((BODY - 100) // 2)
    rest = "b" * (100 - 1 + extra)
    assert len(rendered(Text(said("{x}", x=Label(faces))), Text(said("{x}", x=Label(rest))))) == (
        count
    )


def test_a_sentence_longer_than_a_page_breaks_at_spaces() -> None:
    text = " ".join(["word"] * 2000)
    found = rendered(Text(said("{x}", x=Label(text))))
    assert " ".join(page.body.replace("\n", " ") for page in found) == text


def test_a_table_longer_than_a_page_is_two_code_blocks() -> None:
    found = rendered(Facts(tuple((f"line {i}", money("1")) for i in range(200))))
    assert len(found) == 2
    lines = [line for page in found for line in FENCE.findall(page.body)[0].split("\n")]
    assert [line.split()[1] for line in lines] == [str(i) for i in range(200)]


def test_long_assumptions_move_from_the_footer_into_the_text() -> None:
    page = only(Notes(tuple(said("{x}", x=Label("n" * 500)) for _ in range(5))))
    assert page.footer == ""
    assert page.body.startswith("-# nnn")


def test_the_end_of_an_endless_answer_is_left_out_and_that_is_shown() -> None:
    found = rendered(*(Text(said("{x}", x=Label("x" * BODY))) for _ in range(PAGES + 3)))
    assert len(found) == PAGES
    assert found[-1].body.endswith(MORE)


NASTY = st.one_of(
    st.text(max_size=80),
    st.text("*_~|`[]()<>#@\\ \n-+.1aé漢😀\u0301\u202e\ud800", max_size=200),
    st.sampled_from(["@everyone", "```", "x" * 5000, "😀" * 2000, "<b>&amp;</b>", "a\u0301" * 500]),
)
FIGURES = st.one_of(st.builds(Name, NASTY), st.builds(Code, NASTY), st.builds(Label, NASTY))
WORDS = st.builds(lambda a, b: Words("{a} and {b}.", {"a": a, "b": b}), FIGURES, FIGURES)
ROWS = st.lists(
    st.builds(lambda label, a, b: Row(label, (a, b)), WORDS, FIGURES, FIGURES), max_size=4
)
BLOCKS = st.one_of(
    st.builds(Title, WORDS),
    st.builds(Text, WORDS, st.booleans()),
    st.builds(Points, st.lists(WORDS, max_size=4).map(tuple)),
    st.builds(Source, WORDS),
    st.builds(Notes, st.lists(WORDS, max_size=4).map(tuple)),
    st.builds(lambda rows: Table(("One", "Two"), tuple(rows)), ROWS),
    st.builds(lambda a, b: Facts(((a, b),)), NASTY, FIGURES),
    st.builds(lambda a, b: Maths(a, (b,)), NASTY, WORDS),
)


@settings(max_examples=60)
@given(st.lists(BLOCKS, max_size=6))
def test_whatever_is_said_stays_within_the_limits(blocks: list[Block]) -> None:
    found = rendered(*blocks)
    assert 1 <= len(found) <= PAGES
    for page in found:
        validate_embeds([dict(page.embed.to_dict())])
        assert units(page.title) <= 256
        assert units(page.body) <= 4096
        assert units(page.footer) <= 2048
        assert units(page.title + page.body + page.footer) <= 6000
        assert page.title or page.body


@settings(max_examples=60)
@given(st.lists(BLOCKS, max_size=6))
def test_whatever_is_said_can_neither_format_nor_ring(blocks: list[Block]) -> None:
    for page in rendered(*blocks):
        assert page.body.count("```") % 2 == 0
        bare = HARMLESS.sub("", FENCE.sub("", page.body))
        assert "@everyone" not in bare
        assert not re.search(r"[*_~|`\[\]<]", re.sub(r"(?m)\*\*$|^\*\*", "", bare))


@settings(max_examples=60)
@given(st.lists(BLOCKS, max_size=4))
def test_fixed_width_never_passes_what_a_phone_shows(blocks: list[Block]) -> None:
    for page in rendered(*blocks):
        for block in FENCE.findall(page.body):
            assert all(columns(line) <= COLUMNS for line in block.split("\n"))


def test_a_poll_is_a_card_whose_choices_are_the_letters_below() -> None:
    why, whole = Words("Because."), Choice("Why", "/why")
    poll = Poll(Words("Which?"), (), (Label("one"), Label("two")), 0, why, None, whole)
    assert only(poll).body == "**Which?**\n```\nA one\nB two\n```"

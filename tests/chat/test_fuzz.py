"""Whatever is typed, the grammar reads it, refuses it in words, or leaves it alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.facts import as_fields
from bot.chat.i18n import english
from bot.chat.notes import note_words
from bot.chat.reading import Context, Misread, Reading
from bot.chat.troubles import misread_reply
from tests.chat.lines import CONTEXT, GRAMMAR

GROUP = Context(private=False, bot_name="marginbot")
COMMANDS = sorted({f"/{name}" for v in GRAMMAR.verbs for name in (v.name, *v.aliases)})
WORDS = (
    "long short btc eth pepe $CROSS #3 10x 500x 0x 500 -5 +200 50% -15% 1,00,0 65.000 @65000 @ at "
    "entry exit -> sl tp 5% wallet w=5k size notional qty 0.1btc 0.5 max half all mine cross iso "
    "bybit on mexc 🟢 🔴 NaN 1e9999 lnog to roe add remove market ! - + = : 0.1@60000 @-1 id price "
    "leverage zone Europe/Berlin default ethbtc btcusd is a ? ,, .. x12 e= ->5 @@ btc-5% margin"
)
LINES = st.builds(
    lambda head, words: " ".join((head, *words)),
    st.sampled_from([*COMMANDS, "", "@marginbot"]),
    st.lists(st.sampled_from(WORDS.split()), max_size=9, unique=True),
)


def survives(text: str, context: Context = CONTEXT) -> Misread | None:
    """Read a text; any reading and any refusal must also be tellable."""
    try:
        reading = GRAMMAR.read(text, context)
    except Misread as found:
        misread_reply(found, english)
        return found
    if reading is not None:
        assert isinstance(reading, Reading)
        assert as_fields(reading)["command"] == reading.command
        for note in reading.notes:
            note_words(note, english)
    return None


@given(st.text(max_size=600))
def test_any_text_is_survived(text: str) -> None:
    survives(text)
    survives(text, GROUP)


@given(st.sampled_from(COMMANDS), st.text(max_size=240))
def test_any_text_behind_a_command_is_survived(command: str, text: str) -> None:
    survives(f"{command} {text}")


@settings(max_examples=600)
@given(LINES)
def test_any_row_of_known_words_is_survived(text: str) -> None:
    survives(text)


@settings(max_examples=600)
@given(LINES)
def test_a_cure_does_not_repeat_the_mistake(text: str) -> None:
    found = survives(text)
    if found is None or not found.suggestion:
        return
    again = survives(found.suggestion)
    if again is not None:
        assert (again.kind, again.token) != (found.kind, found.token), found.suggestion


@pytest.mark.parametrize(
    "text",
    [
        "/compare " + "9" * 524_288,
        "/compare " + "1," * 262_144,
        "/compare " + "long btc " * 58_000,
        "a" * 524_288,
        "@" * 524_288,
        "/" * 524_288,
        "/faq " + "\u202e" * 524_288,
        "\u0000" * 524_288,
        "\ufdfa" * 100_000,
    ],
    ids=["digits", "commas", "words", "letters", "ats", "slashes", "bidi", "nulls", "ligatures"],
)
def test_half_a_megabyte_is_survived(text: str) -> None:
    survives(text)


@pytest.mark.parametrize(
    "text",
    [
        "/compare long btc \x00\x07\x1b[31m 10x",
        "/compare \u202elong\u202c btc",
        "/compare long btc NaN sNaN -inf 1e9999 -1e-9999",
        "/compare long btc @NaN wallet Infinity",
        "/compare long btc ٣x ۵۰۰",
        "/compare long btc ²x ½ Ⅷ",
        "/compare lo\u0301ng btc",
        "/compare long btc \ud800",
        "/compare long btc 0.00000000000000000000000000001",
        "/@ /@bot",
        "@",
        "@@ long btc",
        "$ # @ ! = : -> → × х",
        "/set zone \x00",
        "/shock - % + %",
    ],
)
def test_oddities_are_survived(text: str) -> None:
    survives(text)


@given(
    st.sampled_from([v.name for v in GRAMMAR.verbs]),
    st.dictionaries(
        st.sampled_from(sorted({f for v in GRAMMAR.verbs for f in v.fields})),
        st.one_of(st.text(max_size=40), st.sampled_from(WORDS.split())),
    ),
)
def test_any_typed_options_are_survived(command: str, options: dict[str, str]) -> None:
    try:
        reading = GRAMMAR.read_fields(command, options, CONTEXT)
    except Misread as found:
        misread_reply(found, english)
    else:
        assert reading.command == command

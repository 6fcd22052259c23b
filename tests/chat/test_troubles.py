"""Misreadings, worded: every kind has its sentence, with no gap left unfilled."""

import re

import pytest

from bot.adapters.console.render import text as shown
from bot.chat.i18n import english
from bot.chat.intent import UNDERSTOOD
from bot.chat.reading import Misread
from bot.chat.reply import Tone
from bot.chat.troubles import fault_reply, misread_reply, sentences
from tests.chat.lines import COLLIDING, GRAMMAR, misread

KINDS = (
    "empty",
    "unknown_command",
    "missing_side",
    "conflicting_side",
    "missing_symbol",
    "unknown_symbol",
    "two_symbols",
    "ambiguous_symbol",
    "unsupported_quote",
    "missing_size",
    "ambiguous_number",
    "bad_number",
    "not_positive",
    "leverage_out_of_range",
    "duplicate_field",
    "percent_out_of_range",
    "sl_wrong_side",
    "tp_wrong_side",
    "price_far",
    "exceeds_wallet",
    "unknown_token",
    "typo_confirm",
    "missing_mode",
    "missing_amount",
    "missing_exit",
    "no_target",
    "advice_request",
    "too_long",
)

LINES = {
    "empty": "/compare",
    "unknown_command": "/compre",
    "missing_side": "/compare btc",
    "conflicting_side": "/compare long short btc",
    "missing_symbol": "/compare long",
    "unknown_symbol": "/compare long btcc",
    "two_symbols": "/compare btc eth",
    "ambiguous_symbol": "/compare long pepe",
    "unsupported_quote": "/compare long ethbtc",
    "missing_size": "/open long btc",
    "ambiguous_number": "/compare long btc 100 200 300",
    "bad_number": "/compare long btc 1,00,0",
    "not_positive": "/compare long btc -500",
    "leverage_out_of_range": "/compare long btc 500x",
    "duplicate_field": "/compare long btc 10x 20x",
    "percent_out_of_range": "/close btc 150%",
    "sl_wrong_side": "/open long btc 100 sl 70k",
    "tp_wrong_side": "/open long btc 100 tp 60k",
    "price_far": "/compare long btc @65.000",
    "exceeds_wallet": "/open long btc 6000 wallet 5000",
    "unknown_token": "/compare long btc foo",
    "typo_confirm": "/open lnog btc 100",
    "missing_mode": "/mode btc",
    "missing_amount": "/margin btc",
    "missing_exit": "/pnl long btc",
    "no_target": "/target long btc",
    "advice_request": "should I long btc",
    "too_long": "/compare " + "long " * 60,
}


def test_every_kind_has_one_sentence() -> None:
    assert set(sentences(english)) == set(KINDS) == set(LINES)
    assert set(KINDS) > UNDERSTOOD


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_met_and_is_answered_in_few_plain_lines(kind: str) -> None:
    found = misread(LINES[kind], language=COLLIDING if kind == "ambiguous_symbol" else GRAMMAR)
    assert found.kind == kind
    reply = misread_reply(found, english)
    assert (reply.tone, reply.outcome) == (Tone.TROUBLE, kind)
    assert len(reply.blocks) <= 2
    text = shown(reply)
    assert len(text.splitlines()) <= 3
    assert not re.search(r"[{}]|None|Traceback|!", text)
    if found.suggestion:
        assert found.suggestion in text


def test_a_bad_number_says_what_may_have_been_meant() -> None:
    assert "Did you mean 1000?" in shown(
        misread_reply(misread("/compare long btc 1,00,0"), english)
    )
    assert "-15%" in shown(misread_reply(misread("/shock btc 15"), english))


def test_options_become_one_row_of_buttons() -> None:
    reply = misread_reply(misread("/compare btc"), english)
    assert [c.label for c in reply.choices[0]] == ["long", "short"]


def test_long_tokens_and_cures_are_cut() -> None:
    found = Misread("unknown_token", "z" * 500, suggestion="/x " + "z" * 200)
    reply = misread_reply(found, english)
    assert len(reply.blocks) == 1
    assert len(shown(reply)) < 100


def test_options_without_a_line_are_left_out() -> None:
    found = Misread("missing_side", options=(("long", ""), ("short", "")))
    assert misread_reply(found, english).choices == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_fields_of_a_misreading_are_its_own(kind: str) -> None:
    found = misread(LINES[kind], language=COLLIDING if kind == "ambiguous_symbol" else GRAMMAR)
    assert dict(found.fields()) == {
        "token": found.token,
        "hint": found.hint,
        "suggestion": found.suggestion,
    }


def test_the_kinds_are_all_that_the_grammar_knows() -> None:
    met = {misread(line).kind for kind, line in LINES.items() if kind != "ambiguous_symbol"}
    assert met == set(KINDS) - {"ambiguous_symbol"}  # the tables at hand collide nowhere
    assert len(GRAMMAR.verbs) > 20


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_worded_even_with_nothing_more_to_say(kind: str) -> None:
    text = shown(misread_reply(Misread(kind, "x", "y", "/compare", (("a", "/a"),)), english))
    assert text
    assert "{" not in text


@pytest.mark.parametrize("hint", ["1000", "sign", ""])
def test_a_number_that_is_none_is_quoted(hint: str) -> None:
    assert '"1,00,0"' in shown(misread_reply(Misread("bad_number", "1,00,0", hint), english))


def test_a_bare_number_beside_a_target_is_asked_about() -> None:
    assert 'Is "50" the ROE?' in shown(misread_reply(misread("/target long btc 10x 50"), english))


def test_a_button_that_changes_something_is_kept() -> None:
    found = misread("/set confirm maybe")
    (row,) = misread_reply(found, english, lambda line: line.endswith("on")).choices
    assert [(c.label, c.kept) for c in row] == [("on", True), ("off", False)]


def test_a_fault_is_told_with_its_number() -> None:
    reply = fault_reply("0123abcd", english)
    assert "0123abcd" in shown(reply)
    assert (reply.tone, reply.outcome) == (Tone.TROUBLE, "fault")

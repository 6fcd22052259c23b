"""What a command cannot do without is asked for, one thing at a time, with ready answers."""

from dataclasses import replace

import pytest

from bot.chat.demands import _SAMPLES, example_lines, sample_words
from bot.chat.verbs import Verb
from tests.chat.drafts import VERBS
from tests.chat.lines import CONTEXT, GRAMMAR, misread, read

UNMARKED = replace(CONTEXT, marks={})
NEEDY = [verb for verb in GRAMMAR.verbs if verb.required]


@pytest.mark.parametrize(
    ("line", "kind", "answers"),
    [
        ("/compare btc", "missing_side", ["/compare long btc", "/compare short btc"]),
        ("/compare long", "missing_symbol", [f"/compare long {c}" for c in ("btc", "eth", "sol")]),
        (
            "/liq long 10x 500",
            "missing_symbol",
            [f"/liq {c} long 10x 500" for c in ("btc", "eth", "sol")],
        ),
        ("/open long btc", "missing_size", [f"/open long btc {n}" for n in (50, 100, 250)]),
        ("/mode btc", "missing_mode", ["/mode isolated btc", "/mode cross btc"]),
        ("/target long btc", "no_target", ["/target long btc 50%", "/target long btc 100%"]),
    ],
)
def test_what_is_missing_is_asked_with_ready_answers(
    line: str, kind: str, answers: list[str]
) -> None:
    found = misread(line)
    assert (found.kind, [answer for _, answer in found.options]) == (kind, answers)


def test_the_first_thing_missing_is_asked_first() -> None:
    assert misread("/open 10x").kind == "missing_side"
    assert misread("/open long 10x").kind == "missing_symbol"
    assert misread("/open long btc 10x").kind == "missing_size"


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("/pnl long btc", "/pnl long btc +5%"),
        ("/pnl long btc @60k", "/pnl long btc @60k -> 64210"),
        ("/pnl long btc 500 65000", "/pnl long btc 500 -> 65000"),
        ("/margin btc", "/margin btc 100"),
        ("/alert btc", "/alert btc @64210"),
        ("/target long btc 50", "/target long btc 50%"),
    ],
)
def test_what_is_missing_is_put_where_it_belongs(line: str, cure: str) -> None:
    assert misread(line).suggestion == cure
    assert f"/{read(cure).command}" == cure.split(maxsplit=1)[0]


def test_without_a_mark_no_price_is_invented() -> None:
    assert misread("/pnl long btc", UNMARKED).suggestion == ""
    assert misread("/alert btc", UNMARKED).suggestion == ""


def test_an_answer_does_not_fall_into_an_open_slot() -> None:
    for _, line in misread("/open long btc limit").options:
        assert "margin" in line
        assert read(line).command == "open"


@pytest.mark.parametrize("verb", NEEDY, ids=lambda verb: verb.name)
def test_a_command_alone_shows_lines_that_work(verb: Verb) -> None:
    lines = example_lines(verb, f"/{verb.name}", CONTEXT)
    assert 1 <= len(lines) <= 3
    for line in lines:
        assert read(line).command == verb.name


@pytest.mark.parametrize("verb", NEEDY, ids=lambda verb: verb.name)
def test_every_needed_field_has_a_sample(verb: Verb) -> None:
    assert set(verb.required) <= set(_SAMPLES)


def test_samples_follow_the_mark_and_have_a_price_without_one() -> None:
    verb = Verb("watch", required=("symbol", "price"))
    assert sample_words(verb, CONTEXT) == "btc @70631"
    assert sample_words(verb, UNMARKED) == "btc @63000"


@pytest.mark.parametrize("line", ["/compare long btc", "/pnl long btc +5%", "/open long btc 100"])
def test_nothing_is_asked_where_all_is_there(line: str) -> None:
    reading = read(line)
    assert set(VERBS[reading.command].required) <= reading.values.keys()

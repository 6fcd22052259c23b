"""Silence in words: one sentence for the asker alone, and each reason has its own."""

from collections.abc import Callable

import pytest

from bot.adapters.discord.silence import (
    changed_command,
    closed_door,
    older_version,
    out_of_date,
    said,
)
from bot.chat.i18n import Translate, english
from bot.chat.reply import Hush, Reply, Text, Tone

REASONS = ("cooldown", "switched_off", "not_served", "explained", "silent")


def sentence(reply: Reply) -> str:
    (block,) = reply.blocks
    assert isinstance(block, Text)
    return block.words.text


def test_each_reason_has_a_sentence_of_its_own() -> None:
    told = [sentence(said(Hush(outcome=reason), english)) for reason in REASONS]
    assert len(set(told)) == len(REASONS)


@pytest.mark.parametrize("reason", [*REASONS, "a reason of tomorrow"])
def test_the_reason_stays_the_outcome(reason: str) -> None:
    assert said(Hush(outcome=reason), english).outcome == reason


@pytest.mark.parametrize(
    "reply",
    [older_version, out_of_date, changed_command, closed_door],
    ids=lambda made: made.__name__,
)
def test_what_leads_nowhere_is_told_aside(reply: Callable[[Translate], Reply]) -> None:
    made = reply(english)
    assert (made.private, made.tone) == (True, Tone.TROUBLE)
    assert sentence(made).endswith(".")


def test_sentences_are_translated() -> None:
    def shout(text: str) -> str:
        return text.upper()

    assert sentence(older_version(shout)).isupper()
    assert sentence(said(Hush(outcome="cooldown"), shout)).isupper()

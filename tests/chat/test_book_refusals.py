"""Why an entry of a group's hosts is not kept, with a cure each."""

import pytest

from bot.chat.book_refusals import book_refusal
from bot.chat.i18n import english
from bot.chat.refusals import refusal_reply
from bot.chat.reply import Tone
from core.errors import (
    EntryEmpty,
    EntryHasLink,
    EntryTooLong,
    NotAllowed,
    Refusal,
    TooManyEntries,
    UnknownEntry,
)
from tests.walk.house import shown

OURS: tuple[tuple[Refusal, str], ...] = (
    (EntryTooLong("answer", 901, 900), "The answer has 901 characters; 900 are the most."),
    (EntryEmpty("question"), "/hostfaq add"),
    (EntryHasLink("evil.example"), "/host links on"),
    (TooManyEntries(50), "/hostfaq drop own-1"),
    (UnknownEntry("own-9", ("own-1", "adl")), "There are: own-1, adl."),
    (UnknownEntry("own-9", ()), "/hostfaq add"),
)


@pytest.mark.parametrize(("refusal", "said"), OURS, ids=lambda each: str(each)[:40])
def test_each_says_what_is_wrong_and_what_helps(refusal: Refusal, said: str) -> None:
    reply = refusal_reply(refusal, english)
    assert said in shown(reply)
    assert reply.outcome == refusal.code
    assert reply.tone is Tone.TROUBLE
    assert [choice.say for row in reply.choices for choice in row] == ["/hostfaq"]


def test_a_long_link_is_shown_in_part_and_keys_in_part() -> None:
    assert "x" * 50 not in shown(refusal_reply(EntryHasLink("a.b" + "x" * 99), english))
    many = UnknownEntry("own-99", tuple(f"own-{n}" for n in range(1, 51)))
    text = shown(refusal_reply(many, english))
    assert "own-12 …" in text
    assert "own-13" not in text


def test_other_refusals_are_somebody_elses() -> None:
    assert book_refusal(NotAllowed("host"), str) is None

"""Why two cannot be joined or one cannot be parted, with a cure each."""

import pytest

from bot.chat.account_refusals import account_refusal
from bot.chat.reply import Tone
from core.errors import Refusal
from core.paper.errors import LinkGone, LinkRefused, NotLinked, PreviewGone

OURS = (
    LinkGone(),
    LinkRefused("linked"),
    LinkRefused("platform"),
    LinkRefused("both_hold"),
    NotLinked(),
)


@pytest.mark.parametrize("refusal", OURS, ids=lambda r: f"{r.code}-{dict(r.fields())}")
def test_each_has_its_sentence_and_one_cure(refusal: Refusal) -> None:
    reply = account_refusal(refusal, str)
    assert reply is not None
    assert reply.outcome == refusal.code
    assert reply.tone is Tone.TROUBLE
    assert reply.short is not None
    assert "{" not in reply.short.text
    assert [len(row) for row in reply.choices] == [1]


def test_the_reasons_differ() -> None:
    replies = [account_refusal(refusal, str) for refusal in OURS]
    said = {reply.short.text for reply in replies if reply is not None and reply.short}
    assert len(said) == len(OURS)


def test_other_refusals_are_somebody_elses() -> None:
    assert account_refusal(PreviewGone(), str) is None

"""Why an alert is not set, or a post not scheduled, with a cure each."""

import pytest

from bot.chat.alert_refusals import alert_refusal
from bot.chat.i18n import english
from bot.chat.refusals import refusal_reply
from bot.chat.reply import Tone
from core.errors import (
    AlertReached,
    BadHour,
    NotAllowed,
    Refusal,
    TooManyAlerts,
    UnknownAlert,
)
from core.money import D
from tests.walk.house import shown

BOARD = "/schedule board 08:00"
LEADERBOARD = "/schedule leaderboard mon 08:00"
OURS: tuple[tuple[Refusal, str, str], ...] = (
    (AlertReached("BTCUSDT", D("70000.0")), "BTC is marked at 70,000 now.", "/alert"),
    (TooManyAlerts(20), "You have 20 alerts, which is the most.", "/alert"),
    (UnknownAlert(3, (1, 2)), "There is no alert #3. You have: #1, #2.", "/alert"),
    (UnknownAlert(3, ()), "There is no alert #3; you have none.", "/alert"),
    (BadHour("25"), "I can't read 25 as an hour of the day.", BOARD),
    (BadHour("xday", weekly=True), "I can't read xday as a day and an hour.", LEADERBOARD),
)


@pytest.mark.parametrize(("refusal", "said", "cure"), OURS, ids=lambda each: str(each)[:40])
def test_each_says_what_is_wrong_and_what_helps(refusal: Refusal, said: str, cure: str) -> None:
    reply = refusal_reply(refusal, english)
    assert shown(reply).startswith(said)
    assert (reply.outcome, reply.tone) == (refusal.code, Tone.TROUBLE)
    assert [(c.say, c.kept) for row in reply.choices for c in row] == [(cure, True)]


def test_other_refusals_are_somebody_elses() -> None:
    assert alert_refusal(NotAllowed("host"), str) is None

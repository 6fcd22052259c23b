"""Refusals of challenges: each has a sentence of its own, and a way on."""

import pytest

from bot.chat.game_refusals import game_refusal
from bot.chat.i18n import english
from bot.chat.reply import Reply
from core.errors import NotAllowed, Refusal
from core.lessons.game import errors as e
from core.money import D
from tests.chat.game_samples import GAMES, PHASES, SEATS
from tests.commands.shown import short_of
from tests.walk.house import Home, shown


def worded(refusal: Refusal) -> Reply:
    reply = game_refusal(refusal, english)
    assert reply is not None
    return reply


def test_what_is_not_of_challenges_is_left_to_others() -> None:
    assert game_refusal(NotAllowed("host"), english) is None


@pytest.mark.parametrize("refusal", GAMES, ids=lambda r: f"{r.code} {r.fields()}")
def test_each_is_one_sentence_short_enough_for_a_window_and_leads_to_the_list(
    refusal: Refusal,
) -> None:
    reply = worded(refusal)
    assert len(short_of(reply)) <= 120
    assert short_of(reply)[-1] in ".?!"
    (row,) = reply.choices
    assert [(choice.say, choice.kept) for choice in row] == [("/challenge", True)]
    assert Home().say(row[0].say, button=True, kept=True).outcome == "ok"


@pytest.mark.parametrize("make", [e.NotNow, e.NoSeat], ids=["phases", "seats"])
def test_each_reason_is_worded_apart(make: type[e.NotNow | e.NoSeat]) -> None:
    reasons = PHASES if make is e.NotNow else SEATS
    assert len({short_of(worded(make(reason))) for reason in reasons}) == len(reasons)


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (e.BadOption("leverage", "7", ("20", "10")), "leverage can't be 7. There are: 20, 10."),
        (e.BadOption("action", "xyz", ("add",)), "There is no xyz. There are: add."),
        (e.TooFew(2, 1), "It takes 2 to begin. Joined so far: 1."),
        (e.NotAllowedHere("leverage", "20"), "The leverage here is 20x at most."),
        (e.OrderTooLarge(D(300_000), D(200_000)), "An order here is worth 200,000 USDT at most."),
        (e.OtherWall("add", "isolated"), "Only isolated may do that; you play cross."),
    ],
    ids=lambda each: str(each)[:12],
)
def test_it_says_what_there_is_instead(refusal: Refusal, text: str) -> None:
    assert shown(worded(refusal)).startswith(text)

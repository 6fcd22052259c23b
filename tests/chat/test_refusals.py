"""The core's refusals in words: every place filled, and cures that work."""

from string import Formatter

import pytest

from bot.chat.i18n import english
from bot.chat.refusals import refusal_reply
from bot.chat.reply import Text, Tone
from core.errors import NoPrice, NotAllowed, Refusal, StalePrice, UnknownSymbol, UnknownTopic
from tests.walk.house import Home, shown
from tests.walk.test_words import REFUSALS


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda r: r.code)
def test_every_place_of_a_sentence_is_filled(refusal: Refusal) -> None:
    reply = refusal_reply(refusal, english)
    (block,) = reply.blocks
    assert isinstance(block, Text)
    places = {place for _, place, _, _ in Formatter().parse(block.words.text) if place}
    assert places <= set(block.words.figures)
    assert reply.outcome == refusal.code
    assert reply.tone is Tone.TROUBLE
    assert reply.short == block.words


@pytest.mark.parametrize(
    "refusal",
    [
        UnknownSymbol("MOONUSDT", "Binance", ("BTCUSDT", "ETHUSDT")),
        NoPrice("AVAXUSDT", "demo", ("SOLUSDT",)),
        StalePrice("BTCUSDT", 90, 60),
        UnknownTopic("what", ("when-use-cross",)),
    ],
    ids=lambda r: r.code,
)
def test_every_cure_works(refusal: Refusal) -> None:
    choices = refusal_reply(refusal, english).choices
    assert choices
    for row in choices:
        for choice in row:
            assert Home().say(choice.say, button=True).outcome == "ok"


def test_a_long_list_ends_in_and_more() -> None:
    names = tuple(f"C{i}USDT" for i in range(20))
    text = shown(refusal_reply(UnknownSymbol("X", "Binance", names), english))
    assert "C11 …" in text
    assert "C12" not in text


def test_a_quoted_token_rings_nobody() -> None:
    text = shown(refusal_reply(UnknownSymbol("@everyone", "Binance", ()), english))
    assert "@" not in text


def test_each_missing_right_has_words_of_its_own() -> None:
    needs = ("group", "host", "person", "anything else")
    assert len({shown(refusal_reply(NotAllowed(each), english)) for each in needs}) == len(needs)

"""The core's refusals in words: every place filled, and cures that work."""

from string import Formatter

import pytest

from bot.chat.i18n import english
from bot.chat.refusals import refusal_reply
from bot.chat.reply import Text, Tone
from core.errors import (
    AlertReached,
    BadHour,
    Delisted,
    EntryEmpty,
    EntryHasLink,
    EntryTooLong,
    ExceedsWallet,
    IsolatedOnly,
    LeverageTooHigh,
    NoMarks,
    NoPrice,
    NotAllowed,
    NotionalTooSmall,
    QuantityTooSmall,
    Refusal,
    SizeTooLarge,
    StalePrice,
    TooManyAlerts,
    TooManyEntries,
    UnknownAlert,
    UnknownEntry,
    UnknownSymbol,
    UnknownTopic,
    UnknownVenue,
)
from core.money import D
from core.paper.errors import LinkGone, LinkRefused, NotLinked
from tests.chat.game_samples import GAMES
from tests.chat.paper_samples import PAPER
from tests.fakes.ports import NOON
from tests.walk.house import Home, shown

REFUSALS: tuple[Refusal, ...] = (
    UnknownVenue("mexc", ("binance",)),
    UnknownSymbol("MOONUSDT", "Binance", tuple(f"C{i}USDT" for i in range(20))),
    Delisted("FTTUSDT", "Binance"),
    NoPrice("AVAXUSDT", "demo", ("BTCUSDT",)),
    NoPrice("AVAXUSDT", "binance", ("BTCUSDT",)),
    StalePrice("binance", NOON, 90, 60),
    NoMarks("binance", NOON, 7),
    LeverageTooHigh("BTCUSDT", "Binance", D(125), D(500000), D(100), D(300000)),
    SizeTooLarge("BTCUSDT", "OKX", D(10), D(5)),
    QuantityTooSmall("BTCUSDT", "Binance", D("0.001"), D(7)),
    NotionalTooSmall("BTCUSDT", "Binance", D(60), D(100), D(10)),
    ExceedsWallet(D(10), D(5)),
    IsolatedOnly("BTCUSDT", "Binance"),
    UnknownTopic("what", ("switch-margin-mode",), ("Can I switch?",)),
    NotAllowed("group"),
    NotAllowed("something"),
    EntryTooLong("question", 201, 200),
    EntryEmpty("answer"),
    EntryHasLink("evil.example"),
    TooManyEntries(50),
    UnknownEntry("own-9", ("own-1", "own-2")),
    AlertReached("BTCUSDT", D(70_000)),
    TooManyAlerts(20),
    UnknownAlert(3, (1, 2)),
    BadHour("25"),
    *PAPER,
    LinkGone(),
    LinkRefused("linked"),
    NotLinked(),
    *GAMES,
)


def leaves(kind: type[Refusal]) -> set[type[Refusal]]:
    below = kind.__subclasses__()
    return {kind} if not below else set().union(*map(leaves, below))


def test_every_refusal_of_the_core_is_tried_here() -> None:
    ours = {k for k in leaves(Refusal) if k.__module__.startswith("core.")}
    assert {type(refusal) for refusal in REFUSALS} == ours


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
    assert shown(reply)
    assert "{" not in shown(reply)


@pytest.mark.parametrize(
    "refusal",
    [
        UnknownSymbol("MOONUSDT", "Binance", ("BTCUSDT", "ETHUSDT")),
        NoPrice("AVAXUSDT", "demo", ("SOLUSDT",)),
        StalePrice("binance", NOON, 90, 60),
        NoMarks("binance", NOON, 7),
        UnknownTopic("what", ("when-use-cross",), ("When cross?",)),
        UnknownTopic("what", ()),
    ],
    ids=lambda r: r.code,
)
def test_every_cure_works(refusal: Refusal) -> None:
    choices = refusal_reply(refusal, english).choices
    assert choices
    for row in choices:
        for choice in row:
            assert Home().say(choice.say, button=True).outcome == "ok"


@pytest.mark.parametrize("takes_entry", [True, False])
def test_a_live_market_is_not_called_a_recording(takes_entry: bool) -> None:
    refusal = NoPrice("AVAXUSDT", "binance", ("BTCUSDT",))
    text = shown(refusal_reply(refusal, english, takes_entry=takes_entry))
    assert text.startswith("Binance has no price of AVAXUSDT just now that can be relied on.")
    assert "recorded" not in text
    assert ("Add the entry" in text) is takes_entry


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (
            StalePrice("binance", NOON, 90, 60),
            "Binance prices are stale since 2026-12-01 12:00 UTC, 1 min ago.",
        ),
        (
            NoMarks("okx", NOON, 7),
            "OKX has had no price that can be relied on since 2026-12-01 12:00 UTC, 7 s ago.",
        ),
    ],
    ids=lambda given: getattr(given, "code", ""),
)
def test_a_stale_market_says_since_when(refusal: Refusal, sentence: str) -> None:
    assert shown(refusal_reply(refusal, english)).startswith(sentence + " Nothing is decided ")


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


def test_the_closest_topics_are_shown_as_questions() -> None:
    topics = tuple(f"topic-{i}" for i in range(4))
    reply = refusal_reply(UnknownTopic("what", topics, tuple("ABCD")), english)
    assert [(row[0].label, row[0].say) for row in reply.choices] == [
        ("A", "/faq topic-0"),
        ("B", "/faq topic-1"),
        ("C", "/faq topic-2"),
    ]
    assert "Closest:" in shown(reply)


def test_a_leverage_the_venue_never_gives_has_no_position() -> None:
    never = LeverageTooHigh("BTCUSDT", "Bybit", D(125), D(9000), D(100), D(0))
    assert shown(refusal_reply(never, english)).startswith("Bybit allows at most 100x for BTCUSDT.")

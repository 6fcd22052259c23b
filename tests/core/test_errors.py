"""Refusals: a code and facts, never prose."""

import inspect

import pytest

from core import errors
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
from tests.fakes.ports import NOON

EVERY = [
    (UnknownVenue("mtgox", ("binance",)), "unknown_venue"),
    (UnknownSymbol("ABC", "Binance", ("BTCUSDT",)), "unknown_symbol"),
    (Delisted("FTTUSDT", "Binance"), "delisted"),
    (NoPrice("LTCUSDT", "demo", ("BTCUSDT",)), "no_price"),
    (StalePrice("binance", NOON, 90, 30), "stale_price"),
    (NoMarks("binance", NOON, 7), "no_marks"),
    (
        LeverageTooHigh("BTCUSDT", "Binance", D(150), D(400_000), D(100), D(300_000)),
        "leverage_too_high",
    ),
    (SizeTooLarge("BTCUSDT", "Binance", D(2), D(1)), "size_too_large"),
    (QuantityTooSmall("BTCUSDT", "Binance", D("0.001"), D(7)), "quantity_too_small"),
    (NotionalTooSmall("BTCUSDT", "Binance", D(68), D(100), D(14)), "notional_too_small"),
    (ExceedsWallet(D(1001), D(1000)), "exceeds_wallet"),
    (IsolatedOnly("NEWUSDT", "Hyperliquid"), "isolated_only"),
    (UnknownTopic("weather", ("funding",)), "unknown_topic"),
    (EntryTooLong("answer", 901, 900), "entry_too_long"),
    (EntryEmpty("question"), "entry_empty"),
    (EntryHasLink("t.me/x"), "entry_has_link"),
    (TooManyEntries(50), "too_many_entries"),
    (UnknownEntry("own-9", ("own-1",)), "unknown_entry"),
    (AlertReached("BTCUSDT", D(70_000)), "alert_reached"),
    (TooManyAlerts(20), "too_many_alerts"),
    (UnknownAlert(3, (1, 2)), "unknown_alert"),
    (BadHour("25"), "bad_hour"),
    (NotAllowed("host"), "not_allowed"),
]


@pytest.mark.parametrize(("refusal", "code"), EVERY, ids=[code for _, code in EVERY])
def test_a_refusal_is_coded_after_its_class(refusal: Refusal, code: str) -> None:
    assert refusal.code == code


@pytest.mark.parametrize("refusal", [refusal for refusal, _ in EVERY])
def test_the_facts_of_a_refusal_are_its_fields_in_order(refusal: Refusal) -> None:
    names = list(inspect.signature(type(refusal)).parameters)
    assert list(refusal.fields()) == names
    assert all(refusal.fields()[name] is getattr(refusal, name) for name in names)


def test_every_refusal_of_the_core_is_tried_here() -> None:
    public = {
        each
        for name, each in vars(errors).items()
        if inspect.isclass(each) and issubclass(each, Refusal) and not name.startswith("_")
    }
    assert public - {Refusal, errors.Facts} == {type(refusal) for refusal, _ in EVERY}


def test_a_plain_refusal_has_no_facts() -> None:
    assert Refusal().fields() == {}
    assert Refusal.code == "refusal"


def test_a_refusal_can_be_raised_and_caught_as_one() -> None:
    with pytest.raises(Refusal) as caught:
        raise NotAllowed("owner")
    assert caught.value.fields() == {"needs": "owner"}

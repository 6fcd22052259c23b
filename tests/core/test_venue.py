"""Venues: what differs between exchanges, as data."""

from dataclasses import fields

import pytest

from core.errors import UnknownVenue
from core.venue import (
    BINANCE,
    BYBIT,
    HYPERLIQUID,
    OKX,
    VENUES,
    LiquidationSteps,
    ModeScope,
    Purse,
    RatioWay,
    Remainder,
    Venue,
    venue_named,
)


@pytest.mark.parametrize("text", ["binance", "Binance", "BINANCE"])
def test_a_venue_is_found_in_any_case(text: str) -> None:
    assert venue_named(text) is BINANCE


def test_an_unknown_venue_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownVenue) as caught:
        venue_named("mtgox")
    assert caught.value.available == ("binance", "bybit", "okx", "hyperliquid")


def test_every_venue_stands_under_its_own_id() -> None:
    assert {key: venue.id for key, venue in VENUES.items()} == {key: key for key in VENUES}


def test_margin_mode_covers_a_symbol_an_account_or_an_order() -> None:
    scopes = {venue.name: venue.mode_scope for venue in VENUES.values()}
    assert scopes == {
        "Binance": ModeScope.SYMBOL,
        "Bybit": ModeScope.ACCOUNT,
        "OKX": ModeScope.ORDER,
        "Hyperliquid": ModeScope.SYMBOL,
    }


def test_only_okx_counts_the_closing_fee_in_the_trigger_and_its_ratio_the_other_way() -> None:
    assert [v for v in VENUES.values() if v.fee_in_trigger] == [OKX]
    assert [v for v in VENUES.values() if v.ratio is RatioWay.BALANCE_OVER_MAINTENANCE] == [OKX]
    assert [v for v in VENUES.values() if v.isolated_tick_shift] == [OKX]


def test_only_bybit_has_one_mode_for_everything_and_the_closing_fee_in_margin() -> None:
    assert [v for v in VENUES.values() if not v.mixed_modes] == [BYBIT]
    assert [v for v in VENUES.values() if v.close_fee_in_margin] == [BYBIT]
    assert BYBIT.isolated_funding_from is Purse.WALLET


def test_only_hyperliquid_leaves_the_remainder_and_liquidates_strictly_below() -> None:
    assert [v for v in VENUES.values() if v.remainder_to is Remainder.TRADER] == [HYPERLIQUID]
    assert [v for v in VENUES.values() if not v.equal_liquidates] == [HYPERLIQUID]
    assert HYPERLIQUID.steps is LiquidationSteps.FIFTH_FIRST


def test_on_binance_isolated_leverage_is_not_lowered_under_a_position() -> None:
    assert [v for v in VENUES.values() if not v.lower_leverage_isolated] == [BINANCE]


def test_what_no_source_settles_is_named_as_our_rule() -> None:
    names = {each.name for each in fields(Venue)}
    for venue in VENUES.values():
        assert "opening_fee_from" in venue.our_rules
        assert venue.our_rules <= names
    assert "switch_blocked_by" in BYBIT.our_rules

"""What differs between exchanges, as data.

No subclass, no `if binance`: a `Venue` answers the questions on which exchanges disagree, and the
one formula asks them. Where no primary source settles a question, the careful answer stands here
and the field's name stands in `our_rules`, so that replies can say that it is our rule.

Sources: margin specification of this project, sections 3 to 12 (Binance S1, S2; Bybit S3 to S7;
OKX S8; Hyperliquid S10), read 2026-11-22.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.errors import UnknownVenue
from core.money import D, Rate


class ModeScope(StrEnum):
    """What one choice of margin mode covers."""

    SYMBOL = "symbol"
    ACCOUNT = "account"
    ORDER = "order"


class Blocker(StrEnum):
    """What stands in the way of a switch of margin mode."""

    POSITION = "position"
    OPEN_ORDER = "open_order"


class LiquidationSteps(StrEnum):
    """How a venue takes a position apart."""

    TIER_BY_TIER = "tier_by_tier"
    TWO_TIERS = "two_tiers"
    FIFTH_FIRST = "fifth_first"


class RatioWay(StrEnum):
    """Which way a venue's margin ratio counts."""

    MAINTENANCE_OVER_BALANCE = "maintenance_over_balance"
    BALANCE_OVER_MAINTENANCE = "balance_over_maintenance"


class Remainder(StrEnum):
    """Who keeps what is left of a pool after a full liquidation."""

    INSURANCE = "insurance"
    TRADER = "trader"


class Purse(StrEnum):
    """Which money pays first."""

    WALLET = "wallet"
    POCKET = "pocket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """One exchange's rules.

    `fee_in_trigger`: the taker fee of closing counts as maintenance (phi = fee, else 0).
    `isolated_tick_shift`: ticks by which a printed isolated price stands nearer to the mark.
    `equal_liquidates`: a cushion of exactly zero is already liquidation.
    `steps_from_tier`: first tier (from 1) taken apart in steps; below it the whole is closed.
    `close_fee_in_margin`: initial margin and order cost carry the fee of closing at bankruptcy.
    """

    id: str
    name: str
    settle: str
    fee_in_trigger: bool = False
    isolated_tick_shift: int = 0
    equal_liquidates: bool = True
    close_fee_in_margin: bool = False
    ratio: RatioWay = RatioWay.MAINTENANCE_OVER_BALANCE
    mode_scope: ModeScope = ModeScope.SYMBOL
    switch_blocked_by: frozenset[Blocker] = frozenset({Blocker.POSITION, Blocker.OPEN_ORDER})
    mixed_modes: bool = True
    hedge_mode: bool = True
    leverage_per_side: bool = False
    lower_leverage_isolated: bool = True
    steps: LiquidationSteps = LiquidationSteps.TIER_BY_TIER
    steps_from_tier: int = 2
    remainder_to: Remainder = Remainder.INSURANCE
    opening_fee_from: Purse = Purse.WALLET
    isolated_funding_from: Purse = Purse.POCKET
    funding_hours: int = 8
    clearance_fee_assumed: Rate = field(default=Rate(D("0.015")))
    our_rules: frozenset[str] = frozenset({"opening_fee_from"})


BINANCE = Venue(
    id="binance",
    name="Binance",
    settle="USDT",
    lower_leverage_isolated=False,
)

BYBIT = Venue(
    id="bybit",
    name="Bybit",
    settle="USDT",
    close_fee_in_margin=True,
    mode_scope=ModeScope.ACCOUNT,
    mixed_modes=False,
    leverage_per_side=True,
    isolated_funding_from=Purse.WALLET,
    # Whether the account switch is allowed with positions open is not established.
    our_rules=frozenset({"opening_fee_from", "switch_blocked_by"}),
)

OKX = Venue(
    id="okx",
    name="OKX",
    settle="USDT",
    fee_in_trigger=True,
    isolated_tick_shift=1,
    ratio=RatioWay.BALANCE_OVER_MAINTENANCE,
    mode_scope=ModeScope.ORDER,
    switch_blocked_by=frozenset({Blocker.POSITION}),
    leverage_per_side=True,
    steps=LiquidationSteps.TWO_TIERS,
    steps_from_tier=3,
    our_rules=frozenset({"opening_fee_from", "switch_blocked_by"}),
)

HYPERLIQUID = Venue(
    id="hyperliquid",
    name="Hyperliquid",
    settle="USDC",
    equal_liquidates=False,
    switch_blocked_by=frozenset({Blocker.POSITION}),
    hedge_mode=False,
    steps=LiquidationSteps.FIFTH_FIRST,
    steps_from_tier=1,
    remainder_to=Remainder.TRADER,
    funding_hours=1,
    clearance_fee_assumed=Rate(D(0)),
)

VENUES: Mapping[str, Venue] = {v.id: v for v in (BINANCE, BYBIT, OKX, HYPERLIQUID)}


def venue_named(text: str) -> Venue:
    """Return the venue of that id. Raises `UnknownVenue` with the ids there are."""
    try:
        return VENUES[text.lower()]
    except KeyError:
        raise UnknownVenue(text, tuple(VENUES)) from None

"""A pool is what a loss can reach; that is the whole difference between the margin modes.

An isolated position is a pool of one leg with the margin posted to it. A cross account is one pool
of many legs with the wallet behind all of them. No formula asks which it is: the wall decides what
is inside, and the same arithmetic runs within either wall.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, StrEnum

from core.market import Symbol
from core.money import ONE, Amount, Price, Quantity, Rate


class Side(Enum):
    """Long gains when the price rises, short when it falls; `sign` is +1 or -1."""

    LONG = "long"
    SHORT = "short"

    sign: Decimal

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.SHORT if self is Side.LONG else Side.LONG


Side.LONG.sign = ONE
Side.SHORT.sign = -ONE


class MarginMode(StrEnum):
    """Which wall stands round a leg."""

    ISOLATED = "isolated"
    CROSS = "cross"


class PositionMode(StrEnum):
    """One leg per symbol, or a long and a short leg side by side."""

    ONE_WAY = "one_way"
    HEDGE = "hedge"


@dataclass(frozen=True, slots=True)
class Leg:
    """One position: quantity (base, positive), entry cost (quote, exact) and the leverage chosen.

    The cost is kept, not the average price, so that adding to a leg never rounds. A leg has no
    mode: the pool is the mode.
    """

    symbol: Symbol
    side: Side
    quantity: Quantity
    entry_cost: Amount
    leverage: Rate

    @classmethod
    def at(
        cls, symbol: Symbol, side: Side, quantity: Quantity, entry: Price, leverage: Rate
    ) -> "Leg":
        """Make a leg from its entry price (quote per base)."""
        return cls(symbol, side, quantity, Amount(quantity * entry), leverage)

    @property
    def entry_price(self) -> Price:
        """Size-weighted average entry, quote per base."""
        return Price(self.entry_cost / self.quantity)

    @property
    def initial_margin(self) -> Amount:
        """Entry cost / leverage, quote: what opening the leg asks for."""
        return Amount(self.entry_cost / self.leverage)

    def at_leverage(self, leverage: Rate) -> "Leg":
        """Return the same leg with another leverage."""
        return replace(self, leverage=leverage)

    def less(self, quantity: Decimal, cost: Decimal) -> "Leg":
        """Return the leg without a part: `quantity` (base) that was entered at `cost` (quote)."""
        return replace(
            self,
            quantity=Quantity(self.quantity - quantity),
            entry_cost=Amount(self.entry_cost - cost),
        )

    def plus(self, other: "Leg") -> "Leg":
        """Average another fill of the same symbol and side into this leg. Raises `ValueError`."""
        if (other.symbol, other.side) != (self.symbol, self.side):
            raise ValueError("only fills of one symbol and side average")
        return replace(
            self,
            quantity=Quantity(self.quantity + other.quantity),
            entry_cost=Amount(self.entry_cost + other.entry_cost),
        )


@dataclass(frozen=True, slots=True)
class Pool:
    """Legs and the collateral (quote) that stands behind all of them."""

    mode: MarginMode
    collateral: Amount
    legs: tuple[Leg, ...]

    def with_leg(self, leg: Leg) -> "Pool":
        """Return the pool with one more leg."""
        return replace(self, legs=(*self.legs, leg))

    def without(self, symbol: Symbol) -> "Pool":
        """Return the pool without the legs of a symbol."""
        return replace(self, legs=tuple(leg for leg in self.legs if leg.symbol != symbol))

    def with_collateral(self, amount: Decimal) -> "Pool":
        """Return the pool with `amount` (quote, may be negative) added to its collateral."""
        return replace(self, collateral=Amount(self.collateral + amount))

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols held, in the order of the legs, each once."""
        return tuple(dict.fromkeys(leg.symbol for leg in self.legs))


def isolated_pool(leg: Leg, posted: Amount | None = None) -> Pool:
    """Wall one leg in with the margin posted to it; by default its initial margin."""
    collateral = leg.initial_margin if posted is None else posted
    return Pool(MarginMode.ISOLATED, collateral, (leg,))


def cross_pool(wallet: Amount, legs: Iterable[Leg] = ()) -> Pool:
    """Put legs behind one wall with the whole cross wallet."""
    return Pool(MarginMode.CROSS, wallet, tuple(legs))

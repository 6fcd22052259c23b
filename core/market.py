"""Contracts, their tiers, and what they are worth right now.

A `BracketTable` is an exchange's ladder of maintenance rates. In most the requirement is continuous
and convex in the notional (each amount follows from the one below); one without amounts jumps.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from core.errors import Delisted, NoPrice, SizeTooLarge, UnknownSymbol
from core.money import ONE, ZERO, Amount, Price, Quantity, Rate, down, up
from core.venue import Venue

Symbol = NewType("Symbol", str)
"""A contract's name in one spelling for all venues, `BTCUSDT`."""


class Measure(StrEnum):
    """What a ladder's edges count: quote notional at the mark, or base quantity."""

    NOTIONAL = "notional"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Bracket:
    """One tier: sizes in [floor, cap) need `maintenance_rate` x notional - `maintenance_amount`.

    `cap` is None where the venue names no end.
    """

    floor: Decimal
    cap: Decimal | None
    max_leverage: Decimal
    maintenance_rate: Rate
    maintenance_amount: Amount


@dataclass(frozen=True, slots=True)
class BracketTable:
    """A whole ladder, from 0 upward without gaps.

    `continuous` says whether the requirement has no jump at any edge; then it is convex, and one
    leg has one liquidation price. Raises `ValueError` for a ladder with a gap or out of order.
    """

    brackets: tuple[Bracket, ...]
    measure: Measure = Measure.NOTIONAL
    source: str = ""
    as_of: date | None = None
    floors: tuple[Decimal, ...] = field(init=False, repr=False, compare=False)
    ceilings: tuple[Decimal, ...] = field(init=False, repr=False, compare=False)
    rates: tuple[Decimal, ...] = field(init=False, repr=False, compare=False)
    amounts: tuple[Decimal, ...] = field(init=False, repr=False, compare=False)
    continuous: bool = field(init=False)

    def __post_init__(self) -> None:
        """Check the ladder and lay its columns out for the hot path."""
        if not self.brackets or self.brackets[0].floor != ZERO:
            raise ValueError("a ladder starts at zero")
        for below, above in zip(self.brackets, self.brackets[1:], strict=False):
            if below.cap != above.floor or above.floor <= below.floor:
                raise ValueError(f"gap or disorder at {above.floor}")
        set_ = object.__setattr__
        floors = tuple(b.floor for b in self.brackets)
        set_(self, "floors", floors)
        # The last tier goes on: a size beyond the ladder needs at least its rate.
        set_(self, "ceilings", (*floors[1:], Decimal("Infinity")))
        set_(self, "rates", tuple(b.maintenance_rate for b in self.brackets))
        set_(self, "amounts", tuple(b.maintenance_amount for b in self.brackets))
        set_(self, "continuous", self._continuous())

    def _continuous(self) -> bool:
        if self.measure is Measure.QUANTITY:
            return len(self.brackets) == 1
        return all(
            above.maintenance_amount
            == below.maintenance_amount
            + above.floor * (above.maintenance_rate - below.maintenance_rate)
            for below, above in zip(self.brackets, self.brackets[1:], strict=False)
        )

    def index(self, size: Decimal) -> int:
        """Return the tier (from 0) of a size in this ladder's measure; beyond the end, the last."""
        return bisect_right(self.floors, size) - 1

    def size(self, quantity: Decimal, notional: Decimal) -> Decimal:
        """Return whichever of the two this ladder counts."""
        return notional if self.measure is Measure.NOTIONAL else quantity

    def at(self, quantity: Decimal, notional: Decimal) -> Bracket:
        """Return the tier of a position of this quantity (base) and notional (quote)."""
        return self.brackets[max(0, self.index(self.size(quantity, notional)))]

    @property
    def end(self) -> Decimal | None:
        """The size at which this ladder ends, or None."""
        return self.brackets[-1].cap

    def cap_at(self, leverage: Decimal) -> Decimal | None:
        """Return the largest size at a leverage: the cap of the deepest tier that allows it.

        0 where no tier allows the leverage, None where the venue names no end.
        """
        allowed = [b.cap for b in self.brackets if b.max_leverage >= leverage]
        return allowed[-1] if allowed else ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One linear contract on one venue; money in `quote`.

    `trigger_fee` is phi: the closing fee inside the liquidation test (0 on most venues).
    `bankruptcy_fee` is the fee rate of closing at bankruptcy that margin carries (Bybit, else 0).
    `liquidation_fee` is None where unknown. `significant` bounds the digits of a price
    (Hyperliquid: 5). `assumed` names the fields that were taken from elsewhere. `delisted` says
    that the venue does not list it any more: what is held stays, nothing new is opened.
    """

    symbol: Symbol
    base: str
    quote: str
    tick: Decimal
    step: Decimal
    min_quantity: Quantity
    min_notional: Amount
    brackets: BracketTable
    maker_fee: Rate
    taker_fee: Rate
    liquidation_fee: Rate | None = None
    trigger_fee: Rate = Rate(ZERO)
    bankruptcy_fee: Rate = Rate(ZERO)
    significant: int | None = None
    isolated_only: bool = False
    assumed: frozenset[str] = frozenset()
    source: str = ""
    as_of: date | None = None
    delisted: bool = False
    long_lift: Rate = field(init=False, repr=False, compare=False)
    short_lift: Rate = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work phi - s out once for either side: the hot path adds it to the tier's rate."""
        object.__setattr__(self, "long_lift", self.trigger_fee - ONE)
        object.__setattr__(self, "short_lift", self.trigger_fee + ONE)

    @property
    def max_leverage(self) -> Decimal:
        """The leverage of the first tier."""
        return self.brackets.brackets[0].max_leverage

    def tick_at(self, price: Decimal) -> Decimal:
        """Return the price step at a price; whole prices are always allowed."""
        if self.significant is None or price <= ZERO:
            return self.tick
        digits = ONE.scaleb(price.adjusted() - self.significant + 1)
        return min(max(self.tick, digits), max(self.tick, ONE))

    def careful(self, price: Decimal, *, lower: bool, ticks: int = 0) -> Price:
        """Place a limit on the tick, nearer to the mark: a lower one up, an upper one down.

        `ticks` shifts it that many ticks further towards the mark; never below one tick.
        """
        tick = self.tick_at(price)
        if lower:
            return Price(up(price + ticks * tick, tick))
        return Price(max(down(price - ticks * tick, tick), tick))

    def check_size(self, quantity: Decimal, notional: Decimal, venue: Venue) -> None:
        """Raise `SizeTooLarge` for a size beyond the last tier known."""
        end = self.brackets.end
        if end is not None and self.brackets.size(quantity, notional) > end:
            cap = end if self.brackets.measure is Measure.NOTIONAL else end * notional / quantity
            raise SizeTooLarge(self.symbol, venue.name, notional, cap)


@dataclass(frozen=True, slots=True)
class Listing:
    """A venue with the contracts it lists: all the rules a calculation needs."""

    venue: Venue
    instruments: Mapping[Symbol, Instrument]

    def instrument(self, symbol: Symbol) -> Instrument:
        """Return the contract. Raises `UnknownSymbol` with those that are listed."""
        try:
            return self.instruments[symbol]
        except KeyError:
            raise UnknownSymbol(symbol, self.venue.name, tuple(self.tradable)) from None

    def tradable_instrument(self, symbol: Symbol) -> Instrument:
        """Return a contract to open something in. Raises `UnknownSymbol`, `Delisted`."""
        instrument = self.instrument(symbol)
        if instrument.delisted:
            raise Delisted(symbol, self.venue.name)
        return instrument

    @property
    def tradable(self) -> Iterator[Symbol]:
        """Yield the contracts in which something may be opened."""
        return (symbol for symbol, each in self.instruments.items() if not each.delisted)


@dataclass(frozen=True, slots=True)
class MarkPrice:
    """What a contract is marked at (quote per base), since when, and what is known around it.

    `day_ago` is the mark 24 hours earlier; `funding` the rate due at `funding_at`; `last` the last
    trade; `index` the spot price the mark follows. `low` and `high` are known of a past minute that
    was read from a candle: such a mark is an estimate.
    """

    price: Price
    at: datetime
    day_ago: Price | None = None
    funding: Rate | None = None
    funding_at: datetime | None = None
    last: Price | None = None
    index: Price | None = None
    low: Price | None = None
    high: Price | None = None

    @property
    def change(self) -> Rate | None:
        """Relative change in 24 hours, or None."""
        return Rate(self.price / self.day_ago - ONE) if self.day_ago else None

    @property
    def last_gap(self) -> Rate | None:
        """How far the last trade is from the mark, relative to the mark; None without one."""
        return Rate(self.last / self.price - ONE) if self.last else None

    def funding_after(self, moment: datetime) -> Rate | None:
        """Return the rate of a settlement that is still to come; None once its time has passed."""
        is_past = self.funding_at is not None and self.funding_at <= moment
        return None if is_past else self.funding


@dataclass(frozen=True, slots=True)
class Marks:
    """An immutable snapshot of one market's marks; a whole calculation sees one."""

    market: str
    at: datetime
    prices: Mapping[Symbol, MarkPrice]

    def price(self, symbol: Symbol) -> Price:
        """Return the mark. Raises `NoPrice` with the symbols that have one."""
        try:
            return self.prices[symbol].price
        except KeyError:
            raise self._missing(symbol) from None

    def mark(self, symbol: Symbol) -> MarkPrice:
        """Return the mark with its time and surroundings. Raises `NoPrice`."""
        try:
            return self.prices[symbol]
        except KeyError:
            raise self._missing(symbol) from None

    def _missing(self, symbol: Symbol) -> NoPrice:
        return NoPrice(symbol, self.market, tuple(self.prices))

    def get(self, symbol: Symbol) -> MarkPrice | None:
        """Return the mark, or None where nothing quotes it."""
        return self.prices.get(symbol)

    def with_price(self, symbol: Symbol, price: Price) -> "Marks":
        """Return a snapshot in which one contract is marked at another price."""
        old = self.prices.get(symbol)
        new = replace(old, price=price) if old else MarkPrice(price, self.at)
        return replace(self, prices={**self.prices, symbol: new})

    def only(self, symbols: Collection[Symbol]) -> "Marks":
        """Return the snapshot with nothing but the marks of these symbols."""
        return replace(self, prices={s: self.prices[s] for s in symbols if s in self.prices})

    @property
    def estimated(self) -> bool:
        """Whether these are minutes read from candles, of which the extremes are known."""
        return any(mark.low is not None for mark in self.prices.values())

    @property
    def exact(self) -> bool:
        """Whether every mark is of one moment: seen, or what a past minute ended at."""
        return all(mark.low == mark.high for mark in self.prices.values())

    def at_end(self) -> "Marks":
        """Return the same minutes narrowed to their ends; an estimate still."""
        ends = {s: replace(m, low=m.price, high=m.price) for s, m in self.prices.items()}
        return replace(self, prices=ends)

    def __iter__(self) -> Iterator[Symbol]:
        """Iterate over the symbols that have a mark."""
        return iter(self.prices)

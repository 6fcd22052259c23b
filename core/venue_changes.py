"""What a venue's contracts are now that they were not: a typed difference of two listings.

A contract that is missing was delisted. The same figures are no change, whenever they were read;
the same figures from another source are one, because replies name the source and its date.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import zip_longest

from core.market import BracketTable, Instrument, Listing, Symbol


class Part(StrEnum):
    """What of a contract may change."""

    TICK = "tick"
    STEP = "step"
    SMALLEST = "smallest order"
    FEES = "fees"
    TIERS = "tiers"
    LISTED = "listed again"
    OTHER = "rules"
    SOURCE = "source"


WEIGHTY = frozenset({Part.FEES, Part.TIERS})
"""What changes the requirement of a position that is held, or its limit."""


@dataclass(frozen=True, slots=True)
class Retiered:
    """How a ladder changed: which tiers (from 1) are others, are new or are there no more.

    `rises` and `falls` say whether the maintenance rate does so at any size; both where the two
    ladders do not count alike.
    """

    tiers: tuple[int, ...]
    rises: bool
    falls: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """One contract, before and after."""

    old: Instrument
    new: Instrument

    @property
    def symbol(self) -> Symbol:
        """Which contract."""
        return self.new.symbol

    @property
    def parts(self) -> frozenset[Part]:
        """What changed."""
        return frozenset(_parts(self.old, self.new))

    @property
    def retiered(self) -> Retiered:
        """How the ladder changed."""
        return retiered(self.old.brackets, self.new.brackets)

    @property
    def is_weighty(self) -> bool:
        """Whether it concerns who holds a position."""
        return not self.parts.isdisjoint(WEIGHTY)

    @property
    def is_source_only(self) -> bool:
        """Whether every figure is as it was."""
        return self.parts == {Part.SOURCE}


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs, in the order of the listings; false where nothing does."""

    new: tuple[Instrument, ...] = ()
    gone: tuple[Instrument, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.new or self.gone or self.changed)

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """Every contract as it is now; those that are gone are marked so."""
        changed = (each.new for each in self.changed)
        return (*self.new, *(delisted(each) for each in self.gone), *changed)


def changes(old: Listing, new: Listing) -> Changes:
    """Return what makes the old listing the new one. Both are of one venue."""
    known = old.instruments
    told = {symbol: new.instruments[symbol] for symbol in new.tradable}
    both = ((known[symbol], each) for symbol, each in told.items() if symbol in known)
    return Changes(
        new=tuple(each for symbol, each in told.items() if symbol not in known),
        gone=tuple(each for s, each in known.items() if s not in told and not each.delisted),
        changed=tuple(Changed(was, now) for was, now in both if any(_parts(was, now))),
    )


def changed_by(old: Listing, found: Changes) -> Listing:
    """Return the listing after changes; contracts that are gone stay in it, marked so."""
    now = {each.symbol: each for each in found.instruments}
    return replace(old, instruments={**old.instruments, **now})


def delisted(instrument: Instrument) -> Instrument:
    """Return a contract that is listed no longer."""
    return replace(instrument, delisted=True)


def retiered(old: BracketTable, new: BracketTable) -> Retiered:
    """Compare two ladders, at every size at which either has an edge."""
    tiers = tuple(
        number
        for number, (was, now) in enumerate(zip_longest(old.brackets, new.brackets), start=1)
        if was != now
    )
    if old.measure is not new.measure:
        return Retiered(tiers, rises=True, falls=True)
    rates = [(_rate(old, size), _rate(new, size)) for size in {*old.floors, *new.floors}]
    return Retiered(
        tiers,
        rises=any(now > was for was, now in rates),
        falls=any(now < was for was, now in rates),
    )


def _rate(table: BracketTable, size: Decimal) -> Decimal:
    return table.rates[table.index(size)]


def _parts(old: Instrument, new: Instrument) -> Iterator[Part]:
    """Yield what differs, without the days on which it was read."""
    if old.tick != new.tick or old.significant != new.significant:
        yield Part.TICK
    if old.step != new.step:
        yield Part.STEP
    if (old.min_quantity, old.min_notional) != (new.min_quantity, new.min_notional):
        yield Part.SMALLEST
    if _fees(old) != _fees(new):
        yield Part.FEES
    if _ladder(old.brackets) != _ladder(new.brackets):
        yield Part.TIERS
    if old.delisted and not new.delisted:
        yield Part.LISTED
    if (old.base, old.quote, old.isolated_only) != (new.base, new.quote, new.isolated_only):
        yield Part.OTHER
    if _source(old) != _source(new):
        yield Part.SOURCE


def _fees(one: Instrument) -> tuple[Decimal | None, ...]:
    fees = (one.maker_fee, one.taker_fee, one.liquidation_fee, one.trigger_fee)
    return (*fees, one.bankruptcy_fee)


def _ladder(table: BracketTable) -> object:
    return (table.measure, table.brackets)


def _source(one: Instrument) -> object:
    return (one.source, one.brackets.source, one.assumed)

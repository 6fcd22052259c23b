"""What other terms of its contracts do to an account: per position, before and after.

A venue's tiers and fees decide what a position needs to stay, and so where it ends. Both are
reckoned at the same marks, with everything else as it is. Where a contract has no mark here, the
entry price of the position stands in for it, which is said.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.margin.liquidation import liquidation_band, printed
from core.margin.pool import Leg, MarginMode, Pool
from core.margin.risk import maintenance_margin, risk
from core.market import Listing, MarkPrice, Marks, Symbol
from core.money import ZERO, Amount, Price, Rate
from core.paper.account import PaperAccount, Position


class Turn(StrEnum):
    """What became of a contract's terms."""

    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    DELISTED = "delisted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What new terms do to one position, at a mark (quote per base); amounts in quote.

    `needed` is the maintenance margin before and after, `limit` the liquidation price as the venue
    prints it (None: none). `stood_in` says that a price of its pool is an entry, not a mark;
    `falls` that the new terms would liquidate it at these prices, and the old ones would not.
    """

    number: int
    mode: MarginMode
    leg: Leg
    mark: Price
    needed: tuple[Amount, Amount]
    limit: tuple[Price | None, Price | None]
    stood_in: bool = False
    falls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerms:
    """One contract's new terms, and what they do to an account's positions in it.

    `taker_fee` is the rate before and after. What was withdrawn is shown the other way round: from
    what was announced to what stays.
    """

    symbol: Symbol
    turn: Turn
    taker_fee: tuple[Rate, Rate]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """New terms that an account's owner must hear of before they apply; `prices_of` is the marks'.

    `edition` is the number under which the venue's figures are kept.
    """

    account: int
    market: str
    venue: str
    edition: int
    applies_at: datetime
    prices_of: datetime
    terms: tuple[NewTerms, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Two listings of a venue, and the prices at which they are compared.

    `stood_in` are the contracts whose price is an entry, for want of a mark.
    """

    old: Listing
    new: Listing
    marks: Marks
    stood_in: frozenset[Symbol]

    def effect(self, account: PaperAccount, position: Position) -> Effect:
        """Return what the new listing does to a position. Raises `NoPrice`, `UnknownSymbol`."""
        leg, pool = position.leg, account.pool(position)
        mark = self.marks.price(leg.symbol)
        listings = (self.old, self.new)
        before, after = (
            maintenance_margin(leg, mark, each.instrument(leg.symbol)) for each in listings
        )
        was, falls = (risk(pool, self.marks, each).is_liquidatable(each.venue) for each in listings)
        nearest, limit = (self._limit(pool, leg.symbol, each) for each in listings)
        return Effect(
            number=position.number,
            mode=position.mode,
            leg=leg,
            mark=mark,
            needed=(before, after),
            limit=(nearest, limit),
            stood_in=not self.stood_in.isdisjoint(pool.symbols),
            falls=falls and not was,
        )

    def _limit(self, pool: Pool, symbol: Symbol, listing: Listing) -> Price | None:
        """The nearer liquidation price as the venue prints it, the other marks held still."""
        band = liquidation_band(pool, symbol, self.marks, listing)
        shown = printed(band, listing.instrument(symbol), listing.venue, pool.mode)
        return shown.nearest(self.marks.price(symbol))


def priced(
    account: PaperAccount, marks: Marks | None, at: datetime
) -> tuple[Marks, frozenset[Symbol]]:
    """Return a mark for every contract the account holds, and those whose entry stands in for it.

    Marks of another market than the account's are none.
    """
    known = marks if marks is not None and marks.market == account.market else None
    found = {} if known is None else dict(known.only(account.symbols).prices)
    stood_in: set[Symbol] = set()
    for position in account.positions:
        leg = position.leg
        mark = found.get(leg.symbol)
        if mark is None or mark.price <= ZERO:
            found[leg.symbol] = MarkPrice(leg.entry_price, at)
            stood_in.add(leg.symbol)
    return Marks(account.market, at if known is None else known.at, found), frozenset(stood_in)

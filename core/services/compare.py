"""Use cases round one hypothetical trade: place it, put it behind both walls.

Every use case starts from a `Stage` and a `Trade`; what comes back are the core's own values, with
the stage beside them so that the answer can print what it stood on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import LeverageTooHigh
from core.margin.compare import Comparison, compare
from core.margin.pair import PairComparison, compare_pair
from core.margin.pool import Leg
from core.margin.sizing import Size, SizeKind, Trade, place, tier_cap
from core.money import Amount, Price
from core.services.prices import Prices, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What stands round a trade: venue, wallet (quote) and the person's own fee rate.

    `may_shrink` says that the margin was a default, which may shrink to what the tier takes.
    `others` are the legs that the person's own cross wallet already carries.
    """

    venue: str
    wallet: Amount
    fee: Decimal | None = None
    may_shrink: bool = False
    others: tuple[Leg, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A comparison and what it stood on; `shrunk` says that a defaulted margin was cut."""

    stage: Stage
    comparison: Comparison
    shrunk: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A leg as the venue would take it, and what it stands on."""

    stage: Stage
    leg: Leg
    shrunk: bool


class Compare:
    """Compares margin modes for trades that nobody has made yet."""

    def __init__(self, prices: Prices) -> None:
        """Take the source of stages."""
        self._prices = prices

    def __call__(self, trade: Trade, terms: Terms) -> Seen:
        """Compare both modes for one trade. Raises the refusals of `place` and `compare`."""
        placed = self.place(trade, terms)
        marks, listing = placed.stage.marks, placed.stage.listing
        comparison = compare(placed.leg, terms.wallet, marks, listing, terms.others)
        return Seen(placed.stage, comparison, placed.shrunk)

    def place(self, trade: Trade, terms: Terms) -> Placed:
        """Return the leg a trade would open at its entry, or at the mark."""
        stage = self._prices.stage(terms.venue).with_entry(trade.symbol, trade.entry)
        return _placed(stage.with_fee(trade.symbol, terms.fee), trade, terms)

    def pair(self, trades: Sequence[Trade], terms: Terms) -> tuple[Stage, PairComparison]:
        """Compare both modes for several legs at once."""
        stage = self._prices.stage(terms.venue)
        legs = []
        for trade in trades:
            stage = stage.with_entry(trade.symbol, trade.entry).with_fee(trade.symbol, terms.fee)
            legs.append(_placed(stage, trade, terms).leg)
        return stage, compare_pair(legs, terms.wallet, stage.marks, stage.listing)


def _placed(stage: Stage, trade: Trade, terms: Terms) -> Placed:
    """Place a trade; a defaulted margin shrinks to the tier's cap instead of being refused."""
    price = stage.marks.price(trade.symbol)
    try:
        leg = place(trade, price, terms.wallet, stage.listing)
    except LeverageTooHigh:
        smaller = _shrunk(stage, trade, price) if terms.may_shrink else None
        if smaller is None:
            raise
        return Placed(stage, place(smaller, price, terms.wallet, stage.listing), shrunk=True)
    return Placed(stage, leg, shrunk=False)


def _shrunk(stage: Stage, trade: Trade, price: Price) -> Trade | None:
    """The trade at the largest notional its leverage allows; None where no tier allows it.

    One step is left below the cap, because a tier ends just before its cap.
    """
    instrument = stage.instrument(trade.symbol)
    cap = tier_cap(instrument, trade.leverage, price)
    if not cap:
        return None
    quantity = cap / price - instrument.step
    return replace(trade, size=Size(SizeKind.QUANTITY, quantity))

"""Two or more legs behind two walls: what a hedge is worth in each mode.

Isolated, every leg has its own pocket, and the gain of one cannot save the other. Cross, one pool
holds them all, and gains offset losses. `compare_pair` finds the joint move at which the first
isolated leg dies and asks what both arrangements have left there.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import ExceedsWallet, IsolatedOnly
from core.margin.compare import Outcome, outcome
from core.margin.fees import posted_margin, trading_fee
from core.margin.pool import Leg, Pool, cross_pool, isolated_pool
from core.margin.risk import risk
from core.margin.shock import JointBand, joint_band, moved
from core.market import Listing, Marks
from core.money import ONE, ZERO, Amount, Rate


@dataclass(frozen=True, slots=True)
class FirstLoss:
    """The joint move at which the first isolated leg is liquidated, and what is left there.

    `isolated_left` is the free wallet plus the margin balances of the pockets that stand,
    `cross_left` the cross pool's margin balance; quote.
    """

    leg: Leg
    move: Rate
    isolated_left: Amount
    cross_left: Amount


@dataclass(frozen=True, slots=True)
class PairComparison:
    """The legs in both modes; outcomes stand in the order of the legs. Money in quote."""

    wallet: Amount
    fee: Amount
    free: Amount
    isolated: tuple[Outcome, ...]
    cross: tuple[Outcome, ...]
    joint: JointBand
    first_loss: FirstLoss | None


def compare_pair(
    legs: Iterable[Leg], wallet: Amount, marks: Marks, listing: Listing
) -> PairComparison:
    """Put all legs behind both walls.

    Raises `ExceedsWallet`, `IsolatedOnly`, `NoPrice`, `UnknownSymbol`.
    """
    legs = tuple(legs)
    posted = fee = ZERO
    for leg in legs:
        instrument = listing.instrument(leg.symbol)
        if instrument.isolated_only:
            raise IsolatedOnly(leg.symbol, listing.venue.name)
        posted += posted_margin(leg, instrument)
        fee += trading_fee(leg.quantity, leg.entry_price, instrument.taker_fee)
    if posted + fee > wallet:
        raise ExceedsWallet(posted + fee, wallet)
    pool = cross_pool(Amount(wallet - fee), legs)
    pockets = [isolated_pool(g, posted_margin(g, listing.instrument(g.symbol))) for g in legs]
    isolated = tuple(outcome(p, p.legs[0], marks, listing) for p in pockets)
    free = Amount(wallet - fee - posted)
    return PairComparison(
        wallet=wallet,
        fee=Amount(fee),
        free=free,
        isolated=isolated,
        cross=tuple(outcome(pool, leg, marks, listing) for leg in legs),
        joint=joint_band(pool, marks, listing),
        first_loss=_first_loss(isolated, free, pool, marks, listing),
    )


def _first_loss(
    isolated: tuple[Outcome, ...], free: Amount, pool: Pool, marks: Marks, listing: Listing
) -> FirstLoss | None:
    """The smallest common move that liquidates a pocket, either way."""
    ways = [
        (Rate(o.limit / marks.price(o.leg.symbol) - ONE), o)
        for o in isolated
        if o.limit is not None
    ]
    if not ways:
        return None
    move, first = min(ways, key=lambda way: abs(way[0]))
    there = moved(marks, dict.fromkeys(pool.symbols, move), ONE)
    standing = [o for o in isolated if o is not first]
    left = free + sum((risk(o.pool, there, listing).margin_balance for o in standing), ZERO)
    left += first.max_loss - first.closed_loss
    return FirstLoss(first.leg, move, Amount(left), risk(pool, there, listing).margin_balance)

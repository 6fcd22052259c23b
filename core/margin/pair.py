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
from core.margin.shock import JointBand, joint_band, moved, shock
from core.market import Listing, Marks
from core.money import ONE, ZERO, Amount, D, Rate

SAME = D("1e-18")
"""Moves nearer to each other than this are one; reckoned from other prices, last digits differ."""


@dataclass(frozen=True, slots=True)
class FirstLoss:
    """The joint move at which the first isolated legs are liquidated, and what is left there.

    `legs` are all that fall at this very move, `lost` (quote) what their liquidations take.
    `isolated_left` is the free wallet, the margin balances of the pockets that stand, and what the
    venue leaves of the others. `cross_left` is the cross pool's margin balance there; where the
    pool falls too (`cross_gone`), what the venue leaves of it. All in quote.
    """

    legs: tuple[Leg, ...]
    move: Rate
    lost: Amount
    isolated_left: Amount
    cross_left: Amount
    cross_gone: bool


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
    move = min((way for way, _ in ways), key=abs)
    fallen = [o for way, o in ways if abs(way - move) <= SAME]
    moves = dict.fromkeys(pool.symbols, move)
    there = moved(marks, moves, ONE)
    standing = (o for o in isolated if o not in fallen)
    balances = sum((risk(o.pool, there, listing).margin_balance for o in standing), free)
    story = shock((pool,), moves, marks, listing)
    return FirstLoss(
        legs=tuple(o.leg for o in fallen),
        move=move,
        lost=Amount(sum((o.closed_loss for o in fallen), ZERO)),
        isolated_left=Amount(sum((o.max_loss - o.closed_loss for o in fallen), balances)),
        cross_left=story.left,
        cross_gone=bool(story.falls),
    )

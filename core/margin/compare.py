"""One trade behind two walls.

Opened isolated, the trade's initial margin is posted to a pool of its own. Opened cross, it joins
the pool of everything, and the whole cross wallet stands behind it. `compare` builds both pools and
asks both the same questions; nothing in the answers depends on the mode but the wall.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import ExceedsWallet, IsolatedOnly
from core.margin.fees import posted_margin, trading_fee
from core.margin.liquidation import LiquidationBand, bankruptcy_price, liquidation_band, printed
from core.margin.pool import Leg, MarginMode, Pool, cross_pool, isolated_pool
from core.margin.risk import Risk, risk, unrealized_pnl
from core.market import Bracket, Listing, Marks
from core.money import ONE, ZERO, Amount, D, Price, Rate
from core.venue import Remainder

STEPS: tuple[Decimal, ...] = tuple(map(D, ("0.10", "-0.05", "-0.10", "-0.20", "-0.50")))
"""The moves a comparison shows, as seen by a long; a short sees their mirror."""


@dataclass(frozen=True, slots=True)
class Point:
    """A teaching remark: a code with fields, worded by the conversation."""

    code: str
    fields: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The trade behind one wall; money in quote, prices in quote per base.

    `band` is exact, `shown` stands on the tick on the careful side. `at_limit` is the risk at the
    liquidation price and `bracket` the tier there (both None where there is no such price).
    `max_loss` is everything inside the wall; `closed_loss` what a liquidation at the limit takes.
    """

    mode: MarginMode
    leg: Leg
    pool: Pool
    risk: Risk
    band: LiquidationBand
    shown: LiquidationBand
    bankruptcy: Price | None
    at_limit: Risk | None
    bracket: Bracket | None
    max_loss: Amount
    closed_loss: Amount

    @property
    def limit(self) -> Price | None:
        """The exact liquidation price on the side the pool loses, or None."""
        return _losing_end(self.band, self.pool, self.leg)

    @property
    def shown_limit(self) -> Price | None:
        """The liquidation price as printed, or None."""
        return _losing_end(self.shown, self.pool, self.leg)

    def is_gone(self, price: Price) -> bool:
        """Whether a mark at `price` lies at or beyond a liquidation price of the pool."""
        lower, upper = self.band
        return (lower is not None and price <= lower) or (upper is not None and price >= upper)


def _losing_end(band: LiquidationBand, pool: Pool, leg: Leg) -> Price | None:
    """The end at which the pool's net position in the leg's symbol loses, else the other one.

    Both legs of a hedge share it: a net long pool is at risk below, whichever leg is asked about.
    """
    net = sum((g.side.sign * g.quantity for g in pool.legs if g.symbol == leg.symbol), ZERO)
    first, second = (band.lower, band.upper) if net > ZERO else (band.upper, band.lower)
    return second if first is None else first


@dataclass(frozen=True, slots=True)
class Moment:
    """Both modes after one move: the result (quote) and whether the position is gone."""

    move: Rate
    price: Price
    isolated: Amount
    isolated_gone: bool
    cross: Amount
    cross_gone: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """One trade, both modes; `wallet` before the trade and `fee` paid from it at entry, quote."""

    leg: Leg
    wallet: Amount
    fee: Amount
    marks: Marks
    isolated: Outcome
    cross: Outcome
    moments: tuple[Moment, ...]
    points: tuple[Point, ...]

    def of(self, mode: MarginMode) -> Outcome:
        """Return the outcome behind one wall."""
        return self.isolated if mode is MarginMode.ISOLATED else self.cross

    def at(self, price: Price) -> Moment:
        """Return both results at another price."""
        move = Rate(price / self.leg.entry_price - ONE)
        return _moment(move, price, self.isolated, self.cross)


def compare(
    leg: Leg, wallet: Amount, marks: Marks, listing: Listing, others: Iterable[Leg] = ()
) -> Comparison:
    """Put a leg behind both walls; `others` are the legs the cross pool already holds.

    The entry fee leaves the wallet first. Raises `ExceedsWallet` where margin and fee do not fit,
    `IsolatedOnly` where the venue has no cross for the contract, `NoPrice`, `UnknownSymbol`.
    """
    instrument = listing.instrument(leg.symbol)
    if instrument.isolated_only:
        raise IsolatedOnly(leg.symbol, listing.venue.name)
    fee = trading_fee(leg.quantity, leg.entry_price, instrument.taker_fee)
    posted = posted_margin(leg, instrument)
    if posted + fee > wallet:
        raise ExceedsWallet(posted + fee, wallet)
    left = Amount(wallet - fee)
    isolated = outcome(isolated_pool(leg, posted), leg, marks, listing)
    cross = outcome(cross_pool(left, (*others, leg)), leg, marks, listing)
    moves = (Rate(step * leg.side.sign) for step in STEPS)
    moments = tuple(
        _moment(move, Price(leg.entry_price * (ONE + move)), isolated, cross) for move in moves
    )
    points = tuple(_points(isolated, cross, moments))
    return Comparison(leg, wallet, fee, marks, isolated, cross, moments, points)


def outcome(pool: Pool, leg: Leg, marks: Marks, listing: Listing) -> Outcome:
    """Ask one pool everything about one of its legs. Raises `NoPrice`, `UnknownSymbol`."""
    instrument = listing.instrument(leg.symbol)
    band = liquidation_band(pool, leg.symbol, marks, listing)
    limit = _losing_end(band, pool, leg)
    at_limit = bracket = None
    closed_loss: Decimal = pool.collateral
    if limit is not None:
        at_limit = risk(pool, marks.with_price(leg.symbol, limit), listing)
        bracket = instrument.brackets.at(leg.quantity, leg.quantity * limit)
        if listing.venue.remainder_to is Remainder.TRADER:
            closed_loss = pool.collateral - at_limit.margin_balance
    return Outcome(
        mode=pool.mode,
        leg=leg,
        pool=pool,
        risk=risk(pool, marks, listing),
        band=band,
        shown=printed(band, instrument, listing.venue, pool.mode),
        bankruptcy=bankruptcy_price(pool, leg.symbol, marks, listing),
        at_limit=at_limit,
        bracket=bracket,
        max_loss=pool.collateral,
        closed_loss=Amount(closed_loss),
    )


def _moment(move: Rate, price: Price, isolated: Outcome, cross: Outcome) -> Moment:
    """Both modes at one price."""
    results = [(_result(o, price), o.is_gone(price)) for o in (isolated, cross)]
    return Moment(move, price, *results[0], *results[1])


def _result(outcome: Outcome, price: Price) -> Amount:
    """The trade's result at a price; once liquidated, what the liquidation took."""
    if outcome.is_gone(price):
        return Amount(-outcome.closed_loss)
    return unrealized_pnl(outcome.leg, price)


def _points(isolated: Outcome, cross: Outcome, moments: tuple[Moment, ...]) -> list[Point]:
    """The lessons that these very columns teach, the most telling first."""
    points = []
    first = next((m for m in moments if m.isolated_gone), None)
    if first is None:
        never = "isolated_never" if isolated.limit is None else "isolated_far"
        points.append(Point(never))
    elif first.cross_gone:
        points.append(
            Point(
                "both_gone",
                {
                    "move": first.move,
                    "isolated_loss": -first.isolated,
                    "cross_loss": -first.cross,
                },
            )
        )
    else:
        same = "same_loss" if first.isolated == first.cross else "isolated_capped"
        fields = {
            "move": first.move,
            "isolated_loss": -first.isolated,
            "cross_loss": -first.cross,
            "rest": cross.max_loss + first.cross,
        }
        points.append(Point(same, fields))
    if cross.limit is None:
        points.append(Point("cross_never"))
    elif isolated.limit is not None:
        points.append(Point("leverage_moves_isolated_only", {"quantity": isolated.leg.quantity}))
    return points

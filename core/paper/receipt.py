"""What a liquidation cost, and what the other margin mode would have done with the same trade.

The other mode is no formula of its own: the position is put behind the other wall, with all else
as it was, and the same sweep judges it at the same marks. A cross position that is put behind a
wall of its own has its initial margin there, as if it had been opened so; its wall fell on the way
to these marks, at its own limit.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from core.margin.fees import posted_margin
from core.margin.liquidation import liquidation_band, printed
from core.margin.pool import MarginMode, Pool, Side, isolated_pool
from core.margin.risk import risk, unrealized_pnl
from core.market import Symbol
from core.money import ZERO, Amount, Price, require
from core.paper.account import PaperAccount, Position
from core.paper.events import Event, PoolLiquidated, PositionIncreased
from core.paper.liquidating import liquidated
from core.paper.scene import Scene
from core.venue import Remainder


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """The same trade behind the other wall, at the same marks.

    `gone` says whether it was liquidated there too; `result` (quote) is what it came to, `left`
    what still stands behind the wall, `limit` its liquidation price where one contract has one.
    """

    mode: MarginMode
    gone: bool
    result: Amount
    left: Amount
    limit: Price | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A liquidation with what it cost, money in quote.

    `lost` went with the wall, `fees` were paid for opening what was lost, `left` is in the wallet
    and the pockets now; all three together are `began`. `otherwise` is None where the venue has no
    other mode for it.
    """

    event: PoolLiquidated
    positions: tuple[Position, ...]
    lost: Amount
    fees: Amount
    left: Amount
    otherwise: Otherwise | None

    @property
    def began(self) -> Amount:
        """What there would be without this trade."""
        return Amount(self.left + self.lost + self.fees)


def receipt(
    before: PaperAccount, event: PoolLiquidated, history: Iterable[Event], scene: Scene
) -> Receipt:
    """Return the receipt of a liquidation: the account just before it, and all its events.

    Raises `UnknownPosition`, `NoPrice`.
    """
    positions = tuple(before.position(part.number) for part in event.seized)
    lost = taken(event)
    numbers = {position.number for position in positions}
    fees = sum(
        (e.fee for e in history if isinstance(e, PositionIncreased) and e.number in numbers), ZERO
    )
    return Receipt(
        event=event,
        positions=positions,
        lost=lost,
        fees=Amount(fees),
        left=Amount(before.wallet_balance - lost),
        otherwise=otherwise(before, event, scene),
    )


def taken(event: PoolLiquidated) -> Amount:
    """Return what a liquidation took from its owner, quote."""
    if event.whole:
        return Amount(event.collateral - event.returned)
    return Amount(event.fee - sum((part.pnl for part in event.seized), ZERO))


def otherwise(before: PaperAccount, event: PoolLiquidated, scene: Scene) -> Otherwise | None:
    """Return what the other mode would have done with what was seized, or None without one."""
    positions = tuple(before.position(part.number) for part in event.seized)
    if event.mode is MarginMode.CROSS:
        return _walled(positions, scene)
    (position,) = positions
    if scene.instrument(position.leg.symbol).isolated_only:
        return None
    return _pooled(behind_cross(before, position), position, scene)


def behind_cross(account: PaperAccount, position: Position) -> PaperAccount:
    """Return the account as if an isolated position stood behind the cross wall."""
    return account.moved_behind(position, MarginMode.CROSS, Amount(ZERO))


def behind_own_wall(position: Position, scene: Scene) -> Pool:
    """Return the pool of a position as if it had been opened isolated."""
    leg = position.leg
    return isolated_pool(leg, require(posted_margin(leg, scene.instrument(leg.symbol))))


def _pooled(account: PaperAccount, position: Position, scene: Scene) -> Otherwise:
    leg = position.leg
    events = liquidated(account, None, scene)
    last = events[-1] if events else None
    gone = isinstance(last, PoolLiquidated) and last.whole
    if isinstance(last, PoolLiquidated) and last.whole:  # in steps, it is still there
        lost = taken(last)
        result, left = Amount(-lost), Amount(account.wallet - lost)
    else:
        result = unrealized_pnl(leg, scene.mark(leg.symbol))
        left = risk(account.cross, scene.marks, scene.listing).margin_balance
    return Otherwise(
        mode=MarginMode.CROSS,
        gone=gone,
        result=result,
        left=left,
        limit=losing_limit(account.cross, leg.symbol, leg.side, scene),
    )


def _walled(positions: tuple[Position, ...], scene: Scene) -> Otherwise:
    ends = [_alone(position, scene) for position in positions]
    return Otherwise(
        mode=MarginMode.ISOLATED,
        gone=all(end.gone for end in ends),
        result=Amount(sum((end.result for end in ends), ZERO)),
        left=Amount(sum((end.left for end in ends), ZERO)),
        limit=ends[0].limit if len(ends) == 1 else None,
    )


def _alone(position: Position, scene: Scene) -> Otherwise:
    """One position behind a wall of its own; a fallen wall fell at its limit."""
    leg, pool = position.leg, behind_own_wall(position, scene)
    state = risk(pool, scene.marks, scene.listing)
    gone = state.is_liquidatable(scene.listing.venue)
    result, left = unrealized_pnl(leg, scene.mark(leg.symbol)), state.margin_balance
    if gone:
        left = Amount(ZERO)
        result = Amount(_returned(pool, leg.symbol, leg.side, scene) - pool.collateral)
    limit = losing_limit(pool, leg.symbol, leg.side, scene)
    return Otherwise(mode=MarginMode.ISOLATED, gone=gone, result=result, left=left, limit=limit)


def _returned(pool: Pool, symbol: Symbol, side: Side, scene: Scene) -> Amount:
    """What the venue leaves its owner of a wall that falls at its limit."""
    limit = _losing_end(pool, symbol, side, scene)
    if limit is None or scene.listing.venue.remainder_to is not Remainder.TRADER:
        return Amount(ZERO)
    return risk(pool, scene.marks.with_price(symbol, limit), scene.listing).margin_balance


def _losing_end(pool: Pool, symbol: Symbol, side: Side, scene: Scene) -> Price | None:
    band = liquidation_band(pool, symbol, scene.marks, scene.listing)
    return band.lower if side is Side.LONG else band.upper


def losing_limit(pool: Pool, symbol: Symbol, side: Side, scene: Scene) -> Price | None:
    """Return the liquidation price on the losing side as the venue prints it, or None."""
    band = liquidation_band(pool, symbol, scene.marks, scene.listing)
    shown = printed(band, scene.instrument(symbol), scene.listing.venue, pool.mode)
    return shown.lower if side is Side.LONG else shown.upper

"""What an account's history comes to: trades, gains, costs and losses, from its events alone.

Money is summed from the entries themselves, so that what is told here is what the books say. A
trade is a position from its first fill to its last; one that is still open is not counted, nor one
that was given up by a reset. A reset wipes nothing out: what was lost before it stays lost.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.money import QUANTUM, ZERO, Amount
from core.paper.account import PaperAccount
from core.paper.apply import apply
from core.paper.events import (
    Event,
    FundingSettled,
    PoolLiquidated,
    PositionIncreased,
    PositionReduced,
    WasReset,
)
from core.paper.ledger import FEES, FUNDING, INSURANCE, PNL, entry_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Sums over a history; money in quote, positive where the person gained.

    `trades` were closed to the end, `won` of them with a gain after fees and funding. `insurance`
    is what liquidations left to the insurance fund, or took from it. `worst` is the largest loss
    of one close or one liquidation, 0 where there was none.
    """

    trades: int
    won: int
    realized: Amount
    fees: Amount
    funding: Amount
    insurance: Amount
    liquidations: int
    worst: Amount

    @property
    def net(self) -> Amount:
        """Everything together: by how much the wallet balance changed, grants aside."""
        return Amount(self.realized + self.fees + self.funding + self.insurance)


def tally(account: PaperAccount, history: Iterable[tuple[Event, datetime]]) -> Tally:
    """Sum up a history that begins with a bare account."""
    books: dict[str, int] = defaultdict(int)
    results: dict[int, Decimal] = defaultdict(Decimal)
    trades, liquidations, worst = [], 0, ZERO
    for event, at in history:
        entry = entry_for(event)
        for posting in entry.postings if entry else ():
            books[posting.ledger] -= posting.quanta
        for number, gain in _gains(event):
            results[number] += gain
        after = apply(account, event, at)
        if not isinstance(event, WasReset):
            trades += [results[number] for number in _numbers(account) - _numbers(after)]
        liquidations += isinstance(event, PoolLiquidated)
        worst = min(worst, _at_once(event))
        account = after
    return Tally(
        trades=len(trades),
        won=sum(result > ZERO for result in trades),
        realized=_amount(books[PNL]),
        fees=_amount(books[FEES]),
        funding=_amount(books[FUNDING]),
        insurance=_amount(books[INSURANCE]),
        liquidations=liquidations,
        worst=Amount(worst),
    )


def _numbers(account: PaperAccount) -> set[int]:
    return {position.number for position in account.positions}


def _amount(quanta: int) -> Amount:
    return Amount(quanta * QUANTUM)


def _gains(event: Event) -> Iterable[tuple[int, Decimal]]:
    """What an event brought (or cost) single positions."""
    match event:
        case PositionIncreased():
            yield event.number, -event.fee
        case PositionReduced():
            yield event.number, event.pnl - event.fee
        case FundingSettled():
            yield event.number, event.from_wallet + event.from_pocket
        case PoolLiquidated(scope=int() as number, whole=True):
            yield number, event.returned - event.collateral
        case PoolLiquidated():
            yield from ((part.number, part.pnl) for part in event.seized)


def _at_once(event: Event) -> Decimal:
    """What a close or a liquidation brought as a whole."""
    match event:
        case PositionReduced():
            return event.pnl - event.fee
        case PoolLiquidated(whole=True):
            return event.returned - event.collateral
        case PoolLiquidated():
            return sum((part.pnl for part in event.seized), -event.fee)
        case _:
            return ZERO

"""Double entry: every event's money as postings that add up to nothing.

Amounts are whole quanta of 1e-8 quote, so that sums are exact in any database. An account's own
books are `wallet` and one `margin:<number>` per isolated position; the world's are `pnl`, `fees`,
`funding`, `insurance` and `grants`, from the account's point of view (what it gained stands there
negative). Isolated margin is a posting; cross margin is only a number, so it has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.money import QUANTUM, ZERO, Amount
from core.paper import events as e
from core.paper.events import Event

WALLET, PNL, FEES, FUNDING = "wallet", "pnl", "fees", "funding"
INSURANCE, GRANTS = "insurance", "grants"

Parts = Iterator[tuple[str, Decimal]]


def pocket(number: int) -> str:
    """Return the name of the ledger account of an isolated position's margin."""
    return f"margin:{number}"


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount in quanta, in (positive) or out of a ledger account."""

    ledger: str
    quanta: int


class Unbalanced(ValueError):
    """Postings that do not add up to nothing, or an amount that is no whole number of quanta."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Postings that balance; others cannot be made. Raises `Unbalanced`."""

    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        """Refuse what does not balance."""
        if sum(posting.quanta for posting in self.postings):
            raise Unbalanced(str(self.postings))


def quanta(amount: Decimal) -> int:
    """Return an amount in whole quanta. Raises `Unbalanced` where it is none."""
    whole = amount / QUANTUM
    if whole != whole.to_integral_value():
        raise Unbalanced(f"{amount} is no whole number of quanta")
    return int(whole)


def entry_for(event: Event) -> Entry | None:
    """Return what an event books; None where no money moves. Raises `Unbalanced`."""
    totals: dict[str, int] = {}
    for name, amount in _parts(event):  # what leaves a wall and comes back to it is one posting
        totals[name] = totals.get(name, 0) + quanta(amount)
    postings = tuple(Posting(name, total) for name, total in totals.items() if total)
    return Entry(postings) if postings else None


def _parts(event: Event) -> Parts:
    """The amounts an event moves, by ledger account; nothing for those that move none."""
    match event:
        case e.Granted() | e.Adjusted():
            return _granted(event)
        case e.WasReset():
            return _reset(event)
        case e.PositionIncreased():
            return _increased(event)
        case e.PositionReduced():
            return _reduced(event)
        case e.MarginMoved():
            return _moved(event)
        case e.LeverageChosen():
            return _leverage(event)
        case e.FundingSettled():
            return _funding(event)
        case e.PoolLiquidated():
            return _liquidated(event)
        case _:
            return iter(())


def _granted(event: e.Granted | e.Adjusted) -> Parts:
    yield WALLET, event.amount
    yield GRANTS, -event.amount


def _reset(event: e.WasReset) -> Parts:
    yield WALLET, -event.wallet
    for number, margin in event.pockets:
        yield pocket(number), -margin
    yield GRANTS, event.wallet + sum((margin for _, margin in event.pockets), ZERO)


def _increased(event: e.PositionIncreased) -> Parts:
    yield WALLET, -event.margin - event.fee
    yield pocket(event.number), event.margin
    yield FEES, event.fee


def _reduced(event: e.PositionReduced) -> Parts:
    yield WALLET, event.margin + event.pnl - event.fee
    yield pocket(event.number), -event.margin
    yield PNL, -event.pnl
    yield FEES, event.fee


def _moved(event: e.MarginMoved) -> Parts:
    yield WALLET, -event.amount
    yield pocket(event.number), event.amount


def _leverage(event: e.LeverageChosen) -> Parts:
    for number, more in event.topped_up:
        yield WALLET, -more
        yield pocket(number), more


def _funding(event: e.FundingSettled) -> Parts:
    yield WALLET, event.from_wallet
    yield pocket(event.number), event.from_pocket
    yield INSURANCE, -event.forgiven
    yield FUNDING, event.forgiven - event.from_wallet - event.from_pocket


def _liquidated(event: e.PoolLiquidated) -> Parts:
    wall = WALLET if event.scope is None else pocket(event.scope)
    pnl = Amount(sum((part.pnl for part in event.seized), ZERO))
    gone = -event.collateral if event.whole else pnl - event.fee
    yield wall, gone
    yield WALLET, event.returned
    yield PNL, -pnl
    yield FEES, event.fee
    yield INSURANCE, event.remainder - event.shortfall

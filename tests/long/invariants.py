"""What must hold after every tick of a long market, recomputed beside the program.

Walls are judged twice: by the program's exact risk, and in fractions by the oracle, which knows
nothing of our own path. Sums are counted in plain SQL.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from core.margin.pool import Pool
from core.margin.risk import risk
from core.market import Listing, Marks
from core.money import ZERO, Amount, D
from core.paper.account import PaperAccount, bare
from core.paper.apply import replay
from core.paper.events import PoolLiquidated
from core.paper.ledger import quanta
from core.paper.records import Notice
from core.ports import PaperBooks
from tests.oracle import Oracle

NEAR = D("0.99")
"""From this margin ratio on a wall is judged by the oracle too."""

MONEY = """
SELECT event.id, ledger, quanta FROM event JOIN posting ON posting.event = event.id
WHERE event.id > ? ORDER BY event.id
"""


def falls(pool: Pool, marks: Marks, listing: Listing) -> bool:
    """Whether a wall must fall at these marks, in fractions."""
    oracle = Oracle.of(pool, marks, listing)
    cushion = oracle.collateral + sum(leg.cushion(oracle.marks[leg.symbol]) for leg in oracle.legs)
    return cushion < 0 or (cushion == Fraction(0) and listing.venue.equal_liquidates)


def of_account(account: PaperAccount, marks: Marks, listing: Listing) -> Iterator[str]:
    """Yield what an account must not be after a sweep."""
    name = f"account {account.id} ({account.venue})"
    if account.wallet < ZERO:
        yield f"{name}: wallet {account.wallet}"
    for position in account.positions:
        if position.margin < ZERO or (position.margin and not position.isolated):
            yield f"{name}: #{position.number} has margin {position.margin}"
        if position.leg.quantity <= ZERO:
            yield f"{name}: #{position.number} holds {position.leg.quantity}"
    for scope, pool in account.pools():
        state = risk(pool, marks, listing)
        if state.is_liquidatable(listing.venue):
            yield f"{name}: wall {scope} stands and should not"
        elif state.margin_ratio > NEAR and falls(pool, marks, listing):
            yield f"{name}: wall {scope} stands, and the oracle says that it should not"
    for order in account.orders:
        if order.crossed(marks.price(order.symbol)):
            yield f"{name}: order {order.number} was reached and rests"


def of_liquidation(notice: Notice, listing: Listing) -> Iterator[str]:
    """Yield what was wrong with a wall's fall."""
    event, before, after = notice.what, notice.before, notice.after
    assert isinstance(event, PoolLiquidated)
    name = f"event {notice.event}, account {before.id} ({before.venue}), wall {event.scope}"
    pool = before.cross if event.scope is None else before.pool(before.position(event.scope))
    if not falls(pool, notice.marks, listing):
        yield f"{name}: fell, and should stand"
    if event.collateral != pool.collateral:
        yield f"{name}: {event.collateral} was behind it, not {pool.collateral}"
    if before.wallet_balance - after.wallet_balance > pool.collateral:
        yield f"{name}: more was lost than was behind it"
    outside = [p for p in before.positions if _outside(p.number, p.isolated, event.scope)]
    if [p for p in after.positions if _outside(p.number, p.isolated, event.scope)] != outside:
        yield f"{name}: it moved what is behind another wall"
    if event.scope is not None and after.wallet != before.wallet + event.returned:
        yield f"{name}: an isolated position moved the wallet"
    if event.returned and listing.venue.id != "hyperliquid":
        yield f"{name}: {event.returned} went back to the trader"
    if not event.whole:
        rest = after.cross if event.scope is None else after.pool(after.position(event.scope))
        if falls(rest, notice.marks, listing):
            yield f"{name}: taken apart, and not enough"


def _outside(number: int, isolated: bool, scope: int | None) -> bool:
    return isolated if scope is None else number != scope


@dataclass
class Sums:
    """The money of all accounts, counted event by event."""

    last: int
    totals: Counter[str]

    def more(self, rows: sqlite3.Connection) -> Iterator[str]:
        """Count what was booked since; yield what does not balance."""
        by_event: Counter[int] = Counter()
        for event, ledger, amount in rows.execute(MONEY, (self.last,)):
            by_event[event] += amount
            self.totals["pockets" if ledger.startswith("margin:") else ledger] += amount
        yield from (f"event {event} does not balance" for event, rest in by_event.items() if rest)
        (newest,) = rows.execute("SELECT MAX(id) FROM event").fetchone()
        self.last = newest or 0
        if sum(self.totals.values()):
            yield f"the books do not sum to zero: {dict(self.totals)}"

    def against(self, accounts: dict[int, PaperAccount]) -> Iterator[str]:
        """Yield where the accounts hold something else than the books say."""
        wallets = sum((quanta(account.wallet) for account in accounts.values()), 0)
        held = sum((a.wallet_balance - a.wallet for a in accounts.values()), ZERO)
        pockets = quanta(Amount(held))
        if (wallets, pockets) != (self.totals["wallet"], self.totals["pockets"]):
            yield f"accounts hold {wallets} and {pockets}, the books {dict(self.totals)}"


def of_history(
    paper: PaperBooks, accounts: dict[int, PaperAccount], draw: Random, count: int
) -> Iterator[str]:
    """Yield accounts of a sample that are not what their events make of them."""
    for number in draw.sample(sorted(accounts), min(count, len(accounts))):
        account = accounts[number]
        events = ((each.event, each.at) for each in paper.history(number))
        if (
            not replay(bare(number, account.market), events)
            == account
            == paper.account_numbered(number)
        ):
            yield f"account {number} is not what its events make of it"

"""Proof of the books: every entry balances, and every account is what its events make of it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

from bot.adapters.database import statements as sql
from bot.adapters.database.codec import dumps, loads
from bot.adapters.database.shelf import Transaction
from core.errors import Refusal
from core.paper.account import PaperAccount, bare
from core.paper.apply import replay
from core.paper.ledger import WALLET, pocket, quanta
from core.paper.records import Fault, Recorded

Balances = Mapping[str, int]


def rebuilt(books: Transaction, history: Callable[[int], Sequence[Recorded]]) -> int:
    """Write every account anew from its events; return how many rows were not as they should be.

    The old state is not read, so that one that cannot be read is mended too.
    """
    changed = 0
    for number, market, archived, state in list(books.rows(sql.ALL, {})):
        happened = history(cast("int", number))
        made = replay(bare(cast("int", number), str(market)), ((e.event, e.at) for e in happened))
        row = {
            "account": number,
            "version": made.version,
            "state": dumps(made),
            "live": made.at_stake and not archived,
            "last_event": happened[-1].id if happened else 0,
        }
        books.change(sql.RESTATE, row)
        changed += row["state"] != str(state)
    return changed


def faults(books: Transaction, history: Callable[[int], Sequence[Recorded]]) -> Iterator[Fault]:
    """Yield everything that is wrong with the books; nothing where all is well."""
    for account, rest in books.rows(sql.UNBALANCED, {}):
        yield Fault(cast("int", account), "unbalanced", int(cast("int", rest)))
    balances: dict[int, dict[str, int]] = defaultdict(dict)
    for account, ledger, total in books.rows(sql.BALANCES, {}):
        balances[cast("int", account)][str(ledger)] = int(cast("int", total))
    for number, state, _ in list(books.rows(sql.STATES, {})):
        try:
            account = loads(PaperAccount, str(state))
        except ValueError:
            yield Fault(cast("int", number), "unreadable")
            continue
        yield from _of_account(account, balances.get(cast("int", number), {}))
        if not _follows(account, history(account.id)):
            yield Fault(account.id, "replay")


def _follows(account: PaperAccount, history: Sequence[Recorded]) -> bool:
    """Whether an account is what its events make of it; a history that makes none is a fault."""
    try:
        made = replay(bare(account.id, account.market), ((e.event, e.at) for e in history))
    except (Refusal, ArithmeticError):
        return False
    return made == account


def _of_account(account: PaperAccount, books: Balances) -> Iterator[Fault]:
    """A wallet below nothing, and money that the account and its books do not agree on."""
    if account.wallet < 0:
        yield Fault(account.id, "negative_wallet", quanta(account.wallet))
    held = {WALLET: quanta(account.wallet)}
    held |= {pocket(p.number): quanta(p.margin) for p in account.positions if p.isolated}
    own = {name for name in books if name == WALLET or name.startswith("margin:")}
    for name in sorted(own | held.keys()):
        if rest := books.get(name, 0) - held.get(name, 0):
            yield Fault(account.id, name, rest)

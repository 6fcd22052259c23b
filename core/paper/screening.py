"""Which accounts a tick may concern: walls and triggers of paper accounts for the screen.

Accounts change while the screen stands. Those that changed since it was made are always proposed,
until so many have that a new screen is cheaper. Where a venue's terms are others at a snapshot, the
screen is made anew by those.
"""

from collections.abc import Iterable, Iterator, Mapping

from core.editions import in_force
from core.margin.pool import Side
from core.margin.screen import Screen, Trigger, Wall
from core.market import Listing, Marks
from core.paper.account import Order, PaperAccount, Position
from core.paper.rules import PaperRules

STALE = 64
"""One in so many accounts may have changed before the screen is made anew."""


def walls(account: PaperAccount, listing: Listing) -> Iterator[Wall]:
    """Yield every wall of an account with something inside."""
    for _, pool in account.pools():
        yield Wall(account.id, pool, listing)


def triggers(account: PaperAccount) -> Iterator[Trigger]:
    """Yield the marks at which an account's stops and orders act."""
    for position in account.positions:
        yield from _of_stops(account.id, position)
    for order in account.orders:
        yield _of_order(account.id, order)


def _of_stops(owner: int, position: Position) -> Iterator[Trigger]:
    long, symbol = position.leg.side is Side.LONG, position.leg.symbol
    if position.stops.loss is not None:
        yield Trigger(owner, symbol, position.stops.loss, rising=not long)
    if position.stops.profit is not None:
        yield Trigger(owner, symbol, position.stops.profit, rising=long)


def _of_order(owner: int, order: Order) -> Trigger:
    return Trigger(owner, order.symbol, order.price, rising=order.side is Side.SHORT)


class Screening:
    """Keeps a screen over accounts that come, go and change."""

    def __init__(self, listings: Mapping[str, Listing], rules: PaperRules) -> None:
        """Begin with nobody. Walls near enough for a warning are proposed too."""
        self._watch = rules.warn_at
        self._listings = listings
        self._screen = Screen((), ())
        self._covered = 0
        self._changed: set[int] = set()
        self._terms: dict[str, Listing] = {}

    def changed(self, account: int) -> None:
        """Say that an account is not what the screen knows."""
        self._changed.add(account)

    def candidates(self, accounts: Mapping[int, PaperAccount], marks: Marks) -> list[int]:
        """Return which of the accounts a snapshot may concern."""
        terms = {v: in_force(self._listings, v, marks.at) for v in self._listings}
        others = any(each is not self._terms.get(venue) for venue, each in terms.items())
        if others or len(self._changed) * STALE > self._covered:
            self._terms = terms
            self._make(accounts.values())
        proposed = self._screen.candidates(marks) | self._changed
        return [number for number in sorted(proposed) if number in accounts]

    def _make(self, accounts: Iterable[PaperAccount]) -> None:
        known = tuple(accounts)
        self._screen = Screen(
            (wall for each in known for wall in walls(each, self._terms[each.venue])),
            (trigger for each in known for trigger in triggers(each)),
            self._watch,
        )
        self._covered = len(known)
        self._changed.clear()

"""What accounts are looked at by, and what they have at stake."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.market import Listing, Marks, Symbol
from core.money import Rate
from core.paper.account import PaperAccount
from core.paper.events import Event
from core.paper.extremes import adverse, recalled, symbols_of
from core.paper.funding import funding_settled
from core.paper.rules import PaperRules
from core.paper.scene import Scene
from core.paper.sweeping import swept


@dataclass(frozen=True, slots=True)
class Look:
    """What accounts are looked at by: a snapshot, and the rates that are settled (None: none).

    `silent` are the contracts that were silent in a past minute, which alone is judged (None: all).
    """

    marks: Marks
    rates: Mapping[Symbol, Rate] | None = None
    silent: frozenset[Symbol] | None = None

    def scene(self, account: PaperAccount, listing: Listing, rules: PaperRules) -> Scene:
        """Return the scene of one account: of candles, the extremes against what it holds."""
        if self.silent is None:
            marks = adverse(account, self.marks)
        else:
            marks = recalled(account, self.marks, self.silent)
        return Scene(listing, marks, self.marks.at, rules)

    def events(self, account: PaperAccount, scene: Scene) -> tuple[Event, ...]:
        """Return what happens to an account.

        Marks from before it became what it is do not touch it, but where contracts were silent:
        what it has in these was left as it was.
        """
        if self.rates is not None:
            return funding_settled(account, self.rates, scene)
        changed = account.changed_at
        if self.silent is None and changed is not None and self.marks.at < changed:
            return ()
        return swept(account, scene)


class Stakes:
    """Counts in how many accounts each contract is held or ordered."""

    def __init__(self) -> None:
        """Begin with no account."""
        self._counts: Counter[Symbol] = Counter()
        self.symbols: frozenset[Symbol] = frozenset()
        """The contracts that anybody has at stake; replaced as a whole, so any thread may look."""

    def change(self, before: PaperAccount | None, after: PaperAccount | None) -> None:
        """Let an account be another one; None is one with nothing at stake."""
        gone = frozenset() if before is None else symbols_of(before)
        come = frozenset() if after is None else symbols_of(after)
        if gone == come:
            return
        self._counts.subtract(gone - come)
        self._counts.update(come - gone)
        if any(not self._counts[symbol] for symbol in gone) or not come <= self.symbols:
            self._counts = +self._counts
            self.symbols = frozenset(self._counts)

"""One item that is asked: when its clock ran, who said what, and by whose clock.

An answer counts by the moment at which it was sent, up to two seconds after the deadline. Who was
asked back because a number could be read in two ways has their own clock stopped, for at most ten
seconds; the item stays open as long as such a clock stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.lessons.game.errors import NotNow, TooLate

GRACE = timedelta(seconds=2)
"""An answer may be so late."""

HOLD = timedelta(seconds=10)
"""The longest that a player's clock stands still."""

MILLISECOND = timedelta(milliseconds=1)

UNSURE = "?"
"""What stands among the answers where somebody was asked back."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a player said, and `after` how many whole milliseconds of their clock."""

    player: int
    after: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """An item by its number among all that were asked.

    `opened` is when its message arrived, `closed` when the solution was shown. `void` says why it
    does not count: "restart", "deaf", "unseen" or "host"; `again` that another is asked instead.
    `reports` are the numbers of those who say that it is a bad one.
    """

    number: int
    opened: datetime | None = None
    closed: datetime | None = None
    given: tuple[Given, ...] = ()
    void: str = ""
    again: bool = False
    reports: tuple[int, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether its message is still on its way."""
        return self.opened is None and self.closed is None

    @property
    def is_open(self) -> bool:
        """Whether its clock runs."""
        return self.opened is not None and self.closed is None

    @property
    def counts(self) -> bool:
        """Whether there are points for it."""
        return self.closed is not None and not self.void

    @property
    def answers(self) -> Mapping[int, tuple[Given, ...]]:
        """Everybody's answers by their number, in the order in which they came."""
        found: dict[int, tuple[Given, ...]] = {}
        for given in self.given:
            if given.value != UNSURE:
                found[given.player] = (*found.get(given.player, ()), given)
        return found

    def said(self, player: int) -> tuple[Given, ...]:
        """Return what a player said, with where they were asked back."""
        return tuple(given for given in self.given if given.player == player)

    def ends(self, limit: timedelta) -> datetime:
        """Return the moment after which no answer can be in time. Raises `NotNow`."""
        latest = {given.player: given.value for given in self.given}
        held = HOLD if UNSURE in latest.values() else timedelta()
        return self._opened + limit + GRACE + held

    def clock(self, at: datetime, player: int, limit: timedelta) -> timedelta:
        """Return how long a player took for what they sent at a moment.

        Raises `NotNow` where the item is not open yet or does not count, `TooLate`.
        """
        if self.void:
            raise NotNow("void")
        passed = max(at - self._opened, timedelta())
        said = self.said(player)
        if said and said[-1].value == UNSURE:
            stopped = said[-1].after * MILLISECOND
            passed -= max(min(passed - stopped, HOLD), timedelta())
        if passed > limit + GRACE or (self.closed is not None and at > self.closed):
            raise TooLate(self._opened + limit)
        return passed

    @property
    def _opened(self) -> datetime:
        if self.opened is None:
            raise NotNow("waiting")
        return self.opened

"""What is kept under a request: where in an account's history its events stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.market import Marks
from core.paper.account import PaperAccount
from core.paper.apply import replay
from core.paper.records import Done, Recorded


@dataclass(frozen=True, slots=True)
class Deed:
    """A `Done` as it is kept: the account, its version before, the number of events, the marks.

    Repeats are rare, so the account before and after is made from the history when one comes.
    """

    account: int
    version: int
    events: int
    marks: Marks

    @classmethod
    def of(cls, done: Done) -> "Deed":
        """Return what is kept of an action's result."""
        return cls(done.before.id, done.before.version, len(done.events), done.marks)

    def done(self, start: PaperAccount, history: Sequence[Recorded]) -> Done:
        """Return the result again; `start` is the bare account, `history` all its events."""
        until = self.version + self.events
        told = [(each.event, each.at) for each in history[:until]]
        before = replay(start, told[: self.version])
        after = replay(before, told[self.version :])
        events = tuple(event for event, _ in told[self.version :])
        return Done(before, events, after, self.marks)

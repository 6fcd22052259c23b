"""Which events a person must hear of, put into the outbox in the transaction that books them."""

from itertools import accumulate, pairwise

from core.paper.account import PaperAccount
from core.paper.apply import apply
from core.paper.events import (
    Event,
    OrderCancelled,
    PoolLiquidated,
    PositionIncreased,
    PositionReduced,
    Warned,
)
from core.paper.records import Change, Notice
from core.paper.scene import Scene
from core.ports import Books


def told(event: Event) -> bool:
    """Whether an event that nobody asked for is worth a message."""
    match event:
        case PoolLiquidated() | PositionReduced() | PositionIncreased() | Warned():
            return True
        case OrderCancelled(reason=reason):
            return reason != "liquidation"  # the receipt says it
        case _:
            return False


def book_unasked(
    books: Books, learner: int, account: PaperAccount, events: tuple[Event, ...], on: Scene
) -> PaperAccount:
    """Book what nobody asked for, with a notice of each event that its owner must hear of.

    Returns the account after it. Raises the conflict of the books where it has moved on.
    """
    stages = tuple(accumulate(events, lambda now, event: apply(now, event, on.at), initial=account))
    numbers = books.paper.record(Change(account, stages[-1], events, on.at))
    for event, number, (before, after) in zip(events, numbers, pairwise(stages), strict=True):
        if told(event):
            books.paper.post(Notice(learner, number, event, before, after, on.marks, on.at))
    return stages[-1]

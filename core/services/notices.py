"""Which events a person must hear of, put into the outbox in the transaction that books them."""

from datetime import datetime

from core.paper.apply import apply
from core.paper.events import (
    Event,
    OrderCancelled,
    PoolLiquidated,
    PositionIncreased,
    PositionReduced,
    Warned,
)
from core.paper.records import Done, Notice
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


def post_notices(
    books: Books, learner: int, done: Done, numbers: tuple[int, ...], at: datetime
) -> None:
    """Post a notice for each event that its owner must hear of."""
    account = done.before
    for event, number in zip(done.events, numbers, strict=True):
        after = apply(account, event, at)
        if told(event):
            books.paper.post(Notice(learner, number, event, account, after, done.marks, at))
        account = after

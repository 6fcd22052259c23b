"""Small makers for the contract of the paper books: people, accounts, things that happen."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from core.margin.pool import Leg, MarginMode, Side
from core.market import MarkPrice, Marks, Symbol
from core.money import Amount, D, Price, Quantity, Rate
from core.paper.account import NO_STOPS, PaperAccount
from core.paper.actions import ChooseMode
from core.paper.apply import apply
from core.paper.events import (
    Event,
    Granted,
    PositionIncreased,
    PositionReduced,
    VenueChosen,
)
from core.paper.records import Change, Done, Identity, Notice, Preview
from core.ports import Books

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BTC = Symbol("BTCUSDT")
MIRA, TOBI = Identity("telegram", "1"), Identity("telegram", "2")
MARKS = Marks("demo", NOW, {BTC: MarkPrice(Price(D(60000)), NOW)})


def money(value: str | int) -> Amount:
    return Amount(D(value))


BEGINNING: tuple[Event, ...] = (VenueChosen(venue="binance"), Granted(amount=money(10000)))


def after(account: PaperAccount, events: Iterable[Event]) -> PaperAccount:
    for event in events:
        account = apply(account, event, NOW)
    return account


def book(
    books: Books, account: PaperAccount, events: tuple[Event, ...], request: str = ""
) -> tuple[PaperAccount, tuple[int, ...]]:
    """Record events; return the account after them and their numbers."""
    new = after(account, events)
    return new, books.paper.record(Change(account, new, events, NOW, request))


def began(books: Books, who: Identity = MIRA, market: str = "demo") -> tuple[int, PaperAccount]:
    """Make somebody a learner with a granted account."""
    learner = books.paper.learner(who) or books.paper.enroll(who, NOW)
    account, _ = book(books, books.paper.open_account(learner, market), BEGINNING)
    return learner, account


def increased(number: int = 1, margin: str | int = 600) -> PositionIncreased:
    """0.1 BTC long at 60,000, isolated, 10x."""
    leg = Leg.at(BTC, Side.LONG, Quantity(D("0.1")), Price(D(60000)), Rate(D(10)))
    return PositionIncreased(
        number=number,
        mode=MarginMode.ISOLATED,
        leg=leg,
        price=Price(D(60000)),
        margin=money(margin),
        fee=money(3),
        stops=NO_STOPS,
    )


def closed(number: int = 1) -> PositionReduced:
    """The same closed at its entry."""
    return PositionReduced(
        number=number,
        symbol=BTC,
        side=Side.LONG,
        quantity=Quantity(D("0.1")),
        price=Price(D(60000)),
        cost=money(6000),
        margin=money(600),
        pnl=money(0),
        fee=money(3),
        reason="close",
    )


def done(account: PaperAccount, events: tuple[Event, ...]) -> Done:
    return Done(account, events, after(account, events), MARKS)


def told(learner: int, event: int, account: PaperAccount, at: datetime = NOW) -> Notice:
    what = increased()
    return Notice(learner, event, what, account, after(account, (what,)), MARKS, at)


def preview(learner: int, chat: str = "1", seconds: int = 60) -> Preview:
    """A preview of one person in one chat that waits so many seconds."""
    action = ChooseMode(BTC, MarginMode.CROSS)
    return Preview(learner, chat, "demo", action, (), NOW + seconds * SECOND)


def posted(books: Books, count: int = 1) -> tuple[int, PaperAccount, tuple[int, ...]]:
    """Post a notice for each of so many openings; the later ones come due first."""
    learner, account = began(books)
    numbers: list[int] = []
    for n in range(1, count + 1):
        before = account
        account, (event,) = book(books, account, (increased(n),))
        books.paper.post(told(learner, event, before, NOW + (count - n) * SECOND))
        numbers.append(event)
    return learner, account, tuple(numbers)

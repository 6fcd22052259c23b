"""Liquidations of people's own accounts, as they stand in the books."""

from decimal import localcontext

from core.money import EXACT, Amount, D
from core.paper.account import PaperAccount
from core.paper.actions import Open, decide
from core.paper.apply import applied
from core.paper.events import Event, Granted, VenueChosen
from core.paper.liquidating import liquidated
from core.paper.records import Change, Identity
from core.ports import PaperBooks, Units
from tests.builders import BTC, ETH, NOON
from tests.core.paper.builders import CROSS, scene, wish

START = (VenueChosen(venue="binance"), Granted(amount=Amount(D(100_000))))


def fall(units: Units, who: Identity, times: int = 1, market: str = "demo") -> None:
    """Let somebody's long be liquidated in a market, so many times."""
    with localcontext(EXACT), units.writing() as books:
        learner = books.paper.learner(who)
        if learner is None:
            learner = books.paper.enroll(who, NOON)
        account = _booked(books.paper, books.paper.open_account(learner, market), START)
        for _ in range(times):
            entered = decide(account, Open(wish("0.1")), scene(btc=60000))
            account = _booked(books.paper, account, entered)
            fallen = liquidated(account, account.positions[0].number, scene(btc=50000))
            account = _booked(books.paper, account, fallen)


def fall_together(units: Units, who: Identity) -> None:
    """Let two cross positions of somebody be liquidated at once."""
    with localcontext(EXACT), units.writing() as books:
        learner = books.paper.enroll(who, NOON)
        account = _booked(books.paper, books.paper.open_account(learner, "demo"), START)
        for symbol in (BTC, ETH):
            intent = wish(10, mode=CROSS, symbol=symbol, leverage=20)
            entered = decide(account, Open(intent), scene(btc=60000, eth=3000))
            account = _booked(books.paper, account, entered)
        _booked(books.paper, account, liquidated(account, None, scene(btc=50000, eth=2000)))


def _booked(paper: PaperBooks, account: PaperAccount, events: tuple[Event, ...]) -> PaperAccount:
    after = applied(account, events, NOON)
    paper.record(Change(account, after, events, NOON))
    return after

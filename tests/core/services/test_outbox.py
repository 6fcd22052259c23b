"""The outbox: delivered at least once, put off for longer and longer, given up in the end."""

from datetime import timedelta

import pytest

from core.alerts.alert import Alert, Fired, FundingAlert
from core.alerts.books import DueNews, News
from core.money import D
from core.paper.account import PaperAccount
from core.paper.actions import Open, decide
from core.paper.apply import applied
from core.paper.events import Event, Granted, PositionIncreased, VenueChosen
from core.paper.records import Change, Identity
from core.paper.scene import Scene
from core.paper.sweeping import swept
from core.people import Preferences
from core.ports import Books
from core.services.notices import book_unasked
from core.services.outbox import ATTEMPTS, PAUSES, Outbox
from tests.builders import amount, marks
from tests.core.paper.builders import scene, wish
from tests.fakes.ports import FixedClock, MemoryUnits

MIRA = Identity("telegram", "7")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def units() -> MemoryUnits:
    return MemoryUnits()


GRANT = Granted(amount=amount(10_000))


def happen(
    books: Books, account: PaperAccount, events: tuple[Event, ...], at: Scene
) -> PaperAccount:
    """Book events, and post what is worth a message."""
    return book_unasked(books, books.paper.owner(account.id), account, events, at)


@pytest.fixture
def outbox(units: MemoryUnits, clock: FixedClock) -> Outbox:
    """The outbox of somebody whose position was just liquidated."""
    now, there = scene(btc=60_000), scene(btc=50_000)
    with units.writing() as books:
        learner = books.paper.enroll(MIRA, clock.now())
        account = books.paper.open_account(learner, "test")
        account = happen(books, account, (GRANT, VenueChosen(venue="binance")), now)
        account = open_account(books, account, now)
        happen(books, account, swept(account, there), there)
    return Outbox(units, clock)


def open_account(books: Books, account: PaperAccount, at: Scene) -> PaperAccount:
    """Open a position; nobody is told of what they asked for."""
    events = decide(account, Open(wish("0.1")), at)
    after = applied(account, events, at.at)
    books.paper.record(Change(account, after, events, at.at, "asked"))
    return after


def test_a_notice_is_due_where_its_owner_is_known(outbox: Outbox) -> None:
    (parcel,) = outbox.parcels("telegram")
    assert dict(parcel.zones) == {MIRA: ""}
    assert outbox.parcels("discord") == ()


def test_a_receipt_comes_with_the_history_that_its_fees_need(outbox: Outbox) -> None:
    (parcel,) = outbox.parcels("telegram")
    assert [e.fee for e in parcel.history if isinstance(e, PositionIncreased)] == [D(3)]


def test_the_zone_is_the_one_set_on_that_platform(outbox: Outbox, units: MemoryUnits) -> None:
    with units.writing() as books:
        books.set_preferences("telegram", "7", Preferences(zone="Asia/Tokyo"))
    (parcel,) = outbox.parcels("telegram")
    assert parcel.zones[MIRA] == "Asia/Tokyo"


def test_what_arrived_is_not_due_again(outbox: Outbox) -> None:
    (parcel,) = outbox.parcels("telegram")
    outbox.delivered(parcel.due)
    assert outbox.parcels("telegram") == ()


def test_a_failed_attempt_waits_longer_each_time(outbox: Outbox, clock: FixedClock) -> None:
    for attempt in range(1, ATTEMPTS):
        (parcel,) = outbox.parcels("telegram")
        assert outbox.failed(parcel.due)
        pause = PAUSES[min(attempt, len(PAUSES)) - 1]
        clock.advance(pause - timedelta(seconds=1))
        assert outbox.parcels("telegram") == ()
        clock.advance(1)
    (parcel,) = outbox.parcels("telegram")
    assert not outbox.failed(parcel.due)
    clock.advance(timedelta(days=30))
    assert outbox.parcels("telegram") == ()


def test_whom_nobody_can_reach_is_given_up_at_once(outbox: Outbox, clock: FixedClock) -> None:
    (parcel,) = outbox.parcels("telegram")
    assert not outbox.failed(parcel.due, for_good=True)
    clock.advance(timedelta(days=30))
    assert outbox.parcels("telegram") == ()


# --- news of alerts


def test_news_wait_behind_notices_and_are_struck_off_alone(
    outbox: Outbox, units: MemoryUnits, clock: FixedClock
) -> None:
    with units.writing() as books:
        learner = books.paper.learner(MIRA)
        assert learner is not None
        alert = Alert(
            learner=learner, market="test", number=3, what=FundingAlert(), since=clock.now()
        )
        fired = Fired(alert=alert, venue="binance", marks=marks(btc=60_000))
        books.alerts.post(News(learner, "k", fired, clock.now()))
    notice, news = outbox.parcels("telegram")
    assert isinstance(news.due, DueNews)
    assert (news.learner, notice.learner, dict(news.zones)) == (learner, learner, {MIRA: ""})
    assert outbox.parcels("discord") == ()
    assert outbox.failed(news.due)
    assert outbox.parcels("telegram") == (notice,)
    clock.advance(PAUSES[0])
    _, again = outbox.parcels("telegram")
    assert again.due.attempts == 1
    outbox.delivered(again.due)
    assert outbox.parcels("telegram") == (notice,)

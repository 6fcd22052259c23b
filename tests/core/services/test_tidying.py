"""Tidying: what nobody can ask for any more goes, what people could still press stays."""

from dataclasses import replace
from datetime import timedelta

from core.lessons.game.game import Phase
from core.paper.records import Link
from core.services.tidying import LISTED, REPEATED, TOLD, Tidying
from tests.contracts.duels import HOST, ROOM, on
from tests.contracts.ledgers import MIRA, began, book, done, increased, posted, preview
from tests.contracts.test_alert_books import news
from tests.fakes.ports import FixedClock, MemoryUnits


def test_everything_goes_when_its_time_is_over_and_not_before() -> None:
    clock, units = FixedClock(), MemoryUnits()
    tidying = Tidying(units, clock)
    now = clock.now()
    with units.writing() as books:
        learner, account = began(books)
        led_to = done(account, (increased(),))
        book(books, account, led_to.events, "r1")
        books.paper.set_done("r1", learner, led_to, now)
        books.paper.keep_preview(preview(learner))
        books.keep_choice("/liq", now + timedelta(days=1))
        books.paper.keep_link(Link(MIRA, "Mira", now + timedelta(days=1)))
    assert tidying() == 0
    clock.advance(timedelta(days=2))
    assert tidying() == 2  # the button and the code
    clock.advance(REPEATED + timedelta(days=365))
    assert tidying() == 2  # the preview and the request
    assert tidying() == 0


def test_a_challenge_that_is_over_is_listed_for_a_week() -> None:
    clock, units = FixedClock(), MemoryUnits()
    state = on()
    final = replace(state.game, phase=Phase.FINAL, ended=clock.now())
    with units.writing() as books:
        running = books.games.add(state, HOST, ROOM)
        books.games.add(replace(state, game=final), HOST, ROOM)
    for wait, listed in ((LISTED - timedelta(seconds=1), 2), (timedelta(seconds=1), 1)):
        clock.advance(wait)
        assert Tidying(units, clock)() == 0
        with units.reading() as books:
            assert len(books.games.here(ROOM)) == listed
    with units.reading() as books:
        assert books.games.here(ROOM) == (running,)


def test_of_what_was_told_long_ago_receipts_stay_and_news_go() -> None:
    clock, units = FixedClock(), MemoryUnits()
    tidying, now = Tidying(units, clock), clock.now()
    with units.writing() as books:
        learner, account, (event,) = posted(books)
        books.alerts.post(replace(news(learner), at=now))
        (notice,), (fired,) = books.paper.due(now, 9), books.alerts.due(now, 9)
        books.paper.delivered(notice.id, now)
        books.alerts.delivered(fired.id, now)
    clock.advance(TOLD - timedelta(seconds=1))
    assert tidying() == 0
    clock.advance(1)
    assert tidying() == 1
    with units.reading() as books:
        assert books.paper.told(learner, event) == notice.notice
        assert books.paper.history(account.id)

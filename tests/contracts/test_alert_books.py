"""What `AlertBooks` keep: alerts that wait, news on their way, what groups scheduled."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.alerts.alert import (
    Alert,
    Fired,
    FundingAlert,
    LiquidationAlert,
    PriceAlert,
    What,
)
from core.alerts.books import Bulletin, News, Schedule
from core.margin.pool import MarginMode
from core.market import Symbol
from core.money import Amount, D, Price
from core.paper.new_terms import Announcement, Effect, NewTerms, Turn
from core.paper.records import Identity
from core.ports import Units
from tests.builders import long, marks, rate
from tests.contracts.conftest import Doors
from tests.contracts.samples import NOW, SECOND
from tests.core.paper.builders import fresh

MIRA, TOBI = Identity("telegram", "7"), Identity("discord", "8")
BTC = Symbol("BTCUSDT")
HIGH = PriceAlert(BTC, Price(D("70000.123456789")), rising=True)
KINDS: tuple[What, ...] = (
    HIGH,
    replace(HIGH, rising=False),
    LiquidationAlert(rate("0.05")),
    FundingAlert(),
    FundingAlert(BTC),
)
BOARD = Schedule(platform="telegram", chat="-5", topic="", minute=480, zone="", due=NOW)
WEEKLY = replace(BOARD, board=Bulletin.SEASON, weekday=2, whole=True, told="2026-12")


def enrolled(units: Units, who: Identity = MIRA) -> int:
    with units.writing() as books:
        return books.paper.enroll(who, NOW)


def alert(learner: int, what: What = HIGH, number: int = 1) -> Alert:
    return Alert(learner=learner, market="demo", number=number, what=what, since=NOW)


def keep(units: Units, *alerts: Alert) -> tuple[Alert, ...]:
    with units.writing() as books:
        return tuple(books.alerts.keep(each) for each in alerts)


def of(units: Units, learner: int) -> tuple[Alert, ...]:
    with units.reading() as books:
        return books.alerts.of(learner)


def news(learner: int, key: str = "1") -> News:
    fired = Fired(
        alert=alert(learner),
        venue="binance",
        marks=marks(btc=70_001),
        account=fresh(),
        numbers=(1, 2),
        payment=Amount(D("-1.5")),
    )
    return News(learner, key, fired, NOW)


def announcement(learner: int, key: str = "terms:1:1") -> News:
    """New terms of a contract, with every kind of figure in them."""
    leg = long("0.1", 60_000)
    effect = Effect(
        number=1,
        mode=MarginMode.CROSS,
        leg=leg,
        mark=Price(D("60000.10")),
        needed=(Amount(D(24)), Amount(D("27.00000001"))),
        limit=(None, Price(D("54000.5"))),
        stood_in=True,
        falls=True,
    )
    fees = (rate("0.0005"), rate("0.00055"))
    terms = [NewTerms(symbol=BTC, turn=turn, taker_fee=fees, effects=(effect,)) for turn in Turn]
    told = Announcement(
        account=1,
        market="demo",
        venue="bybit",
        edition=7,
        applies_at=NOW + SECOND,
        prices_of=NOW,
        terms=tuple(terms),
    )
    return News(learner, key, None, NOW, told)


def post(units: Units, *all_news: News) -> None:
    with units.writing() as books:
        for each in all_news:
            books.alerts.post(each)


def due(units: Units, later: timedelta = SECOND, platform: str = "") -> list[News]:
    with units.reading() as books:
        return [each.news for each in books.alerts.due(NOW + later, 10, platform)]


# --- alerts


@pytest.mark.parametrize("what", KINDS, ids=str)
def test_an_alert_comes_back_as_it_was_kept(doors: Doors, what: What) -> None:
    learner = enrolled(doors())
    (kept,) = keep(doors(), alert(learner, what))
    assert kept.id
    assert of(doors(), learner) == (kept,) == (replace(alert(learner, what), id=kept.id),)
    with doors().reading() as books:
        assert books.alerts.alert(kept.id) == kept
        assert books.alerts.waiting("demo") == (kept,)
        assert books.alerts.waiting("binance") == ()
        assert books.alerts.of(learner + 1) == ()


def test_an_alert_that_rests_is_kept_in_its_own_place(units: Units) -> None:
    learner = enrolled(units)
    (kept,) = keep(units, alert(learner))
    resting = replace(kept, rests=NOW + timedelta(days=1))
    assert keep(units, resting) == (resting,)
    assert of(units, learner) == (resting,)


def test_alerts_stand_in_the_order_of_their_numbers(units: Units) -> None:
    learner = enrolled(units)
    keep(units, *(alert(learner, number=number) for number in (3, 1, 20)))
    assert [each.number for each in of(units, learner)] == [1, 3, 20]


def test_a_deleted_alert_is_gone_however_often_it_is_deleted(units: Units) -> None:
    learner = enrolled(units)
    kept, other = keep(units, alert(learner), alert(learner, number=2))
    for _ in range(2):
        with units.writing() as books:
            books.alerts.drop(kept.id)
            assert books.alerts.alert(kept.id) is None
    assert of(units, learner) == (other,)


def test_who_is_forgotten_waits_for_nothing_and_hears_nothing(units: Units) -> None:
    mira, tobi = enrolled(units), enrolled(units, TOBI)
    keep(units, alert(mira), alert(tobi))
    post(units, news(mira), news(tobi, "2"))
    with units.writing() as books:
        books.paper.forget_learner(mira)
    assert (of(units, mira), len(of(units, tobi))) == ((), 1)
    assert due(units) == [news(tobi, "2")]


def test_alerts_and_news_are_handed_over_and_doubles_dropped(units: Units) -> None:
    mira, tobi = enrolled(units), enrolled(units, TOBI)
    keep(units, alert(mira, number=4), alert(tobi), alert(tobi, FundingAlert(), 2))
    post(units, news(tobi))
    with units.writing() as books:
        books.alerts.hand_over(tobi, mira)
    assert of(units, tobi) == ()
    assert [(each.number, each.what) for each in of(units, mira)] == [
        (4, HIGH),
        (5, FundingAlert()),
    ]
    assert [each.learner for each in due(units)] == [mira]


def test_a_number_is_given_once(units: Units) -> None:
    mira, tobi = enrolled(units), enrolled(units, TOBI)
    with units.writing() as books:
        assert [books.alerts.next_number(mira) for _ in range(2)] == [1, 2]
        (kept,) = [books.alerts.keep(alert(mira, number=7))]
        assert books.alerts.next_number(mira) == 8
        books.alerts.drop(kept.id)
        assert books.alerts.next_number(mira) == 9
        assert books.alerts.next_number(tobi) == 1


def test_who_is_forgotten_begins_with_the_first_number(units: Units) -> None:
    mira = enrolled(units)
    with units.writing() as books:
        books.alerts.next_number(mira)
        books.paper.forget_learner(mira)
    again = enrolled(units)
    with units.writing() as books:
        assert books.alerts.next_number(again) == 1


# --- news


def test_news_wait_until_they_are_delivered(doors: Doors) -> None:
    learner = enrolled(doors())
    post(doors(), news(learner))
    assert due(doors(), -SECOND) == []
    assert due(doors()) == [news(learner)]
    with doors().writing() as books:
        (waiting,) = books.alerts.due(NOW, 10)
        books.alerts.delivered(waiting.id, NOW)
    assert due(doors()) == []


def test_the_same_key_is_told_once_even_when_it_was_delivered(units: Units) -> None:
    learner = enrolled(units)
    post(units, news(learner), news(learner))
    assert len(due(units)) == 1
    with units.writing() as books:
        (waiting,) = books.alerts.due(NOW, 10)
        books.alerts.delivered(waiting.id, NOW)
    post(units, news(learner))
    assert due(units) == []


def test_what_a_venue_announced_comes_back_as_it_was_and_once(doors: Doors) -> None:
    learner = enrolled(doors())
    post(doors(), announcement(learner), announcement(learner), news(learner))
    assert due(doors()) == [announcement(learner), news(learner)]


def test_news_that_failed_come_later_or_never(units: Units) -> None:
    learner = enrolled(units)
    post(units, news(learner))
    with units.writing() as books:
        (waiting,) = books.alerts.due(NOW, 10)
        books.alerts.put_off(waiting.id, NOW + 60 * SECOND)
    assert due(units) == []
    with units.writing() as books:
        (waiting,) = books.alerts.due(NOW + 60 * SECOND, 10)
        assert waiting.attempts == 1
        books.alerts.put_off(waiting.id, None)
    assert due(units, timedelta(days=9)) == []


def test_news_are_found_by_the_platforms_of_their_owner(units: Units) -> None:
    mira, tobi = enrolled(units), enrolled(units, TOBI)
    post(units, news(tobi, "2"), replace(news(mira), at=NOW - SECOND))
    assert [each.learner for each in due(units)] == [mira, tobi]
    assert [each.learner for each in due(units, platform="discord")] == [tobi]
    with units.reading() as books:
        assert len(books.alerts.due(NOW, 1)) == 1


# --- schedules


def schedule(units: Units, chat: str = "-5", topic: str = "") -> Schedule | None:
    """The only one of a chat's topic, or None."""
    found = schedules(units, chat, topic)
    assert len(found) < 2
    return found[0] if found else None


def schedules(units: Units, chat: str = "-5", topic: str = "") -> tuple[Schedule, ...]:
    with units.reading() as books:
        return books.alerts.schedules("telegram", chat, topic)


def test_a_schedule_is_one_for_each_topic_of_a_chat(doors: Doors) -> None:
    with doors().writing() as books:
        books.alerts.keep_schedule(BOARD)
        books.alerts.keep_schedule(replace(BOARD, topic="9", zone="Asia/Tokyo", attempts=2))
        books.alerts.keep_schedule(replace(BOARD, minute=0))
    assert schedule(doors()) == replace(BOARD, minute=0)
    assert schedule(doors(), topic="9") == replace(BOARD, topic="9", zone="Asia/Tokyo", attempts=2)
    assert schedule(doors(), "-6") is None
    for _ in range(2):
        with doors().writing() as books:
            books.alerts.drop_schedule(BOARD)
    assert schedule(doors()) is None
    assert schedule(doors(), topic="9") is not None


def test_a_chat_s_boards_stand_side_by_side(doors: Doors) -> None:
    with doors().writing() as books:
        for each in (WEEKLY, BOARD):
            books.alerts.keep_schedule(each)
    assert schedules(doors()) == (BOARD, WEEKLY)
    with doors().writing() as books:
        books.alerts.keep_schedule(replace(WEEKLY, weekday=6, whole=False, told="2027-01"))
        books.alerts.drop_schedule(BOARD)
    assert schedule(doors()) == replace(WEEKLY, weekday=6, whole=False, told="2027-01")
    with doors().reading() as books:
        assert books.alerts.posts_due("telegram", NOW)[0].board is Bulletin.SEASON


def test_posts_are_due_on_their_platform_at_their_time(units: Units) -> None:
    late = replace(BOARD, chat="-7", due=NOW + SECOND)
    with units.writing() as books:
        for each in (late, BOARD, replace(BOARD, platform="discord", chat="9")):
            books.alerts.keep_schedule(each)
    with units.reading() as books:
        assert books.alerts.posts_due("telegram", NOW - SECOND) == ()
        assert books.alerts.posts_due("telegram", NOW) == (BOARD,)
        assert books.alerts.posts_due("telegram", NOW + SECOND) == (BOARD, late)


def test_a_chat_takes_its_schedules_along_and_keeps_those_that_are_there(units: Units) -> None:
    there = replace(BOARD, chat="-100", minute=1)
    with units.writing() as books:
        for each in (BOARD, WEEKLY, replace(BOARD, topic="9"), there):
            books.alerts.keep_schedule(each)
        books.move_chat("discord", "-5", "-100")
        for _ in range(2):
            books.move_chat("telegram", "-5", "-100")
    assert (schedule(units), schedule(units, topic="9")) == (None, None)
    assert schedules(units, "-100") == (there, replace(WEEKLY, chat="-100"))
    assert schedule(units, "-100", "9") == replace(BOARD, chat="-100", topic="9")


def test_old_news_go_when_they_wait_for_nothing(units: Units) -> None:
    learner = enrolled(units)
    post(units, *(replace(news(learner, key), at=NOW) for key in ("told", "vain", "waits")))
    with units.writing() as books:
        told, vain, _ = books.alerts.due(NOW, 10)
        books.alerts.delivered(told.id, NOW)
        books.alerts.put_off(vain.id, None)
    with units.writing() as books:
        assert books.alerts.drop_news(NOW - SECOND) == 0
        assert books.alerts.drop_news(NOW) == 2
        assert books.alerts.drop_news(NOW) == 0
    assert [each.key for each in due(units)] == ["waits"]

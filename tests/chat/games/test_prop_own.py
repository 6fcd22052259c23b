"""A trader's own desk: limits, what is missing, warnings, the trap of midnight, the verdict."""

import re

import pytest

from bot.chat.games.prop_own import own_desk
from bot.chat.reply import Reply
from core.lessons.game import inputs as i
from core.lessons.game.errors import NotPlaying
from core.paper.actions import Open
from tests.builders import ETH, Number
from tests.chat.games.prop_seen import HOUR, Room, begun, said, seen, shown
from tests.core.lessons.challenges.test_prop import four_days, long_at_100
from tests.core.lessons.game.builders import at
from tests.core.paper.builders import wish


def card(room: Room, seconds: float, price: Number | None = 100, seat: int | None = 1) -> str:
    return shown(own_desk(seen(room, seconds, price), seat))


def told(view: str, number: int, room: Room, seconds: float, price: Number | None) -> str:
    return shown(said(view, number, seen(room, seconds, price, reader=1)))


# --- one's own desk


def test_it_shows_the_limits_and_how_far_it_is_to_a_pass() -> None:
    assert card(begun("Mira"), 1).splitlines() == [
        "Yours in game #7.",
        "place                        -",
        "wallet               10,000.00",
        "worth now            10,000.00",
        "No position is open.",
        "daily limit           9,500.00",
        "overall limit         9,000.00",
        "day                    1 of 30",
        "days traded             0 of 4",
        "Missing to a pass:",
        "- 800.00 more in the balance",
        "- days of trading: 4 more",
    ]


def test_what_is_open_must_be_closed() -> None:
    room = long_at_100(10)
    assert "- nothing open and no order left" in card(room, 5)
    room = begun()
    room.order(1, Open(wish(1, at=50, symbol=ETH)), 0)
    room.mark(1, 100)
    assert "- nothing open and no order left" in card(room, 5)


def test_a_lucky_day_is_told_with_its_part_of_the_profit() -> None:
    room = four_days(100, 100, 100, 500)
    shown_ = card(room, 3 * HOUR + 300)
    assert "- a best day of 40% of the profit at most; it is 62%" in shown_
    assert "more in the balance" not in shown_


def test_where_nothing_is_missing_any_more_nothing_is_said() -> None:
    room = four_days(200, 200, 200)
    room.buy(1, 100, 3 * HOUR + 60, 100)
    room.sell_out(1, 3 * HOUR + 240, 102)
    passed = card(room, 3 * HOUR + 300)
    assert "\nPassed on day 4, 2026-11-22 15:04 UTC.\n" in passed
    assert "Missing" not in passed
    assert "limit" not in passed


def test_who_failed_sees_by_what() -> None:
    room = begun("Mira", "Tobi")
    room.buy(1, 100, 0, 100)
    room.mark(70, "94.9")
    failed = card(room, 71)
    assert "Failed: the daily limit was broken 2026-11-22 12:01 UTC, by 10.00 USDT." in failed
    assert "Everything was closed at that mark." in failed


def test_before_it_begins_there_is_nothing_and_others_have_none() -> None:
    room = Room()
    room.join("Mira")
    room.feed(i.Began(at=at()))
    assert "There is nothing in it yet" in card(room, 1)
    with pytest.raises(NotPlaying):
        card(begun(), 1, seat=None)


# --- what only its owner is told


def test_a_warning_tells_how_much_of_which_limit_is_used() -> None:
    room = long_at_100()
    room.mark(5, 96)
    assert told("warning", 0, room, 5, 96).splitlines() == [
        "80% of the daily limit is used.",
        "At 9,500.00 USDT it is broken, and everything is closed.",
        "worth now             9,600.00",
        "limit                 9,500.00",
        "left                    100.00",
        "Prop desk #7.",
    ]
    assert "40% of the overall limit is used." in told("warning", 1, room, 5, 96)


def test_while_prices_are_away_the_last_look_counts() -> None:
    room = long_at_100()
    room.mark(65, 96)
    assert "worth now             9,600.00" in told("warning", 0, room, 66, None)


def test_what_is_past_its_limit_has_nothing_left() -> None:
    room = long_at_100()
    room.mark(5, 96)
    assert re.search(r"left +0\.00\n", told("warning", 0, room, 6, 90))


def test_the_trap_tells_the_loss_that_tomorrow_will_not_bear() -> None:
    room = begun()
    room.buy(1, 100, 0, 100)
    room.sell_out(1, 200, 103)
    room.buy(1, 100, 400, 103)
    room.mark(HOUR - 150, "97.4")
    assert told("trap", 0, room, HOUR - 150, "97.4").splitlines()[:2] == [
        "Your open loss of 5.6% will break tomorrow's limit.",
        "The day ends 2026-11-22 13:00 UTC. The next one bears an open loss of less than 5%.",
    ]


def test_letters_that_come_late_do_not_tell_what_is_no_longer_so() -> None:
    room = begun("Mira", "Tobi")
    room.buy(1, 100, 0, 100)
    room.marks((5, 96), (6, 94))
    assert told("warning", 0, room, 7, 94).splitlines() == [
        "Of the daily limit four fifths were used; it is over by now.",
        "Prop desk #7.",
    ]
    late = told("trap", 0, room, 7, 94).splitlines()[0]
    assert late == "The open loss met the next day's limit."
    room = long_at_100(1)
    room.mark(HOUR, 100)
    assert told("trap", 0, room, HOUR, 100).startswith("The open loss met the next day's limit.")


@pytest.mark.parametrize(
    ("days", "line"),
    [
        ("30", "Failed: after 30 days the target was not reached."),
        ("none", ""),
    ],
)
def test_time_that_ran_out_is_a_verdict_only_where_it_is_limited(days: str, line: str) -> None:
    room = Room(setup={"days": days}).begin("Mira", "Tobi")
    room.mark(30 * HOUR, 100)
    if line:
        assert told("verdict", 0, room, 30 * HOUR, 100).startswith(line)
    else:
        assert "Failed" not in card(room, 30 * HOUR)


def test_the_overall_limit_and_a_pass_are_told_too() -> None:
    room = begun("Mira", "Tobi")
    for day in range(2):
        room.buy(1, 100, day * HOUR, 100)
        room.sell_out(1, day * HOUR + 200, "95.2")
    room.mark(2 * HOUR, 100)
    room.buy(1, 100, 2 * HOUR + 1, 100)
    room.mark(2 * HOUR + 9, "99.5")
    verdict = told("verdict", 2, room, 2 * HOUR + 9, "99.5")
    assert verdict.startswith("Failed: the overall limit was broken 2026-11-22 14:00 UTC, by 10.00")
    passed = four_days(200, 200, 200)
    passed.buy(1, 100, 3 * HOUR + 60, 100)
    passed.sell_out(1, 3 * HOUR + 240, 102)
    assert told("verdict", 3, passed, 4 * HOUR, 100).startswith("Passed on day 4, ")


def test_every_letter_leads_to_ones_own_desk() -> None:
    room = long_at_100()
    reply: Reply = said("warning", 0, seen(room, 5, 96, reader=1))
    assert [choice.say for row in reply.choices for choice in row] == ["/trade #7"]

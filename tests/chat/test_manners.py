"""How much the bot talks before others, on a clock of our own."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.manners import Manners
from bot.chat.request import Chat, Place, Request, Who
from core.people import ChatRules
from tests.fakes.ports import NOON
from tests.walk.house import Home

RULES = ChatRules()


def asked(person: str = "1", chat: str = "-5", *, button: bool = False) -> Request:
    place = Place.GROUP if chat.startswith("-") else Place.PRIVATE
    return Request(id="1", who=Who("telegram", person), chat=Chat(chat, place), button=button)


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_one_person_waits_and_another_does_not() -> None:
    manners = Manners()
    assert manners.may_speak(asked("1"), RULES, NOON)
    assert not manners.may_speak(asked("1"), RULES, NOON + after(RULES.cooldown - 1))
    assert manners.may_speak(asked("2"), RULES, NOON + after(RULES.cooldown - 1))
    assert manners.may_speak(asked("1"), RULES, NOON + after(RULES.cooldown))


def test_what_was_not_said_does_not_prolong_the_wait() -> None:
    manners = Manners()
    manners.may_speak(asked(), RULES, NOON)
    manners.may_speak(asked(), RULES, NOON + after(RULES.cooldown - 1))
    assert manners.may_speak(asked(), RULES, NOON + after(RULES.cooldown))


def test_a_wait_in_one_chat_is_none_in_another() -> None:
    manners = Manners()
    assert manners.may_speak(asked(chat="-5"), RULES, NOON)
    assert manners.may_speak(asked(chat="-6"), RULES, NOON)


def test_alone_with_the_bot_nobody_waits() -> None:
    manners = Manners()
    assert all(manners.may_speak(asked(chat="5"), RULES, NOON) for _ in range(50))


def test_a_button_is_bound_by_the_chats_limit_alone() -> None:
    manners = Manners()
    pressed = [manners.may_speak(asked(button=True), RULES, NOON) for _ in range(12)]
    assert pressed == [True] * RULES.per_minute + [False] * (12 - RULES.per_minute)


@given(st.lists(st.integers(0, 30), max_size=60), st.integers(1, 10))
def test_no_minute_holds_more_replies_than_the_limit(gaps: list[int], limit: int) -> None:
    manners, now, spoken = Manners(), NOON, []
    rules = ChatRules(per_minute=limit, cooldown=0)
    for gap in gaps:
        now += after(gap)
        if manners.may_speak(asked(), rules, now):
            spoken.append(now)
    for i, first in enumerate(spoken):
        assert sum(each - first < after(60) for each in spoken[i:]) <= limit


def test_a_mistake_is_repeated_within_a_minute_by_the_same_person() -> None:
    manners = Manners()
    assert not manners.is_repeated(asked("1"), "missing_side", NOON)
    assert not manners.is_repeated(asked("2"), "missing_side", NOON)
    assert not manners.is_repeated(asked("1"), "bad_number", NOON)
    assert manners.is_repeated(asked("1"), "missing_side", NOON + after(59))
    assert not manners.is_repeated(asked("1"), "missing_side", NOON + after(59 + 60))


def test_a_person_gets_one_public_reply_in_twenty_seconds() -> None:
    home = Home()
    assert home.say("/price", group=True).outcome == "ok"
    assert home.answer("/price", group=True).outcome == "cooldown"
    home.clock.advance(20)
    assert home.say("/price", group=True).outcome == "ok"


def test_a_group_gets_ten_replies_a_minute() -> None:
    home = Home()
    outcomes = [home.answer("/price", str(i), group=True).outcome for i in range(12)]
    assert outcomes == ["ok"] * 10 + ["cooldown"] * 2


def test_the_same_mistake_twice_is_answered_in_private() -> None:
    home = Home()
    home.say("/compare long", group=True)
    assert home.say("/compare long", group=True).private

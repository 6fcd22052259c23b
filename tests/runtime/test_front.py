"""The front desk: answers in threads, keeps long buttons and notes, says when it is busy."""

import asyncio
import threading
from datetime import datetime, timedelta

import pytest

from bot.chat.ports import Offers
from bot.chat.reply import Reply, Tone
from bot.chat.request import Chat, Place, Request, Who
from bot.runtime.desks import Busy, Desks
from bot.runtime.front import KEPT_FOR, Front
from core.people import ChatRules
from core.ports import Units
from tests.fakes.ports import FixedClock
from tests.walk.house import Home


@pytest.fixture
def home() -> Home:
    return Home()


@pytest.fixture
def units(home: Home) -> Units:
    return home.units


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def front(home: Home, desks: Desks, units: Units, clock: FixedClock) -> Front:
    return Front(home.dispatcher, desks, units, clock, home.symbols)


def asked(text: str, place: Place = Place.PRIVATE) -> Request:
    return Request(id="1", who=Who("telegram", "7"), chat=Chat("7", place), text=text)


async def test_a_request_is_answered_and_a_writing_one_is_kept(front: Front) -> None:
    await front.answer(asked("/set leverage 20"))
    answer = await front.answer(asked("/compare long btc"))
    assert isinstance(answer, Reply)
    assert "20" in str(answer.blocks[0])


async def test_a_full_house_says_that_it_is_busy(front: Front, desks: Desks) -> None:
    desks.close()
    answer = await front.answer(asked("/price"))
    assert isinstance(answer, Reply)
    assert (answer.outcome, answer.tone) == ("busy", Tone.TROUBLE)
    assert answer.short is not None


async def test_a_button_is_kept_for_its_time(front: Front, clock: FixedClock) -> None:
    token = await front.keep("/compare 10x long btc")
    assert len(token) == 8
    clock.advance(KEPT_FOR - timedelta(seconds=1))
    assert await front.kept(token) == "/compare 10x long btc"
    clock.advance(1)
    assert await front.kept(token) is None


async def test_a_token_of_nobody_is_none(front: Front) -> None:
    assert await front.kept("nothing0") is None


async def test_a_platforms_note_is_kept_and_replaced(front: Front) -> None:
    assert await front.note("discord:commands") is None
    for value in ("abc", "xyz"):
        await front.set_note("discord:commands", value)
        assert await front.note("discord:commands") == value


async def test_rules_follow_a_chat_to_its_new_id(front: Front, units: Units) -> None:
    rules = ChatRules(quiet=True, cooldown=5)
    with units.writing() as books:
        books.set_chat_rules("telegram", "-5", rules)
    await front.chat_moved("telegram", "-5", "-1005")
    with units.reading() as books:
        assert books.chat_rules("telegram", "-1005") == rules


@pytest.mark.parametrize(
    ("line", "place", "wanted"),
    [
        ("/host off", Place.GROUP, True),
        ("/host off", Place.PRIVATE, False),
        ("/challenge", Place.GROUP, True),
        ("/duel 50x", Place.GROUP, True),
        ("/challenge", Place.PRIVATE, False),
        ("/price", Place.GROUP, False),
        ("good morning", Place.GROUP, False),
    ],
)
def test_a_role_is_asked_for_only_where_it_decides(
    front: Front, line: str, place: Place, wanted: bool
) -> None:
    assert front.wants_role(asked(line, place)) is wanted


def test_coins_are_completed_and_nothing_else(front: Front) -> None:
    assert front.suggest("compare", "symbol", "b")[0] == ("BTC", "BTC")
    assert front.suggest("compare", "entry", "6") == ()
    shown, meant = front.suggest("faq", "text", "can i switch")[0]
    assert (shown, meant) == (
        "Can I switch between isolated and cross margin?",
        "switch-margin-mode",
    )
    assert front.suggest("help", "text", "can i switch") == ()


def test_the_menu_is_the_dispatchers(front: Front, home: Home) -> None:
    assert front.menu == home.dispatcher.menu("en")


async def test_a_words_explanation_is_given_once_and_again_to_whoever_was_forgotten(
    front: Front, home: Home
) -> None:
    async def told(line: str) -> frozenset[str]:
        answer = await front.answer(asked(line))
        assert isinstance(answer, Reply)
        return answer.introduces

    assert "margin" in await told("/compare 10x long btc")
    assert not await told("/compare 10x long btc")
    await front.answer(asked("/set default"))
    assert "margin" in await told("/compare 10x long btc")


async def test_words_that_cannot_be_kept_are_explained_again(front: Front, desks: Desks) -> None:
    desks._writer.close()
    for _ in range(2):
        answer = await front.answer(asked("/compare 10x long btc"))
        assert isinstance(answer, Reply)
        assert "margin" in answer.introduces


async def test_the_house_is_told_after_something_was_written(front: Front) -> None:
    told: list[int] = []
    front.after = lambda: told.append(1)
    await front.answer(asked("/price btc"))
    assert told == []
    await front.answer(asked("/set leverage 20"))
    assert told == [1]


async def test_what_may_be_posted_is_offered_and_a_full_house_offers_nothing(
    front: Front, desks: Desks
) -> None:
    offers = await front.offers(asked("what is adl", Place.GROUP))
    assert offers.items[0].key == "faq:adl"
    desks.close()
    assert await front.offers(asked("what is adl", Place.GROUP)) == Offers((), personal=True)


async def test_a_fault_offers_nothing(front: Front, home: Home) -> None:
    home.dispatcher._services = None  # type: ignore[assignment]  # a house that is broken
    assert await front.offers(asked("what is adl", Place.GROUP)) == Offers((), personal=True)


async def test_words_that_nothing_answers_are_counted_without_who_typed_them(
    front: Front, units: Units
) -> None:
    await front.answer(asked("/faq how do i bake a carrot cake"))
    await front.answer(asked("/faq carrot cake with nuts"))
    with units.reading() as books:
        counted = books.learning.missed()
    assert counted["carrot"] == 2


async def test_a_button_that_a_crowd_presses_at_once_waits_for_room(
    home: Home, units: Units, clock: FixedClock
) -> None:
    desks, gate = Desks(reader_threads=1, limit=1), threading.Event()
    front = Front(home.dispatcher, desks, units, clock, home.symbols)
    token = await front.keep("/compare 10x long btc")
    blocked = asyncio.create_task(desks.run(gate.wait, writes=False))
    presses = [asyncio.create_task(front.kept(token)) for _ in range(5)]
    await asyncio.sleep(0)
    gate.set()
    assert await asyncio.gather(*presses) == ["/compare 10x long btc"] * 5
    assert await blocked
    desks.close()


async def test_where_there_is_no_room_for_long_that_is_said(
    front: Front, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runtime.front.PATIENCE", (0.001,))
    desks.close()
    with pytest.raises(Busy):
        await front.kept("nothing0")


async def test_what_comes_in_is_told_the_houses_time(front: Front, clock: FixedClock) -> None:
    assert front.now() == clock.now()


async def test_what_a_platform_could_not_hear_is_told_from_when_on(
    front: Front, clock: FixedClock, desks: Desks
) -> None:
    told: list[tuple[str, datetime]] = []
    woken: list[bool] = []
    await front.deaf("telegram", 4)
    front.unheard = lambda platform, since: told.append((platform, since))
    front.after = lambda: woken.append(True)
    await front.deaf("telegram", 4.5)
    assert told == [("telegram", clock.now() - timedelta(seconds=4.5))]
    assert woken == [True]
    desks.close()
    await front.deaf("telegram", 6)
    assert len(told) == 1

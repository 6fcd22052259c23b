"""What people hear of, and that it is put into the outbox with what it is about."""

import pytest

from core.margin.pool import MarginMode
from core.money import D, Price
from core.paper.account import Stops
from core.paper.actions import Close
from core.paper.events import Granted, ModeChosen, OrderCancelled, Warned
from core.services.notices import told
from tests.core.services.floor import BTC, MIRA, Floor, wish

STOP = Stops(loss=Price(D(58000)))


@pytest.mark.parametrize("reason", ["insufficient", "mode_fixed", "asked"])
def test_an_order_that_went_by_itself_is_worth_a_word(reason: str) -> None:
    assert told(OrderCancelled(number=1, reason=reason))


def test_an_order_that_went_with_a_liquidation_is_in_the_receipt() -> None:
    assert not told(OrderCancelled(number=1, reason="liquidation"))


def test_a_warning_is_told_and_a_choice_is_not() -> None:
    assert told(Warned(scope=None, ratio=D("0.8")))  # type: ignore[arg-type]  # a ratio
    assert not told(ModeChosen(mode=MarginMode.CROSS, symbol=BTC))
    assert not told(Granted(amount=D(1)))  # type: ignore[arg-type]  # an amount


def test_what_a_person_did_is_answered_and_not_told_again() -> None:
    floor = Floor()
    floor.act(wish("0.1"))
    floor.act(Close(1, floor.account().positions[0].leg.quantity))
    assert floor.told() == []


def test_a_notice_carries_the_account_just_before_and_after_its_event() -> None:
    floor = Floor()
    floor.act(wish("0.1", stops=STOP))
    floor.act(wish("0.05", at=55000))
    floor.move(57000)
    assert floor.sweep(floor.market.marks()) == 1
    with floor.units.reading() as books:
        (due,) = books.paper.due(floor.clock.now(), 9)
        learner = books.paper.learner(MIRA)
    notice = due.notice
    assert notice.learner == learner
    assert notice.event == floor.accounts.history(MIRA)[-1].id
    assert [len(a.positions) for a in (notice.before, notice.after)] == [1, 0]
    assert notice.marks.price(BTC) == D(57000)
    assert notice.at == floor.clock.now()


def test_several_things_in_one_tick_are_told_in_their_order() -> None:
    floor = Floor()
    floor.act(wish("0.1", stops=STOP))
    floor.act(wish("0.05", at=57500, stops=STOP_OF_ORDER))
    floor.move(57400)
    floor.sweep(floor.market.marks())
    assert floor.told() == ["PositionReduced", "PositionIncreased"]


STOP_OF_ORDER = Stops(loss=Price(D(50000)))

"""Two processes on one place: no order is done twice, none is paid with money spent elsewhere."""

from collections.abc import Iterator
from decimal import localcontext

import pytest

from core.errors import Refusal
from core.money import EXACT, D, Quantity
from core.paper.actions import Action, Close
from core.paper.errors import Insufficient
from core.paper.records import Done
from tests.contracts.conftest import Doors
from tests.contracts.test_units import both
from tests.core.services.floor import Floor, wish


@pytest.fixture(autouse=True)
def exact() -> Iterator[None]:
    with localcontext(EXACT):
        yield


def tried(floor: Floor, action: Action, request: str) -> Done | Refusal:
    """Do an action in a thread of its own; a refusal is an answer too."""
    with localcontext(EXACT):
        try:
            return floor.act(action, request=request)
        except Refusal as refusal:
            return refusal


def confirmed(floor: Floor, token: str, request: str) -> Done:
    with localcontext(EXACT):
        return floor.trading.confirm(floor.asked(request=request), token)


@pytest.fixture
def floors(doors: Doors) -> tuple[Floor, Floor]:
    """Two processes with one place to keep things."""
    return Floor(doors()), Floor(doors())


def test_confirm_pressed_in_two_processes_at_once_trades_once(floors: tuple[Floor, Floor]) -> None:
    one, other = floors
    token = one.preview(wish("0.1")).token
    first, second = both(lambda: confirmed(one, token, "a"), lambda: confirmed(other, token, "b"))
    assert first == second
    assert one.history() == ["VenueChosen", "Granted", "PositionIncreased"]
    assert one.faults() == 0


def test_an_update_delivered_to_two_processes_at_once_acts_once(
    floors: tuple[Floor, Floor],
) -> None:
    one, other = floors
    first, second = both(
        lambda: tried(one, wish("0.1"), "update 7"), lambda: tried(other, wish("0.1"), "update 7")
    )
    assert first == second
    assert one.account().positions[0].leg.quantity == D("0.1")


def test_two_orders_at_once_cannot_spend_the_same_money(floors: tuple[Floor, Floor]) -> None:
    one, other = floors
    answers = both(lambda: tried(one, wish("1"), "a"), lambda: tried(other, wish("1"), "b"))
    assert [type(answer) for answer in answers].count(Insufficient) == 1
    account = other.account()
    assert account.positions[0].leg.quantity == D(1)
    assert account.wallet >= D(0)
    assert one.faults() == 0


def test_closing_twice_at_once_sells_once(floors: tuple[Floor, Floor]) -> None:
    one, other = floors
    one.act(wish("0.1"))
    whole = Close(1, Quantity(D("0.1")))
    answers = both(lambda: tried(one, whole, "a"), lambda: tried(other, whole, "b"))
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1
    assert one.history().count("PositionReduced") == 1
    assert one.account().positions == ()
    assert one.faults() == 0


def test_a_sweep_and_an_order_at_once_take_their_turns(floors: tuple[Floor, Floor]) -> None:
    one, other = floors
    one.act(wish("0.1"))
    for floor in floors:
        floor.move(50000)

    def sweep() -> int:
        with localcontext(EXACT):
            return other.sweep(other.market.marks())

    both(sweep, lambda: tried(one, wish("0.01"), "a"))
    assert one.history().count("PoolLiquidated") == 1
    assert one.told() == ["PoolLiquidated"]
    assert one.faults() == 0


def test_many_orders_from_two_processes_lose_none(floors: tuple[Floor, Floor]) -> None:
    def ten(floor: Floor, name: str) -> None:
        for n in range(10):
            answer = tried(floor, wish("0.01"), f"{name}{n}")
            assert isinstance(answer, Done)

    one, other = floors
    both(lambda: ten(one, "a"), lambda: ten(other, "b"))
    assert one.account().positions[0].leg.quantity == D("0.2")
    assert one.account().version == 22
    assert one.faults() == 0

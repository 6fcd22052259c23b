"""Questions about the group's own liquidations."""

from dataclasses import replace

import pytest

from bot.adapters.database.codec import dumps, loads
from core.lessons.game.figures import Dice
from core.lessons.game.items import Item
from core.lessons.game.mistake import Mistake
from core.lessons.game.own import ABOUT, of_mistake
from core.margin.pool import MarginMode, Side
from core.market import Symbol
from core.money import D, Quantity
from tests.builders import BTC, amount, exact, price, rate
from tests.fakes.asking import ground

__all__ = ["exact"]

ISOLATED = Mistake(
    id="7",
    symbol=BTC,
    side=Side.LONG,
    leverage=rate(10),
    mode=MarginMode.ISOLATED,
    entry=price("68430.8424"),
    quantity=Quantity(D("0.292")),
    collateral=amount("1998.18059"),
    lost=amount("1998.18059"),
    limit=price("61835.4"),
)
CROSS = replace(
    ISOLATED,
    mode=MarginMode.CROSS,
    collateral=amount(9_990),
    lost=amount(9_990),
    limit=price(34_350),
)
PLACE = ground()


def asked(kind: str, mistake: Mistake, seed: str = "a") -> Item:
    item = of_mistake(kind, mistake, PLACE, Dice(seed, ()))
    assert item is not None
    return item


def slips(kind: str, mistake: Mistake) -> dict[str, str]:
    """Return every wrong choice that is ever shown, by its mistake."""
    items = [asked(kind, mistake, f"{n}") for n in range(60)]
    return {c.slip: f"{c.number:f}" for item in items for c in item.choices if c.slip}


def test_a_cross_loss_is_the_wallet_and_not_the_margin() -> None:
    item = asked("own_loss", CROSS)
    assert item.choices[item.right].number == 9_990
    assert slips("own_loss", CROSS) == {
        "margin": "1998.18",
        "distance": "9951.61",
        "half": "4995",
        "position": "19981.81",
    }


def test_an_isolated_price_is_the_one_at_which_it_came() -> None:
    item = asked("own_limit", ISOLATED)
    assert item.choices[item.right].number == 61_835
    assert slips("own_limit", ISOLATED).keys() == {
        "no_maintenance",
        "wrong_side",
        "squared",
        "half_room",
        "maintenance_away",
    }


def test_a_wrong_price_near_the_right_one_is_no_choice() -> None:
    topped = replace(ISOLATED, limit=price("61580"))
    assert "no_maintenance" not in slips("own_limit", topped)


def test_what_the_venue_does_not_list_or_cross_has_no_price_to_ask() -> None:
    other = replace(ISOLATED, symbol=Symbol("XYZUSDT"))
    for mistake in (CROSS, other):
        assert of_mistake("own_limit", mistake, PLACE, Dice("a", ())) is None
    assert of_mistake("own_loss", other, PLACE, Dice("a", ())) is not None


@pytest.mark.parametrize("kind", sorted(ABOUT))
def test_an_item_tells_the_position_and_not_its_owner(kind: str) -> None:
    item = asked(kind, ISOLATED)
    assert item.names == {"symbol": BTC, "side": "long", "mode": "isolated", "about": "7"}
    assert item.numbers["entry"] == 68_431
    assert item.numbers["collateral"] == D("1998.18")
    assert (item.category, item.level) == ABOUT[kind]
    assert loads(Item, dumps(item)) == item
    assert " " not in item.id

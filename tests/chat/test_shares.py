"""How much of a position is meant."""

import pytest

from bot.chat.shares import part_named
from core.margin.sizing import Size, SizeKind
from core.money import D, Price
from core.paper.records import Identity
from tests.commands.trades import opened
from tests.walk.house import Home


@pytest.mark.parametrize(
    ("percent", "size", "part"),
    [
        (None, None, "0.073"),
        ("100", None, "0.073"),
        ("50", None, "0.036"),
        ("0.1", None, "0.001"),
        ("99", None, "0.073"),
        (None, Size(SizeKind.QUANTITY, D("0.0305")), "0.03"),
        (None, Size(SizeKind.QUANTITY, D(5)), "0.073"),
        (None, Size(SizeKind.NOTIONAL, D(1000)), "0.014"),
        (None, Size(SizeKind.MARGIN, D(100)), "0.014"),
        (None, Size(SizeKind.WALLET_PERCENT, D(50)), "0.036"),
        (None, Size(SizeKind.QUANTITY, D("0.0705")), "0.07"),
    ],
)
def test_it_is_rounded_down_to_the_step_at_least_one_and_at_most_all(
    percent: str | None, size: Size | None, part: str
) -> None:
    home = Home()
    position = opened(home, "BTC", "0.073").after.positions[0]
    scene = home.services.trading.scene(home.services.accounts.look(Identity("telegram", "1")))
    share = None if percent is None else D(percent)
    assert part_named(position, share, size, scene) == D(part)


def test_money_counts_at_the_price_of_an_order() -> None:
    home = Home()
    position = opened(home, "BTC", "0.073").after.positions[0]
    scene = home.services.trading.scene(home.services.accounts.look(Identity("telegram", "1")))
    size = Size(SizeKind.NOTIONAL, D(1000))
    assert part_named(position, None, size, scene, Price(D(100_000))) == D("0.01")


@pytest.mark.parametrize(
    ("coin", "held", "percent", "part"),
    [
        ("BTC", "0.005", "60", "0.003"),
        ("BTC", "0.002", "60", "0.002"),
        ("ETH", "0.03", "70", "0.03"),  # 0.009 would be worth less than the smallest order
    ],
)
def test_a_rest_too_small_to_stand_goes_as_well(
    coin: str, held: str, percent: str, part: str
) -> None:
    home = Home()
    position = opened(home, coin, held).after.positions[0]
    scene = home.services.trading.scene(home.services.accounts.look(Identity("telegram", "1")))
    assert part_named(position, D(percent), None, scene) == D(part)

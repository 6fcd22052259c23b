"""Cards of positions and of the account."""

import pytest

from bot.chat.i18n import english
from bot.chat.positions import (
    account_card,
    joint_line,
    limit_of,
    order_line,
    position_card,
    position_title,
)
from bot.chat.reply import Block, Reply, Text, Words
from core.margin.pool import PositionMode
from core.money import D
from core.paper.account import PaperAccount
from core.paper.actions import ChoosePositionMode, SetStops
from tests.builders import ETH, exact
from tests.core.paper.builders import CROSS, SHORT, do, fresh, only, scene, stops, wish
from tests.walk.house import shown

__all__ = ["exact"]

AT = scene(btc=60000, eth=3000)
LATER = scene(btc=61000, eth=3000)


def lines(block: Block | Words) -> list[str]:
    return shown(Reply((Text(block) if isinstance(block, Words) else block,))).splitlines()


def labelled(account: PaperAccount, label: str, at: object = LATER) -> str:
    """What stands behind a label on the card of the only position."""
    card = position_card(account, only(account), at, english)  # type: ignore[arg-type]  # a scene
    (line,) = [line for line in lines(card) if line.startswith(label)]
    return line.removeprefix(label).strip()


@pytest.fixture
def isolated() -> PaperAccount:
    return do(fresh(), wish("0.1"), AT)


def test_a_title_is_the_position_in_one_line(isolated: PaperAccount) -> None:
    title = position_title(only(isolated), AT, english)
    assert lines(title) == ["#1 LONG 0.1 BTC, 10x isolated"]


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("entry", "60,000.0"),
        ("mark", "61,000.0"),
        ("PnL", "+100.00"),
        ("ROE", "+16.67%"),
        ("margin", "600.00"),
        ("liq. price", "54,216.9"),
        ("away", "-11.12%"),
        ("ratio (100% ends)", "3.5%"),
    ],
)
def test_a_card_tells_everything_of_an_isolated_position(
    isolated: PaperAccount, label: str, value: str
) -> None:
    assert labelled(isolated, label) == value


def test_a_cross_position_has_no_margin_of_its_own() -> None:
    account = do(fresh(), wish("0.5", mode=CROSS), AT)
    card = "\n".join(lines(position_card(account, only(account), AT, english)))
    assert "margin" not in card
    assert "ratio" not in card
    assert "ratio (100% ends)" in "\n".join(lines(account_card(account, AT, english)))


def test_closing_marks_are_on_the_card(isolated: PaperAccount) -> None:
    account = do(isolated, SetStops(1, stops("59000", "66000")), AT)
    assert labelled(account, "stop loss") == "59,000.0"
    assert labelled(account, "target") == "66,000.0"


def test_okx_counts_its_ratio_the_other_way() -> None:
    at = scene("okx", btc=60000)
    account = do(fresh(venue_id="okx"), wish("0.1"), at)
    assert labelled(account, "ratio (falls to 100%)", at).endswith("%")


def test_a_position_that_the_wallet_covers_has_no_limit() -> None:
    account = do(fresh(), wish("0.1", mode=CROSS), AT)
    assert limit_of(account, only(account), AT) is None
    assert labelled(account, "liq. price", AT) == "none"


def test_the_account_line_adds_wallet_and_pockets(isolated: PaperAccount) -> None:
    card = lines(account_card(isolated, AT, english))
    figures = {line.rsplit(" ", 1)[0].strip(): line.split()[-1] for line in card[1:]}
    assert figures["wallet balance"] == "9,997.00"
    assert figures["cross wallet"] == figures["available"] == "9,397.00"


def test_hedge_mode_stands_on_the_account_card() -> None:
    account = do(fresh(), ChoosePositionMode(PositionMode.HEDGE), AT)
    assert lines(account_card(account, AT, english))[-1].split() == ["position", "mode", "hedge"]


def test_several_cross_coins_have_a_joint_line_and_one_has_none() -> None:
    one = do(fresh(), wish("0.5", mode=CROSS), AT)
    assert joint_line(one, AT, english) is None
    two = do(one, wish(5, mode=CROSS, symbol=ETH), AT)
    words = joint_line(two, AT, english)
    assert words is not None
    (line,) = lines(words)
    assert line.startswith("All cross coins together may move -")
    assert "is liquidated, and rise without an end; each price above" in line


def test_a_hedges_joint_line_names_the_way_that_ends_it() -> None:
    short = do(fresh(), wish("0.5", SHORT, mode=CROSS), AT)
    words = joint_line(do(short, wish(1, SHORT, mode=CROSS, symbol=ETH), AT), AT, english)
    assert words is not None
    (line,) = lines(words)
    assert line.startswith("All cross coins together may move +")
    assert "and fall without an end" in line


def test_an_offset_that_no_common_move_ends_says_so() -> None:
    # The long outweighs the short, and the wallet outlasts a fall to nothing.
    long = do(fresh(), wish("0.02", mode=CROSS), AT)
    words = joint_line(do(long, wish("0.02", SHORT, mode=CROSS, symbol=ETH), AT), AT, english)
    assert words is not None
    (line,) = lines(words)
    assert "may move as they will: no common move liquidates the pool; each price above" in line


def test_an_order_is_told_in_one_line() -> None:
    account = do(fresh(), wish("0.1", SHORT, at=65000), AT)
    (order,) = account.orders
    assert lines(order_line(order, AT, english)) == ["#1 SHORT 0.1 BTC at 65,000.0, 10x isolated"]


def test_an_order_that_only_reduces_says_so(isolated: PaperAccount) -> None:
    account = do(isolated, wish("0.1", SHORT, at=65000, reduce_only=True), AT)
    (order,) = account.orders
    assert lines(order_line(order, AT, english)) == ["#2 SHORT 0.1 BTC at 65,000.0, reduce-only"]
    assert D(order.price) == D(65000)

"""What another mode would make of open positions."""

import pytest

from core.money import ZERO, D
from core.paper.errors import Insufficient
from core.paper.switching import switched
from tests.builders import BTC, ETH, SOL
from tests.core.paper.builders import CROSS, ISOLATED, do, fresh, scene, wish

AT = scene(btc=60000, eth=3000)


def test_going_cross_gives_the_pocket_back_to_the_wallet() -> None:
    account = do(fresh(), wish("0.1"), AT)
    after = switched(account, BTC, CROSS, AT)
    (position,) = after.positions
    assert (position.mode, position.margin) == (CROSS, ZERO)
    assert after.wallet == account.wallet + D(600) == account.wallet_balance


def test_going_isolated_posts_the_initial_margin() -> None:
    account = do(fresh(), wish("0.1", mode=CROSS), AT)
    after = switched(account, BTC, ISOLATED, AT)
    assert after.positions[0].margin == D(600)
    assert after.wallet_balance == account.wallet_balance


def test_there_and_back_is_the_same_account() -> None:
    account = do(fresh(), wish("0.1"), AT)
    assert switched(switched(account, BTC, CROSS, AT), BTC, ISOLATED, AT) == account


def test_only_the_coin_that_is_named_is_touched_or_everything() -> None:
    account = do(do(fresh(), wish("0.1"), AT), wish(1, symbol=ETH), AT)
    assert [p.mode for p in switched(account, ETH, CROSS, AT).positions] == [ISOLATED, CROSS]
    assert [p.mode for p in switched(account, None, CROSS, AT).positions] == [CROSS, CROSS]
    assert switched(account, SOL, CROSS, AT) == account
    assert switched(account, None, ISOLATED, AT) == account


def test_on_bybit_the_pocket_carries_the_closing_fee() -> None:
    at = scene("bybit", btc=60000)
    account = do(fresh(venue_id="bybit"), wish("0.1"), at)
    back = switched(switched(account, None, CROSS, at), None, ISOLATED, at)
    assert back == account


def test_pockets_that_the_wallet_cannot_fill_are_refused() -> None:
    account = do(fresh(), wish("1.5", mode=CROSS), AT)
    higher = scene(btc=64000, eth=3000)
    account = do(account, wish(10, mode=CROSS, symbol=ETH), higher)
    with pytest.raises(Insufficient) as refused:
        switched(account, None, ISOLATED, higher)
    assert refused.value.needed > refused.value.available

"""The receipt: what a liquidation cost, and the same trade behind the other wall."""

from dataclasses import replace

import pytest

from core.margin.pool import MarginMode
from core.money import ZERO, D, display
from core.paper.account import PaperAccount
from core.paper.actions import Open, decide
from core.paper.events import Event, PoolLiquidated
from core.paper.receipt import Receipt, receipt, taken
from core.paper.scene import Intent, Scene
from core.paper.sweeping import swept
from tests.builders import ETH
from tests.core.paper.builders import CROSS, SHORT, after, fresh, scene, wish


def opened(account: PaperAccount, intent: Intent, at: Scene) -> tuple[PaperAccount, list[Event]]:
    """The account with a position, and what happened for it."""
    events = decide(account, Open(intent), at)
    return after(account, events), list(events)


def made(account: PaperAccount, history: list[Event], there: Scene) -> Receipt:
    """The receipt of the one liquidation a scene brings."""
    (event,) = (e for e in swept(account, there) if isinstance(e, PoolLiquidated))
    return receipt(account, event, [*history, event], there)


def cents(value: object) -> str:
    return str(display(D(str(value)), 2))


def test_the_worked_example_of_an_isolated_long() -> None:
    account, history = opened(fresh(), wish("0.292"), scene(btc=68_424))
    done = made(account, history, scene(btc=61_540))
    assert (cents(done.lost), cents(done.fees)) == ("1997.98", "9.99")
    assert (cents(done.left), cents(done.began)) == ("7992.03", "10000.00")
    other = done.otherwise
    assert other is not None
    assert (other.mode, other.gone) == (MarginMode.CROSS, False)
    assert (cents(other.result), cents(other.left)) == ("-2010.13", "7979.88")
    assert other.limit == D("34349.1")


def test_cross_may_be_liquidated_at_the_same_marks() -> None:
    account, history = opened(fresh(2_100), wish("0.292"), scene(btc=68_424))
    done = made(account, history, scene(btc=60_000))
    other = done.otherwise
    assert other is not None
    assert other.gone
    assert other.result == -(account.wallet + account.positions[0].margin)
    assert other.left == ZERO


def test_isolated_would_have_ended_at_its_own_limit() -> None:
    account, history = opened(fresh(), wish("0.292", mode=CROSS), scene(btc=68_424))
    done = made(account, history, scene(btc=34_000))
    other = done.otherwise
    assert other is not None
    assert (other.mode, other.gone) == (MarginMode.ISOLATED, True)
    assert (cents(other.result), other.limit) == ("-1997.98", D("61829.0"))
    assert cents(done.lost) == "9990.01"
    assert done.left == ZERO


def test_what_a_venue_leaves_its_owner_is_not_lost() -> None:
    account, history = opened(
        fresh(venue_id="hyperliquid"), wish("0.292", mode=CROSS), scene("hyperliquid", btc=68_424)
    )
    done = made(account, history, scene("hyperliquid", btc=34_500))
    other = done.otherwise
    assert other is not None
    assert other.gone
    margin = account.positions[0].leg.initial_margin
    assert -margin < other.result < ZERO


def test_several_positions_end_each_behind_its_own_wall() -> None:
    now = scene(btc=60_000, eth=2_000)
    account, first = opened(fresh(3_000), wish("0.2", mode=CROSS), now)
    account, second = opened(account, wish(3, SHORT, CROSS, symbol=ETH), now)
    done = made(account, first + second, scene(btc=46_000, eth=2_100))
    other = done.otherwise
    assert other is not None
    assert len(done.positions) == 2
    assert (other.gone, other.limit) == (False, None)
    assert cents(other.result) == "-1500.00"  # the long's margin 1,200, the short's loss 300


def test_no_other_mode_no_comparison() -> None:
    account, history = opened(fresh(), wish("0.292"), scene(btc=68_424))
    there = scene(btc=61_540)
    (event,) = (e for e in swept(account, there) if isinstance(e, PoolLiquidated))
    only = replace(there.instrument(account.positions[0].leg.symbol), isolated_only=True)
    listing = replace(there.listing, instruments={**there.listing.instruments, only.symbol: only})
    done = receipt(account, event, history, replace(there, listing=listing))
    assert done.otherwise is None


@pytest.mark.parametrize("mode", [MarginMode.ISOLATED, CROSS])
def test_what_was_taken_is_what_the_account_lacks(mode: MarginMode) -> None:
    account, _ = opened(fresh(2_100), wish("0.292", mode=mode), scene(btc=68_424))
    events = swept(account, there := scene(btc=60_000))
    (event,) = (e for e in events if isinstance(e, PoolLiquidated))
    lacking = account.wallet_balance - after(account, events).wallet_balance
    assert taken(event) == lacking
    assert there.mark(account.positions[0].leg.symbol) == D(60_000)

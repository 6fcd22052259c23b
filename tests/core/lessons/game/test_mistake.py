"""What there is to ask about a liquidation that really came."""

from dataclasses import replace

from core.lessons.game.mistake import Mistake, of_liquidation
from core.margin.pool import MarginMode, Side
from core.paper.actions import Open, decide
from core.paper.events import PoolLiquidated
from core.paper.receipt import taken
from core.paper.scene import Intent
from core.paper.sweeping import swept
from tests.builders import BTC, ETH, exact, price
from tests.core.paper.builders import CROSS, after, fresh, scene, wish

__all__ = ["exact"]


def lived(*intents: Intent, btc: int, eth: int = 1_986) -> tuple[PoolLiquidated, Mistake | None]:
    """Open positions, let the market do its worst, and make what it leaves into a mistake."""
    account, here = fresh(), scene(btc=68_424, eth=1_986)
    for intent in intents:
        account = after(account, decide(account, Open(intent), here))
    (event,) = (e for e in swept(account, scene(btc=btc, eth=eth)) if isinstance(e, PoolLiquidated))
    return event, of_liquidation("7", account, event)


def test_an_isolated_one_tells_its_pocket_and_its_price() -> None:
    event, mistake = lived(wish("0.292"), btc=61_540)
    assert mistake is not None
    assert (mistake.id, mistake.symbol, mistake.side) == ("7", BTC, Side.LONG)
    assert mistake.mode is MarginMode.ISOLATED
    assert mistake.collateral == mistake.lost == taken(event)
    assert 61_540 < mistake.limit < mistake.entry


def test_a_cross_one_tells_the_wallet_it_took() -> None:
    _, mistake = lived(wish("0.292", mode=CROSS), btc=34_000)
    assert mistake is not None
    assert mistake.mode is MarginMode.CROSS
    assert mistake.lost == mistake.collateral > 9_900


def test_several_positions_at_once_tell_too_much() -> None:
    wishes = (wish("0.292", mode=CROSS), replace(wish("1", mode=CROSS), symbol=ETH))
    event, mistake = lived(*wishes, btc=34_000, eth=900)
    assert len(event.seized) == 2
    assert mistake is None


def test_what_took_a_part_or_names_no_price_tells_too_little() -> None:
    account = after(fresh(), decide(fresh(), Open(wish("0.292")), scene(btc=68_424)))
    (event,) = (e for e in swept(account, scene(btc=61_540)) if isinstance(e, PoolLiquidated))
    assert of_liquidation("7", account, event) is not None
    part, silent = replace(event, whole=False), replace(event, limits=((ETH, price(1)),))
    assert of_liquidation("7", account, part) is None
    assert of_liquidation("7", account, silent) is None

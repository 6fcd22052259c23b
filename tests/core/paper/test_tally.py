"""Sums over a history are what the books say."""

from datetime import datetime

from core.margin.pool import MarginMode, Side
from core.money import ZERO, Amount, D, Price, Quantity
from core.paper.account import PaperAccount, bare
from core.paper.actions import Close, Open, Reset, decide
from core.paper.apply import apply
from core.paper.events import Event, Granted, PoolLiquidated, Seized, VenueChosen
from core.paper.funding import funding_settled
from core.paper.scene import Scene
from core.paper.sweeping import swept
from core.paper.tally import Tally, tally
from tests.builders import BTC, NOON, Number, rate
from tests.core.paper.builders import CROSS, ISOLATED, LONG, SHORT, scene, wish


class Story:
    """An account with everything that happened to it."""

    def __init__(self) -> None:
        self.account: PaperAccount = bare(1, "test")
        self.history: list[tuple[Event, datetime]] = []
        self.happen(VenueChosen(venue="binance"), Granted(amount=Amount(D(10_000))))

    def happen(self, *events: Event) -> None:
        for event in events:
            at = NOON
            self.history.append((event, at))
            self.account = apply(self.account, event, at)

    def open(self, on: Scene, size: Number, mode: MarginMode = ISOLATED, side: Side = LONG) -> None:
        self.happen(*decide(self.account, Open(wish(size, side, mode)), on))

    def close(self, on: Scene, number: int, size: Number) -> None:
        self.happen(*decide(self.account, Close(number, Quantity(D(size))), on))

    @property
    def sums(self) -> Tally:
        return tally(bare(1, "test"), self.history)


def test_nothing_comes_to_nothing() -> None:
    sums = Story().sums
    assert (sums.trades, sums.won, sums.liquidations) == (0, 0, 0)
    assert sums.net == sums.worst == ZERO


def test_a_gain_is_a_trade_won() -> None:
    story = Story()
    story.open(scene(btc=60_000), "0.1")
    story.close(scene(btc=61_000), 1, "0.1")
    sums = story.sums
    assert (sums.trades, sums.won) == (1, 1)
    assert sums.realized == 100
    assert sums.fees == -D("0.0005") * (6_000 + 6_100)
    assert sums.worst == ZERO


def test_a_gain_that_fees_eat_up_is_not_won() -> None:
    story = Story()
    story.open(scene(btc=60_000), "0.1")
    story.close(scene(btc=60_001), 1, "0.1")
    assert story.sums.trades == 1
    assert story.sums.won == 0


def test_a_trade_ends_with_its_last_part() -> None:
    story = Story()
    story.open(scene(btc=60_000), "0.1")
    story.close(scene(btc=61_000), 1, "0.05")
    assert story.sums.trades == 0
    story.close(scene(btc=59_500), 1, "0.05")
    assert (story.sums.trades, story.sums.won) == (1, 1)
    assert story.sums.worst == -25 - D("0.0005") * D("59500") * D("0.05")


def test_funding_counts_for_its_trade_and_by_itself() -> None:
    story = Story()
    on = scene(btc=60_000)
    story.open(on, "0.1", CROSS)
    story.happen(*funding_settled(story.account, {BTC: rate("0.01")}, on))
    story.close(scene(btc=60_500), 1, "0.1")
    assert story.sums.funding == -60
    assert story.sums.won == 0


def test_a_liquidation_is_a_trade_lost_with_all_that_was_behind_its_wall() -> None:
    story = Story()
    story.open(scene(btc=60_000), "0.1")
    story.happen(*swept(story.account, scene(btc=50_000)))
    sums = story.sums
    assert (sums.trades, sums.won, sums.liquidations) == (1, 0, 1)
    assert sums.worst == -600
    assert sums.net == story.account.wallet_balance - 10_000


def test_a_cross_liquidation_ends_every_trade_in_the_pool() -> None:
    story = Story()
    story.open(scene(btc=60_000), "1", CROSS)
    story.happen(*swept(story.account, scene(btc=40_000)))
    sums = story.sums
    assert sums.liquidations >= 1
    assert sums.trades == 1
    assert sums.net == story.account.wallet_balance - 10_000


def test_a_reset_ends_no_trade_and_wipes_nothing_out() -> None:
    story = Story()
    story.open(scene(btc=60_000), "0.1")
    story.close(scene(btc=59_000), 1, "0.1")
    story.open(scene(btc=60_000), "0.1", side=SHORT)
    before = story.sums
    story.happen(*decide(story.account, Reset(), scene(btc=60_000)))
    assert story.sums.trades == before.trades == 1
    assert story.sums.net == before.net
    assert story.account.wallet_balance == 10_000


def test_a_liquidation_in_part_costs_its_loss_and_its_fee_at_once() -> None:
    story = Story()
    story.open(scene(btc=60_000), "0.2")
    part = Seized(
        number=1,
        symbol=BTC,
        side=LONG,
        quantity=Quantity(D("0.1")),
        price=Price(D(55_000)),
        cost=Amount(D(6_000)),
        pnl=Amount(D(-500)),
    )
    story.happen(
        PoolLiquidated(
            scope=1,
            mode=ISOLATED,
            whole=False,
            collateral=Amount(D(1_200)),
            limits=(),
            seized=(part,),
            fee=Amount(D(50)),
            remainder=Amount(ZERO),
            returned=Amount(ZERO),
            shortfall=Amount(ZERO),
        )
    )
    sums = story.sums
    assert sums.trades == 0
    assert sums.worst == -550

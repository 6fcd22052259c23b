"""A full-market tick over 100,000 accounts: the screened sweep over the exact sweep of all.

Both decide on the same accounts in memory and must find the same ones struck; what is booked
afterwards is the same for both and is left out.
"""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal, localcontext

from bot.adapters.content.instrument_files import load_listings
from core.margin.pool import Leg, MarginMode, Side
from core.market import Listing, MarkPrice, Marks, Symbol
from core.money import EXACT, Amount, D, Price, Quantity, Rate
from core.paper.account import PaperAccount, Position, Stops
from core.paper.rules import PaperRules
from core.paper.scene import Scene
from core.paper.screening import Screening
from core.paper.sweeping import swept
from tests.bench.measure import Paired
from tests.bench.row import Effort, Row, against, millis

GOAL = 1 / 20
DARING = 500
"""One account in so many stands so near its limit that the last tick liquidates it."""
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
PRICES = {"BTCUSDT": "68424", "ETHUSDT": "1986", "SOLUSDT": "85.13", "XRPUSDT": "1.36"}
STEPS = {"BTCUSDT": "0.001", "ETHUSDT": "0.001", "SOLUSDT": "0.01", "XRPUSDT": "0.1"}


def marks(move: str = "1") -> Marks:
    """All marks, moved by one factor."""
    prices = {
        Symbol(name): MarkPrice(Price((D(price) * D(move)).quantize(D("0.0001"))), NOON)
        for name, price in PRICES.items()
    }
    return Marks("demo", NOON, prices)


def accounts(count: int) -> dict[int, PaperAccount]:
    """Make accounts of three positions each, some isolated, some cross, a few with stops."""
    chance = random.Random(7)
    return {number: _account(number, chance) for number in range(1, count + 1)}


def _account(number: int, chance: random.Random) -> PaperAccount:
    held = []
    for place, name in enumerate(chance.sample(sorted(PRICES), 3), 1):
        step, price = D(STEPS[name]), D(PRICES[name])
        daring = number % DARING == place == 1
        leverage = Rate(D(50 if daring else chance.choice((3, 5, 10, 20))))
        away = D("101.5") if daring else D(chance.randint(97, 103))
        entry = (price * away / 100).quantize(D("0.0001"))
        quantity = max(step, (D(chance.randint(200, 2000)) * leverage / entry).quantize(step))
        side = Side.LONG if daring else chance.choice((Side.LONG, Side.SHORT))
        leg = Leg.at(Symbol(name), side, Quantity(quantity), Price(entry), leverage)
        isolated = chance.random() < 0.5
        stops = Stops(loss=Price(price * D("0.8"))) if side is Side.LONG and place == 1 else Stops()
        held.append(
            Position(
                number=place,
                mode=MarginMode.ISOLATED if isolated else MarginMode.CROSS,
                leg=leg,
                margin=Amount(leg.initial_margin if isolated else Decimal(0)),
                opened_at=NOON,
                stops=stops,
            )
        )
    return PaperAccount(
        id=number, market="demo", venue="binance", wallet=Amount(D(6000)), positions=tuple(held)
    )


def struck(known: dict[int, PaperAccount], proposed: list[int], scene: Scene) -> list[int]:
    """Decide exactly on the accounts that were proposed."""
    return [number for number in proposed if swept(known[number], scene)]


def run(effort: Effort) -> Iterator[Row]:
    """Measure one tick both ways, and that both find the same."""
    listings: dict[str, Listing] = load_listings()
    count = 100_000 if effort.starts > 1 else 5_000
    known = accounts(count)
    screening = Screening(listings, PaperRules())
    screening.changed(0)
    screening.candidates(known, marks())
    rounds, same, exact = [], True, [0]
    with localcontext(EXACT):
        for move in ("1.0005", "0.9995", "0.998"):
            scene = Scene(listings["binance"], marks(move), NOON, PaperRules())
            started = time.perf_counter()
            exact = struck(known, list(known), scene)
            between = time.perf_counter()
            quick = struck(known, screening.candidates(known, scene.marks), scene)
            rounds.append((time.perf_counter() - between, between - started))
            same = same and exact == quick
    if not same or not exact:
        raise AssertionError("the screened sweep decides otherwise than the exact one")
    yield against(
        f"sweep of {count:,} accounts, screened over exact", Paired.of(rounds), millis, GOAL
    )

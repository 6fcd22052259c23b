"""How a book comes through a crash, tick by tick, and what that is worth.

At a tick's open everybody's choice is carried out at its prices; then its candle is passed as every
replay passes one: funding, the adverse extreme, the close.

    score = 50 x ticks alive / ticks + 50 x equity / the best fixed policy's, held in 0..50
            + 10 if it was never worth less than a fifth of the start

Alive is whoever is worth a hundredth of the start at a tick's close, and was at every one before.
The fixed policies hold the same book isolated, hold it cross, and close it at once.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Self

from core.lessons.game.crash_acts import HOLD, done
from core.lessons.game.kind import Deed, Ground
from core.lessons.game.scenes import through
from core.lessons.game.sides import Entry
from core.lessons.game.starting_book import WALLET, all_behind, film, holding, scene_of
from core.lessons.game.trading import taken
from core.lessons.way import equity
from core.margin.pool import MarginMode
from core.money import ZERO, Amount, Rate
from core.paper.account import PaperAccount
from core.paper.apply import applied
from core.paper.events import Event, PoolLiquidated

OUT = Rate(Decimal("0.01"))
"""Whoever is worth less than this part of the start is out."""

HALF, BONUS = Decimal(50), Decimal(10)
SAFE = Rate(Decimal("0.2"))
"""Who never falls below this part of the start gets the bonus."""

Policy = tuple[MarginMode | None, str]
"""The wall behind which the whole book stands (None: as it is), and what is done at first."""

POLICIES: Mapping[str, Policy] = {
    "isolated": (MarginMode.ISOLATED, HOLD),
    "cross": (MarginMode.CROSS, HOLD),
    "flat": (None, "cut100"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """What a tick made of an account: events, its worth at the close and at the least, quote."""

    account: PaperAccount
    events: tuple[Event, ...]
    worth: Amount
    low: Amount


def passed(account: PaperAccount, act: str, number: int, ground: Ground, at: datetime) -> Passage:
    """Return what a tick (from 1) makes of an account whose owner chose an act.

    Raises what the act refuses.
    """
    scene = scene_of(number, ground, at)
    events = done(account, act, scene)
    way = through(applied(account, events, at), film(ground), number, scene)
    return Passage(way.account, (*events, *(met.event for met in way.met)), way.worth, way.low)


@dataclass(frozen=True, slots=True)
class Survivor:
    """How somebody has come through so far; money in quote.

    `acts` is what they did and in which tick, holding left out; `alive` how many ticks they lived.
    `pockets` and `crosses` count the walls that fell, `lost` is what that took.
    """

    equity: Amount
    low: Amount
    acts: tuple[tuple[int, str], ...] = ()
    alive: int = 0
    out: bool = False
    pockets: int = 0
    crosses: int = 0
    lost: Amount = Amount(ZERO)

    @classmethod
    def begun(cls, deed: Deed, ground: Ground) -> Self:
        """Return how somebody begins who has just entered."""
        worth = equity(deed.after, scene_of(1, ground, deed.at).marks)
        return cls(worth, worth)

    def after(self, number: int, act: str, passage: Passage) -> Self:
        """Return it after a tick. Whoever is out stays out."""
        out = self.out or passage.worth < OUT * WALLET
        falls = [event for event in passage.events if isinstance(event, PoolLiquidated)]
        crosses = sum(fall.scope is None for fall in falls)
        return replace(
            self,
            equity=passage.worth,
            low=min(self.low, passage.low),
            acts=self.acts if act == HOLD else (*self.acts, (number, act)),
            alive=self.alive + (not out),
            out=out,
            pockets=self.pockets + len(falls) - crosses,
            crosses=self.crosses + crosses,
            lost=Amount(self.lost + sum(map(taken, falls), ZERO)),
        )


def held(
    player: int, entries: Iterable[Entry], ticks: int, ground: Ground, at: datetime
) -> tuple[Deed, Survivor]:
    """Return what has become of a book that was held for so many ticks, all at one moment."""
    deed = holding(player, entries, ground, at)
    one = Survivor.begun(deed, ground)
    for number in range(1, ticks + 1):
        passage = passed(deed.after, HOLD, number, ground, at)
        one = one.after(number, HOLD, passage)
        deed = replace(deed, events=(*deed.events, *passage.events), after=passage.account)
    return deed, one


def policies(
    entries: tuple[Entry, ...], ground: Ground, at: datetime
) -> Mapping[str, tuple[Amount, ...]]:
    """Return what each fixed policy is worth after every tick, quote."""
    return {
        name: tuple(_kept(all_behind(entries, mode), act, ground, at))
        for name, (mode, act) in POLICIES.items()
    }


def _kept(entries: tuple[Entry, ...], act: str, ground: Ground, at: datetime) -> Iterable[Amount]:
    account = holding(0, entries, ground, at).after
    for number in range(1, len(film(ground).ticks) + 1):
        passage = passed(account, act, number, ground, at)
        account, act = passage.account, HOLD
        yield passage.worth


def score(one: Survivor, ticks: int, best: Amount) -> Rate:
    """Return what somebody has after so many ticks; `best` is the best policy's worth (quote)."""
    part = max(ZERO, min(HALF, HALF * one.equity / best))
    bonus = BONUS if one.low >= SAFE * WALLET else ZERO
    return Rate(HALF * one.alive / ticks + part + bonus)


def fingerprint(seed: str, setup: Iterable[str], survivors: Mapping[int, Survivor]) -> str:
    """Return a code that is the same where seed, options, choices and results are.

    Twelve hexadecimal digits of a SHA-256, in fours.
    """
    told = [seed, *setup]
    for player, one in sorted(survivors.items()):
        acts = ",".join(f"{tick}:{act}" for tick, act in one.acts)
        told.append(f"{player}/{one.alive}/{one.equity:f}/{one.low:f}/{acts}")
    digits = hashlib.sha256(";".join(told).encode()).hexdigest()
    return "-".join(digits[at : at + 4] for at in (0, 4, 8))

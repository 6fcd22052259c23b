"""A bout on a recorded event: the entry, one step after another, what is noted, and its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from core.lessons.game.bout import Bout
from core.lessons.game.kind import Deed, Table
from core.lessons.game.recorded_bout import STEPS, entered, marks_of, stepped
from core.lessons.game.reel import Reel
from core.money import D, Rate
from core.paper.account import PaperAccount
from core.paper.events import FundingSettled, PoolLiquidated
from tests.builders import exact
from tests.core.lessons.game.builders import at, game, player
from tests.core.lessons.game.crashes import A
from tests.core.lessons.game.recorded_duels import event, on
from tests.core.lessons.game.test_bout import TERMS
from tests.fakes.scenarios import bar

__all__ = ["exact"]

ISO, CRO, OTHER = 1, 2, 3
LENGTH = timedelta(minutes=15)


@dataclass
class Ring:
    """One isolated and two cross players in an event."""

    reel: Reel
    bout: Bout = field(
        default_factory=lambda: Bout(symbol=A, terms=TERMS, isolated=frozenset({ISO}), passed=0)
    )
    accounts: dict[int, PaperAccount] = field(default_factory=dict)
    clock: int = 0

    def __post_init__(self) -> None:
        self.on = on(self.reel)
        self.bout, deeds = entered(self.bout, self.reel, LENGTH, self.table, at())
        self.took(deeds)

    @property
    def table(self) -> Table:
        return Table(game(*map(player, (ISO, CRO, OTHER))), self.on, self.accounts)

    def took(self, deeds: tuple[Deed, ...]) -> tuple[Deed, ...]:
        self.accounts.update({deed.player: deed.after for deed in deeds})
        return deeds

    def step(self) -> tuple[Deed, ...]:
        self.clock += 10
        self.bout, deeds = stepped(self.bout, self.reel, self.table, at(self.clock))
        return self.took(deeds)

    def ask(self, number: int, act: str) -> None:
        self.bout = self.bout.asked(number, act, at(self.clock + 1), self.table)

    def worth(self) -> Mapping[int, object]:
        return {number: notes.equity for number, notes in self.bout.notes.items()}


def test_the_entry_is_at_the_first_open_and_its_time_begins_there() -> None:
    ring = Ring(event(A, bar(1, 1, "0.9", "0.95")))
    assert (ring.bout.opened, ring.bout.passed, ring.bout.on) == (D(100), 0, True)
    assert ring.bout.session is not None
    assert (ring.bout.session.began, ring.bout.session.ends) == (at(), at() + LENGTH)
    assert marks_of(ring.bout, ring.reel, ring.on, at(3)).price(A) == 100
    ring.step()
    assert marks_of(ring.bout, ring.reel, ring.on, at(13)).price(A) == 95


def test_a_wall_falls_at_the_worst_price_and_the_step_ends_at_its_close() -> None:
    ring = Ring(event(A, bar(1, 1, "0.85", "1.05")))
    (deed,) = ring.step()
    assert deed.player == ISO
    assert [type(each) for each in deed.events] == [PoolLiquidated]
    assert ring.worth() == {ISO: 4000, CRO: 5500, OTHER: 5500}
    notes = ring.bout.notes
    assert (notes[ISO].liquidations, notes[CRO].liquidations) == (1, 0)
    assert notes[CRO].low == D(3500), "the least within the step, not at its end"


def test_what_is_asked_is_done_at_the_close_of_the_next_step() -> None:
    ring = Ring(event(A, bar(1), bar(1, 1, "0.97", "0.98"), bar("0.98", "0.98", "0.5", "0.5")))
    ring.step()
    ring.ask(CRO, "hedge")
    (deed,) = ring.step()
    assert deed.player == CRO
    assert deed.after.positions[1].leg.entry_price == 98
    ring.step()
    assert ring.bout.notes[CRO].equity - ring.bout.notes[OTHER].equity == 50 * 48


def test_a_wish_comes_too_late_for_a_wall_that_falls_in_its_step() -> None:
    ring = Ring(event(A, bar(1, 1, "0.85", "0.9")))
    ring.ask(ISO, "add")
    ring.step()
    assert (ring.bout.acts, ring.accounts[ISO].positions) == ((), ())


def test_funding_that_was_recorded_is_settled() -> None:
    ring = Ring(event(A, bar(1), bar(1), funding={2: Rate(D("0.001"))}))
    assert ring.step() == ()
    deeds = ring.step()
    assert {type(each) for deed in deeds for each in deed.events} == {FundingSettled}
    assert ring.worth() == {ISO: 4990, CRO: 4990, OTHER: 4990}


def test_accounts_that_hold_the_same_come_through_alike_and_others_do_not() -> None:
    ring = Ring(event(A, bar(1), bar(1), bar(1, 1, "0.5", "0.5")))
    ring.step()
    ring.ask(CRO, "hedge")
    ring.step()
    ring.step()
    assert ring.worth() == {ISO: 4000, CRO: 2500, OTHER: 0}


def test_it_is_over_after_the_last_step_less_the_fee_of_closing() -> None:
    ring = Ring(event(A, bar(1), bar(1, "1.02", 1, "1.01")))
    for _ in range(STEPS - 1):
        ring.step()
    assert not ring.bout.over
    ring.step()
    assert (ring.bout.over, ring.bout.passed, ring.bout.closed) == (True, STEPS, D(101))
    assert ring.worth() == {ISO: 5100, CRO: 5100, OTHER: 5100}


@pytest.mark.parametrize(("low", "over"), [("0.4", True), ("0.7", False)])
def test_it_is_over_when_nobody_holds_anything_any_more(low: str, over: bool) -> None:
    ring = Ring(event(A, bar(1, 1, low, low)))
    ring.step()
    assert ring.bout.over is over


def test_another_one_of_the_same_terms_has_not_begun() -> None:
    ring = Ring(event(A, bar(1)))
    ring.step()
    fresh = ring.bout.anew(A, frozenset({CRO}))
    assert (fresh.passed, fresh.session, fresh.terms) == (0, None, TERMS)
    market = Bout(symbol=A, terms=TERMS, isolated=frozenset({ISO})).anew(A, frozenset({CRO}))
    assert market.passed is None

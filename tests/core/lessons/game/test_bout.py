"""One trade behind two walls: the entry, what may be done, missed minutes, and the end."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from core.lessons.game.bout import Bout, Terms
from core.lessons.game.errors import (
    ActUsed,
    HeldTooShort,
    NotNow,
    NotPlaying,
    OtherWall,
    TooLate,
    Unplayable,
)
from core.lessons.game.kind import Deed, Ground, Table
from core.margin.pool import Side
from core.market import Marks
from core.money import Amount, D
from core.paper.account import PaperAccount
from tests.builders import BTC, ETH, Number, amount, instrument, ladder, rate
from tests.core.lessons.game.builders import at, candle, game, ground, plain, player, tick
from tests.core.paper.builders import CROSS, ISOLATED

TERMS = Terms(side=Side.LONG, leverage=rate(10), margin=amount(1000), wallet=amount(5000))
ISO, CRO, OTHER = 1, 2, 3
"""Players: one isolated, two cross."""


@dataclass
class Ring:
    """A bout of ten minutes under way, with everybody's accounts."""

    on: Ground = field(default_factory=ground)
    gone: tuple[int, ...] = ()
    bout: Bout = field(
        default_factory=lambda: Bout(symbol=BTC, terms=TERMS, isolated=frozenset({ISO}))
    )
    accounts: dict[int, PaperAccount] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        everybody = (player(n, left=1 if n in self.gone else None) for n in (ISO, CRO, OTHER))
        return Table(game(*everybody), self.on, self.accounts)

    def begin(self) -> "Ring":
        """Let it begin, and everybody enter at 60,000 after a second."""
        self.bout = self.bout.begun(at(), timedelta(minutes=10))
        self.see(tick(1, 60000))
        return self

    def see(self, marks: Marks) -> tuple[Deed, ...]:
        self.bout, deeds = self.bout.ticked(marks, self.table)
        self.accounts.update({deed.player: deed.after for deed in deeds})
        return deeds

    def mark(self, seconds: float | str, price: Number) -> tuple[Deed, ...]:
        return self.see(tick(seconds, price))

    def ask(self, number: int, act: str, seconds: float | str) -> None:
        self.bout = self.bout.asked(number, act, at(seconds), self.table)

    def equity(self, number: int) -> Amount:
        return self.bout.notes[number].equity


@pytest.fixture
def ring() -> Ring:
    return Ring().begin()


# --- the entry


def test_before_its_message_has_arrived_nothing_is_played() -> None:
    waiting = Ring()
    assert waiting.mark(1, 60000) == ()
    bout = waiting.bout
    assert (bout.on, bout.next_look, bout.judged, bout.span) == (False, None, None, None)
    assert bout.notes == {}
    assert bout.later(timedelta(hours=1)) == bout


def test_everybody_enters_at_the_first_fresh_mark_and_the_time_begins_with_it() -> None:
    late = Ring()
    late.bout = late.bout.begun(at(5), timedelta(minutes=10))
    assert (late.bout.next_look, late.bout.judged, late.bout.span) == (at(5), at(5), None)
    for early in (tick(4, 1), tick(5, 2), candle(60, 1, 3, 2), candle(60, 1, 3, 2).at_end()):
        assert late.see(early) == ()
    deeds = late.mark(65, 60000)
    assert [deed.player for deed in deeds] == [ISO, CRO, OTHER]
    assert late.bout.opened == 60000
    assert late.bout.span == (at(65), at(665))
    assert late.bout.judged == at(65)


def test_marks_of_other_contracts_enter_nobody() -> None:
    ring = Ring()
    ring.bout = ring.bout.begun(at(), timedelta(minutes=10))
    assert ring.see(tick(1, 60000, ETH)) == ()
    assert ring.bout.opened is None


def test_who_has_left_does_not_enter() -> None:
    ring = Ring(gone=(OTHER,)).begin()
    assert set(ring.bout.notes) == {ISO, CRO}


def test_what_no_tier_takes_cannot_be_played() -> None:
    small = replace(plain(), brackets=ladder((0, 50, "0.01"), (5000, 5, "0.02")))
    with pytest.raises(Unplayable, match="leverage_too_high"):
        Ring(on=ground(small)).begin()


# --- marks


def test_marks_that_change_nothing_leave_it_the_very_same(ring: Ring) -> None:
    before = ring.bout
    ring.mark(2, 60001)
    assert ring.bout is before


def test_a_bout_of_which_the_contract_has_no_mark_waits(ring: Ring) -> None:
    before = ring.bout
    assert ring.see(tick(60, 100, ETH)) == ()
    assert ring.bout is before


def test_each_minute_the_wallets_are_noted(ring: Ring) -> None:
    ring.mark(60, 63000)
    assert [round(ring.equity(n), 8) for n in (ISO, CRO)] == [5500, 5500]
    assert ring.bout.next_look == at(120)


def test_the_isolated_wall_falls_alone(ring: Ring) -> None:
    (deed,) = ring.mark(2, 54271)
    assert deed.player == ISO
    assert ring.mark(3, 54272) == ()
    assert ring.bout.notes[ISO].liquidations == 1
    assert ring.bout.judged == at(2)


def test_it_ends_with_the_first_mark_at_its_time_and_takes_no_more(ring: Ring) -> None:
    ring.mark("600.9", 60000)
    assert not ring.bout.over
    ring.mark(601, 66000)
    bout = ring.bout
    assert (bout.over, bout.on, bout.forfeit) == (True, False, False)
    assert bout.closed == 66000
    assert (bout.next_look, bout.span) == (None, None)
    assert ring.mark(602, 1) == ()
    assert round(ring.equity(ISO), 8) == 6000


def test_at_the_end_the_fee_of_closing_is_charged() -> None:
    ring = Ring(on=ground(fee="0.0004")).begin()
    ring.mark(601, 60000)
    fee = D("4")  # 10,000 x 0.04 %, at the entry and at the end
    for number in (ISO, CRO):
        assert round(ring.bout.notes[number].change, 6) == -2 * fee


# --- minutes that nobody saw


def test_a_missed_minute_judges_by_its_extreme_and_fills_nothing(ring: Ring) -> None:
    ring.ask(ISO, "add", 30)
    (deed,) = ring.see(candle(120, 54000, 61000, 60000))
    assert (deed.player, ring.bout.acts) == (ISO, ())
    assert ring.see(candle(120, 54000, 61000, 60000).at_end()) == ()
    assert len(ring.bout.session.waiting if ring.bout.session else ()) == 1


def test_a_missed_end_is_the_end_of_its_minute(ring: Ring) -> None:
    """What the minute touched after the end does not count, nor does any later one."""
    ring.see(candle(600, 59000, 61000, 60000))
    ring.see(candle(600, 59000, 61000, 60000).at_end())
    assert ring.see(candle(660, 30000, 61000, 60500)) == ()
    assert ring.bout.on
    ring.see(candle(660, 30000, 61000, 60500).at_end())
    assert ring.bout.over
    assert ring.bout.closed == 60500
    assert ring.bout.notes[CRO].liquidations == 0


def test_the_extremes_of_a_minute_that_ends_with_the_bout_count() -> None:
    ring = Ring()
    ring.bout = ring.bout.begun(at(), timedelta(minutes=10))
    ring.mark(60, 60000)
    ring.see(candle(660, 54000, 61000, 60500))
    assert ring.bout.notes[ISO].liquidations == 1
    assert not ring.bout.over
    ring.see(candle(660, 54000, 61000, 60500).at_end())
    assert ring.bout.over


# --- acts


def test_isolated_may_add_half_of_its_margin_twice(ring: Ring) -> None:
    for seconds in (2, 3):
        ring.ask(ISO, "add", seconds)
    ring.mark(4, 60000)
    assert round(ring.accounts[ISO].positions[0].margin, 6) == 2000
    assert ring.bout.acts == ((ISO, "add"), (ISO, "add"))
    with pytest.raises(ActUsed) as used:
        ring.ask(ISO, "add", 5)
    assert (used.value.act, used.value.times) == ("add", 2)


def test_cross_may_hedge_half_once(ring: Ring) -> None:
    ring.ask(CRO, "hedge", 2)
    with pytest.raises(ActUsed):
        ring.ask(CRO, "hedge", 3)
    ring.mark(4, 60000)
    long, short = ring.accounts[CRO].positions
    assert short.leg.side is Side.SHORT
    assert short.leg.quantity <= long.leg.quantity / 2
    with pytest.raises(ActUsed):
        ring.ask(CRO, "hedge", 5)


@pytest.mark.parametrize(("number", "act", "mode"), [(CRO, "add", ISOLATED), (ISO, "hedge", CROSS)])
def test_what_belongs_to_the_other_wall_is_refused(
    ring: Ring, number: int, act: str, mode: str
) -> None:
    with pytest.raises(OtherWall) as other:
        ring.ask(number, act, 2)
    assert (other.value.act, other.value.mode) == (act, mode)


@pytest.mark.parametrize("number", [ISO, CRO])
def test_both_may_close_after_two_minutes(ring: Ring, number: int) -> None:
    with pytest.raises(HeldTooShort):
        ring.ask(number, "close", 120)
    ring.ask(number, "close", 121)
    with pytest.raises(ActUsed):
        ring.ask(number, "close", 122)
    ring.mark(123, 61000)
    assert ring.accounts[number].positions == ()
    assert ring.bout.acts == ((number, "close"),)
    with pytest.raises(NotNow, match="between"):
        ring.ask(number, "close", 124)


def test_to_close_both_sides_is_one_act(ring: Ring) -> None:
    ring.ask(CRO, "hedge", 2)
    ring.mark(3, 60000)
    with pytest.raises(HeldTooShort):
        ring.ask(CRO, "close", 122)
    ring.ask(CRO, "close", 123)
    ring.mark(124, 60000)
    assert ring.accounts[CRO].positions == ()
    assert ring.bout.acts == ((CRO, "hedge"), (CRO, "close"))


def test_what_could_not_be_done_may_be_asked_again(ring: Ring) -> None:
    """The fall has left too little for a hedge; later there is enough."""
    ring.mark(2, 34000)
    ring.ask(CRO, "hedge", 3)
    ring.mark(4, 34000)
    assert ring.bout.notes[CRO].refused == "insufficient"
    assert ring.bout.acts == ()
    ring.mark(5, 60000)
    ring.ask(CRO, "hedge", 6)
    ring.mark(7, 60000)
    assert (CRO, "hedge") in ring.bout.acts
    assert ring.bout.notes[CRO].refused == ""


def test_a_hedge_is_nothing_where_what_it_hedges_is_gone(ring: Ring) -> None:
    ring.ask(CRO, "close", 121)
    ring.ask(CRO, "hedge", 122)
    ring.mark(123, 60000)
    assert ring.accounts[CRO].positions == ()
    ring.ask(OTHER, "hedge", 124)
    ring.mark(125, 30000)
    assert ring.accounts[OTHER].positions == ()
    assert ring.bout.acts == ((CRO, "close"),)


def test_an_act_is_taken_until_the_last_moment_and_done_at_the_last_mark(ring: Ring) -> None:
    ring.ask(CRO, "hedge", "600.9")
    with pytest.raises(TooLate) as late:
        ring.ask(ISO, "add", 601)
    assert late.value.until == at(601)
    ring.mark(602, 60000)
    assert ring.bout.over
    assert ring.bout.acts == ((CRO, "hedge"),)


def test_nobody_acts_outside_the_bout(ring: Ring) -> None:
    waiting = Ring()
    with pytest.raises(NotNow):
        waiting.ask(ISO, "add", 1)
    ring.accounts.pop(OTHER)
    with pytest.raises(NotNow):
        ring.ask(OTHER, "hedge", 2)
    ring.gone = (CRO,)
    with pytest.raises(NotPlaying):
        ring.ask(CRO, "hedge", 2)
    with pytest.raises(NotPlaying):
        ring.ask(9, "hedge", 2)
    ring.mark(601, 60000)
    with pytest.raises(NotNow):
        ring.ask(ISO, "add", 602)


# --- going


def test_who_goes_is_closed_at_the_next_mark_however_young_the_position(ring: Ring) -> None:
    ring.bout = ring.bout.deserted(CRO, at(2), ring.table)
    ring.mark(3, 63000)
    assert ring.accounts[CRO].positions == ()
    ring.mark(60, 30000)
    assert round(ring.equity(CRO), 6) == 5500


def test_who_holds_nothing_leaves_nothing(ring: Ring) -> None:
    assert Ring().bout.deserted(ISO, at(2), ring.table) == Ring().bout
    ring.mark(2, 54000)
    assert ring.bout.deserted(ISO, at(3), ring.table) is ring.bout
    ring.accounts.pop(OTHER)
    assert ring.bout.deserted(OTHER, at(3), ring.table) is ring.bout
    ring.mark(601, 54000)
    assert ring.bout.deserted(CRO, at(602), ring.table) is ring.bout


def test_a_bout_that_is_given_up_is_over_without_a_last_mark(ring: Ring) -> None:
    lost = ring.bout.given_up()
    assert (lost.over, lost.forfeit, lost.closed, lost.on) == (True, True, None, False)
    assert lost.notes == ring.bout.notes


def test_its_end_can_be_moved(ring: Ring) -> None:
    later = ring.bout.later(timedelta(seconds=30))
    assert later.span == (at(1), at(631))


# --- other contracts


def test_a_contract_of_a_venue_is_entered_by_its_own_step_and_fee() -> None:
    ring = Ring(on=ground(instrument(BTC, plain().brackets))).begin()
    leg = ring.accounts[ISO].positions[0].leg
    assert leg.quantity == D("0.166")
    assert ring.accounts[CRO].wallet == 5000 - D("4.98")

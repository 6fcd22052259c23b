"""A duel on recorded events: its pace, its steps, restarts, and the same result from the same."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.adapters.database.codec import dumps, loads
from core.errors import Refusal
from core.lessons.challenges.duel import AWAY, KIND, REST, Duel, pace_of
from core.lessons.game import inputs as i
from core.lessons.game.audit import Audit, agrees, audit
from core.lessons.game.errors import HeldTooShort, NotNow, TooLate
from core.lessons.game.game import Game, Phase
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Ground, Table
from core.lessons.game.lifecycle import State, fed
from core.lessons.game.reel import Reel
from core.lessons.scenario import Bar
from core.money import D
from tests.builders import BTC, ETH, SOL, amount, exact
from tests.core.lessons.game.builders import CROSS, ISOLATED, PAIRS, at, game, ground, plain, tick
from tests.core.lessons.game.crashes import A, B, C
from tests.core.lessons.game.recorded_duels import LENGTH, PACE, Recorded, event, gains, on, thrice
from tests.core.lessons.game.test_reel import falling
from tests.fakes.scenarios import FixedScenarios, bar, flat

__all__ = ["exact"]

DIP = (bar(1), bar(1, 1, "0.85", "1.05"))
"""An hour that stands still, then one that falls by 15% and recovers: isolated falls, cross not."""

DEEP = (bar(1), bar(1, 1, "0.4", "0.5"))


def test_everybody_enters_at_the_first_price_when_the_message_is_there() -> None:
    mine = Recorded(on=thrice(*DIP), setup={"on": "crash", "leverage": "10"})
    mine.join("Mira", "Tobi")
    assert (mine.game.phase, mine.state.accounts, mine.game.due) == (Phase.RUNNING, {}, None)
    mine.clock = 77
    mine.arrive()
    bout = mine.duel.round.bout
    assert (bout.symbol, bout.opened, bout.passed) == (A, D(100), 0)
    assert len({account.positions[0].leg.quantity for account in mine.state.accounts.values()}) == 1
    assert {a.positions[0].isolated for a in mine.state.accounts.values()} == {True, False}
    assert mine.game.due == at(77 + PACE)


def test_no_market_is_looked_at_and_none_can_freeze_it() -> None:
    mine = Recorded.begun(thrice(*DIP))
    table = Table(mine.game, mine.on, mine.state.accounts)
    assert (mine.duel.next_look, mine.duel.span, mine.duel.wants(table)) == (
        None,
        None,
        frozenset(),
    )
    before = mine.duel
    mine.feed(i.Ticked(marks=tick(5, 1, A)))
    assert mine.duel is before


@pytest.mark.parametrize(("length", "pace"), [("15m", 10), ("1h", 40), ("4h", 160), ("24h", 960)])
def test_a_round_takes_as_long_as_was_chosen_whatever_it_is_played_on(
    length: str, pace: int
) -> None:
    assert pace_of(game(length=length, on="crash")) == timedelta(seconds=pace)
    mine = Recorded.begun(thrice(*DIP), length=length)
    mine.step(90, pace)
    assert mine.duel.round.bout.over
    assert mine.clock == 90 * pace


def test_a_dip_is_won_by_cross_and_a_collapse_by_isolated() -> None:
    dip = Recorded.begun(thrice(*DIP))
    dip.finish()
    assert gains(dip)[0] == ("-1000.00000000", "500.00000000")
    deep = Recorded.begun(thrice(*DEEP))
    deep.finish()
    assert gains(deep)[0] == ("-1000.00000000", "-5000.00000000")


def test_every_round_is_another_event_and_the_walls_change_hands() -> None:
    mine = Recorded.begun(on(event(A, *DIP), event(B, *DEEP), event(C)))
    mine.finish()
    assert [each.bout.symbol for each in mine.duel.rounds] == [A, B, C][: len(mine.duel.rounds)]
    assert mine.duel.rounds[0].isolated != mine.duel.rounds[1].isolated
    assert mine.views[:3] == ["round1", "result1", "round2"]
    assert mine.views[-1] == "end"


def test_a_step_comes_only_when_it_is_due() -> None:
    mine = Recorded.begun(thrice(*DIP))
    before = mine.state
    mine.feed(i.Due(at=at(PACE - 1)))
    assert mine.state == before
    mine.step()
    assert mine.duel.round.bout.passed == 1


def test_a_step_that_comes_late_is_made_up_for_and_never_two_at_once() -> None:
    mine = Recorded.begun(thrice(*DIP))
    session = mine.duel.round.bout.session
    assert session is not None
    mine.step(pace=13)
    assert mine.game.due == at(20)
    mine.step(pace=37)  # now it is 50: the time from 30 on is lost
    assert mine.game.due == at(60)
    after = mine.duel.round.bout.session
    assert after is not None
    assert after.ends - session.ends == timedelta(seconds=30)


def test_after_a_stop_the_open_step_has_its_whole_time_again() -> None:
    mine = Recorded.begun(thrice(*DIP))
    mine.step(3)
    mine.feed(i.Woke(at=at(500), since=at(31)))
    assert (mine.game.due, mine.duel.round.bout.passed) == (at(510), 3)
    session = mine.duel.round.bout.session
    assert session is not None
    assert session.ends == at(510 + 86 * PACE)
    assert mine.views[-1].startswith("back")
    mine.clock = 500
    mine.step(86)
    assert not mine.duel.round.bout.over
    mine.step()
    assert mine.duel.round.bout.over


def test_a_stop_between_two_rounds_moves_nothing() -> None:
    mine = Recorded.begun(thrice(*DEEP))
    mine.step(2)
    due = mine.game.due
    mine.feed(i.Woke(at=at(35), since=at(21)))
    assert mine.game.due == due == at(2 * PACE) + REST


def test_a_round_whose_message_does_not_arrive_waits_for_it() -> None:
    mine = Recorded.begun(thrice(*DEEP))
    mine.step(2)
    mine.clock += 30
    mine.feed(i.Due(at=at(mine.clock)))
    mine.step(100)
    assert (mine.duel.round.number, mine.duel.round.bout.session) == (2, None)
    mine.arrive()
    assert mine.game.due == at(mine.clock + PACE)


def test_acts_are_those_of_a_duel_and_done_at_the_end_of_the_step() -> None:
    mine = Recorded.begun(thrice(bar(1), bar(1), bar(1, 1, "0.85", "1.05")))
    isolated, cross = mine.behind(ISOLATED), mine.behind(CROSS)
    for _ in range(2):
        assert mine.ask(isolated, "add").said == "add"
    assert mine.ask(cross, "hedge").said == "hedge"
    assert mine.duel.round.bout.acts == ()
    mine.step()
    acts = [(isolated, "add"), (isolated, "add"), (cross, "hedge")]
    assert sorted(mine.duel.round.bout.acts) == sorted(acts)
    for player, act in ((isolated, "add"), (cross, "hedge")):
        with pytest.raises(Refusal):
            mine.ask(player, act)
    with pytest.raises(HeldTooShort):
        mine.ask(cross, "close")
    mine.finish()
    assert gains(mine)[0] == ("500.00000000", "250.00000000")


def test_what_is_closed_stays_closed_and_when_all_is_closed_the_round_is_over() -> None:
    mine = Recorded.begun(thrice(bar(1), *[bar(1, 1, "0.99", "0.99")] * 3))
    mine.step(12)
    for player in (1, 2):
        mine.ask(player, "close")
    mine.step()
    assert mine.duel.round.bout.over
    assert mine.duel.round.bout.closed == 99
    assert gains(mine) == [("-100.00000000", "-100.00000000")]
    with pytest.raises(NotNow):
        mine.ask(1, "close")


def test_nothing_is_taken_when_the_time_of_the_round_is_over() -> None:
    mine = Recorded.begun(thrice())
    mine.step(89)
    with pytest.raises(TooLate):
        mine.ask(1, "close", PACE)
    assert mine.clock + PACE == LENGTH


# --- leaving


def test_whoever_leaves_loses_the_round_and_their_return_hurries_nothing_that_runs() -> None:
    mine = Recorded.begun(thrice(*DIP))
    mine.step()
    mine.feed(i.Left(at=at(12), player=1))
    assert (mine.duel.round.winner, mine.game.due) == (mine.team(2), at(12) + REST)
    mine.feed(i.Due(at=at(42)))
    assert mine.game.due == at(12) + AWAY
    mine.feed(i.Returned(at=at(100), player=1))
    assert mine.game.due == at(100) + REST
    mine.clock = 130
    mine.feed(i.Due(at=at(130)))
    mine.arrive()
    assert mine.game.due == at(140)
    assert mine.duel.round.bout.on


def test_whoever_is_gone_when_the_message_arrives_has_lost_it() -> None:
    mine = Recorded(on=thrice(*DIP), setup={"on": "crash"})
    mine.join("Mira", "Tobi")
    mine.feed(i.Left(at=at(1), player=2))
    mine.clock = 2
    mine.arrive()
    assert (mine.duel.round.bout.forfeit, mine.state.accounts) == (True, {})
    assert mine.game.due == at(2) + REST
    mine.feed(i.Due(at=at(700)))
    assert (mine.game.phase, mine.views[-1]) == (Phase.SETTLING, "end")


def test_halves_play_it_and_one_of_many_who_leaves_is_closed() -> None:
    mine = Recorded.begun(thrice(*DIP), "a", "b", "c", "d", "e", teams="halves")
    gone = mine.behind(CROSS)
    mine.feed(i.Left(at=at(3), player=gone))
    due = mine.game.due
    mine.feed(i.Returned(at=at(4), player=gone))
    assert mine.game.due == due
    mine.step()
    assert not mine.state.accounts[gone].positions
    mine.step()
    assert {len(a.positions) for a in mine.state.accounts.values()} == {0, 1}
    mine.finish()
    assert len(mine.duel.standings(Table(mine.game, mine.on, mine.state.accounts))) == 5


# --- what cannot be played


def test_without_events_there_is_no_game() -> None:
    mine = Recorded(on=ground(), setup={"on": "crash"})
    mine.join("Mira", "Tobi")
    assert (mine.game.phase, mine.game.why) == (Phase.SETTLING, "unplayable")


def test_where_the_entry_is_refused_the_game_is_void() -> None:
    small = replace(plain(A), min_notional=amount(10_001))
    played = replace(thrice(), listing=ground(small).listing)
    mine = Recorded.begun(played)
    assert (mine.game.phase, mine.game.why, mine.state.accounts) == (
        Phase.SETTLING,
        "unplayable",
        {},
    )


# --- the kind


def drawn(on_: Ground | None = None, **setup: str) -> tuple[Reel, ...] | None:
    events = FixedScenarios(
        *(
            replace(falling(120), heading=replace(falling(120).heading, id=f"2020-03-{day}"))
            for day in (12, 13, 14, 15)
        ),
        flat(10, {BTC: 8000}, "short"),
    )
    return KIND.reels(Game(kind="duel", seed="5eed", setup=setup), events, on_ or ground())


def test_events_are_drawn_only_for_a_duel_on_crashes() -> None:
    assert drawn() is None
    found = drawn(on="crash")
    assert isinstance(found, tuple)
    assert [each.coins for each in found] == [(A,), (B,), (C,)]
    assert {coin for each in found for coin in each.real.values()} == {BTC, ETH, SOL}
    assert drawn(replace(ground(), symbols=()), on="crash") == ()


def test_it_is_looked_at_where_the_last_step_closed() -> None:
    mine = Recorded.begun(thrice(*DIP))
    for price in (100, 100, 105):
        marks = KIND.marks(mine.duel, mine.on, at(99))
        assert marks is not None
        assert (marks.at, marks.price(A)) == (at(99), D(price))
        mine.step()


def test_a_duel_on_a_market_has_its_market_s_marks() -> None:
    mine = Recorded(on=ground())
    mine.join("Mira", "Tobi")
    assert mine.duel.round.bout.symbol in PAIRS
    assert KIND.marks(mine.duel, mine.on, at()) is None


# --- the same again

steps = st.lists(
    st.tuples(
        st.integers(-150, 150),
        st.sampled_from(["add", "hedge", "close", "", "", "woke", "left", "returned"]),
        st.sampled_from([1, 2, 3]),
    ),
    min_size=1,
    max_size=25,
)


def played(told: list[tuple[int, str, int]], side: str, ground_: Ground) -> Recorded:
    """A match of halves in which these things happen, and then nothing more.

    It may be decided before they all have: no time comes to a game that is over.
    """
    mine = Recorded.begun(ground_, "a", "b", "c", "d", teams="halves", side=side)
    for _, act, player in told:
        with suppress(Refusal):
            happened(mine, act, player)
        for _step in range(3):
            if mine.game.phase.is_on:
                mine.step()
        if mine.waits():
            mine.arrive()
    mine.finish()
    return mine


def happened(mine: Recorded, act: str, player: int) -> None:
    """Let one thing happen; a refused one changes nothing."""
    now = at(mine.clock)
    if act == "woke":
        mine.clock += 60
        mine.feed(i.Woke(at=at(mine.clock), since=now))
    elif act in {"left", "returned"}:
        made = i.Left if act == "left" else i.Returned
        mine.feed(made(at=now, player=player))
    elif act:
        mine.ask(player, act)


def way(told: list[tuple[int, str, int]]) -> Ground:
    """Events in which prices move by these thousandths."""
    here, bars = D(1), list[Bar]()
    for move, _, _ in told:
        there = max(here * (1000 + move) / 1000, D("0.01")).quantize(D("0.000001"))
        bars.append(bar(here, max(here, there) * D("1.02"), min(here, there) * D("0.97"), there))
        here = there
    half = bars[: len(bars) // 2 + 1]
    ways = ((A, bars), (B, half), (C, bars[:3]))
    return on(*(event(coin, *each, steps=26) for coin, each in ways), fee="0.0005")


@given(steps, st.sampled_from(["long", "short"]))
@example([(move, "add", 1) for move in (*[0] * 9, -101, *[0] * 7, 3)], "long")  # two rounds do
@settings(max_examples=12)
def test_the_same_seed_and_the_same_acts_give_the_same_result(
    told: list[tuple[int, str, int]], side: str
) -> None:
    first = played(told, side, way(told))
    assert _fed(first, first.log) == first.state
    assert loads(Duel, dumps(first.duel)) == first.duel
    published = loads(Audit, dumps(audit(7, first.state, first.on, first.log)))
    assert published.conditions.later == first.on.later
    assert agrees(published, KIND) == ()


def _fed(mine: Recorded, log: list[Input]) -> State:
    state = mine.first
    for what in log:
        state = fed(state, what, KIND, mine.on).state
    return state

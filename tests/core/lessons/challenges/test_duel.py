"""Mode duel: the worked example to the digit, the match, its edges, and the fold of its log."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import cast

import pytest

from bot.adapters.database.codec import dumps, loads
from core.lessons.challenges.duel import AWAY, KIND, REST, Duel
from core.lessons.game import inputs as i
from core.lessons.game.bout import Bout
from core.lessons.game.errors import (
    ActUsed,
    BadOption,
    NoSeat,
    NotNow,
    NotPlaying,
    OtherWall,
    TooLate,
)
from core.lessons.game.game import Game, Phase
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Table
from core.lessons.game.lifecycle import State, fed
from core.lessons.game.standing import Standing
from core.margin.liquidation import liquidation_band
from core.margin.pool import Side
from core.money import D, display
from tests.builders import Number, amount, rate
from tests.core.lessons.game.builders import (
    CROSS,
    ISOLATED,
    PAIRS,
    Fixture,
    at,
    candle,
    game,
    ground,
    plain,
    tick,
)

END = 901
"""A round of 15 minutes that was entered after a second ends here."""


def begun(**setup: str) -> Fixture:
    """A duel of two at 10x whose first message has arrived."""
    two = Fixture(setup={"leverage": "10", **setup})
    two.join("Mira", "Tobi")
    two.sent()
    return two


def halves(count: int, **setup: str) -> Fixture:
    """A duel of two halves, entered at 60,000."""
    many = Fixture(setup={"leverage": "10", "teams": "halves", **setup})
    many.join(*(f"p{n}" for n in range(count)))
    many.feed(i.Began(at=at()))
    many.sent()
    many.mark(1, 60000)
    return many


def play_round(two: Fixture, begins: float, *seen: tuple[float, Number]) -> None:
    """Play a round that begins at a second: entered at 60,000, then these marks."""
    number = two.duel.round.number
    if two.duel.round.bout.session is None:
        two.sent(number, begins)
    two.mark(begins + 1, 60000)
    two.marks(*((begins + second, price) for second, price in seen))


def won_by(two: Fixture, mode: object, begins: float) -> None:
    """Let a wall win the round that begins at a second."""
    if mode is CROSS:
        play_round(two, begins, (400, 52000), (END, 63000))
    elif mode is ISOLATED:
        play_round(two, begins, (400, 30000), (END, 30000))
    else:
        play_round(two, begins, (END, 60500))


def rest(two: Fixture, seconds: float) -> None:
    two.feed(i.Due(at=at(seconds)))


def played(*modes: object, **setup: str) -> Fixture:
    """A match in which these walls won, round by round (None: a draw)."""
    two = begun(**setup)
    for number, mode in enumerate(modes):
        begins = number * 1000
        won_by(two, mode, begins)
        if not two.game.phase.is_over:
            rest(two, begins + END + 60)
    return two


def gained(two: Fixture, number: int = 1) -> dict[object, Decimal]:
    """What each wall made of the wallet in a round, to eight places."""
    found = next(r for r in two.duel.rounds if r.number == number)
    modes = {found.isolated: ISOLATED, 1 - found.isolated: CROSS}
    return {modes[team]: display(amount, 8) for team, amount in enumerate(found.gained)}


# --- the worked example: 5,000, of which 1,000 on a long of 10x at 60,000, maintenance 0.5 %


def liquidation(two: Fixture, mode: object) -> Decimal:
    """Where a wall falls, to the cent."""
    bout = two.duel.round.bout
    (account,) = [a for p, a in two.state.accounts.items() if bout.mode(p) is mode]
    ((_, pool),) = account.pools()
    marks = tick(1, 60000)
    price = liquidation_band(pool, bout.symbol, marks, two.on.listing).lower
    assert price is not None
    return display(price, 2)


def test_the_walls_stand_where_the_example_says() -> None:
    two = begun()
    two.mark(1, 60000)
    assert liquidation(two, ISOLATED) == D("54271.36")
    assert liquidation(two, CROSS) == D("30150.75")
    quantity = two.state.accounts[1].positions[0].leg.quantity
    assert abs(quantity - D(1) / 6) < D("1e-27")


def test_a_low_of_52000_and_a_close_of_63000_is_won_by_cross() -> None:
    two = played(CROSS)
    assert gained(two) == {ISOLATED: D("-1000"), CROSS: D("500")}
    (result,) = two.duel.rounds
    assert result.winner == 1 - result.isolated
    assert [r.bout.notes[p].equity for r in two.duel.rounds for p in r.bout.isolated] == [4000]


def test_a_low_of_30000_is_won_by_isolated() -> None:
    two = played(ISOLATED)
    assert gained(two) == {ISOLATED: D("-1000"), CROSS: D("-5000")}
    (result,) = two.duel.rounds
    assert result.winner == result.isolated


def test_a_short_meets_the_same_walls_above() -> None:
    two = begun(side="short")
    play_round(two, 0, (400, 67000), (END, 57000))
    assert gained(two) == {ISOLATED: D("-1000"), CROSS: D("500")}


# --- the beginning


def test_two_begin_by_themselves_and_halves_wait_for_their_host() -> None:
    two = Fixture()
    two.join("Mira", "Tobi")
    assert two.game.phase is Phase.RUNNING
    assert two.views == ["round1"]
    assert (two.posts[0].starts, two.posts[0].live) == (True, True)
    many = Fixture(setup={"teams": "halves"})
    many.join("a", "b", "c")
    assert many.game.phase is Phase.OPEN


def test_nobody_joins_a_match_that_has_begun() -> None:
    with pytest.raises(NoSeat):
        begun().join("late")


def test_halves_differ_by_one_at_most_and_hold_everybody() -> None:
    for count in (2, 5, 9):
        teams = halves(count).duel.teams
        assert sorted(p for team in teams for p in team) == list(range(1, count + 1))
        assert 0 <= len(teams[0]) - len(teams[1]) <= 1


def test_a_coin_decides_who_is_isolated() -> None:
    coins = set()
    for seed in range(20):
        two = Fixture(seed=str(seed))
        two.join("Mira", "Tobi")
        coins.add(two.behind(ISOLATED))
    assert coins == {1, 2}


def test_the_options_decide_side_leverage_and_time() -> None:
    two = begun(side="short", leverage="50", length="4h")
    bout = two.duel.round.bout
    assert (bout.terms.side, bout.terms.leverage) == (Side.SHORT, rate(50))
    two.mark(1, 60000)
    assert two.duel.span == (at(1), at(1) + timedelta(hours=4))


def test_a_round_plays_a_day_of_the_recording() -> None:
    def pace(length: str) -> int:
        return KIND.pace(game(length=length))

    assert [pace(length) for length in ("15m", "1h", "4h", "24h")] == [96, 24, 6, 1]


def test_where_no_contract_takes_the_trade_the_game_is_void() -> None:
    two = Fixture(on=ground(replace(plain(), isolated_only=True)))
    two.join("Mira", "Tobi")
    assert (two.game.phase, two.game.why, two.views) == (Phase.SETTLING, "unplayable", ["void"])


def test_where_the_entry_is_refused_after_all_the_game_is_void() -> None:
    two = begun()
    small = replace(plain(), min_notional=amount(10_001))
    two.on = ground(*(replace(small, symbol=symbol) for symbol in PAIRS))
    two.mark(1, 60000)
    assert (two.game.phase, two.game.why) == (Phase.SETTLING, "unplayable")
    assert two.views == ["round1", "void"]
    assert two.state.accounts == {}


# --- the match


def test_rounds_change_sides_and_pairs_and_accounts() -> None:
    two = played(None, None, None)
    rounds = two.duel.rounds
    assert [r.number for r in rounds] == [1, 2, 3]
    assert {r.bout.symbol for r in rounds} == set(PAIRS)
    assert [r.isolated for r in rounds] in ([0, 1, 0], [1, 0, 1])
    for each in rounds:
        assert each.bout.isolated == frozenset(two.duel.teams[each.isolated])
        assert [n.start for n in each.bout.notes.values()] == [5000, 5000]


def test_with_fewer_pairs_than_rounds_a_pair_comes_again() -> None:
    two = Fixture(on=ground(plain()), setup={"leverage": "10"})
    two.join("Mira", "Tobi")
    won_by(two, None, 0)
    rest(two, END + 60)
    assert two.duel.round.bout.symbol == PAIRS[0]


def test_who_wins_two_rounds_has_won_and_the_third_is_not_played() -> None:
    two = begun()
    winner = two.team(two.behind(ISOLATED))
    won_by(two, ISOLATED, 0)
    rest(two, END + 60)
    won_by(two, CROSS, 1000)  # they have changed places
    assert two.game.phase is Phase.SETTLING
    assert (two.duel.wins[winner], two.duel.wins[1 - winner]) == (2, 0)
    assert two.views == ["round1", "result1", "round2", "result2", "end"]
    (first, second) = two.duel.standings(table(two))
    assert (first.place, second.place) == (1, 2)
    assert first.player in two.duel.teams[winner]


def test_one_round_each_and_a_draw_goes_to_fewer_liquidations() -> None:
    """Isolated wins the first by keeping 4,000: one fall each; cross the second: one fall."""
    two = begun()
    first = two.team(two.behind(ISOLATED))
    won_by(two, ISOLATED, 0)  # both fall
    rest(two, END + 60)
    won_by(two, ISOLATED, 1000)  # both fall again, the other is isolated
    rest(two, 1000 + END + 60)
    play_round(two, 2000, (400, 52000), (END, 54000))  # only the isolated falls, and it is a draw
    assert two.duel.wins == (1, 1)
    assert two.duel.rounds[2].winner is None
    standings = two.duel.standings(table(two))
    assert two.duel.rounds[2].isolated == first
    assert standings[0].player in two.duel.teams[1 - first]
    assert [list(s.figures[:2]) for s in standings] == [[1, -2], [1, -3]]


def test_what_still_nothing_tells_apart_is_shared() -> None:
    two = played(None, None, None)
    assert [s.place for s in two.duel.standings(table(two))] == [1, 1]


def test_then_the_smaller_loss_at_its_worst_decides() -> None:
    two = played(None, None)
    play_round(two, 2000, (120, 60000))
    closer = two.behind(CROSS)
    two.act(closer, "close", 2000 + 130)
    two.marks((2000 + 131, 60000), (2000 + 240, 57000), (2000 + END, 60000))
    assert two.duel.wins == (0, 0)
    standings = two.duel.standings(table(two))
    assert [s.place for s in standings] == [1, 2]
    assert standings[0].player == closer


def test_the_result_is_a_draw_up_to_a_thousandth_of_the_wallet() -> None:
    for price, winner in ((60030, None), ("60030.1", CROSS)):
        two = begun()
        play_round(two, 0, (120, 60000))
        two.act(two.behind(ISOLATED), "close", 130)
        two.marks((131, 60000), (END, price))
        result = two.duel.rounds[0]
        assert result.winner == (None if winner is None else 1 - result.isolated), price


def test_between_two_rounds_there_is_a_rest() -> None:
    two = begun()
    won_by(two, None, 0)
    assert two.game.due == at(END) + REST
    assert two.duel.next_look is None
    for late in (tick(END + 5, 1), candle(960, 1, 2, 1)):
        before = two.duel
        two.feed(i.Ticked(marks=late))
        assert two.duel is before
    rest(two, END + 30)
    assert two.duel.due is None
    assert two.views[-1] == "round2"
    assert two.state.accounts == {}


def test_a_round_begins_when_its_own_message_has_arrived() -> None:
    two = begun()
    won_by(two, None, 0)
    rest(two, END + 60)
    before = two.duel
    two.sent(1, 1000)
    assert two.duel == before, "that was the first one's, told again"
    two.mark(1001, 60000)
    assert two.duel.round.bout.opened is None
    two.sent(2, 1002)
    two.sent(2, 1500)
    two.mark(1501, 60000)
    assert two.duel.round.bout.opened == 60000


def test_a_message_that_arrives_nowhere_ends_the_game_silently() -> None:
    two = Fixture()
    two.join("Mira", "Tobi")
    two.feed(i.Unsent(at=at(5), view="round", number=1))
    assert (two.game.why, two.views) == ("unreachable", ["round1"])


def test_what_means_nothing_to_a_duel_changes_nothing() -> None:
    two = begun()
    before = two.state
    two.feed(i.Ruled(at=at(3), what="pair", about="1,2"))
    two.feed(i.Sent(at=at(3), view="board", number=1))
    two.feed(i.Due(at=at(3)))
    assert two.state == before


# --- acts


def test_acts_wait_for_the_next_mark_and_say_what_was_asked() -> None:
    two = begun()
    two.mark(1, 60000)
    assert two.act(two.behind(ISOLATED), "add", 2).said == "add"
    assert not two.duel.round.bout.acts
    two.mark(3, 60000)
    assert two.duel.round.bout.acts == ((two.behind(ISOLATED), "add"),)


def test_margin_that_was_added_moves_the_wall_away() -> None:
    two = begun()
    two.mark(1, 60000)
    for seconds in (2, 3):
        two.act(two.behind(ISOLATED), "add", seconds)
    two.marks((4, 60000), (400, 52000), (END, 63000))
    assert gained(two) == {ISOLATED: D("500"), CROSS: D("500")}


def test_a_hedge_halves_what_cross_can_lose() -> None:
    two = begun()
    two.mark(1, 60000)
    two.act(two.behind(CROSS), "hedge", 2)
    two.marks((3, 60000), (400, 30000), (END, 30000))
    assert gained(two)[CROSS] == D("-2500")


def test_what_is_refused_is_refused_for_its_reason() -> None:
    two = begun()
    with pytest.raises(NotNow):
        two.act(1, "close", "0.5")  # type: ignore[arg-type]  # before the entry
    two.mark(1, 60000)
    isolated, cross = two.behind(ISOLATED), two.behind(CROSS)
    with pytest.raises(BadOption) as bad:
        two.act(isolated, "pray", 2)
    assert bad.value.allowed == ("add", "hedge", "close")
    with pytest.raises(OtherWall):
        two.act(isolated, "hedge", 2)
    with pytest.raises(OtherWall):
        two.act(cross, "add", 2)
    with pytest.raises(NotPlaying):
        two.act(9, "close", 200)
    two.act(cross, "close", 200)
    with pytest.raises(ActUsed):
        two.act(cross, "close", 200)
    with pytest.raises(TooLate):
        two.act(isolated, "close", END)


# --- leaving


def leave(two: Fixture, number: int, seconds: float) -> None:
    two.feed(i.Left(at=at(seconds), player=number))


def back(two: Fixture, number: int, seconds: float) -> None:
    two.feed(i.Returned(at=at(seconds), player=number))


def test_a_leaver_loses_the_round_at_once_and_not_the_match() -> None:
    two = begun()
    two.mark(1, 60000)
    leave(two, 1, 100)
    result = two.duel.rounds[0]
    assert (result.bout.forfeit, result.winner, result.gained) == (True, two.team(2), ())
    assert two.views[-1] == "result1"
    assert two.game.due == at(100) + REST
    assert two.game.phase is Phase.RUNNING


def test_who_is_back_within_ten_minutes_plays_on() -> None:
    two = begun()
    two.mark(1, 60000)
    leave(two, 1, 100)
    rest(two, 130)
    assert two.game.due == at(100) + AWAY
    back(two, 1, 300)
    assert two.game.due == at(300) + REST
    rest(two, 330)
    play_round(two, 400, (END, 60500))
    assert len(two.duel.round.bout.notes) == 2
    assert two.duel.rounds[1].winner is None


def test_who_is_back_before_the_rest_is_over_is_not_waited_for() -> None:
    two = begun()
    two.mark(1, 60000)
    leave(two, 1, 100)
    back(two, 1, 110)
    assert two.game.due == at(100) + REST


def test_who_is_back_in_the_middle_of_nothing_changes_nothing() -> None:
    many = halves(4)
    gone = many.duel.teams[0][0]
    leave(many, gone, 10)
    back(many, gone, 20)
    assert many.game.due is None
    assert many.duel.round.bout.on


def test_who_is_away_for_longer_loses_the_match() -> None:
    two = begun()
    two.mark(1, 60000)
    leave(two, 1, 100)
    rest(two, 130)
    rest(two, 700)
    assert (two.game.phase, two.game.why, two.views[-1]) == (Phase.SETTLING, "", "end")
    winner = two.team(2)
    assert (two.duel.wins[winner], two.duel.wins[1 - winner]) == (3, 0)
    standings = two.duel.standings(table(two))
    assert [(s.player, s.place, s.listed) for s in standings] == [(2, 1, True), (1, 0, False)]


def test_what_happened_in_the_last_round_that_was_played_counts_once() -> None:
    two = begun()
    two.marks((1, 60000), (60, 52000))
    fallen, other = two.behind(ISOLATED), two.behind(CROSS)
    leave(two, other, 100)
    rest(two, 130)
    rest(two, 700)
    (ours,) = [s for s in two.duel.standings(table(two)) if s.player == fallen]
    assert list(ours.figures[:2]) == [3, -1]


def test_who_leaves_before_the_round_has_begun_loses_it_when_it_begins() -> None:
    two = Fixture(setup={"leverage": "10"})
    two.join("Mira", "Tobi")
    leave(two, 1, 5)
    assert not two.duel.rounds
    two.sent(1, 6)
    assert two.duel.rounds[0].winner == two.team(2)
    assert two.views == ["round1", "result1"]


def test_where_both_have_left_who_went_first_loses() -> None:
    two = begun()
    two.mark(1, 60000)
    leave(two, 2, 100)
    leave(two, 1, 110)
    rest(two, 130)
    assert two.game.due == at(100) + AWAY
    rest(two, 700)
    assert two.duel.wins[two.team(1)] == 3
    assert [s.place for s in two.duel.standings(table(two))] == [0, 0]


def test_leaving_twice_in_two_rounds_loses_the_match_by_rounds() -> None:
    two = begun()
    for begins in (0, 1000):
        if begins:
            two.sent(2, begins)
        two.mark(begins + 1, 60000)
        leave(two, 1, begins + 100)
        if not begins:
            back(two, 1, 200)
            rest(two, 300)
    assert two.game.phase is Phase.SETTLING
    assert two.views[-2:] == ["result2", "end"]


def test_a_leaver_of_a_half_is_closed_and_the_others_play_on() -> None:
    many = halves(4)
    gone, stays = many.duel.teams[0]
    leave(many, gone, 10)
    assert many.duel.round.bout.on
    many.mark(11, 60000)
    assert many.state.accounts[gone].positions == ()
    assert many.state.accounts[stays].positions
    many.mark(END, 66000)
    one = many.duel.rounds[0]
    assert display(one.gained[0], 6) == 500, "1,000 of one, nothing of the other"
    listed = {s.player: s.listed for s in many.duel.standings(table(many))}
    assert [player for player, is_listed in listed.items() if not is_listed] == [gone]


def test_a_half_that_has_left_altogether_loses_the_round() -> None:
    many = halves(4)
    for seconds, gone in enumerate(many.duel.teams[1], 10):
        leave(many, gone, seconds)
    assert many.duel.rounds[0].winner == 0


# --- halves


def test_halves_score_the_mean_of_their_members() -> None:
    many = halves(4)
    one = many.duel.teams[0][0]
    many.act(one, "close", 130)
    many.marks((131, 60000), (END, 66000))
    assert [display(g, 6) for g in many.duel.rounds[0].gained] == [500, 1000]
    assert many.duel.rounds[0].winner == 1


def test_of_uneven_halves_neither_is_better_off_for_its_size() -> None:
    many = halves(3)
    for begins in (0, 1000, 2000):
        won_by(many, None, begins)
        rest_after = begins + END + 60
        if not many.game.phase.is_over:
            rest(many, rest_after)
    assert [s.place for s in many.duel.standings(table(many))] == [1, 1, 1]


# --- outages


def test_a_missed_minute_is_played_from_its_candle_and_the_round_goes_on() -> None:
    two = begun()
    two.mark(1, 60000)
    two.feed(i.Froze(at=at(100)))
    with pytest.raises(NotNow, match="frozen"):
        two.act(two.behind(CROSS), "hedge", 110)
    two.feed(i.Thawed(at=at(180)))
    for seconds in (60, 120, 180):
        two.missed(candle(seconds, 52000, 60000, 60000))
    two.marks((181, 60000), (END, 63000))
    assert gained(two) == {ISOLATED: D("-1000"), CROSS: D("500")}


def test_a_long_outage_moves_the_end_of_the_round_by_its_own_time() -> None:
    """A tenth of a round of 900 s is 90."""
    for away, ends in ((90, END), (91, END + 91)):
        two = begun()
        two.mark(1, 60000)
        two.feed(i.Froze(at=at(100)))
        two.feed(i.Thawed(at=at(100 + away)))
        assert two.duel.span == (at(1), at(ends))


def test_an_outage_at_the_end_ends_the_round_with_the_minute_of_its_end() -> None:
    two = begun()
    two.mark(1, 60000)
    two.feed(i.Froze(at=at(890)))
    two.feed(i.Thawed(at=at(975)))
    two.missed(candle(900, 59000, 61000, 60000))
    two.missed(candle(960, 20000, 61000, 63000))
    assert gained(two) == {ISOLATED: D("500"), CROSS: D("500")}
    assert two.duel.rounds[0].bout.closed == 63000
    assert two.game.due == at(960) + REST


def test_while_it_waits_for_the_entry_an_outage_costs_nothing() -> None:
    two = begun()
    two.feed(i.Froze(at=at(70)))
    two.feed(i.Thawed(at=at(4000)))
    two.mark(4001, 60000)
    assert two.duel.span == (at(4001), at(4901))
    assert not two.game.moved


def test_a_rest_in_an_outage_is_longer_by_it() -> None:
    two = begun()
    two.mark(1, 60000)
    two.feed(i.Froze(at=at(100)))
    leave(two, 1, 110)
    with pytest.raises(NotNow):
        rest(two, 140)
    two.feed(i.Thawed(at=at(200)))
    assert two.game.due == at(110) + REST + timedelta(seconds=100)


# --- the whole, again


def table(two: Fixture) -> Table:
    return Table(two.game, two.on, two.state.accounts)


def rich() -> Fixture:
    """A match in which everything happens once."""
    two = begun()
    two.marks((1, 60000), (61, 59000))
    two.act(two.behind(ISOLATED), "add", 70)
    two.act(two.behind(CROSS), "hedge", 71)
    two.marks((72, 58990), (200, 58000))
    two.feed(i.Froze(at=at(300)))
    two.feed(i.Thawed(at=at(395)))
    two.missed(candle(360, 53000, 60000, 57000))
    two.marks((396, 57000), (END + 95, 61000))
    two.feed(i.Woke(at=at(1010), since=at(1000)))
    rest(two, 1030)
    two.sent(2, 1040)
    two.mark(1041, 60000)
    ahead = two.duel.teams[two.duel.wins.index(1)][0]
    leave(two, ahead, 1100)
    back(two, ahead, 1200)
    rest(two, 1230)
    two.sent(3, 1240)
    two.mark(1241, 60000)
    two.act(two.behind(CROSS), "close", 1400)
    two.marks((1401, 60100), (1300 + END, 50000))
    assert two.game.phase is Phase.SETTLING
    return two


def folded(two: Fixture, log: list[Input]) -> State:
    state = two.first
    for what in log:
        state = fed(state, what, two.kind, two.on).state
    return state


def test_the_log_of_inputs_makes_the_same_game_again() -> None:
    two = rich()
    assert folded(two, two.log) == two.state


def test_the_log_as_a_database_keeps_it_makes_the_same_game_again() -> None:
    two = rich()
    kind = cast("type[Input]", Input)
    kept = [loads(kind, dumps(what, Input)) for what in two.log]
    assert kept == two.log
    assert folded(two, kept) == two.state


def test_a_game_that_was_kept_and_read_after_every_input_ends_the_same() -> None:
    two = rich()
    state = two.first
    for what in two.log:
        state = fed(state, what, two.kind, two.on).state
        play = None if state.play is None else loads(Duel, dumps(state.play, Duel))
        state = State(loads(Game, dumps(state.game)), play, state.accounts)
    assert state == two.state


def test_standings_of_a_match_that_has_not_begun_know_nobody_better() -> None:
    two = begun()
    assert two.duel.standings(table(two)) == tuple(
        Standing(p, (D(0), D(0), D(0)), place=1) for team in two.duel.teams for p in team
    )


def test_a_duel_wants_its_own_pair_and_names_its_accounts_by_the_round() -> None:
    two = begun()
    bout: Bout = two.duel.round.bout
    assert two.duel.wants(table(two)) == {bout.symbol}
    assert (two.duel.purse, two.duel.until) == (1, None)
    assert two.duel.judged == at(0)
    assert two.duel.next_look == at(0)

"""Survive the crash, from the first message to the last tick: clocks, choices, coming and going."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.database.codec import dumps, loads
from core.errors import Refusal
from core.lessons.challenges import kinds
from core.lessons.challenges.crash import GRACE, KIND, LEVERAGES, PACES, Crash, entries
from core.lessons.game import inputs as i
from core.lessons.game.audit import Audit, agrees, audit
from core.lessons.game.errors import NoSeat, NotNow, NotPlaying, TooLate
from core.lessons.game.game import Game, Phase
from core.lessons.game.kind import Post, Table
from core.lessons.game.lifecycle import State, fed
from core.lessons.game.recorded import Recorded
from core.lessons.game.survival import Survivor
from core.margin.pool import Side
from core.money import D
from core.paper.events import PoolLiquidated
from tests.builders import amount, exact
from tests.core.lessons.game.builders import at, ground
from tests.core.lessons.game.crashes import A, B, Fixture, both, reel
from tests.core.lessons.game.test_reel import falling
from tests.fakes.scenarios import FixedScenarios

__all__ = ["exact"]

FALL = reel(
    both(1),
    both(1, 1, "0.95", "0.96"),
    both("0.96", "0.96", "0.85", "0.88"),
    both("0.88", "0.9", "0.8", "0.85"),
    both("0.85", "0.99", "0.85", "0.99"),
)
LONG = "5eed"
"""A seed whose book is long."""


def game(**setup: str) -> Fixture:
    """Three people at the first tick of five."""
    return Fixture(FALL, setup=setup, seed=LONG).begin("Mira", "Tobi", "Otto")


def test_the_book_is_long_as_these_tests_have_it() -> None:
    mine = game()
    assert {leg.side for leg in (p.leg for p in mine.account(1).positions)} == {Side.LONG}
    assert mine.account(1) == mine.account(3)


# --- the clock ------------------------------------------------------------------------------------


def test_the_first_tick_is_announced_and_its_time_begins_when_it_is_there() -> None:
    mine = Fixture(FALL)
    for name in ("Mira", "Tobi"):
        mine.join(name)
    found = mine.feed(i.Began(at=at()))
    assert found.posts == (Post("tick", 1, starts=True, live=True),)
    assert (mine.crash.due, mine.game.due) == (None, None)
    mine.clock = 20
    mine.sent()
    assert mine.game.due == at(65)


@pytest.mark.parametrize(("pace", "seconds"), [("45s", 45), ("30s", 30), ("60s", 60)])
def test_a_tick_lasts_as_long_as_was_chosen(pace: str, seconds: int) -> None:
    assert game(pace=pace).crash.due == at(seconds)


def test_without_its_message_time_stands_still() -> None:
    mine = game()
    mine.due()
    assert (mine.crash.passed, mine.crash.due) == (1, None)
    mine.feed(i.Due(at=at(3_000)))
    assert mine.crash.passed == 1
    mine.clock = 3_000
    mine.sent(1)  # an old message that arrives late starts nothing
    assert mine.crash.due is None
    mine.sent(2)
    assert mine.crash.due == at(3_045)


def test_a_message_that_arrives_twice_starts_nothing_anew() -> None:
    mine = game()
    mine.clock = 30
    mine.sent(1)
    assert mine.crash.due == at(45)


def test_nothing_happens_before_the_time_is_up() -> None:
    mine = game()
    mine.feed(i.Due(at=at(44)))
    assert mine.crash.passed == 0


def test_a_message_that_can_never_arrive_ends_the_game_without_a_result() -> None:
    mine = game()
    mine.due()
    mine.feed(i.Unsent(at=at(90), view="tick", number=2))
    assert (mine.game.phase, mine.game.why) == (Phase.SETTLING, "unreachable")


def test_after_a_stop_the_open_tick_has_its_whole_time_again_and_keeps_its_choices() -> None:
    mine = game()
    mine.choose(1, "cut50")
    mine.feed(i.Woke(at=at(500), since=at(20)))
    assert (mine.crash.passed, mine.crash.due) == (0, at(545))
    assert mine.crash.chosen == {1: "cut50"}
    assert "back20" in mine.views


def test_whoever_waits_for_a_message_waits_on_after_a_stop() -> None:
    mine = game()
    mine.due()
    mine.feed(i.Woke(at=at(500), since=at(50)))
    assert mine.crash.due is None


def test_it_is_over_after_the_last_tick() -> None:
    mine = game()
    mine.pass_(5)
    assert mine.views == ["tick1", "tick2", "tick3", "tick4", "tick5", "end"]
    assert mine.game.phase is Phase.SETTLING
    assert (mine.crash.passed, mine.crash.tick, mine.crash.over) == (5, 5, True)
    assert not mine.crash.waits_for(5)


def test_it_is_over_when_all_are_out_and_dead_ticks_count_for_nothing() -> None:
    end = reel(both(1), both(1, 1, "0.3", "0.3"), both("0.3"), both("0.3"))
    mine = Fixture(end, seed=LONG).begin("Mira", "Tobi")
    mine.pass_(2)
    assert mine.game.phase is Phase.SETTLING
    assert mine.crash.score(1) == D(50) / 4
    assert mine.crash.counted == 4


# --- choices --------------------------------------------------------------------------------------


def test_a_choice_is_taken_in_private_and_done_when_the_time_is_up() -> None:
    mine = game()
    found = mine.choose(1, "1:cut50", 10)
    assert (found.said, found.posts, found.deeds) == ("cut50", (), ())
    assert mine.account(1).positions[0].leg.quantity == 150
    deeds = mine.due().deeds
    assert [deed.player for deed in deeds] == [1]
    assert mine.account(1).positions[0].leg.quantity == 75
    assert mine.crash.chosen == {}
    assert mine.crash.survivors[1].acts == ((1, "cut50"),)


def test_the_last_choice_before_the_deadline_counts() -> None:
    mine = game()
    for act in ("cut100", "add", "hold"):
        mine.choose(1, act)
    mine.choose(2, "hold")
    mine.choose(2, "cut25")
    mine.due()
    assert mine.crash.survivors[1].acts == ()
    assert mine.crash.survivors[2].acts == ((1, "cut25"),)


def test_a_choice_counts_a_little_after_the_deadline_and_then_no_more() -> None:
    mine = game()
    after = 45 + GRACE / timedelta(seconds=1)
    mine.choose(1, "cut50", after)
    with pytest.raises(TooLate) as refusal:
        mine.choose(1, "hold", after + 0.001)
    assert refusal.value.until == at(45)


def test_a_button_of_an_old_tick_does_nothing() -> None:
    mine = game()
    mine.due()
    with pytest.raises(NotNow, match="tick"):
        mine.choose(1, "1:cut50")
    assert mine.choose(1, "2:cut50").said == "cut50"  # before its time began, too


def test_which_way_free_money_goes_is_said() -> None:
    mine = game()
    assert mine.choose(1, "cash").said == "cash_in"
    assert mine.choose(1, "cash").said == "cash_in"  # nothing is done before the time is up
    mine.pass_()
    assert mine.choose(1, "cash").said == "cash_out"


def test_what_cannot_be_done_is_said_at_once_and_changes_nothing() -> None:
    mine = game()
    mine.choose(1, "cut100")
    mine.pass_()
    before = mine.crash
    with pytest.raises(NotNow, match="flat"):
        mine.choose(1, "add")
    assert mine.crash == before


def test_strangers_leavers_and_the_dead_choose_nothing() -> None:
    mine = game()
    with pytest.raises(NotPlaying):
        mine.choose(9, "hold")
    mine.feed(i.Left(at=at(), player=2))
    with pytest.raises(NotPlaying):
        mine.choose(2, "hold")
    out = {**mine.crash.survivors, 1: Survivor(amount(0), amount(0), out=True)}
    mine.state = replace(mine.state, play=replace(mine.crash, survivors=out))
    with pytest.raises(NotNow, match="out"):
        mine.choose(1, "hold")


def test_all_who_do_the_same_stand_the_same() -> None:
    mine = game()
    mine.pass_(p1="add", p2="add", p3="hedge")
    mine.pass_(4)
    assert mine.crash.survivors[1] == mine.crash.survivors[2] != mine.crash.survivors[3]
    assert mine.account(1) == mine.account(2)


# --- coming and going -----------------------------------------------------------------------------


def test_until_the_third_tick_somebody_may_join_as_if_they_had_held() -> None:
    mine = game()
    mine.pass_(2)
    mine.clock += 5
    found = mine.join("Anna")
    assert found.said == "joined"
    assert mine.game.player(4).late
    assert mine.crash.survivors[4] == mine.crash.survivors[1]
    mine.pass_(3, p4="hedge")
    assert mine.crash.survivors[4].acts == ((3, "hedge"),)
    assert mine.crash.survivors[4].alive == 5


def test_from_the_fourth_tick_on_nobody_may() -> None:
    mine = game()
    mine.pass_(3)
    with pytest.raises(NoSeat, match="begun"):
        mine.join("Anna")


def test_somebody_may_join_while_the_first_message_is_on_its_way() -> None:
    mine = Fixture(FALL, seed=LONG)
    for name in ("Mira", "Tobi"):
        mine.join(name)
    mine.feed(i.Began(at=at()))
    mine.join("Anna")
    assert mine.crash.survivors[3] == mine.crash.survivors[1]


def test_whoever_leaves_holds_on_and_stands_under_the_line() -> None:
    mine = game()
    mine.choose(2, "cut100")
    mine.feed(i.Left(at=at(5), player=2))
    mine.pass_(5)
    standings = mine.crash.standings(table(mine))
    assert mine.crash.survivors[2].acts == ()
    assert [one.player for one in standings if not one.listed] == [2]
    assert {one.player: one.place for one in standings} == {1: 1, 3: 1, 2: 0}


def test_whoever_comes_back_goes_on_with_what_they_hold() -> None:
    mine = game()
    mine.feed(i.Left(at=at(5), player=2))
    mine.pass_(2)
    mine.feed(i.Returned(at=at(100), player=2))
    mine.pass_(3, p2="cut100")
    assert mine.crash.survivors[2].acts == ((3, "cut100"),)
    assert all(one.listed for one in mine.crash.standings(table(mine)))


def test_when_nobody_is_left_it_ends() -> None:
    mine = game()
    for player in (1, 2, 3):
        mine.feed(i.Left(at=at(5), player=player))
    assert mine.views == ["tick1", "end"]
    assert mine.game.phase is Phase.SETTLING


# --- who is where ---------------------------------------------------------------------------------


def table(mine: Fixture) -> Table:
    return Table(mine.game, mine.on, mine.state.accounts)


def test_before_the_first_tick_is_over_nobody_has_points() -> None:
    mine = game()
    assert {one.figures[0] for one in mine.crash.standings(table(mine))} == {0}
    assert mine.crash.best == mine.crash.policies["flat"][0]


def test_points_are_told_as_they_stand() -> None:
    mine = game()
    mine.pass_(p1="cut100")
    mine.pass_()
    assert mine.crash.best == 10_000
    assert mine.crash.score(1) == 110
    assert mine.crash.score(2) == 60 + D(50) * (10_000 - 1_200) / 10_000


def test_a_tie_goes_to_the_higher_low_and_then_to_who_did_less() -> None:
    calm = reel(both(1, "1.01", "0.99", 1), both(1), both(1))
    mine = Fixture(calm, seed=LONG).begin("Mira", "Tobi", "Otto", "Anna")
    mine.pass_(p1="hedge", p2="cut25", p3="cash")
    mine.pass_(2, p1="hold")
    figures = {one.player: one for one in mine.crash.standings(table(mine))}
    assert {one.figures[0] for one in figures.values()} == {110}
    # 75 of 300 coins hedged or 25 % sold fell by 225, the others by 300; of these who did less.
    assert [figures[n].place for n in (1, 2, 3, 4)] == [1, 1, 4, 3]


def test_what_each_policy_would_have_kept_is_known_from_the_start() -> None:
    mine = game()
    assert set(mine.crash.policies) == {"isolated", "cross", "flat"}
    assert {len(worth) for worth in mine.crash.policies.values()} == {5}
    assert mine.crash.ticks == 5


def test_holding_is_one_of_the_policies_as_far_as_the_walls_agree() -> None:
    mine = game()
    mine.pass_(5)
    # The isolated position fell in the third tick; the cross one lived.
    assert mine.crash.policies["isolated"][-1] == 7_000
    assert mine.crash.policies["cross"][-1] == 10_000 - 300
    assert mine.crash.survivors[1].equity == 10_000 - 1_500 - 150
    assert mine.crash.survivors[1].pockets == 1


# --- the kind -------------------------------------------------------------------------------------


def test_the_level_is_the_leverage() -> None:
    for level, leverage in LEVERAGES.items():
        mine = game(level=level)
        assert {entry[2] for entry in entries(table(mine))} == {leverage}


def test_the_kind_as_it_is_listed() -> None:
    assert kinds()["crash"] is KIND
    assert isinstance(KIND, Recorded)
    assert KIND.options[1].values == tuple(PACES)
    assert KIND.pace(Game(kind="crash", seed=LONG)) == 1
    assert not game().crash.wants(table(game()))


def test_it_begins_by_itself_only_when_nobody_has_room_any_more() -> None:
    mine = Fixture(FALL, seed=LONG)
    for number in range(KIND.most - 1):
        mine.join(f"p{number}")
    assert mine.state.play is None
    mine.join("the last one")
    assert len(mine.crash.survivors) == 200


def test_without_an_event_there_is_no_game() -> None:
    mine = Fixture(None)
    for name in ("Mira", "Tobi"):
        mine.join(name)
    mine.feed(i.Began(at=at()))
    assert (mine.game.phase, mine.game.why) == (Phase.SETTLING, "unplayable")


def test_the_event_is_drawn_of_coins_that_take_the_leverage() -> None:
    source, open_game = FixedScenarios(falling()), Game(kind="crash", seed=LONG)
    (found,) = KIND.reels(open_game, source, ground())
    assert len(found.ticks) == 12
    (long,) = KIND.reels(replace(open_game, setup={"ticks": "30"}), source, ground())
    assert len(long.ticks) == 30
    assert KIND.reels(open_game, source, replace(ground(), symbols=())) == ()
    assert KIND.reels(open_game, FixedScenarios(), ground()) == ()


def test_it_is_looked_at_at_the_open_of_the_tick() -> None:
    mine = game()
    mine.pass_(2)
    marks = KIND.marks(mine.crash, mine.on, at(100))
    assert marks is not None
    assert (marks.at, marks.price(A), marks.price(B)) == (at(100), D(96), D(96))


# --- kept, replayed, published --------------------------------------------------------------------


def busy() -> Fixture:
    """A whole game in which a lot happens."""
    mine = game()
    mine.pass_(p1="cut50", p2="cash")
    mine.choose(3, "hedge")
    mine.feed(i.Woke(at=at(mine.clock + 5), since=at(mine.clock)))
    mine.clock += 5
    mine.join("Anna")
    mine.pass_()
    mine.feed(i.Left(at=at(mine.clock), player=2))
    for bad in ("9:hold", "pray"):
        with pytest.raises(Refusal):
            mine.choose(1, bad)
    mine.pass_(3, p1="cut100", p4="add")
    return mine


def test_the_same_inputs_make_the_same_game() -> None:
    mine = busy()
    again = State(Game(kind="crash", seed=LONG, phase=Phase.OPEN))
    for what in mine.log:
        again = fed(again, what, KIND, mine.on).state
    assert again == mine.state


def test_a_play_is_kept_and_read_at_every_stage() -> None:
    mine = game()
    for act in ("add", "hedge", "cash", "cut25"):
        mine.choose(1, act)
        assert loads(Crash, dumps(mine.crash)) == mine.crash
        mine.pass_()
        assert loads(Crash, dumps(mine.crash)) == mine.crash


def test_what_is_published_says_the_event_and_ends_alike_when_it_is_played_again() -> None:
    mine = busy()
    told = loads(Audit, dumps(audit(7, mine.state, mine.on, mine.log)))
    assert told.conditions.reel == mine.on.reel
    assert agrees(told, KIND) == ()
    best = replace(told.standings[0], figures=(D(111), *told.standings[0].figures[1:]))
    assert agrees(replace(told, standings=(best, *told.standings[1:])), KIND) == ("standings",)


def test_every_change_of_an_account_is_a_deed() -> None:
    mine = game()
    accounts = dict(mine.state.accounts)
    for act in ("cash", "cut25", "hold", "cut50", "cut100"):
        mine.choose(1, act)
        found = mine.due()
        for deed in found.deeds:
            assert accounts[deed.player] == deed.before
            accounts[deed.player] = deed.after
        assert accounts == mine.state.accounts
        if mine.game.phase is Phase.RUNNING:
            mine.sent()
    assert any(one.pockets or one.crosses for one in mine.crash.survivors.values())


def test_falls_are_in_the_deeds() -> None:
    mine = game()
    mine.pass_(2)
    events = [event for deed in mine.due().deeds for event in deed.events]
    assert [type(event) for event in events] == [PoolLiquidated] * 3


def test_a_tick_can_be_put_off() -> None:
    mine = game()
    assert mine.crash.moved(timedelta(minutes=5)).due == at(345)
    mine.due()
    assert mine.crash.moved(timedelta(minutes=5)) == mine.crash

"""From draft to final: what each input does at each stage, whatever the kind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

import pytest

from core.errors import Refusal
from core.lessons.challenges import arena
from core.lessons.game import inputs as i
from core.lessons.game.errors import (
    BadOption,
    NoGame,
    NoSeat,
    NotNow,
    NotPlaying,
    TooFew,
    Unplayable,
)
from core.lessons.game.game import Game, Phase
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Deed, Option, Post, Span, Step, Table
from core.lessons.game.lifecycle import Fed, State, chosen_option, fed, opened
from core.lessons.game.standing import Standing
from core.market import Symbol
from core.paper.account import bare
from core.paper.actions import CloseAll
from tests.core.lessons.game.builders import at, ground, tick

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A play that remembers what it took; it runs for an hour, and ends or fails when told."""

    took: tuple[str, ...] = ()
    purse: int = 1
    due: datetime | None = None
    span: Span | None = None
    next_look: datetime | None = None
    judged: datetime | None = None
    until: ClassVar[None] = None

    def wants(self, table: Table) -> frozenset[Symbol]:
        del table
        return frozenset()

    def take(self, what: Input, table: Table) -> Step:
        new = replace(self, took=(*self.took, type(what).__name__))
        said = (Post("heard", len(new.took)),)
        match what:
            case i.Answered(value="end"):
                return Step(play=new, posts=said, said="ended", over=True)
            case i.Answered(value="fail"):
                return Step(play=new, posts=said, void="unplayable")
            case i.Answered(value="purse"):
                return Step(play=replace(new, purse=self.purse + 1))
            case i.Answered(player=number, value="deed"):
                account = table.accounts.get(number, bare(0, ""))
                after = replace(account, version=account.version + 1)
                return Step(play=new, deeds=(Deed(number, account, (), after, what.at),))
            case _:
                return Step(play=replace(new, due=what.at + HOUR), posts=said, said="heard")

    def standings(self, table: Table) -> tuple[Standing, ...]:
        del table
        return ()

    def moved(self, by: timedelta) -> "Tally":
        span = None if self.span is None else (self.span[0], self.span[1] + by)
        return replace(self, span=span, due=self.due and self.due + by)


class TallyKind:
    """Two to three players; with three it begins by itself, and it takes a fourth never."""

    name: ClassVar[str] = "tally"
    order: ClassVar[int] = 99
    play: ClassVar[type] = Tally
    options: ClassVar[tuple[Option, ...]] = (Option("length", ("1h", "2h")), Option("mode", ("a",)))
    fewest: ClassVar[int] = 2
    most: ClassVar[int] = 3
    open_for: ClassVar[timedelta] = timedelta(minutes=5)
    trades: ClassVar[bool] = False

    def __init__(self, *, late: bool = True, playable: bool = True) -> None:
        self.late = late
        self.playable = playable

    def pace(self, game: Game) -> int:
        del game
        return 1

    def full(self, game: Game) -> bool:
        return len(game.playing) == self.most

    def takes_late(self, game: Game, at: datetime) -> bool:
        del game, at
        return self.late

    def begin(self, table: Table, at: datetime) -> Step:
        if not self.playable:
            raise Unplayable("leverage")
        play = Tally(took=(f"begin {len(table.game.playing)}",), span=(at, at + HOUR))
        return Step(play=play, posts=(Post("board", starts=True),))


KIND, GROUND = TallyKind(), ground()


def draft() -> Game:
    return Game(kind="tally", seed="5eed")


def feed(state: State, what: Input, kind: TallyKind = KIND) -> Fed:
    return fed(state, what, kind, GROUND)


def after(state: State, *inputs: Input, kind: TallyKind = KIND) -> State:
    for what in inputs:
        state = feed(state, what, kind).state
    return state


def join(name: str, seconds: float = 0) -> i.Joined:
    return i.Joined(at=at(seconds), name=name)


def opened_game(players: int = 0) -> State:
    state = opened(draft(), KIND, at()).state
    return after(state, *(join(f"p{n}") for n in range(players)))


def running(players: int = 2) -> State:
    state = opened_game(min(players, 2))
    return after(state, i.Began(at=at(10)), *(join("late", 20) for _ in range(players - 2)))


def frozen() -> State:
    return after(running(), i.Froze(at=at(100)))


def over(phase: Phase) -> State:
    state = after(running(), i.Stopped(at=at(100), why="stopped"))
    return replace(state, game=replace(state.game, phase=phase))


STATES: Mapping[Phase, State] = {
    Phase.DRAFT: State(draft()),
    Phase.OPEN: opened_game(2),
    Phase.RUNNING: running(),
    Phase.FROZEN: frozen(),
    **{phase: over(phase) for phase in (Phase.SETTLING, Phase.FINAL, Phase.ARCHIVED)},
}

LATER = at(200)
INPUTS: Mapping[str, Input] = {
    "joined": join("new", 200),
    "returned": i.Returned(at=LATER, player=1),
    "left": i.Left(at=LATER, player=1),
    "began": i.Began(at=LATER),
    "sent": i.Sent(at=LATER, view="board", number=0),
    "unsent": i.Unsent(at=LATER, view="board", number=0),
    "due": i.Due(at=LATER),
    "ticked": i.Ticked(marks=tick(200, 100)),
    "funded": i.Funded(marks=tick(200, 100), rates=()),
    "ordered": i.Ordered(at=LATER, player=1, action=CloseAll()),
    "answered": i.Answered(at=LATER, player=1, value="yes"),
    "named": i.Named(at=LATER, player=1, name="Owls"),
    "reported": i.Reported(at=LATER, player=1, about="3"),
    "ruled": i.Ruled(at=LATER, what="pair", about="1,2"),
    "froze": i.Froze(at=LATER),
    "thawed": i.Thawed(at=LATER),
    "woke": i.Woke(at=LATER, since=at(150)),
    "deaf": i.Deaf(at=LATER, since=at(150)),
    "stopped": i.Stopped(at=LATER, why="stopped"),
}
"""One of each."""

NO, THERE, HEARD = NotNow, NotPlaying, "heard"
TABLE: Mapping[str, tuple[object, object, object, object]] = {
    #            draft       open        running     frozen
    "joined": (NO, Phase.RUNNING, HEARD, NO),
    "returned": (THERE, THERE, THERE, THERE),
    "left": (THERE, Phase.OPEN, HEARD, HEARD),
    "began": (NO, Phase.RUNNING, NO, NO),
    "sent": (NO, NO, HEARD, HEARD),
    "unsent": (Phase.SETTLING,) * 4,
    "due": (NO, Phase.RUNNING, HEARD, NO),
    "ticked": (NO, NO, HEARD, NO),
    "funded": (NO, NO, Phase.RUNNING, NO),
    "ordered": (NO, NO, HEARD, NO),
    "answered": (NO, NO, HEARD, NO),
    "named": (NO, NO, HEARD, NO),
    "reported": (NO, NO, HEARD, NO),
    "ruled": (NO, NO, HEARD, NO),
    "froze": (NO, NO, Phase.FROZEN, NO),
    "thawed": (NO, NO, NO, Phase.RUNNING),
    "woke": (Phase.DRAFT, Phase.OPEN, HEARD, Phase.FROZEN),
    "deaf": (NO, NO, HEARD, NO),
    "stopped": (Phase.SETTLING,) * 4,
}
"""What an input does: what it leads to, that the play hears it, or which refusal it meets."""

ON = (Phase.DRAFT, Phase.OPEN, Phase.RUNNING, Phase.FROZEN)
CASES = [(name, phase, row[n]) for name, row in TABLE.items() for n, phase in enumerate(ON)]


def test_the_table_names_every_input() -> None:
    assert {type(what) for what in INPUTS.values()} == set(Input.__args__)
    assert TABLE.keys() == INPUTS.keys()


@pytest.mark.parametrize(("name", "phase", "expected"), CASES)
def test_each_input_does_at_each_stage_what_the_table_says(
    name: str, phase: Phase, expected: object
) -> None:
    state, what = STATES[phase], INPUTS[name]
    if isinstance(expected, type):
        with pytest.raises(expected):
            feed(state, what)
        return
    found = feed(state, what).state
    heard = state.play is not None and found.play != state.play
    assert heard is (expected is HEARD)
    assert found.game.phase is (phase if expected is HEARD else expected)


@pytest.mark.parametrize("phase", [Phase.SETTLING, Phase.FINAL, Phase.ARCHIVED])
@pytest.mark.parametrize("name", INPUTS)
def test_nothing_reaches_a_game_that_is_over(name: str, phase: Phase) -> None:
    with pytest.raises(NoGame):
        feed(STATES[phase], INPUTS[name])


def test_where_there_are_no_squads_none_is_named() -> None:
    state = State(Game(kind="arena", seed="5eed", phase=Phase.OPEN))
    for what in (join("p1"), join("p2"), i.Began(at=at())):
        state = fed(state, what, arena.KIND, GROUND).state
    with pytest.raises(NoGame):
        fed(state, INPUTS["named"], arena.KIND, GROUND)


def test_a_name_that_is_taken_stands_clean_with_who_gave_it() -> None:
    named = i.Named(at=LATER, player=1, name=" Night\u200b Owls [here]")
    players = after(running(), named).game.players
    assert [p.banner for p in players] == ["Night Owls h", ""]


# --- a draft


def choose(game: Game, name: str, value: str) -> Game:
    return chosen_option(game, KIND, name, value, ground())


def test_options_are_chosen_in_a_draft() -> None:
    chosen = choose(choose(draft(), "length", "2h"), "mode", "a")
    assert chosen.setup == {"length": "2h", "mode": "a"}


def test_an_option_or_a_value_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadOption) as value:
        choose(draft(), "length", "3h")
    assert value.value.allowed == ("1h", "2h")
    with pytest.raises(BadOption) as option:
        choose(draft(), "colour", "red")
    assert option.value.allowed == ("length", "mode")


def test_after_the_draft_nothing_is_chosen_and_nothing_opened_again() -> None:
    game = opened_game().game
    with pytest.raises(NotNow):
        choose(game, "length", "2h")
    with pytest.raises(NotNow):
        opened(game, KIND, at())


def test_an_open_game_waits_for_its_time_in_a_lobby() -> None:
    found = opened(draft(), KIND, at(7))
    assert found.state.game.due == at(7) + KIND.open_for
    assert found.posts == (Post("lobby", live=True),)


# --- coming and going


def test_who_joins_has_a_number_a_clean_name_and_a_room() -> None:
    what = i.Joined(at=at(3), name="\u202eMira", room=1, hidden=True)
    found = feed(opened_game(1), what)
    assert found.said == "joined"
    new = found.state.game.player(2)
    assert (new.name, new.joined, new.room, new.hidden, new.late) == ("Mira", at(3), 1, True, False)


def test_names_that_are_there_are_told_apart() -> None:
    game = after(opened_game(), join("Mira"), join("mira")).game
    assert [p.name for p in game.players] == ["Mira", "mira #2"]


def test_with_the_last_seat_taken_it_begins_by_itself() -> None:
    found = feed(opened_game(2), join("third", 4))
    game = found.state.game
    assert (found.said, game.phase, game.began, game.due) == ("joined", Phase.RUNNING, at(4), None)
    assert found.posts == (Post("board", starts=True),)
    assert isinstance(found.state.play, Tally)
    assert found.state.play.took == ("begin 3",)


def test_who_comes_late_is_marked_and_the_play_hears_of_it() -> None:
    found = feed(running(), join("late", 50))
    assert found.state.game.player(3).late
    assert found.posts == (Post("heard", 2),)


def test_nobody_comes_late_where_the_kind_does_not_take_them() -> None:
    with pytest.raises(NoSeat) as begun:
        feed(running(), join("late", 50), TallyKind(late=False))
    assert begun.value.why == "begun"


def test_a_full_game_takes_nobody() -> None:
    with pytest.raises(NoSeat) as full:
        feed(running(3), join("fourth", 50))
    assert full.value.why == "full"


def test_who_leaves_before_it_begins_was_never_there() -> None:
    found = feed(opened_game(2), i.Left(at=at(5), player=1))
    assert (found.said, [p.number for p in found.state.game.players]) == ("left", [2])
    again = feed(found.state, join("p1", 6)).state.game
    assert [p.number for p in again.players] == [2, 3]


def test_who_leaves_later_keeps_a_seat_and_may_come_back() -> None:
    left = feed(running(), i.Left(at=at(50), player=1)).state
    assert left.game.player(1).left == at(50)
    with pytest.raises(NotPlaying):
        feed(left, i.Left(at=at(51), player=1))
    back = feed(left, i.Returned(at=at(60), player=1)).state
    assert back.game.player(1).left is None
    assert isinstance(back.play, Tally)
    assert back.play.took == ("begin 2", "Left", "Returned")
    with pytest.raises(NotPlaying):
        feed(back, i.Returned(at=at(61), player=1))


def test_nobody_else_comes_or_goes() -> None:
    for what in (i.Left(at=at(5), player=9), i.Returned(at=at(5), player=9)):
        with pytest.raises(NotPlaying):
            feed(running(), what)


# --- beginning


def test_too_few_cannot_begin() -> None:
    with pytest.raises(TooFew) as few:
        feed(opened_game(1), i.Began(at=at(5)))
    assert (few.value.needed, few.value.joined) == (2, 1)


def test_when_the_time_to_join_is_over_it_begins_or_expires() -> None:
    assert feed(opened_game(2), i.Due(at=at(300))).state.game.phase is Phase.RUNNING
    expired = feed(opened_game(1), i.Due(at=at(300)))
    game = expired.state.game
    assert (game.phase, game.why, game.ended, game.due) == (
        Phase.SETTLING,
        "expired",
        at(300),
        None,
    )
    assert expired.posts == (Post("void"),)


@pytest.mark.parametrize("what", [i.Due(at=at(9)), i.Began(at=at(9)), join("third", 9)])
def test_what_cannot_be_played_here_is_void_however_it_begins(what: Input) -> None:
    found = feed(opened_game(2), what, TallyKind(playable=False))
    assert (found.state.game.phase, found.state.game.why) == (Phase.SETTLING, "unplayable")
    assert found.posts == (Post("void"),)


# --- playing


def test_the_game_is_due_when_its_play_is() -> None:
    found = feed(running(), i.Due(at=at(50)))
    assert found.state.game.due == at(50) + HOUR
    assert (found.said, found.posts) == ("heard", (Post("heard", 2),))


def test_a_play_that_is_over_ends_the_game() -> None:
    found = feed(running(), i.Answered(at=at(50), player=1, value="end"))
    game = found.state.game
    assert (game.phase, game.ended, game.due, game.why) == (Phase.SETTLING, at(50), None, "")
    assert (found.said, found.posts) == ("ended", (Post("heard", 2),))


def test_a_play_that_cannot_go_on_is_void_and_says_so_last() -> None:
    found = feed(running(), i.Answered(at=at(50), player=1, value="fail"))
    game = found.state.game
    assert (game.phase, game.ended, game.why) == (Phase.SETTLING, at(50), "unplayable")
    assert found.posts == (Post("heard", 2), Post("void"))


def test_accounts_are_kept_until_there_is_another_purse() -> None:
    state = after(running(), *(i.Answered(at=at(n), player=1, value="deed") for n in (50, 51)))
    assert state.accounts[1].version == 2
    assert after(state, i.Due(at=at(52))).accounts == state.accounts
    assert after(state, i.Answered(at=at(53), player=1, value="purse")).accounts == {}


# --- stopping


def test_a_game_that_is_stopped_says_why() -> None:
    found = feed(running(), i.Stopped(at=at(60), why="outage"))
    assert (found.said, found.state.game.why) == ("stopped", "outage")
    assert found.posts == (Post("void"),)


def test_where_nothing_can_be_said_nothing_is() -> None:
    found = feed(running(), i.Unsent(at=at(60), view="board", number=0))
    assert (found.state.game.why, found.posts) == ("unreachable", ())


# --- waking


def test_that_the_bot_is_back_is_said_once_for_each_absence() -> None:
    found = feed(running(), i.Woke(at=at(99), since=at(40)))
    assert found.posts == (Post("back", 30), Post("heard", 2))
    assert feed(running(), i.Woke(at=at(120), since=at(40))).posts[0] == Post("back", 30)
    assert feed(running(), i.Woke(at=at(120), since=at(100))).posts[0] == Post("back", 90)


def test_a_frozen_or_waiting_game_is_told_and_does_nothing() -> None:
    assert feed(frozen(), i.Woke(at=at(120), since=at(110))).posts == (Post("back", 100),)
    assert feed(opened_game(1), i.Woke(at=at(120), since=at(110))).posts == (Post("back"),)


# --- outages


def thawed(away: float, *, moved: bool = False) -> Fed:
    """A game of an hour that was frozen for so many seconds."""
    state = frozen()
    state = replace(state, game=replace(state.game, moved=moved))
    return feed(state, i.Thawed(at=at(100 + away)))


def ends(found: Fed) -> datetime:
    assert found.state.play is not None
    assert found.state.play.span is not None
    return found.state.play.span[1]


def test_a_game_is_frozen_since_a_moment_and_not_after_it() -> None:
    assert (frozen().game.phase, frozen().game.frozen) == (Phase.FROZEN, at(100))
    game = thawed(30).state.game
    assert (game.phase, game.frozen) == (Phase.RUNNING, None)


def test_a_tenth_of_the_time_is_borne_and_more_moves_the_end() -> None:
    borne, moved = thawed(360), thawed(361)
    assert ends(borne) == at(10) + HOUR
    assert not borne.state.game.moved
    assert ends(moved) == at(10 + 361) + HOUR
    assert moved.state.game.moved


def test_the_end_is_moved_once_and_the_second_time_the_game_is_void() -> None:
    assert thawed(360, moved=True).state.game.phase is Phase.RUNNING
    void = thawed(361, moved=True)
    assert (void.state.game.phase, void.state.game.why) == (Phase.SETTLING, "outage")
    assert void.posts == (Post("void"),)
    assert void.state.game.frozen is None


def test_the_end_is_moved_by_a_day_at_most() -> None:
    day = timedelta(hours=24).total_seconds()
    assert thawed(day).state.game.moved
    assert thawed(day + 1).state.game.why == "outage"


def test_where_no_end_is_set_all_that_is_to_come_waits() -> None:
    state = after(running(), i.Due(at=at(50)))
    assert isinstance(state.play, Tally)
    state = replace(state, play=replace(state.play, span=None))
    for _ in range(2):
        state = after(state, i.Froze(at=at(100)), i.Thawed(at=at(10**6)))
    assert (state.game.phase, state.game.moved) == (Phase.RUNNING, False)
    assert state.game.due == at(50) + HOUR + 2 * (at(10**6) - at(100))


def test_marks_that_are_older_than_the_frost_thaw_and_move_nothing() -> None:
    assert ends(thawed(-5)) == at(10) + HOUR


def test_what_was_due_before_the_frost_is_due_after_it() -> None:
    state = after(running(), i.Due(at=at(50)), i.Froze(at=at(100)), i.Thawed(at=at(130)))
    assert state.game.due == at(50) + HOUR


def test_who_leaves_a_frozen_game_is_heard_and_it_stays_frozen() -> None:
    found = feed(frozen(), i.Left(at=at(120), player=1)).state
    assert (found.game.phase, found.game.frozen) == (Phase.FROZEN, at(100))


# --- the whole


def test_the_same_inputs_make_the_same_game() -> None:
    inputs: tuple[Input, ...] = (
        *(join(f"p{n}") for n in range(3)),
        i.Sent(at=at(5), view="board", number=0),
        i.Answered(at=at(6), player=2, value="deed"),
        i.Left(at=at(7), player=1),
        i.Froze(at=at(90)),
        i.Thawed(at=at(1000)),
        i.Answered(at=at(1001), player=2, value="end"),
    )
    first = opened(draft(), KIND, at()).state
    assert after(first, *inputs) == after(first, *inputs)


def test_a_refused_input_changes_nothing() -> None:
    state = running()
    before = replace(state)
    for what in (i.Began(at=at(50)), i.Thawed(at=at(50)), i.Left(at=at(50), player=9)):
        with pytest.raises(Refusal):
            feed(state, what)
    assert state == before

"""Games as people see them: made, joined, left, played and stopped, each press once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import localcontext

import pytest

from core.errors import NotAllowed, Refusal
from core.lessons.game import inputs as i
from core.lessons.game.errors import (
    ActUsed,
    BadOption,
    GameRunning,
    NoGame,
    NoLeague,
    NoSeat,
    NotNow,
    NotPlaying,
    TooFew,
)
from core.lessons.game.game import Phase, Room
from core.lessons.game.league import Member
from core.money import EXACT
from core.paper.actions import CloseAll
from core.paper.records import Identity
from tests.core.services.hall import CROSS, HOST, LENA, MIRA, ROOM, TOBI, Hall

ELSEWHERE = Room("discord", "77")


@pytest.fixture
def hall() -> Hall:
    return Hall()


# --- making one


def test_only_a_host_makes_a_game(hall: Hall) -> None:
    with pytest.raises(NotAllowed):
        hall.challenges.draft(hall.by(MIRA), "duel")
    kept = hall.challenges.draft(hall.host(), "duel")
    assert (kept.number, kept.host, kept.rooms) == (1, HOST, (ROOM,))
    assert (kept.state.game.phase, kept.state.game.seed) == (Phase.DRAFT, "00000001")


def test_there_are_only_the_kinds_there_are(hall: Hall) -> None:
    with pytest.raises(BadOption) as bad:
        hall.challenges.draft(hall.host(), "chess")
    assert bad.value.allowed == tuple(kind.name for kind in hall.challenges.kinds())
    assert bad.value.allowed[0] == "duel"


def test_a_draft_that_is_there_is_taken_up_again(hall: Hall) -> None:
    first = hall.challenges.draft(hall.host(), "duel")
    assert hall.challenges.draft(hall.by(LENA, hosts=True), "duel") == first


def test_a_chat_has_one_game_of_a_kind_at_a_time(hall: Hall) -> None:
    number = hall.opened()
    with pytest.raises(GameRunning) as running:
        hall.challenges.draft(hall.host(), "duel")
    assert running.value.kind == "duel"
    assert hall.challenges.draft(hall.host(), "guess").number == 2
    there = hall.challenges.draft(hall.by(HOST, hosts=True, room=ELSEWHERE), "duel")
    assert there.rooms == (ELSEWHERE,)
    hall.challenges.stop(hall.host(), number)
    assert hall.challenges.draft(hall.host(), "duel").number == 4


def test_options_are_chosen_by_who_may_change_the_game(hall: Hall) -> None:
    number = hall.challenges.draft(hall.host(), "duel").number
    kept = hall.challenges.choose(hall.host(), number, "leverage", "50")
    kept = hall.challenges.choose(hall.host(), number, "leverage", "10")
    assert kept.state.game.setup == {"leverage": "10"}
    with pytest.raises(NotAllowed):
        hall.challenges.choose(hall.by(MIRA), number, "leverage", "20")
    with pytest.raises(BadOption):
        hall.challenges.choose(hall.host(), number, "leverage", "11")


def test_it_is_opened_once_and_then_nothing_is_chosen(hall: Hall) -> None:
    number = hall.opened()
    assert hall.challenges.open(hall.host(), number) == hall.kept(number)
    assert hall.waiting() == ["lobby"]
    with pytest.raises(NotNow):
        hall.challenges.choose(hall.host(), number, "leverage", "20")
    with pytest.raises(NotNow):
        hall.challenges.choose(hall.host(), number, "where", "here")
    with pytest.raises(NotAllowed):
        hall.challenges.open(hall.by(MIRA), number)


# --- coming


def test_everybody_may_join_and_is_known_by_a_number(hall: Hall) -> None:
    number = hall.opened()
    found = hall.challenges.join(hall.by(MIRA), number, "Mira", hidden=True)
    assert found.said == "joined"
    assert hall.challenges.seat(MIRA, number) == 1
    assert hall.challenges.seat(TOBI, number) is None
    (player,) = hall.game(number).players
    assert (player.name, player.hidden, player.room) == ("Mira", True, 0)


def test_nobody_joins_a_draft_or_what_is_not_there(hall: Hall) -> None:
    number = hall.challenges.draft(hall.host(), "duel").number
    with pytest.raises(NotNow):
        hall.challenges.join(hall.by(MIRA), number, "Mira")
    with pytest.raises(NoGame):
        hall.challenges.join(hall.by(MIRA), 9, "Mira")
    assert hall.challenges.seat(MIRA, number) is None


def test_to_join_twice_changes_nothing(hall: Hall) -> None:
    number = hall.opened()
    hall.join(number, MIRA)
    before = hall.kept(number)
    assert hall.challenges.join(hall.by(MIRA), number, "Other").said == "joined"
    assert hall.kept(number) == before


def test_with_the_second_a_duel_begins_and_takes_nobody_more(hall: Hall) -> None:
    number = hall.opened()
    hall.join(number, MIRA, TOBI)
    assert hall.phase(number) is Phase.RUNNING
    with pytest.raises(NoSeat):
        hall.challenges.join(hall.by(LENA), number, "Lena")
    assert hall.challenges.seat(LENA, number) is None
    assert hall.challenges.join(hall.by(MIRA), number, "Mira").said == "joined"


def test_of_many_who_press_at_once_two_play(hall: Hall) -> None:
    number = hall.opened()

    def join(one: int) -> str:
        who = Identity("telegram", str(100 + one))
        with localcontext(EXACT):
            try:
                return hall.challenges.join(hall.by(who, f"press {one}"), number, "x").said
            except Refusal as refusal:
                return refusal.code

    with ThreadPoolExecutor(8) as pool:
        said = sorted(pool.map(join, range(16)))
    assert said == ["joined"] * 2 + ["no_seat"] * 14
    assert len(hall.game(number).players) == 2
    assert hall.heard(number) == ["Joined", "Joined"]


# --- going


def test_who_leaves_before_it_begins_gives_the_seat_back(hall: Hall) -> None:
    number = hall.opened()
    hall.join(number, MIRA)
    assert hall.leave(number, MIRA).said == "left"
    assert hall.challenges.seat(MIRA, number) is None
    with pytest.raises(NotPlaying):
        hall.leave(number, MIRA)
    hall.join(number, TOBI, MIRA)
    assert (hall.challenges.seat(TOBI, number), hall.challenges.seat(MIRA, number)) == (1, 2)


def test_who_leaves_later_keeps_the_seat_and_takes_it_again(hall: Hall) -> None:
    number = hall.duel()
    hall.tick(1, 60000)
    hall.leave(number, MIRA)
    seat = hall.challenges.seat(MIRA, number)
    assert seat is not None
    assert hall.game(number).player(seat).left == hall.clock.now()
    hall.challenges.join(hall.by(MIRA), number, "Mira")
    assert hall.game(number).player(seat).left is None
    assert hall.heard(number)[-2:] == ["Left", "Returned"]


def test_a_game_that_is_over_has_no_seat_for_anybody(hall: Hall) -> None:
    number = hall.duel()
    hall.challenges.stop(hall.host(), number)
    for who in (MIRA, LENA):
        with pytest.raises(NoGame):
            hall.challenges.join(hall.by(who), number, "x")
        with pytest.raises((NoGame, NotPlaying)):
            hall.leave(number, who)


# --- beginning and stopping


def test_the_reason_of_a_stop_is_cleaned_and_stands_in_the_log(hall: Hall) -> None:
    number = hall.opened()
    hall.challenges.stop(hall.host(), number, "too many @absent, see www.e.vil")
    told = hall.inputs(number)[-1]
    assert isinstance(told, i.Stopped)
    assert (told.why, told.reason) == ("stopped", "too many absent, see")
    assert hall.game(number).reason == told.reason
    assert hall.waiting() == ["lobby", "void"]


def test_a_host_begins_and_stops_and_nobody_else(hall: Hall) -> None:
    number = hall.opened(teams="halves")
    with pytest.raises(TooFew):
        hall.challenges.begin(hall.host(), number)
    hall.join(number, MIRA, TOBI, LENA)
    for what in (hall.challenges.begin, hall.challenges.stop):
        with pytest.raises(NotAllowed):
            what(hall.by(MIRA), number)
    hall.challenges.begin(hall.by(LENA, hosts=True), number)
    assert hall.phase(number) is Phase.RUNNING
    assert hall.challenges.stop(hall.host(), number).said == "stopped"
    assert (hall.phase(number), hall.game(number).why) == (Phase.SETTLING, "stopped")
    assert hall.game(number).reason == ""
    with pytest.raises(NoGame):
        hall.challenges.stop(hall.host(), number)


# --- a press that comes twice


def test_every_press_counts_once_and_is_answered_alike(hall: Hall) -> None:
    number = hall.opened(teams="halves", leverage="10")

    def twice(*said: str, press: object, request: str) -> None:
        """Press twice; the second changes nothing, and neither does a third much later."""
        assert callable(press)
        first = press(request).said
        before = hall.kept(number)
        assert [press(request).said, press(request).said] == [first, first]
        assert hall.kept(number) == before
        assert first in said

    one = hall.challenges
    twice("joined", press=lambda r: one.join(hall.by(MIRA, r), number, "M"), request="a")
    twice("left", press=lambda r: one.leave(hall.by(MIRA, r), number), request="b")
    hall.join(number, MIRA, TOBI)
    twice("", press=lambda r: one.begin(hall.host(r), number), request="c")
    hall.deliver()
    hall.tick(1, 60000)
    cross = hall.behind(number, CROSS)
    twice("hedge", press=lambda r: one.answer(hall.by(cross, r), number, "hedge"), request="d")
    hall.tick(1, 60000)
    assert one.answer(hall.by(cross, "d"), number, "hedge").said == "hedge"
    with pytest.raises(ActUsed):
        one.answer(hall.by(cross), number, "hedge")
    twice("", press=lambda r: one.leave(hall.by(cross, r), number), request="e")
    twice("", press=lambda r: one.join(hall.by(cross, r), number, "x"), request="f")
    twice("stopped", press=lambda r: one.stop(hall.host(r), number), request="g")
    assert hall.heard(number).count("Stopped") == 1
    assert one.join(hall.by(MIRA, "a"), number, "M").said == "joined"


def test_what_was_refused_may_be_pressed_again(hall: Hall) -> None:
    number = hall.duel()
    with pytest.raises(NotNow):
        hall.act(number, MIRA, "close", request="press")
    hall.tick(1, 60000)
    hall.tick(130, 60000)
    assert hall.act(number, MIRA, "close", request="press").said == "close"


# --- acting


def test_only_who_plays_acts(hall: Hall) -> None:
    number = hall.duel()
    hall.tick(1, 60000)
    with pytest.raises(NotPlaying):
        hall.act(number, LENA, "close")
    with pytest.raises(NoGame):
        hall.act(9, MIRA, "close")


def test_an_order_reaches_a_kind_that_takes_orders(hall: Hall) -> None:
    number = hall.opened("arena")
    hall.join(number, MIRA, TOBI)
    hall.challenges.begin(hall.host(), number)
    hall.deliver()
    hall.tick(1, 60000)
    found = hall.challenges.order(hall.by(MIRA, "press"), number, CloseAll())
    assert found.said == "ordered"
    assert hall.challenges.order(hall.by(MIRA, "press"), number, CloseAll()).said == "ordered"
    assert hall.heard(number).count("Ordered") == 1


# --- looking


def test_a_chat_sees_its_games_the_newest_first(hall: Hall) -> None:
    first, second = hall.opened(), hall.opened("guess")
    assert [kept.number for kept in hall.challenges.here(ROOM)] == [second, first]
    assert hall.challenges.here(ELSEWHERE) == ()
    with pytest.raises(NoGame):
        hall.challenges.numbered(9)


def test_a_person_sees_what_they_play_on_a_market(hall: Hall) -> None:
    number = hall.duel()
    other = hall.opened("guess")
    hall.join(other, MIRA, TOBI)
    hall.challenges.begin(hall.host(), other)
    assert [kept.number for kept in hall.challenges.played_by(MIRA)] == [number]
    assert hall.challenges.played_by(LENA) == ()


def test_who_has_an_open_question_is_known(hall: Hall) -> None:
    number = hall.opened("guess")
    assert hall.challenges.open_until(MIRA) is None
    hall.join(number, MIRA, TOBI)
    hall.challenges.begin(hall.host(), number)
    assert hall.challenges.open_until(MIRA) is None
    hall.deliver()
    until = hall.challenges.open_until(MIRA)
    assert until is not None
    assert until > hall.clock.now()
    assert hall.challenges.open_until(LENA) is None


def test_a_game_is_looked_at_with_its_kind_its_ground_and_present_marks(hall: Hall) -> None:
    number = hall.duel()
    hall.price(60000)
    sight = hall.challenges.sight(hall.kept(number))
    assert (sight.kind.name, sight.ground, sight.path) == ("duel", hall.ground, False)
    assert sight.marks == hall.feed.now
    hall.challenges.stop(hall.host(), number)
    assert hall.challenges.sight(hall.kept(number)).marks is None
    guess = hall.opened("guess")
    assert hall.challenges.sight(hall.kept(guess)).marks is None


def test_a_path_says_so() -> None:
    hall = Hall(path=True)
    sight = hall.challenges.sight(hall.kept(hall.opened()))
    assert (sight.path, sight.marks) == (True, None)


def test_a_game_is_published_when_it_is_over(hall: Hall) -> None:
    number = hall.duel()
    with pytest.raises(NotNow):
        hall.challenges.published(number)
    hall.challenges.stop(hall.host(), number)
    assert hall.challenges.published(number) == f"game {number}"
    (told,) = hall.written
    assert (told.number, told.kind, len(told.inputs)) == (number, "duel", 4)


# --- a league


def test_a_game_of_a_league_is_played_in_all_its_chats(hall: Hall) -> None:
    with hall.units.writing() as books:
        league = books.leagues.add("League", "code", HOST, Member(ROOM, "ours", let_in=True))
        books.leagues.keep(league.with_member(Member(ELSEWHERE, "theirs", let_in=True)))
    number = hall.opened(where="league")
    assert hall.kept(number).rooms == (ROOM, ELSEWHERE)
    assert hall.game(number).rooms == 2
    hall.challenges.join(hall.by(MIRA), number, "Mira")
    there = hall.by(Identity("discord", "5"), room=ELSEWHERE)
    hall.challenges.join(there, number, "Dora", chosen=True)
    players = hall.game(number).players
    assert [(p.name, p.room) for p in players] == [("player #1", 0), ("Dora", 1)]


def test_a_game_in_this_chat_alone_may_be_chosen_again(hall: Hall) -> None:
    number = hall.opened(where="here")
    assert hall.kept(number).rooms == (ROOM,)


def test_without_a_league_nothing_is_opened_in_it(hall: Hall) -> None:
    number = hall.challenges.draft(hall.host(), "duel").number
    hall.challenges.choose(hall.host(), number, "where", "league")
    with pytest.raises(NoLeague):
        hall.challenges.open(hall.host(), number)
    assert hall.phase(number) is Phase.DRAFT
    with pytest.raises(BadOption):
        hall.challenges.choose(hall.host(), number, "where", "everywhere")


def test_a_role_is_kept_where_squads_are_made_of_it(hall: Hall) -> None:
    number = hall.challenges.draft(hall.host(), "squads").number
    hall.challenges.choose(hall.host(), number, "by", "role")
    hall.challenges.open(hall.host(), number)
    for who, role in ((MIRA, "Tra\u200bders"), (TOBI, "")):
        hall.challenges.join(replace(hall.by(who), role=role), number, "x")
    assert [p.role for p in hall.game(number).players] == ["Traders", ""]
    other = hall.opened()
    hall.challenges.join(replace(hall.by(MIRA), role="Traders"), other, "x")
    assert [p.role for p in hall.game(other).players] == [""]


def test_a_captain_names_the_squad_once_for_each_press(hall: Hall) -> None:
    number = hall.challenges.draft(hall.host(), "squads").number
    hall.challenges.open(hall.host(), number)
    people = [MIRA, TOBI, LENA, HOST]
    for who in people:
        hall.challenges.join(hall.by(who), number, "")
    hall.challenges.begin(hall.host(), number)
    assert hall.challenges.name_squad(hall.by(MIRA, "once"), number, "Owls").said == "named"
    assert hall.challenges.name_squad(hall.by(MIRA, "once"), number, "Hawks").said == "named"
    assert hall.game(number).player(1).banner == "Owls"
    with pytest.raises(NotPlaying):
        hall.challenges.name_squad(hall.by(Identity("telegram", "77")), number, "Mice")

"""What `GameBooks` keep: games at every stage, who sits where, what came in, what is said, wins."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.lessons.game import inputs as i
from core.lessons.game.books import DuePost, KeptGame, Won
from core.lessons.game.conditions import conditions_of, ground_under
from core.lessons.game.game import Game, Phase, Room
from core.lessons.game.inputs import Input
from core.lessons.game.items import Item
from core.lessons.game.kind import Post
from core.lessons.game.lifecycle import State
from core.market import Symbol
from core.paper.actions import CloseAll
from core.paper.records import Identity
from core.ports import Units
from tests.builders import rate
from tests.contracts.conftest import Doors
from tests.contracts.duels import (
    HOST,
    OTHER_ROOM,
    ROOM,
    at,
    ground,
    lobby,
    on,
    stages,
    ticked,
)
from tests.contracts.samples import NOW, SECOND

MIRA, TOBI = Identity("telegram", "7"), Identity("discord", "8")
STAGES = dict(stages())
BOARD = Post("round", 1, starts=True, live=True)
LATER = timedelta(hours=1)


def added(units: Units, state: State | None = None, room: Room = ROOM) -> KeptGame:
    with units.writing() as books:
        return books.games.add(state or lobby(), HOST, room)


def game(units: Units, number: int) -> KeptGame:
    with units.reading() as books:
        found = books.games.game(number)
    assert found is not None
    return found


def changed(units: Units, number: int, **changes: object) -> KeptGame:
    """Keep a game with another phase, deadline or end."""
    with units.writing() as books:
        kept = books.games.game(number)
        assert kept is not None
        new = replace(kept.state.game, **changes)  # type: ignore[arg-type]  # named by the tests
        return books.games.keep(replace(kept, state=replace(kept.state, game=new)))


def enrolled(units: Units, *people: Identity) -> tuple[int, ...]:
    with units.writing() as books:
        return tuple(books.paper.enroll(who, NOW) for who in people)


def sit(units: Units, game: int, *learners: int) -> None:
    with units.writing() as books:
        for number, learner in enumerate(learners, 1):
            books.games.sit(game, learner, number)


def seats(units: Units, game: int) -> Mapping[int, int]:
    with units.reading() as books:
        return books.games.seats(game)


# --- games


@pytest.mark.parametrize("stage", STAGES)
def test_a_game_comes_back_at_every_stage_as_it_was_kept(doors: Doors, stage: str) -> None:
    new = added(doors(), STAGES[stage])
    assert game(doors(), new.number) == new
    assert new == KeptGame(number=new.number, state=STAGES[stage], host=HOST, rooms=(ROOM,))
    blank = added(doors())
    with doors().writing() as books:
        kept = books.games.keep(replace(blank, state=STAGES[stage]))
    assert kept == replace(blank, state=STAGES[stage], version=1)
    assert game(doors(), blank.number) == kept


def test_there_is_no_game_under_a_number_that_nobody_got(units: Units) -> None:
    with units.reading() as books:
        assert books.games.game(1) is None
        assert books.games.seats(1) == {}
        assert books.games.inputs(1) == ()


def test_a_game_goes_through_all_its_stages_one_after_the_other(doors: Doors) -> None:
    number = added(doors()).number
    for version, state in enumerate(STAGES.values(), 1):
        with doors().writing() as books:
            kept = books.games.game(number)
            assert kept is not None
            books.games.keep(replace(kept, state=state))
        assert game(doors(), number).state == state
        assert game(doors(), number).version == version


def test_a_game_that_was_changed_meanwhile_is_not_written_over(units: Units) -> None:
    old = added(units)
    with units.writing() as books:
        new = books.games.keep(replace(old, state=STAGES["begun"]))
    with pytest.raises(RuntimeError) as fault, units.writing() as books:
        books.games.keep(replace(old, state=STAGES["stopped"]))
    assert type(fault.value).__name__ == "Conflict"
    assert game(units, old.number) == new


def test_a_game_is_kept_twice_in_one_transaction_with_accounts_that_came_and_went(
    units: Units,
) -> None:
    number = added(units).number
    with units.writing() as books:
        kept = books.games.game(number)
        assert kept is not None
        kept = books.games.keep(replace(kept, state=STAGES["entered"]))
        kept = books.games.keep(replace(kept, state=STAGES["closed"]))
        one = dict(list(STAGES["closed"].accounts.items())[1:])
        kept = books.games.keep(replace(kept, state=replace(kept.state, accounts=one)))
    assert game(units, number) == kept
    assert len(kept.state.accounts) == 1


def test_a_chat_and_topic_has_its_games_the_newest_first_until_they_are_archived(
    units: Units,
) -> None:
    first, second = added(units), added(units, on())
    added(units, room=replace(ROOM, topic=""))
    with units.reading() as books:
        assert books.games.here(ROOM) == (second, first)
        assert books.games.here(OTHER_ROOM) == ()
    changed(units, second.number, phase=Phase.ARCHIVED)
    with units.reading() as books:
        assert books.games.here(ROOM) == (first,)


def test_another_chat_plays_a_game_along_once(units: Units) -> None:
    new = added(units)
    with units.writing() as books:
        for room in (OTHER_ROOM, ROOM, OTHER_ROOM):
            books.games.enter(new.number, room)
    assert game(units, new.number).rooms == (ROOM, OTHER_ROOM)
    with units.reading() as books:
        assert [kept.number for kept in books.games.here(OTHER_ROOM)] == [new.number]


def test_running_games_are_known_by_their_versions(units: Units) -> None:
    running, frozen = added(units, on()).number, added(units).number
    for phase in (Phase.DRAFT, Phase.OPEN, Phase.SETTLING, Phase.FINAL, Phase.ARCHIVED):
        changed(units, added(units).number, phase=phase)
    changed(units, frozen, phase=Phase.FROZEN)
    with units.reading() as books:
        assert books.games.running() == {running: 0, frozen: 1}


def test_games_are_due_at_their_moment_and_a_frozen_one_waits(units: Units) -> None:
    late, soon, frozen = (added(units).number for _ in range(3))
    changed(units, late, due=at(20))
    changed(units, soon, due=at(10))
    changed(units, frozen, due=at(5), phase=Phase.FROZEN)
    changed(units, added(units).number, due=None)
    with units.reading() as books:
        assert books.games.due(at(9)) == ()
        assert books.games.due(at(10)) == (soon,)
        assert books.games.due(at(20)) == (soon, late)


def test_games_that_are_settling_are_found_until_they_are_final(units: Units) -> None:
    first, second = added(units).number, added(units).number
    for number in (second, first):
        changed(units, number, phase=Phase.SETTLING)
    with units.reading() as books:
        assert books.games.ended() == (first, second)
    changed(units, first, phase=Phase.FINAL)
    with units.reading() as books:
        assert books.games.ended() == (second,)


def test_final_games_are_archived_when_they_are_old(units: Units) -> None:
    old, young, settling = (added(units, on()).number for _ in range(3))
    changed(units, old, phase=Phase.FINAL, ended=NOW)
    changed(units, young, phase=Phase.FINAL, ended=NOW + SECOND)
    changed(units, settling, phase=Phase.SETTLING, ended=NOW)
    with units.writing() as books:
        assert books.games.archive(NOW) == 1
        assert books.games.archive(NOW) == 0
    phases = [game(units, number).state.game.phase for number in (old, young, settling)]
    assert phases == [Phase.ARCHIVED, Phase.FINAL, Phase.SETTLING]
    assert game(units, old).version == 2


def test_a_chat_takes_its_games_and_wins_along(units: Units) -> None:
    (mira,) = enrolled(units, MIRA)
    new = added(units)
    with units.writing() as books:
        books.games.enter(new.number, OTHER_ROOM)
        books.games.post(new.number, BOARD, NOW)
        books.games.win(won(new.number, mira))
        books.move_chat("discord", "-5", "-100")
        for _ in range(2):
            books.move_chat("telegram", "-5", "-100")
    there = replace(ROOM, chat="-100")
    assert game(units, new.number).rooms == (there, OTHER_ROOM)
    with units.reading() as books:
        assert [kept.number for kept in books.games.here(there)] == [new.number]
        assert books.games.here(ROOM) == ()
        assert [each.room for each in books.games.won("2026-12", there)] == [there]
        assert [each.room for each in books.games.posts("telegram", NOW, 9)] == [there]


def test_what_a_game_is_played_on_is_kept_once_for_all(doors: Doors) -> None:
    kept = added(doors())
    first = ground()
    other = replace(first, symbols=first.symbols[:1], path=True)
    for on_ in (first, other):
        with doors().writing() as books:
            kept = books.games.lay(kept, on_)
            kept = books.games.keep(replace(kept, state=STAGES["begun"]))
    assert kept.ground == ground_under(conditions_of(first))
    assert game(doors(), kept.number) == kept


# --- seats


def test_a_seat_is_one_persons_and_a_person_has_one(units: Units) -> None:
    mira, tobi = enrolled(units, MIRA, TOBI)
    number, other = added(units).number, added(units).number
    sit(units, number, mira, tobi)
    sit(units, other, tobi)
    assert seats(units, number) == {1: mira, 2: tobi}
    with units.writing() as books:
        assert (books.games.seat(number, mira), books.games.seat(number, tobi)) == (1, 2)
        assert books.games.seat(other, mira) is None
        books.games.sit(number, tobi, 1)
    assert seats(units, number) == {1: tobi}
    assert seats(units, other) == {1: tobi}


def test_the_company_of_a_chat_is_who_sits_in_any_of_its_games(units: Units) -> None:
    mira, tobi, lena = enrolled(units, MIRA, TOBI, Identity("telegram", "33"))
    first, second = added(units).number, added(units).number
    sit(units, first, mira)
    sit(units, second, tobi, mira)
    with units.writing() as books:
        books.games.enter(second, Room("discord", "77", "5"))
        other = books.games.add(on(), MIRA, Room("discord", "78")).number
        books.games.sit(other, lena, 1)
    with units.reading() as books:
        assert books.games.company(ROOM.platform, ROOM.chat) == {mira, tobi}
        assert books.games.company("discord", "77") == {mira, tobi}
        assert books.games.company("discord", "78") == {lena}
        assert books.games.company("discord", ROOM.chat) == frozenset()


def test_a_seat_becomes_free_however_often_somebody_stands_up(units: Units) -> None:
    mira, tobi = enrolled(units, MIRA, TOBI)
    number = added(units).number
    sit(units, number, mira, tobi)
    for _ in range(2):
        with units.writing() as books:
            books.games.stand(number, 1)
    assert seats(units, number) == {2: tobi}
    with units.reading() as books:
        assert books.games.seat(number, mira) is None


def test_who_plays_is_known_while_the_game_runs(units: Units) -> None:
    mira, tobi = enrolled(units, MIRA, TOBI)
    first, lobby, second = added(units, on()), added(units), added(units, on())
    for kept in (first, lobby, second):
        sit(units, kept.number, mira)
    changed(units, second.number, phase=Phase.FROZEN)
    with units.reading() as books:
        assert books.games.playing(mira) == (first.number, second.number)
        assert books.games.playing(tobi) == ()


# --- the log

INPUTS: tuple[Input, ...] = (
    i.Joined(at=NOW, name="Mira"),
    i.Joined(at=NOW, name="Tobi", role="Traders"),
    i.Joined(at=NOW, name="\N{RIGHT-TO-LEFT OVERRIDE}'\"%s", room=1, hidden=True),
    i.Returned(at=NOW, player=1),
    i.Left(at=NOW, player=2),
    i.Began(at=NOW),
    i.Sent(at=NOW, view="round", number=1),
    i.Unsent(at=NOW, view="round", number=2),
    i.Due(at=NOW),
    ticked(5),
    i.Funded(marks=ticked(6).marks, rates=((Symbol("BTCUSDT"), rate("-0.00012")),)),
    i.Ordered(at=NOW, player=1, action=CloseAll()),
    i.Answered(at=NOW, player=1, value="54000.10"),
    i.Named(at=NOW, player=1, name="Night Owls"),
    i.Reported(at=NOW, player=1, about="3"),
    i.Ruled(at=NOW, what="pair", about="3,4"),
    i.Ruled(at=NOW, what="adjust", about="3 250", by=4, reason="lag"),
    i.Froze(at=NOW),
    i.Thawed(at=NOW),
    i.Woke(at=NOW, since=NOW - SECOND),
    i.Deaf(at=NOW, since=NOW - SECOND),
    i.Stopped(at=NOW, why="stopped", reason="too many absent"),
)


def test_the_log_of_a_game_holds_every_kind_of_input_in_order(doors: Doors) -> None:
    new, other = added(doors()), added(doors())
    with doors().writing() as books:
        for what in INPUTS:
            books.games.log(new.number, what)
        books.games.log(other.number, INPUTS[3])
    with doors().reading() as books:
        logged = books.games.inputs(new.number)
        assert [each.number for each in books.games.inputs(other.number)] == [1]
    assert tuple(each.what for each in logged) == INPUTS
    assert [each.number for each in logged] == list(range(1, len(INPUTS) + 1))
    assert {type(what) for what in INPUTS} == set(Input.__args__)


def test_a_request_is_answered_again_as_it_was_the_first_time(units: Units) -> None:
    new = added(units)
    with units.writing() as books:
        books.games.log(new.number, INPUTS[0], "telegram:1", "joined")
        books.games.log(new.number, INPUTS[4], "telegram:2")
        books.games.log(new.number, INPUTS[7])
        books.games.log(new.number, INPUTS[7])
    with units.reading() as books:
        assert books.games.answered("telegram:1") == "joined"
        assert books.games.answered("telegram:2") == ""
        assert books.games.answered("telegram:3") is None
        assert books.games.answered("") is None


# --- what is said


def post(units: Units, game: int, *posts: Post, when: datetime = NOW) -> None:
    with units.writing() as books:
        for each in posts:
            books.games.post(game, each, when)


def posts(
    units: Units, when: datetime = NOW, platform: str = "telegram", limit: int = 9
) -> tuple[DuePost, ...]:
    with units.reading() as books:
        return books.games.posts(platform, when, limit)


def sent(units: Units, *posts: DuePost, when: datetime = NOW) -> None:
    with units.writing() as books:
        for each in posts:
            books.games.sent(each.id, f"m{each.id}", when)


def live(units: Units, since: datetime, platform: str = "telegram") -> tuple[DuePost, ...]:
    with units.reading() as books:
        return books.games.live(platform, since, 9)


def shown(units: Units, post: DuePost, when: datetime, message: str = "m") -> None:
    with units.writing() as books:
        books.games.shown(post.id, message, "as it is", when)


def reached(units: Units, game: int, post: Post = BOARD) -> Mapping[int, bool | None]:
    with units.reading() as books:
        return books.games.reached(game, post)


def test_a_post_is_said_once_in_each_chat_of_the_game(doors: Doors) -> None:
    number = added(doors()).number
    with doors().writing() as books:
        books.games.enter(number, OTHER_ROOM)
    post(doors(), number, BOARD, BOARD)
    (here,), (there,) = posts(doors()), posts(doors(), platform="discord")
    assert here == DuePost(id=here.id, game=number, post=BOARD, room=ROOM)
    assert there == DuePost(id=there.id, game=number, post=BOARD, room=OTHER_ROOM)
    assert posts(doors(), NOW - SECOND) == ()
    sent(doors(), here)
    post(doors(), number, BOARD)
    assert posts(doors()) == ()
    assert posts(doors(), platform="discord") == (there,)


def test_the_same_view_of_another_round_or_game_or_for_a_player_is_another_post(
    units: Units,
) -> None:
    (mira,) = enrolled(units, MIRA)
    number, other = added(units, on()).number, added(units).number
    sit(units, number, mira)
    every = (BOARD, replace(BOARD, number=2), replace(BOARD, player=1), Post("result", 1))
    post(units, number, *every, *every)
    post(units, other, BOARD)
    assert [(each.game, each.post) for each in posts(units)] == [
        *((number, each) for each in every),
        (other, BOARD),
    ]


def test_a_player_hears_their_own_on_the_platform_they_came_from(units: Units) -> None:
    mira, tobi = enrolled(units, MIRA, TOBI)
    number = added(units, on(room=1)).number
    with units.writing() as books:
        books.games.enter(number, OTHER_ROOM)
    sit(units, number, mira, tobi)
    own = Post("own", player=2)
    post(units, number, own, own)
    assert posts(units) == ()
    (due,) = posts(units, platform="discord")
    assert due == DuePost(id=due.id, game=number, post=own, room=OTHER_ROOM, learner=tobi)


def test_a_seat_that_is_nobodys_hears_nothing(units: Units) -> None:
    number = added(units, on()).number
    post(units, number, Post("own", player=2))
    assert posts(units) == ()
    assert not any(reached(units, number, Post("own", player=2)).values())


def test_what_is_due_comes_oldest_first_and_no_more_than_asked(units: Units) -> None:
    first, second = added(units).number, added(units).number
    post(units, first, Post("b"), when=at(2))
    post(units, second, Post("a"), when=at(1))
    post(units, second, Post("c"), when=at(3))
    assert [each.post.view for each in posts(units, at(2))] == ["a", "b"]
    assert [each.post.view for each in posts(units, at(3))] == ["a", "b", "c"]
    assert [each.post.view for each in posts(units, at(3), limit=1)] == ["a"]


def test_what_could_not_be_said_is_tried_again_later_and_then_given_up(units: Units) -> None:
    number = added(units).number
    post(units, number, BOARD)
    (due,) = posts(units)
    with units.writing() as books:
        books.games.unsent(due.id, at(60))
    assert posts(units, at(59)) == ()
    assert posts(units, at(60)) == (replace(due, attempts=1),)
    assert reached(units, number) == {0: None}
    with units.writing() as books:
        books.games.unsent(due.id, None)
    assert posts(units, NOW + LATER) == ()
    assert reached(units, number) == {0: False}


def test_a_chat_hears_nothing_before_what_was_put_off(units: Units) -> None:
    (mira,) = enrolled(units, MIRA)
    number, other = added(units, on()).number, added(units).number
    sit(units, number, mira)
    post(units, number, Post("first"), Post("second"), Post("own", player=1))
    post(units, other, Post("elsewhere"))
    (first, *_) = posts(units)
    with units.writing() as books:
        books.games.unsent(first.id, at(60))
    assert [each.post.view for each in posts(units, at(59))] == ["own", "elsewhere"]
    with units.writing() as books:
        books.games.unsent(first.id, None)
    assert [each.post.view for each in posts(units, at(59))] == ["second", "own", "elsewhere"]


def test_of_each_chat_it_is_known_whether_a_post_arrived_there_or_is_waited_for(
    units: Units,
) -> None:
    number = added(units).number
    with units.writing() as books:
        books.games.enter(number, OTHER_ROOM)
    assert reached(units, number) == {0: False, 1: False}
    post(units, number, BOARD)
    sent(units, *posts(units))
    assert reached(units, number) == {0: True, 1: None}
    (there,) = posts(units, platform="discord")
    with units.writing() as books:
        books.games.unsent(there.id, None)
    assert reached(units, number) == {0: True, 1: False}
    assert reached(units, number, replace(BOARD, number=2)) == {0: False, 1: False}


def test_the_last_games_of_a_kind_are_found_even_when_they_are_archived(units: Units) -> None:
    games = [added(units) for _ in range(3)]
    with units.writing() as books:
        archived = replace(games[1].state.game, phase=Phase.ARCHIVED)
        books.games.keep(replace(games[1], state=State(archived)))
        books.games.add(State(replace(games[0].state.game, kind="arena")), HOST, ROOM)
    with units.reading() as books:
        found = books.games.played(ROOM, games[0].state.game.kind, 2)
        assert [kept.number for kept in found] == [games[2].number, games[1].number]
        assert books.games.played(OTHER_ROOM, games[0].state.game.kind, 2) == ()


# --- live messages


def test_a_live_message_is_brought_up_to_date_when_it_has_stood_for_long(doors: Doors) -> None:
    number = added(doors(), on()).number
    post(doors(), number, BOARD, Post("result", 1))
    due = posts(doors())
    assert live(doors(), NOW + LATER) == ()
    sent(doors(), *due)
    message = replace(due[0], message=f"m{due[0].id}")
    assert live(doors(), NOW) == ()
    assert live(doors(), NOW + SECOND) == (message,)
    assert live(doors(), NOW + SECOND, "discord") == ()
    shown(doors(), message, at(30), "another")
    assert live(doors(), at(30)) == ()
    assert live(doors(), at(31)) == (replace(message, message="another", shown="as it is"),)


def test_only_the_newest_message_of_each_chat_that_arrived_is_live(units: Units) -> None:
    (mira,) = enrolled(units, MIRA)
    number, other = added(units, on()).number, added(units, on()).number
    with units.writing() as books:
        books.games.enter(number, OTHER_ROOM)
    sit(units, number, mira)
    own = replace(BOARD, player=1)
    post(units, number, BOARD, own)
    post(units, other, BOARD)
    sent(units, *posts(units), *posts(units, platform="discord"))
    post(units, number, replace(BOARD, number=2))
    (newer,) = posts(units)
    standing = [(number, BOARD), (number, own), (other, BOARD)]
    assert [(each.game, each.post) for each in live(units, at(1))] == standing
    sent(units, newer, when=at(2))
    standing = [(number, own), (other, BOARD), (number, replace(BOARD, number=2))]
    assert [(each.game, each.post) for each in live(units, at(3))] == standing
    assert [each.post for each in live(units, at(3), "discord")] == [BOARD]


def test_a_newer_message_that_is_not_live_replaces_no_live_one(units: Units) -> None:
    number = added(units, on()).number
    post(units, number, BOARD, Post("result", 1))
    sent(units, *posts(units))
    assert [each.post for each in live(units, at(1))] == [BOARD]


def test_an_older_message_that_arrives_after_a_newer_one_is_not_live(units: Units) -> None:
    number = added(units, on()).number
    post(units, number, BOARD, replace(BOARD, number=2))
    older, newer = posts(units)
    sent(units, newer, older)
    assert [each.post.number for each in live(units, at(1))] == [2]


def test_the_board_of_a_game_that_is_over_is_shown_once_more(units: Units) -> None:
    number = added(units, on()).number
    post(units, number, BOARD)
    sent(units, *posts(units))
    changed(units, number, phase=Phase.SETTLING, ended=at(60))
    (last,) = live(units, at(61))
    shown(units, last, at(60))
    (last,) = live(units, at(62))
    shown(units, last, at(62))
    assert live(units, NOW + LATER) == ()


def test_a_message_that_is_gone_is_not_live(units: Units) -> None:
    number = added(units, on()).number
    post(units, number, BOARD)
    (due,) = posts(units)
    sent(units, due)
    shown(units, due, at(1), "")
    assert live(units, NOW + LATER) == ()
    post(units, number, replace(BOARD, number=2))
    with units.writing() as books:
        books.games.sent(posts(units)[0].id, "", at(2))
    assert live(units, NOW + LATER) == ()


def test_live_messages_come_the_longest_untouched_first_and_no_more_than_asked(
    units: Units,
) -> None:
    first, second = added(units, on()).number, added(units, on()).number
    post(units, first, BOARD)
    post(units, second, BOARD)
    one, two = posts(units)
    sent(units, one, two)
    shown(units, one, at(1))
    assert [each.game for each in live(units, at(2))] == [second, first]
    with units.reading() as books:
        assert [each.game for each in books.games.live("telegram", at(2), 1)] == [second]


# --- what was won


def won(game: int, learner: int, place: int = 1, room: Room = ROOM) -> Won:
    return Won("2026-12", room, game, learner, "Mira", place, "10.0", NOW)


def wins(units: Units, room: Room = ROOM, season: str = "2026-12") -> tuple[Won, ...]:
    with units.reading() as books:
        return books.games.won(season, room)


def win(units: Units, *all_: Won) -> None:
    with units.writing() as books:
        for each in all_:
            books.games.win(each)


def test_a_season_of_a_chat_holds_what_each_game_was_worth_once(doors: Doors) -> None:
    mira, tobi = enrolled(doors(), MIRA, TOBI)
    first, second = added(doors()).number, added(doors()).number
    alone = replace(won(second, mira), shared=True)
    all_ = (won(first, tobi), won(first, mira, 2), alone)
    win(doors(), *reversed(all_), replace(all_[2], points="7.0"))
    win(doors(), replace(won(first, tobi), season="2027-01"))
    assert wins(doors()) == all_
    assert wins(doors(), replace(ROOM, topic="")) == ()
    assert wins(doors(), season="2027-01") == ()


def test_what_a_game_was_worth_can_be_told_anew(doors: Doors) -> None:
    first, second = added(doors()).number, added(doors()).number
    mira, tobi = enrolled(doors(), MIRA, TOBI)
    win(doors(), won(first, mira), won(first, tobi, 2), won(second, mira))
    with doors().writing() as books:
        books.games.unwin(first)
        assert books.games.wins(mira) == (won(second, mira),)
        books.games.win(won(first, mira, 3))
    assert wins(doors()) == (won(first, mira, 3), won(second, mira))


# --- joined and forgotten people


def joined(units: Units, number: int, *people: tuple[int, str]) -> Game:
    """Let learners sit down and join under names; return the game that has begun."""
    with units.writing() as books:
        kept = books.games.game(number)
        assert kept is not None
        for seat, (learner, name) in enumerate(people, 1):
            books.games.sit(number, learner, seat)
            books.games.log(number, i.Joined(at=at(seat), name=name), f"{number}:{seat}", "joined")
        books.games.keep(replace(kept, state=on([name for _, name in people])))
    return game(units, number).state.game


def names(units: Units, number: int) -> list[str]:
    return [player.name for player in game(units, number).state.game.players]


def logged_names(units: Units, number: int) -> list[str]:
    with units.reading() as books:
        logged = [each.what for each in books.games.inputs(number)]
    return [what.name for what in logged if isinstance(what, i.Joined)]


def test_who_is_forgotten_is_a_number_in_every_game_and_in_every_log(doors: Doors) -> None:
    mira, tobi = enrolled(doors(), MIRA, TOBI)
    first, second, third = (added(doors()).number for _ in range(3))
    joined(doors(), first, (mira, "Mira"), (tobi, "Tobi"))
    joined(doors(), second, (tobi, "T"), (mira, "M"))
    joined(doors(), third, (tobi, "Tobi"))
    win(doors(), won(first, mira), won(first, tobi, 2))
    post(doors(), first, Post("own", player=1), Post("own", player=2))
    with doors().writing() as books:
        books.games.forget(mira)
        books.paper.forget_learner(mira)
    assert names(doors(), first) == ["player #1", "Tobi"]
    assert names(doors(), second) == ["T", "player #2"]
    assert logged_names(doors(), first) == ["", "Tobi"]
    assert logged_names(doors(), second) == ["T", ""]
    assert (seats(doors(), first), seats(doors(), second)) == ({2: tobi}, {1: tobi})
    assert [game(doors(), number).version for number in (first, second, third)] == [2, 2, 1]
    assert [each.learner for each in wins(doors())] == [tobi]
    assert [each.learner for each in posts(doors())] == [tobi]


def test_the_name_of_who_left_before_the_beginning_is_forgotten_too(units: Units) -> None:
    mira, tobi = enrolled(units, MIRA, TOBI)
    number = added(units).number
    with units.writing() as books:
        books.games.sit(number, mira, 1)
        books.games.log(number, i.Joined(at=at(1), name="Mira"))
        books.games.log(number, i.Left(at=at(2), player=1))
        books.games.stand(number, 1)
        books.games.sit(number, tobi, 1)
        books.games.log(number, i.Joined(at=at(3), name="Tobi"))
        books.games.forget(mira)
    assert logged_names(units, number) == ["", "Tobi"]


def test_the_name_that_a_captain_gave_is_forgotten_with_them(doors: Doors) -> None:
    mira, tobi, lena = enrolled(doors(), MIRA, TOBI, Identity("console", "9"))
    number = added(doors()).number
    joined(doors(), number, (mira, "Mira"), (tobi, "Tobi"))
    with doors().writing() as books:
        kept = books.games.game(number)
        assert kept is not None
        for player, name in ((1, "Owls"), (2, "Hawks")):
            books.games.log(number, i.Named(at=at(3), player=player, name=name))
        banners = [replace(p, banner=f"of {p.number}") for p in kept.state.game.players]
        named = replace(kept.state.game, players=tuple(banners))
        books.games.keep(replace(kept, state=replace(kept.state, game=named)))
        books.games.hand_over(mira, lena)
        books.games.forget(lena)
        books.games.log(number, i.Named(at=at(4), player=1, name="nobody's"))
    with doors().reading() as books:
        logged = [each.what for each in books.games.inputs(number)]
    assert [w.name for w in logged if isinstance(w, i.Named)] == ["", "Hawks", "nobody's"]
    assert [p.banner for p in game(doors(), number).state.game.players] == ["", "of 2"]


def test_who_joined_where_nobody_sat_down_is_nobody(units: Units) -> None:
    (mira,) = enrolled(units, MIRA)
    number = added(units).number
    with units.writing() as books:
        books.games.log(number, i.Joined(at=at(1), name="Mira"))
        books.games.forget(mira)
    assert logged_names(units, number) == ["Mira"]


def test_a_forgotten_learner_leaves_no_row_even_where_no_game_was_told(units: Units) -> None:
    (mira,) = enrolled(units, MIRA)
    number = added(units).number
    joined(units, number, (mira, "Mira"), (enrolled(units, TOBI)[0], "Tobi"))
    win(units, won(number, mira))
    post(units, number, Post("own", player=1))
    with units.writing() as books:
        books.paper.forget_learner(mira)
    assert list(seats(units, number)) == [2]
    assert (wins(units), posts(units)) == ((), ())


def test_who_made_a_game_is_forgotten_and_the_game_goes_on(units: Units) -> None:
    own, others = added(units), added(units)
    with units.writing() as books:
        other = books.games.add(lobby(), TOBI, ROOM)
        books.forget(HOST.platform, HOST.person)
    nobody = Identity("", "")
    assert game(units, own.number) == replace(own, host=nobody, version=1)
    assert game(units, others.number).host == nobody
    assert game(units, other.number) == other


def test_seats_wins_posts_and_names_go_over_to_who_stays(units: Units) -> None:
    mira, tobi, third = enrolled(units, MIRA, TOBI, Identity("discord", "9"))
    number = added(units).number
    joined(units, number, (tobi, "Tobi"), (third, "Third"))
    win(units, won(number, tobi))
    post(units, number, Post("own", player=1))
    with units.writing() as books:
        assert books.games.hand_over(tobi, mira) == ()
        books.paper.forget_learner(tobi)
    assert seats(units, number) == {1: mira, 2: third}
    assert [each.learner for each in wins(units)] == [mira]
    assert [each.learner for each in posts(units)] == [mira]
    assert names(units, number) == ["Tobi", "Third"]
    with units.writing() as books:
        books.games.forget(mira)
    assert logged_names(units, number) == ["", "Third"]


@pytest.mark.parametrize("first", ["stays", "goes"])
def test_of_two_seats_in_one_game_the_lower_number_stays(units: Units, first: str) -> None:
    stays, goes = enrolled(units, MIRA, TOBI)
    number = added(units).number
    one, two = (stays, goes) if first == "stays" else (goes, stays)
    joined(units, number, (one, "One"), (two, "Two"))
    win(units, won(number, one), won(number, two, 2))
    post(units, number, Post("own", player=1), Post("own", player=2))
    with units.writing() as books:
        given_up = books.games.hand_over(goes, stays)
        books.paper.forget_learner(goes)
    assert given_up == (() if first == "stays" else (number,))
    assert seats(units, number) == {1: stays}
    assert wins(units) == (won(number, stays),)
    assert [(each.learner, each.post.player) for each in posts(units)] == [(stays, 1)]
    assert names(units, number) == ["One", "player #2"]
    with units.writing() as books:
        books.games.forget(stays)
    assert names(units, number) == ["player #1", "player #2"]
    assert logged_names(units, number) == ["", ""]


def test_a_win_that_both_have_stays_with_who_stays(units: Units) -> None:
    mira, tobi = enrolled(units, MIRA, TOBI)
    number = added(units).number
    win(units, won(number, tobi), won(number, mira, 2))
    with units.writing() as books:
        books.games.hand_over(tobi, mira)
        books.paper.forget_learner(tobi)
    assert wins(units) == (won(number, mira, 2),)


# --- polls


def asked(id_: str) -> Item:
    return Item(id=id_, kind="faq", category="modes", level="easy", text="What?")


def test_of_a_chats_polls_the_last_ones_stay(units: Units) -> None:
    with units.writing() as books:
        polls = [books.games.poll(ROOM, asked(f"q{n}"), f"r{n}", 3) for n in range(5)]
        elsewhere = books.games.poll(OTHER_ROOM, asked("q9"), "r9", 3)
    with units.reading() as books:
        assert books.games.polls(ROOM) == tuple(reversed(polls[2:]))
        assert books.games.polls(OTHER_ROOM) == (elsewhere,)
        assert [books.games.polled(poll.number) for poll in polls] == [None, None, *polls[2:]]
        assert books.games.polled_by("r4") == polls[4]
        assert books.games.polled_by("r0") is None


def test_polls_move_with_their_chat(units: Units) -> None:
    with units.writing() as books:
        poll = books.games.poll(ROOM, asked("q"), "r", 3)
        books.games.move(ROOM.platform, ROOM.chat, "-999")
    with units.reading() as books:
        moved = replace(ROOM, chat="-999")
        assert books.games.polls(moved) == (replace(poll, room=moved),)
        assert books.games.polls(ROOM) == ()


# --- threads


def test_a_games_thread_is_that_of_a_chat_and_nothing_changes_in_others(units: Units) -> None:
    first = added(units)
    with units.writing() as books:
        books.games.enter(first.number, OTHER_ROOM)
        books.games.post(first.number, BOARD, NOW)
    here, there = (posts(units, platform=room.platform)[0] for room in (ROOM, OTHER_ROOM))
    with units.writing() as books:
        books.games.branch(here.id, "t1")
    assert (posts(units, platform=ROOM.platform)[0].thread, here.thread) == ("t1", "")
    assert posts(units, platform=OTHER_ROOM.platform)[0].thread == there.thread == ""
    with units.reading() as books:
        assert books.games.threaded(ROOM, "t1") == first.number
        assert books.games.threaded(OTHER_ROOM, "t1") is None
        assert books.games.threaded(ROOM, "t2") is None
        assert books.games.game(first.number) == game(units, first.number)
    with units.writing() as books:
        books.games.branch(here.id, "")
    with units.reading() as books:
        assert books.games.threaded(ROOM, "t1") is None


def test_a_post_may_be_for_one_chat_alone(units: Units) -> None:
    number = added(units).number
    with units.writing() as books:
        books.games.enter(number, OTHER_ROOM)
        books.games.post(number, Post("told"), NOW, OTHER_ROOM)
        books.games.post(number, Post("told"), NOW, OTHER_ROOM)
    assert posts(units, platform=ROOM.platform) == ()
    assert [due.post.view for due in posts(units, platform=OTHER_ROOM.platform)] == ["told"]

"""Questions one after another: when they close, what is void, when it ends; tried as a guess."""

from datetime import datetime, timedelta

import pytest

from bot.adapters.database.codec import dumps, loads
from core.lessons.challenges.guess import KIND, LIMIT, Guess
from core.lessons.game import inputs as i
from core.lessons.game.asks import Ask
from core.lessons.game.errors import (
    ActUsed,
    BadAnswer,
    BadOption,
    NoGame,
    NotNow,
    NotPlaying,
    TooLate,
)
from core.lessons.game.game import Phase
from core.lessons.game.rounds import PAUSE, SPARE, Rounds
from tests.builders import NOON
from tests.fakes.asking import SECOND, Evening


def rounds(evening: Evening) -> Rounds:
    play = evening.state.play
    assert isinstance(play, Guess)
    return play.rounds


def until(evening: Evening) -> datetime | None:
    play = evening.state.play
    assert isinstance(play, Guess)
    return play.until


@pytest.fixture
def evening() -> Evening:
    return Evening(KIND)


def test_the_clock_starts_when_the_message_is_there(evening: Evening) -> None:
    assert evening.said(0) == [("item", 1)]
    assert (evening.posts[0].starts, evening.posts[0].live) == (True, True)
    assert {evening.game.due, until(evening)} == {None}
    evening.wait(3).arrive(1)
    assert until(evening) == NOON + 3 * SECOND + LIMIT
    assert evening.game.due == NOON + 3 * SECOND + LIMIT + 2 * SECOND


def test_a_message_that_arrives_twice_starts_no_second_clock(evening: Evening) -> None:
    evening.arrive(1)
    due = evening.game.due
    evening.wait(5).arrive(1)
    assert evening.game.due == due
    evening.arrive(2)
    assert evening.game.due == due


def test_solution_pause_and_the_next_item_follow(evening: Evening) -> None:
    evening.arrive(1)
    evening.say(1, "5")
    assert evening.due() == [("answer", 1)]
    assert evening.game.due == evening.now + PAUSE
    assert until(evening) is None
    assert evening.due() == [("item", 2)]
    assert {evening.game.due} == {None}
    evening.arrive(2)
    assert until(evening) is not None


def test_a_moment_that_has_not_come_yet_changes_nothing(evening: Evening) -> None:
    evening.arrive(1)
    state = evening.state
    assert evening.feed(i.Due(at=evening.now + LIMIT)).state == state


def test_after_the_last_round_it_ends(evening: Evening) -> None:
    for number in range(1, 6):
        evening.arrive(number)
        evening.say(1, "5")
        assert evening.due() == [("answer", number)]
        assert evening.due() == [("item", number + 1) if number < 5 else ("end", 0)]
    assert evening.over
    assert evening.game.why == ""
    assert evening.game.due is None


def test_nobody_need_wait_when_everybody_has_said_all(evening: Evening) -> None:
    evening.arrive(1)
    for player in (1, 2):
        evening.say(player, "5")
    assert rounds(evening).last.is_open
    evening.say(1, "6")
    before = len(evening.posts)
    assert evening.say(2, "6") == "changed"
    assert evening.said(before) == [("answer", 1)]


def test_who_leaves_is_not_waited_for(evening: Evening) -> None:
    evening.arrive(1)
    evening.say(1, "5")
    evening.say(1, "6")
    before = len(evening.posts)
    evening.without(2)
    assert evening.said(before) == [("answer", 1)]


def test_who_leaves_in_the_pause_changes_nothing(evening: Evening) -> None:
    evening.arrive(1)
    evening.say(1, "5")
    evening.due()
    before = rounds(evening)
    evening.without(2)
    assert rounds(evening) == before


def test_when_the_last_one_leaves_it_ends(evening: Evening) -> None:
    evening.arrive(1)
    evening.without(1).without(2)
    assert evening.said(1) == [("end", 0)]
    assert evening.over


def test_two_rounds_without_any_answer_end_it(evening: Evening) -> None:
    evening.arrive(1)
    assert evening.due() == [("answer", 1)]
    evening.due()
    evening.arrive(2)
    assert evening.due() == [("answer", 2), ("end", 0)]
    assert evening.over
    with pytest.raises(NoGame):
        evening.say(1, "5")


def test_a_silent_round_between_others_ends_nothing(evening: Evening) -> None:
    for number, player in ((1, 0), (2, 1), (3, 0), (4, 2)):
        evening.arrive(number)
        if player:
            evening.say(player, "5")
        assert evening.due() == [("answer", number)]
        evening.due()
    assert not evening.over


# --- answers --------------------------------------------------------------------------------------


def test_answers_are_kept_with_the_time_their_owner_took(evening: Evening) -> None:
    evening.arrive(1)
    assert evening.wait(1.2345).say(1, "5") == "answered"
    assert evening.wait(2).say(2, " 6 ") == "answered"
    assert evening.wait(1).say(1, "1:7") == "changed"
    given = [(each.player, each.after, each.value) for each in rounds(evening).last.given]
    assert given == [(1, 1234, "5"), (2, 3234, "6"), (1, 4234, "7")]


def test_one_change_is_allowed(evening: Evening) -> None:
    evening.arrive(1)
    evening.say(1, "5")
    evening.say(1, "6")
    with pytest.raises(ActUsed) as refused:
        evening.say(1, "7")
    assert (refused.value.act, refused.value.times) == ("answer", 2)


def test_strangers_and_those_who_left_do_not_answer(evening: Evening) -> None:
    evening.arrive(1)
    with pytest.raises(NotPlaying):
        evening.say(3, "5")
    evening.without(2)
    with pytest.raises(NotPlaying):
        evening.say(2, "5")
    evening.feed(i.Returned(at=evening.now, player=2))
    assert evening.say(2, "5") == "answered"


def test_nobody_answers_before_the_item_is_there(evening: Evening) -> None:
    with pytest.raises(NotNow):
        evening.say(1, "5")


def test_an_answer_names_its_item_or_means_the_last(evening: Evening) -> None:
    evening.arrive(1)
    evening.say(1, "5")
    evening.due()
    sent = evening.now - 3 * SECOND
    evening.due()
    evening.arrive(2)
    assert evening.say(1, "2:8") == "answered"
    with pytest.raises(TooLate):
        evening.say(2, "1:8")
    for unknown in ("9:8", "x:8", ":8"):
        with pytest.raises(BadAnswer):
            evening.say(2, unknown)
    # Sent in time and handed over late: it counts, and the item that is open now is left alone.
    due = evening.game.due
    evening.feed(i.Answered(at=sent, player=2, value="1:8"))
    assert [each.value for each in rounds(evening).asks[0].said(2)] == ["8"]
    assert evening.game.due == due


def test_who_is_asked_back_has_their_clock_stopped_once(evening: Evening) -> None:
    evening.arrive(1)
    evening.wait(44)
    assert evening.say(1, "?") == "hold"
    assert evening.game.due == NOON + LIMIT + 12 * SECOND
    with pytest.raises(ActUsed) as refused:
        evening.say(1, "?")
    assert refused.value.act == "hold"
    evening.wait(9)
    with pytest.raises(TooLate):
        evening.say(2, "5")
    assert evening.say(1, "5") == "answered"
    assert rounds(evening).last.given[-1].after == 44_000
    assert evening.game.due == NOON + LIMIT + 2 * SECOND


def test_an_unsure_answer_alone_is_none_but_a_sign_of_life(evening: Evening) -> None:
    for number in (1, 2):
        evening.arrive(number)
        evening.say(1, "?")
        assert evening.due() == [("answer", number)]
        evening.due()
    assert not evening.over
    assert rounds(evening).asks[0].answers == {}


# --- what does not count --------------------------------------------------------------------------


def test_an_item_that_fewer_than_half_could_see_is_replaced() -> None:
    evening = Evening(KIND, players=3)
    evening.arrive(1, missed=(0,))
    assert evening.said(1) == [("voided", 1)]
    assert (rounds(evening).last.void, rounds(evening).last.again) == ("unseen", True)
    assert evening.due() == [("item", 2)]
    assert rounds(evening).place(2) == 1


def test_half_of_the_players_are_enough(evening: Evening) -> None:
    evening.arrive(1, missed=(0,))
    assert rounds(evening).last.is_open


def test_an_item_during_which_the_bot_was_away_is_replaced(evening: Evening) -> None:
    evening.arrive(1)
    evening.say(1, "5")
    since = evening.wait(10).now
    evening.wait(60)
    evening.feed(i.Woke(at=evening.now, since=since))
    assert evening.said(1) == [("back", 10), ("voided", 1)]
    assert rounds(evening).last.void == "restart"
    assert evening.game.due == evening.now + PAUSE
    with pytest.raises(NotNow):
        evening.say(2, "1:5")
    evening.due()
    assert rounds(evening).played == 1


def test_an_item_whose_time_was_up_before_is_not_void(evening: Evening) -> None:
    evening.arrive(1)
    evening.say(1, "5")
    since = evening.wait(47).now
    evening.wait(60)
    evening.feed(i.Woke(at=evening.now, since=since))
    assert evening.said(1) == [("back", 47)]
    assert evening.due() == [("answer", 1)]


def test_a_stop_in_the_pause_or_before_the_message_arrived_changes_nothing(
    evening: Evening,
) -> None:
    evening.feed(i.Woke(at=evening.now, since=NOON))
    evening.arrive(1)
    evening.say(1, "5")
    evening.due()
    evening.feed(i.Woke(at=evening.now, since=NOON))
    assert evening.said(1) == [("back", 0), ("answer", 1), ("back", 0)]


def test_an_item_during_which_a_platform_was_not_heard_is_replaced(evening: Evening) -> None:
    evening.feed(i.Deaf(at=evening.now, since=NOON))
    assert evening.said(1) == []
    evening.arrive(1)
    since = evening.wait(40).now
    evening.feed(i.Deaf(at=evening.wait(3).now, since=since))
    assert evening.said(1) == [("voided", 1)]
    assert (rounds(evening).last.void, rounds(evening).last.again) == ("deaf", True)


def test_who_was_deaf_after_the_deadline_missed_nothing(evening: Evening) -> None:
    evening.arrive(1)
    evening.feed(i.Deaf(at=evening.wait(60).now, since=NOON + LIMIT + 2 * SECOND))
    assert evening.said(1) == []


def test_a_host_strikes_the_open_item_out_and_it_is_replaced(evening: Evening) -> None:
    evening.arrive(1)
    assert evening.feed(i.Ruled(at=evening.now, what="void", about="1")).said == "voided"
    assert evening.due() == [("item", 2)]
    assert rounds(evening).played == 1


def test_a_host_strikes_an_item_out_whose_message_is_still_on_its_way(evening: Evening) -> None:
    evening.feed(i.Ruled(at=evening.now, what="void", about="1"))
    evening.arrive(1)
    assert rounds(evening).last.opened is None
    assert evening.due() == [("item", 2)]


def test_an_item_struck_out_later_is_not_replaced_and_never_counted(evening: Evening) -> None:
    evening.arrive(1)
    evening.say(1, "5")
    evening.due()
    due, before = evening.game.due, len(evening.posts)
    evening.feed(i.Ruled(at=evening.now, what="void", about="1"))
    assert evening.said(before) == [("voided", 1)]
    assert evening.game.due == due
    assert (rounds(evening).last.void, rounds(evening).last.again) == ("host", False)
    assert rounds(evening).played == 1


def test_an_item_is_struck_out_once(evening: Evening) -> None:
    evening.arrive(1)
    evening.feed(i.Ruled(at=evening.now, what="void", about="1"))
    state, before = evening.state, len(evening.posts)
    assert evening.feed(i.Ruled(at=evening.now, what="void", about="1")).said == "voided"
    assert (evening.state, evening.said(before)) == (state, [])


def test_a_ruling_names_an_item_there_is(evening: Evening) -> None:
    with pytest.raises(BadOption) as refused:
        evening.feed(i.Ruled(at=evening.now, what="void", about="2"))
    assert refused.value.allowed == ("1",)


def test_other_rulings_are_nothing_to_questions(evening: Evening) -> None:
    state = evening.state
    assert evening.feed(i.Ruled(at=evening.now, what="pair", about="1")).state == state


def test_replacing_ends_somewhere(evening: Evening) -> None:
    number = 0
    while not evening.over:
        number += 1
        evening.arrive(number, missed=(0, 1))
        evening.due()
    assert number == 5 + SPARE
    assert [ask.again for ask in rounds(evening).asks] == [True] * SPARE + [False] * 5
    assert [rounds(evening).place(n) for n in (1, SPARE, SPARE + 1, 8)] == [1, 1, 1, 5]


# --- the play as a value --------------------------------------------------------------------------


def test_no_market_and_no_account_is_wanted(evening: Evening) -> None:
    play = evening.state.play
    assert play is not None
    assert (play.purse, play.next_look, play.judged) == (0, None, None)


def test_what_is_still_to_come_can_be_moved(evening: Evening) -> None:
    hour = timedelta(hours=1)
    play = evening.state.play
    assert play is not None
    assert play.moved(hour).due is None
    evening.arrive(1)
    evening.say(1, "5")
    play = evening.state.play
    assert isinstance(play, Guess)
    moved = play.moved(hour)
    assert (moved.due, moved.until) == (
        play.rounds.due and play.rounds.due + hour,
        NOON + LIMIT + hour,
    )
    evening.due()
    play = evening.state.play
    assert isinstance(play, Guess)
    assert play.moved(hour).due == evening.now + PAUSE + hour
    assert play.moved(hour).rounds.asks == play.rounds.asks


def test_a_game_is_its_log_and_is_kept_whole(evening: Evening) -> None:
    evening.arrive(1)
    evening.say(1, "?")
    evening.say(1, "5")
    evening.due()
    evening.due()
    evening.arrive(2)
    evening.feed(i.Ruled(at=evening.now, what="void", about="1"))
    evening.without(2)
    assert evening.replayed() == evening.state
    play = evening.state.play
    assert isinstance(play, Guess)
    assert loads(Guess, dumps(play)) == play
    assert evening.game.phase is Phase.RUNNING


def test_an_ask_takes_the_place_of_its_number() -> None:
    three = Rounds(asks=tuple(Ask(number=n) for n in (1, 2, 3)))
    changed = three.having(Ask(number=2, void="host"))
    assert [ask.void for ask in changed.asks] == ["", "host", ""]

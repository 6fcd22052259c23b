"""Margin quiz: what is asked, who is ahead, who decides it at last, and a game recounted."""

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.content.quiz_files import QuizFiles
from bot.adapters.database.codec import dumps, loads
from core.errors import Refusal
from core.lessons.challenges import kinds
from core.lessons.challenges.quiz import KIND, LIMIT, USED, Quiz
from core.lessons.game import inputs as i
from core.lessons.game.asks import Ask, Given
from core.lessons.game.errors import ActUsed, BadAnswer, NoSeat, NotPlaying
from core.lessons.game.game import Game
from core.lessons.game.kind import Ground
from core.lessons.game.rounds import PAUSE, Rounds
from core.money import D
from tests.builders import NOON, exact
from tests.core.lessons.game.test_own import CROSS, ISOLATED
from tests.fakes.asking import SECOND, Evening, ground, question

__all__ = ["exact"]

LETTERS = "abcd"
QUESTIONS = tuple(question(f"q{n}") for n in range(30))
FIVE = {"questions": "5", "source": "faq"}
PLACE: Ground = replace(ground(), questions=QUESTIONS)


def quiz(evening: Evening) -> Quiz:
    play = evening.state.play
    assert isinstance(play, Quiz)
    return play


def started(count: int = 2, /, **setup: str) -> Evening:
    return Evening(KIND, count, {**FIVE, **setup}, PLACE)


def right(evening: Evening) -> str:
    """Return the letter of the right answer to the last question."""
    return LETTERS[quiz(evening).items[-1].right]


def wrong(evening: Evening) -> str:
    return LETTERS[quiz(evening).items[-1].right - 1]


def played(evening: Evening, *rounds: dict[int, tuple[float, bool]]) -> Evening:
    """Play questions: who answers after how many seconds, and whether rightly."""
    for answers in rounds:
        number = quiz(evening).rounds.last.number
        opened = evening.now
        evening.arrive(number)
        for player, (after, is_right) in sorted(answers.items(), key=lambda pair: pair[1]):
            evening.now = opened + after * SECOND
            evening.say(player, right(evening) if is_right else wrong(evening))
        if quiz(evening).rounds.last.is_open:
            evening.due()
        evening.due()
    return evening


def tied() -> Evening:
    """Play five questions after which nobody can tell two of three players apart."""
    same = {1: (4.0, True), 2: (4.0, True), 3: (9.0, False)}
    return played(started(3), *[same] * 5)


# --- asking ---------------------------------------------------------------------------------------


def test_so_many_questions_are_asked_and_none_twice() -> None:
    for count in (5, 10, 20):
        evening = started(questions=str(count))
        played(evening, *[{1: (1.0, True), 2: (3.0, True)}] * count)
        assert evening.over
        assert len(set(quiz(evening).asked)) == len(quiz(evening).asked) == count


def test_what_the_chat_was_asked_of_late_is_not_asked() -> None:
    used = [each.id for each in QUESTIONS[:25]]
    evening = started(used=" ".join(used))
    assert evening.game.setup[USED]
    played(evening, *[{1: (1.0, True), 2: (3.0, True)}] * 5)
    assert set(quiz(evening).asked) == {each.id for each in QUESTIONS[25:]}


def test_the_host_chooses_what_is_asked() -> None:
    place = replace(PLACE, mistakes=(ISOLATED, CROSS))
    setup = {"source": "mistakes", "category": "liquidation", "level": "hard"}
    evening = Evening(KIND, 2, setup, place)
    assert quiz(evening).items[0].kind == "own_limit"
    evening = Evening(KIND, 2, {"source": "numbers", "category": "fees"}, place)
    assert quiz(evening).items[0].kind == "fee"


def test_the_shipped_questions_make_a_quiz() -> None:
    place = replace(ground(), questions=QuizFiles().questions("en"))
    evening = Evening(KIND, 2, {"questions": "20"}, place)
    played(evening, *[{1: (1.0, True), 2: (3.0, True)}] * 20)
    assert Counter(item.kind == "faq" for item in quiz(evening).items).keys() == {True, False}


def test_a_choice_is_a_letter_or_a_number_and_the_first_one_counts() -> None:
    evening = started(3)
    evening.arrive(1)
    assert evening.say(1, "B") == "answered"
    assert evening.say(2, "1:2") == "answered"
    with pytest.raises(ActUsed):
        evening.say(1, "c")
    for text in ("?", "e", "5"):
        with pytest.raises(BadAnswer):
            evening.say(3, text)
    given = quiz(evening).rounds.last.given
    assert [(each.player, each.value) for each in given] == [(1, "b"), (2, "b")]


def test_the_solution_comes_as_soon_as_everybody_has_answered() -> None:
    evening = started()
    evening.arrive(1)
    evening.say(1, "a")
    evening.say(2, "b")
    assert evening.said(1) == [("answer", 1)]


def test_a_question_that_is_replaced_is_another_one() -> None:
    evening = started()
    evening.arrive(1, missed=(0, 1))
    assert evening.due() == [("item", 2)]
    assert len(set(quiz(evening).asked)) == 2


# --- who is ahead ---------------------------------------------------------------------------------


def test_points_tell_and_hard_mode_takes_some() -> None:
    rounds = [{1: (4.0, True), 2: (4.0, False)}] * 5
    evening = played(started(), *rounds)
    assert evening.figures[1][:3] == (D(14 + 15 + 16 + 17 + 18), D(5), D(-4))
    assert evening.places == {1: 1, 2: 2}
    assert evening.figures[2][0] == 0
    assert played(started(hard="yes"), *rounds).figures[2][0] == -10


def test_equal_points_are_told_apart_by_right_answers() -> None:
    evening = started(2, hard="yes")
    # 10 + 11 + 12 - 2 - 2 slowly against 15 + 16 - 2, quick: 29 each, three right against two
    slow = [(20.0, True), (20.0, True), (20.0, True), (20.0, False), (20.0, False)]
    quick = [(1.0, True), (1.0, True), (1.0, False), None, None]
    rounds = [{1: a, **({2: b} if b else {})} for a, b in zip(slow, quick, strict=True)]
    played(evening, *rounds)
    assert [evening.figures[p][:2] for p in (1, 2)] == [(D(29), D(3)), (D(29), D(2))]
    assert evening.places == {1: 1, 2: 2}


def test_equal_right_answers_are_told_apart_by_their_mean_time() -> None:
    evening = played(started(), *[{1: (4.0, True), 2: (3.999, True)}] * 5)
    assert evening.figures[1][:2] == evening.figures[2][:2]
    assert evening.places == {2: 1, 1: 2}
    assert evening.over


def test_who_left_has_no_place() -> None:
    evening = played(started(3), {1: (1.0, True), 2: (2.0, True), 3: (3.0, True)}).without(1)
    assert evening.places == {2: 1, 3: 2, 1: 0}


def test_the_hardest_question_is_the_one_that_fewest_got_right() -> None:
    evening = started(2)
    assert quiz(evening).hardest(evening.table) is None
    played(evening, {1: (1.0, True)}, {1: (1.0, False), 2: (1.0, True)}, {1: (1.0, True)})
    assert quiz(evening).hardest(evening.table) == 2


def test_a_question_struck_out_is_counted_nowhere() -> None:
    evening = played(started(), *[{1: (4.0, True), 2: (9.0, True)}] * 3)
    evening.feed(i.Ruled(at=evening.now, what="void", about="2"))
    assert evening.figures[1][:2] == (D(14 + 15), D(2))
    assert quiz(evening).marks(evening.table).keys() == {1, 3}


# --- the last question of all ---------------------------------------------------------------------


def test_who_cannot_be_told_apart_gets_one_more_question_for_a_number() -> None:
    evening = tied()
    assert not evening.over
    assert evening.said(0)[-1] == ("item", 6)
    item = quiz(evening).items[-1]
    assert (item.kind, item.choices) == ("sudden", ())
    evening.arrive(6)
    with pytest.raises(NotPlaying):
        evening.say(3, "1")
    with pytest.raises(BadAnswer):
        evening.say(1, "a")
    truth = item.truth
    assert truth is not None
    evening.wait(1).say(1, f"{truth * D('0.99'):.8f}")
    evening.wait(9).say(2, f"{truth:.8f}")
    assert evening.said(0)[-1] == ("answer", 6)
    assert evening.due() == [("end", 0)]
    assert evening.places == {2: 1, 1: 2, 3: 3}
    assert [one.player for one in quiz(evening).last_of_all] == [2, 1]
    assert evening.replayed() == evening.state
    assert loads(Quiz, dumps(quiz(evening))) == quiz(evening)


def test_of_two_equally_near_ones_the_faster_wins_and_else_they_share() -> None:
    for wait, places in ((2, {1: 1, 2: 2, 3: 3}), (0, {1: 1, 2: 1, 3: 3})):
        evening = tied()
        evening.arrive(6)
        evening.say(1, "1")
        evening.wait(wait).say(2, "1")
        evening.due()
        assert evening.places == places


def test_who_answers_wildly_is_ahead_of_who_does_not() -> None:
    evening = tied()
    evening.arrive(6)
    evening.wait(20).say(2, "1")
    evening.due()
    evening.due()
    assert evening.over
    assert evening.places == {2: 1, 1: 2, 3: 3}


def test_nobody_answers_and_the_place_is_shared() -> None:
    evening = tied()
    evening.arrive(6)
    evening.due()
    evening.due()
    assert evening.over
    assert evening.places == {1: 1, 2: 1, 3: 3}


def test_a_last_question_that_few_could_see_is_replaced() -> None:
    evening = tied()
    evening.arrive(6, missed=(0, 1))
    assert evening.due() == [("item", 7)]
    assert quiz(evening).items[-1].kind == "sudden"
    assert quiz(evening).items[-1].id != quiz(evening).items[-2].id


def test_a_last_question_struck_out_decides_nothing() -> None:
    evening = tied()
    evening.arrive(6)
    evening.say(1, "1")
    evening.due()
    evening.feed(i.Ruled(at=evening.now, what="void", about="6"))
    assert quiz(evening).last_of_all == ()
    assert evening.due() == [("end", 0)]
    assert evening.places == {1: 1, 2: 1, 3: 3}


def test_when_one_of_the_two_leaves_the_other_need_not_answer() -> None:
    evening = tied()
    evening.arrive(6)
    before = len(evening.posts)
    evening.without(1)
    assert evening.said(before) == [("answer", 6)]
    assert evening.due() == [("end", 0)]
    assert evening.places == {2: 1, 3: 2, 1: 0}


def test_where_nobody_knew_anything_nothing_is_left_to_decide() -> None:
    evening = played(started(), *[{1: (1.0, False), 2: (1.0, False)}] * 5)
    assert evening.over
    assert evening.places == {1: 1, 2: 1}


def test_one_player_alone_is_tied_with_nobody() -> None:
    evening = played(started(1), *[{1: (1.0, True)}] * 5)
    assert evening.over
    assert evening.places == {1: 1}


# --- the kind -------------------------------------------------------------------------------------


def test_it_is_the_third_kind() -> None:
    assert kinds()["quiz"] is KIND
    game = Game(kind="quiz", seed="5eed")
    assert (KIND.order, KIND.pace(game), KIND.full(game), KIND.trades) == (3, 1, False, False)


def test_the_latecomer_missed_what_is_over() -> None:
    with pytest.raises(NoSeat):
        started().feed(i.Joined(at=NOON, name="late"))
    evening = started(late="quarter")
    evening.feed(i.Joined(at=NOON + 5 * (LIMIT + PAUSE) / 4, name="late"))
    assert evening.figures[3][0] == 0
    evening.arrive(1)
    assert evening.say(3, "a") == "answered"
    with pytest.raises(NoSeat):
        evening.feed(i.Joined(at=NOON + 60 * SECOND, name="later"))


# --- recounted ------------------------------------------------------------------------------------


@dataclass
class Recount:
    """Who answered what, as somebody at the table would write it down."""

    hard: bool
    asked: list[int] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)
    notes: dict[tuple[int, int], tuple[int, bool]] = field(default_factory=dict)

    def figures(self, player: int) -> tuple[int, int, Fraction]:
        """Return points, right answers and their mean time, as the specification tells."""
        points, row, times = 0, 0, []
        for number in self.asked:
            if number in self.struck:
                continue
            after, is_right = self.notes.get((number, player), (0, False))
            if not is_right:
                row = 0
                points -= 2 * (self.hard and (number, player) in self.notes)
                continue
            speed = max(Fraction(0), 5 * (1 - Fraction(after, 20_000)))
            points += 10 + int(speed + Fraction(1, 2)) + min(row, 5)
            row += 1
            times.append(after)
        mean = Fraction(sum(times), 1000 * len(times)) if times else Fraction(0)
        return points, len(times), -mean


ACTS = st.lists(
    st.tuples(
        st.integers(0, 9_000),
        st.integers(1, 3),
        st.sampled_from(["right", "right", "right", "wrong", "due", "due", "void", "early"]),
    ),
    min_size=5,
    max_size=80,
)


@settings(max_examples=150, deadline=None)
@given(ACTS, st.booleans())
def test_an_independent_count_comes_to_the_same(
    acts: list[tuple[int, int, str]], hard: bool
) -> None:
    evening = started(3, hard="yes" if hard else "no", questions="10")
    recount = Recount(hard)
    for wait, player, act in acts:
        if evening.over or not quiz(evening).items[-1].choices:
            break
        ask = quiz(evening).rounds.last
        evening.wait(wait / 1000)
        if ask.waits:
            evening.arrive(ask.number)
            ask = quiz(evening).rounds.last
        opened = ask.opened
        assert opened is not None
        try:
            if act == "due":
                evening.due()
            elif act in {"void", "early"}:
                number = ask.number if act == "void" else max(1, ask.number - 2)
                evening.feed(i.Ruled(at=evening.now, what="void", about=str(number)))
                recount.struck.add(number)
            else:
                evening.say(player, right(evening) if act == "right" else wrong(evening))
                after = round((evening.now - opened).total_seconds() * 1000)
                recount.notes.setdefault((ask.number, player), (after, act == "right"))
        except Refusal:
            continue
    rounds: Rounds = quiz(evening).rounds
    recount.asked = [ask.number for ask in rounds.asks if ask.closed is not None]
    for player, figures in evening.figures.items():
        points, count, mean = recount.figures(player)
        assert figures[:2] == (D(points), D(count))
        assert abs(Fraction(figures[2]) - mean) < Fraction(1, 10**25)
    assert evening.replayed() == evening.state
    assert loads(Quiz, dumps(quiz(evening))) == quiz(evening)


def test_what_is_still_to_come_can_be_moved() -> None:
    evening = started()
    evening.arrive(1)
    play = quiz(evening)
    assert play.moved(SECOND).until == NOON + LIMIT + SECOND
    assert play.moved(SECOND).items == play.items


def test_a_question_of_a_large_room_is_kept_in_little() -> None:
    given = tuple(Given(player, 12_345, "a") for player in range(1, 201))
    ask = Ask(number=1, opened=NOON, closed=NOON, given=given)
    assert len(dumps(ask)) < 200 * 45

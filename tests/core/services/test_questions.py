"""Open questions: who may answer which, who reports and strikes out, and what was not heard."""

from datetime import timedelta

import pytest

from core.errors import NotAllowed
from core.lessons.game.asking import Asking
from core.lessons.game.errors import BadOption, NoGame, NotPlaying
from core.paper.records import Identity
from core.services.questions import Questions
from tests.builders import exact
from tests.core.services.hall import LENA, MIRA, TOBI, Hall

__all__ = ["exact"]

STRANGER = Identity("telegram", "404")


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def questions(hall: Hall) -> Questions:
    return Questions(hall.units, hall.clock, hall.referee)


def asked(hall: Hall, kind: str = "guess", *people: Identity) -> int:
    """A game of questions whose first item is open."""
    number = hall.opened(kind)
    hall.join(number, *(people or (MIRA, TOBI)))
    hall.challenges.begin(hall.host(), number)
    hall.deliver()
    return number


def rounds(hall: Hall, number: int) -> Asking:
    play: object = hall.kept(number).state.play
    assert isinstance(play, Asking)
    return play


def test_an_open_item_is_found_for_those_who_play_and_nobody_else(
    hall: Hall, questions: Questions
) -> None:
    assert questions.open_to(MIRA) == ()
    number = asked(hall)
    assert [kept.number for kept in questions.open_to(MIRA)] == [number]
    assert questions.open_to(LENA) == questions.open_to(STRANGER) == ()


def test_what_is_on_its_way_or_closed_or_no_question_is_not_open(
    hall: Hall, questions: Questions
) -> None:
    number = hall.opened("guess")
    hall.join(number, MIRA, TOBI)
    hall.challenges.begin(hall.host(), number)
    assert questions.open_to(MIRA) == ()
    hall.deliver()
    hall.tick(50)
    assert questions.open_to(MIRA) == ()
    hall.duel()
    assert questions.open_to(MIRA) == ()


def test_of_several_the_last_opened_comes_first(hall: Hall, questions: Questions) -> None:
    first = asked(hall, "guess")
    hall.clock.advance(timedelta(seconds=1))
    second = asked(hall, "quiz")
    assert [kept.number for kept in questions.open_to(MIRA)] == [second, first]


def test_who_was_asked_back_is_known(hall: Hall, questions: Questions) -> None:
    number = asked(hall)
    assert not questions.held(MIRA, number, 1)
    hall.act(number, MIRA, "1:?")
    assert questions.held(MIRA, number, 1)
    assert not questions.held(MIRA, number, 2)
    assert not questions.held(TOBI, number, 1)
    assert not questions.held(LENA, number, 1)
    assert not questions.held(STRANGER, number, 1)
    with pytest.raises(NoGame):
        questions.held(MIRA, 99, 1)


def test_a_report_is_posted_once_and_counted_for_each(hall: Hall, questions: Questions) -> None:
    number = asked(hall, "quiz")
    for who in (MIRA, MIRA, TOBI):
        assert questions.report(hall.by(who), number, "1").said == "reported"
    assert rounds(hall, number).rounds.asks[0].reports == (1, 2)
    assert hall.deliver() == ["reported1"]


def test_a_report_that_comes_twice_is_one(hall: Hall, questions: Questions) -> None:
    number = asked(hall, "quiz")
    said = [questions.report(hall.by(MIRA, "same"), number, "1").said for _ in range(2)]
    assert said == ["reported"] * 2
    assert hall.heard(number).count("Reported") == 1


def test_only_players_report_and_only_what_there_is(hall: Hall, questions: Questions) -> None:
    number = asked(hall, "quiz")
    with pytest.raises(NotPlaying):
        questions.report(hall.by(LENA), number, "1")
    with pytest.raises(BadOption):
        questions.report(hall.by(MIRA), number, "2")


def test_a_host_strikes_out_once_and_nobody_else(hall: Hall, questions: Questions) -> None:
    number = asked(hall, "quiz")
    with pytest.raises(NotAllowed):
        questions.strike(hall.by(MIRA), number, "1")
    for _ in range(2):
        assert questions.strike(hall.host("same"), number, "1").said == "voided"
    assert hall.heard(number).count("Ruled") == 1
    assert rounds(hall, number).rounds.asks[0].void == "host"
    assert hall.deliver() == ["voided1"]


def test_a_platform_that_was_not_heard_voids_what_was_open_there(
    hall: Hall, questions: Questions
) -> None:
    number, other = asked(hall, "quiz"), hall.duel()
    since = hall.clock.now() + timedelta(seconds=1)
    hall.clock.advance(timedelta(seconds=5))
    assert questions.deaf("discord", since) == 0
    assert not rounds(hall, number).rounds.last.void
    assert questions.deaf("telegram", since) == 1
    assert rounds(hall, number).rounds.last.void == "deaf"
    assert "Deaf" not in hall.heard(other)


def test_what_was_closed_meanwhile_is_void_too_and_what_came_before_is_not(
    hall: Hall, questions: Questions
) -> None:
    number = asked(hall, "quiz")
    hall.act(number, MIRA, "a")
    hall.tick(23)
    hall.deliver()
    hall.tick(9)
    hall.deliver()
    hall.tick(15)
    since = hall.clock.now() - timedelta(seconds=2)
    hall.tick(8)
    assert rounds(hall, number).rounds.last.closed is not None
    assert questions.deaf("telegram", since) == 1
    assert [ask.void for ask in rounds(hall, number).rounds.asks] == ["", "deaf"]
    assert not rounds(hall, number).rounds.asks[1].again


def test_nothing_is_told_twice(hall: Hall, questions: Questions) -> None:
    number = asked(hall, "quiz")
    since = hall.clock.now()
    hall.clock.advance(timedelta(seconds=5))
    for _ in range(2):
        questions.deaf("telegram", since)
    assert [ask.void for ask in rounds(hall, number).rounds.asks] == ["deaf"]
    assert hall.deliver() == ["voided1"]

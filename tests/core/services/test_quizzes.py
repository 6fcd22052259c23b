"""What a quiz may ask: the content, what its own members allow, and nothing of late."""

from dataclasses import replace

import pytest

from core.lessons.challenges.quiz import USED, Quiz
from core.lessons.game.books import KeptGame
from core.lessons.game.game import Phase, Room
from core.lessons.game.items import Item
from core.lessons.game.mistake import Mistake
from core.paper.records import Identity
from core.people import Preferences
from core.services.quizzes import (
    EACH,
    REMEMBERED,
    QuizGround,
    asked_of_late,
    mistakes_of,
    prepared,
)
from tests.builders import BTC, exact
from tests.core.services.falls import fall, fall_together
from tests.core.services.hall import HOST, LENA, MIRA, ROOM, TOBI, Hall
from tests.fakes.asking import question

__all__ = ["exact"]

QUESTIONS = (question("one"), question("two"))
OTHER = Room("discord", "77")


@pytest.fixture
def hall() -> Hall:
    return Hall()


def game(hall: Hall, *people: Identity) -> KeptGame:
    number = hall.opened("quiz")
    hall.join(number, *people)
    return hall.kept(number)


def mistakes(hall: Hall, kept: KeptGame) -> tuple[Mistake, ...]:
    with hall.units.reading() as books:
        return tuple(mistakes_of(books, kept))


def allow(hall: Hall, who: Identity, *, yes: bool = True) -> None:
    with hall.units.writing() as books:
        books.set_preferences(who.platform, who.person, Preferences(mistakes=yes))


def test_questions_and_mistakes_are_laid_out_for_a_quiz_alone(hall: Hall) -> None:
    lay = QuizGround(lambda: QUESTIONS)
    fall(hall.units, MIRA)
    allow(hall, MIRA)
    quiz = game(hall, MIRA, TOBI)
    with hall.units.reading() as books:
        ground = lay(books, quiz, hall.ground)
    assert ground.questions == QUESTIONS
    assert [mistake.symbol for mistake in ground.mistakes] == [BTC]
    duel = hall.kept(hall.opened("duel"))
    with hall.units.reading() as books:
        assert lay(books, duel, hall.ground) is hall.ground


def test_nobodys_mistakes_are_asked_who_has_not_said_so(hall: Hall) -> None:
    fall(hall.units, MIRA)
    kept = game(hall, MIRA, TOBI)
    assert mistakes(hall, kept) == ()
    allow(hall, MIRA)
    (mistake,) = mistakes(hall, kept)
    assert mistake.id.startswith("own")
    allow(hall, MIRA, yes=False)
    assert mistakes(hall, kept) == ()


def test_only_those_who_joined_and_are_still_there_are_asked_about(hall: Hall) -> None:
    for who in (MIRA, LENA):
        fall(hall.units, who)
        allow(hall, who)
    kept = game(hall, MIRA, TOBI)
    assert len(mistakes(hall, kept)) == 1
    hall.leave(kept.number, MIRA)
    assert mistakes(hall, hall.kept(kept.number)) == ()


def test_the_newest_few_of_each_person_are_asked_about(hall: Hall) -> None:
    fall(hall.units, MIRA, EACH + 2)
    allow(hall, MIRA)
    found = mistakes(hall, game(hall, MIRA))
    assert len(found) == EACH
    assert len({mistake.id for mistake in found}) == EACH


def test_what_took_several_positions_at_once_is_not_asked_about(hall: Hall) -> None:
    fall_together(hall.units, MIRA)
    allow(hall, MIRA)
    assert mistakes(hall, game(hall, MIRA)) == ()


def test_what_happened_in_a_challenge_is_no_mistake_of_the_portfolio(hall: Hall) -> None:
    fall(hall.units, MIRA, market="game:7:1")
    allow(hall, MIRA)
    assert mistakes(hall, game(hall, MIRA)) == ()


# --- what was asked of late -----------------------------------------------------------------------


def former(hall: Hall, *asked: str, room: Room = ROOM, phase: Phase = Phase.ARCHIVED) -> None:
    """A quiz of before in which so much was asked."""
    items = tuple(Item(id=each, kind="faq", category="modes", level="easy") for each in asked)
    with hall.units.writing() as books:
        kept = books.games.add(hall.state(hall.opened("quiz")), HOST, room)
        over = replace(kept.state.game, phase=phase)
        books.games.keep(
            replace(kept, state=replace(kept.state, game=over, play=Quiz(items=items)))
        )
        for open_ in books.games.here(room):
            gone = replace(open_.state.game, phase=Phase.ARCHIVED)
            books.games.keep(replace(open_, state=replace(open_.state, game=gone)))


def late(hall: Hall, *rooms: Room) -> list[str]:
    with hall.units.reading() as books:
        return asked_of_late(books, rooms or (ROOM,)).split()


def test_the_last_fifty_are_remembered_the_newest_first(hall: Hall) -> None:
    for start in range(0, 80, 20):
        former(hall, *(f"q{n}" for n in range(start, start + 20)))
    assert late(hall) == [f"q{n}" for n in range(79, 79 - REMEMBERED, -1)]


def test_every_chat_of_a_game_has_its_own_memory(hall: Hall) -> None:
    former(hall, "a")
    former(hall, "b", room=OTHER)
    assert late(hall) == ["a"]
    assert late(hall, ROOM, OTHER) == ["a", "b"]
    assert late(hall, Room("telegram", "9")) == []


def test_a_quiz_that_opens_is_told_and_no_other_game(hall: Hall) -> None:
    former(hall, "a", "b")
    number = hall.opened("quiz")
    assert hall.game(number).setup[USED] == "b a"
    assert USED not in hall.game(hall.opened("duel")).setup
    with hall.units.writing() as books:
        kept = hall.kept(number)
        assert prepared(books, kept).state.game.setup[USED] == "b a"

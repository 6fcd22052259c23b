"""Questions to a chat outside of games: by chance, none again so soon, none beside a game."""

from dataclasses import replace
from itertools import count

import pytest

from core.lessons.challenges.quiz import USED
from core.lessons.game.drawing import Wish
from core.lessons.game.errors import NoGame, NotNow
from core.lessons.game.game import Phase, Room
from core.lessons.game.items import Item
from core.services.playing import Playing
from core.services.polls import Polls
from core.services.quizzes import REMEMBERED, prepared
from core.services.trading import Asked
from tests.builders import exact
from tests.core.services.hall import HOST, MIRA, ROOM, TOBI, Hall
from tests.fakes.asking import question

__all__ = ["exact"]

QUESTIONS = tuple(question(f"q{n}") for n in range(3))
FAQ = Wish(source="faq")


class Asker:
    """Somebody who asks a chat, each time with another request and another seed."""

    def __init__(self, hall: Hall) -> None:
        seeds = count()
        self.polls = Polls(
            hall.units, lambda _: hall.ground, lambda: QUESTIONS, lambda: f"{next(seeds):032x}"
        )
        self._requests = count()

    def ask(self, wish: Wish = FAQ, room: Room = ROOM, request: str = "") -> Item:
        number = request or f"r{next(self._requests)}"
        by = Playing(Asked(HOST, HOST.person, number), room, hosts=True)
        return self.polls.ask(by, wish).item


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def asker(hall: Hall) -> Asker:
    return Asker(hall)


def test_no_question_comes_again_while_there_are_others(asker: Asker) -> None:
    asked = [asker.ask().id for _ in QUESTIONS]
    assert sorted(asked) == ["q0", "q1", "q2"]
    fourth = asker.ask()
    assert (fourth.kind != "faq", len(fourth.choices)) == (True, 4)


def test_another_topic_has_its_own_memory(asker: Asker) -> None:
    other = replace(ROOM, topic="7")
    for room in (ROOM, other):
        assert sorted(asker.ask(room=room).id for _ in QUESTIONS) == ["q0", "q1", "q2"]


def test_a_wish_is_followed(asker: Asker) -> None:
    for wanted in (("leverage", "easy"), ("funding", "medium"), ("risk", "hard")):
        item = asker.ask(Wish("all", *wanted))
        assert (item.category, item.level) == wanted


def test_the_same_request_is_the_same_question_even_beside_a_game(hall: Hall, asker: Asker) -> None:
    first = asker.ask(request="again")
    number = hall.opened("quiz")
    hall.join(number, MIRA, TOBI)
    assert asker.ask(request="again") == first
    with hall.units.reading() as books:
        assert [polled.item for polled in books.games.polls(ROOM)] == [first]


@pytest.mark.parametrize("kind", ["quiz", "guess"])
def test_beside_open_and_running_games_of_questions_there_are_none(
    hall: Hall, asker: Asker, kind: str
) -> None:
    number = hall.opened(kind)
    hall.join(number, MIRA, TOBI)
    with pytest.raises(NotNow, match="asking"):
        asker.ask()
    hall.challenges.begin(hall.host(), number)
    with pytest.raises(NotNow, match="asking"):
        asker.ask()
    asker.ask(room=Room("telegram", "-200"))
    hall.challenges.stop(hall.host(), number)
    asker.ask()


def test_beside_a_draft_and_a_game_that_trades_there_may_be_one(hall: Hall, asker: Asker) -> None:
    hall.opened("duel")
    with hall.units.writing() as books:
        kept = books.games.here(ROOM)[0]
        game = replace(kept.state.game, kind="quiz", phase=Phase.DRAFT)
        books.games.add(replace(kept.state, game=game), HOST, ROOM)
    asker.ask()


def test_a_quiz_asks_nothing_that_a_poll_has_just_told(hall: Hall, asker: Asker) -> None:
    told = asker.ask()
    number = hall.opened("quiz")
    with hall.units.writing() as books:
        assert told.id in prepared(books, hall.kept(number)).state.game.setup[USED].split()


def test_the_last_ones_of_a_chat_are_found_there_and_nowhere_else(hall: Hall, asker: Asker) -> None:
    for _ in range(REMEMBERED + 1):
        asker.ask(Wish())
    with hall.units.reading() as books:
        there = books.games.polls(ROOM)
    assert len(there) == REMEMBERED
    newest = there[0].number
    assert asker.polls.asked(newest, replace(ROOM, topic="9")) == there[0]
    for number, room in ((1, ROOM), (newest, Room("telegram", "-7")), (newest + 1, ROOM)):
        with pytest.raises(NoGame):
            asker.polls.asked(number, room)

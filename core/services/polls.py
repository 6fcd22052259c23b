"""Questions to a chat outside of any game: unscored, so nothing is kept of who answers what.

They come from the same content and numbers as a quiz's, by chance, and what the chat was asked of
late, in a quiz or a poll, is not asked again. While a quiz or a guess is on in the chat there are
none: what is scored there must not be told beside it.
"""

from collections.abc import Callable
from dataclasses import replace

from core.lessons.challenges import kinds
from core.lessons.challenges.quiz import KIND
from core.lessons.game.asking import Asking
from core.lessons.game.books import Polled
from core.lessons.game.drawing import Wish, drawn_item
from core.lessons.game.errors import NoGame, NotNow
from core.lessons.game.figures import Dice
from core.lessons.game.game import Game, Room
from core.lessons.game.question import Question
from core.ports import Books, Units
from core.services.playing import Playing
from core.services.quizzes import REMEMBERED, asked_of_late
from core.services.referee import GroundFor


class Polls:
    """Draws questions for chats, and finds them again."""

    def __init__(
        self,
        units: Units,
        ground: GroundFor,
        questions: Callable[[], tuple[Question, ...]],
        seed: Callable[[], str],
    ) -> None:
        """Take what a quiz is played on, the content's questions, and what makes a new secret."""
        self._units = units
        self._ground = ground
        self._questions = questions
        self._seed = seed

    def ask(self, by: Playing, wish: Wish) -> Polled:
        """Return a question for a chat; a request that comes twice gets the same one.

        Raises `NotNow` while a quiz or a guess is on there.
        """
        with self._units.writing() as books:
            again = books.games.polled_by(by.asked.request)
            if again is not None:
                return again
            if _is_asking(books, by.room):
                raise NotNow("asking")
            game = Game(kind=KIND.name, seed=self._seed())
            ground = replace(self._ground(game), questions=self._questions())
            used = frozenset(asked_of_late(books, (by.room,)).split())
            item = drawn_item(Dice(game.seed, ("poll",)), ground, wish, used)
            return books.games.poll(by.room, item, by.asked.request, REMEMBERED)

    def asked(self, number: int, room: Room) -> Polled:
        """Return a question that a chat was asked. Raises `NoGame` where it is none of its last."""
        with self._units.reading() as books:
            found = books.games.polled(number)
        if found is None or (found.room.platform, found.room.chat) != (room.platform, room.chat):
            raise NoGame
        return found


def _is_asking(books: Books, room: Room) -> bool:
    """Whether a game of questions is open or under way in a chat."""
    there = (kept.state.game for kept in books.games.here(room))
    return any(
        game.phase.is_there and issubclass(kinds()[game.kind].play, Asking) for game in there
    )

"""What a quiz may ask its group: the content's questions, and liquidations of its own members.

A member's liquidations are asked about only where they allow it (`Preferences.mistakes`), in games
that they joined, and without their name. What a chat was asked of late is not asked again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from core.lessons.challenges.quiz import KIND, USED, Quiz
from core.lessons.game.books import KeptGame
from core.lessons.game.game import Room
from core.lessons.game.kind import Ground
from core.lessons.game.mistake import Mistake, of_liquidation
from core.lessons.game.question import Question
from core.lessons.game.trading import game_of
from core.paper.account import PaperAccount, bare
from core.paper.apply import apply
from core.paper.events import PoolLiquidated
from core.paper.records import Recorded
from core.ports import Books, PaperBooks

REMEMBERED = 50
"""So many questions back none is asked again."""

GAMES = 20
"""Former games that are looked through for them; a quiz has five questions at least."""

EACH = 5
"""Liquidations of one person, the newest first."""


class QuizGround:
    """Lays out what a quiz may ask, when it begins."""

    def __init__(self, questions: Callable[[], tuple[Question, ...]]) -> None:
        """Take where the content's questions come from."""
        self._questions = questions

    def __call__(self, books: Books, kept: KeptGame, ground: Ground) -> Ground:
        """Return a ground with what a game may ask; that of any other kind as it is."""
        if kept.state.game.kind != KIND.name:
            return ground
        mistakes = tuple(mistakes_of(books, kept))
        return replace(ground, questions=self._questions(), mistakes=mistakes)


def mistakes_of(books: Books, kept: KeptGame) -> Iterator[Mistake]:
    """Yield what may be asked about liquidations of a game's players who allow it."""
    there = {player.number for player in kept.state.game.playing}
    for seat, learner in books.games.seats(kept.number).items():
        if seat in there and _allows(books, learner):
            found = [m for account in _own(books.paper, learner) for m in account]
            yield from found[-EACH:]


def _allows(books: Books, learner: int) -> bool:
    names = books.paper.identities(learner)
    return any(books.preferences(who.platform, who.person).mistakes for who in names)


def _own(paper: PaperBooks, learner: int) -> Iterator[Iterable[Mistake]]:
    """A person's liquidations outside of games, account by account."""
    for account in paper.accounts(learner):
        if game_of(account.market) is None:
            yield _lived_through(account, paper.history(account.id))


def _lived_through(account: PaperAccount, history: tuple[Recorded, ...]) -> Iterator[Mistake]:
    """What there is to ask about an account's liquidations, oldest first."""
    now = bare(account.id, account.market)
    for each in history:
        if isinstance(each.event, PoolLiquidated):
            found = of_liquidation(f"own{each.id}", now, each.event)
            if found is not None:
                yield found
        now = apply(now, each.event, each.at)


def prepared(books: Books, kept: KeptGame) -> KeptGame:
    """Return a game that opens; a quiz is told what its chats were asked of late."""
    game = kept.state.game
    if game.kind != KIND.name:
        return kept
    setup = {**game.setup, USED: asked_of_late(books, kept.rooms)}
    return books.games.keep(
        replace(kept, state=replace(kept.state, game=replace(game, setup=setup)))
    )


def asked_of_late(books: Books, rooms: Iterable[Room]) -> str:
    """Return the ids of what these chats were asked of late, in quizzes and polls, with spaces."""
    found: dict[str, None] = {}
    for room in rooms:
        asked: list[str] = []
        for kept in books.games.played(room, KIND.name, GAMES):
            play = kept.state.play
            asked += reversed(play.asked) if isinstance(play, Quiz) else ()
        found |= dict.fromkeys(asked[:REMEMBERED])
        found |= dict.fromkeys(polled.item.id for polled in books.games.polls(room))
    return " ".join(found)

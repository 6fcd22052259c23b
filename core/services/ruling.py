"""What hosts decide about a game: printed, in its log, and in what it is worth in the season."""

from dataclasses import replace

from core.lessons.game.adjusting import ADJUST
from core.lessons.game.errors import NotNow
from core.lessons.game.inputs import Ruled
from core.lessons.game.lifecycle import Fed
from core.ports import Books
from core.services.playing import Playing, answered_before, changeable
from core.services.rating import keep_wins
from core.services.referee import Referee


def ruled(books: Books, referee: Referee, by: Playing, number: int, what: Ruled) -> Fed:
    """Let a host decide; a result that is final already is reckoned anew.

    A host who plays decides under their own number. Raises `NoGame`, `NotAllowed`, `NotNow`, and
    what the kind refuses.
    """
    kept = changeable(books, by, number)
    if (again := answered_before(books, kept, by)) is not None:
        return again
    learner = books.paper.learner(by.asked.who)
    seat = None if learner is None else books.games.seat(number, learner)
    what = replace(what, by=seat or 0)
    kept, found = referee.feed(books, kept, what, by.asked.request)
    if not found.said:
        raise NotNow(ADJUST if what.what == ADJUST else "ruling")
    if kept.state.game.phase.is_final:
        keep_wins(books, kept, referee.on(kept))
    return found

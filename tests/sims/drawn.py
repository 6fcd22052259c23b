"""What a game of questions asked, as the program draws it from the seed."""

import json
from decimal import localcontext

from bot.adapters.database.codec import loads
from core.lessons.challenges import kinds
from core.lessons.challenges.guess import Guess
from core.lessons.challenges.quiz import Quiz
from core.lessons.game.audit import Audit
from core.lessons.game.cards import Beside
from core.lessons.game.cards import Card as Drawn
from core.lessons.game.conditions import ground_under
from core.lessons.game.game import Game, Phase
from core.lessons.game.lifecycle import State, fed
from core.margin.pool import MarginMode
from core.money import EXACT
from tests.sims.recount import questions
from tests.sims.recount.result import Result
from tests.sims.recount.told import Told


def _play(told: Told) -> object:
    """The play at the end of a game."""
    with localcontext(EXACT):
        audit = loads(Audit, json.dumps(told.file))
        kind, ground = kinds()[audit.kind], ground_under(audit.conditions)
        game = Game(
            kind=audit.kind,
            seed=audit.seed,
            rooms=audit.rooms,
            setup=audit.setup,
            phase=Phase.OPEN,
        )
        state = State(game)
        for what in audit.inputs:
            state = fed(state, what, kind, ground).state
        return state.play


def guess(told: Told) -> Result:
    """Count a guessing game anew, on the cards that were shown."""
    play = _play(told)
    cards = play.cards if isinstance(play, Guess) else ()
    return questions.guess(told, lambda number: _card(cards[number - 1]))


def _card(drawn: Drawn) -> questions.Card:
    isolated = drawn.mode is MarginMode.ISOLATED
    beside = (
        None if isolated or drawn.beside is None else _position(drawn.beside, drawn.beside.mark)
    )
    behind = drawn.margin if isolated else drawn.wallet
    return questions.Card(_position(drawn, drawn.entry), behind, beside)


def _position(shown: Drawn | Beside, mark: object) -> questions.Position:
    return questions.Position(
        shown.symbol,
        int(shown.side.sign),
        shown.quantity,
        shown.entry,
        mark,  # type: ignore[arg-type]  # read as it was written
    )


def quiz(told: Told) -> Result:
    """Count a quiz anew, on the questions that were asked."""
    play = _play(told)
    asked = play.items if isinstance(play, Quiz) else ()

    def item(number: int) -> questions.Item:
        one = asked[number - 1]
        if one.choices:
            return questions.Item(right="abcd"[one.right])
        assert one.truth is not None
        return questions.Item(truth=one.truth, entry=one.numbers["entry"])

    return questions.quiz(told, item)

"""A game that anybody can play again: everything that came in, what it was played on, its result.

There is nothing in it of who the players are: inside a game people are numbers, the names they
joined under or gave their squads are left out, and roles of a server are numbered. Whoever feeds
the inputs to the same rules gets the same result to the last digit; whoever hashes the seed gets
what was printed at the start.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from core.lessons.game import inputs as i
from core.lessons.game.chance import commitment
from core.lessons.game.conditions import Conditions, conditions_of, ground_under
from core.lessons.game.game import Game, Phase
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Ground, Kind, Table
from core.lessons.game.lifecycle import State, fed
from core.lessons.game.standing import Standing

FORMAT = 1
"""The version of the form; a reader of another one says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A finished game, with the conditions it was played under."""

    format: int
    number: int
    kind: str
    setup: Mapping[str, str]
    rooms: int
    seed: str
    hash: str
    conditions: Conditions
    inputs: tuple[Input, ...]
    why: str
    standings: tuple[Standing, ...]


def audit(number: int, state: State, ground: Ground, inputs: Iterable[Input]) -> Audit:
    """Return a finished game as it is published."""
    game = state.game
    table = Table(game, ground, state.accounts)
    return Audit(
        format=FORMAT,
        number=number,
        kind=game.kind,
        setup=game.setup,
        rooms=game.rooms,
        seed=game.seed,
        hash=commitment(game.seed),
        conditions=conditions_of(ground),
        inputs=tuple(_unnamed(inputs)),
        why=game.why,
        standings=() if state.play is None else state.play.standings(table),
    )


def _unnamed(inputs: Iterable[Input]) -> Iterator[Input]:
    """Inputs without names, and without what a host said of anybody; roles are numbered."""
    roles: dict[str, str] = {"": ""}
    for what in inputs:
        match what:
            case i.Joined(role=role):
                yield replace(what, name="", role=roles.setdefault(role, f"role {len(roles)}"))
            case i.Named():
                yield replace(what, name="")
            case i.Ruled() | i.Stopped():
                yield replace(what, reason="")
            case _:
                yield what


def played_again(told: Audit, kind: Kind) -> tuple[str, tuple[Standing, ...]]:
    """Return how a published game ends when it is played again: why, and who is where.

    Raises what the rules refuse, where the inputs are not those of a game.
    """
    ground = ground_under(told.conditions)
    game = Game(
        kind=told.kind, seed=told.seed, rooms=told.rooms, setup=told.setup, phase=Phase.OPEN
    )
    state = State(game)
    for what in told.inputs:
        state = fed(state, what, kind, ground).state
    if state.play is None:
        return state.game.why, ()
    return state.game.why, state.play.standings(Table(state.game, ground, state.accounts))


def agrees(told: Audit, kind: Kind) -> tuple[str, ...]:
    """Return what a published game says that playing it again does not; nothing where all agrees.

    The codes are "hash", "why" and "standings".
    """
    why, standings = played_again(told, kind)
    wrong = {
        "hash": commitment(told.seed) != told.hash,
        "why": why != told.why,
        "standings": standings != told.standings,
    }
    return tuple(code for code, is_wrong in wrong.items() if is_wrong)

"""The conditions of a game: all of its ground, as it was when the game began.

A venue changes its contracts while people play, and a house its settings; a game is judged to its
end by what was in force when it began. The conditions are kept with it and published with it.
"""

from dataclasses import dataclass

from core.lessons.game.kind import Ground
from core.lessons.game.mistake import Mistake
from core.lessons.game.question import Question
from core.lessons.game.reel import Reel
from core.market import Instrument, Listing, Symbol
from core.money import Amount, Rate
from core.paper.rules import PaperRules
from core.venue import VENUES


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """A venue by its name, its contracts that the market has, and the house's own numbers.

    `symbols` are the market's contracts; `path` says that it is a path of the game's own.
    `questions` and `mistakes` are what may be asked. `grant` (quote), `half_spread` and `warn_at`
    are the house's. `reel` is the recorded event of a game that is played on one, `later` are those
    of its further rounds.
    """

    venue: str
    instruments: tuple[Instrument, ...]
    symbols: tuple[Symbol, ...]
    questions: tuple[Question, ...]
    mistakes: tuple[Mistake, ...]
    path: bool
    half_spread: Rate
    warn_at: Rate
    grant: Amount
    reel: Reel | None = None
    later: tuple[Reel, ...] = ()


def conditions_of(ground: Ground) -> Conditions:
    """Return the conditions of a ground: nothing of what cannot be played is among them."""
    listing, rules = ground.listing, ground.rules
    return Conditions(
        venue=listing.venue.id,
        instruments=tuple(
            listing.instruments[s] for s in ground.symbols if s in listing.instruments
        ),
        symbols=ground.symbols,
        questions=ground.questions,
        mistakes=ground.mistakes,
        path=ground.path,
        half_spread=rules.half_spread,
        warn_at=rules.warn_at,
        grant=rules.grant,
        reel=ground.reel,
        later=ground.later,
    )


def ground_under(conditions: Conditions) -> Ground:
    """Return the ground of conditions. Raises `KeyError` for a venue there is not."""
    instruments = {each.symbol: each for each in conditions.instruments}
    rules = PaperRules(
        grant=conditions.grant,
        half_spread=conditions.half_spread,
        warn_at=conditions.warn_at,
    )
    return Ground(
        Listing(VENUES[conditions.venue], instruments),
        rules,
        conditions.symbols,
        conditions.questions,
        conditions.mistakes,
        conditions.path,
        conditions.reel,
        conditions.later,
    )

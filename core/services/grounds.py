"""What games are played on: one ground for all that trade, and for each recorded event its own.

The ground of a game follows from the game alone, so that a restart finds the same one. Only events
that come with the program are drawn: one that was fetched while a game runs changes nothing in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from core.lessons.challenges import kinds
from core.lessons.game.game import Game
from core.lessons.game.kind import Ground
from core.lessons.game.recorded import Recorded
from core.lessons.game.reel import renamed
from core.lessons.scenario import ScenarioSource
from core.market import Listing
from core.venue import ModeScope

_KEPT = 64
"""Events that are kept ready; each is a few hundred small numbers."""


class Grounds:
    """Finds the ground of a game."""

    def __init__(
        self,
        ground: Callable[[], Ground],
        listings: Mapping[str, Listing],
        events: ScenarioSource,
    ) -> None:
        """Take the ground of what trades, as it is now; all venues' contracts; recorded events."""
        self._ground = ground
        self._listings = listings
        self._events = events
        self._recorded = {n: kind for n, kind in kinds().items() if isinstance(kind, Recorded)}
        self._cut = lru_cache(maxsize=_KEPT)(self._found)

    def of(self, game: Game) -> Ground:
        """Return the ground of a game, the same as long as its seed and options are."""
        if game.kind not in self._recorded:
            return self._ground()
        return self._cut(game.kind, game.seed, tuple(sorted(game.setup.items())))

    def _found(self, kind: str, seed: str, setup: tuple[tuple[str, str], ...]) -> Ground:
        ground = self._ground()
        listing = _with_both_walls(ground.listing, self._listings)
        real = replace(ground, listing=listing, symbols=tuple(listing.instruments))
        game = Game(kind=kind, seed=seed, setup=dict(setup))
        reel = self._recorded[kind].reel(game, self._events, real)
        if reel is None:
            return real
        return replace(real, listing=renamed(listing, reel), symbols=reel.coins, reel=reel)


def _with_both_walls(own: Listing, listings: Mapping[str, Listing]) -> Listing:
    """A venue on which an account may have both walls at once: the house's own, else the first."""
    several = (own, *(listing for _, listing in sorted(listings.items())))
    return next((each for each in several if each.venue.mode_scope is not ModeScope.ACCOUNT), own)

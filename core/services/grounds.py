"""What games are played on: one ground for all that trade, and on recorded events one of its own.

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
        """Return the ground of a game; on recorded events the same while seed and options are."""
        own = None
        if game.kind in self._recorded:
            own = self._cut(game.kind, game.seed, tuple(sorted(game.setup.items())))
        return self._ground() if own is None else own

    def _found(self, kind: str, seed: str, setup: tuple[tuple[str, str], ...]) -> Ground | None:
        ground = self._ground()
        listing = _with_both_walls(ground.listing, self._listings)
        real = replace(ground, listing=listing, symbols=tuple(listing.instruments))
        game = Game(kind=kind, seed=seed, setup=dict(setup))
        reels = self._recorded[kind].reels(game, self._events, real)
        if not reels:
            return None if reels is None else real
        coins = tuple(coin for reel in reels for coin in reel.coins)
        played = replace(real, listing=renamed(listing, *reels), symbols=coins)
        return replace(played, reel=reels[0], later=reels[1:])


def _with_both_walls(own: Listing, listings: Mapping[str, Listing]) -> Listing:
    """A venue on which an account may have both walls at once: the house's own, else the first."""
    several = (own, *(listing for _, listing in sorted(listings.items())))
    return next((each for each in several if each.venue.mode_scope is not ModeScope.ACCOUNT), own)

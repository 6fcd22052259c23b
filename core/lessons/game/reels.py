"""Several recorded events for one game: each of its rounds on another one, and on another coin.

Every reel has one coin. It is called A in the first round, B in the second and C in the third, so
that no two of them can be confused, and begins at a price of its own.
"""

from collections.abc import Collection, Sequence

from core.lessons.game.chance import picked, shuffled
from core.lessons.game.reel import NAMES, Reel, framed
from core.lessons.scenario import Scenario, ScenarioSource
from core.market import Symbol

HOURS = 1
"""Of a tick: whoever holds one trade looks at every hour."""


def reels(
    events: ScenarioSource, seed: str, ticks: int, playable: Collection[Symbol]
) -> tuple[Reel, ...]:
    """Return as many events as there are names, as a seed draws them; none where they are too few.

    An event that is too short, or has no coin that may be played, is left out.
    """
    found: list[Reel] = []
    for heading in shuffled(seed, events.headings(), "event"):
        if len(found) < len(NAMES):
            found += _next(events.scenario(heading.id), seed, (ticks, playable), found)
    return tuple(found) if len(found) == len(NAMES) else ()


def _next(
    scenario: Scenario, seed: str, wanted: tuple[int, Collection[Symbol]], before: Sequence[Reel]
) -> tuple[Reel, ...]:
    """An event cut for the next round, or nothing where it will not do.

    Its coin is one that was not played before, where the event has such a one.
    """
    ticks, playable = wanted
    name, used = NAMES[len(before)], {coin for reel in before for coin in reel.real.values()}
    coins = [coin for coin in scenario.heading.coins if coin in playable]
    if not coins or scenario.heading.hours < ticks * HOURS:
        return ()
    own = f"{seed}/{name}"
    coin = picked(own, [c for c in coins if c not in used] or coins, "coin")
    return (framed(scenario, own, {Symbol(name): coin}, (ticks, HOURS)),)

"""What an asker knows of a market that was away is their own; a venue that fails has its rest."""

from datetime import timedelta

from bot.adapters.prices.memory import Memory
from bot.adapters.prices.side import Patience
from bot.adapters.prices.venues import VenueClient
from tests.adapters.prices.test_recall import (
    BTC,
    EIGHT,
    ETH,
    KLINES,
    MINUTE,
    client,
    recalling,
    venue,
)
from tests.fakes.exchange import Exchange
from tests.fakes.ports import FixedClock

__all__ = ["client", "venue"]

SINCE, UNTIL = EIGHT - 4 * MINUTE, EIGHT + 4 * MINUTE


def remembering(client: VenueClient, clock: FixedClock) -> Memory:
    return Memory(recalling(client), client, clock, Patience(4, 60))


async def test_what_was_learned_is_known_until_then_and_only_to_whoever_asked(
    client: VenueClient,
) -> None:
    clock = FixedClock()
    mine, theirs = remembering(client, clock), remembering(client, clock)
    assert mine.known_until({BTC}, SINCE) is None
    assert await mine.recall({BTC}, SINCE, UNTIL) == (frozenset({BTC}), UNTIL)
    assert mine.known_until({BTC}, SINCE) == UNTIL
    assert mine.known_until({BTC, ETH}, SINCE) is None
    assert mine.marks_at(EIGHT).prices[BTC].low is not None
    assert theirs.known_until({BTC}, SINCE) is None
    assert theirs.marks_at(EIGHT).prices == {}


async def test_a_venue_that_cannot_tell_is_asked_again_after_a_pause(
    venue: Exchange, client: VenueClient
) -> None:
    clock = FixedClock()
    memory = remembering(client, clock)
    venue.statuses[KLINES] = 503
    assert (await memory.recall({BTC}, SINCE, UNTIL))[0] == frozenset()
    tries = venue.asked[KLINES]
    venue.statuses.clear()
    assert (await memory.recall({BTC}, SINCE, UNTIL))[0] == frozenset()
    assert venue.asked[KLINES] == tries
    clock.advance(timedelta(minutes=1))
    assert await memory.recall({BTC}, SINCE, UNTIL) == (frozenset({BTC}), UNTIL)

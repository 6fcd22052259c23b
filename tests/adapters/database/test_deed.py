"""A result is kept as a place in the history, and comes back whole."""

from datetime import timedelta

from bot.adapters.database.codec import dumps, loads
from bot.adapters.database.deed import Deed
from core.market import Marks
from core.money import Amount, D
from core.paper.account import bare
from core.paper.apply import apply
from core.paper.events import Event, Granted, VenueChosen
from core.paper.records import Done, Recorded
from tests.fakes.ports import NOON

STORY: tuple[Event, ...] = (
    VenueChosen(venue="binance"),
    Granted(amount=Amount(D(100))),
    Granted(amount=Amount(D(5))),
    Granted(amount=Amount(D(7))),
)


def test_a_result_comes_back_as_it_was_whatever_happened_later() -> None:
    accounts, history = [bare(3, "demo")], []
    for place, event in enumerate(STORY, 1):
        at = NOON + timedelta(seconds=place)
        accounts.append(apply(accounts[-1], event, at))
        history.append(Recorded(place, 3, at, "", event))
    done = Done(accounts[2], STORY[2:3], accounts[3], Marks("demo", NOON, {}))
    kept = loads(Deed, dumps(Deed.of(done)))
    assert kept.done(accounts[0], history) == done

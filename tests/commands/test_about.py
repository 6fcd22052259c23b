"""What this is, and where its figures come from."""

from core.venue import VENUES
from tests.walk.house import Home, shown


def test_it_names_every_venue_with_its_contracts_and_their_date(home: Home) -> None:
    lines = shown(home.say("/about")).splitlines()
    for venue in VENUES.values():
        (line,) = [each for each in lines if each.startswith(f"- {venue.name}:")]
        assert "contracts, tiers of 20" in line


def test_it_simulates_and_says_so(home: Home) -> None:
    text = shown(home.say("/about"))
    assert "It simulates, holds no keys, and gives no advice." in text
    assert "DEMO PRICES, not live." in text

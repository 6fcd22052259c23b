"""What games are played on: a path of their own beside the demo market, else the live market."""

from decimal import localcontext

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.content.market_files import load_recording
from bot.adapters.prices.replay import DemoMarket
from bot.playground import House, playground
from core.lessons.game.game import Game
from core.lessons.game.market import PathMarket
from core.money import EXACT
from core.paper.rules import PaperRules
from core.services.prices import Prices
from tests.fakes.ports import FixedClock


def test_beside_a_recording_games_have_paths_whose_past_is_known() -> None:
    clock, listings = FixedClock(), load_listings()
    market = DemoMarket(load_recording(), clock.now(), clock)
    prices = Prices(listings, market, clock)
    house = House("binance", listings, PaperRules())
    referee, played_on, recall = playground(house, prices, None)
    assert isinstance(played_on, PathMarket)
    assert recall is None
    with localcontext(EXACT):
        ground = referee.ground(Game(kind="duel", seed="00"))
    assert ground.path
    assert ground.symbols == played_on.symbols
    assert ground.listing.venue.id == "binance"
    assert ground.rules.warn_at > 1  # nobody is warned in a game

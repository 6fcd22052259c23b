"""What the whole house stands on: books, contracts, the language, the market and its prices."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.content.market_files import load_recording
from bot.adapters.database import Database, prepare
from bot.adapters.prices.replay import DemoMarket
from bot.chat.grammar import Grammar
from bot.chat.symbols import SymbolBook
from bot.runtime.clock import SystemClock
from bot.runtime.desks import DeskUnits
from bot.settings import Settings
from core.editions import Listings
from core.ports import Clock, Units
from core.services.prices import Prices

if TYPE_CHECKING:
    from bot.adapters.prices.exchange import ExchangeMarket

Reader = Callable[[Listings], tuple[Grammar, SymbolBook]]
"""Makes the language of all commands over the contracts there are."""

EPOCH = "demo:epoch"
"""The note under which the demo market's beginning is kept, once for all processes."""


@dataclass(frozen=True, slots=True)
class Footing:
    """What everything else stands on: books, contracts, language, market, prices."""

    settings: Settings
    clock: Clock
    database: Database
    units: DeskUnits
    listings: Listings
    language: Grammar
    symbols: SymbolBook
    live: "ExchangeMarket | None"
    market: "DemoMarket | ExchangeMarket"
    prices: Prices


def footing_of(
    settings: Settings,
    clock: Clock | None,
    read: Reader,
    live: "ExchangeMarket | None",
) -> Footing:
    """Open the books, read the contracts, and begin the market; one may be there already."""
    prepare(settings.database_url)
    database = Database(settings.database_url)
    clock = clock or SystemClock()
    units = DeskUnits(database.units())
    listings = Listings(load_listings(), clock.now)
    language, symbols = read(listings)
    live = live or _live(settings, clock, listings)
    epoch = _epoch(database.units(), clock)
    market = live or DemoMarket(load_recording(), epoch, clock, settings.prices_speed)
    status = live.status if live else None
    prices = Prices(listings, market, clock, settings.prices_stale_after, status)
    return Footing(
        settings, clock, database, units, listings, language, symbols, live, market, prices
    )


def _live(settings: Settings, clock: Clock, listings: Listings) -> "ExchangeMarket | None":
    """The live market, imported only where it is switched on; None: the demo market."""
    if settings.prices_source == "demo":
        return None
    from bot.adapters.prices.live import live_market  # noqa: PLC0415

    return live_market(settings, clock, listings.symbols)


def _epoch(units: Units, clock: Clock) -> datetime:
    """When the demo market began; written once, so that processes agree and restarts go on."""
    with units.reading() as books:
        kept = books.note(EPOCH)
    if kept is None:
        with units.writing() as books:
            kept = books.first_note(EPOCH, clock.now().isoformat())
    return datetime.fromisoformat(kept)

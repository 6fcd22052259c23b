"""The live market that settings ask for."""

from collections.abc import Collection
from datetime import timedelta
from importlib.util import find_spec

from bot.adapters.prices.exchange import ExchangeMarket
from bot.adapters.prices.side import Pace
from bot.adapters.prices.venues import VenueClient
from bot.settings import Settings, SettingsError
from core.market import Symbol
from core.market_guard import Limits
from core.money import Rate
from core.ports import Clock


def live_market(wanted: Settings, clock: Clock, symbols: Collection[Symbol]) -> ExchangeMarket:
    """Make the live market that settings ask for, of these contracts; nothing is asked yet.

    Raises `SettingsError` where the library that speaks to exchanges is not installed.
    """
    if find_spec("ccxt") is None:
        raise SettingsError(
            "PRICES_SOURCE: live prices need ccxt, which is not installed: "
            "install marginbot[live], or set demo"
        )
    source, second = wanted.prices_source, wanted.prices_second
    if second == "auto":
        second = "bybit" if source == "binance" else "binance"
    quiet = timedelta(seconds=wanted.prices_quiet_after)
    stale = timedelta(seconds=wanted.prices_stale_after)
    pace = Pace(
        quiet=min(quiet, stale),
        stale=stale,
        poll=min(5.0, stale.total_seconds() / 6),
        limits=Limits(
            jump=Rate(wanted.prices_jump / 100), behind=min(stale, timedelta(seconds=30))
        ),
    )
    base = wanted.prices_base_url
    first = VenueClient(source, clock, symbols, base)
    other = None if second == "none" else VenueClient(second, clock, symbols, base)
    return ExchangeMarket(first, other, clock, pace)

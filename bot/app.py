"""The only place where concrete things meet: settings in, a running house out.

It reads like a table of contents. Platforms and price sources are imported where they are switched
on, so that a text command pays for nothing it does not use.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import bot.commands
from bot.adapters.content.course_files import CourseFiles
from bot.adapters.content.faq_files import FaqFiles
from bot.adapters.content.instrument_files import load_listings
from bot.adapters.content.market_files import load_recording
from bot.adapters.content.scenario_files import ScenarioFiles
from bot.adapters.database import Database, prepare
from bot.adapters.prices.replay import DemoMarket
from bot.chat.board import board_reply
from bot.chat.command import Command, discover
from bot.chat.dispatch import Dispatcher, House
from bot.chat.grammar import Grammar
from bot.chat.hours import next_at
from bot.chat.i18n import english
from bot.chat.parcels import word_with
from bot.chat.ports import Notifier, Publisher
from bot.chat.reading import Defaults
from bot.chat.reply import Reply
from bot.chat.symbols import SymbolBook
from bot.chat.verbs import UPCOMING
from bot.runtime.boards import Boards
from bot.runtime.clock import SystemClock
from bot.runtime.desks import Desks, DeskUnits
from bot.runtime.front import Front
from bot.runtime.outbox import Courier
from bot.runtime.past import Feed
from bot.runtime.tidy import Caretaker
from bot.runtime.watch import Watch
from bot.settings import Settings
from core.alerts.books import Schedule
from core.market import Listing
from core.money import Amount, Rate
from core.paper.rules import PaperRules
from core.ports import Clock, Units
from core.services import Services
from core.services.accounts import Accounts, Home
from core.services.alarm import Alarm
from core.services.alerts import Alerts
from core.services.chat_book import ChatBook
from core.services.compare import Compare
from core.services.course import Course
from core.services.identities import Identities
from core.services.learning import Learning
from core.services.outbox import Outbox
from core.services.people import Chats, People
from core.services.prices import Prices
from core.services.replays import Replays
from core.services.schedules import Schedules
from core.services.sweep import Screening, Sweep
from core.services.tidying import Tidying
from core.services.trading import Trading

if TYPE_CHECKING:
    from bot.adapters.prices.exchange import ExchangeMarket

MANY = 500
"""Accounts at stake from which on a screen proposes who is looked at."""

EPOCH = "demo:epoch"
"""The note under which the demo market's beginning is kept, once for all processes."""


class Platform(Notifier, Publisher, Protocol):
    """Something that brings requests and takes replies until it is told to stop."""

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set."""


@dataclass(frozen=True, slots=True)
class App:
    """A house that is ready: its desk, its marks, who watches, brings notices, tidies up and posts.

    `live` is the market where it is one that must be kept coming. `close` ends the house.
    """

    settings: Settings
    desk: Front
    watch: Watch
    courier: Courier
    caretaker: Caretaker
    boards: Boards
    live: "ExchangeMarket | None"
    marks: Callable[[], Mapping[str, Decimal]]
    close: Callable[[], None]


def commands() -> tuple[Command, ...]:
    """Return every command there is."""
    return discover(bot.commands)


def grammar(
    listings: dict[str, Listing], more: tuple[Command, ...] = ()
) -> tuple[Grammar, SymbolBook]:
    """Return the grammar of all commands, and of `more`, over the contracts of all venues."""
    symbols = SymbolBook(s for listing in listings.values() for s in listing.instruments)
    verbs = [c.verb for c in (*commands(), *more)]
    taken = {verb.name for verb in verbs}
    return Grammar([*verbs, *(v for v in UPCOMING if v.name not in taken)], symbols), symbols


def defaults(settings: Settings) -> Defaults:
    """Return what is assumed for strangers."""
    return Defaults(
        leverage=settings.default_leverage,
        wallet=settings.paper_wallet,
        venue=settings.default_venue,
    )


def build(settings: Settings, clock: Clock | None = None, more: tuple[Command, ...] = ()) -> App:
    """Put the house together: database, prices, services, conversation, desks.

    Without a `clock` the time is this machine's; `more` are commands beside its own.
    """
    prepare(settings.database_url)
    database = Database(settings.database_url)
    clock = clock or SystemClock()
    epoch = _epoch(database.units(), clock)
    units = DeskUnits(database.units())
    listings = load_listings()
    language, symbols = grammar(listings, more)
    live = _live(settings, clock, listings)
    market = live or DemoMarket(load_recording(), epoch, clock, settings.prices_speed)
    prices = Prices(
        listings, market, clock, settings.prices_stale_after, live.status if live else None
    )
    services = _services(settings, prices, units, clock)
    house = House(
        defaults=defaults(settings),
        allowed_chats=settings.allowed_chats,
        owner_ids=settings.owner_ids,
    )
    desks = Desks(group=units.group)
    dispatcher = Dispatcher((*commands(), *more), language, services, clock, house)
    front = Front(dispatcher, desks, units, clock, symbols)
    rules = services.accounts.rules
    sweep = Sweep(units, clock, listings, prices.market, rules)
    sweep.screen_beyond(MANY, lambda: _screening(listings, rules))
    sweep.alarm = Alarm(units, clock, listings, prices.market, settings.default_venue)
    patience = timedelta(seconds=settings.prices_stale_after)
    feed = Feed(prices.fresh, market.marks_at, live.recall if live else None, patience)
    watch = Watch(sweep, feed, desks, clock)
    courier = Courier(Outbox(units, clock), desks, word_with(listings, rules))
    front.after = watch.after = courier.wake
    if live is not None:
        live.after = watch.wake

    def close() -> None:
        desks.close()
        database.close()

    caretaker = Caretaker(Tidying(units, clock), desks)
    boards = Boards(services.schedules, desks, _board(prices, settings.default_venue))
    peek = services.prices.peek
    return App(settings, front, watch, courier, caretaker, boards, live, peek, close)


def _live(
    settings: Settings, clock: Clock, listings: Mapping[str, Listing]
) -> "ExchangeMarket | None":
    """The live market, imported only where it is switched on; None: the demo market."""
    if settings.prices_source == "demo":
        return None
    from bot.adapters.prices.live import live_market  # noqa: PLC0415

    return live_market(settings, clock, {s for each in listings.values() for s in each.instruments})


def _board(prices: Prices, venue: str) -> Callable[[Schedule], Reply]:
    """Return what words a price board that a group scheduled."""
    return lambda schedule: board_reply(prices.stage(venue), english, schedule.zone)


def _screening(listings: Mapping[str, Listing], rules: PaperRules) -> Screening:
    """Return the float screen, imported only where there are so many that it is worth it."""
    from core.paper.screening import Screening as FloatScreening  # noqa: PLC0415

    return FloatScreening(listings, rules)


def _services(settings: Settings, prices: Prices, units: Units, clock: Clock) -> Services:
    """Bundle the use cases over the chosen market."""
    rules = PaperRules(
        grant=Amount(settings.paper_wallet),
        half_spread=Rate(settings.half_spread),
        worse_by=Rate(settings.worse_by),
        warn_at=Rate(settings.warn_at),
        warn_every=timedelta(hours=settings.warn_every),
    )
    accounts = Accounts(units, clock, prices.market, Home(settings.default_venue, rules))
    return Services(
        prices=prices,
        compare=Compare(prices),
        learning=Learning(FaqFiles()),
        people=People(units),
        chats=Chats(units),
        accounts=accounts,
        trading=Trading(units, accounts, prices, clock),
        identities=Identities(units, clock, accounts),
        chat_book=ChatBook(units, clock),
        course=Course(units, CourseFiles()),
        replays=Replays(ScenarioFiles(), prices, rules),
        alerts=Alerts(units, clock, prices.market),
        schedules=Schedules(units, clock, next_at),
    )


def _epoch(units: Units, clock: Clock) -> datetime:
    """When the demo market began; written once, so that processes agree and restarts go on."""
    with units.reading() as books:
        kept = books.note(EPOCH)
    if kept is None:
        with units.writing() as books:
            kept = books.first_note(EPOCH, clock.now().isoformat())
    return datetime.fromisoformat(kept)


def platforms(app: App, *, console: bool) -> list[Platform]:
    """Return the platforms that are switched on."""
    on: list[Platform] = []
    settings = app.settings
    if settings.telegram_token:
        on.append(_telegram(app))
    if settings.discord_token:
        on.append(_discord(app))
    if console:
        from bot.adapters.console.adapter import ConsoleAdapter  # noqa: PLC0415

        on.append(ConsoleAdapter(app.desk, _history(settings)))
    return on


def _telegram(app: App) -> Platform:
    """The Telegram adapter, imported only where there is a token."""
    from bot.adapters.telegram import TelegramAdapter, TelegramOptions, Webhook  # noqa: PLC0415

    s = app.settings
    webhook = None
    if s.telegram_mode == "webhook" and s.telegram_webhook_url and s.telegram_webhook_secret:
        webhook = Webhook(
            s.telegram_webhook_url,
            s.telegram_webhook_secret.get_secret_value(),
            s.telegram_webhook_listen,
            s.telegram_webhook_port,
        )
    token = s.telegram_token.get_secret_value() if s.telegram_token else ""
    options = TelegramOptions(token=token, base_url=s.telegram_base_url, webhook=webhook)
    return TelegramAdapter(app.desk, options)


def _discord(app: App) -> Platform:
    """The Discord adapter, imported only where there is a token."""
    from bot.adapters.discord import DiscordAdapter, DiscordOptions  # noqa: PLC0415

    s = app.settings
    token = s.discord_token.get_secret_value() if s.discord_token else ""
    return DiscordAdapter(app.desk, DiscordOptions(token, test_guild=s.discord_test_guild))


def _history(settings: Settings) -> Path | None:
    """Where the terminal chat keeps typed lines: beside an embedded database."""
    if not sys.stdin.isatty() or not settings.database_url.startswith("sqlite:///"):
        return None
    return Path(settings.database_url.removeprefix("sqlite:///")).parent / "history"

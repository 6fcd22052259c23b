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
from typing import Protocol

import bot.commands
from bot.adapters.content.course_files import CourseFiles
from bot.adapters.content.faq_files import FaqFiles
from bot.adapters.content.instrument_files import load_listings
from bot.adapters.content.market_files import load_recording
from bot.adapters.database import Database, prepare
from bot.adapters.prices.replay import DemoMarket
from bot.chat.command import Command, discover
from bot.chat.dispatch import Dispatcher, House
from bot.chat.grammar import Grammar
from bot.chat.i18n import english
from bot.chat.notices import notice_reply
from bot.chat.ports import Notifier
from bot.chat.reading import Defaults
from bot.chat.reply import Reply
from bot.chat.symbols import SymbolBook
from bot.chat.verbs import UPCOMING
from bot.runtime.clock import SystemClock
from bot.runtime.desks import Desks, DeskUnits
from bot.runtime.front import Front
from bot.runtime.outbox import Courier, Word
from bot.runtime.tidy import Caretaker
from bot.runtime.watch import Feed, Watch
from bot.settings import Settings
from core.market import Listing
from core.money import Amount, Rate
from core.paper.rules import PaperRules
from core.paper.scene import Scene
from core.ports import Clock, Units
from core.services import Services
from core.services.accounts import Accounts, Home
from core.services.chat_book import ChatBook
from core.services.compare import Compare
from core.services.course import Course
from core.services.identities import Identities
from core.services.learning import Learning
from core.services.outbox import Outbox, Parcel
from core.services.people import Chats, People
from core.services.prices import Prices
from core.services.sweep import Screening, Sweep
from core.services.tidying import Tidying
from core.services.trading import Trading

MANY = 500
"""Accounts at stake from which on a screen proposes who is looked at."""

EPOCH = "demo:epoch"
"""The note under which the demo market's beginning is kept, once for all processes."""


class Platform(Notifier, Protocol):
    """Something that brings requests and takes replies until it is told to stop."""

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set."""


@dataclass(frozen=True, slots=True)
class App:
    """A house that is ready: its desk, its marks, who watches, who brings notices, who tidies up.

    `close` ends it.
    """

    settings: Settings
    desk: Front
    watch: Watch
    courier: Courier
    caretaker: Caretaker
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
    market = DemoMarket(load_recording(), epoch, clock, settings.prices_speed)
    prices = Prices(listings, market, clock, settings.prices_stale_after)
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
    watch = Watch(sweep, Feed(prices.fresh, market.marks_at), desks, clock)
    courier = Courier(Outbox(units, clock), desks, _word(listings, services.accounts.rules))
    front.after = watch.after = courier.wake

    def close() -> None:
        desks.close()
        database.close()

    caretaker = Caretaker(Tidying(units, clock), desks)
    return App(settings, front, watch, courier, caretaker, services.prices.peek, close)


def _screening(listings: Mapping[str, Listing], rules: PaperRules) -> Screening:
    """Return the float screen, imported only where there are so many that it is worth it."""
    from core.paper.screening import Screening as FloatScreening  # noqa: PLC0415

    return FloatScreening(listings, rules)


def _word(listings: Mapping[str, Listing], rules: PaperRules) -> Word:
    """Return what words a notice, on the scene it happened on."""

    def word(parcel: Parcel, zone: str) -> Reply:
        notice = parcel.due.notice
        scene = Scene(listings[notice.before.venue], notice.marks, notice.at, rules)
        return notice_reply(notice, parcel.history, scene, english, zone)

    return word


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

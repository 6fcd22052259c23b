"""The only place where concrete things meet: settings in, a running house out.

It reads like a table of contents. Platforms and price sources are imported where they are switched
on, so that a text command pays for nothing it does not use.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from secrets import token_hex
from typing import TYPE_CHECKING

import bot.commands
from bot.chat.board import board_reply
from bot.chat.command import Command, discover
from bot.chat.dispatch import Dispatcher, House
from bot.chat.games.week import week_view
from bot.chat.games.wording import word_with as game_words
from bot.chat.grammar import Grammar
from bot.chat.i18n import english
from bot.chat.parcels import word_with
from bot.chat.reading import Defaults
from bot.chat.reply import Reply
from bot.chat.symbols import SymbolBook
from bot.footing import Footing, footing_of
from bot.playground import House as Played
from bot.playground import playground
from bot.runtime.boards import Boards
from bot.runtime.desks import Desks
from bot.runtime.editions import Editions
from bot.runtime.front import Front
from bot.runtime.games import GameMaster
from bot.runtime.outbox import Courier
from bot.runtime.past import Feed
from bot.runtime.roll import RollCall
from bot.runtime.tidy import Caretaker
from bot.runtime.watch import Watch
from bot.settings import Settings
from bot.usecases import rules_of, services_of
from core.alerts.books import Bulletin, Schedule
from core.market import Listing
from core.paper.rules import PaperRules
from core.ports import Clock
from core.services import Services
from core.services.alarm import Alarm
from core.services.challenges import Challenges
from core.services.gamekeeper import GameKeeper
from core.services.instruments import Instruments
from core.services.outbox import Outbox
from core.services.roll import Roll
from core.services.sweep import Screening, Sweep
from core.services.tidying import Tidying

if TYPE_CHECKING:
    from bot.adapters.prices.exchange import ExchangeMarket

MANY = 500
"""Accounts at stake from which on a screen proposes who is looked at."""


@dataclass(frozen=True, slots=True)
class App:
    """A house that is ready: its desk, its marks, who watches, brings notices, tidies up and posts.

    `roll` looks for those who play. `editions` keeps venues' contracts up to date. `live` is the
    market where it is one that must be kept coming. `close` ends the house.
    """

    settings: Settings
    desk: Front
    watch: Watch
    courier: Courier
    caretaker: Caretaker
    boards: Boards
    games: GameMaster
    roll: RollCall
    challenges: Challenges
    editions: Editions
    live: "ExchangeMarket | None"
    marks: Callable[[], Mapping[str, Decimal]]
    close: Callable[[], None]


def commands() -> tuple[Command, ...]:
    """Return every command there is."""
    return discover(bot.commands)


def grammar(
    listings: Mapping[str, Listing], more: tuple[Command, ...] = ()
) -> tuple[Grammar, SymbolBook]:
    """Return the grammar of all commands, and of `more`, over the contracts of all venues."""
    symbols = SymbolBook({venue: listing.instruments for venue, listing in listings.items()})
    return Grammar([c.verb for c in (*commands(), *more)], symbols), symbols


def defaults(settings: Settings) -> Defaults:
    """Return what is assumed for strangers."""
    return Defaults(
        leverage=settings.default_leverage,
        wallet=settings.paper_wallet,
        venue=settings.default_venue,
    )


def new_seed() -> str:
    """Return the secret of a new game: 128 bits that nobody can guess."""
    return token_hex(16)


def build(
    settings: Settings,
    clock: Clock | None = None,
    more: tuple[Command, ...] = (),
    seed: Callable[[], str] = new_seed,
    live: "ExchangeMarket | None" = None,
) -> App:
    """Put the house together: database, prices, services, conversation, desks.

    Without a `clock` the time is this machine's; `more` are commands beside its own. `seed` makes
    the secret of a new game. `live` is a market that is there already; without one settings say
    which.
    """
    base = footing_of(settings, clock, lambda listings: grammar(listings, more), live)
    rules = rules_of(settings)
    referee, played_on, recall = playground(
        Played(settings.default_venue, base.listings, rules), base.prices, base.live
    )
    services = services_of(base, referee, played_on, seed)
    challenges = services.challenges
    desks = Desks(group=base.units.group)
    front = _front(base, services, desks, (*commands(), *more))
    watch = _watch(base, desks, rules)
    courier = Courier(Outbox(base.units, base.clock), desks, word_with(base.listings, rules))
    editions = _editions(base, desks)
    front.after = watch.after = editions.after = courier.wake
    if base.live is not None:
        base.live.after = watch.wake

    def close() -> None:
        desks.close()
        base.database.close()

    keeper = GameKeeper(base.units, base.clock, referee, played_on)
    return App(
        settings=settings,
        desk=front,
        watch=watch,
        courier=courier,
        caretaker=Caretaker(Tidying(base.units, base.clock), desks),
        boards=Boards(services.schedules, desks, _board(services, settings.default_venue)),
        games=GameMaster(keeper, desks, game_words(challenges, base.clock), recall=recall),
        roll=RollCall(Roll(base.units, base.clock, referee), desks),
        challenges=challenges,
        editions=editions,
        live=base.live,
        marks=services.prices.peek,
        close=close,
    )


def _front(base: Footing, services: Services, desks: Desks, known: tuple[Command, ...]) -> Front:
    """The conversation's front desk."""
    settings = base.settings
    house = House(
        defaults=defaults(settings),
        allowed_chats=settings.allowed_chats,
        owner_ids=settings.owner_ids,
    )
    dispatcher = Dispatcher(known, base.language, services, base.clock, house)
    front = Front(dispatcher, desks, base.units, base.clock, base.symbols)
    front.unheard = services.questions.deaf
    return front


def _watch(base: Footing, desks: Desks, rules: PaperRules) -> Watch:
    """Who sweeps all accounts and rings alerts."""
    settings, live, market = base.settings, base.live, base.prices.market
    sweep = Sweep(base.units, base.clock, base.listings, market, rules)
    sweep.screen_beyond(MANY, lambda: _screening(base.listings, rules))
    sweep.alarm = Alarm(base.units, base.clock, base.listings, market, settings.default_venue)
    patience = timedelta(seconds=settings.prices_stale_after)
    recall = live.recall if live else None
    feed = Feed(base.prices.fresh, base.market.marks_at, recall, patience)
    return Watch(sweep, feed, desks, base.clock)


def _editions(base: Footing, desks: Desks) -> Editions:
    """What takes editions in; those that are in the books by now are in force at once."""
    notice = timedelta(hours=base.settings.instruments_notice_hours)
    instruments = Instruments(base.units, base.clock, base.listings, notice, base.prices.fresh)
    editions = Editions(instruments, desks)
    editions.learn = base.language.learn
    if base.live is not None:
        editions.relist = base.live.relist
    editions.begin()
    return editions


def _board(services: Services, venue: str) -> Callable[[Schedule, datetime], Reply | None]:
    """Return what words a board that a group scheduled."""

    def word(schedule: Schedule, at: datetime) -> Reply | None:
        if schedule.board is Bulletin.SEASON:
            return week_view(services.leagues.week(schedule, at), english)
        return board_reply(services.prices.stage(venue), english, schedule.zone)

    return word


def _screening(listings: Mapping[str, Listing], rules: PaperRules) -> Screening:
    """Return the float screen, imported only where there are so many that it is worth it."""
    from core.paper.screening import Screening as FloatScreening  # noqa: PLC0415

    return FloatScreening(listings, rules)

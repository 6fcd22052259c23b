"""What people can do here: every use case, over what the house and its games stand on."""

from collections.abc import Callable
from datetime import timedelta
from secrets import token_urlsafe

from bot.adapters.content.course_files import CourseFiles
from bot.adapters.content.faq_files import FaqFiles
from bot.adapters.content.scenario_shelf import ScenarioShelf, own_folder
from bot.adapters.database.codec import dumps
from bot.chat.hours import next_at
from bot.footing import Footing
from bot.playground import quiz_questions
from bot.settings import Settings
from core.lessons.game.market import GameMarket
from core.money import Amount, Rate
from core.paper.rules import PaperRules
from core.services import Services
from core.services.accounts import Accounts, Home
from core.services.alerts import Alerts
from core.services.badges import Badges
from core.services.challenges import Board, Challenges
from core.services.chat_book import ChatBook
from core.services.compare import Compare
from core.services.course import Course
from core.services.hosting import Hosting
from core.services.identities import Identities
from core.services.leagues import Leagues
from core.services.learning import Learning
from core.services.people import Chats, People
from core.services.polls import Polls
from core.services.questions import Questions
from core.services.referee import Referee
from core.services.replays import Replays
from core.services.schedules import Schedules
from core.services.trading import Trading


def rules_of(settings: Settings) -> PaperRules:
    """Return the house's own numbers."""
    return PaperRules(
        grant=Amount(settings.paper_wallet),
        half_spread=Rate(settings.half_spread),
        worse_by=Rate(settings.worse_by),
        warn_at=Rate(settings.warn_at),
        warn_every=timedelta(hours=settings.warn_every),
    )


def services_of(
    base: Footing, referee: Referee, played_on: GameMarket, seed: Callable[[], str]
) -> Services:
    """Return all use cases; `seed` makes the secret of a new game."""
    settings, units, clock, prices = base.settings, base.units, base.clock, base.prices
    rules = rules_of(settings)
    accounts = Accounts(units, clock, prices.market, Home(settings.default_venue, rules))
    challenges = Challenges(units, clock, Board(referee, played_on, dumps), seed)
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
        replays=Replays(ScenarioShelf(own_folder(settings)), prices, rules),
        alerts=Alerts(units, clock, prices.market),
        schedules=Schedules(units, clock, next_at),
        challenges=challenges,
        leagues=Leagues(units, clock, lambda: token_urlsafe(6)),
        questions=Questions(units, clock, referee),
        hosting=Hosting(units, clock, referee, challenges),
        badges=Badges(units, clock),
        polls=Polls(units, referee.ground, quiz_questions, seed),
    )

"""Use cases: what the conversation may ask of the core, one file per family of verbs."""

from dataclasses import dataclass

from core.services.accounts import Accounts
from core.services.alerts import Alerts
from core.services.badges import Badges
from core.services.challenges import Challenges
from core.services.chat_book import ChatBook
from core.services.compare import Compare
from core.services.course import Course
from core.services.hosting import Hosting
from core.services.identities import Identities
from core.services.leagues import Leagues
from core.services.learning import Learning
from core.services.people import Chats, People
from core.services.polls import Polls
from core.services.prices import Prices
from core.services.questions import Questions
from core.services.replays import Replays
from core.services.schedules import Schedules
from core.services.trading import Trading


@dataclass(frozen=True, slots=True)
class Services:
    """All use cases, bundled for the conversation."""

    prices: Prices
    compare: Compare
    learning: Learning
    people: People
    chats: Chats
    accounts: Accounts
    trading: Trading
    identities: Identities
    course: Course
    chat_book: ChatBook
    replays: Replays
    alerts: Alerts
    schedules: Schedules
    challenges: Challenges
    leagues: Leagues
    questions: Questions
    hosting: Hosting
    badges: Badges
    polls: Polls

"""A whole house in memory, at the beginning of the demo market, for walking through."""

from collections.abc import Callable, Mapping
from decimal import localcontext
from itertools import count

from bot.adapters.console.render import text as as_text
from bot.adapters.content.course_files import CourseFiles
from bot.adapters.content.faq_files import FaqFiles
from bot.adapters.content.instrument_files import load_listings
from bot.adapters.content.market_files import load_recording
from bot.adapters.content.scenario_files import ScenarioFiles
from bot.adapters.database.codec import dumps
from bot.adapters.prices.replay import DemoMarket
from bot.app import commands, grammar
from bot.chat.dispatch import Dispatcher, House
from bot.chat.hours import next_at
from bot.chat.introductions import TERMS
from bot.chat.reply import Hush, Reply
from bot.chat.request import Chat, Place, Request, Role, Who
from bot.playground import quiz_questions
from core.lessons.game.kind import Ground
from core.lessons.game.market import PathMarket
from core.lessons.game.trading import game_rules
from core.market import Listing
from core.money import EXACT
from core.paper.rules import PaperRules
from core.ports import MarkSource
from core.services import Services
from core.services.accounts import Accounts
from core.services.accounts import Home as Begin
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
from core.services.prices import Prices
from core.services.questions import Questions
from core.services.referee import Referee
from core.services.replays import Replays
from core.services.schedules import Schedules
from core.services.trading import Trading
from tests.fakes.ports import FixedClock, MemoryUnits

LISTINGS = load_listings()
RECORDING = load_recording()


class Home:
    """One dispatcher with everything behind it; `say` a line as somebody somewhere."""

    def __init__(
        self,
        house: House | None = None,
        source: MarkSource | None = None,
        listings: Mapping[str, Listing] = LISTINGS,
    ) -> None:
        self.clock = FixedClock()
        market = source or DemoMarket(RECORDING, self.clock.now(), self.clock, 1)
        self.units = units = MemoryUnits()
        prices = Prices(listings, market, self.clock)
        accounts = Accounts(units, self.clock, market.market, Begin("binance", PaperRules()))
        challenges = Challenges(units, self.clock, _board(), seeds())
        self.services = Services(
            prices,
            Compare(prices),
            Learning(FaqFiles()),
            People(units),
            Chats(units),
            accounts,
            Trading(units, accounts, prices, self.clock),
            Identities(units, self.clock, accounts),
            Course(units, CourseFiles()),
            ChatBook(units, self.clock),
            Replays(ScenarioFiles(), prices, PaperRules()),
            alerts=Alerts(units, self.clock, market.market),
            schedules=Schedules(units, self.clock, next_at),
            challenges=challenges,
            leagues=Leagues(units, self.clock, seeds("code")),
            questions=Questions(units, self.clock, _board().referee),
            hosting=Hosting(units, self.clock, _board().referee, challenges),
            badges=Badges(units, self.clock),
            polls=Polls(units, _board().referee.ground, quiz_questions, seeds()),
        )
        language, self.symbols = grammar(dict(listings))
        self.dispatcher = Dispatcher(
            commands(), language, self.services, self.clock, house or House()
        )
        self._count = 0
        self._met: set[str] = set()

    def ask(self, request: Request) -> Reply | Hush:
        with localcontext(EXACT):
            return self.dispatcher.handle(request)

    def answer(self, line: str, who: str = "1", **more: object) -> Reply | Hush:
        """Say a line alone with the bot, or in a group with `group=True`.

        Whoever says it has met the field's words, unless they are a `newcomer`.
        """
        self._count += 1
        if not more.pop("newcomer", False) and who not in self._met:
            self._met.add(who)
            self.services.people.meet("telegram", who, TERMS)
        group = bool(more.pop("group", False))
        chat = Chat("-5" if group else who, Place.GROUP if group else Place.PRIVATE)
        role = more.pop("role", Role.MEMBER)
        assert isinstance(role, Role)
        return self.ask(
            Request(
                id=str(self._count),
                who=Who("telegram", who),
                chat=chat,
                text=line,
                role=role,
                addressed=bool(more.get("addressed", not group)),
                button=bool(more.get("button")),
                kept=bool(more.get("kept")),
            )
        )

    def say(self, line: str, who: str = "1", **more: object) -> Reply:
        answer = self.answer(line, who, **more)
        assert isinstance(answer, Reply), answer
        return answer


def seeds(front: str = "") -> Callable[[], str]:
    """Return what makes one secret after the other, the same ones in every house."""
    numbers = count(1)
    return lambda: f"{front}{next(numbers):0{32 - len(front)}x}"


def _board() -> Board:
    """What games are played by, and on: as in the demo."""
    market, listing = PathMarket(RECORDING.coins, RECORDING.start), LISTINGS["binance"]
    ground = Ground(listing, game_rules(PaperRules()), market.symbols)
    return Board(Referee(lambda _game: ground), market, dumps)


def shown(reply: Reply) -> str:
    """A reply as the terminal shows it."""
    return as_text(reply)

"""What games are judged by and played on: a path of their own, or the live market."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.adapters.content.market_files import load_recording
from bot.adapters.content.quiz_files import ENGLISH, QuizFiles
from bot.adapters.content.scenario_files import ScenarioFiles
from bot.runtime.games import Recall
from core.lessons.game.kind import Ground
from core.lessons.game.market import GameMarket, LiveMarket, PathMarket
from core.lessons.game.question import Question
from core.lessons.game.trading import game_rules
from core.market import Listing
from core.paper.rules import PaperRules
from core.services.grounds import Grounds
from core.services.prices import Prices
from core.services.quizzes import QuizGround
from core.services.referee import Referee

if TYPE_CHECKING:
    from bot.adapters.prices.exchange import ExchangeMarket


@dataclass(frozen=True, slots=True)
class House:
    """The venue whose contracts are played, all venues' contracts, and the house's own numbers."""

    venue: str
    listings: Mapping[str, Listing]
    rules: PaperRules


@cache
def quiz_questions() -> tuple[Question, ...]:
    """Return the content's questions, read once; a chat reads the same ones, so in English."""
    return QuizFiles().questions(ENGLISH)


def playground(
    house: House, prices: Prices, live: "ExchangeMarket | None"
) -> tuple[Referee, GameMarket, Recall | None]:
    """Return the referee of games, the market they are played on, and what learns its past.

    Without a live market every game has a path of its own.
    """
    played_on: GameMarket
    recall: Recall | None = None
    if live is None:
        recording = load_recording()
        rates = {symbol: coin.funding for symbol, coin in recording.coins.items()}
        played_on = PathMarket(recording.coins, recording.start, rates)
    else:
        symbols = tuple(sorted(house.listings[house.venue].instruments))
        memory = live.memory()
        played_on = LiveMarket(prices.fresh, memory.marks_at, symbols, memory.known_until)
        recall = memory.recall
    rules = game_rules(house.rules)

    def ground() -> Ground:
        listing = house.listings[house.venue]
        return Ground(listing, rules, played_on.symbols, path=not played_on.can_fail)

    quiz = QuizGround(quiz_questions)
    return Referee(Grounds(ground, house.listings, ScenarioFiles()).of, quiz), played_on, recall

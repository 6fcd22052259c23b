"""A game of questions at a table: it is played input by input, and everything said is kept."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from core.lessons.game import inputs as i
from core.lessons.game.game import Game, Phase
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Ground, Kind, Post, Table
from core.lessons.game.lifecycle import Fed, State, fed, opened
from core.lessons.game.question import Question
from core.lessons.game.standing import Standing
from core.market import Listing
from core.paper.rules import PaperRules
from tests.builders import NOON, listing

SECOND = timedelta(seconds=1)


def question(id_: str, category: str = "modes", level: str = "easy") -> Question:
    """Make a question of the content about which a test says no more than it needs."""
    return Question(
        id=id_,
        category=category,
        level=level,
        text=f"What is {id_}?",
        choices=("this", "that", "both", "none"),
        right=0,
        source="adl",
        explanation="Because.",
    )


def ground(contracts: Listing | None = None, *questions: Question) -> Ground:
    """Lay the ground: BTC, ETH and SOL on Binance unless told otherwise."""
    found = contracts or listing()
    return Ground(found, PaperRules(), tuple(found.instruments), questions)


class Evening:
    """A game that is played; `now` is its clock, `log` everything that came in."""

    def __init__(
        self,
        kind: Kind,
        players: int = 2,
        setup: Mapping[str, str] | None = None,
        place: Ground | None = None,
        seed: str = "5eed",
    ) -> None:
        """Let so many people join at noon; players of odd numbers sit in room 0, others in 1."""
        self.kind = kind
        self.ground = place or ground()
        self.now = NOON
        draft = Game(kind=kind.name, seed=seed, rooms=2, setup=dict(setup or {}))
        self.first = opened(draft, kind, NOON).state
        self.state = self.first
        self.log: list[Input] = []
        self.posts: list[Post] = []
        for number in range(1, players + 1):
            self.feed(i.Joined(at=NOON, name=f"p{number}", room=(number + 1) % 2))
        self.feed(i.Began(at=NOON))

    @property
    def game(self) -> Game:
        """The game as it is now."""
        return self.state.game

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.game.phase is Phase.SETTLING

    @property
    def table(self) -> Table:
        """What its play is handed."""
        return Table(self.game, self.ground)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Who is where."""
        assert self.state.play is not None
        return self.state.play.standings(self.table)

    @property
    def places(self) -> dict[int, int]:
        """Everybody's place; 0 is none."""
        return {standing.player: standing.place for standing in self.standings}

    @property
    def figures(self) -> dict[int, tuple[Decimal, ...]]:
        """What everybody's place was told by."""
        return {standing.player: standing.figures for standing in self.standings}

    def feed(self, what: Input) -> Fed:
        """Hand it an input; what it refuses is no part of its log."""
        found = fed(self.state, what, self.kind, self.ground)
        self.log.append(what)
        self.state = found.state
        self.posts += found.posts
        return found

    def said(self, since: int) -> list[tuple[str, int]]:
        """Return what was posted after so many posts, by view and number."""
        return [(post.view, post.number) for post in self.posts[since:]]

    def wait(self, seconds: float) -> "Evening":
        """Let time pass."""
        self.now += timedelta(milliseconds=round(seconds * 1000))
        return self

    def arrive(self, number: int, missed: tuple[int, ...] = ()) -> Fed:
        """Let the message of an item arrive now."""
        return self.feed(i.Sent(at=self.now, view="item", number=number, missed=missed))

    def say(self, player: int, value: str) -> str:
        """Let a player answer now; return the code they are told."""
        return self.feed(i.Answered(at=self.now, player=player, value=value)).said

    def due(self) -> list[tuple[str, int]]:
        """Let the moment come that it waits for; return what it says then."""
        assert self.game.due is not None
        before = len(self.posts)
        self.now = max(self.now, self.game.due)
        self.feed(i.Due(at=self.now))
        return self.said(before)

    def replayed(self) -> State:
        """Return what the log makes of the beginning."""
        state = self.first
        for what in self.log:
            state = fed(state, what, self.kind, self.ground).state
        return state

    def without(self, number: int) -> "Evening":
        """Return it as if a player had left now."""
        self.feed(i.Left(at=self.now, player=number))
        return self

"""Whatever prices and players do: an independent reckoning agrees to the last digit."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Refusal
from core.lessons.challenges.crash import entries
from core.lessons.game.crash_acts import ACTS
from core.lessons.game.game import Phase
from core.lessons.game.kind import Table
from core.lessons.game.reel import Reel
from core.lessons.scenario import Bar
from core.margin.pool import MarginMode
from core.market import Symbol
from core.money import D, Rate
from tests.builders import exact
from tests.core.lessons.challenges.crash_model import WALLET, Book, Candle, best_of
from tests.core.lessons.game.crashes import A, B, C, Fixture, reel

__all__ = ["exact"]

COINS = (A, B, C)
LEVERAGES = {"easy": D(5), "normal": D(10), "hard": D(20)}
MAINTENANCE = D("0.005")

moves = st.tuples(
    st.one_of(st.integers(-40, 40), st.integers(-300, 300)), st.integers(0, 60), st.integers(0, 60)
)
"""A tick: by how many thousandths it moves, and how much further it reaches up and down."""

ticks = st.lists(st.tuples(moves, moves, moves), min_size=2, max_size=5)


def told(way: list[tuple[tuple[int, int, int], ...]], count: int, *, fell: bool) -> Reel:
    """An event of these moves."""
    made, ends = [], [D(1)] * count
    for move in way:
        bars: dict[Symbol, Bar] = {}
        for n, (by, up, down) in enumerate(move[:count]):
            close = max(ends[n] + D(by) / 1000, D("0.001"))
            high = max(ends[n], close) + D(up) / 1000
            low = max(min(ends[n], close) - D(down) / 1000, D("0.001"))
            bars[COINS[n]] = Bar(*map(Rate, (ends[n], high, low, close)))
            ends[n] = close
        made.append(bars)
    return reel(*made, coins=COINS[:count], fell=fell)


@dataclass
class Both:
    """A crash and its reckoning, side by side."""

    game: Fixture
    books: dict[int, Book]
    policies: tuple[Book, ...]

    @classmethod
    def begun(cls, event: Reel, level: str, seed: str) -> "Both":
        game = Fixture(event, setup={"level": level}, seed=seed).begin("Mira", "Tobi", "Otto")
        table = Table(game.game, game.on, game.state.accounts)

        def book(wall: MarginMode | None = None) -> Book:
            made = Book(LEVERAGES[level], MAINTENANCE)
            for coin, side, _, margin, mode in entries(table):
                isolated = (wall or mode) is MarginMode.ISOLATED
                made.open(coin, int(side.sign), margin, D(100), isolated=isolated)
            return made

        flat = book()
        assert flat.do("cut100", dict.fromkeys(event.coins, D(100)))
        walls = (book(MarginMode.ISOLATED), book(MarginMode.CROSS), flat)
        return cls(game, {number: book() for number in (1, 2, 3)}, walls)

    def choose(self, player: int, act: str, prices: Mapping[str, Decimal]) -> None:
        """Let somebody choose in both; one takes it exactly if the other does."""
        book = self.books[player]
        try:
            self.game.choose(player, act)
        except Refusal:
            assert book.out or not book.do(act, prices), (act, book)
            return
        assert not book.out
        assert book.do(act, prices), (act, book)
        book.actions += act != "hold"

    def pass_(self, candles: Mapping[str, Candle]) -> None:
        """Let a tick pass in both."""
        self.game.pass_()
        for book in (*self.books.values(), *self.policies):
            book.pass_(candles)

    def agree(self, prices: Mapping[str, Decimal], ticks: int) -> None:
        """Both must have the same money, the same walls, the same points."""
        crash = self.game.crash
        best = best_of(self.policies, prices)
        for player, book in self.books.items():
            one, account = crash.survivors[player], self.game.account(player)
            assert one.equity == book.worth(prices)
            assert (one.low, one.alive, one.out) == (book.low, book.alive, book.out)
            assert len(one.acts) == book.actions
            assert account.wallet == book.wallet
            assert [(p.leg.symbol, p.leg.quantity) for p in account.positions] == [
                (each.coin, each.quantity) for each in book.held
            ]
            part = min(D(50), max(D(0), 50 * book.worth(prices) / best))
            bonus = 10 if book.low >= WALLET / 5 else 0
            assert abs(crash.score(player) - (D(50 * book.alive) / ticks + part + bonus)) < D(
                "1e-25"
            )


def candles_of(event: Reel, number: int) -> dict[str, Candle]:
    return {
        coin: Candle(*(D(100) * part for part in (bar.open, bar.high, bar.low, bar.close)))
        for coin, bar in event.ticks[number - 1].bars.items()
    }


@settings(max_examples=80)
@given(
    ticks,
    st.lists(st.tuples(*[st.sampled_from(ACTS)] * 3), min_size=5, max_size=5),
    st.sampled_from(list(LEVERAGES)),
    st.integers(2, 3),
    st.integers(0, 50),
    st.booleans(),
)
def test_every_crash_is_reckoned_alike(
    way: list[tuple[tuple[int, int, int], ...]],
    acts: list[tuple[str, ...]],
    level: str,
    count: int,
    seed: int,
    fell: bool,
) -> None:
    event = told(way, count, fell=fell)
    both = Both.begun(event, level, f"seed {seed}")
    for number in range(1, len(event.ticks) + 1):
        candles = candles_of(event, number)
        opens = {coin: candle.open for coin, candle in candles.items()}
        for player in both.books:
            both.choose(player, acts[number - 1][player - 1], opens)
        both.pass_(candles)
        closes = {coin: candle.close for coin, candle in candles.items()}
        over = both.game.game.phase is not Phase.RUNNING
        if over and number < len(event.ticks):
            assert all(book.out for book in both.books.values())
            return
        both.agree(closes, len(event.ticks) if over else number)

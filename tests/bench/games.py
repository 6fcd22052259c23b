"""Challenges: a board of 200 looked at anew and rendered; 1,000 running games at one tick a second.

The games are arenas, then prop desks, of ten players with two positions each on a live market that
moves a little every second. A simulated minute is played without waiting, with everything that is
written in it, so the share of a core is the processor's time over sixty seconds.
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from pathlib import Path

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.database import Database, prepare
from bot.adapters.telegram.render import render
from bot.chat.games.seen import Seen
from bot.chat.games.wording import view
from bot.chat.i18n import english
from bot.chat.render import Writer
from core.lessons.challenges.arena import KIND, START, Arena
from core.lessons.challenges.prop import Prop
from core.lessons.game.books import KeptGame
from core.lessons.game.days import Days
from core.lessons.game.desks import Desks
from core.lessons.game.game import Game, Phase, Player, Room
from core.lessons.game.kind import Ground
from core.lessons.game.lifecycle import State
from core.lessons.game.market import LiveMarket
from core.lessons.game.session import Session
from core.lessons.game.trading import Noted, endowed, game_rules
from core.margin.pool import MarginMode, Side
from core.market import MarkPrice, Marks, Symbol
from core.money import EXACT, D, Price, Quantity, Rate
from core.paper.account import PaperAccount, bare
from core.paper.actions import Open, decide
from core.paper.apply import applied
from core.paper.records import Identity
from core.paper.rules import PaperRules
from core.paper.scene import Intent, Scene
from core.services.gamekeeper import GameKeeper
from core.services.referee import Referee
from tests.bench.row import Effort, Row, millis

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
PRICES = {"BTCUSDT": "68424", "ETHUSDT": "1986.25", "SOLUSDT": "85.13", "XRPUSDT": "1.36"}
GROUND = Ground(load_listings()["binance"], game_rules(PaperRules()), tuple(map(Symbol, PRICES)))
BOARD = 200
BOARD_GOAL = 0.050
GAMES, PLAYERS, SECONDS = 1000, 10, 60
SHARE_GOAL = 0.10


class Clock:
    """A clock that is told how late it is."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time


def marks(at: datetime, chance: random.Random | None = None) -> Marks:
    """All marks of a moment, each a little away from where it began."""
    prices: dict[Symbol, MarkPrice] = {}
    for name, price in PRICES.items():
        away = D(chance.randint(9990, 10010) if chance else 10000) / 10000
        prices[Symbol(name)] = MarkPrice(Price((D(price) * away).quantize(D("0.0001"))), at)
    return Marks("live", at, prices)


def account(chance: random.Random) -> PaperAccount:
    """An account with two positions, either mode, either side."""
    scene = Scene(GROUND.listing, marks(NOON), NOON, GROUND.rules)
    made = applied(bare(0, ""), endowed(START, GROUND), NOON)
    for name in chance.sample(sorted(PRICES), 2):
        symbol = Symbol(name)
        instrument = GROUND.listing.instrument(symbol)
        leverage = Rate(D(chance.choice((3, 5, 10, 20))))
        worth = D(chance.randint(500, 2000)) * leverage / scene.mark(symbol)
        steps = (worth / instrument.step).to_integral_value()
        intent = Intent(
            symbol=symbol,
            side=chance.choice((Side.LONG, Side.SHORT)),
            quantity=Quantity(max(steps, Decimal(1)) * instrument.step),
            mode=chance.choice((MarginMode.ISOLATED, MarginMode.CROSS)),
            leverage=leverage,
        )
        made = applied(made, decide(made, Open(intent), scene), NOON)
    return made


def arena(players: int, chance: random.Random) -> State:
    """A running arena with everybody invested."""
    seats = tuple(Player(number=n, name=f"player {n}", joined=NOON) for n in range(1, players + 1))
    session = Session(
        began=NOON,
        ends=NOON + timedelta(hours=24),
        notes={seat.number: Noted.begun(START) for seat in seats},
        sampled=NOON,
        judged=NOON,
    )
    game = Game(
        kind="arena",
        seed="00",
        setup={"length": "24h"},
        phase=Phase.RUNNING,
        players=seats,
        began=NOON,
    )
    accounts: Mapping[int, PaperAccount] = {seat.number: account(chance) for seat in seats}
    return State(game, Arena(session=session), accounts)


def desk(players: int, chance: random.Random) -> State:
    """A running prop desk with everybody invested: limits and days are looked at beside equities.

    All stand well within their limits, as most do most of the time.
    """
    state = arena(players, chance)
    assert isinstance(state.play, Arena)
    assert state.play.session is not None
    desks = Desks(days=Days(NOON.replace(hour=0)), today=0, trailing=False, limit=30)
    play = Prop(
        session=replace(state.play.session, ends=NOON + timedelta(days=90)),
        desks=desks.opened(range(1, players + 1), START, NOON),
    )
    return State(replace(state.game, kind="prop", setup={}), play, state.accounts)


def board_seconds(rounds: int) -> float:
    """The time of one board of 200, equities, places, words and HTML: the median."""
    state = arena(BOARD, random.Random(3))
    kept = KeptGame(number=1, state=state, host=Identity("telegram", "1"), rooms=(Room("t", "1"),))
    spent = []
    for turn in range(rounds):
        at = NOON + timedelta(minutes=turn + 1)
        seen_at = marks(at, random.Random(turn))
        began = time.perf_counter()
        play = state.play
        assert isinstance(play, Arena)
        assert play.session is not None
        looked = replace(play, session=play.session.seen(state.accounts, seen_at))
        now = replace(kept, state=replace(state, play=looked))
        seen = Seen(now, KIND, GROUND, at, False, english, seen_at)
        reply = view(seen, "board")
        render(reply, Writer.of(reply, "en", english))
        spent.append(time.perf_counter() - began)
    return sorted(spent)[len(spent) // 2]


def minute_share(games: int, made: Callable[[int, random.Random], State]) -> float:
    """The share of a core that so many games of a kind take while a minute passes."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'games.db'}"
        prepare(url)
        database = Database(url)
        clock, chance = Clock(), random.Random(5)
        units = database.units()
        with units.writing() as books:
            host = Identity("telegram", "1")
            for number in range(games):
                books.games.add(made(PLAYERS, chance), host, Room("telegram", str(-number - 1)))
        now = [marks(NOON)]
        market = LiveMarket(lambda: now[0], lambda _: now[0], GROUND.symbols)
        keeper = GameKeeper(units, clock, Referee(lambda _: GROUND), market)
        keeper.tick()
        began = time.process_time()
        for second in range(1, SECONDS + 1):
            clock.time = NOON + timedelta(seconds=second)
            now[0] = marks(clock.time, chance)
            keeper.tick()
        spent = time.process_time() - began
        database.close()
    return spent / SECONDS


def run(effort: Effort) -> Iterator[Row]:
    """Measure the board and the running games."""
    with localcontext(EXACT):
        board = board_seconds(effort.rounds)
        yield Row(
            f"board of {BOARD}: equities, places, words and HTML",
            millis(board),
            goal=f"at most {millis(BOARD_GOAL)}",
            met=board <= BOARD_GOAL,
        )
        games = GAMES if effort.pools > 10_000 else GAMES // 10
        for name, made in (("challenges", arena), ("prop desks", desk)):
            share = minute_share(games, made)
            yield Row(
                f"{games} running {name} of {PLAYERS} players, two positions each, 1 Hz",
                f"{share:.1%} of a core",
                goal=f"at most {SHARE_GOAL:.0%}",
                met=share <= SHARE_GOAL,
            )

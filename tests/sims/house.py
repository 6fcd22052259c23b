"""The whole program over a file of its own, which can be ended without warning and begun again."""

import shutil
from collections.abc import Callable, Mapping
from decimal import localcontext
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol

from bot.adapters.database import Database, prepare
from bot.adapters.prices.exchange import ExchangeMarket
from bot.app import App, build
from bot.chat.ports import Attendance, Desk
from bot.runtime.games import Speaker
from bot.settings import Settings
from core.lessons.game.books import KeptGame
from core.money import EXACT
from tests.sims.clock import SimClock
from tests.sims.market import SimVenue, sim_market


class Voice(Speaker, Attendance, Protocol):
    """A platform that speaks, and tells who is there."""


@cache
def _empty() -> Path:
    """A database with all its tables and nothing in them; made once, then copied."""
    path = Path(mkdtemp(prefix="marginbot-sims-")) / "empty.db"
    prepare(f"sqlite:///{path}")
    return path


class House:
    """The program, on a folder's file: a new one, or the one that is there.

    `live` plays on a market that can fail, else on paths of games.
    """

    def __init__(self, folder: Path, clock: SimClock, seed: int, *, live: bool = False) -> None:
        self.path = folder / "house.db"
        if not self.path.exists():
            shutil.copy(_empty(), self.path)
        self.clock, self.seed, self.live = clock, seed, live
        self.starts = 0
        self._numbers = count(1)
        self.venue: SimVenue | None = None
        self.market: ExchangeMarket | None = None
        if live:
            self.venue, self.market = sim_market(clock, seed)
        self.app: App = self._built()

    @property
    def address(self) -> str:
        return f"sqlite:///{self.path}"

    @property
    def desk(self) -> Desk:
        return self.app.desk

    def _built(self) -> App:
        self.starts += 1
        settings = Settings(_env_file=None, database_url=self.address)
        return build(settings, self.clock, seed=self._secret(), live=self.market)

    def _secret(self) -> Callable[[], str]:
        """Secrets of games, the same ones for the same seed."""
        return lambda: f"{self.seed * 1000 + next(self._numbers):032x}"

    def again(self) -> None:
        """End the program without warning, and begin it again."""
        self.app.close()
        if self.live:
            assert self.venue is not None
            away = self.venue.away
            self.venue, self.market = sim_market(self.clock, self.seed)
            self.venue.away = away
        self.app = self._built()

    def close(self) -> None:
        self.app.close()

    async def look(self, there: Mapping[str, Voice]) -> None:
        """Let prices come, let the master of games look once, and look for a few of the players."""
        if self.market is not None:
            await self.market.begin()
        await self.app.games.look(there)
        await self.app.roll.round(there)

    # --- what stands in the books

    def game(self, number: int) -> KeptGame:
        return self.app.challenges.numbered(number)

    def published(self, number: int) -> str:
        with localcontext(EXACT):
            return self.app.challenges.published(number)

    def database(self) -> Database:
        """The same file, opened once more."""
        return Database(self.address)

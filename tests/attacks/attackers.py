"""Attackers on a platform: they send what no client of the platform would send.

Everybody here is one of `tests.scenarios.story.PEOPLE`: `mira` is the victim, `tobi` the attacker.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.adapters.database import Database
from bot.adapters.discord.buttons import base36
from core.paper.account import PaperAccount
from core.paper.records import Fault, Identity
from tests.scenarios.backstage import Backstage
from tests.scenarios.on_discord import Spoken, on_discord
from tests.scenarios.on_telegram import OnTelegram, on_telegram
from tests.scenarios.play import Shown, Stand, house
from tests.scenarios.player import Sheet
from tests.scenarios.story import PEOPLE, Step

VICTIM, ATTACKER = "mira", "tobi"
EVERYBODY = "0"
"""Telegram's buttons for nobody in particular."""


class Books:
    """What really stands in the database, whatever anybody was told."""

    def __init__(self, address: str) -> None:
        self._database = Database(address)
        self.units = self._database.units()

    def account(self, who: Identity) -> PaperAccount | None:
        """Return a person's account, or None where nobody ever made one."""
        with self.units.reading() as books:
            learner = books.paper.learner(who)
            return None if learner is None else books.paper.account(learner, "demo")

    def held(self, who: Identity) -> int:
        """Return how many positions and orders a person has."""
        account = self.account(who)
        return 0 if account is None else len(account.positions) + len(account.orders)

    def is_known(self, who: Identity) -> bool:
        """Whether a person has anything like a portfolio."""
        with self.units.reading() as books:
            return books.paper.learner(who) is not None

    def faults(self) -> tuple[Fault, ...]:
        """Return what the audit finds wrong."""
        with self.units.reading() as books:
            return books.paper.faults()

    def close(self) -> None:
        self._database.close()


@contextmanager
def opened(backstage: Backstage) -> Iterator[Books]:
    """Look into the books beside the running house; at the end they must be in order."""
    books = Books(backstage.address)
    try:
        yield books
        assert books.faults() == ()
    finally:
        books.close()


class Street:
    """A platform with a victim and an attacker on it."""

    def __init__(self, player: OnTelegram | Spoken, books: Books) -> None:
        self.player = player
        self.books = books
        self.stand = Stand(player)
        self.clock = player.backstage.clock

    async def say(self, who: str, line: str, *, group: bool = False) -> Shown:
        """Write a line; return what its writer and others saw of the answer."""
        shown = await self.stand.do(Step(say=line, by=who, group=group))
        assert shown is not None
        return shown

    async def press(self, who: str, label: str, *, times: int = 1) -> Shown:
        """Press a button of the last answer."""
        shown = await self.stand.do(Step(press=label, by=who, times=times))
        assert shown is not None
        return shown

    def last(self, who: str) -> str:
        """Return the newest message with buttons that a person can read."""
        return next(k for k, s in reversed(self.player.screen(who).items()) if s.labels)

    def carried(self, who: str, label: str) -> str:
        """Return the line, or `#` and the token, that a button of the newest message carries."""
        return self.player.data(self.last(who), label).split(":", 3)[-1]

    def identity(self, who: str) -> Identity:
        """Return a person as paper trading knows them."""
        if isinstance(self.player, Spoken):
            return Identity("discord", str(self.player.people[who].id))
        return Identity("telegram", str(PEOPLE[who]))

    def forged(self, owner: str, carried: str, *, replace: bool = False) -> str:
        """Return a button as ours are written, for whomever and with whatever in it."""
        number = owner if owner == EVERYBODY else base36(int(self.identity(owner).person))
        if isinstance(self.player, Spoken):
            return f"m1:{number}:{'r' if replace else 'n'}0:{carried}"
        return f"1{'=' if replace else '.'}{number}:{carried}"

    async def send(self, who: str, under: str, data: str) -> dict[str, Sheet]:
        """Press a forged button under any message; return what the presser then saw."""
        before = self.player.screen(who)
        if isinstance(self.player, Spoken):
            await self.player.send(who, under, data)
        else:
            await self.player.sent(who, under, data)
        after = self.player.screen(who)
        return {key: sheet for key, sheet in after.items() if before.get(key) != sheet}

    async def opens(self, who: str = VICTIM) -> None:
        """Open a position in private."""
        await self.say(who, "/open long btc 10x 500 isolated")
        await self.say(who, "yes")
        assert self.held(who) == 1

    def held(self, who: str) -> int:
        """Return how many positions and orders a person really has."""
        return self.books.held(self.identity(who))


@asynccontextmanager
async def street(platform: str) -> AsyncIterator[Street]:
    """Open a house with one platform, on which everybody has said hello."""
    with house() as backstage, opened(backstage) as books:
        stage = on_telegram(backstage) if platform == "telegram" else on_discord(backstage, Spoken)
        async with stage as player:
            there = Street(player, books)
            for who in (VICTIM, ATTACKER):
                await there.say(who, "/start")
            yield there

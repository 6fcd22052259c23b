"""The editor: takes editions of venues' figures in while the bot runs, whoever wrote them.

Figures come into force by the clock, not by this loop; it only makes the new ones known: to the
grammar and to the live market where contracts are new, to people who opened a position in the
shadow of new terms, and to the log.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping

import structlog

from bot.runtime.desks import Desks
from bot.runtime.loops import pause, surviving
from core.editions import Edition, Version
from core.market import Symbol
from core.services.instruments import Instruments, Refreshed, Seen
from core.venue_answer import Answer

log = structlog.get_logger("marginbot")

NAMED = 5
"""Contracts that a log line names; the others are counted."""


class Editions:
    """Looks for new editions until it is told to stop."""

    def __init__(self, instruments: Instruments, desks: Desks, every: float = 60.0) -> None:
        """`every` seconds the books are looked at."""
        self.instruments = instruments
        self._desks = desks
        self._every = every
        self.learn: Callable[[Mapping[str, Iterable[Symbol]]], None] = _nobody
        """Hears of all contracts there are, by venue, where some may be new."""
        self.relist: Callable[[], Awaitable[None]] | None = None
        """Lets a live market look for contracts it did not know."""
        self.after: Callable[[], None] = lambda: None
        """What is done in the loop when people may have been told something."""
        self._learnt = 0

    def begin(self) -> None:
        """Take in what is in the books before anybody asks anything."""
        self.instruments.look()
        if self._are_new():
            self.learn(self._listed())

    async def run(self, stop: asyncio.Event) -> None:
        """Look again and again, until `stop` is set; what was there at the start is known."""
        while not stop.is_set():
            await pause(stop, self._every)
            if not stop.is_set():
                await self.round()

    async def round(self) -> None:
        """Look once; what goes wrong is logged, and the next round tries again."""
        with surviving("editions"):
            seen = await self._desks.run(self._looked, writes=True)
            self.after()
            if self._are_new():
                self.learn(self._listed())
                await self._relisted()
            _tell(seen)

    async def refresh(self, answer: Answer, *, dry: bool) -> Refreshed:
        """Write what a venue said as an edition. Raises `Implausible`, `Busy`."""
        instruments = self.instruments
        return await self._desks.run(lambda: instruments.refresh(answer, dry=dry), writes=True)

    def _looked(self) -> Seen:
        """At the writer desk, so that no sweep is in the middle of anything."""
        seen = self.instruments.look()
        self.instruments.announce()
        return seen

    def _listed(self) -> dict[str, tuple[Symbol, ...]]:
        return {v: tuple(each.instruments) for v, each in self.instruments.listings.items()}

    def _are_new(self) -> bool:
        """Whether editions were taken in that nobody was told of, by a look or by a refresh."""
        before, self._learnt = self._learnt, self.instruments.listings.newest
        return self._learnt != before

    async def _relisted(self) -> None:
        """A venue that does not answer just now is asked when it is opened the next time."""
        if self.relist is None:
            return
        try:
            await self.relist()
        except Exception as fault:  # noqa: BLE001 - the venue's and the network's are many
            log.warning("relist", fault=type(fault).__name__)


def _tell(seen: Seen) -> None:
    """Log what is new, and what came into force, an edition a line."""
    for edition in seen.editions:
        at_once = [v for v in edition.versions if v.applies_at <= edition.fetched_at]
        later = len(edition.versions) - len(at_once)
        log.info("edition", **_of(edition, at_once), later=later)
    due: dict[int, tuple[Edition, list[Version]]] = {}
    for edition, version in seen.applied:
        due.setdefault(edition.id, (edition, []))[1].append(version)
    for edition, versions in due.values():
        log.info("edition applied", **_of(edition, versions))


def _of(edition: Edition, versions: list[Version]) -> dict[str, object]:
    names = " ".join(version.symbol for version in versions[:NAMED])
    more = f" +{len(versions) - NAMED}" if len(versions) > NAMED else ""
    return {
        "venue": edition.venue,
        "edition": edition.id,
        "contracts": len(versions),
        "names": names + more,
    }


def _nobody(_: Mapping[str, Iterable[Symbol]]) -> None:
    """Nobody wants to know."""

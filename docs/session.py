"""Conversations with the whole program at the first second of the demo market, for the pages.

Nothing is written by hand: lines are said to a house of its own in an empty folder, and what the
terminal shows, or what the books hold afterwards, is copied.
"""

import asyncio
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from bot import app
from bot.adapters.console.adapter import ME, Conversation
from bot.adapters.console.render import text
from bot.adapters.database import Database
from bot.chat.command import Command
from bot.chat.reply import Reply
from bot.settings import Settings, load
from core.money import QUANTUM
from core.paper.ledger import Posting, entry_for
from core.paper.records import Identity, Recorded

EPOCH = datetime(2026, 11, 25, 12, tzinfo=UTC)
MARKET = "demo"


class Epoch:
    """A clock that stands at the first second of the demo market."""

    def now(self) -> datetime:
        """Return the epoch."""
        return EPOCH


@dataclass(frozen=True, slots=True)
class Session:
    """What was typed, what was answered, and what the books hold of it."""

    lines: tuple[str, ...]
    replies: tuple[Reply, ...]
    history: tuple[Recorded, ...]

    @property
    def transcript(self) -> str:
        """The session as a terminal shows it, in a code block."""
        turns = zip(self.lines, self.replies, strict=True)
        return block("\n\n".join(f"> {line}\n{text(reply).rstrip()}" for line, reply in turns))

    @property
    def ledger(self) -> str:
        """Every event that moved money with its entry, and what the accounts add up to."""
        entries = [(each, entry_for(each.event)) for each in self.history]
        booked = [(each, entry.postings) for each, entry in entries if entry is not None]
        parts = [_entry(f"{n.id} {type(n.event).__name__}", postings) for n, postings in booked]
        totals: dict[str, int] = {}
        for _, postings in booked:
            for posting in postings:
                totals[posting.ledger] = totals.get(posting.ledger, 0) + posting.quanta
        sums = (Posting(name, quanta) for name, quanta in totals.items())
        parts.append(_entry("what each account holds now", sums))
        parts.append(_entry("all of them", (Posting("sum", sum(totals.values())),)))
        return block("\n".join(parts))


def session(*lines: str, more: tuple[Command, ...] = ()) -> Session:
    """Say lines to a new house, one after the other; `more` are commands beside its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/docs.db"
        settings = load(None).model_copy(update={"database_url": url})
        replies = _said(settings, lines, more)
        return Session(lines, replies, _history(url))


def _said(
    settings: Settings, lines: tuple[str, ...], more: tuple[Command, ...]
) -> tuple[Reply, ...]:
    """Ask a house whose clock stands still. Raises `TypeError` for silence."""
    house = app.build(settings, Epoch(), more)

    async def talk() -> tuple[Reply, ...]:
        conversation, replies = Conversation(house.desk), []
        for line in lines:
            said = await conversation.say(line)
            if not isinstance(said, Reply):
                raise TypeError(f"{line} was met with silence")
            replies.append(said)
        return tuple(replies)

    try:
        return asyncio.run(talk())
    finally:
        house.close()


def _history(url: str) -> tuple[Recorded, ...]:
    """What the books hold of the person at the terminal, oldest first."""
    database = Database(url)
    try:
        with database.units().reading() as books:
            learner = books.paper.learner(Identity(ME.platform, ME.id))
            account = None if learner is None else books.paper.account(learner, MARKET)
            return () if account is None else books.paper.history(account.id)
    finally:
        database.close()


def _entry(head: str, postings: Iterable[Posting]) -> str:
    """An entry, each posting exact to the quantum, 30 columns wide."""
    rows = (f"  {p.ledger:10}{_money(p.quanta):>18}" for p in postings)
    return "\n".join((head, *rows))


def _money(quanta: int) -> str:
    return f"{Decimal(quanta) * QUANTUM:+,.8f}" if quanta else "0"


def block(inside: str) -> str:
    """Return a text as a code block."""
    return f"```text\n{inside}\n```\n"

"""What the core's use cases need of the world, as protocols, and the values that cross them.

A port stands here only if it has a real and a fake implementation, and both pass one contract test.
Everything is synchronous: the shell calls from its own threads.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from core.alerts.books import AlertBooks
from core.editions import InstrumentBooks
from core.lessons.books import LearningBooks
from core.lessons.faq import FaqEntry
from core.lessons.game.books import GameBooks
from core.lessons.game.league import LeagueBooks
from core.lessons.ranking import Ranking
from core.market import Marks
from core.paper.account import PaperAccount
from core.paper.records import (
    Change,
    Done,
    Due,
    Fault,
    Identity,
    Link,
    Notice,
    Preview,
    Recorded,
)
from core.people import ChatRules, Preferences


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


class MarkSource(Protocol):
    """Where marks come from."""

    @property
    def market(self) -> str:
        """The market's name, "demo" for the recording."""

    def marks(self) -> Marks:
        """Return one snapshot; every calculation of a request uses the same one."""


class FaqSource(Protocol):
    """Where the knowledge base comes from."""

    def entries(self, locale: str) -> Iterable[FaqEntry]:
        """Return all entries in a language; missing ones in English."""

    def ranking(self) -> Ranking:
        """Return what ranks topics for a question, fitted to these entries."""


class Books(Protocol):
    """Everything that is kept, seen inside one transaction."""

    @property
    def alerts(self) -> AlertBooks:
        """The books of alerts, in the same transaction."""

    @property
    def games(self) -> GameBooks:
        """The books of games, in the same transaction."""

    @property
    def leagues(self) -> LeagueBooks:
        """The books of leagues, in the same transaction."""

    @property
    def instruments(self) -> InstrumentBooks:
        """The books of venues' contracts, in the same transaction."""

    @property
    def learning(self) -> LearningBooks:
        """The books of learning, in the same transaction."""

    @property
    def paper(self) -> "PaperBooks":
        """The books of paper trading, in the same transaction."""

    def preferences(self, platform: str, person: str) -> Preferences:
        """Return a person's settings; defaults for a stranger."""

    def set_preferences(self, platform: str, person: str, value: Preferences) -> None:
        """Keep a person's settings."""

    def met(self, platform: str, person: str) -> frozenset[str]:
        """Return the words of the field that were explained to a person; none to a stranger."""

    def set_met(self, platform: str, person: str, words: frozenset[str]) -> None:
        """Keep which words were explained to a person."""

    def forget(self, platform: str, person: str) -> None:
        """Delete everything kept about a person."""

    def chat_rules(self, platform: str, chat: str) -> ChatRules:
        """Return a chat's rules; defaults for a new chat."""

    def set_chat_rules(self, platform: str, chat: str, value: ChatRules) -> None:
        """Keep a chat's rules."""

    def move_chat(self, platform: str, old: str, new: str) -> None:
        """Carry what a chat has to its new id (Telegram: group to supergroup).

        Repeatable; what a host set in the new chat already stays.
        """

    def keep_choice(self, say: str, until: datetime) -> str:
        """Keep a button's command under a token of 8 characters; the same command, same token."""

    def choice(self, token: str, now: datetime) -> str | None:
        """Return a kept command, or None when unknown or out of date."""

    def drop_choices(self, now: datetime) -> int:
        """Delete the kept commands that are out of date; return how many."""

    def note(self, key: str) -> str | None:
        """Return a value the bot keeps for itself (the epoch, a hash), or None."""

    def set_note(self, key: str, value: str) -> None:
        """Keep a value under a key."""

    def first_note(self, key: str, value: str) -> str:
        """Keep a value unless one is there; return the one that is there now."""


class PaperBooks(Protocol):
    """Everything that is kept of paper trading, seen inside one transaction."""

    def learner(self, who: Identity) -> int | None:
        """Return who a person is here, or None for a stranger."""

    def enroll(self, who: Identity, at: datetime) -> int:
        """Make a stranger a learner; return the number."""

    def since(self, learner: int) -> datetime | None:
        """Return since when a learner is known here, or None for nobody."""

    def identities(self, learner: int) -> tuple[Identity, ...]:
        """Return everything a learner is known as."""

    def rename(self, who: Identity, learner: int | None) -> None:
        """Let an identity belong to another learner; None lets it go."""

    def account(self, learner: int, market: str) -> PaperAccount | None:
        """Return a learner's account in a market."""

    def accounts(self, learner: int) -> tuple[PaperAccount, ...]:
        """Return all accounts of a learner, archived ones last."""

    def account_numbered(self, number: int) -> PaperAccount:
        """Return an account by its number. Raises `LookupError`."""

    def open_account(self, learner: int, market: str) -> PaperAccount:
        """Return a new, bare account; its venue and its grant are events like any other."""

    def archive(self, account: int) -> None:
        """Put an account aside: it is nobody's present one, and stays in the export."""

    def hand_over(self, account: int, learner: int) -> None:
        """Let an account belong to another learner, with everything that happened to it."""

    def owner(self, account: int) -> int:
        """Return the learner an account belongs to. Raises `LookupError`."""

    def record(self, change: Change) -> tuple[int, ...]:
        """Book events with their entries, keep the account after them; return their numbers.

        Raises `Conflict` where the account is no longer the one the change began with.
        """

    def history(self, account: int) -> tuple[Recorded, ...]:
        """Return an account's events, oldest first."""

    def live(self, market: str, after: int = 0) -> tuple[int, tuple[PaperAccount, ...]]:
        """Return a market's accounts with something at stake that changed after an event.

        The number is the newest event there is. With an event given, accounts that have nothing at
        stake any more are returned too.
        """

    def holding(self, venue: str) -> tuple[tuple[int, PaperAccount], ...]:
        """Return the accounts, of all markets, with positions by a venue's rules; owners first."""

    def done(self, request: str) -> Done | None:
        """Return what a request led to, or None if it led to nothing yet."""

    def set_done(self, request: str, learner: int, done: Done, at: datetime) -> None:
        """Keep what a request led to, whose events are recorded."""

    def keep_preview(self, preview: Preview) -> str:
        """Keep a preview; return its token."""

    def preview(self, token: str) -> tuple[Preview, str] | None:
        """Return a preview and the request that used it (empty: none yet), or None."""

    def latest_preview(self, learner: int, chat: str) -> str | None:
        """Return the token of the newest preview of a person in a chat that was not used."""

    def use_preview(self, token: str, request: str) -> None:
        """Keep that a request used a preview."""

    def drop_previews(self, until: datetime) -> int:
        """Delete the previews whose time ended by a moment, used or not; return how many."""

    def drop_done(self, until: datetime) -> int:
        """Delete what requests led to by a moment, not its events; return how many."""

    def post(self, notice: Notice) -> None:
        """Put a notice into the outbox; the same event is told a learner once."""

    def due(self, now: datetime, limit: int, platform: str = "") -> tuple[Due, ...]:
        """Return notices whose time has come, oldest first.

        With a platform, only those of learners who are known there.
        """

    def told(self, learner: int, event: int) -> Notice | None:
        """Return the notice of an event, delivered or not, or None."""

    def delivered(self, notice: int, at: datetime) -> None:
        """Keep that a notice arrived."""

    def put_off(self, notice: int, until: datetime | None) -> None:
        """Try a notice again later; None gives it up."""

    def lease(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Take or keep a lease that only one holder has at a time; False if another has it."""

    def keep_link(self, link: Link) -> str:
        """Keep a link that waits under a new code of 8 letters; earlier ones of its asker go."""

    def link(self, code: str) -> Link | None:
        """Return what waits under a code, past its time or not, or None."""

    def change_link(self, code: str, link: Link | None) -> None:
        """Keep how far a link has come; None drops it."""

    def drop_links(self, now: datetime) -> int:
        """Delete the links that are out of time; return how many."""

    def forget_learner(self, learner: int) -> None:
        """Delete a learner with every account; whole balanced entries go."""

    def faults(self) -> tuple[Fault, ...]:
        """Return entries that do not balance and pockets or wallets that differ from the books."""

    def rebuild(self) -> int:
        """Make every account anew of its events; return how many were not as they should be."""


class Units(Protocol):
    """Units of work; a writing one commits when its block ends without an exception."""

    def reading(self) -> AbstractContextManager[Books]:
        """Open a snapshot."""

    def writing(self) -> AbstractContextManager[Books]:
        """Open the one writing transaction."""

    def group(self) -> AbstractContextManager[None]:
        """Make one transaction of all units that this thread opens in the block.

        A unit that fails is undone alone; what the others wrote is kept when the block ends.
        """

"""What a command is handed: who asks, what was read, and everything it may use to answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from bot.chat.ports import Entry
from bot.chat.reading import Defaults, Reading
from bot.chat.reply import Reply
from bot.chat.request import Place, Request
from core.money import Amount
from core.paper.records import Identity
from core.people import ChatRules, Preferences
from core.services import Services
from core.services.compare import Terms
from core.services.trading import Asked


class Reads(Protocol):
    """Reads a line, against the present marks unless others are given (quote per base)."""

    def __call__(self, line: str, marks: Mapping[str, Decimal] | None = None) -> Reading:
        """Return what the line means. Raises `Misread`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request, understood.

    `defaults` are the person's settings over `house`, the bot's own. `read` reads
    a line as if the asker had typed it here, `reckon` returns what a line of ours leads to for
    anybody: with the house's defaults and nobody's account. `_` translates a sentence into the
    asker's language.
    """

    request: Request
    reading: Reading
    preferences: Preferences
    rules: ChatRules
    defaults: Defaults
    house: Defaults
    services: Services
    now: datetime
    menu: tuple[Entry, ...]
    read: Reads
    reckon: Callable[[str], Reply]
    _: Callable[[str], str]

    @property
    def identity(self) -> Identity:
        """The asker as paper trading knows people."""
        return Identity(self.request.who.platform, self.request.who.id)

    @property
    def asked(self) -> Asked:
        """Who asks, where, and the request's own id, as trading takes them.

        Wherever it is asked, it is answered to the person alone, so their own chat on this platform
        is the place: what was asked in a group can be confirmed in private.
        """
        return Asked(self.identity, self.request.who.id, self.request.id)

    @property
    def in_group(self) -> bool:
        """Whether others can see the answer."""
        return self.request.chat.place is Place.GROUP

    def assumed(self, field: str) -> bool:
        """Whether a field was not typed but taken from the defaults."""
        return field in self.reading.assumed

    def terms(self, wallet: Decimal | None, venue: str | None) -> Terms:
        """What stands round a trade: typed values over defaults; a defaulted size may shrink.

        A person's own fee rate counts only where nobody else reads the answer.
        """
        shown_to_all = self.in_group and not self.reading.values.get("mine")
        return Terms(
            venue=venue or self.defaults.venue,
            wallet=Amount(self.defaults.wallet if wallet is None else wallet),
            fee=None if shown_to_all else self.preferences.fee,
            may_shrink=self.assumed("size"),
        )

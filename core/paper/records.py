"""What is kept of paper trading beside the account itself: who, what was done, what is waiting."""

from dataclasses import dataclass
from datetime import datetime

from core.market import Marks, Symbol
from core.money import Price
from core.paper.account import PaperAccount
from core.paper.actions import Action
from core.paper.events import Event


@dataclass(frozen=True, slots=True)
class Identity:
    """A person on a platform, by the platform's own id."""

    platform: str
    person: str


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time code on its way: who asked for it, who typed it, whose portfolio is to stay.

    Names are as the people call themselves; they are kept no longer than the code. `second` is None
    until somebody on another platform typed it, `keeps` until they chose the identity that brings
    the portfolio.
    """

    first: Identity
    first_name: str
    until: datetime
    second: Identity | None = None
    second_name: str = ""
    keeps: Identity | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it stands in the books: its number, its account, when, and for which request."""

    id: int
    account: int
    at: datetime
    request: str
    event: Event


@dataclass(frozen=True, slots=True)
class Done:
    """What an action led to: the account before, what happened, the account after, the marks.

    It is kept under its request, so that a repeat is answered with the very same words.
    """

    before: PaperAccount
    events: tuple[Event, ...]
    after: PaperAccount
    marks: Marks


@dataclass(frozen=True, slots=True)
class Preview:
    """An action that was shown and waits for Confirm: whose, where, and until when.

    `seen` are the prices (quote per base) that its fills were shown at, by symbol.
    """

    learner: int
    chat: str
    market: str
    action: Action
    seen: tuple[tuple[Symbol, Price], ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """Events to be booked at once: the account before and after, and why.

    `request` is empty for what nobody asked for (a sweep, funding).
    """

    before: PaperAccount
    after: PaperAccount
    events: tuple[Event, ...]
    at: datetime
    request: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person must hear of, with the account just before it and the marks it met."""

    learner: int
    event: int
    what: Event
    before: PaperAccount
    after: PaperAccount
    marks: Marks
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A notice that waits to be delivered, with its number and how often it was tried."""

    id: int
    notice: Notice
    attempts: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the books cannot explain: which account, what, and how much (quanta)."""

    account: int
    what: str
    quanta: int = 0

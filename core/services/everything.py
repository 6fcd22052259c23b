"""All that is kept of a person, gathered in one look.

The accounts of challenges stand apart from those of the portfolio: they are other money.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.alerts.alert import Alert
from core.lessons.badges import Badge
from core.lessons.game.books import Won
from core.lessons.game.trading import game_of
from core.paper.account import PaperAccount
from core.paper.records import Identity, Recorded
from core.people import Preferences
from core.ports import Books, PaperBooks


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a person on one platform."""

    identity: Identity
    preferences: Preferences
    met: frozenset[str]
    lessons: frozenset[str]


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """An account with its whole history; an archived one is nobody's present one."""

    account: PaperAccount
    archived: bool
    history: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class OwnGame:
    """A challenge that a person joined: under which number and name, and their accounts in it.

    `away` is since when they are not found in its chat any more; None while they are.
    `role` is what their server made them, where that counted; `squad` what they called theirs.
    """

    game: int
    kind: str
    player: int
    name: str
    joined: datetime
    accounts: tuple[OwnAccount, ...]
    away: datetime | None = None
    role: str = ""
    squad: str = ""


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is kept of a person, at one moment."""

    at: datetime
    people: tuple[Kept, ...]
    accounts: tuple[OwnAccount, ...]
    alerts: tuple[Alert, ...] = ()
    games: tuple[OwnGame, ...] = ()
    wins: tuple[Won, ...] = ()
    badges: Mapping[Badge, datetime] = field(default_factory=dict)


def everything(books: Books, who: Identity, at: datetime) -> Everything:
    """Return all that is kept of a person, on every platform they are known on."""
    learner = books.paper.learner(who)
    if learner is None:
        return Everything(at, (_kept(books, who),), ())
    people = tuple(_kept(books, name) for name in books.paper.identities(learner))
    owned = _owned(books.paper, learner)
    return Everything(
        at=at,
        people=people,
        accounts=tuple(each for each in owned if game_of(each.account.market) is None),
        alerts=books.alerts.of(learner),
        games=tuple(_games(books, learner, owned)),
        wins=books.games.wins(learner),
        badges=books.learning.badges(learner),
    )


def present_accounts(paper: PaperBooks, learner: int | None) -> dict[str, PaperAccount]:
    """Return a learner's accounts that are not archived, by market; those of challenges too."""
    if learner is None:
        return {}
    markets = dict.fromkeys(account.market for account in paper.accounts(learner))
    found = ((market, paper.account(learner, market)) for market in markets)
    return {market: account for market, account in found if account is not None}


def _kept(books: Books, who: Identity) -> Kept:
    """What is kept of one identity."""
    named = (who.platform, who.person)
    lessons = books.learning.lessons(*named)
    return Kept(who, books.preferences(*named), books.met(*named), lessons)


def _owned(paper: PaperBooks, learner: int) -> tuple[OwnAccount, ...]:
    present = {account.id for account in present_accounts(paper, learner).values()}
    return tuple(
        OwnAccount(account, account.id not in present, paper.history(account.id))
        for account in paper.accounts(learner)
    )


def _games(books: Books, learner: int, owned: tuple[OwnAccount, ...]) -> list[OwnGame]:
    """The games in which a learner sits, oldest first."""
    found = []
    for number, seat in books.games.sits(learner).items():
        kept = books.games.game(number)
        assert kept is not None  # nobody sits in a game that is not there
        game = kept.state.game
        player = game.player(seat)
        own = tuple(each for each in owned if game_of(each.account.market) == number)
        sits = books.games.seated(number, seat)
        assert sits is not None
        who = (number, game.kind, seat, player.name, player.joined)
        found.append(OwnGame(*who, own, sits.away, player.role, player.banner))
    return found

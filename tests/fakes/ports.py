"""One fake for each port of the core. Each passes the same contract tests as the real thing."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from threading import RLock

from core.lessons.faq import FaqEntry
from core.market import MarkPrice, Marks, Symbol
from core.money import D, Price
from core.paper.records import Identity
from core.people import ChatRules, Preferences
from core.ports import Books
from tests.fakes.alerts import KeptAlerts, MemoryAlerts
from tests.fakes.games import KeptGames, MemoryGames
from tests.fakes.instruments import KeptInstruments, MemoryInstruments
from tests.fakes.leagues import KeptLeagues, MemoryLeagues
from tests.fakes.learning import KeptLearning, MemoryLearning
from tests.fakes.paper import KeptPaper, MemoryPaper

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


class FixedClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta | int) -> None:
        """Go on by so much, or by so many seconds."""
        self._now += by if isinstance(by, timedelta) else timedelta(seconds=by)


class FixedMarks:
    """A market in which nothing moves by itself."""

    def __init__(
        self, prices: Mapping[str, str | int | Decimal], at: datetime = NOON, market: str = "demo"
    ) -> None:
        self._market = market
        marked = {Symbol(name): MarkPrice(Price(D(price)), at) for name, price in prices.items()}
        self._marks = Marks(market, at, marked)

    @property
    def market(self) -> str:
        return self._market

    def marks(self) -> Marks:
        return self._marks

    def move(self, symbol: str, price: str | int | Decimal, at: datetime | None = None) -> None:
        """Mark one contract at another price; `at` is a new moment for the whole snapshot."""
        moment = at or self._marks.at
        self.quote(symbol, MarkPrice(Price(D(price)), moment))
        self._marks = Marks(self._market, moment, self._marks.prices)

    def quote(self, symbol: str, mark: MarkPrice) -> None:
        """Quote one contract with all that is known around its mark; the snapshot stays of when."""
        old = self._marks
        self._marks = Marks(self._market, old.at, {**old.prices, Symbol(symbol): mark})


class FixedFaq:
    """A knowledge base of the entries it was given, the same in every language."""

    def __init__(self, *entries: FaqEntry) -> None:
        self._entries = entries

    def entries(self, locale: str) -> Iterable[FaqEntry]:
        return self._entries


class Unfit(ValueError):
    """A number that a ledger of 64-bit whole numbers could not hold."""


class NotWriting(RuntimeError):
    """A reading unit was asked to keep something."""


@dataclass
class Kept:
    """Everything a memory keeps."""

    people: dict[tuple[str, str], Preferences] = field(default_factory=dict)
    met: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    chats: dict[tuple[str, str], ChatRules] = field(default_factory=dict)
    choices: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    paper: KeptPaper = field(default_factory=KeptPaper)
    learning: KeptLearning = field(default_factory=KeptLearning)
    alerts: KeptAlerts = field(default_factory=KeptAlerts)
    games: KeptGames = field(default_factory=KeptGames)
    leagues: KeptLeagues = field(default_factory=KeptLeagues)
    instruments: KeptInstruments = field(default_factory=KeptInstruments)
    tokens: int = 0


class MemoryBooks:
    """Books in memory; a reading unit looks at a copy and may not write into it."""

    def __init__(self, kept: Kept, *, writes: bool) -> None:
        self._kept = kept
        self._writes = writes
        self.paper = MemoryPaper(kept.paper, lambda: self._written.paper)
        self.learning = MemoryLearning(kept.learning, lambda: self._written.learning)
        self.alerts = MemoryAlerts(
            kept.alerts, lambda: self._written.alerts, lambda: kept.paper.people
        )
        self.games = MemoryGames(kept.games, lambda: self._written.games)
        self.leagues = MemoryLeagues(kept.leagues, lambda: self._written.leagues)
        self.instruments = MemoryInstruments(kept.instruments, lambda: self._written.instruments)
        self.paper.gone = self._gone

    def _gone(self, learner: int) -> None:
        self.alerts.forget(learner)
        self.games.gone(learner)
        self.learning.gone(learner)

    @property
    def _written(self) -> Kept:
        if not self._writes:
            raise NotWriting
        return self._kept

    def preferences(self, platform: str, person: str) -> Preferences:
        return self._kept.people.get((platform, person), Preferences())

    def set_preferences(self, platform: str, person: str, value: Preferences) -> None:
        for amount, places in (
            (value.leverage, 8),
            (value.margin, 8),
            (value.wallet, 8),
            (value.fee, 12),
        ):
            _fits(amount, places)
        self._written.people[platform, person] = value

    def met(self, platform: str, person: str) -> frozenset[str]:
        return self._kept.met.get((platform, person), frozenset())

    def set_met(self, platform: str, person: str, words: frozenset[str]) -> None:
        self._written.met[platform, person] = words

    def forget(self, platform: str, person: str) -> None:
        self._written.people.pop((platform, person), None)
        self._written.met.pop((platform, person), None)
        self.learning.forget(platform, person)
        self.games.forget_host(Identity(platform, person))
        self.leagues.forget_host(Identity(platform, person))

    def chat_rules(self, platform: str, chat: str) -> ChatRules:
        return self._kept.chats.get((platform, chat), ChatRules())

    def set_chat_rules(self, platform: str, chat: str, value: ChatRules) -> None:
        self._written.chats[platform, chat] = value

    def move_chat(self, platform: str, old: str, new: str) -> None:
        if old == new:
            return
        self.learning.move(platform, old, new)
        self.alerts.move(platform, old, new)
        self.games.move(platform, old, new)
        self.leagues.move(platform, old, new)
        rules = self._written.chats.pop((platform, old), None)
        if rules is not None:
            self._written.chats.setdefault((platform, new), rules)

    def keep_choice(self, say: str, until: datetime) -> str:
        kept = self._written
        for token, (known, last) in kept.choices.items():
            if known == say:
                kept.choices[token] = (say, max(last, until))
                return token
        kept.tokens += 1
        token = f"{kept.tokens:08}"
        kept.choices[token] = (say, until)
        return token

    def choice(self, token: str, now: datetime) -> str | None:
        say, until = self._kept.choices.get(token, ("", now))
        return say if now < until else None

    def drop_choices(self, now: datetime) -> int:
        old = [token for token, (_, until) in self._written.choices.items() if until <= now]
        for token in old:
            del self._written.choices[token]
        return len(old)

    def note(self, key: str) -> str | None:
        return self._kept.notes.get(key)

    def set_note(self, key: str, value: str) -> None:
        self._written.notes[key] = value

    def first_note(self, key: str, value: str) -> str:
        return self._written.notes.setdefault(key, value)


class MemoryUnits:
    """Units of work in memory: a writing one changes a copy, which counts when its block ends."""

    def __init__(self) -> None:
        self._kept = Kept()
        self._writer = RLock()

    @contextmanager
    def reading(self) -> Iterator[Books]:
        yield MemoryBooks(deepcopy(self._kept), writes=False)

    @contextmanager
    def writing(self) -> Iterator[Books]:
        with self._writer:
            draft = deepcopy(self._kept)
            yield MemoryBooks(draft, writes=True)
            self._kept = draft

    @contextmanager
    def group(self) -> Iterator[None]:
        with self._writer:
            before = deepcopy(self._kept)
            try:
                yield
            except BaseException:
                self._kept = before
                raise


def _fits(amount: Decimal | None, places: int) -> None:
    if amount is None:
        return
    if not amount.is_finite() or abs(amount) >= Decimal(2**63).scaleb(-places):
        raise Unfit(f"{amount} is too large")
    if (Fraction(amount) * 10**places).denominator != 1:
        raise Unfit(f"{amount} has too many places")

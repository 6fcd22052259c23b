"""The books of paper trading in memory: the fake that stands beside the database's."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from core.paper.account import PaperAccount, bare
from core.paper.apply import replay
from core.paper.ledger import WALLET, entry_for, pocket, quanta
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


class Conflict(RuntimeError):
    """The account has moved on since it was read."""


@dataclass
class Owned:
    """An account with what is known about it."""

    learner: int
    state: PaperAccount
    archived: bool = False
    last_event: int = 0


@dataclass
class Told:
    """A notice on its way."""

    notice: Notice
    due: datetime | None
    attempts: int = 0


@dataclass
class KeptPaper:
    """Everything a memory keeps of paper trading."""

    people: dict[Identity, int] = field(default_factory=dict)
    learners: int = 0
    accounts: dict[int, Owned] = field(default_factory=dict)
    events: list[Recorded] = field(default_factory=list)
    done: dict[str, tuple[int, Done, datetime]] = field(default_factory=dict)
    previews: dict[str, tuple[Preview, str]] = field(default_factory=dict)
    outbox: dict[int, Told] = field(default_factory=dict)
    leases: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    codes: int = 0
    tokens: int = 0
    since: dict[int, datetime] = field(default_factory=dict)

    def __deepcopy__(self, _: object) -> "KeptPaper":
        """A copy that shares no list and no dictionary."""
        return KeptPaper(
            dict(self.people),
            self.learners,
            {number: copy(owned) for number, owned in self.accounts.items()},
            list(self.events),
            dict(self.done),
            dict(self.previews),
            {number: copy(told) for number, told in self.outbox.items()},
            dict(self.leases),
            dict(self.links),
            self.codes,
            self.tokens,
            dict(self.since),
        )


class MemoryPaper:
    """Implements `core.ports.PaperBooks`; `kept` hands out what may be written, or raises."""

    def __init__(self, seen: KeptPaper, written: Callable[[], KeptPaper]) -> None:
        self._seen = seen
        self._written = written
        self.gone: Callable[[int], None] = lambda _: None

    def learner(self, who: Identity) -> int | None:
        return self._seen.people.get(who)

    def enroll(self, who: Identity, at: datetime) -> int:
        kept = self._written()
        kept.learners += 1
        kept.people[who] = kept.learners
        kept.since[kept.learners] = at
        return kept.learners

    def since(self, learner: int) -> datetime | None:
        return self._seen.since.get(learner)

    def identities(self, learner: int) -> tuple[Identity, ...]:
        found = (who for who, number in self._seen.people.items() if number == learner)
        return tuple(sorted(found, key=lambda who: (who.platform, who.person)))

    def rename(self, who: Identity, learner: int | None) -> None:
        people = self._written().people
        people.pop(who, None)
        if learner is not None:
            people[who] = learner

    def account(self, learner: int, market: str) -> PaperAccount | None:
        for owned in self._seen.accounts.values():
            if (owned.learner, owned.state.market, owned.archived) == (learner, market, False):
                return owned.state
        return None

    def accounts(self, learner: int) -> tuple[PaperAccount, ...]:
        found = [o for o in self._seen.accounts.values() if o.learner == learner]
        return tuple(o.state for o in sorted(found, key=lambda o: (o.archived, o.state.id)))

    def account_numbered(self, number: int) -> PaperAccount:
        return self._seen.accounts[number].state

    def owner(self, account: int) -> int:
        return self._seen.accounts[account].learner

    def open_account(self, learner: int, market: str) -> PaperAccount:
        accounts = self._written().accounts
        new = bare(max(accounts, default=0) + 1, market)
        accounts[new.id] = Owned(learner, new)
        return new

    def archive(self, account: int) -> None:
        self._written().accounts[account].archived = True

    def hand_over(self, account: int, learner: int) -> None:
        self._written().accounts[account].learner = learner

    def record(self, change: Change) -> tuple[int, ...]:
        if not change.events:
            return ()
        kept = self._written()
        owned = kept.accounts[change.before.id]
        if owned.state.version != change.before.version:
            raise Conflict
        first = (kept.events[-1].id if kept.events else 0) + 1
        numbers = tuple(range(first, first + len(change.events)))
        for number, event in zip(numbers, change.events, strict=True):
            entry_for(event)
            recorded = Recorded(number, change.before.id, change.at, change.request, event)
            kept.events.append(recorded)
        owned.state, owned.last_event = change.after, numbers[-1]
        return numbers

    def history(self, account: int) -> tuple[Recorded, ...]:
        return tuple(each for each in self._seen.events if each.account == account)

    def live(self, market: str, after: int = 0) -> tuple[int, tuple[PaperAccount, ...]]:
        mine = [o for o in self._seen.accounts.values() if o.state.market == market]
        if after:
            found = [o for o in mine if o.last_event > after]
        else:
            found = [o for o in mine if not o.archived and o.state.at_stake]
        newest = max((o.last_event for o in found), default=after)
        return newest, tuple(o.state for o in found)

    def holding(self, venue: str) -> tuple[tuple[int, PaperAccount], ...]:
        return tuple(
            (owned.learner, owned.state)
            for owned in self._seen.accounts.values()
            if owned.state.venue == venue and owned.state.positions and not owned.archived
        )

    def done(self, request: str) -> Done | None:
        found = self._seen.done.get(request)
        return None if found is None else found[1]

    def set_done(self, request: str, learner: int, done: Done, at: datetime) -> None:
        self._written().done[request] = (learner, done, at)

    def keep_preview(self, preview: Preview) -> str:
        kept = self._written()
        kept.tokens += 1
        token = f"preview{kept.tokens:05}"
        kept.previews[token] = (preview, "")
        return token

    def preview(self, token: str) -> tuple[Preview, str] | None:
        return self._seen.previews.get(token)

    def latest_preview(self, learner: int, chat: str) -> str | None:
        for token, (preview, used_by) in reversed(self._seen.previews.items()):
            if (preview.learner, preview.chat, used_by) == (learner, chat, ""):
                return token
        return None

    def use_preview(self, token: str, request: str) -> None:
        previews = self._written().previews
        previews[token] = (previews[token][0], request)

    def drop_previews(self, until: datetime) -> int:
        kept = self._written()
        stay = {token: p for token, p in kept.previews.items() if p[0].until > until}
        dropped, kept.previews = len(kept.previews) - len(stay), stay
        return dropped

    def drop_done(self, until: datetime) -> int:
        kept = self._written()
        stay = {request: d for request, d in kept.done.items() if d[2] > until}
        dropped, kept.done = len(kept.done) - len(stay), stay
        return dropped

    def post(self, notice: Notice) -> None:
        outbox = self._written().outbox
        outbox[max(outbox, default=0) + 1] = Told(notice, notice.at)

    def due(self, now: datetime, limit: int, platform: str = "") -> tuple[Due, ...]:
        there = {n for who, n in self._seen.people.items() if platform in {"", who.platform}}
        ready = [
            (told.due, number, told)
            for number, told in self._seen.outbox.items()
            if told.due is not None and told.due <= now and told.notice.learner in there
        ]
        ready.sort(key=lambda each: each[:2])
        return tuple(Due(n, told.notice, told.attempts) for _, n, told in ready[:limit])

    def told(self, learner: int, event: int) -> Notice | None:
        for told in self._seen.outbox.values():
            if (told.notice.learner, told.notice.event) == (learner, event):
                return told.notice
        return None

    def delivered(self, notice: int, at: datetime) -> None:
        self._written().outbox[notice].due = None

    def put_off(self, notice: int, until: datetime | None) -> None:
        told = self._written().outbox[notice]
        told.due, told.attempts = until, told.attempts + 1

    def lease(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        leases = self._written().leases
        mine, end = leases.get(name, (holder, now))
        if mine != holder and end > now:
            return False
        leases[name] = (holder, until)
        return True

    def keep_link(self, link: Link) -> str:
        kept = self._written()
        kept.links = {c: old for c, old in kept.links.items() if old.first != link.first}
        kept.codes += 1
        code = "".join(chr(65 + int(digit)) for digit in f"{kept.codes:08}")
        kept.links[code] = link
        return code

    def link(self, code: str) -> Link | None:
        return self._seen.links.get(code)

    def change_link(self, code: str, link: Link | None) -> None:
        links = self._written().links
        if link is None:
            links.pop(code, None)
        else:
            links[code] = link

    def drop_links(self, now: datetime) -> int:
        kept = self._written()
        old = [code for code, link in kept.links.items() if link.until <= now]
        for code in old:
            del kept.links[code]
        return len(old)

    def forget_learner(self, learner: int) -> None:
        kept = self._written()
        self.gone(learner)
        gone = {number for number, owned in kept.accounts.items() if owned.learner == learner}
        kept.people = {who: n for who, n in kept.people.items() if n != learner}
        kept.accounts = {n: o for n, o in kept.accounts.items() if n not in gone}
        kept.events = [e for e in kept.events if e.account not in gone]
        kept.done = {r: d for r, d in kept.done.items() if d[0] != learner}
        kept.previews = {t: p for t, p in kept.previews.items() if p[0].learner != learner}
        kept.outbox = {n: t for n, t in kept.outbox.items() if t.notice.learner != learner}

    def faults(self) -> tuple[Fault, ...]:
        found = []
        for owned in self._seen.accounts.values():
            account = owned.state
            history = self.history(account.id)
            made = replay(bare(account.id, account.market), ((e.event, e.at) for e in history))
            if made != account:
                found.append(Fault(account.id, "replay"))
            found += _differences(account, history)
        return tuple(found)

    def rebuild(self) -> int:
        changed = 0
        for owned in self._written().accounts.values():
            account = owned.state
            history = [(each.event, each.at) for each in self.history(account.id)]
            made = replay(bare(account.id, account.market), history)
            changed += made != account
            owned.state = made
        return changed


def _differences(account: PaperAccount, history: tuple[Recorded, ...]) -> list[Fault]:
    books: dict[str, int] = {}
    for each in history:
        entry = entry_for(each.event)
        for posting in entry.postings if entry else ():
            books[posting.ledger] = books.get(posting.ledger, 0) + posting.quanta
    held = {WALLET: quanta(account.wallet)}
    held |= {pocket(p.number): quanta(p.margin) for p in account.positions if p.isolated}
    own = {name for name in books if name == WALLET or name.startswith("margin:")}
    rest = {name: books.get(name, 0) - held.get(name, 0) for name in own | held.keys()}
    return [Fault(account.id, name, each) for name, each in sorted(rest.items()) if each]

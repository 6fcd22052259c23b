"""Trading on paper: shown first, done once.

`preview` decides an action on a copy and keeps it under a token; `confirm` decides it again on the
account at the present marks and books it. A request that comes twice is answered with what it led
to the first time. Before anything is done the account is swept at the same marks, so that nobody
trades out of a position that is already gone. Marks older than the limit decide nothing, and after
live prices were away nobody trades before the watch has judged what happened meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from core.market import Symbol
from core.money import ONE, Price
from core.paper.account import PaperAccount
from core.paper.actions import Action, ChooseVenue, concerned, decide
from core.paper.apply import applied
from core.paper.errors import CatchingUp, MovedAway, NotYours, PreviewGone, PreviewUsed
from core.paper.events import Event, Filled
from core.paper.records import Change, Done, Identity, Preview
from core.paper.rules import PaperRules
from core.paper.scene import Scene
from core.paper.sweeping import swept
from core.ports import Books, Clock, Units
from core.services.accounts import Accounts
from core.services.backlog import Backlog, backlog
from core.services.notices import book_unasked
from core.services.prices import Prices
from core.services.sweep import PAUSE, swept_until

LIFE = timedelta(seconds=60)
"""How long a preview waits for Confirm."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, in which chat, and the request's own id."""

    who: Identity
    chat: str
    request: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview: its token, what it would lead to, and on which scene it was decided."""

    token: str
    action: Action
    done: Done
    scene: Scene


class Trading:
    """What people do to their accounts."""

    def __init__(self, units: Units, accounts: Accounts, prices: Prices, clock: Clock) -> None:
        """Take the books, the accounts and the market."""
        self._units = units
        self._accounts = accounts
        self._prices = prices
        self._clock = clock
        self.rules = accounts.rules

    def scene(self, account: PaperAccount) -> Scene:
        """Return the present scene of an account. Raises `StalePrice`, `UnknownVenue`."""
        stage = self._prices.stage(account.venue)
        return Scene(stage.listing, stage.marks, self._clock.now(), self.rules)

    def preview(self, asked: Asked, action: Action) -> Shown:
        """Decide an action on a copy and keep it for Confirm. Raises its refusals."""
        with self._units.writing() as books:
            return self._shown(books, asked, action)

    def latest(self, asked: Asked) -> str | None:
        """Return the token of the newest preview in this chat that nobody used, for `yes`."""
        with self._units.reading() as books:
            learner = books.paper.learner(asked.who)
            return None if learner is None else books.paper.latest_preview(learner, asked.chat)

    def repeated(self, asked: Asked) -> Done | None:
        """Return what this very request led to when it came before, or None."""
        with self._units.reading() as books:
            return books.paper.done(asked.request)

    def backlog(self) -> Backlog:
        """Return what waits to be judged before whoever has something in it may trade."""
        with self._units.reading() as books:
            return backlog(books, self._accounts.market)

    def lapse(self, asked: Asked) -> None:
        """Let every preview of this chat that still waits go."""
        with self._units.writing() as books:
            learner = books.paper.learner(asked.who)
            if learner is None:  # nobody is made a learner by saying no
                return
            while token := books.paper.latest_preview(learner, asked.chat):
                books.paper.use_preview(token, asked.request + ":lapsed")

    def confirm(self, asked: Asked, token: str) -> Done:
        """Do what a preview showed, once; a second press returns the first result.

        Raises `PreviewGone`, `NotYours`, `MovedAway` where the fill would be worse than what was
        shown by more than the house allows, and the refusals of the action.
        """
        with self._units.writing() as books:
            found = books.paper.preview(token)
            if found is None:
                raise PreviewGone
            preview, used_by = found
            _check_owner(books, preview, asked)
            if used_by:
                return self._first_result(books, used_by)
            if preview.until < self._clock.now() or preview.market != self._accounts.market:
                raise PreviewGone
            books.paper.use_preview(token, asked.request)
            return self._act(books, asked, preview.action, dict(preview.seen))

    def renew(self, asked: Asked, token: str) -> Shown:
        """Show a preview again at the present marks, under another token; the old one is gone.

        Raises `PreviewGone` where it was answered or is of another market, `NotYours`, and the
        refusals of the action.
        """
        with self._units.writing() as books:
            found = books.paper.preview(token)
            if found is None or found[1] or found[0].market != self._accounts.market:
                raise PreviewGone
            preview = found[0]
            _check_owner(books, preview, asked)
            books.paper.use_preview(token, asked.request)
            return self._shown(books, asked, preview.action)

    def discard(self, asked: Asked, token: str) -> None:
        """Let a preview go without doing it. Raises `PreviewUsed` where it was done already."""
        with self._units.writing() as books:
            found = books.paper.preview(token)
            if found is None or found[0].learner != books.paper.learner(asked.who):
                raise PreviewGone
            if found[1] and books.paper.done(found[1]) is not None:
                raise PreviewUsed
            books.paper.use_preview(token, asked.request)

    def act(self, asked: Asked, action: Action) -> Done:
        """Do an action at once, without a preview; a repeat returns the first result."""
        with self._units.writing() as books:
            return self._act(books, asked, action, {})

    def _shown(self, books: Books, asked: Asked, action: Action) -> Shown:
        """Decide an action on a copy at the present marks, and keep it."""
        learner, account, scene = self._swept(books, asked, action)
        done = _decided(account, action, scene)
        until = self._clock.now() + LIFE
        seen = _filled_at(done.events)
        kept = Preview(learner, asked.chat, account.market, action, seen, until)
        return Shown(books.paper.keep_preview(kept), action, done, scene)

    def _first_result(self, books: Books, request: str) -> Done:
        done = books.paper.done(request)
        if done is None:
            raise PreviewGone
        return done

    def _act(
        self, books: Books, asked: Asked, action: Action, seen: Mapping[Symbol, Price]
    ) -> Done:
        before = books.paper.done(asked.request)
        if before is not None:
            return before
        learner, account, scene = self._swept(books, asked, action)
        done = _decided(account, action, scene)
        done = _checked(done, seen, self.rules)
        change = Change(done.before, done.after, done.events, scene.at, asked.request)
        books.paper.record(change)
        books.paper.set_done(asked.request, learner, done, scene.at)
        if isinstance(action, ChooseVenue):
            _answer_by(books, learner, action.venue)
        return done

    def _swept(self, books: Books, asked: Asked, action: Action) -> tuple[int, PaperAccount, Scene]:
        """The account after everything that the present marks do to it, and the scene of them."""
        learner, account = self._accounts.present(books, asked.who)
        scene = self.scene(account)
        if self._prices.is_live:
            _check_judged(books, account, action, scene)
        events = swept(account, scene)
        if events:
            account = book_unasked(books, learner, account, events, scene)
        return learner, account, scene


def _check_judged(books: Books, account: PaperAccount, action: Action, scene: Scene) -> None:
    """Raise `CatchingUp` where something is at stake, and its last minutes are not judged yet.

    While a contract is silent, only what is about itself must wait.
    """
    if not account.at_stake:
        return
    waiting = backlog(books, account.market)
    meant = concerned(account, action) | waiting.spoken(scene.marks).keys()
    since = {s: at for s, at in waiting.since.items() if s in meant and s in account.symbols}
    if since:
        raise CatchingUp(tuple(sorted(since)), min(since.values()), waiting.asked)
    judged = (swept_until(books, account.market), account.changed_at)
    latest = max((moment for moment in judged if moment is not None), default=scene.at)
    if scene.at - latest > PAUSE:
        raise CatchingUp((), latest)


def _check_owner(books: Books, preview: Preview, asked: Asked) -> None:
    """Raise `NotYours` for a preview of somebody else, or of another chat."""
    if preview.learner != books.paper.learner(asked.who) or preview.chat != asked.chat:
        raise NotYours


def _decided(account: PaperAccount, action: Action, scene: Scene) -> Done:
    events = decide(account, action, scene)
    after = applied(account, events, scene.at)
    held = {*account.symbols, *after.symbols}
    return Done(account, events, after, scene.marks.only(held))


def _answer_by(books: Books, learner: int, venue: str) -> None:
    """Let a learner's answers follow the rules that their account follows now."""
    for who in books.paper.identities(learner):
        own = books.preferences(who.platform, who.person)
        books.set_preferences(who.platform, who.person, replace(own, venue=venue))


def _filled_at(events: tuple[Event, ...]) -> tuple[tuple[Symbol, Price], ...]:
    """The prices of the fills among events, by symbol."""
    return tuple({e.symbol: e.price for e in events if isinstance(e, Filled)}.items())


def _checked(done: Done, seen: Mapping[Symbol, Price], rules: PaperRules) -> Done:
    """Write the prices that were shown into the fills; refuse one that is much worse."""
    return replace(done, events=tuple(_seen(event, seen, rules) for event in done.events))


def _seen(event: Event, seen: Mapping[Symbol, Price], rules: PaperRules) -> Event:
    if not isinstance(event, Filled):
        return event
    shown = seen.get(event.symbol)
    if shown is None:
        return event
    worse = (event.price / shown - ONE) * (ONE if event.buys else -ONE)
    if worse > rules.worse_by:
        raise MovedAway(shown, event.price)
    return replace(event, seen=shown)

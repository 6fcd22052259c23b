"""Prop desk: not who gains most, but who gains enough within the rules.

Everybody begins with 10,000 and passes with 10,800 in the balance, nothing open, by the rules of
`core.lessons.game.desk`: a limit for the day, one over all, days of trading, no lucky day. Limits
are looked at on every fresh mark; estimated marks break none, though walls fall by them. A day is
one of the market's: on a path, whose time passes faster, it is over sooner.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from core.lessons.game import inputs as i
from core.lessons.game.adjusting import adjusted, adjusters, printed
from core.lessons.game.allowed import check_action
from core.lessons.game.days import days_of
from core.lessons.game.desk import DAILY, OVERALL, TRAP
from core.lessons.game.desks import LONGEST, Desks, Told
from core.lessons.game.errors import NoPlayer, NoSeat, NotNow, NotPlaying
from core.lessons.game.game import Game
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Deed, Option, Post, Span, Step, Table, chosen
from core.lessons.game.late import LATE
from core.lessons.game.session import Adjustment, Session
from core.lessons.game.sides import new_account
from core.lessons.game.standing import Standing, placed, unlisted
from core.market import Marks, Symbol
from core.money import Amount, Rate

START = Amount(Decimal(10_000))
LEVERAGE = Rate(Decimal(10))
"""The most there is."""

FEWEST_DAYS = 4
"""Days that must be left for somebody to begin."""

PACE = 24
"""A day of a recorded market takes an hour."""

DAYS: Mapping[str, int] = {"30": 30, "none": LONGEST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A game under way: trading, and everybody's desk; neither before its board is there."""

    session: Session | None = None
    desks: Desks | None = None
    over: bool = False
    due: datetime | None = None

    purse: ClassVar[int] = 1
    until: ClassVar[None] = None

    @property
    def span(self) -> Span | None:
        """From the first board to the end of the longest time there is."""
        session = self.session
        return None if session is None or self.over else (session.began, session.ends)

    @property
    def next_look(self) -> datetime | None:
        """As the session and the desks have it."""
        session, desks = self.session, self.desks
        if session is None or desks is None or self.over:
            return None
        # Desks that were kept before they reckoned it are looked at with every mark.
        return min(session.next_look, desks.next_look or session.began)

    @property
    def judged(self) -> datetime | None:
        """As the session has it."""
        return None if self.session is None else self.session.judged or self.session.began

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """As the session has them."""
        return () if self.session is None else self.session.adjustments

    def floor(self, player: int) -> Amount | None:
        """Return the equity at which a limit is broken, or its owner is told."""
        return None if self.desks is None else self.desks.floor(player)

    def wants(self, table: Table) -> frozenset[Symbol]:
        """The contracts of all accounts, and of the orders that wait."""
        return frozenset() if self.session is None else self.session.symbols(table.accounts)

    def take(self, what: Input, table: Table) -> Step:
        """Return what an input makes of it."""
        session, desks = self.session, self.desks
        if isinstance(what, i.Sent) and what.view == "board" and session is None:
            return self._started(what.at, table)
        if session is not None and desks is not None and not self.over:
            return self._taken(session, desks, what, table)
        if isinstance(what, i.Ordered):
            raise NotNow("between")
        return Step(play=self)

    def _taken(self, session: Session, desks: Desks, what: Input, table: Table) -> Step:
        """What an input makes of it while it is traded."""
        match what:
            case i.Joined(at=at):
                return _joined(session, desks, at, table)
            case i.Ordered():
                return self._with(_ordered(session, desks, what, table), desks, said="ordered")
            case i.Ticked(marks=marks):
                return _ticked(self, marks, table)
            case i.Ruled(what="adjust"):
                return self._adjusted(session, desks, what, table)
            case i.Left(player=player, at=at):
                going = desks.having(player, replace(desks.known[player], away=at))
                left = session.leaving(player, table.accounts[player], at)
                return self._with(left, going, said="left")
            case i.Returned(player=player, at=at) if player not in desks.known:
                return opened((player,), session, desks, at, table)
            case i.Returned(player=player, at=at):
                return self._returned(session, desks, player, at)
            case _:
                return Step(play=self)

    def _with(self, session: Session, desks: Desks, said: str = "") -> Step:
        return Step(play=replace(self, session=session, desks=desks), said=said)

    def _adjusted(self, session: Session, desks: Desks, what: i.Ruled, table: Table) -> Step:
        """Put an account right; of a desk with a verdict nothing changes. Raises `NoPlayer`."""
        new, deed = adjusted(session, what, table)
        desk = desks.known[deed.player]
        if desk.verdict:
            raise NoPlayer(str(deed.player))
        desks = desks.having(deed.player, desk.adjusted(new.adjustments[-1].amount))
        return printed(replace(self, session=new, desks=desks), new, deed)

    def _started(self, at: datetime, table: Table) -> Step:
        """Everybody gets their money when the board is there."""
        days = days_of(table.game, table.ground, PACE)
        trailing = chosen(table.game, KIND, "overall") == "trailing"
        limit = DAYS[chosen(table.game, KIND, "days")]
        desks = Desks(days=days, today=days.number(at), trailing=trailing, limit=limit)
        session = Session(began=at, ends=days.after(at, LONGEST))
        players = tuple(player.number for player in table.game.playing)
        return opened(players, session, desks, at, table)

    def _returned(self, session: Session, desks: Desks, player: int, at: datetime) -> Step:
        """Go on where they were. Raises `NotNow` where it is too late."""
        desk = desks.known[player]
        if not desk.verdict and at >= desks.ends(desk):
            raise NotNow("away")
        return self._with(session, desks.having(player, replace(desk, away=None)), said="joined")

    def standings(self, table: Table) -> tuple[Standing, ...]:
        """Who has passed, who runs, who has failed; then fewer days, the smaller fall."""
        del table
        session, desks = self.session, self.desks
        if session is None or desks is None:
            return ()
        earned = (
            Standing(player, desks.figures(player, session.notes[player]), desks.is_listed(player))
            for player in desks.known
        )
        return placed(unlisted(earned, adjusters(self)))

    def moved(self, by: timedelta) -> "Prop":
        """Return it with its end later."""
        return replace(self, session=None if self.session is None else self.session.later(by))


def opened(
    players: tuple[int, ...], session: Session, desks: Desks, at: datetime, table: Table
) -> Step:
    """Return the step that gives players an account and a desk each."""
    deeds = tuple(new_account(player, START, table.ground, at) for player in players)
    play = Prop(session=session.entered(deeds, START), desks=desks.opened(players, START, at))
    return Step(play=play, deeds=deeds, said="joined")


def _joined(session: Session, desks: Desks, at: datetime, table: Table) -> Step:
    """Somebody who comes late has a beginning of their own, if enough days are left for them."""
    needed = FEWEST_DAYS if desks.limit == LONGEST else desks.limit
    last = desks.days.after(session.ends, -needed)
    if chosen(table.game, KIND, LATE.name) == "quarter":
        last = desks.days.after(session.began, desks.limit // 4)
    if at > last:
        raise NoSeat("begun")
    newest = max(player.number for player in table.game.players)
    return opened((newest,), session, desks, at, table)


def _ordered(session: Session, desks: Desks, what: i.Ordered, table: Table) -> Session:
    """Take an order; it is filled at the next mark. Raises what forbids it."""
    if table.game.player(what.player).left is not None:
        raise NotPlaying
    desk, account = desks.known[what.player], table.accounts[what.player]
    if desk.verdict or what.at >= desks.ends(desk):
        raise NotNow("out")
    check_action(what.action, LEVERAGE)
    return session.ordered(what.player, what.action, what.at, account)


def _ticked(play: Prop, marks: Marks, table: Table) -> Step:
    """A new day first, then what marks do, then the rules, then the end."""
    session, desks = play.session, play.desks
    assert session is not None
    assert desks is not None
    if not session.counts(marks):
        return Step(play=play)
    desks = desks.turned(marks, table.accounts)
    before = session.sampled
    session, deeds, accounts = session.ticked(table.accounts, table.ground, marks)
    minute = session.sampled != before
    desks = desks.filled(deeds)
    posts: tuple[Post, ...] = ()
    if not marks.estimated:
        found = desks.ruled(accounts, table.ground, marks, minute=minute)
        accounts = {**accounts, **{deed.player: deed.after for deed in found.deeds}}
        session, desks = _settled(session, found.desks, found.deeds, marks), found.desks
        posts = tuple(_told(told, desks.today) for told in found.said)
        deeds += found.deeds
    is_over = session.ends_with(marks) or (not marks.estimated and desks.are_done(marks.at))
    if is_over:
        session = session.valued(accounts, table.ground, marks)
        posts += (Post("end"),)
    play = replace(play, session=session, desks=desks, over=is_over)
    return Step(play=play, deeds=deeds, posts=posts, over=is_over)


def _settled(session: Session, desks: Desks, deeds: tuple[Deed, ...], marks: Marks) -> Session:
    """The session without the orders of whoever has a verdict, and with what closing brought."""
    waiting = tuple(w for w in session.waiting if not desks.known[w.player].verdict)
    if not deeds and waiting == session.waiting:
        return session
    return replace(session.told(deeds, marks), waiting=waiting)


def _told(told: Told, day: int) -> Post:
    """What an owner is told, once a day for each rule."""
    player, code = told
    if code in {DAILY, OVERALL}:
        return Post("warning", 2 * day + (code == OVERALL), player)
    return Post(code if code == TRAP else "verdict", day, player)


class PropDesk:
    """The kind."""

    name: ClassVar[str] = "prop"
    order: ClassVar[int] = 8
    play: ClassVar[type] = Prop
    options: ClassVar[tuple[Option, ...]] = (
        Option("overall", ("static", "trailing")),
        Option("days", tuple(DAYS)),
        Option(LATE.name, ("any", "quarter", "no")),
    )
    fewest: ClassVar[int] = 1
    most: ClassVar[int] = 200
    open_for: ClassVar[timedelta] = timedelta(minutes=30)
    trades: ClassVar[bool] = True

    def pace(self, game: Game) -> int:
        """A day of a recorded market takes an hour."""
        del game
        return PACE

    def full(self, game: Game) -> bool:
        """Its host begins it."""
        return len(game.playing) >= self.most

    def takes_late(self, game: Game, at: datetime) -> bool:
        """As its host chose; until when is the play's to say, which knows how long a day takes."""
        del at
        return chosen(game, self, LATE.name) != "no"

    def begin(self, table: Table, at: datetime) -> Step:
        """Post the board; the time begins when it is there."""
        del table, at
        return Step(play=Prop(), posts=(Post("board", starts=True, live=True),))


KIND = PropDesk()

"""A prop desk counted anew: limits for the day and over all, days of trading, and verdicts."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from tests.sims.recount.result import Result
from tests.sims.recount.told import Json, Look, Place, Told, placed, without
from tests.sims.recount.trading import Asked, Outages, Session
from tests.sims.recount.wallet import House, Marks, Wallet

START = Decimal(10_000)
DAILY, OVERALL, TARGET = Decimal(500), Decimal(1_000), Decimal(800)
BEST, TRADED = Decimal("0.4"), 4
LONGEST, RESUMED = 90, 7
PATH_DAY, DAY = 3_600, 86_400
SECOND, MOMENT = timedelta(seconds=1), timedelta(microseconds=1)


@dataclass
class Desk:
    """One account under the rules."""

    began: datetime
    day: int
    opening: Decimal = START
    best_close: Decimal = START
    best_day: Decimal = Decimal(0)
    worst_day: Decimal = Decimal(0)
    traded: set[int] = field(default_factory=set)
    verdict: str = ""
    ended: datetime | None = None
    away: datetime | None = None

    def summed(self, balance: Decimal) -> None:
        result = balance - self.opening
        self.best_day, self.worst_day = max(self.best_day, result), min(self.worst_day, result)

    def into(self, day: int, balance: Decimal) -> None:
        """Another day, which begins with a balance."""
        if day > self.day:
            self.summed(balance)
            self.day, self.opening = day, balance
            self.best_close = max(self.best_close, balance)

    def breaks(self, equity: Decimal, *, trailing: bool) -> bool:
        since = self.best_close if trailing else START
        return equity <= max(self.opening - DAILY, since - OVERALL)

    def passes(self, balance: Decimal) -> bool:
        profit = balance - START
        best = max(self.best_day, balance - self.opening)
        return profit >= TARGET and len(self.traded) >= TRADED and best <= profit * BEST

    def over(self, verdict: str, at: datetime, balance: Decimal) -> None:
        self.summed(balance)
        self.verdict, self.ended = verdict, at


@dataclass
class Floor:
    """All desks of a game."""

    told: Told
    first: datetime | None = None
    session: Session | None = None
    desks: dict[int, Desk] = field(default_factory=dict)
    today: int = 0
    over: bool = False

    def __post_init__(self) -> None:
        told = self.told
        self.house = House(told.contracts(), told.number("half_spread"))
        self.path = bool(told.file["conditions"]["path"])
        self.length = SECOND * (PATH_DAY if self.path else DAY)
        self.trailing = told.option("overall", "static") == "trailing"
        self.limit = 30 if told.option("days", "30") == "30" else LONGEST

    def begun(self, at: datetime) -> None:
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        self.first = at if self.path else midnight

    def number(self, at: datetime) -> int:
        """Which day a moment is in."""
        assert self.first is not None
        return (at - self.first) // self.length

    def started(self, at: datetime) -> None:
        self.session = Session(self.house, at, at + LONGEST * self.length)
        self.today = self.number(at)
        for player in self.told.playing:
            self.opened(player, at)

    def opened(self, player: int, at: datetime) -> None:
        assert self.session is not None
        self.session.enter(player, START, at)
        self.desks[player] = Desk(at, self.today)

    def ends(self, desk: Desk) -> datetime:
        own = desk.began + self.limit * self.length
        return own if desk.away is None else min(own, desk.away + RESUMED * self.length)

    def met(self, look: Look) -> None:
        """A new day first, then what marks do, then the rules, then the end."""
        session = self.session
        if session is None or self.over or not session.counts(look):
            return
        day = self.number(look.at - MOMENT if look.estimated else look.at)
        if day > self.today:
            self.today = day
            for player, desk in self.desks.items():
                desk.into(day, _balance(session.wallets[player]))
        before = {player: wallet.entries for player, wallet in session.wallets.items()}
        last = session.met(look)
        for player, wallet in session.wallets.items():
            if wallet.entries > before[player]:
                self.desks[player].traded.add(self.desks[player].day)
        done = False
        if not look.estimated:
            self._ruled(session, look)
            done = all(d.verdict or look.at >= self.ends(d) for d in self.desks.values())
        self.over = last or done
        if self.over:
            session.value(look)

    def _ruled(self, session: Session, look: Look) -> None:
        marks: Marks = {symbol: mark.price for symbol, mark in look.marks.items()}
        for player, desk in self.desks.items():
            wallet = session.wallets[player]
            if desk.verdict or not wallet.is_told(marks):
                continue
            self._looked(desk, wallet, marks, look.at)
            if desk.ended is not None and wallet.order({"is": "CloseAll"}, look):
                wallet.touched = look.at
                wallet.seen(marks)  # what a verdict leaves is looked at at once
        session.asked = [a for a in session.asked if not self.desks[a.player].verdict]

    def _looked(self, desk: Desk, wallet: Wallet, marks: Marks, at: datetime) -> None:
        balance = _balance(wallet)
        if desk.breaks(wallet.worth(marks), trailing=self.trailing):
            desk.over("failed", at, balance)
        elif not wallet.held and desk.passes(balance):
            desk.over("passed", at, balance)
        elif self.limit < LONGEST and desk.away is None and at >= self.ends(desk):
            desk.over("failed", at, balance)

    def places(self) -> list[Place]:
        """Who has passed, who runs, who has failed; then fewer days, the smaller fall."""
        session, found = self.session, []
        if session is None:
            return []
        for player, desk in self.desks.items():
            wallet = session.wallets[player]
            last = self.today if desk.ended is None else self.number(desk.ended)
            days = Decimal(-(last - self.number(desk.began) + 1))
            if desk.verdict == "failed" and desk.ended is not None:
                days = Decimal((desk.ended - desk.began) // SECOND)
            order = Decimal({"passed": 2, "": 1, "failed": 0}[desk.verdict])
            figures = (order, days, -wallet.fall, desk.worst_day, Decimal(-wallet.liquidations))
            listed = bool(desk.verdict) or (desk.away is None and bool(desk.traded))
            found.append(Place(player, figures, listed))
        return placed(without(found, session.placeless))


def _balance(wallet: Wallet) -> Decimal:
    """Everything realised: the wallet and the pockets."""
    return wallet.money + sum((held.pocket or Decimal(0) for held in wallet.held), Decimal(0))


def prop(told: Told) -> Result:
    """Count a prop desk anew."""
    floor, outages, why = Floor(told), Outages(), ""
    for name, at, what in told.inputs():
        if name in {"Stopped", "Unsent"}:
            why = what.get("why", "unreachable")
        elif not told.running:
            if name in {"Began", "Due"}:
                told.running = bool(told.playing)
                why = "" if told.running else "expired"
                floor.begun(at)
        elif name == "Thawed":
            why = "" if outages.thawed(at, floor.session) else "outage"
        elif name == "Froze":
            outages.since = at
        elif floor.session is None:
            if name == "Sent" and what["view"] == "board":
                floor.started(at)
        elif not floor.over:
            _taken(floor, floor.session, name, at, what)
    return Result(why, floor.places(), {} if floor.session is None else floor.session.wallets)


def _taken(floor: Floor, session: Session, name: str, at: datetime, what: Json) -> None:
    match name:
        case "Joined":
            floor.opened(floor.told.joined, at)
        case "Ordered":
            session.asked.append(Asked(at, what["player"], what["action"]))
        case "Left":
            floor.desks[what["player"]].away = at
            session.leave(what["player"], at)
        case "Returned" if what["player"] not in floor.desks:
            floor.opened(what["player"], at)
        case "Returned":
            floor.desks[what["player"]].away = None
        case "Ruled":
            player, amount = session.adjust(what, at)
            floor.desks[player].opening += amount
            floor.desks[player].best_close += amount
        case "Funded":
            session.funded(what)
        case "Ticked":
            floor.met(Look.of(what))
        case _:
            pass

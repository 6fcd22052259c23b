"""An arena counted anew: ROI in percent less half of the largest drawdown in percent."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from tests.sims.recount.pairs import shared, tied
from tests.sims.recount.result import Result
from tests.sims.recount.told import Json, Look, Place, Told, placed, without
from tests.sims.recount.trading import Asked, Outages, Session
from tests.sims.recount.wallet import House, Trade, Wallet

START = Decimal(10_000)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LENGTHS = {"1h": HOUR, "24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY}
MOST = 200
SECOND = timedelta(seconds=1)


@dataclass
class Contest:
    """Everybody trades from the same start; of a contest that has not begun there is no session."""

    told: Told
    fewest: int = 2
    session: Session | None = None
    outages: Outages = field(default_factory=Outages)
    gone: set[int] = field(default_factory=set)
    out: dict[int, int] = field(default_factory=dict)
    over: bool = False
    why: str = ""

    def __post_init__(self) -> None:
        self.house = House(self.told.contracts(), self.told.number("half_spread"))

    def take(self, name: str, at: datetime, what: Json) -> None:
        """Take an input."""
        told, session = self.told, self.session
        match name:
            case "Joined" if session is not None:
                session.enter(told.joined, START, at)
            case "Joined":
                told.running = told.running or len(told.playing) >= MOST
            case "Began" | "Due":
                told.running = told.running or len(told.playing) >= self.fewest
                self.why = "" if told.running else "expired"
            case "Sent" if what["view"] == "board" and session is None:
                self._started(at)
            case "Stopped" | "Unsent":
                self.why = what.get("why", "unreachable")
            case "Froze":
                self.outages.since = at
            case "Thawed":
                self.why = "" if self.outages.thawed(at, session) else "outage"
            case _ if session is not None and not self.over:
                self._played(session, name, at, what)

    def _started(self, at: datetime) -> None:
        length = LENGTHS[self.told.option("length", "1h")]
        self.session = Session(self.house, at, at + length)
        for player in self.told.playing:
            self.session.enter(player, START, at)

    def _played(self, session: Session, name: str, at: datetime, what: Json) -> None:
        match name:
            case "Ordered":
                session.asked.append(Asked(at, what["player"], what["action"]))
            case "Left":
                session.leave(what["player"], at)
                self.gone.add(what["player"])
            case "Returned" if what["player"] not in session.wallets:
                session.enter(what["player"], START, at)
            case "Ruled" if what["what"] == "adjust":
                session.adjust(what, at)
            case "Funded":
                session.funded(what)
            case "Ticked":
                look = Look.of(what)
                if session.counts(look):
                    self.over = session.met(look)
                    if not self.over:
                        self._broke(session, look)
            case _:
                pass

    def _broke(self, session: Session, look: Look) -> None:
        """Who was liquidated and has less than a hundredth of the start is out."""
        for player, wallet in session.wallets.items():
            poor = wallet.equity < START / 100
            if player not in self.out and wallet.liquidations and poor:
                self.out[player] = (look.at - session.began) // SECOND
                session.asked = [order for order in session.asked if order.player != player]

    def absent(self) -> set[int]:
        """Who has left, or had."""
        return self.gone | {s.number for s in self.told.seats.values() if s.left is not None}


def arena(told: Told) -> Result:
    """Count an arena anew."""
    contest = Contest(told)
    for name, at, what in told.inputs():
        contest.take(name, at, what)
    session = contest.session
    if session is None:
        return Result(contest.why, [], {})
    absent = contest.absent()
    places = [
        place_of(player, wallet, session, out=contest.out.get(player), left=player in absent)
        for player, wallet in session.wallets.items()
    ]
    pairs = tied(told, session) if contest.over else []
    found = without(shared(places, pairs), session.placeless)
    return Result(contest.why, placed(found), session.wallets)


def score(wallet: Wallet) -> Decimal:
    """ROI in percent less half of the drawdown, without a lucky trade's excess."""
    change = wallet.equity - wallet.start
    best = max((trade.gained for trade in _closed(wallet)), default=Decimal(0))
    lucky = max(Decimal(0), best - change * Decimal("0.6")) if change > 0 else Decimal(0)
    return (change - lucky) / wallet.start * 100 - wallet.fall * 50


def place_of(
    player: int, wallet: Wallet, session: Session, *, out: int | None, left: bool
) -> Place:
    """Where somebody is, by all that tells them from others."""
    if out is not None:
        return Place(player, (Decimal(0), Decimal(out)), not left)
    trades = _closed(wallet)
    final = session.ends if wallet.held else wallet.touched or session.ends
    figures = (
        Decimal(1),
        score(wallet),
        -wallet.fall,
        Decimal(-wallet.liquidations),
        Decimal(-len(trades)),
        Decimal(-((final - session.began) // SECOND)),
    )
    pairs = {trade.symbol for trade in trades}
    days = {trade.closed.date() for trade in trades if trade.closed}
    week = session.ends - session.began >= 7 * DAY
    busy = len(trades) >= 5 and len(pairs) >= 2 and (not week or len(days) >= 2)
    return Place(player, figures, busy and not left)


def _closed(wallet: Wallet) -> list[Trade]:
    return [trade for trade in wallet.trades.values() if trade.closed is not None]

"""An arena counted anew: ROI in percent less half of the largest drawdown in percent."""

from datetime import timedelta
from decimal import Decimal

from tests.sims.recount.result import Result
from tests.sims.recount.told import Look, Place, Told, placed
from tests.sims.recount.trading import Asked, Outages, Session
from tests.sims.recount.wallet import House, Wallet

START = Decimal(10_000)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LENGTHS = {"1h": HOUR, "24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY}
MOST = 200
SECOND = timedelta(seconds=1)


def arena(told: Told) -> Result:  # noqa: C901 - one case for each input
    """Count an arena anew."""
    house = House(told.contracts(), told.number("half_spread"))
    length = LENGTHS[told.option("length", "1h")]
    session: Session | None = None
    outages, gone, out, over, why = Outages(), set[int](), dict[int, int](), False, ""
    for name, at, what in told.inputs():
        match name:
            case "Joined" if session is not None:
                session.enter(told.joined, START, at)
            case "Joined":
                told.running = told.running or len(told.playing) >= MOST
            case "Began" | "Due":
                told.running = told.running or len(told.playing) >= 2
                why = "" if told.running else "expired"
            case "Sent" if what["view"] == "board" and session is None:
                session = Session(house, at, at + length)
                for player in told.playing:
                    session.enter(player, START, at)
            case "Ordered" if session is not None:
                session.asked.append(Asked(at, what["player"], what["action"]))
            case "Left" if session is not None and not over:
                session.asked.append(Asked(at, what["player"], {"is": "CloseAll"}))
                gone.add(what["player"])
            case "Funded" if session is not None and not over:
                session.funded(what)
            case "Froze":
                outages.since = at
            case "Thawed":
                why = "" if outages.thawed(at, session) else "outage"
            case "Stopped" | "Unsent":
                why = what.get("why", "unreachable")
            case "Ticked" if session is not None and not over:
                look = Look.of(what)
                if session.counts(look):
                    over = session.met(look)
                    if not over:
                        _broke(session, out, look)
            case _:
                pass
    if session is None:
        return Result(why, [], {})
    gone |= {seat.number for seat in told.seats.values() if seat.left is not None}
    week = session.ends - session.began >= 7 * DAY
    places = [
        _place(player, wallet, session, out=out.get(player), left=player in gone, week=week)
        for player, wallet in session.wallets.items()
    ]
    return Result(why, placed(places), session.wallets)


def _broke(session: Session, out: dict[int, int], look: Look) -> None:
    """Who was liquidated and has less than a hundredth of the start is out."""
    for player, wallet in session.wallets.items():
        poor = wallet.equity < START / 100
        if player not in out and wallet.liquidations and poor:
            out[player] = (look.at - session.began) // SECOND
            session.asked = [order for order in session.asked if order.player != player]


def _place(
    player: int, wallet: Wallet, session: Session, *, out: int | None, left: bool, week: bool
) -> Place:
    if out is not None:
        return Place(player, (Decimal(0), Decimal(out)), not left)
    change = wallet.equity - wallet.start
    best = max((gained for _, _, gained in wallet.trades), default=Decimal(0))
    lucky = max(Decimal(0), best - change * Decimal("0.6")) if change > 0 else Decimal(0)
    score = (change - lucky) / wallet.start * 100 - wallet.fall * 50
    final = wallet.touched or session.ends
    figures = (
        Decimal(1),
        score,
        -wallet.fall,
        Decimal(-wallet.liquidations),
        Decimal(-len(wallet.trades)),
        Decimal(-((final - session.began) // SECOND)),
    )
    pairs = {symbol for _, symbol, _ in wallet.trades}
    days = {at.date() for at, _, _ in wallet.trades}
    busy = len(wallet.trades) >= 5 and len(pairs) >= 2 and (not week or len(days) >= 2)
    return Place(player, figures, busy and not left)

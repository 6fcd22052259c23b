"""Last trader standing counted anew: one position each, at a leverage that rises."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from tests.sims.recount.result import Result
from tests.sims.recount.told import Look, Place, Told, floor, placed
from tests.sims.recount.trading import Asked, Session
from tests.sims.recount.wallet import MOST, House, Wallet

START = Decimal(10_000)
LADDER = [Decimal(x) for x in (3, 5, 8, 12, 20, 30, 40, 50)]
TOP = 3
MINUTE = timedelta(minutes=1)
FLAT, FIRST = 2 * MINUTE, 5 * MINUTE
STEPS = {"10m": 10 * MINUTE, "1h": 60 * MINUTE}
FOREVER = timedelta(days=30)
SECOND = timedelta(seconds=1)

Pick = tuple[str, int, bool]
"""Contract, side, and whether it is isolated."""


@dataclass
class Ladder:
    """A game under way."""

    told: Told
    session: Session | None = None
    step: int = 0
    turns: datetime | None = None
    picks: dict[int, Pick] = field(default_factory=dict)
    wishes: dict[int, Pick] = field(default_factory=dict)
    fresh: dict[int, datetime] = field(default_factory=dict)
    flat: dict[int, datetime] = field(default_factory=dict)
    out: dict[int, datetime] = field(default_factory=dict)
    over: bool = False
    frozen: datetime | None = None

    def __post_init__(self) -> None:
        self.house = House(self.told.contracts(), self.told.number("half_spread"))
        self.length = STEPS[self.told.option("step", "10m")]

    def started(self, at: datetime) -> None:
        self.session = Session(self.house, at, at + FOREVER)
        self.turns = at + self.length
        for player in self.told.playing:
            self.session.enter(player, START, at)
            self.flat[player] = at + FIRST

    def picked(self, player: int, value: str, at: datetime) -> None:
        """A whole choice, or `open`, counts; a part of one is remembered, and what was closed."""
        if value == "close":
            assert self.session is not None
            self.session.asked.append(Asked(at, player, {"is": "CloseAll"}))
            self.fresh.pop(player, None)
            if player in self.picks:
                self.wishes.setdefault(player, self.picks[player])
                del self.picks[player]
            return
        usual = next((s for s in self.told.symbols if s.startswith("BTC")), self.told.symbols[0])
        symbol, sign, isolated = self.wishes.get(player, self.picks.get(player, (usual, 1, True)))
        words = value.lower().split()
        for word in words:
            sign = {"long": 1, "short": -1}.get(word, sign)
            isolated = {"isolated": True, "cross": False}.get(word, isolated)
            named = (s for s in self.told.symbols if s.lower() in {word, f"{word}usdt"})
            symbol = next(named, symbol)
        pick = symbol, sign, isolated
        if "open" in words or len(words) >= 3:
            self.wishes.pop(player, None)
            self.picks[player], self.fresh[player] = pick, at
        else:
            self.wishes[player] = pick

    def met(self, look: Look) -> None:
        """Walls first; then choices and the next step; then who has been without for too long."""
        session = self.session
        if session is None or self.over or not session.counts(look):
            return
        session.met(look)
        for player, wallet in session.wallets.items():
            if wallet.liquidations:
                self.out.setdefault(player, look.at)
        if look.estimated:
            return
        assert self.turns is not None
        if look.at >= self.turns:
            self.fresh = dict.fromkeys(self.picks, session.began) | self.fresh
            self.step, self.turns = self.step + 1, self.turns + self.length
        due = {p for p, at in self.fresh.items() if look.at > at and self.picks[p][0] in look.marks}
        for player in sorted(due - self.out.keys()):
            if self._struck(session.wallets[player], self.picks[player], look):
                session.wallets[player].touched = look.at
        self._without(session, look, due)
        self.ended_if(look)

    def _struck(self, wallet: Wallet, pick: Pick, look: Look) -> bool:
        """Close all, and open with half of the wallet; whether anything was done."""
        did = wallet.order({"is": "CloseAll"}, look)
        if wallet.held:
            return did
        symbol, sign, isolated = pick
        marks = {s: mark.price for s, mark in look.marks.items()}
        contract, leverage = self.house.contracts[symbol], LADDER[min(self.step, len(LADDER) - 1)]
        price = self.house.fill(symbol, sign, marks)
        most = min(MOST, contract.cap(leverage))
        margin = min(wallet.money / 2, most / leverage)
        quantity = floor(margin * leverage / price, contract.step)
        if quantity < contract.least or quantity * price < contract.smallest:
            return did
        intent = {
            "symbol": symbol,
            "side": "long" if sign > 0 else "short",
            "quantity": str(quantity),
            "mode": "isolated" if isolated else "cross",
            "leverage": str(leverage),
            "capped": False,  # it is, at the price of the fill
        }
        return wallet.order({"is": "Open", "intent": intent}, look) or did

    def _without(self, session: Session, look: Look, due: set[int]) -> None:
        self.flat = {
            player: self.flat.get(player, look.at + FLAT)
            for player, wallet in session.wallets.items()
            if not wallet.held and player not in self.out
        }
        late = {player for player, until in self.flat.items() if look.at >= until}
        self.fresh = {p: at for p, at in self.fresh.items() if p not in due and p not in self.out}
        for player in late:
            self.out[player] = look.at

    def ended_if(self, look: Look | None = None) -> None:
        """It is over where at most one is left, or the top was held for long."""
        session = self.session
        if session is None:
            return
        alive = [player for player in session.wallets if player not in self.out]
        if len(alive) > 1 and self.step < len(LADDER) - 1 + TOP:
            return
        self.over = True
        if look is not None:
            session.value(look)

    def left(self, player: int, at: datetime) -> None:
        """Out at that time, and closed at the next mark."""
        assert self.session is not None
        if player not in self.session.wallets:
            return
        if self.session.wallets[player].held:
            self.session.leave(player, at)
        self.out.setdefault(player, at)
        self.ended_if()

    def thawed(self, at: datetime) -> None:
        """Everything that is still to come is later by the time that was lost."""
        assert self.frozen is not None
        away, self.frozen = max(at - self.frozen, timedelta(0)), None
        if self.turns is not None:
            self.turns += away
        self.flat = {player: until + away for player, until in self.flat.items()}

    def places(self) -> list[Place]:
        """Those who stand by their equity, then the others by the time they lasted."""
        session = self.session
        if session is None:
            return []
        found = []
        for player, wallet in session.wallets.items():
            fell = self.out.get(player)
            figures = (Decimal(1), wallet.equity)
            if fell is not None:
                figures = (Decimal(0), Decimal((fell - session.began) // SECOND))
            found.append(Place(player, figures, listed=True))
        return placed(found)


def last(told: Told) -> Result:  # noqa: C901 - one case for each input
    """Count a game anew."""
    game, why = Ladder(told), ""
    for name, at, what in told.inputs():
        match name:
            case "Joined":
                told.running = told.running or len(told.playing) >= 200
            case "Began" | "Due" if not told.running:
                told.running = len(told.playing) >= 2
                why = "" if told.running else "expired"
            case "Sent" if what["view"] == "step" and what["number"] == 1:
                game.started(at)
            case "Answered":
                game.picked(what["player"], what["value"], at)
            case "Left" if game.session is not None and not game.over:
                game.left(what["player"], at)
            case "Ticked":
                game.met(Look.of(what))
            case "Funded" if game.session is not None and not game.over:
                game.session.funded(what)
            case "Froze":
                game.frozen = at
            case "Thawed":
                game.thawed(at)
            case "Stopped" | "Unsent":
                why = what.get("why", "unreachable")
            case _:
                pass
    wallets = {} if game.session is None else game.session.wallets
    return Result(why, game.places(), wallets)

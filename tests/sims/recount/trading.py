"""Some time of trading among several, minute by minute, and what an outage does to its end."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tests.sims.recount.told import Json, Look
from tests.sims.recount.wallet import House, Wallet

DAY = timedelta(days=1)
START = datetime.min.replace(tzinfo=UTC)


class Unfair(Exception):
    """Something was taken that the rules forbid."""


@dataclass
class Asked:
    """An order that waits for a mark newer than itself."""

    at: datetime
    player: int
    action: Json
    needs: int | None = None

    def is_met(self, look: Look) -> bool:
        if look.estimated or look.at <= self.at:
            return False
        return self.action["is"] != "Open" or self.action["intent"]["symbol"] in look.marks


@dataclass
class Session:
    """Wallets that trade from a beginning to an end."""

    house: House
    began: datetime
    ends: datetime
    wallets: dict[int, Wallet] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    sampled: datetime | None = None
    paid: dict[str, datetime] = field(default_factory=dict)
    last: datetime = START
    placeless: set[int] = field(default_factory=set)

    def enter(self, player: int, money: Decimal, at: datetime, *, hedged: bool = False) -> Wallet:
        """Give somebody a new wallet."""
        wallet = self.wallets[player] = Wallet(self.house, money, hedged)
        wallet.changed = at
        return wallet

    def leave(self, player: int, at: datetime) -> None:
        """What somebody ordered is gone, and what they hold is closed at the next mark."""
        self.asked = [order for order in self.asked if order.player != player]
        self.asked.append(Asked(at, player, {"is": "CloseAll"}))

    def counts(self, look: Look) -> bool:
        return look.at > self.began and (look.at <= self.ends or look.exact)

    def met(self, look: Look) -> bool:
        """Let marks come to everybody; whether they were the last."""
        self.last = look.at
        ready = [order for order in self.asked if order.is_met(look)]
        for player, wallet in self.wallets.items():
            fell = bool(wallet.held) and wallet.judged(look)
            orders = [order for order in ready if order.player == player]
            done = [_done(wallet, order, look) for order in orders]
            if fell or any(done):
                wallet.touched = look.at
        self.asked = [order for order in self.asked if order not in ready]
        minute = look.at.replace(second=0, microsecond=0)
        if self.sampled is None or minute > self.sampled:
            self.seen(look)
        if not (look.at >= self.ends and look.exact):
            return False
        self.value(look)
        return True

    def value(self, look: Look) -> None:
        """Take marks as the last: what is open counts less the fee of closing it."""
        self.seen(look)
        marks = {symbol: mark.price for symbol, mark in look.marks.items()}
        for wallet in self.wallets.values():
            if wallet.is_told(marks):
                wallet.equity = wallet.closing(marks)
        self.asked = []

    def adjust(self, what: Json, at: datetime) -> tuple[int, Decimal]:
        """Let a host put an account right; who sits in the game has no place any more."""
        player, amount = what["about"].split()
        self.wallets[int(player)].adjust(Decimal(amount), at)
        if what.get("by"):
            self.placeless.add(what["by"])
        return int(player), Decimal(amount)

    def funded(self, what: Json) -> None:
        """Settle funding on everybody's positions."""
        look = Look.of(what)
        marks = {symbol: mark.price for symbol, mark in look.marks.items()}
        rates = {symbol: Decimal(rate) for symbol, rate in what["rates"]}
        if any(look.at <= self.paid.get(symbol, self.began) for symbol in rates):
            raise Unfair(f"funding of {look.at} twice")
        self.paid |= dict.fromkeys(rates, look.at)
        for wallet in self.wallets.values():
            wallet.funded(rates, marks, look.at)

    def seen(self, look: Look) -> None:
        """Look at what everybody is worth."""
        marks = {symbol: mark.price for symbol, mark in look.marks.items()}
        for wallet in self.wallets.values():
            wallet.seen(marks)
        self.sampled = look.at.replace(second=0, microsecond=0)


def _done(wallet: Wallet, order: Asked, look: Look) -> bool:
    there = order.needs is None or any(held.number == order.needs for held in wallet.held)
    return there and wallet.order(order.action, look)


@dataclass
class Outages:
    """When prices were away, and what that does to an end: it moves once, by a day at most."""

    since: datetime | None = None
    moved: bool = False

    def thawed(self, at: datetime, session: Session | None) -> bool:
        """Go on; False where no fair game is left."""
        assert self.since is not None
        away, self.since = at - self.since, None
        if session is None or away * 10 <= session.ends - session.began:
            return True
        if self.moved or away > DAY:
            return False
        session.ends += away
        self.moved = True
        return True

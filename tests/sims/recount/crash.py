"""A crash counted anew: a book, what its owner did at each tick, and candle after candle."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from tests.sims.recount.film import Film, Passing
from tests.sims.recount.result import Result
from tests.sims.recount.told import Contract, Json, Place, Told, ceil, floor, placed
from tests.sims.recount.wallet import Held, House, Marks, Refused, Wallet, looked

START = Decimal(10_000)
MARGINS = [Decimal(each) for each in (1_500, 1_500, 1_000)]
LEVERAGES = {"normal": Decimal(10), "easy": Decimal(5), "hard": Decimal(20)}
CUTS = {"cut25": Decimal(25), "cut50": Decimal(50), "cut100": Decimal(100)}
OUT, SAFE = Decimal(100), Decimal(2_000)

Entry = tuple[str, int, Decimal, Decimal, bool]
"""Coin, side, leverage, margin (quote), and whether it is isolated."""


@dataclass
class Player(Passing):
    """A player's account on its way, and how they came through so far."""

    equity: Decimal = Decimal(0)
    lowest: Decimal = Decimal(0)
    alive: int = 0
    out: bool = False
    acts: int = 0


@dataclass
class Crash:
    """A game under way."""

    told: Told
    passings: dict[int, Player] = field(default_factory=dict)
    chosen: dict[int, str] = field(default_factory=dict)
    policies: list[list[Decimal]] = field(default_factory=list)
    passed: int = 0
    open: bool = False
    over: bool = False

    def __post_init__(self) -> None:
        self.house = House(self.told.contracts(), self.told.number("half_spread"))
        self.film = Film(self.told.file["conditions"].get("reel") or {"first": {}, "ticks": []})

    def book(self) -> list[Entry]:
        """What everybody holds."""
        told = self.told
        leverage = LEVERAGES[told.option("level", "normal")]
        hurt = 1 if self.film.fell else -1
        side = hurt if told.drawn(3, "side") else -hurt
        third = (side, True) if told.drawn(2, "third") else (-side, False)
        walls = [(side, True), (side, False), third]
        return [
            (coin, sign, leverage, margin, isolated)
            for coin, (sign, isolated), margin in zip(self.film.first, walls, MARGINS, strict=False)
        ]

    def held(self, entries: Iterable[Entry], at: datetime) -> Player:
        """An account that holds a book, entered at the first open."""
        wallet, marks = Wallet(self.house, START, hedged=True), self.film.marks(1, "open")
        for coin, sign, leverage, margin, isolated in entries:
            price = self.house.fill(coin, sign, marks)
            quantity = floor(margin * leverage / price, self.house.contracts[coin].step)
            wallet.enter((coin, sign), quantity, price, (leverage, isolated, at), marks)
        worth = wallet.worth(marks)
        return Player(wallet, worth, worth, worth)

    def begun(self, at: datetime) -> None:
        """Hand everybody the book, and let the fixed policies go their way."""
        for player in self.told.playing:
            self.passings[player] = self.held(self.book(), at)
        for wall, first in ((True, "hold"), (False, "hold"), (None, "cut100")):
            walls = [(*entry[:4], entry[4] if wall is None else wall) for entry in self.book()]
            one, worth = self.held(walls, at), []
            for number in range(1, len(self.film.ticks) + 1):
                self.tick(one, first if number == 1 else "hold", number, at)
                worth.append(one.equity)
            self.policies.append(worth)

    def tick(self, one: Player, act: str, number: int, at: datetime) -> None:
        """Carry a choice out at a tick's open, and pass its candle."""
        if act != "hold":
            acted(one.wallet, act, self.film.marks(number, "open"), at)
        one.equity = one.wallet.worth(self.film.passed(one, number, at))
        one.lowest = min(one.lowest, one.low)
        one.out = one.out or one.equity < OUT
        one.alive += not one.out
        one.acts += act != "hold"

    def due(self, at: datetime) -> None:
        """All choices are carried out; then the next tick, or the end."""
        self.passed += 1
        for player, one in self.passings.items():
            gone = self.told.seats[player].left is not None
            act = "hold" if gone else self.chosen.get(player, "hold")
            self.tick(one, act, self.passed, at)
        self.chosen, self.open = {}, False
        dead = all(one.out for one in self.passings.values())
        self.over = self.passed == len(self.film.ticks) or dead

    def joined(self, player: int, at: datetime) -> None:
        """Somebody who comes late has held so far."""
        one = self.passings[player] = self.held(self.book(), at)
        for number in range(1, self.passed + 1):
            self.tick(one, "hold", number, at)

    def places(self) -> list[Place]:
        """By points; then more ticks alive, the higher low, fewer actions."""
        counted = len(self.film.ticks) if self.over else self.passed
        found = []
        for player, one in self.passings.items():
            points = Decimal(0)
            if counted:
                best = max(worth[counted - 1] for worth in self.policies)
                part = max(Decimal(0), min(Decimal(50), 50 * one.equity / best))
                points = Decimal(50) * one.alive / counted + part
                points += 10 if one.lowest >= SAFE else 0
            figures = (points, Decimal(one.alive), one.lowest, Decimal(-one.acts))
            found.append(Place(player, figures, self.told.seats[player].left is None))
        return placed(found)


def acted(wallet: Wallet, act: str, marks: Marks, at: datetime) -> None:
    """Do what somebody chose, at a tick's open."""
    look = looked(marks, at)
    if act in CUTS:
        wallet.order({"is": "CloseAll", "percent": str(CUTS[act])}, look)
    elif act == "hedge":
        wallet.order({"is": "Open", "intent": _hedge(wallet, marks)}, look)
    elif act == "add":
        held = _weakest(wallet, marks)
        more = ceil(held.cost / held.leverage / 2)
        wallet.order({"is": "MoveMargin", "number": held.number, "amount": str(more)}, look)
    else:
        _switch(wallet, marks, at)


def _weakest(wallet: Wallet, marks: Marks) -> Held:
    """The pocket of which maintenance takes most."""

    def left(held: Held) -> Decimal:
        balance = (held.pocket or Decimal(0)) + held.gain(marks)
        return wallet.house.need(held, marks) / balance if balance > 0 else Decimal("Infinity")

    return max((h for h in wallet.held if h.pocket is not None), key=left)


def _hedge(wallet: Wallet, marks: Marks) -> Json:
    nets: dict[str, Decimal] = {}
    for held in wallet.held:
        if held.pocket is None:
            nets[held.symbol] = nets.get(held.symbol, Decimal(0)) + held.sign * held.quantity
    symbol = max(nets, key=lambda s: abs(nets[s]) * marks[s])
    contract: Contract = wallet.house.contracts[symbol]
    return {
        "symbol": symbol,
        "side": "short" if nets[symbol] > 0 else "long",
        "quantity": str(floor(abs(nets[symbol]) / 2, contract.step)),
        "mode": "cross",
        "leverage": str(next(h.leverage for h in wallet.held if h.symbol == symbol)),
        "capped": False,
    }


def _switch(wallet: Wallet, marks: Marks, at: datetime) -> None:
    """All free money goes into the weakest pocket, or comes back where more is free there."""
    spare = {h.number: wallet.spare(h, marks) for h in wallet.held if h.pocket is not None}
    free = wallet.free(marks)
    moves = {number: -amount for number, amount in spare.items() if amount}
    if free >= sum(spare.values()):
        moves = {_weakest(wallet, marks).number: free}
    for number, amount in moves.items():
        move = {"is": "MoveMargin", "number": number, "amount": str(amount)}
        if not wallet.order(move, looked(marks, at)):
            raise Refused


def crash(told: Told) -> Result:  # noqa: C901 - one case for each input
    """Count a game anew."""
    game, why = Crash(told), ""
    for name, at, what in told.inputs():
        begins = name in {"Began", "Due"} or (name == "Joined" and len(told.playing) >= 200)
        if not told.running:
            if begins and len(told.playing) >= 2:
                told.running = True
                game.begun(at)
            elif name == "Due":
                why = "expired"
            elif name == "Stopped":
                why = what["why"]
            continue
        match name:
            case "Sent" if what["view"] == "tick" and what["number"] == game.passed + 1:
                game.open = not game.over
            case "Due" if game.open:
                game.due(at)
            case "Answered":
                game.chosen[what["player"]] = what["value"].rpartition(":")[2]
            case "Joined":
                game.joined(told.joined, at)
            case "Left":
                game.chosen.pop(what["player"], None)
                game.over = game.over or not told.playing
            case "Stopped" | "Unsent":
                why = what.get("why", "unreachable")
            case _:
                pass
    wallets = {player: one.wallet for player, one in game.passings.items()}
    return Result(why, game.places(), wallets)

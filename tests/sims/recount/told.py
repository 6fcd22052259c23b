"""An audit file as data, who the players are, and chance as its seed has it."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Any

WIDE = Context(prec=60)
"""More digits than the program reckons with."""

QUANTUM = Decimal("1e-8")

Json = dict[str, Any]


def floor(value: Decimal, to: Decimal = QUANTUM) -> Decimal:
    """The multiple at or below."""
    return (value / to).to_integral_value(ROUND_FLOOR) * to


def ceil(value: Decimal, to: Decimal = QUANTUM) -> Decimal:
    """The multiple at or above."""
    return (value / to).to_integral_value(ROUND_CEILING) * to


def moment(text: str) -> datetime:
    """A moment as it is written."""
    return datetime.fromisoformat(text)


@dataclass(frozen=True)
class Contract:
    """What is needed of a contract; `tiers` are (from, cap, highest leverage, rate, amount).

    `least` is the smallest order (base), `smallest` the same in quote.
    """

    tick: Decimal
    step: Decimal
    fee: Decimal
    clearance: Decimal
    tiers: list[tuple[Decimal, Decimal, Decimal, Decimal, Decimal]]
    isolated_only: bool
    least: Decimal
    smallest: Decimal

    def tier(self, worth: Decimal) -> int:
        """The number of the tier of a notional, from 0."""
        return max(n for n, tier in enumerate(self.tiers) if n == 0 or tier[0] <= worth)

    def need(self, quantity: Decimal, mark: Decimal) -> Decimal:
        """The maintenance margin of a position."""
        worth = quantity * mark
        _, _, _, rate, amount = self.tiers[self.tier(worth)]
        return worth * rate - amount

    def cap(self, leverage: Decimal) -> Decimal:
        """The largest notional at a leverage."""
        return max((tier[1] for tier in self.tiers if tier[2] >= leverage), default=Decimal(0))


@dataclass
class Seat:
    """A player by their number."""

    number: int
    late: bool = False
    room: int = 0
    role: str = ""
    joined: datetime | None = None
    left: datetime | None = None


@dataclass
class Told:
    """An audit file, with the seats as they are at the input that was read last."""

    file: Json
    seats: dict[int, Seat] = field(default_factory=dict)
    running: bool = False
    joined: int = 0

    @classmethod
    def read(cls, text: str) -> "Told":
        """Read one; numbers stay texts until they are needed."""
        return cls(json.loads(text))

    @property
    def seed(self) -> str:
        """The secret of the game."""
        return str(self.file["seed"])

    def option(self, name: str, default: str) -> str:
        """What was chosen."""
        return str(self.file.get("setup", {}).get(name, default))

    def number(self, name: str) -> Decimal:
        """A number of the house's rules."""
        return Decimal(self.file["conditions"][name])

    @property
    def symbols(self) -> list[str]:
        """The contracts that are played on, in their order."""
        return list(self.file["conditions"].get("symbols", []))

    def contracts(self) -> dict[str, Contract]:
        """What is known of the contracts."""
        return {one["symbol"]: _contract(one) for one in self.file["conditions"]["instruments"]}

    @property
    def playing(self) -> list[int]:
        """Who has not left."""
        return [seat.number for seat in self.seats.values() if seat.left is None]

    def inputs(self) -> Iterator[tuple[str, datetime, Json]]:
        """Everything that came in, by its name, after the seats have been brought up to date."""
        for what in self.file["inputs"]:
            at = moment(what["marks"]["at"] if "marks" in what else what["at"])
            self._seat(what, at)
            yield what["is"], at, what

    def _seat(self, what: Json, at: datetime) -> None:
        match what["is"]:
            case "Joined":
                self.joined = max(self.seats, default=0) + 1
                room, role = what.get("room", 0), what.get("role", "")
                self.seats[self.joined] = Seat(self.joined, self.running, room, role, at)
            case "Left" if self.running:
                self.seats[what["player"]].left = at
            case "Left":
                del self.seats[what["player"]]
            case "Returned":
                self.seats[what["player"]].left = None

    # --- chance

    def drawn(self, below: int, *what: object) -> int:
        """A number from 0: HMAC-SHA-256 of what is drawn, keyed with the seed."""
        text = "/".join(map(str, what)).encode()
        digest = hmac.new(self.seed.encode(), text, hashlib.sha256).digest()
        return int.from_bytes(digest, "big") % below

    def shuffled(self, things: list[Any], *what: object) -> list[Any]:
        """Things in an order of chance."""
        left, mixed = list(things), []
        while left:
            mixed.append(left.pop(self.drawn(len(left), *what, len(left))))
        return mixed


def _contract(one: Json) -> Contract:
    ladder = one["brackets"]
    tiers = [
        (
            Decimal(tier["floor"]),
            Decimal("Infinity") if tier["cap"] is None else Decimal(tier["cap"]),
            Decimal(tier["max_leverage"]),
            Decimal(tier["maintenance_rate"]),
            Decimal(tier["maintenance_amount"]),
        )
        for tier in ladder["brackets"]
    ]
    clearance = one.get("liquidation_fee")
    return Contract(
        tick=Decimal(one["tick"]),
        step=Decimal(one["step"]),
        fee=Decimal(one["taker_fee"]),
        clearance=Decimal("0.015" if clearance is None else clearance),
        tiers=tiers,
        isolated_only=bool(one.get("isolated_only", False)),
        least=Decimal(one["min_quantity"]),
        smallest=Decimal(one["min_notional"]),
    )


@dataclass(frozen=True)
class Mark:
    """A mark, and of a minute that was read from a candle its extremes."""

    price: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Look:
    """Marks of one moment. `estimated` ones are of a minute that nobody saw."""

    at: datetime
    marks: dict[str, Mark]

    @classmethod
    def of(cls, what: Json) -> "Look":
        """Read the marks of an input."""
        told = what["marks"]
        return cls(moment(told["at"]), {s: _mark(m) for s, m in told["prices"].items()})

    @property
    def estimated(self) -> bool:
        return any(mark.low is not None for mark in self.marks.values())

    @property
    def exact(self) -> bool:
        """Whether every mark is of one moment."""
        return all(mark.low == mark.high for mark in self.marks.values())


def _mark(told: Json) -> Mark:
    low, high = told.get("low"), told.get("high")
    return Mark(
        Decimal(told["price"]),
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
    )


@dataclass(frozen=True)
class Place:
    """Where somebody ended: no place (0) under the line."""

    player: int
    figures: tuple[Decimal, ...]
    listed: bool
    place: int = 0


def without(found: list[Place], players: set[int]) -> list[Place]:
    """Everybody, with these under the line."""
    return [
        Place(one.player, one.figures, one.listed and one.player not in players) for one in found
    ]


def placed(found: list[Place]) -> list[Place]:
    """Everybody by their figures, higher ones first; the same figures share a place."""
    listed = sorted((one for one in found if one.listed), key=lambda one: one.figures, reverse=True)
    under = sorted((one for one in found if not one.listed), key=lambda o: o.figures, reverse=True)
    placed = [
        Place(one.player, one.figures, one.listed, 1 + sum(o.figures > one.figures for o in listed))
        for one in listed
    ]
    return [*placed, *under]

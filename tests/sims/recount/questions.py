"""Games of questions counted anew: who answered what and when, what counts, and the points.

What was asked is drawn by the program from the seed, and taken from it; where a card's trade is
liquidated is worked out here by halving, and the points of all answers are.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tests.sims.recount.result import Result
from tests.sims.recount.told import Contract, Json, Place, Told, placed

GRACE, HOLD, PAUSE = timedelta(seconds=2), timedelta(seconds=10), timedelta(seconds=8)
SPARE, SILENT = 3, 2
MILLISECOND = timedelta(milliseconds=1)
UNSURE = "?"

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass
class Ask:
    """An item: when its clock ran, what was said (player, milliseconds, answer), what voids it."""

    opened: datetime | None = None
    closed: bool = False
    said: list[tuple[int, int, str]] = field(default_factory=list)
    void: bool = False
    again: bool = False

    @property
    def is_open(self) -> bool:
        return self.opened is not None and not self.closed

    def answers(self) -> dict[int, list[tuple[int, str]]]:
        """Everybody's answers: milliseconds and what was said, in order."""
        found: dict[int, list[tuple[int, str]]] = {}
        for player, after, value in self.said:
            if value != UNSURE:
                found.setdefault(player, []).append((after, value))
        return found

    def ends(self, limit: timedelta) -> datetime:
        """When nobody's answer can be in time any more."""
        assert self.opened is not None
        newest = {player: value for player, _, value in self.said}
        return self.opened + limit + GRACE + (HOLD if UNSURE in newest.values() else timedelta(0))

    def after(self, player: int, at: datetime) -> int:
        """How many milliseconds somebody took, less those for which their clock stood."""
        assert self.opened is not None
        passed = max(at - self.opened, timedelta(0))
        own = [(after, value) for who, after, value in self.said if who == player]
        if own and own[-1][1] == UNSURE:
            passed -= max(min(passed - own[-1][0] * MILLISECOND, HOLD), timedelta(0))
        return passed // MILLISECOND


@dataclass
class Rounds:
    """Items one after the other. `most` answers a player may give to each; `only` who may."""

    told: Told
    limit: timedelta
    rounds: int
    most: int
    asks: list[Ask] = field(default_factory=lambda: [Ask()])
    due: datetime | None = None
    over: bool = False
    only: Callable[[int], list[int] | None] = lambda _: None
    more: Callable[[], bool] = lambda: False

    @property
    def now(self) -> Ask:
        return self.asks[-1]

    @property
    def played(self) -> int:
        return sum(not ask.again for ask in self.asks)

    def take(self, name: str, at: datetime, what: Json) -> None:  # noqa: C901 - one for each input
        """Take an input."""
        ask = self.now
        match name:
            case "Sent" if what["view"] == "item" and what["number"] == len(self.asks):
                if ask.opened is None and not ask.closed:
                    self._arrived(at, what.get("missed", []))
            case "Due" if self.due is not None and at >= self.due:
                self._closed(at) if ask.is_open else self._went_on()
            case "Answered":
                self._answered(what["player"], what["value"], at)
            case "Left" if not self.told.playing:
                self.over = True
            case "Left":
                self._if_all_said(ask, at)
            case "Woke" if ask.is_open and _moment(what, "since") < ask.ends(self.limit):
                self._voided(ask, at)
            case "Deaf":
                self._deaf(at, _moment(what, "since"))
            case "Ruled" if what["what"] == "void":
                ruled = self.asks[int(what["about"]) - 1]
                if not ruled.void:
                    self._voided(ruled, at)
            case _:
                pass

    def _arrived(self, at: datetime, missed: list[int]) -> None:
        """The clock starts, unless fewer than half could see it."""
        seen = [p for p in self.told.playing if self.told.seats[p].room not in missed]
        if 2 * len(seen) < len(self.told.playing):
            self._voided(self.now, at)
        else:
            self.now.opened = at
            self.due = self.now.ends(self.limit)

    def _answered(self, player: int, value: str, at: datetime) -> None:
        number, mark, text = value.partition(":")
        ask = self.asks[int(number) - 1] if mark else self.now
        said = (text if mark else value).strip().casefold()
        own = ask.answers().get(player, [])
        if own and own[-1][1] == said:
            return  # the same once more is no change
        ask.said.append((player, ask.after(player, at), said))
        if ask.is_open and not self._if_all_said(ask, at):
            self.due = ask.ends(self.limit)

    def _if_all_said(self, ask: Ask, at: datetime) -> bool:
        """Close an item to which nobody could add anything; whether that was so."""
        only, answers = self.only(len(self.asks)), ask.answers()
        may = [p for p in self.told.playing if only is None or p in only]
        done = ask.is_open and all(len(answers.get(p, [])) >= self.most for p in may)
        if done:
            self._closed(at)
        return done

    def _closed(self, at: datetime) -> None:
        self.now.closed, self.due = True, at + PAUSE
        last = [ask.said for ask in self.asks if not ask.void][-SILENT:]
        if len(last) == SILENT and not any(last):
            self.over, self.due = True, None

    def _went_on(self) -> None:
        self.due = None
        if self.played >= self.rounds + self.more():
            self.over = True
        else:
            self.asks.append(Ask())

    def _deaf(self, at: datetime, since: datetime) -> None:
        for ask in self.asks:
            heard = ask.opened is None or ask.void or ask.opened >= at or ask.closed
            if not heard and since < ask.ends(self.limit):
                self._voided(ask, at)

    def _voided(self, ask: Ask, at: datetime) -> None:
        ask.void = True
        if not ask.closed:
            ask.closed = True
            ask.again = sum(each.again for each in self.asks) < SPARE
            self.due = at + PAUSE

    def counting(self) -> list[tuple[int, Ask]]:
        """The items that count, with their numbers."""
        return [(n, ask) for n, ask in enumerate(self.asks, 1) if ask.closed and not ask.void]


def _moment(what: Json, name: str) -> datetime:
    return datetime.fromisoformat(what[name])


# --- guess ----------------------------------------------------------------------------------------

LIMIT = timedelta(seconds=45)
TENTH, SHARP, WORTHLESS = Decimal("0.1"), Decimal("0.02"), Decimal("0.25")


@dataclass(frozen=True)
class Position:
    """A position as a card shows it."""

    symbol: str
    sign: int
    quantity: Decimal
    entry: Decimal
    mark: Decimal


@dataclass(frozen=True)
class Card:
    """A trade, what stands behind it (quote), and the other position behind the same wall."""

    trade: Position
    behind: Decimal
    beside: Position | None = None


def truth(card: Card, contracts: dict[str, Contract]) -> Decimal | None:
    """Where the cushion is gone, found by halving; None where that is nowhere."""
    fixed = card.behind
    if card.beside is not None:
        other = card.beside
        fixed += other.sign * other.quantity * (other.mark - other.entry)
        fixed -= contracts[other.symbol].need(other.quantity, other.mark)
    trade = card.trade

    def cushion(price: Decimal) -> Decimal:
        gain = trade.sign * trade.quantity * (price - trade.entry)
        return fixed + gain - contracts[trade.symbol].need(trade.quantity, price)

    safe, lost = trade.entry, trade.entry * (ZERO if trade.sign > 0 else Decimal(1000))
    if cushion(lost) > 0:
        return None
    for _ in range(150):
        middle = (safe + lost) / 2
        safe, lost = (middle, lost) if cushion(middle) > 0 else (safe, middle)
    return lost


def error(card: Card, price: Decimal | None, said: str) -> Decimal:
    """How far off an answer is, in parts of the way from the entry; 1 at most."""
    if price is None or said == "never":
        return ZERO if price is None and said == "never" else ONE
    return min(ONE, abs(Decimal(said) - price) / abs(card.trade.entry - price))


def guess(told: Told, cards: Callable[[int], Card]) -> Result:
    """Count a guessing game anew; `cards` are those of items."""
    count = int(told.option("rounds", "5"))
    rounds, why = walked(told, Rounds(told, LIMIT, count, most=2))
    contracts = told.contracts()
    sums = {player: [ZERO, ZERO, ZERO, ZERO] for player in told.seats}
    for number, ask in rounds.counting():
        card = cards(number)
        price = truth(card, contracts)
        found = {
            player: (error(card, price, given[-1][1]), given[-1][0], len(given) - 1)
            for player, given in ask.answers().items()
        }
        sharp = [player for player, (off, _, _) in found.items() if off <= SHARP]
        first = min(sharp, key=lambda player: found[player][1], default=None)
        for player, own in sums.items():
            off, after, changes = found.get(player, (ONE, LIMIT // MILLISECOND, 0))
            points = (100 * max(ZERO, ONE - off / WORTHLESS)).to_integral_value(ROUND_HALF_UP)
            points = max(ZERO, points - 10 * changes) + (10 if player == first else 0)
            own[0] += points if player in found else 0
            own[1], own[2], own[3] = own[1] - off, own[2] - changes, own[3] - after
    places = [
        Place(player, (a, b, c, d / 1000), told.seats[player].left is None)
        for player, (a, b, c, d) in sums.items()
    ]
    return Result(why, placed(places) if told.running else [], {})


# --- quiz -----------------------------------------------------------------------------------------

QUICK = timedelta(seconds=20)


@dataclass(frozen=True)
class Item:
    """A question: the letter of the right choice, or the number that is wanted, and its entry."""

    right: str = ""
    truth: Decimal = ZERO
    entry: Decimal = ZERO


def quiz(told: Told, items: Callable[[int], Item]) -> Result:
    """Count a quiz anew; `items` are what was asked."""
    count = int(told.option("questions", "10"))
    rounds = Rounds(told, QUICK, count, most=1)

    def first() -> list[int]:
        """Those who are first and equal in everything, if anything was right at all."""
        figures = {p: f for p, f in _marked(told, rounds, items).items() if p in told.playing}
        best = max(figures.values(), default=(ZERO, ZERO, ZERO))
        tied = [player for player, own in figures.items() if own == best]
        return tied if len(tied) > 1 and best[1] else []

    rounds.more = lambda: bool(first())
    rounds.only = lambda number: None if items(number).right else first()
    rounds, why = walked(told, rounds)
    figures, last = _marked(told, rounds, items), dict[int, tuple[Decimal, Decimal]]()
    for number, ask in rounds.counting():
        item = items(number)
        if not item.right:
            for player, given in ask.answers().items():
                off = abs(Decimal(given[0][1]) - item.truth) / abs(item.entry - item.truth)
                last[player] = -min(ONE, off), Decimal(-given[0][0])
    places = [
        Place(player, (*own, *last.get(player, (Decimal(-2), ZERO))), seat.left is None)
        for player, seat in told.seats.items()
        for own in [figures[player]]
    ]
    return Result(why, placed(places) if told.running else [], {})


def _marked(
    told: Told, rounds: Rounds, items: Callable[[int], Item]
) -> dict[int, tuple[Decimal, Decimal, Decimal]]:
    """Points, right answers, and the mean time of these below zero."""
    hard = told.option("hard", "no") == "yes"
    points, times = dict.fromkeys(told.seats, ZERO), {player: list[int]() for player in told.seats}
    row = dict.fromkeys(told.seats, 0)
    for number, ask in rounds.counting():
        right = items(number).right
        if not right:
            continue
        answered = ask.answers()
        for player in told.seats:
            said = answered.get(player)
            if said is None or said[0][1] != right:
                points[player] -= 2 if hard and said is not None else 0
                row[player] = 0
                continue
            part = ONE - Decimal(said[0][0]) / (QUICK // MILLISECOND)
            speed = max(ZERO, 5 * part).to_integral_value(ROUND_HALF_UP)
            points[player] += 10 + speed + min(5, row[player])
            row[player] += 1
            times[player].append(said[0][0])
    return {
        player: (points[player], Decimal(len(own)), -_mean(own)) for player, own in times.items()
    }


def _mean(times: list[int]) -> Decimal:
    return Decimal(sum(times)) / (1000 * len(times)) if times else ZERO


def walked(told: Told, rounds: Rounds) -> tuple[Rounds, str]:
    """Let everything that came in come to rounds; return them, and why it ended."""
    why = ""
    for name, at, what in told.inputs():
        if name in {"Stopped", "Unsent"}:
            why = what.get("why", "unreachable")
        elif not told.running:
            if name in {"Began", "Due"}:
                told.running = bool(told.playing)
                why = "" if told.running else "expired"
        elif not rounds.over or name == "Ruled":  # what a host decides counts after the end, too
            rounds.take(name, at, what)
    return rounds, why

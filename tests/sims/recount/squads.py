"""A squad battle counted anew: the mean of the best few of each squad's arena scores."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from tests.sims.recount.arena import Contest, score
from tests.sims.recount.pairs import tied
from tests.sims.recount.result import Result
from tests.sims.recount.told import Json, Place, Told
from tests.sims.recount.wallet import Wallet

MUSTER = timedelta(minutes=2)
FRIENDLY = 3
"""Active members that each squad needs."""


@dataclass
class Battle:
    """An arena, and who is in which squad."""

    told: Told
    contest: Contest = field(init=False)
    squads: list[list[int]] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    mustering: bool = False
    due: datetime | None = None
    why: str = ""

    def __post_init__(self) -> None:
        self.contest = Contest(self.told, fewest=4)

    def take(self, name: str, at: datetime, what: Json) -> None:
        """Take an input; squads are made when it begins."""
        told, before = self.told, self.told.running
        if self.mustering:
            self._mustered(name, at, what)
            return
        if name == "Joined" and self.squads:
            self._late(told.joined)
        self.contest.take(name, at, what)
        if told.running and not before:
            self._begun()

    def _begun(self) -> None:
        told, by = self.told, self.told.option("by", "chance")
        numbers = told.playing
        count = max(2, min(int(told.option("squads", "2")), len(numbers) // 2))
        if by == "choice":
            self.mustering, self.squads = True, [[] for _ in range(count)]
            return
        rooms = sorted({told.seats[number].room for number in numbers})
        if by == "chat" and len(rooms) > 1:
            self.squads = [[n for n in numbers if told.seats[n].room == room] for room in rooms]
            return
        if by == "role" and self._by_role(numbers, count):
            return
        mixed = told.shuffled(numbers, "squads")
        self.squads = [sorted(mixed[n::count]) for n in range(count)]

    def _by_role(self, numbers: list[int], count: int) -> bool:
        """The most frequent roles, those of whom came first before others; the rest shared out."""
        of = {number: self.told.seats[number].role for number in numbers}
        bearers: dict[str, list[int]] = {}
        for number in numbers:
            bearers.setdefault(of[number], []).append(number)
        bearers.pop("", None)
        ranked = sorted(bearers, key=lambda role: (-len(bearers[role]), bearers[role][0]))
        self.roles = ranked[:count] if len(ranked) > 1 else []
        if not self.roles:
            return False
        self.squads = [list(bearers[role]) for role in self.roles]
        for number in numbers:
            if of[number] not in self.roles:
                self._smallest().append(number)
        return True

    def _late(self, player: int) -> None:
        role = self.told.seats[player].role
        if role in self.roles:
            self.squads[self.roles.index(role)].append(player)
            return
        if self.told.option("by", "chance") == "chat":
            room = self.told.seats[player].room
            for squad in self.squads:
                if any(self.told.seats[member].room == room for member in squad):
                    squad.append(player)
                    return
        self._smallest().append(player)

    def _smallest(self) -> list[int]:
        return min(self.squads, key=len)

    def _mustered(self, name: str, at: datetime, what: Json) -> None:
        match name:
            case "Sent" if what["view"] == "muster" and self.due is None:
                self.due = at + MUSTER
            case "Woke" if self.due is not None:
                self.due = at + MUSTER
            case "Answered" if not what["value"].startswith("captain"):
                for squad in self.squads:
                    if what["player"] in squad:
                        squad.remove(what["player"])
                self.squads[int(what["value"]) - 1].append(what["player"])
            case "Stopped" | "Unsent":
                self.contest.why = what.get("why", "unreachable")
            case "Due" if self.due is not None and at >= self.due:
                self._fixed()
            case _:
                pass

    def _fixed(self) -> None:
        playing = self.told.playing
        self.squads = [[player for player in squad if player in playing] for squad in self.squads]
        for player in playing:
            if not any(player in squad for squad in self.squads):
                self._smallest().append(player)
        self.squads = [squad for squad in self.squads if squad]
        self.mustering, self.due = False, None
        if len(self.squads) < 2:
            self.contest.why = "expired"

    def scores(self, wallets: dict[int, Wallet]) -> dict[int, Decimal]:
        """Everybody's arena score; of two who mirrored each other the lower, at the end."""
        found = {player: score(wallet) for player, wallet in wallets.items()}
        session = self.contest.session
        if session is None or not self.contest.over:
            return found
        ties = {player: {player} for player in found}
        for one, other in tied(self.told, session):
            group = ties[one] | ties[other]
            ties |= dict.fromkeys(group, group)
        return {player: min(found[each] for each in group) for player, group in ties.items()}

    def places(self, wallets: dict[int, Wallet]) -> list[Place]:
        """Everybody at the place of their squad; under the line who has not traded, or has left."""
        session = self.contest.session
        absent = self.contest.absent() | (set() if session is None else session.placeless)
        active = [
            [p for p in squad if p in wallets and p not in absent and wallets[p].touched]
            for squad in self.squads
        ]
        sizes = [len(each) for each in active]
        count = -(-6 * min((size for size in sizes if size), default=0) // 10)
        scores = self.scores(wallets)
        lines = [_line(wallets, each, count, scores) for each in active]
        found = []
        for squad, own, line in zip(self.squads, active, lines, strict=True):
            place = 1 + sum(other > line for other in lines)
            for player in (p for p in squad if p in wallets):
                listed = player in own and min(sizes) >= FRIENDLY
                figures = (*line, scores[player])
                found.append(Place(player, figures, listed, place if listed else 0))
        return found


def _line(
    wallets: dict[int, Wallet], active: list[int], count: int, scores: dict[int, Decimal]
) -> tuple[Decimal, ...]:
    """What a squad is told by."""
    best = sorted(active, key=lambda p: (-scores[p], p))[:count]
    if not best:
        return (Decimal(0),) * 4
    mean = sum((scores[p] for p in best), Decimal(0)) / len(best)
    fall = sum((wallets[p].fall for p in best), Decimal(0)) / len(best)
    return (Decimal(1), mean, -fall, Decimal(-sum(wallets[p].liquidations for p in best)))


def squads(told: Told) -> Result:
    """Count a squad battle anew."""
    battle = Battle(told)
    for name, at, what in told.inputs():
        battle.take(name, at, what)
    session = battle.contest.session
    wallets = {} if session is None else session.wallets
    return Result(battle.contest.why, battle.places(wallets), wallets)

"""A mode duel counted anew: three rounds, two teams, one wall each."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tests.sims.recount.film import Film, Passing
from tests.sims.recount.result import Result
from tests.sims.recount.told import Json, Look, Place, Told, ceil, floor, placed
from tests.sims.recount.trading import Asked, Outages, Session, Unfair
from tests.sims.recount.wallet import House, Refused, Wallet, looked

MONEY, MARGIN, DRAW = Decimal(5000), Decimal(1000), Decimal(5)
MINUTE = timedelta(minutes=1)
LENGTHS = {"15m": 15 * MINUTE, "1h": 60 * MINUTE, "4h": 240 * MINUTE, "24h": 1440 * MINUTE}
AWAY, HOLDING = 10 * MINUTE, 2 * MINUTE
ROUNDS = 3
STEPS = 90
"""Of a round on a recorded event."""

NEVER = datetime.max.replace(tzinfo=UTC)
ROOM = Decimal("1.01")
"""A contract is drawn where its tiers take a tenth more than the trade."""


@dataclass
class Round:
    """A round: its pair, who is isolated, its time, and who won it (None: a draw)."""

    symbol: str
    isolated: int
    number: int = 1
    session: Session | None = None
    entered: bool = False
    over: bool = False
    passed: int = 0
    winner: int | None = None
    since: dict[tuple[int, int], datetime] = field(default_factory=dict)
    done: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Match:
    """Two teams, and the rounds so far; the last one is played."""

    told: Told
    house: House
    teams: list[list[int]]
    pairs: list[str]
    rounds: list[Round]
    films: list[Film] = field(default_factory=list)
    step: datetime = NEVER
    over: bool = False
    why: str = ""

    @classmethod
    def begun(cls, told: Told) -> "Match":
        """Draw teams, coin and pairs."""
        house = House(told.contracts(), told.number("half_spread"))
        mixed = told.shuffled(told.playing, "teams")
        half = (len(mixed) + 1) // 2
        leverage = Decimal(told.option("leverage", "20"))
        films = [] if told.option("on", "market") == "market" else _films(told)
        fits = [
            symbol
            for symbol in told.symbols
            if symbol in house.contracts
            and not house.contracts[symbol].isolated_only
            and house.contracts[symbol].cap(leverage) >= MARGIN * leverage * ROOM
        ]
        pairs = told.symbols if films else told.shuffled(fits, "pairs")[:ROUNDS]
        coin = told.drawn(2, "coin")
        teams = [mixed[:half], mixed[half:]]
        return cls(told, house, teams, pairs, [Round(pairs[0], coin)], films)

    @property
    def now(self) -> Round:
        return self.rounds[-1]

    @property
    def on(self) -> bool:
        return self.now.session is not None and not self.now.over

    @property
    def pace(self) -> timedelta:
        """How long an hour of an event takes."""
        return LENGTHS[self.told.option("length", "15m")] / STEPS

    def wins(self, team: int) -> int:
        return sum(each.winner == team for each in self.rounds if each.over)

    def gone(self) -> tuple[datetime, int] | None:
        """The team of which nobody is left, and since when; the first of two."""
        found = []
        for team, members in enumerate(self.teams):
            left = [self.told.seats[player].left for player in members]
            if all(left):
                found.append((max(moment for moment in left if moment), team))
        return min(found, default=None)

    # --- what comes in

    def sent(self, number: int, at: datetime) -> None:
        """The time of a round begins when its message is there."""
        if number != len(self.rounds) or self.now.session is not None:
            return
        self.now.session = Session(self.house, at, at + self.pace * STEPS)
        self.deserted()
        if self.films and self.on:
            opens = self.films[number - 1].marks(1, "open")
            self._entered(self.now, self.now.session, looked(opens, at))
            self.step = at + self.pace

    def woke(self, at: datetime) -> None:
        """A recorded step's time begins anew."""
        if self.films and self.on:
            self._paced(at + self.pace, self.step)

    def _paced(self, step: datetime, planned: datetime) -> None:
        assert self.now.session is not None
        self.now.session.ends += step - planned
        self.step = step

    def passed(self, at: datetime) -> None:
        """An hour of the event: everybody comes through it, then does what they asked for."""
        now, session = self.now, self.now.session
        assert session is not None
        now.passed += 1
        film, closes = self.films[now.number - 1], {}
        for wallet in session.wallets.values():
            one = Passing(wallet)
            closes = film.passed(one, now.passed, at)
            wallet.low = min(wallet.low, one.low)
        ends, session.ends = session.ends, NEVER
        self.met(looked(closes, at))
        session.seen(looked(closes, at))
        session.ends = ends
        if now.passed == STEPS or not any(wallet.held for wallet in session.wallets.values()):
            session.value(looked(closes, at))
            self._ended(now, session)
            return
        planned = self.step + self.pace
        self._paced(planned if planned > at else at + self.pace, planned)

    def left(self, player: int, at: datetime) -> None:
        session = self.now.session
        if session is not None and not self.now.over:
            wallet = session.wallets.get(player)
            if wallet is not None and wallet.held:
                session.asked.append(Asked(at, player, {"is": "CloseAll"}))
        self.deserted()

    def deserted(self) -> None:
        """A team of nobody has lost the round."""
        away = self.gone()
        if away is not None and self.on:
            self.now.over, self.now.winner = True, 1 - away[1]
            self._rest()

    def _rest(self) -> None:
        over = [each for each in self.rounds if each.over]
        self.over = max(self.wins(0), self.wins(1)) == 2 or len(over) == ROUNDS

    def due(self, at: datetime) -> None:
        """The next round, or the end for a team that is away for too long."""
        if self.films and self.on and at >= self.step:
            self.passed(at)
            return
        if not self.now.over or self.over:
            return
        away = self.gone()
        number, isolated = len(self.rounds), 1 - self.now.isolated
        if away is None:
            pair = self.pairs[number % len(self.pairs)]
            self.rounds.append(Round(pair, isolated, number=number + 1))
        elif at >= away[0] + AWAY:
            for later in range(number, ROUNDS):
                lost = Round(self.pairs[later % len(self.pairs)], away[1], over=True)
                lost.winner = 1 - away[1]
                self.rounds.append(lost)
            self.over = True

    def asked(self, player: int, act: str, at: datetime) -> None:
        """Somebody wants something done at the next mark. Raises `Unfair`."""
        now, session = self.now, self.now.session
        if session is None or now.over or at >= session.ends:
            raise Unfair("out of time")
        wallet = session.wallets[player]
        first = wallet.held[0]
        isolated = player in self.teams[now.isolated]
        waiting = [(a.player, a.action["act"]) for a in session.asked if "act" in a.action]
        before = [*now.done, *waiting].count((player, act))
        if act == "add":
            fair = isolated and before < 2
            half = ceil(first.cost / first.leverage / 2)
            action: Json = {"is": "MoveMargin", "number": first.number, "amount": str(half)}
        elif act == "hedge":
            fair = not isolated and before < 1
            intent = {
                "symbol": first.symbol,
                "side": "short" if first.sign > 0 else "long",
                "quantity": str(floor(first.quantity / 2, self.house.contracts[first.symbol].step)),
                "mode": "cross",
                "leverage": str(first.leverage),
            }
            action = {"is": "Open", "intent": intent}
        else:
            held = [now.since[player, each.number] for each in wallet.held]
            fair = before < 1 and all(at >= since + HOLDING for since in held)
            action = {"is": "CloseAll"}
        if not fair:
            raise Unfair(f"player {player} may not {act}")
        session.asked.append(Asked(at, player, {**action, "act": act}, first.number))

    def met(self, look: Look) -> None:
        """Marks come: the entry, a look, or the end of the round."""
        now, session = self.now, self.now.session
        if session is None or now.over or now.symbol not in look.marks or not session.counts(look):
            return
        if not now.entered:
            if not look.estimated:
                self._entered(now, session, look)
            return
        ready = [a for a in session.asked if a.is_met(look) and "act" in a.action]
        before = {a.player: _print(session.wallets[a.player]) for a in ready}
        ended = session.met(look)
        for order in ready:
            wallet = session.wallets[order.player]
            if _print(wallet) != before[order.player]:
                now.done.append((order.player, order.action["act"]))
            for each in wallet.held:
                now.since.setdefault((order.player, each.number), look.at)
        if ended:
            self._ended(now, session)

    def _entered(self, now: Round, session: Session, look: Look) -> None:
        told, marks = self.told, {s: mark.price for s, mark in look.marks.items()}
        sign = 1 if told.option("side", "long") == "long" else -1
        leverage = Decimal(told.option("leverage", "20"))
        price = self.house.fill(now.symbol, sign, marks)
        quantity = floor(MARGIN * leverage / price, self.house.contracts[now.symbol].step)
        session.ends += look.at - session.began
        session.began = look.at
        for player in told.playing:
            wallet = session.enter(player, MONEY, look.at, hedged=True)
            how = leverage, player in self.teams[now.isolated], look.at
            try:
                wallet.enter((now.symbol, sign), quantity, price, how, marks)
            except Refused:
                self.over, self.why = True, "unplayable"
                return
            now.since[player, wallet.held[0].number] = look.at
        now.entered = True
        session.seen(look)

    def _ended(self, now: Round, session: Session) -> None:
        means = []
        for members in self.teams:
            own = [session.wallets[player] for player in members if player in session.wallets]
            changes = [wallet.equity - wallet.start for wallet in own]
            means.append(sum(changes, Decimal(0)) / len(changes) if changes else Decimal(0))
        now.over = True
        if abs(means[0] - means[1]) > DRAW:
            now.winner = 0 if means[0] > means[1] else 1
        self._rest()

    # --- what comes of it

    def places(self) -> list[Place]:
        """By rounds won, then fewer liquidations, then the smaller loss at a wallet's worst."""
        found = []
        for team, members in enumerate(self.teams):
            wallets = [
                [r.session.wallets[p] for r in self.rounds if r.session and p in r.session.wallets]
                for p in members
            ]
            falls = sum(wallet.liquidations for own in wallets for wallet in own)
            worst = sum(max((w.start - w.low for w in own), default=Decimal(0)) for own in wallets)
            figures = (
                Decimal(self.wins(team)),
                Decimal(-falls) / len(members),
                Decimal(-worst) / len(members),
            )
            found += [
                Place(player, figures, self.told.seats[player].left is None) for player in members
            ]
        return placed(found)


def _films(told: Told) -> list[Film]:
    """The events of the rounds."""
    conditions = told.file["conditions"]
    return [Film(reel) for reel in (conditions["reel"], *conditions["later"])]


def _print(wallet: Wallet) -> object:
    """What tells whether an act was done."""
    return wallet.money, tuple(wallet.held)


def duel(told: Told) -> Result:  # noqa: C901, PLR0912 - one case for each input
    """Count a duel anew. Raises `Unfair`."""
    match_: Match | None = None
    outages, why = Outages(), ""
    two = told.option("teams", "two") == "two"
    for name, at, what in told.inputs():
        begins = (name == "Joined" and two and len(told.playing) == 2) or name in {"Began", "Due"}
        if match_ is None:
            if begins and len(told.playing) >= 2:
                told.running, match_ = True, Match.begun(told)
            elif name == "Due":
                why = "expired"
            elif name == "Stopped":
                why = what["why"]
            continue
        match name:
            case "Sent" if what["view"] == "round":
                match_.sent(what["number"], at)
            case "Left":
                match_.left(what["player"], at)
            case "Due":
                match_.due(at)
            case "Woke":
                match_.woke(at)
            case "Answered":
                match_.asked(what["player"], what["value"], at)
            case "Ticked":
                match_.met(Look.of(what))
            case "Funded" if match_.on and match_.now.session is not None:
                match_.now.session.funded(what)
            case "Froze":
                outages.since = at
            case "Thawed":
                now = match_.now
                running = now.session if match_.on and now.entered else None
                why = "" if outages.thawed(at, running) else "outage"
            case "Stopped" | "Unsent":
                why = what.get("why", "unreachable")
            case _:
                pass
    if match_ is None:
        return Result(why, [], {})
    session = match_.now.session
    return Result(match_.why or why, match_.places(), session.wallets if session else {})

"""Duels on made-up events: three of them, each with one coin that begins at 100."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.lessons.game import inputs as i
from core.lessons.game.kind import Ground
from core.lessons.game.lifecycle import Fed
from core.lessons.game.reel import Reel
from core.lessons.scenario import Bar
from core.market import Symbol
from core.money import Rate
from tests.builders import BTC, ETH, SOL, Number
from tests.core.lessons.game.builders import Fixture, at, ground, plain
from tests.core.lessons.game.crashes import A, B, C, reel
from tests.fakes.scenarios import bar

COINS = {A: BTC, B: ETH, C: SOL}
NAMES = {A: "Black Thursday", B: "Luna collapse", C: "FTX collapse"}
PACE, LENGTH = 10, 900
"""Seconds of a step, and of a round of a quarter of an hour."""

STILL = bar(1)


def event(
    coin: Symbol, *bars: Bar, funding: Mapping[int, Rate] | None = None, steps: int = 90
) -> Reel:
    """An event of one coin: these steps, then stillness up to the last of so many."""
    last = bar(bars[-1].close) if bars else STILL
    told = [{coin: each} for each in (*bars, *[last] * (steps - len(bars)))]
    rates = {number: {coin: rate} for number, rate in (funding or {}).items()}
    made = reel(*told, coins=(coin,), funding=rates)
    return replace(made, id=f"event {coin}", name=NAMES[coin], hours=1)


def on(*events: Reel, fee: Number = 0) -> Ground:
    """What a duel is played on: plain contracts of the events' coins."""
    coins = [coin for each in events for coin in each.coins]
    made = ground(*(plain(coin, fee=fee) for coin in coins))
    return replace(made, reel=events[0], later=events[1:])


def thrice(*bars: Bar, fee: Number = 0) -> Ground:
    """The same way in every round."""
    return on(*(event(coin, *bars) for coin in COINS), fee=fee)


class Recorded(Fixture):
    """A duel on recorded events that is fed by the clock."""

    clock: float = 0

    @classmethod
    def begun(cls, played: Ground, *names: str, **setup: str) -> "Recorded":
        """Let people begin; the first message has arrived."""
        mine = cls(on=played, setup={"on": "crash", "leverage": "10", **setup})
        mine.join(*(names or ("Mira", "Tobi")))
        if setup.get("teams") == "halves":
            mine.feed(i.Began(at=at()))
        mine.arrive()
        return mine

    def arrive(self) -> Fed:
        """Let the message of the round arrive."""
        return self.sent(self.duel.round.number, self.clock)

    def step(self, steps: int = 1, pace: float = PACE) -> None:
        """Let so many steps pass."""
        for _ in range(steps):
            self.clock += pace
            self.feed(i.Due(at=at(self.clock)))

    def ask(self, player: int, act: str, after: float = 1) -> Fed:
        """Let a player act a little later."""
        return self.act(player, act, self.clock + after)

    def finish(self) -> None:
        """Let the rest of the match pass, rests between rounds too."""
        while (due := self.game.due) is not None:
            self.clock = (due - at()).total_seconds()
            self.feed(i.Due(at=due))
            if self.waits():
                self.arrive()

    def waits(self) -> bool:
        """Whether the game waits for a message to arrive."""
        return self.game.phase.is_on and self.game.due is None


def gains(mine: Fixture) -> Sequence[tuple[str, ...]]:
    """What the rounds were worth: isolated, then cross."""
    return [
        (f"{each.gained[each.isolated]:.8f}", f"{each.gained[1 - each.isolated]:.8f}")
        for each in mine.duel.rounds
    ]

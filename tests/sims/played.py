"""A plan played to its end, and everything that was wrong about it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from structlog.testing import capture_logs

from tests.sims.checks import complaints
from tests.sims.limits import MINUTE, busiest
from tests.sims.on_telegram import TelegramGroup
from tests.sims.sim import Plan, Sim, Stuck, staged

EXPECTED = frozenset({"poll", "unsent", "unsaid", "no candles", "busy", "again"})
"""What the log may say of troubles."""


@dataclass(frozen=True)
class Played:
    """How it went: who played, why it ended, the busiest minute of a Telegram group."""

    plan: Plan
    complaints: tuple[str, ...]
    players: int = 0
    why: str = ""
    busiest: int = 0
    inputs: Counter[str] = field(default_factory=Counter)


async def played(plan: Plan) -> Played:
    """Play a plan in a folder of its own."""
    with TemporaryDirectory() as folder, capture_logs() as lines:
        async with staged(plan, Path(folder)) as sim:
            try:
                await sim.play()
            except Stuck as stuck:
                return Played(plan, (f"stuck: {stuck}", *_logged(lines, plan)))
            found = (*complaints(sim), *_logged(lines, plan))
            return _told(sim, found)


def _told(sim: Sim, found: tuple[str, ...]) -> Played:
    game = sim.house.game(sim.number).state.game
    calls = [
        [call.at for call in group.api.spoken if call.chat < 0]
        for group in sim.groups
        if isinstance(group, TelegramGroup)
    ]
    most = max((busiest(moments, MINUTE) for moments in calls), default=0)
    inputs = Counter[str]()
    for what in json.loads(sim.house.published(sim.number))["inputs"]:
        inputs[what["is"]] += 1
        inputs["estimated"] += '"low"' in json.dumps(what)
    return Played(sim.plan, found, len(game.players), game.why, most, inputs)


def _logged(lines: Sequence[Mapping[str, object]], plan: Plan) -> list[str]:
    """What the log complains of, but for what troubles lead to."""
    away = any(what == "away" for _, what in plan.troubles)
    loud = [line for line in lines if line.get("log_level") in {"warning", "error", "critical"}]
    return [
        f"log: {line}"
        for line in loud
        if line.get("event") not in EXPECTED and not (away and line.get("said") == "Bad Gateway")
    ]

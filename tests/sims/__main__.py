"""Play simulations by hand: more seeds, more troubles, larger groups than the tests have time for.

python -m tests.sims --format duel --size 30 --where both --seeds 20 --trouble 200:restart
python -m tests.sims --everything --part 1/8
"""

import argparse
import asyncio
import sys
import time

from tests.sims.formats import FORMATS
from tests.sims.plans import everything
from tests.sims.played import Played, played
from tests.sims.sim import BOTH, DISCORD, TELEGRAM, Plan

PLACES = {TELEGRAM: (TELEGRAM,), DISCORD: (DISCORD,), "both": BOTH}


def told(found: Played, seconds: float) -> str:
    """One line, and a line for every complaint."""
    head = (
        f"{found.plan}: {found.players} players, {found.why or 'played'}, "
        f"{found.busiest} messages in the busiest minute, {seconds:.1f} s"
    )
    inputs = ", ".join(f"{name} {count}" for name, count in found.inputs.most_common() if count)
    return "\n".join([head, f"    {inputs}", *(f"    {line[:300]}" for line in found.complaints)])


def trouble(text: str) -> tuple[int, str]:
    """Read `200:restart`."""
    at, _, what = text.partition(":")
    return int(at), what


def part(text: str) -> tuple[int, int]:
    """Read `3/8`."""
    number, _, of = text.partition("/")
    return int(number), int(of)


def main(words: list[str] | None = None) -> int:
    """Read the options, play, and tell; 1 where anything was not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m tests.sims")
    parser.add_argument("--format", choices=[*FORMATS, "all"], default="all")
    parser.add_argument("--size", type=int, default=30)
    parser.add_argument("--where", choices=PLACES, default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--trouble", type=trouble, action="append", default=[])
    parser.add_argument("--live", action="store_true")
    parser.add_argument("--everything", action="store_true", help="all sizes, everywhere")
    parser.add_argument("--part", type=part, default=(1, 1), help="of everything, such as 3/8")
    options = parser.parse_args(words)
    if options.everything:
        number, of = options.part
        plans = [plan for place, plan in enumerate(everything()) if place % of == number - 1]
        return min(sum(_play(plan) for plan in plans), 1)
    names = list(FORMATS) if options.format == "all" else [options.format]
    wrong = 0
    for seed in range(options.seed, options.seed + options.seeds):
        for name in names:
            plan = Plan(
                name,
                options.size,
                PLACES[options.where],
                seed,
                tuple(options.trouble),
                live=options.live and FORMATS[name].live,
            )
            wrong += _play(plan)
    return min(wrong, 1)


def _play(plan: Plan) -> bool:
    """Play one, tell, and return whether anything was wrong."""
    began = time.process_time()
    found = asyncio.run(played(plan))
    sys.stdout.write(told(found, time.process_time() - began) + "\n")
    sys.stdout.flush()
    return bool(found.complaints)


if __name__ == "__main__":
    sys.exit(main())

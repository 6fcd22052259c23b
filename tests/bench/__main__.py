"""`python -m tests.bench`: measure, print a table, and keep it in docs/benchmarks.md if asked."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from tests.bench import page
from tests.bench.row import FULL, QUICK, Bench, Row

BENCHES = (
    "liquidation",
    "parsing",
    "telegram",
    "orders",
    "reading",
    "sweeping",
    "feed",
    "ticking",
    "memory",
    "starting",
    "modules",
    "lookup",
    "games",
    "oracle",
    "reported",
)
"""The modules of this package with a `run`, in the order of the table."""


def bench(name: str) -> Bench:
    """Return a module's measurement; the others are not loaded, so they weigh nothing."""
    run: Bench = import_module(f"tests.bench.{name}").run
    return run


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; return 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, rougher figures")
    parser.add_argument("--only", action="append", choices=BENCHES, help="one part; may repeat")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/benchmarks.md")
    options = parser.parse_args(arguments)
    if options.write and (options.quick or options.only):
        parser.error("--write keeps whole runs only")
    rows: list[Row] = []
    for name in options.only or BENCHES:
        for row in bench(name)(QUICK if options.quick else FULL):
            rows.append(row)
            sys.stdout.write(page.line(row) + "\n")
            sys.stdout.flush()
    if options.write:
        page.write(rows)
    return 1 if any(row.met is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())

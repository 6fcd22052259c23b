"""Liquidation prices of random pools against exact fractions, on all cores."""

import os
import time
from collections.abc import Iterator
from multiprocessing import get_context

from tests.bench.row import Effort, Row
from tests.oracle import mismatches

CHUNK = 500


def wrong(task: tuple[int, int]) -> int:
    """Return how many answers of a chunk of pools differ."""
    count, seed = task
    return len(mismatches(count, seed))


def run(effort: Effort) -> Iterator[Row]:
    """Ask about all pools; every seed is a chunk of its own."""
    tasks = [(min(CHUNK, effort.pools - done), done) for done in range(0, effort.pools, CHUNK)]
    started = time.perf_counter()
    with get_context("spawn").Pool(os.cpu_count() or 1) as pool:
        found = sum(pool.imap_unordered(wrong, tasks))
    spent = time.perf_counter() - started
    what = f"exact oracle, {effort.pools:,} random pools ({spent:.0f} s)"
    yield Row(what, f"{found} mismatches", goal="0 mismatches", met=found == 0)

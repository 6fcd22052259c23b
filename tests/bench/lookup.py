"""How well and how fast questions find their entries: on questions that no entry was tuned to.

`faq_questions.toml` was written from the topics alone, by somebody who had not seen the entries'
alternatives; it holds questions of all topics, in seven languages, and such that must be refused.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bot.adapters.content.faq_files import FaqFiles
from core.lessons.faq import FaqEntry, Found
from core.services.learning import Learning
from tests.bench.memory import RESIDENT
from tests.bench.process import environment, told
from tests.bench.row import Effort, Row

QUESTIONS = Path(__file__).with_name("faq_questions.toml")
SEEDS = frozenset(
    {
        "isolated-vs-cross-difference",
        "safer-mode-beginners",
        "switch-margin-mode",
        "when-use-cross",
    }
)
SLOWEST = 0.010
"""Seconds within which 95 of 100 questions are answered."""
READY, GROWTH = 0.5, 40 * 2**20
"""Seconds from the import to the first answer, and bytes of memory for all of it."""

WEIGHED = (
    RESIDENT
    + """
import json, time
from decimal import setcontext
from core.money import EXACT
setcontext(EXACT.copy())
from bot.adapters.content.faq_files import FaqFiles
from core.services.learning import Learning
before, started = resident(), time.perf_counter()
learning = Learning(FaqFiles())
learning.ask("can i change mode with an open trade")
ready = time.perf_counter() - started
print(json.dumps([ready, resident() - before]))
"""
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the topics that answer it (none: it must be refused), what came, how fast."""

    accept: tuple[str, ...]
    kind: str
    lang: str
    found: Found
    seconds: float

    @property
    def first(self) -> bool:
        """Whether the nearest topic answers it."""
        return bool(self.found.near) and self.found.near[0].id in self.accept

    @property
    def among_three(self) -> bool:
        """Whether one of the nearest three answers it."""
        return any(entry.id in self.accept for entry in self.found.near)

    @property
    def right(self) -> bool:
        """Whether it was answered, and rightly."""
        return self.found.entry is not None and self.found.entry.id in self.accept

    @property
    def wrong(self) -> bool:
        """Whether it was answered, and wrongly."""
        return self.found.entry is not None and not self.right


def asked() -> tuple[tuple[Asked, ...], Mapping[str, FaqEntry]]:
    """Ask all questions once; return what came of each, and the entries by their ids."""
    learning = Learning(FaqFiles())
    learning.ask("warm")
    questions = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["question"]
    results = []
    for question in questions:
        started = perf_counter()
        found = learning.ask(question["text"])
        seconds = perf_counter() - started
        accept = tuple(question["accept"])
        results.append(Asked(accept, question["kind"], question["lang"], found, seconds))
    return tuple(results), {entry.id: entry for entry in learning.topics()}


def share(
    what: str, among: Iterator[Asked] | list[Asked], test: Callable[[Asked], bool], goal: float
) -> Row:
    """Make a row of a share that should be at least (or, below a half, at most) so large."""
    held = [test(each) for each in among]
    part = sum(held) / len(held)
    met = part <= goal if goal < 0.5 else part >= goal
    limit = f"{'at most' if goal < 0.5 else 'at least'} {goal:.1%}"
    return Row(what, f"{part:.1%} of {len(held)}", goal=limit, met=met)


def run(effort: Effort) -> Iterator[Row]:
    """Measure."""
    results, entries = asked()
    yours = [each for each in results if each.accept]
    others = [each for each in yours if each.lang != "en"]
    seeds = [each for each in yours if SEEDS.intersection(each.accept)]
    refused = {kind: [e for e in results if e.kind == kind] for kind in ("off-topic", "near-miss")}
    yield share("FAQ: nearest topic answers", yours, lambda e: e.first, 0.93)
    yield share("FAQ: one of three answers", yours, lambda e: e.among_three, 0.98)
    yield share("FAQ: nearest answers, seed topics", seeds, lambda e: e.first, 0.95)
    yield share("FAQ: nearest answers, other languages", others, lambda e: e.first, 0.95)
    yield share("FAQ: answered rightly", yours, lambda e: e.right, 0.88)
    yield share("FAQ: answered wrongly", yours, lambda e: e.wrong, 0.025)
    yield share("FAQ: off-topic refused", refused["off-topic"], lambda e: not e.wrong, 0.97)
    yield share("FAQ: near misses refused", refused["near-miss"], lambda e: not e.wrong, 0.95)
    yield from _by_category(yours, entries)
    times = sorted(each.seconds for each in results)
    slow = times[len(times) * 95 // 100]
    text = f"{slow * 1e3:.2f} ms"
    yield Row("FAQ: 95 of 100 questions within", text, goal="at most 10 ms", met=slow <= SLOWEST)
    yield from _weighed(effort)


def _by_category(results: list[Asked], entries: Mapping[str, FaqEntry]) -> Iterator[Row]:
    """The nearest topic's share by category of the first topic that answers."""
    counts, hits = Counter[str](), Counter[str]()
    for each in results:
        category = entries[each.accept[0]].category
        counts[category] += 1
        hits[category] += each.first
    parts = (f"{name} {hits[name] / count:.0%} of {count}" for name, count in counts.items())
    yield Row("FAQ: nearest answers, by category", ", ".join(parts))


def _weighed(effort: Effort) -> Iterator[Row]:
    """How long until the first answer, and what the knowledge base weighs, in fresh processes."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        environ = environment(folder)
        found = [told(WEIGHED, environ, folder) for _ in range(effort.starts)]
    ready, grown = min(f[0] for f in found), min(f[1] for f in found)
    text = f"{ready * 1e3:.0f} ms"
    yield Row("FAQ: ready after import", text, goal="at most 500 ms", met=ready <= READY)
    text = f"{grown / 2**20:.1f} MiB"
    yield Row("FAQ: memory added", text, goal="at most 40 MiB", met=grown <= GROWTH)

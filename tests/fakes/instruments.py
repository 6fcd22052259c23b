"""The books of venues' contracts in memory: the fake that stands beside the database's."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from core.editions import Edition


@dataclass
class KeptInstruments:
    """Everything a memory keeps of venues' contracts."""

    editions: list[Edition] = field(default_factory=list)

    def __deepcopy__(self, _: object) -> "KeptInstruments":
        """A copy that shares no list."""
        return KeptInstruments(list(self.editions))


class MemoryInstruments:
    """Implements `InstrumentBooks`; `written` hands out what may be changed, or raises."""

    def __init__(self, seen: KeptInstruments, written: Callable[[], KeptInstruments]) -> None:
        self._seen = seen
        self._written = written

    def editions(self, after: int = 0) -> tuple[Edition, ...]:
        return tuple(edition for edition in self._seen.editions if edition.id > after)

    def keep(self, edition: Edition) -> Edition:
        kept = self._written().editions
        ordered = sorted(edition.versions, key=lambda version: version.symbol)
        kept.append(replace(edition, id=len(kept) + 1, versions=tuple(ordered)))
        return kept[-1]

"""FAQ entries as values. (Lookup is written by the FAQ helper.)"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """One answer."""

    id: str

"""A memory that forgets the oldest: nothing an adapter remembers may grow without end."""

from collections import OrderedDict
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """The newest `size` pairs."""

    def __init__(self, size: int) -> None:
        """Begin empty."""
        self._size = size
        self._pairs: OrderedDict[Key, Value] = OrderedDict()

    def __contains__(self, key: Key) -> bool:
        return key in self._pairs

    def get(self, key: Key) -> Value | None:
        """Return what was kept, or None."""
        return self._pairs.get(key)

    def keep(self, key: Key, value: Value) -> None:
        """Keep a pair as the newest; the oldest goes where there are too many."""
        self._pairs[key] = value
        self._pairs.move_to_end(key)
        if len(self._pairs) > self._size:
            self._pairs.popitem(last=False)

"""Interactions that came already: a resumed connection may bring one a second time."""

from collections import OrderedDict

REMEMBERED = 2048
"""Interactions that are known at most; their tokens live for minutes, so these are enough."""


class Once:
    """Knows the newest interactions. What one leads to happens once, and so does its answer."""

    def __init__(self, size: int = REMEMBERED) -> None:
        """Begin with none heard of."""
        self._size = size
        self._known: OrderedDict[int, None] = OrderedDict()

    def is_new(self, interaction: int) -> bool:
        """Whether an interaction, by its id, came for the first time; from now on it is known."""
        if interaction in self._known:
            return False
        self._known[interaction] = None
        if len(self._known) > self._size:
            self._known.popitem(last=False)
        return True

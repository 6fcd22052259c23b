"""Inside an hour: open, the nearer extreme, the other extreme, close.

A recorded hour tells four prices and not the way between them. This is a way that touches all
four and never leaves them: three straight lines, one step a second, in whole ticks.
"""

SECONDS = 3600
"""Steps in an hour, numbered 0 (the open) to 3599 (the close)."""

_FIRST, _SECOND, _LAST = 1200, 2400, SECONDS - 1


def price_in_hour(open_: int, high: int, low: int, close: int, second: int) -> int:
    """Return the price (ticks) in second 0 to 3599 of an hour.

    The extreme nearer to the open comes first, the low when both are equally near. Between the
    four the price is rounded to the nearest tick, a half upward.
    """
    near, far = (high, low) if high - open_ < open_ - low else (low, high)
    if second < _FIRST:
        return _between(open_, near, second, _FIRST)
    if second < _SECOND:
        return _between(near, far, second - _FIRST, _SECOND - _FIRST)
    return _between(far, close, second - _SECOND, _LAST - _SECOND)


def _between(start: int, end: int, part: int, whole: int) -> int:
    """Return the point `part` of `whole` along a line, to the nearest integer."""
    return start + (2 * (end - start) * part + whole) // (2 * whole)

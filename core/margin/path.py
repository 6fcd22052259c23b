"""Where a pool is safe while prices move along a line.

Let every leg's notional run as `start + pace*t`. Then the cushion is piecewise linear in t, with a
corner wherever a leg enters another tier. So the stretches of t on which it is positive are found
by straight-line roots, piece by piece: no iteration, no tolerance. Three questions are this one:
t is a price (one symbol, the others held still), a common factor (all coins together), or the part
of a shock that has happened. Source: margin specification, sections 6 and 7.3.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.margin.pool import Leg
from core.market import Instrument, Measure
from core.money import ZERO


@dataclass(frozen=True, slots=True)
class Strand:
    """A leg whose notional (quote) is `start + pace*t`."""

    leg: Leg
    instrument: Instrument
    start: Decimal
    pace: Decimal

    def worth(self, t: Decimal) -> Decimal:
        """Return the notional at t, quote."""
        return self.start + self.pace * t

    def corners(self) -> Iterator[Decimal]:
        """Yield each t at which the leg meets the edge of a tier."""
        table = self.instrument.brackets
        if table.measure is Measure.NOTIONAL and self.pace:
            for floor in table.floors[1:]:
                yield (floor - self.start) / self.pace

    def line(self, t: Decimal) -> tuple[Decimal, Decimal]:
        """Return level and slope of this leg's part of the cushion in the piece that holds t."""
        leg, table = self.leg, self.instrument.brackets
        tier = max(0, table.index(table.size(leg.quantity, self.worth(t))))
        keep = leg.side.sign - table.rates[tier] - self.instrument.trigger_fee
        level = keep * self.start - leg.side.sign * leg.entry_cost + table.amounts[tier]
        return level, keep * self.pace


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of t with a positive cushion; None is no bound on that side of the path."""

    low: Decimal | None
    high: Decimal | None

    def holds(self, t: Decimal) -> bool:
        """Whether t lies strictly inside."""
        return (self.low is None or self.low < t) and (self.high is None or t < self.high)

    def gap(self, t: Decimal) -> Decimal:
        """How far t lies outside; 0 inside or at an end."""
        if self.low is not None and t < self.low:
            return self.low - t
        if self.high is not None and t > self.high:
            return t - self.high
        return ZERO


@dataclass(frozen=True, slots=True)
class _Piece:
    """One straight stretch of the cushion: `level + slope*t` between two corners."""

    start: Decimal
    end: Decimal | None
    level: Decimal
    slope: Decimal

    def at(self, t: Decimal) -> Decimal:
        return self.level + self.slope * t

    def positive(self) -> tuple[Decimal, Decimal | None] | None:
        """The part of the piece on which the cushion is positive, or None."""
        opens = self.at(self.start) > ZERO
        if self.end is None:
            closes = self.slope > ZERO or (self.slope == ZERO and opens)
        else:
            closes = self.at(self.end) > ZERO
        if opens == closes:
            return (self.start, self.end) if opens else None
        root = -self.level / self.slope
        return (self.start, root) if opens else (root, self.end)


def safe_spans(fixed: Decimal, strands: tuple[Strand, ...]) -> tuple[Span, ...]:
    """Return the stretches of t > 0 on which the cushion is positive, in order.

    `fixed` (quote) is the part of the cushion that does not move: collateral and the other legs.
    """
    spans: list[Span] = []
    last_end: Decimal | None = None
    for piece in _pieces(fixed, strands):
        stretch = piece.positive()
        if stretch is None:
            continue
        low, high = stretch
        if spans and last_end == low == piece.start:
            spans[-1] = Span(spans[-1].low, high)
        else:
            spans.append(Span(low or None, high))
        last_end = high
    return tuple(spans)


def _pieces(fixed: Decimal, strands: tuple[Strand, ...]) -> Iterator[_Piece]:
    """Cut t > 0 at every corner and give each piece its line."""
    corners = sorted({t for strand in strands for t in strand.corners() if t > ZERO})
    for start, end in zip([ZERO, *corners], [*corners, None], strict=True):
        inside = start + 1 if end is None else (start + end) / 2
        lines = [strand.line(inside) for strand in strands]
        level = fixed + sum((line[0] for line in lines), ZERO)
        yield _Piece(start, end, level, sum((line[1] for line in lines), ZERO))


def span_around(spans: tuple[Span, ...], t: Decimal) -> Span | None:
    """Return the stretch that holds t, else the nearest one, else None."""
    return min(spans, key=lambda span: span.gap(t), default=None)

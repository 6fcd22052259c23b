"""Mirrored pairs: two players who traded against each other, so that one of them had to win.

A trade is mirrored by another's where they stood on opposite sides of one contract, and both were
open for more than nine tenths of the time in which either was. Two players are flagged when two
trades or more are mirrored, and at least half of the trades of the one who made fewer. They share
the lower one's place until a host decides; the decision is printed and stays in the log.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.lessons.game.errors import BadOption
from core.lessons.game.standing import Standing, unlisted
from core.lessons.game.trades import Trade
from core.margin.pool import Side
from core.market import Symbol
from core.money import Rate

FEWEST = 2
"""Mirrored trades from which on it is no chance."""

CLEAR, SHARED = "clear", "shared"

_SECOND = timedelta(seconds=1)

Two = tuple[int, int]
"""Two players, the lower number first."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a host decided about two players; `by` is their own number if they play, else 0."""

    two: Two
    decision: str
    by: int = 0


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs that were flagged, and what hosts decided, in order."""

    flagged: tuple[Two, ...] = ()
    rulings: tuple[Ruling, ...] = ()

    def decision(self, two: Two) -> str:
        """Return what holds for a pair: "clear", "shared", or "" while nobody has decided."""
        return next((r.decision for r in reversed(self.rulings) if r.two == two), "")

    def ruled(self, about: str, by: int) -> "Pairs":
        """Return it with a decision, `3 5 clear` or `3 5 shared`. Raises `BadOption`."""
        first, second, decision = (*about.split(), "", "", "")[:3]
        pairs = {f"{a} {b}": (a, b) for a, b in self.flagged}
        two = pairs.get(f"{first} {second}") or pairs.get(f"{second} {first}")
        if two is None:
            raise BadOption("pair", f"{first} {second}".strip(), tuple(pairs))
        if decision not in {CLEAR, SHARED}:
            raise BadOption("decision", decision, (CLEAR, SHARED))
        return replace(self, rulings=(*self.rulings, Ruling(two, decision, by)))

    @property
    def judges(self) -> frozenset[int]:
        """Players who decided about others: their own result does not count."""
        return frozenset(ruling.by for ruling in self.rulings if ruling.by)

    @property
    def tied(self) -> list[set[int]]:
        """Players who share what they earned, be it over others; a host may call a pair chance."""
        return _groups(two for two in self.flagged if self.decision(two) != CLEAR)

    def lowered(self, scores: Mapping[int, Rate]) -> Mapping[int, Rate]:
        """Return scores in which whoever is tied to others has the lowest of theirs."""
        found = dict(scores)
        for group in self.tied:
            found |= dict.fromkeys(group, min(scores[player] for player in group))
        return found

    def shared(self, standings: Iterable[Standing]) -> tuple[Standing, ...]:
        """Return standings in which whoever shares a place has the figures of the lowest."""
        known = {one.player: one for one in standings}
        for group in self.tied:
            members = [known[player] for player in group]
            lowest = min(members, key=lambda one: (one.listed, one.figures))
            for one in members:
                known[one.player] = replace(lowest, player=one.player)
        return unlisted(known.values(), self.judges)


NONE = Pairs()


def _groups(pairs: Iterable[Two]) -> list[set[int]]:
    """Players who are tied to each other, be it over others."""
    groups: list[set[int]] = []
    for two in pairs:
        touched = [group for group in groups if not group.isdisjoint(two)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(two).union(*touched))
    return groups


# --- finding them ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Span:
    """A trade of a player in whole seconds of a game: from when until when."""

    opened: int
    closed: int
    player: int
    trade: int

    @property
    def size(self) -> int:
        """In which power of two its length lies; lengths that differ by a tenth are neighbours."""
        return (self.closed - self.opened).bit_length()


Spans = Mapping[int, Sequence[_Span]]
"""By their size, each in the order in which they were opened."""


def mirrored(trades: Mapping[int, Sequence[Trade]], until: datetime) -> tuple[Two, ...]:
    """Return the pairs who traded against each other; what is open still ends at a moment."""
    first = min((t.opened for own in trades.values() for t in own), default=until)
    sides: dict[tuple[Symbol, Side], list[_Span]] = defaultdict(list)
    for player, own in trades.items():
        for trade in own:
            opened, closed = (
                (at - first) // _SECOND for at in (trade.opened, trade.closed or until)
            )
            sides[trade.symbol, trade.side].append(_Span(opened, closed, player, trade.number))
    found: dict[Two, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for (symbol, side), longs in sides.items():
        if side is Side.LONG:
            for one, other in _opposite(longs, _by_size(sides.get((symbol, Side.SHORT), ()))):
                low, high = sorted((one, other), key=lambda span: span.player)
                found[low.player, high.player][0].add(low.trade)
                found[low.player, high.player][1].add(high.trade)
    return tuple(
        two
        for two, mirrors in sorted(found.items())
        if _is_flagged(min(map(len, mirrors)), min(len(trades[player]) for player in two))
    )


def _is_flagged(mirrors: int, fewer: int) -> bool:
    return mirrors >= FEWEST and 2 * mirrors >= fewer


def _by_size(spans: Iterable[_Span]) -> Spans:
    found: dict[int, list[_Span]] = defaultdict(list)
    for span in sorted(spans, key=lambda span: span.opened):
        found[span.size].append(span)
    return found


def _opposite(longs: Iterable[_Span], shorts: Spans) -> Iterator[tuple[_Span, _Span]]:
    """Yield every trade with those that mirror it; only what may is compared at all.

    Where more than nine tenths of the whole are common, the beginnings lie nearer to each other
    than a ninth of either, and the lengths in the same power of two or in the next.
    """
    for one in longs:
        near = (one.closed - one.opened) // 9 + 1
        for size in (one.size - 1, one.size, one.size + 1):
            some = shorts.get(size, ())
            low = bisect_left(some, one.opened - near, key=lambda span: span.opened)
            high = bisect_right(some, one.opened + near, key=lambda span: span.opened)
            for other in some[low:high]:
                if other.player != one.player and _mirrors(one, other):
                    yield one, other


def _mirrors(one: _Span, other: _Span) -> bool:
    common = min(one.closed, other.closed) - max(one.opened, other.opened)
    whole = max(one.closed, other.closed) - min(one.opened, other.opened)
    return common * 10 > whole * 9

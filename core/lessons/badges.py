"""Learning badges: what somebody has shown that they understand. They touch no rank and no points.

rescue      Margin was added to an isolated position in danger, and its owner closed that position
            later: by hand or by an order of theirs, whole, and never liquidated in part either.
            In danger is what a warning was sent of within the last day; in a duel and a crash, in
            which nobody is warned, whatever has a margin ratio of `LEVEL` or more at the marks of
            that moment. (Not in an arena or at a desk: the log of a month would have to be read.)
isolated    Through a whole crash, a round of a duel that was played to its end, or a ladder to its
            last step: not out, never liquidated, isolated walls alone chosen, and at the end at
            least one position held and all of them isolated.
contagion   A quiz question about cross contagion was answered rightly; only first answers count.
steady      Thirty days (UTC) that begin with a trade: a trade in each of their first four weeks,
            and no liquidation in any account. A fill is a trade, in games, too.

A badge is earned at the moment that completes it, and whoever has it keeps it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from core.lessons.challenges.crash import Crash
from core.lessons.challenges.duel import Duel
from core.lessons.challenges.last import Last
from core.lessons.challenges.quiz import Quiz
from core.lessons.game.kind import Ground, Play
from core.lessons.game.starting_book import scene_of
from core.lessons.game.typed import LETTERS
from core.margin.pool import MarginMode
from core.margin.risk import risk
from core.market import Listing, Marks
from core.money import ZERO, D, Rate
from core.paper.account import PaperAccount, Position
from core.paper.apply import apply
from core.paper.events import (
    MarginMoved,
    PoolLiquidated,
    PositionIncreased,
    PositionReduced,
    Warned,
)
from core.paper.records import Recorded

LEVEL = Rate(D("0.8"))
"""The margin ratio from which on a position is in danger; at 1 it is liquidated."""

STANDING = timedelta(days=1)
"""For how long a warning stands."""

TOPIC = "cross-contagion"
"""The topic of the knowledge base that questions about contagion belong to."""

DAYS, WEEKS, WEEK = 30, 4, 7
"""Of a steady stretch, and days of a week."""

MOVES = frozenset({"add", "cash"})
"""Choices in a crash that move margin."""


class Badge(StrEnum):
    """What can be earned."""

    RESCUE = "rescue"
    ISOLATED = "isolated"
    CONTAGION = "contagion"
    STEADY = "steady"


InDanger = Callable[[PaperAccount, Position, datetime], bool]
"""Whether a position of an account was in danger at a moment."""


SHORT = (Duel, Crash, Last)
"""Games whose accounts are looked through when they are over: they are short."""


# --- rescue


@dataclass(frozen=True, slots=True)
class Rescue:
    """When a rescued position was closed by its owner, or the number of one that is open still."""

    earned: datetime | None = None
    open: int | None = None


def rescue(account: PaperAccount, happened: Iterable[Recorded], in_danger: InDanger) -> Rescue:
    """Return the first rescue in what happened to a bare account, oldest first."""
    saved, fallen = set[int](), set[int]()
    for each in happened:
        event, before = each.event, account
        account = apply(account, event, each.at)
        match event:
            case MarginMoved(number=number, amount=amount) if amount > ZERO and in_danger(
                before, before.position(number), each.at
            ):
                saved.add(number)
            case PoolLiquidated():
                fallen |= {part.number for part in event.seized}
            case PositionReduced(number=number) if number in saved - fallen - _held(account):
                return Rescue(earned=each.at)
            case _:
                pass
    return Rescue(open=min(_held(account) & saved - fallen, default=None))


def _held(account: PaperAccount) -> set[int]:
    return {position.number for position in account.positions}


def by_warnings(happened: Iterable[Recorded]) -> InDanger:
    """Return what calls a position in danger that its owner was warned of within the last day."""
    warned = [(each.event.scope, each.at) for each in happened if isinstance(each.event, Warned)]

    def in_danger(_: PaperAccount, position: Position, at: datetime) -> bool:
        return any(
            scope == position.number and timedelta() <= at - since <= STANDING
            for scope, since in warned
        )

    return in_danger


def by_ratio(marks: Mapping[datetime, Marks], listing: Listing) -> InDanger:
    """Return what calls a position in danger by its margin ratio at the marks of the moment.

    Without a mark of its contract at that moment it was not.
    """

    def in_danger(account: PaperAccount, position: Position, at: datetime) -> bool:
        there = marks.get(at)
        if there is None or position.leg.symbol not in there.prices:
            return False
        return risk(account.pool(position), there, listing).margin_ratio >= LEVEL

    return in_danger


def crash_marks(
    play: Crash, player: int, happened: Iterable[Recorded], ground: Ground
) -> Mapping[datetime, Marks]:
    """Return the marks at which a player moved margin in a crash: those of their ticks' opens."""
    ticks = [tick for tick, act in play.survivors[player].acts if act in MOVES]
    moments = dict.fromkeys(each.at for each in happened if isinstance(each.event, MarginMoved))
    return {at: scene_of(tick, ground, at).marks for tick, at in zip(ticks, moments, strict=False)}


# --- survived in isolated


def lasted(play: Play, player: int) -> tuple[int, ...]:
    """Return the purses of a finished game with which a player came through to the end."""
    match play:
        case Duel():
            return tuple(r.number for r in play.rounds if not r.bout.forfeit)
        case Crash(over=True) if not play.survivors[player].out:
            return (play.purse,)
        case Last(over=True) if player not in play.out:
            return (play.purse,)
        case _:
            return ()


def stood_isolated(account: PaperAccount, happened: Sequence[Recorded]) -> bool:
    """Whether a bare account came through what happened behind isolated walls alone.

    What it was handed at its first moment was not chosen; it has to be gone at the end.
    """
    for each in happened:
        account = apply(account, each.event, each.at)
        match each.event:
            case PoolLiquidated():
                return False
            case PositionIncreased(mode=MarginMode.CROSS) if each.at != happened[0].at:
                return False
            case _:
                pass
    return bool(account.positions) and all(p.isolated for p in account.positions)


# --- explained a cross contagion


def explained(play: Play, player: int) -> datetime | None:
    """Return when a player had first explained a cross contagion in a quiz; None for never."""
    if not isinstance(play, Quiz):
        return None
    for ask, item in zip(play.rounds.asks, play.items, strict=True):
        answers = ask.answers.get(player, ())
        asked = ask.counts and item.choices and item.source == TOPIC
        if asked and answers and LETTERS.index(answers[0].value) == item.right:
            return ask.closed
    return None


# --- no liquidation for 30 days


@dataclass(frozen=True, slots=True)
class Steady:
    """When a steady stretch was over, or how far the present one has come.

    `days` of it are over, and in so many `weeks` there was a trade; both 0 where none is under way.
    """

    earned: datetime | None = None
    days: int = 0
    weeks: int = 0


def steady(trades: Iterable[datetime], falls: Iterable[datetime], now: datetime) -> Steady:
    """Return the first steady stretch among moments of trades and of liquidations."""
    today, traded, fell = _day(now), {_day(at) for at in trades}, {_day(at) for at in falls}
    under_way = Steady()
    for first in sorted(traded):
        weeks = [
            any(day in traded for day in range(week, week + WEEK))
            for week in range(first, first + WEEKS * WEEK, WEEK)
        ]
        if any(first <= day < first + DAYS for day in fell):
            continue
        if first + DAYS <= today and all(weeks):
            return Steady(earned=_midnight(first + DAYS))
        gone = (today - first) // WEEK
        if first + DAYS > today and all(weeks[:gone]) and not under_way.weeks:
            under_way = Steady(days=today - first, weeks=sum(weeks))
    return under_way


def _day(at: datetime) -> int:
    return at.astimezone(UTC).toordinal()


def _midnight(day: int) -> datetime:
    return datetime.fromordinal(day).replace(tzinfo=UTC)

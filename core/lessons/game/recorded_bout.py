"""A bout on a recorded event: everybody enters at its first open, then it passes step by step.

In a step the account comes through its candle first: funding, the adverse extreme, the close. What
was asked for meanwhile is done at that close, the first mark after it. Where nobody holds anything
any more nothing can change, and the bout is over.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.lessons.game.bout import Bout
from core.lessons.game.kind import Deed, Ground, Table
from core.lessons.game.reel import Reel
from core.lessons.game.scenes import closing, opening, through
from core.lessons.game.session import Session
from core.lessons.way import Way
from core.market import Marks
from core.paper.account import PaperAccount

STEPS = 90
"""Recorded steps of a round."""


def entered(
    bout: Bout, reel: Reel, length: timedelta, table: Table, at: datetime
) -> tuple[Bout, tuple[Deed, ...]]:
    """Return a bout of a length that begins now, with everybody in at the event's first open.

    Raises `Unplayable` where the trade cannot be entered.
    """
    marks = opening(reel, 1, table.ground, at).marks
    return bout.begun(at, length).entered(marks, table)


def stepped(bout: Bout, reel: Reel, table: Table, at: datetime) -> tuple[Bout, tuple[Deed, ...]]:
    """Return what the next step makes of a bout, and of whose account; over after the last one."""
    session, number = bout.session, (bout.passed or 0) + 1
    assert session is not None
    ways = _ways(table.accounts, reel, number, table.ground, at)
    met = {player: tuple(each.event for each in way.met) for player, way in ways.items()}
    deeds = tuple(
        Deed(player, table.accounts[player], met[player], way.account, at)
        for player, way in ways.items()
        if met[player]
    )
    after: Mapping[int, PaperAccount] = {player: way.account for player, way in ways.items()}
    marks = closing(reel, number, table.ground, at).marks
    session = _noted(session, ways, deeds, at)
    filled: tuple[Deed, ...] = ()
    if session.waiting:
        session, filled, after = session.ticked(after, table.ground, marks)
    new = replace(bout.done(session.seen(after, marks), filled), passed=number)
    if number == len(reel.ticks) or not any(account.positions for account in after.values()):
        new = new.ended(after, table.ground, marks)
    return new, (*deeds, *filled)


def _ways(
    accounts: Mapping[int, PaperAccount], reel: Reel, number: int, ground: Ground, at: datetime
) -> Mapping[int, Way]:
    """How every account comes through a step; those that hold the same come through it alike."""
    scene, known = opening(reel, number, ground, at), list[tuple[PaperAccount, Way]]()
    found = {}
    for player, account in accounts.items():
        way = next((way for same, way in known if same == account), None)
        if way is None:
            way = through(account, reel, number, scene)
            known.append((account, way))
        found[player] = way
    return found


def _noted(
    session: Session, ways: Mapping[int, Way], deeds: tuple[Deed, ...], at: datetime
) -> Session:
    """The session with the least that every wallet was worth within a step, and what befell it."""
    notes = {player: own.seen(ways[player].low) for player, own in session.notes.items()}
    for deed in deeds:
        notes[deed.player] = notes[deed.player].told(deed.events, at).traded(deed)
    return replace(session, notes=notes)


def marks_of(bout: Bout, reel: Reel, ground: Ground, now: datetime) -> Marks:
    """Return the marks at which a bout stands: where its last step closed."""
    return closing(reel, bout.passed or 0, ground, now).marks

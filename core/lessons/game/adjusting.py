"""What a host puts right on a player's account while it is traded with: logged, booked, printed.

    score     counts it: the start is fixed, and an adjustment is a correction
    fall      is none of it: the peak moves in proportion
    desk      what the day's and the trailing limit are measured from moves with it

Whoever adjusts in a game that they play in has no place in it any more.
"""

from decimal import Decimal
from typing import Protocol, runtime_checkable

from core.lessons.game.errors import BadOption, NoPlayer, NotCovered
from core.lessons.game.inputs import Ruled
from core.lessons.game.kind import Deed, Play, Post, Step, Table
from core.lessons.game.session import Adjustment, Session
from core.money import QUANTUM, ZERO, Amount, down
from core.paper.apply import applied
from core.paper.events import Adjusted

ADJUST = "adjust"
"""What such a ruling is called."""

LARGEST = Decimal(1_000_000)
"""Quote that is put right at once, at most."""


@runtime_checkable
class Adjustable(Protocol):
    """A play whose accounts may be adjusted, with everything that was."""

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """All of them, in order."""


def adjustments(play: object) -> tuple[Adjustment, ...]:
    """Return what was adjusted in a play, in order; nothing where nothing can be."""
    return play.adjustments if isinstance(play, Adjustable) else ()


def adjusters(play: object) -> frozenset[int]:
    """Return the players who adjusted accounts of a play: their own result does not count."""
    return frozenset(each.by for each in adjustments(play) if each.by)


def told(wanted: Adjustment) -> str:
    """Return an adjustment as a ruling has it, `3 -250.5`."""
    return f"{wanted.player} {wanted.amount:f}"


def read(ruling: Ruled) -> Adjustment:
    """Return the adjustment of a ruling. Raises `BadOption`."""
    player, _, amount = ruling.about.partition(" ")
    try:
        value = Decimal(amount)
        if not value or abs(value) > LARGEST or down(abs(value), QUANTUM) != abs(value):
            raise BadOption("amount", amount, ())
        return Adjustment(int(player), Amount(value), ruling.by, ruling.reason)
    except (ArithmeticError, ValueError) as fault:
        raise BadOption("amount", ruling.about, ()) from fault


def adjusted(session: Session, ruling: Ruled, table: Table) -> tuple[Session, Deed]:
    """Return a session after a host's adjustment, and what it did to the account.

    Raises `NoPlayer` for who has left, is out or was never there, `NotCovered` where the wallet
    would fall below nothing, and `BadOption`.
    """
    wanted = read(ruling)
    number, account = wanted.player, table.accounts.get(wanted.player)
    playing = {player.number for player in table.game.playing}
    if account is None or number not in playing or session.notes[number].out is not None:
        raise NoPlayer(str(number))
    if account.wallet + wanted.amount < ZERO:
        raise NotCovered(account.wallet)
    events = (Adjusted(amount=wanted.amount),)
    after = applied(account, events, ruling.at)
    return session.adjusted(wanted), Deed(number, account, events, after, ruling.at)


def printed(play: Play, session: Session, deed: Deed) -> Step:
    """Return the step of a play whose session was adjusted: it is told to all its chats."""
    post = Post("adjusted", len(session.adjustments))
    return Step(play=play, deeds=(deed,), posts=(post,), said="adjusted")

"""A liquidation of the asker's, as it was told: for whoever shows it again."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.ask import Ask
from core.editions import in_force
from core.paper.events import Event, PoolLiquidated
from core.paper.receipt import Receipt, receipt
from core.paper.records import Notice, Recorded
from core.paper.scene import Scene


@dataclass(frozen=True, slots=True)
class Past:
    """A liquidation, the account's events up to it, and the scene it happened on."""

    notice: Notice
    what: PoolLiquidated
    events: Sequence[Event]
    scene: Scene

    def receipt(self) -> Receipt:
        """Reckon what it cost and what the other mode would have done."""
        return receipt(self.notice.before, self.what, self.events, self.scene)


def liquidation(ask: Ask, typed: str | None) -> Past | None:
    """Return the asker's liquidation of a typed event number, or the newest; None if none is."""
    history = ask.services.accounts.history(ask.identity)
    number = _number(history, typed)
    notice = ask.services.accounts.told(ask.identity, number)
    if notice is None or not isinstance(notice.what, PoolLiquidated):
        return None
    listing = in_force(ask.services.prices.listings, notice.before.venue, notice.at)
    scene = Scene(listing, notice.marks, notice.at, ask.services.trading.rules)
    return Past(notice, notice.what, [e.event for e in history if e.id <= number], scene)


def _number(history: tuple[Recorded, ...], typed: str | None) -> int:
    """The event's number: as typed, or that of the newest liquidation; 0 where there is none."""
    if typed is not None:
        return int(typed) if typed.isascii() and typed.isdigit() else 0
    found = [each.id for each in history if isinstance(each.event, PoolLiquidated)]
    return found[-1] if found else 0

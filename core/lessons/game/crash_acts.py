"""What may be done with a book at a tick's open.

hold            nothing
cut25/50/100    close that part of every position
add             half of a first margin goes from the wallet into the weakest pocket
hedge           the other side of half of the largest cross position, net, behind the cross wall
cash            all free money changes sides: into the weakest pocket, or back out of all of
                them where more is free there; a pocket keeps its initial margin
"""

from collections.abc import Mapping
from decimal import Decimal

from core.lessons.game.errors import BadOption, NotNow
from core.lessons.game.sides import more_margin
from core.margin.pool import MarginMode, Side
from core.margin.risk import risk
from core.market import Symbol
from core.money import ZERO, Amount, Quantity, Rate, down
from core.paper.account import PaperAccount, Position
from core.paper.actions import CloseAll, MoveMargin, Open, decide
from core.paper.choices import removable
from core.paper.events import Event
from core.paper.scene import Intent, Scene

HOLD = "hold"
CUTS: Mapping[str, Decimal] = {
    "cut25": Decimal(25),
    "cut50": Decimal(50),
    "cut100": Decimal(100),
}
"""How much of every position is closed, in percent."""

ACTS = (HOLD, *CUTS, "add", "hedge", "cash")

_HALF = 2


def done(account: PaperAccount, act: str, scene: Scene) -> tuple[Event, ...]:
    """Return what a choice makes of an account at a scene.

    Raises `BadOption` for one there is not, `NotNow` where there is nothing to do it with, and what
    the account refuses.
    """
    if act == HOLD:
        return ()
    if act not in ACTS:
        raise BadOption("act", act, ACTS)
    if not account.positions:
        raise NotNow("flat")
    if act in CUTS:
        return decide(account, CloseAll(CUTS[act]), scene)
    if act == "hedge":
        return decide(account, Open(_hedge(account, scene)), scene)
    pocket = _weakest(account, scene)
    return (
        decide(account, more_margin(pocket), scene)
        if act == "add"
        else _switched(account, pocket, scene)
    )


def _weakest(account: PaperAccount, scene: Scene) -> Position:
    """The isolated position whose pocket has the least left. Raises `NotNow`."""
    pockets = [position for position in account.positions if position.isolated]
    if not pockets:
        raise NotNow("pocket")

    def ratio(position: Position) -> Rate:
        return risk(account.pool(position), scene.marks, scene.listing).margin_ratio

    return max(pockets, key=ratio)


def _hedge(account: PaperAccount, scene: Scene) -> Intent:
    """The other side of half of what the cross wall holds most of. Raises `NotNow`."""
    nets: dict[Symbol, Decimal] = {}
    for leg in (position.leg for position in account.positions if not position.isolated):
        nets[leg.symbol] = nets.get(leg.symbol, ZERO) + leg.side.sign * leg.quantity
    worth = {symbol: abs(net) * scene.mark(symbol) for symbol, net in nets.items()}
    symbol = max(worth, key=worth.__getitem__, default=None)
    if symbol is None:
        raise NotNow("hedge")
    instrument = scene.instrument(symbol)
    quantity = down(abs(nets[symbol]) / _HALF, instrument.step)
    if quantity < instrument.min_quantity:
        raise NotNow("hedge")
    held = next(p.leg for p in account.positions if p.leg.symbol == symbol)
    return Intent(
        symbol=symbol,
        side=Side.SHORT if nets[symbol] > ZERO else Side.LONG,
        quantity=Quantity(quantity),
        mode=MarginMode.CROSS,
        leverage=held.leverage,
    )


def _switched(account: PaperAccount, pocket: Position, scene: Scene) -> tuple[Event, ...]:
    """Free money on its way to the other side. Raises `NotNow` where none is free."""
    free = account.available(scene.marks, scene.listing)
    inside = {p.number: removable(p, scene) for p in account.positions if p.isolated}
    if free >= sum(inside.values(), ZERO):
        if not free:
            raise NotNow("cash")
        return decide(account, MoveMargin(pocket.number, free), scene)
    events: tuple[Event, ...] = ()
    for number, amount in inside.items():
        if amount:
            events += decide(account, MoveMargin(number, Amount(-amount)), scene)
    return events

"""What another margin mode would make of positions that are already there.

Venues do not switch under an open position; this is only looked at, never booked. Going to isolated
posts each position's initial margin from the wallet, going to cross gives the pockets back.
"""

from core.margin.fees import posted_margin
from core.margin.pool import MarginMode
from core.market import Symbol
from core.money import ZERO, Amount, require
from core.paper.account import PaperAccount, Position
from core.paper.errors import Insufficient
from core.paper.scene import Scene


def switched(
    account: PaperAccount, symbol: Symbol | None, mode: MarginMode, scene: Scene
) -> PaperAccount:
    """Return the account as if its positions (of a symbol, or all) stood in another mode.

    Resting orders stay as they are. Raises `Insufficient` where the wallet cannot fill the pockets,
    `UnknownSymbol`.
    """
    for position in account.positions:
        if symbol in {None, position.leg.symbol} and position.mode is not mode:
            account = _moved(account, position, mode, scene)
    return account


def _moved(
    account: PaperAccount, position: Position, mode: MarginMode, scene: Scene
) -> PaperAccount:
    """The account with one position behind the other wall."""
    margin = Amount(ZERO)
    if mode is MarginMode.ISOLATED:
        leg = position.leg
        margin = Amount(require(posted_margin(leg, scene.instrument(leg.symbol))))
        if margin > account.wallet:
            raise Insufficient(margin, account.wallet)
    return account.moved_behind(position, mode, margin)

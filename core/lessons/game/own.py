"""Questions about a group's own liquidations: what one took, and at which price it came.

own_loss   what did the liquidation take? in cross everything, not the margin alone
own_limit  at which price did it come? asked of a position behind a wall of its own
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.lessons.game.figures import Dice, significant
from core.lessons.game.items import Item, Sum, of_sum
from core.lessons.game.kind import Ground
from core.lessons.game.limits import price_slips, shown_price
from core.lessons.game.mistake import Mistake
from core.lessons.game.sums import shown
from core.margin.pool import Leg, MarginMode
from core.money import D

ABOUT: Mapping[str, tuple[str, str]] = {
    "own_loss": ("modes", "medium"),
    "own_limit": ("liquidation", "hard"),
}
"""Category and level of each kind."""

_NEAR = D("0.002")
"""A wrong price so near to the right one, in parts of it, would be no fair choice."""

_DIGITS = 5


def of_mistake(kind: str, mistake: Mistake, ground: Ground, dice: Dice) -> Item | None:
    """Return an item of one kind about a liquidation, None where it tells too little."""
    asked = _ASKED[kind](mistake, ground)
    return None if asked is None else of_sum(asked, *ABOUT[kind], dice)


def own_loss(mistake: Mistake, ground: Ground) -> Sum:
    """Ask what a liquidation took."""
    del ground
    leg = _leg(mistake)
    slips = (
        ("margin", leg.initial_margin),
        ("distance", abs(mistake.limit - mistake.entry) * mistake.quantity),
        ("half", mistake.lost / 2),
        ("position", leg.entry_cost),
        ("everything", mistake.collateral),
    )
    return Sum(
        kind="own_loss",
        unit="quote",
        names=_names(mistake),
        numbers=_numbers(mistake),
        right=shown(mistake.lost),
        slips=tuple((slip, shown(answer)) for slip, answer in slips),
    )


def own_limit(mistake: Mistake, ground: Ground) -> Sum | None:
    """Ask at which price an isolated position ended."""
    instrument = ground.listing.instruments.get(mistake.symbol)
    if instrument is None or mistake.mode is not MarginMode.ISOLATED:
        return None
    leg = _leg(mistake)
    rate = instrument.brackets.at(leg.quantity, leg.entry_cost).maintenance_rate
    near = _NEAR * mistake.limit
    slips = {
        slip: price
        for slip, price in price_slips(leg, rate, ground).items()
        if abs(price - mistake.limit) > near
    }
    return Sum(
        kind="own_limit",
        unit="price",
        names=_names(mistake),
        numbers=_numbers(mistake),
        right=shown_price(mistake.limit, instrument),
        slips=tuple((slip, shown_price(price, instrument)) for slip, price in slips.items()),
    )


_ASKED: Mapping[str, Callable[[Mistake, Ground], Sum | None]] = {
    "own_loss": own_loss,
    "own_limit": own_limit,
}


def _leg(mistake: Mistake) -> Leg:
    return Leg.at(mistake.symbol, mistake.side, mistake.quantity, mistake.entry, mistake.leverage)


def _names(mistake: Mistake) -> dict[str, str]:
    return {
        "symbol": mistake.symbol,
        "side": mistake.side.value,
        "mode": mistake.mode.value,
        "about": mistake.id,
    }


def _numbers(mistake: Mistake) -> dict[str, Decimal]:
    """The figures of the position, as short as they are shown."""
    return {
        "entry": significant(mistake.entry, _DIGITS),
        "leverage": mistake.leverage,
        "quantity": mistake.quantity,
        "collateral": shown(mistake.collateral),
    }

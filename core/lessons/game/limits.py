"""Questions about where a position ends: its limit, its maintenance, its tier, and both walls.

As in `core.lessons.game.sums`, the core says what is right and usual mistakes what is wrong. A
price is shown to five digits, never finer than its tick.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from core.lessons.game.cards import NO_TIME, contracts
from core.lessons.game.figures import SHOWN, Dice, plain, significant
from core.lessons.game.items import Sum
from core.lessons.game.kind import Ground
from core.lessons.game.sums import Made, drawn_leg, position, shown
from core.margin.fees import posted_margin
from core.margin.liquidation import liquidation_band
from core.margin.pool import Leg, Pool, Side, cross_pool, isolated_pool
from core.margin.risk import maintenance_margin
from core.market import Instrument, MarkPrice, Marks, Measure
from core.money import ONE, Amount, D, Price, Rate, down

_DIGITS = 5
"""Of a price among the choices."""

_WALLET_OF = tuple(map(D, (2, 3, 4, 5)))
"""How many margins are in a wallet."""

_CLEAR = Rate(D("0.01"))
"""A price is so far from every limit, in parts of the entry."""

_PARTS = tuple(map(D, ("0.3", "0.5", "0.7")))
_LEVERAGES = tuple(map(D, (2, 5, 10, 20)))

SURVIVORS = ("both", "cross", "isolated", "none")
"""Which walls stand after a move, as codes."""


def liq_price(dice: Dice, ground: Ground) -> Sum | None:
    """Ask for the liquidation price of an isolated trade."""
    leg = drawn_leg(dice, ground)
    if leg is None:
        return None
    right = isolated_limit(leg, ground)
    if right is None:
        return None
    instrument = ground.listing.instrument(leg.symbol)
    entry = dice.entry(instrument)
    bracket = instrument.brackets.at(leg.quantity, leg.entry_cost)
    if instrument.brackets.at(leg.quantity, leg.quantity * right) != bracket:
        return None  # another rate would count than the one that is told
    wrong = price_slips(leg, bracket.maintenance_rate, ground)
    return Sum(
        kind="liq_price",
        unit="price",
        names={"symbol": leg.symbol, "side": leg.side.value},
        numbers={
            "entry": entry,
            "leverage": leg.leverage,
            "quantity": leg.quantity,
            "rate": bracket.maintenance_rate,
            "amount": bracket.maintenance_amount,
        },
        right=shown_price(right, instrument),
        slips=tuple((slip, shown_price(price, instrument)) for slip, price in wrong.items()),
    )


def isolated_limit(leg: Leg, ground: Ground) -> Price | None:
    """Return where a trade is liquidated with its initial margin alone (quote per base)."""
    instrument = ground.listing.instrument(leg.symbol)
    return _limit(isolated_pool(leg, posted_margin(leg, instrument)), leg, ground)


def price_slips(leg: Leg, rate: Decimal, ground: Ground) -> Mapping[str, Decimal]:
    """Return the prices (quote per base) that mistakes lead to, by the mistake's name."""
    entry, leverage, sign = leg.entry_price, leg.leverage, leg.side.sign
    room = ONE / leverage
    mirrored = Leg.at(leg.symbol, leg.side.other, leg.quantity, entry, leverage)
    other = isolated_limit(mirrored, ground)
    return {
        "no_maintenance": entry * (ONE - sign * room),
        "wrong_side": entry * (ONE + sign * room) if other is None else other,
        "squared": entry * (ONE - sign * room * room),
        "half_room": entry * (ONE - sign * room / 2),
        "maintenance_away": entry * (ONE - sign * (room + rate)),
    }


def shown_price(price: Decimal, instrument: Instrument) -> Decimal:
    """Return a price as a choice shows it: five digits, on the tick, a half to the even one."""
    unit = max(instrument.tick, ONE.scaleb(price.adjusted() - _DIGITS + 1))
    steps = (price / unit).to_integral_value(rounding=ROUND_HALF_EVEN)
    return plain(steps * unit)


def maintenance(dice: Dice, ground: Ground) -> Sum | None:
    """Ask for the maintenance margin of a position, its tier given."""
    instrument = ground.listing.instrument(dice.one(contracts(ground), "symbol"))
    if instrument.trigger_fee or instrument.bankruptcy_fee:
        return None  # what such a venue asks for is more than its rate
    worth = _in_tier(dice, instrument, dice.one((0, 0, 1, 2), "tier"))
    if worth is None:
        return None
    leverage = dice.one(_LEVERAGES, "leverage")
    leg, bracket = position(worth, leverage), instrument.brackets.at(worth, worth)
    rate, amount = bracket.maintenance_rate, bracket.maintenance_amount
    right, initial = maintenance_margin(leg, Price(ONE), instrument), leg.initial_margin
    slips = {
        "no_amount": worth * rate,
        "on_margin": initial * rate,
        "initial": initial,
        "half_initial": initial / 2,
        "amount_added": worth * rate + amount,
    }
    return Sum(
        kind="maintenance",
        unit="quote",
        names={"symbol": instrument.symbol},
        numbers={"worth": worth, "leverage": leverage, "rate": rate, "amount": amount},
        right=shown(right),
        slips=tuple((slip, shown(answer)) for slip, answer in slips.items()),
    )


def max_leverage(dice: Dice, ground: Ground) -> Sum | None:
    """Ask which leverage the tier of a large position allows."""
    instrument = ground.listing.instrument(dice.one(contracts(ground), "symbol"))
    tiers = instrument.brackets.brackets
    number = dice.one((1, 2, 3, 4), "tier")
    worth = _in_tier(dice, instrument, number)
    if worth is None or number + 1 >= len(tiers):
        return None
    return Sum(
        kind="max_leverage",
        unit="leverage",
        names={"symbol": instrument.symbol},
        numbers={"worth": worth},
        right=plain(tiers[number].max_leverage),
        slips=tuple(
            (slip, plain(tiers[other].max_leverage))
            for slip, other in (
                ("tier_below", number - 1),
                ("tier_above", number + 1),
                ("first_tier", 0),
                ("far_above", min(number + 2, len(tiers) - 1)),
            )
        ),
    )


def _in_tier(dice: Dice, instrument: Instrument, number: int) -> Decimal | None:
    """A round notional (quote) within a tier; None for one that is counted otherwise or endless."""
    table = instrument.brackets
    if table.measure is not Measure.NOTIONAL or number >= len(table.brackets):
        return None
    tier = table.brackets[number]
    if tier.cap is None:
        return None
    worth = plain(significant(tier.floor + (tier.cap - tier.floor) * dice.one(_PARTS, "part"), 2))
    return worth if tier.floor < worth < tier.cap else None


def survives(dice: Dice, ground: Ground) -> Sum | None:
    """Ask which wall stands when the price gets somewhere: only that trade is in the wallet."""
    leg = drawn_leg(dice, ground)
    if leg is None or ground.listing.instrument(leg.symbol).isolated_only:
        return None
    instrument = ground.listing.instrument(leg.symbol)
    wallet = Amount(significant(leg.initial_margin * dice.one(_WALLET_OF, "wallet"), 2))
    limits = (isolated_limit(leg, ground), _limit(cross_pool(wallet, (leg,)), leg, ground))
    price = _somewhere(dice, leg, limits, instrument)
    if price is None:
        return None
    stands = [limit is None or leg.side.sign * (price - limit) > 0 for limit in limits]
    right = {(True, True): "both", (False, True): "cross", (True, False): "isolated"}.get(
        (stands[0], stands[1]), "none"
    )
    return Sum(
        kind="survives",
        names={"symbol": leg.symbol, "side": leg.side.value},
        numbers={
            "entry": dice.entry(instrument),
            "leverage": leg.leverage,
            "quantity": leg.quantity,
            "margin": shown(leg.initial_margin),
            "wallet": plain(wallet),
            "rate": instrument.brackets.at(leg.quantity, leg.entry_cost).maintenance_rate,
            "price": price,
        },
        right=right,
        slips=tuple(("", code) for code in SURVIVORS),
    )


def _somewhere(
    dice: Dice, leg: Leg, limits: tuple[Price | None, Price | None], instrument: Instrument
) -> Price | None:
    """A round price before the first limit, between both or beyond; None if too near to one."""
    near, far = limits
    if near is None:
        return None
    last = far if far is not None else Price(leg.entry_price / 10)
    room, rest = near - leg.entry_price, last - near
    wanted = dice.one((leg.entry_price + room / 2, near + rest / 2, last + rest / 5), "where")
    price = Price(plain(down(significant(wanted, SHOWN), instrument.tick)))
    clear = _CLEAR * leg.entry_price
    known = [limit for limit in limits if limit is not None]
    fair = price > 0 and all(abs(price - limit) > clear for limit in known)
    return price if fair else None


def _limit(pool: Pool, leg: Leg, ground: Ground) -> Price | None:
    marks = Marks("quiz", NO_TIME, {leg.symbol: MarkPrice(leg.entry_price, NO_TIME)})
    band = liquidation_band(pool, leg.symbol, marks, ground.listing)
    return band.lower if leg.side is Side.LONG else band.upper


LIMITS: dict[str, Made] = {
    "liq_price": Made("liquidation", "medium", liq_price),
    "survives": Made("modes", "hard", survives),
    "maintenance": Made("margin", "hard", maintenance),
    "max_leverage": Made("leverage", "hard", max_leverage),
}
"""The kinds of this file."""

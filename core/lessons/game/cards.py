"""Cards of the guessing game: a trade, what stands behind it, and where it is liquidated.

A card is drawn until it is fair: the venue would take the trade, one tier holds from the entry to
the liquidation price, so that the rate on the card is the one that counts, and there is no doubt
whether there is such a price at all. The truth is the core's own, every other mark held still; the
wallet on the card is what is left when all fees are paid.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from core.errors import Refusal
from core.lessons.game.chance import shuffled
from core.lessons.game.figures import SHOWN, Dice, plain, round_quantity, significant
from core.lessons.game.kind import Ground
from core.margin.fees import posted_margin
from core.margin.liquidation import liquidation_band
from core.margin.pool import Leg, MarginMode, Pool, Side, cross_pool, isolated_pool
from core.margin.risk import risk
from core.margin.sizing import Size, SizeKind, Trade, place
from core.market import Bracket, Instrument, Listing, MarkPrice, Marks, Symbol
from core.money import ONE, ZERO, Amount, D, Price, Quantity, Rate, down

OTHERS_FROM = 4
"""From this round on another position stands in the cross account."""

TRIES = 500
"""Cards that are drawn before it is said that this venue has none."""

CLEARLY = Rate(D("1.1"))
"""A long is safe for ever where its pool is worth so many times its cost, or more."""

NEAR, DEEP, FAR = Rate(D("0.005")), Rate(D("0.05")), Rate(D("2.5"))
"""A truth lies further from the entry than the first part of it, and between the two others."""

NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""A card belongs to no moment."""

_WALLETS = tuple(map(D, (500, 1_000, 2_000, 5_000, 10_000)))
_MARGINS = tuple(map(D, (100, 200, 250, 500, 1_000, 2_000)))
_LEVERAGES = tuple(map(D, (2, 3, 5, 10, 20, 25, 50, 75, 100)))
_LOW_LEVERAGES = tuple(map(D, (1, 2, 3, 5)))
_PARTS = tuple(map(D, ("0.1", "0.2", "0.3", "0.5", "0.8")))
_OTHER_LEVERAGES = tuple(map(D, (2, 3, 5, 10)))
_MOVES = tuple(map(D, ("-0.12", "-0.08", "-0.05", "-0.02", "0.03", "0.06", "0.1")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The other position in the cross account: its mark (quote per base) is held still."""

    symbol: Symbol
    side: Side
    quantity: Quantity
    entry: Price
    leverage: Rate
    mark: Price

    @property
    def leg(self) -> Leg:
        """It as a leg."""
        return Leg.at(self.symbol, self.side, self.quantity, self.entry, self.leverage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A trade at its entry, which is also the mark now.

    `wallet` (quote) stands behind it in cross, `margin` is what isolated puts behind it. `rate` and
    `amount` are the maintenance rate and amount (quote) of its tier. `truth` is the exact price of
    liquidation (quote per base), None where there is none.
    """

    symbol: Symbol
    side: Side
    entry: Price
    leverage: Rate
    mode: MarginMode
    quantity: Quantity
    margin: Amount
    wallet: Amount
    rate: Rate
    amount: Amount
    beside: Beside | None = None
    truth: Price | None = None

    @property
    def leg(self) -> Leg:
        """The trade as a leg."""
        return Leg.at(self.symbol, self.side, self.quantity, self.entry, self.leverage)

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The trade and the other position."""
        return (self.leg,) if self.beside is None else (self.leg, self.beside.leg)

    @property
    def pool(self) -> Pool:
        """What stands together with it behind its wall."""
        if self.mode is MarginMode.ISOLATED:
            return isolated_pool(self.leg, self.margin)
        return cross_pool(self.wallet, self.legs)

    @property
    def marks(self) -> Marks:
        """The marks on the card."""
        prices = {self.symbol: MarkPrice(self.entry, NO_TIME)}
        if self.beside is not None:
            prices[self.beside.symbol] = MarkPrice(self.beside.mark, NO_TIME)
        return Marks("card", NO_TIME, prices)


def truth_of(card: Card, listing: Listing, spare: Rate = Rate(ONE)) -> Price | None:
    """Return where a card's trade is liquidated (quote per base, unrounded), None for nowhere.

    With another `spare` its pool is smaller by so many times the cost as that is above 1.
    """
    pool = card.pool.with_collateral((ONE - spare) * card.leg.entry_cost)
    band = liquidation_band(pool, card.symbol, card.marks, listing)
    return band.lower if card.side is Side.LONG else band.upper


def drawn_card(seed: str, ground: Ground, number: int, round_: int) -> Card:
    """Return the card of item `number`, which is asked in a round.

    Raises `ValueError` for a venue on which no fair card can be drawn.
    """
    symbols = shuffled(seed, contracts(ground), "symbols")
    never = Dice(seed, ("card", number)).chance(1, 6, "never")
    for attempt in range(TRIES if symbols else 0):
        dice = Dice(seed, ("card", number, attempt))
        instrument = ground.listing.instrument(symbols[(number - 1 + attempt) % len(symbols)])
        # Half of the tries may go to what the venue cannot have, a cross it does not offer.
        wanted = never and attempt < TRIES / 2
        beside = _beside(dice, ground, instrument.symbol) if round_ >= OTHERS_FROM else None
        card = _drawn(dice, ground, instrument, beside, never=wanted)
        if card is not None and wanted is (card.truth is None):
            return card
    raise ValueError(f"no fair card on {ground.listing.venue.name}")


def _drawn(
    dice: Dice, ground: Ground, instrument: Instrument, beside: Beside | None, *, never: bool
) -> Card | None:
    """A card, or None where what was drawn is no fair one."""
    wallet = Amount(dice.one(_WALLETS, "wallet"))
    trade = _trade(dice, instrument, wallet, never=never)
    try:
        leg = place(trade, dice.entry(instrument), wallet, ground.listing)
    except Refusal:
        return None
    bracket = instrument.brackets.at(leg.quantity, leg.entry_cost)
    card = Card(
        symbol=leg.symbol,
        side=leg.side,
        entry=dice.entry(instrument),
        leverage=leg.leverage,
        mode=_mode(dice, instrument, never=never, others=beside is not None),
        quantity=leg.quantity,
        margin=posted_margin(leg, instrument),
        wallet=wallet,
        rate=bracket.maintenance_rate,
        amount=bracket.maintenance_amount,
        beside=beside,
    )
    return _fair(card, ground.listing, bracket)


def contracts(ground: Ground) -> tuple[Symbol, ...]:
    """Return the contracts of the game's market that the venue lists, else all that it lists."""
    listed = ground.listing.instruments
    return tuple(symbol for symbol in ground.symbols if symbol in listed) or tuple(listed)


def _trade(dice: Dice, instrument: Instrument, wallet: Amount, *, never: bool) -> Trade:
    """A trade of a round size; one that is never liquidated is a long worth less than its pool."""
    leverages = _LOW_LEVERAGES if never else _LEVERAGES
    leverage = Rate(min(dice.one(leverages, "leverage"), instrument.max_leverage))
    margin = dice.one(_MARGINS, "margin")
    cost = dice.one(_PARTS, "part") * wallet if never else margin * leverage
    quantity = round_quantity(cost, dice.entry(instrument), instrument.step)
    side = Side.LONG if never else dice.one(tuple(Side), "side")
    return Trade(instrument.symbol, side, leverage, Size(SizeKind.QUANTITY, quantity))


def _mode(dice: Dice, instrument: Instrument, *, never: bool, others: bool) -> MarginMode:
    """Either wall; with another position more often cross, where that one counts."""
    cross = never or dice.chance(3 if others else 2, 4, "mode")
    return MarginMode.CROSS if cross and not instrument.isolated_only else MarginMode.ISOLATED


def _beside(dice: Dice, ground: Ground, symbol: Symbol) -> Beside | None:
    """Another contract's position, which has moved since its entry; None where there is none."""
    others = [s for s in contracts(ground) if s != symbol]
    if not others:
        return None
    instrument = ground.listing.instrument(dice.one(others, "other symbol"))
    entry = dice.entry(instrument, "other entry")
    leverage = Rate(min(dice.one(_OTHER_LEVERAGES, "other leverage"), instrument.max_leverage))
    cost = dice.one(_MARGINS, "other margin") * leverage
    mark = significant(entry * (ONE + dice.one(_MOVES, "move")), SHOWN)
    return Beside(
        symbol=instrument.symbol,
        side=dice.one(tuple(Side), "other side"),
        quantity=Quantity(round_quantity(cost, entry, instrument.step)),
        entry=entry,
        leverage=leverage,
        mark=Price(plain(down(mark, instrument.tick))),
    )


def _fair(card: Card, listing: Listing, bracket: Bracket) -> Card | None:
    """The card with its truth, or None where something about it could be doubted."""
    everything = cross_pool(card.wallet, card.legs)
    beside = ZERO if card.beside is None else card.beside.leg.initial_margin
    fits = card.margin + beside <= card.wallet and risk(everything, card.marks, listing).available
    if not fits or not all(leg.quantity for leg in card.legs):
        return None
    truth = truth_of(card, listing)
    if truth is None:
        return card if truth_of(card, listing, CLEARLY) is None else None
    part = truth / card.entry
    brackets = listing.instrument(card.symbol).brackets
    same = brackets.at(card.quantity, card.quantity * truth) == bracket
    if not same or not DEEP <= part <= FAR or abs(part - ONE) < NEAR:
        return None
    return replace(card, truth=truth)

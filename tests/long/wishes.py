"""What people ask for: any action there is, drawn for an account as it stands.

Most of it can be done, some of it is refused: that is what people do too. `wish` is a function of
(random numbers, account, scene) only.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random

from core.margin.pool import MarginMode, PositionMode, Side
from core.market import Instrument, Symbol
from core.money import ONE, Amount, Price, Quantity, Rate, down
from core.paper import actions as a
from core.paper.account import NO_STOPS, PaperAccount, Stops
from core.paper.scene import Intent, Scene
from core.venue import VENUES, ModeScope
from tests.long.market import COINS

SYMBOLS = tuple(COINS)
LEVERAGES = (2, 5, 10, 20, 20, 40, 50, 75, 100)
SIDES, MODES = tuple(Side), tuple(MarginMode)

Wish = Callable[[Random, PaperAccount, Scene], a.Action | None]


def wish(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """Draw what its owner wants now; None where it makes no sense for this account."""
    kind = draw.choices(tuple(KINDS), weights=tuple(KINDS.values()))[0]
    return kind(draw, account, scene)


def per_mille(draw: Random, low: int, high: int) -> Decimal:
    """Draw a factor between two bounds, both in thousandths."""
    return Decimal(draw.randint(low, high)).scaleb(-3)


def bought(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """A market order, some with stops."""
    symbol, side = draw.choice(SYMBOLS), draw.choice(SIDES)
    mark, contract = scene.mark(symbol), scene.instrument(symbol)
    stops = NO_STOPS
    if draw.random() < 0.3:
        stops = stops_round(draw, mark, side, contract)
    return ordered(draw, account, scene, symbol, side, None, stops=stops)


def rested(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """A limit order a little away from the mark."""
    symbol, side = draw.choice(SYMBOLS), draw.choice(SIDES)
    mark, contract = scene.mark(symbol), scene.instrument(symbol)
    away = ONE - side.sign * per_mille(draw, 1, 40)
    return ordered(draw, account, scene, symbol, side, on_tick(mark * away, contract))


def lessened(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """An order that only reduces, at the market or at rest."""
    if not account.positions:
        return None
    leg = draw.choice(account.positions).leg
    mark, contract = scene.mark(leg.symbol), scene.instrument(leg.symbol)
    away = ONE + leg.side.sign * per_mille(draw, 1, 40)
    price = on_tick(mark * away, contract) if draw.random() < 0.7 else None
    quantity = max(down(leg.quantity * per_mille(draw, 100, 1200), contract.step), contract.step)
    return a.Open(
        Intent(
            symbol=leg.symbol,
            side=leg.side.other,
            quantity=Quantity(quantity),
            mode=MarginMode.CROSS,
            leverage=leg.leverage,
            price=price,
            reduce_only=True,
        )
    )


def ordered(
    draw: Random,
    account: PaperAccount,
    scene: Scene,
    symbol: Symbol,
    side: Side,
    price: Price | None,
    *,
    stops: Stops = NO_STOPS,
) -> a.Action | None:
    """An order of a part of what is free; nothing where that is less than the venue takes."""
    held, contract = account.holding(symbol), scene.instrument(symbol)
    drawn = Rate(Decimal(draw.choice(LEVERAGES)))
    leverage = held.leg.leverage if held else account.leverages.get(symbol, drawn)
    leverage = Rate(min(leverage, contract.max_leverage))
    mode = draw.choice(MODES)
    if scene.listing.venue.mode_scope is ModeScope.ACCOUNT:
        mode = account.account_mode
    elif held is not None and draw.random() < 0.8:
        mode = held.mode
    at = price or scene.mark(symbol)
    margin = account.available(scene.marks, scene.listing) * per_mille(draw, 20, 700)
    quantity = down(margin * leverage / at, contract.step)
    if quantity < contract.min_quantity or quantity * at < contract.min_notional:
        return None
    return a.Open(
        Intent(
            symbol=symbol,
            side=side,
            quantity=Quantity(quantity),
            mode=mode,
            leverage=leverage,
            price=price,
            stops=stops,
        )
    )


def closed(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """A part or all of a position, closed at the market."""
    if not account.positions:
        return None
    position = draw.choice(account.positions)
    leg, step = position.leg, scene.instrument(position.leg.symbol).step
    share = ONE if draw.random() < 0.6 else per_mille(draw, 50, 990)
    part = leg.quantity if share == ONE else max(down(leg.quantity * share, step), step)
    return a.Close(position.number, Quantity(part))


def all_closed(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """Everything closed at once."""
    return a.CloseAll() if account.positions else None


def cancelled(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """Some orders, cancelled."""
    numbers = [order.number for order in account.orders]
    return a.Cancel(tuple(draw.sample(numbers, draw.randint(1, len(numbers))))) if numbers else None


def margin_moved(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """Margin into a pocket, or out of it."""
    pockets = [position for position in account.positions if position.isolated]
    if not pockets:
        return None
    position = draw.choice(pockets)
    purse = account.wallet if draw.random() < 0.6 else -position.margin
    amount = down(purse * per_mille(draw, 10, 500), Decimal("0.01"))
    return a.MoveMargin(position.number, Amount(amount)) if amount else None


def levered(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """Another leverage."""
    return a.ChooseLeverage(draw.choice(SYMBOLS), Rate(Decimal(draw.choice(LEVERAGES))))


def moded(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """Another margin mode."""
    return a.ChooseMode(draw.choice(SYMBOLS), draw.choice(MODES))


def hedged(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """One-way or hedge."""
    return a.ChoosePositionMode(draw.choice(tuple(PositionMode)))


def moved_venue(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """Another venue's rules."""
    return a.ChooseVenue(draw.choice(tuple(VENUES)))


def stopped(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """Other closing marks for a position, or none."""
    if not account.positions:
        return None
    position = draw.choice(account.positions)
    leg = position.leg
    mark, contract = scene.mark(leg.symbol), scene.instrument(leg.symbol)
    stops = NO_STOPS if draw.random() < 0.2 else stops_round(draw, mark, leg.side, contract)
    return a.SetStops(position.number, stops)


def begun_anew(draw: Random, account: PaperAccount, scene: Scene) -> a.Action | None:
    """A reset: asked for now and then, and by whoever has nothing left."""
    return a.Reset() if account.wallet_balance < 100 or draw.random() < 0.1 else None


def stops_round(draw: Random, mark: Price, side: Side, contract: Instrument) -> Stops:
    """Closing marks on either side of the mark, or on one."""
    loss = on_tick(mark * (ONE - side.sign * per_mille(draw, 2, 60)), contract)
    profit = on_tick(mark * (ONE + side.sign * per_mille(draw, 2, 60)), contract)
    kept = draw.choice(((loss, profit), (loss, None), (None, profit)))
    return Stops(loss=kept[0], profit=kept[1])


def on_tick(raw: Decimal, contract: Instrument) -> Price:
    """A price the venue takes."""
    tick = contract.tick_at(raw)
    return Price(max(down(raw, tick), tick))


KINDS: Mapping[Wish, int] = {
    bought: 32,
    rested: 14,
    lessened: 5,
    closed: 10,
    all_closed: 2,
    cancelled: 5,
    margin_moved: 7,
    levered: 6,
    moded: 6,
    hedged: 3,
    moved_venue: 4,
    stopped: 7,
    begun_anew: 4,
}
"""How often which is wanted."""

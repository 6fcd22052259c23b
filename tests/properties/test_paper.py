"""What holds for every paper account, whatever a person does and however the marks jump.

Histories are drawn: orders, closings, choices, funding and ticks with gaps, on every venue's own
contracts. The walls are judged once more from outside, by the exact risk of each pool.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import get_args

from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from core.errors import Refusal
from core.margin.liquidation import liquidation_band
from core.margin.pool import MarginMode, PositionMode, Side
from core.margin.risk import risk
from core.market import Listing, Symbol
from core.money import ZERO, Amount, Quantity, Rate, down
from core.paper import actions as a
from core.paper import events as e
from core.paper.account import PaperAccount, Stops
from core.paper.apply import apply, replay
from core.paper.events import Event
from core.paper.funding import funding_settled
from core.paper.ledger import entry_for, pocket, quanta
from core.paper.rules import PaperRules
from core.paper.scene import Intent, Scene
from core.paper.sweeping import swept
from core.venue import VENUES
from tests.builders import BTC, ETH, NOON, SOL, amount, marks, price
from tests.core.paper.builders import scene, venue
from tests.properties.strategies import decimals, sides

START = marks(btc=60_000, eth=2_000, sol=150)
symbols = st.sampled_from([BTC, ETH, SOL])
modes = st.sampled_from(list(MarginMode))
leverages = st.sampled_from([1, 2, 5, 10, 20, 20, 40, 50, 100]).map(lambda n: Rate(Decimal(n)))
calm = decimals("0.96", "1.04", 4)
wild = decimals("0.30", "2.50", 2)


@dataclass(frozen=True)
class Tick:
    """Marks move by factors, some of them far in one step."""

    moves: dict[Symbol, Decimal]


@dataclass(frozen=True)
class Brink:
    """The mark of some position comes near its liquidation price, on this side or beyond."""

    place: int
    beyond: Decimal


@dataclass(frozen=True)
class Funding:
    """Funding is due on every symbol."""

    rate: Rate


@dataclass(frozen=True)
class Wish:
    """An order of a share of the wallet (in margin), its price and stops relative to the mark."""

    symbol: Symbol
    side: Side
    mode: MarginMode
    leverage: Rate
    share: Decimal
    price: Decimal | None
    loss: Decimal | None
    profit: Decimal | None
    reduce_only: bool


@dataclass(frozen=True)
class Pick:
    """Something done to whichever position or order comes up."""

    kind: str
    place: int
    share: Decimal
    leverage: Rate
    mode: MarginMode
    symbol: Symbol


Step = Tick | Brink | Funding | Wish | Pick
kinds = st.sampled_from(
    [
        "close",
        "close",
        "all",
        "cancel",
        "margin",
        "leverage",
        "mode",
        "hedge",
        "stops",
        "venue",
        "reset",
    ]
)
ticks = st.builds(
    Tick, st.dictionaries(symbols, st.one_of(calm, calm, wild), min_size=1, max_size=3)
)
brinks = st.builds(Brink, st.integers(0, 5), decimals("0.990", "1.010", 4))
fundings = st.builds(Funding, decimals("-0.03", "0.03", 4).map(Rate))
near = decimals("0.90", "1.10", 3)
wishes = st.builds(
    Wish,
    symbols,
    sides,
    modes,
    leverages,
    decimals("0.05", "0.95", 2),
    st.one_of(st.none(), near),
    st.one_of(st.none(), near),
    st.one_of(st.none(), near),
    st.sampled_from([False, False, False, True]),
)
picks = st.builds(
    Pick, kinds, st.integers(0, 5), decimals("-0.99", "1", 2), leverages, modes, symbols
)
steps = st.lists(st.one_of(wishes, wishes, picks, ticks, brinks, fundings), min_size=8, max_size=30)


@dataclass(frozen=True)
class Drawn:
    """A venue, a wallet, a clearance fee (None is the venue's own), and what happens."""

    venue: str
    wallet: Amount
    fee: Rate | None
    steps: tuple[Step, ...]


drawn = st.builds(
    Drawn,
    st.sampled_from(list(VENUES)),
    st.sampled_from([1_000, 10_000, 1_000_000, 30_000_000]).map(amount),
    st.sampled_from([None, Rate(Decimal("0.0002"))]),
    steps.map(tuple),
)

whales = st.builds(
    Drawn,
    st.sampled_from(["binance", "hyperliquid"]),
    st.just(amount(30_000_000)),
    st.just(Rate(Decimal("0.0002"))),
    steps.map(tuple),
)
"""Positions in deep tiers and a small clearance fee: these can be taken apart in steps."""


@dataclass
class Play:
    """A history as it goes on: the account, the marks, what happened, and the books."""

    account: PaperAccount
    scene: Scene
    fee: Rate | None = None
    history: list[Event] = field(default_factory=list)
    books: Counter[str] = field(default_factory=Counter)

    def happen(self, events: tuple[Event, ...]) -> Iterator[tuple[PaperAccount, Event]]:
        """Apply and book events; yield each with the account before it."""
        for event in events:
            before, self.account = self.account, apply(self.account, event, NOON)
            self.history.append(event)
            entry = entry_for(event)
            for posting in entry.postings if entry else ():
                self.books[posting.ledger] += posting.quanta
            yield before, event


def rules(name: str, fee: Rate | None) -> Listing:
    """A venue's contracts, with another clearance fee where one is drawn."""
    own = venue(name)
    if fee is None:
        return own
    contracts = {s: replace(own.instrument(s), liquidation_fee=fee) for s in START.prices}
    return replace(own, instruments=contracts)


def begin(story: Drawn) -> Play:
    start = scene(rules(story.venue, story.fee))
    account = PaperAccount(id=1, market="test", venue=story.venue)
    play = Play(
        account, replace(start, marks=START, rules=PaperRules(grant=story.wallet)), story.fee
    )
    list(play.happen((e.Granted(amount=story.wallet),)))
    return play


def mark(play: Play, symbol: Symbol, at: Decimal) -> None:
    there = price(max(at, Decimal("0.5")).quantize(Decimal("0.01")))
    play.scene = replace(play.scene, marks=play.scene.marks.with_price(symbol, there))


def brink(play: Play, step: Brink) -> None:
    account, now = play.account, play.scene
    if account.positions:
        position = account.positions[step.place % len(account.positions)]
        symbol = position.leg.symbol
        band = liquidation_band(account.pool(position), symbol, now.marks, now.listing)
        nearest = band.nearest(now.mark(symbol))
        if nearest is not None and nearest < 10 * now.mark(symbol):
            mark(play, symbol, nearest * step.beyond)


def events_of(play: Play, step: Step) -> tuple[Event, ...]:
    """What a step leads to; a refusal leads to nothing."""
    match step:
        case Tick(moves):
            for symbol, factor in moves.items():
                mark(play, symbol, play.scene.mark(symbol) * factor)
            return swept(play.account, play.scene)
        case Brink():
            brink(play, step)
            return swept(play.account, play.scene)
        case Funding(rate):
            return funding_settled(play.account, dict.fromkeys(START.prices, rate), play.scene)
        case Wish() | Pick():
            action = wished(play, step) if isinstance(step, Wish) else picked(play, step)
            try:
                return a.decide(play.account, action, play.scene) if action else ()
            except Refusal:
                return ()


def wished(play: Play, step: Wish) -> a.Action | None:
    now = play.scene.mark(step.symbol)
    contract = play.scene.instrument(step.symbol)
    limit = None if step.price is None else price(down(now * step.price, contract.tick))
    margin = play.account.wallet * step.share
    quantity = down(margin * step.leverage / now, contract.step)
    if not quantity:
        return None
    venue_rules = play.scene.listing.venue
    fixed = play.account.account_mode if not venue_rules.mixed_modes else step.mode
    stops = Stops(
        loss=price(now * step.loss) if step.loss else None,
        profit=price(now * step.profit) if step.profit else None,
    )
    intent = Intent(
        symbol=step.symbol,
        side=step.side,
        quantity=Quantity(quantity),
        mode=fixed,
        leverage=step.leverage,
        price=limit,
        reduce_only=step.reduce_only,
        stops=stops,
    )
    return a.Open(intent)


def picked(play: Play, step: Pick) -> a.Action | None:
    """What is done to the account as a whole, or else to one of its positions."""
    orders = tuple(order.number for order in play.account.orders)
    whole: dict[str, a.Action] = {
        "all": a.CloseAll(),
        "reset": a.Reset(),
        "leverage": a.ChooseLeverage(step.symbol, step.leverage),
        "mode": a.ChooseMode(step.symbol, step.mode),
        "hedge": a.ChoosePositionMode(list(PositionMode)[step.place % 2]),
        "venue": a.ChooseVenue(list(VENUES)[step.place % 4]),
        "cancel": a.Cancel(orders[: step.place]),
    }
    if step.kind in whole or not play.account.positions:
        return whole.get(step.kind)
    position = play.account.positions[step.place % len(play.account.positions)]
    now, number = play.scene.mark(position.leg.symbol), position.number
    if step.kind == "margin":
        purse = position.margin if step.share < ZERO else play.account.wallet
        return a.MoveMargin(number, Amount(down(purse * step.share, Decimal("0.01"))))
    if step.kind == "stops":
        return a.SetStops(number, Stops(loss=price(now * (1 + step.share / 10))))
    contract = play.scene.instrument(position.leg.symbol)
    part = up_to(abs(step.share) * position.leg.quantity, contract.step)
    return a.Close(number, Quantity(part))


def up_to(value: Decimal, step: Decimal) -> Decimal:
    return max(down(value, step), step)


def follow(play: Play) -> None:
    """After a venue was chosen, look at the account by that venue's contracts."""
    if play.account.venue != play.scene.listing.venue.id:
        play.scene = replace(play.scene, listing=rules(play.account.venue, play.fee))


def liquidatable(account: PaperAccount, play: Play) -> list[int | None]:
    found: list[int | None] = []
    for scope, pool in account.pools():
        seen = risk(pool, play.scene.marks, play.scene.listing)
        if seen.is_liquidatable(play.scene.listing.venue):
            found.append(scope)
    return found


def collateral(account: PaperAccount, scope: int | None) -> Amount:
    return account.wallet if scope is None else account.position(scope).margin


def check_liquidation(before: PaperAccount, event: e.PoolLiquidated, play: Play) -> None:
    """A wall that fell had to, at this snapshot, and kept the loss in."""
    now = play.account
    assert event.scope in liquidatable(before, play)
    assert event.collateral == collateral(before, event.scope)
    lost = before.wallet_balance - now.wallet_balance
    assert lost <= event.collateral
    if event.scope is not None:
        assert now.wallet - before.wallet == event.returned
        others = [p for p in before.positions if p.number != event.scope]
        assert [p for p in now.positions if p.number != event.scope] == others
    else:
        pockets = [p for p in before.positions if p.isolated]
        assert [p for p in now.positions if p.isolated] == pockets
    if event.whole:
        gone = {part.number for part in event.seized}
        assert not gone & {p.number for p in now.positions}
        assert event.shortfall == 0 or event.fee == event.remainder == event.returned == 0
        assert event.fee + event.remainder + event.returned <= event.collateral + max(
            ZERO, sum((part.pnl for part in event.seized), ZERO)
        )
    else:
        assert event.scope not in liquidatable(now, play)
        assert event.shortfall == event.remainder == event.returned == 0


def check_account(play: Play) -> None:
    """The account is as its books and its events say, and owes nobody."""
    account = play.account
    assert account.wallet >= 0
    assert account.available(play.scene.marks, play.scene.listing) >= 0
    assert account.available(play.scene.marks, play.scene.listing) <= account.wallet
    held = {pocket(p.number): quanta(p.margin) for p in account.positions if p.margin}
    own = {name: q for name, q in play.books.items() if name.startswith("margin:") and q}
    assert own == held
    assert play.books["wallet"] == quanta(account.wallet)
    assert sum(play.books.values()) == 0
    for position in account.positions:
        assert position.margin >= 0
        assert position.isolated or not position.margin
        assert position.leg.quantity > 0
        assert position.leg.entry_cost > 0
    numbers = [p.number for p in account.positions] + [o.number for o in account.orders]
    assert len(numbers) == len(set(numbers))
    assert all(number <= account.last_number for number in numbers)


def check_swept(play: Play) -> None:
    """Nothing is late: what stands may stand, and no order that was reached still rests."""
    assert liquidatable(play.account, play) == []
    assert swept(play.account, play.scene) == ()
    for order in play.account.orders:
        assert not order.crossed(play.scene.mark(order.symbol))


def told(story: Drawn) -> Play:
    """Play a history, checking everything after every event."""
    play = begin(story)
    for step in story.steps:
        for before, event in play.happen(events_of(play, step)):
            if isinstance(event, e.PoolLiquidated):
                check_liquidation(before, event, play)
            follow(play)
            check_account(play)
        if isinstance(step, Tick | Brink):
            check_swept(play)
    return play


@settings(max_examples=400)
@given(drawn)
def test_walls_hold_and_books_balance_whatever_happens(story: Drawn) -> None:
    told(story)


@given(drawn)
def test_replaying_the_events_gives_the_account_to_the_last_quantum(story: Drawn) -> None:
    play = told(story)
    bare = PaperAccount(id=1, market="test", venue=story.venue)
    assert replay(bare, ((event, NOON) for event in play.history)) == play.account


@given(drawn)
def test_no_entry_is_out_of_balance(story: Drawn) -> None:
    for event in told(story).history:
        entry = entry_for(event)
        assert entry is None or sum(posting.quanta for posting in entry.postings) == 0
        assert entry is None or all(posting.quanta for posting in entry.postings)


@given(drawn)
def test_what_a_person_does_never_brings_a_standing_wall_down(story: Drawn) -> None:
    play = begin(story)
    for step in story.steps:
        standing = not liquidatable(play.account, play)
        list(play.happen(events_of(play, step)))
        follow(play)
        if standing and isinstance(step, Wish | Pick):
            assert liquidatable(play.account, play) == []


def test_histories_of_every_kind_are_drawn() -> None:
    falls = {(whole, mode) for whole in (True, False) for mode in MarginMode}
    # A carried count comes from joining two people, and only hosts of a game adjust its accounts.
    missing: set[object] = {*get_args(Event), *falls} - {e.ResetsCarried, e.Adjusted}

    def completes(story: Drawn) -> bool:
        for event in told(story).history:
            missing.discard(type(event))
            if isinstance(event, e.PoolLiquidated):
                missing.discard((event.whole, event.mode))
        return not missing

    either = st.one_of(drawn, whales)
    once = settings(phases=[Phase.generate], max_examples=5_000, database=None)
    assert find(either, completes, settings=once).steps, missing

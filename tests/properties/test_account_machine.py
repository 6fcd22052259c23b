"""One account against a simple model, whatever is done to it and in whatever order.

The real use cases (`services.trading`, `services.sweep`) work over books in memory; the model
(`account_model`) was written from the specification. After every step both must hold the same
wallet, pockets, positions, orders and available balance, to the last quantum; what one refuses, the
other refuses. The clock goes on at every look, as a real one does.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal, localcontext

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.errors import Refusal
from core.margin.pool import MarginMode, Side
from core.market import Symbol
from core.money import EXACT, Amount, Price, Quantity, Rate
from core.paper import actions as a
from core.paper.account import PaperAccount, Stops
from core.paper.errors import PreviewGone
from core.paper.records import Done, Identity
from core.paper.rules import PaperRules
from core.paper.scene import Intent
from core.services.accounts import Accounts, Home
from core.services.prices import Prices
from core.services.sweep import Sweep
from core.services.trading import Asked, Trading
from tests.builders import BTC, ETH, flat, instrument, listing
from tests.fakes.ports import FixedClock, FixedMarks, MemoryUnits
from tests.properties.account_model import TICK, Held, Model, Resting, floor

WHO = Identity("test", "1")
START = {"BTCUSDT": Decimal(60_000), "ETHUSDT": Decimal(2_000)}
STEP = Decimal("0.001")
LISTING = listing(instrument(BTC, flat("0.01")), instrument(ETH, flat("0.01")))

symbols = st.sampled_from(sorted(START))
signs = st.sampled_from([1, -1])
sizes = st.integers(1, 1050).map(lambda n: Decimal(n).scaleb(-3))
"""The share of what is free that is to be posted; a little more than all is refused."""

leverages = st.sampled_from([1, 2, 5, 10, 20, 50, 100]).map(Decimal)
isolated = st.booleans()
calm = st.integers(970, 1030)
moves = st.one_of(calm, st.integers(850, 1150)).map(lambda n: Decimal(n).scaleb(-3))
steps = st.integers(-3, 40)
gaps = st.integers(300, 2500).map(lambda n: Decimal(n).scaleb(-3))
small = st.integers(9980, 10020).map(lambda n: Decimal(n).scaleb(-4))
shares = st.integers(1, 1000).map(lambda n: Decimal(n).scaleb(-3))


class TickingClock(FixedClock):
    """A clock that never says the same twice."""

    def now(self) -> datetime:
        self.advance(timedelta(microseconds=1))
        return super().now()


def side(sign: int) -> Side:
    return Side.LONG if sign > 0 else Side.SHORT


def mode(is_isolated: bool) -> MarginMode:
    return MarginMode.ISOLATED if is_isolated else MarginMode.CROSS


class AccountMachine(RuleBasedStateMachine):
    """The account and its model, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.context = localcontext(EXACT)
        self.context.__enter__()
        self.model = Model(dict(START))
        self.clock, self.units = TickingClock(), MemoryUnits()
        self.market = FixedMarks(START, self.clock.now())
        listings, rules = {"binance": LISTING}, PaperRules()
        prices = Prices(listings, self.market, self.clock)
        accounts = Accounts(self.units, self.clock, "demo", Home("binance", rules))
        self.accounts = accounts
        self.trading = Trading(self.units, accounts, prices, self.clock)
        self.sweeping = Sweep(self.units, self.clock, listings, "demo", rules)
        self.count = 0
        self.last: tuple[Asked, a.Action, Done] | None = None
        self.due = self.clock.now()

    def teardown(self) -> None:
        self.context.__exit__(None, None, None)

    # --- both at once -----------------------------------------------------------------------------

    def asked(self) -> Asked:
        self.count += 1
        return Asked(WHO, "1", f"request {self.count}")

    def both(self, action: a.Action, modelled: Callable[[], None], *, shown: bool = False) -> None:
        """Do something to both; one refuses it exactly if the other does."""

        def act() -> None:
            self.model.settle()
            modelled()

        expected = self.model.all_or_nothing(act)
        asked = self.asked()
        try:
            done = self.confirmed(asked, action) if shown else self.trading.act(asked, action)
        except Refusal as refusal:
            assert not expected, (action, refusal, refusal.fields())  # noqa: PT017 - of two, not one
            return
        assert expected, action
        self.last = (asked, action, done)

    def confirmed(self, asked: Asked, action: a.Action) -> Done:
        """Do something by its preview; a second press is answered like the first."""
        token = self.trading.preview(asked, action).token
        done = self.trading.confirm(asked, token)
        assert self.trading.confirm(self.asked(), token) == done
        return done

    def account(self) -> PaperAccount:
        return self.accounts.look(WHO)

    def number(self, symbol: str) -> int:
        """The position's number; a made-up one where there is none."""
        held = self.account().holding(Symbol(symbol))
        return held.number if held else 999

    def wish(
        self, symbol: str, sign: int, size: Decimal, leverage: Decimal, is_isolated: bool
    ) -> Resting:
        """What is wanted at the market; whoever adds to a position mostly keeps to its ways."""
        there = self.model.held.get(symbol)
        if there is not None and size * 1000 % 7:
            leverage, is_isolated = there.leverage, there.pocket is not None
        price = self.model.at_market(symbol, sign)
        quantity = max(floor(self.model.free() * size * leverage / price, STEP), STEP)
        return Resting(symbol, sign, quantity, price, leverage, is_isolated)

    # --- what a person does -----------------------------------------------------------------------

    @rule(
        symbol=symbols,
        sign=signs,
        size=sizes,
        leverage=leverages,
        is_isolated=isolated,
        shown=st.booleans(),
    )
    def open(
        self,
        symbol: str,
        sign: int,
        size: Decimal,
        leverage: Decimal,
        is_isolated: bool,
        shown: bool,
    ) -> None:
        wanted = self.wish(symbol, sign, size, leverage, is_isolated)
        action = a.Open(intent(wanted, None))
        self.both(action, lambda: self.model.fill(wanted, Decimal("0.0005")), shown=shown)

    @rule(
        symbol=symbols,
        sign=signs,
        size=sizes,
        leverage=leverages,
        is_isolated=isolated,
        away=st.integers(-20, 60),
    )
    def place(
        self,
        symbol: str,
        sign: int,
        size: Decimal,
        leverage: Decimal,
        is_isolated: bool,
        away: int,
    ) -> None:
        wanted = self.wish(symbol, sign, size, leverage, is_isolated)
        wanted.price = floor(wanted.price * (1 - sign * Decimal(away).scaleb(-3)), TICK)
        self.both(a.Open(intent(wanted, wanted.price)), lambda: self.model.place(wanted))

    @precondition(lambda self: self.model.held)
    @rule(place=st.integers(0, 1), share=shares, shown=st.booleans())
    def close(self, place: int, share: Decimal, shown: bool) -> None:
        symbol, there = self.some(place)
        part = max(floor(there.quantity * min(share * 2, Decimal(1)), STEP), STEP)
        action = a.Close(self.number(symbol), Quantity(part))
        self.both(action, lambda: self.model.close_at_market(symbol, part), shown=shown)

    @precondition(lambda self: self.model.held)
    @rule(really=st.integers(0, 2))
    def close_all(self, really: int) -> None:
        if not really:
            self.both(a.CloseAll(), self.model.close_all)

    @precondition(lambda self: self.model.orders)
    @rule(place=st.integers(0, 9))
    def cancel(self, place: int) -> None:
        orders = self.account().orders
        order = orders[place % len(orders)]
        wanted = self.model.orders[place % len(orders)]
        self.both(a.Cancel((order.number,)), lambda: self.model.cancel(wanted))

    @precondition(lambda self: self.model.held)
    @rule(place=st.integers(0, 1), share=shares, into=st.booleans())
    def move_margin(self, place: int, share: Decimal, into: bool) -> None:
        symbol, there = self.some(place)
        purse = self.model.free() / 2 if into else -(there.pocket or Decimal(100)) / 4
        amount = floor(purse * share, Decimal("0.01"))
        if amount:
            action = a.MoveMargin(self.number(symbol), Amount(amount))
            self.both(action, lambda: self.model.move(symbol, amount))

    def some(self, place: int) -> tuple[str, Held]:
        """One of the positions."""
        held = list(self.model.held.items())
        return held[place % len(held)]

    @rule(symbol=symbols, leverage=leverages)
    def choose_leverage(self, symbol: str, leverage: Decimal) -> None:
        action = a.ChooseLeverage(Symbol(symbol), Rate(leverage))
        self.both(action, lambda: self.model.lever(symbol, leverage))

    @rule(symbol=symbols, is_isolated=isolated)
    def choose_mode(self, symbol: str, is_isolated: bool) -> None:
        action = a.ChooseMode(Symbol(symbol), mode(is_isolated))
        self.both(action, lambda: self.model.choose(symbol, isolated=is_isolated))

    @precondition(lambda self: self.model.held)
    @rule(place=st.integers(0, 1), loss=st.none() | steps, profit=st.none() | steps)
    def set_stops(self, place: int, loss: int | None, profit: int | None) -> None:
        symbol, there = self.some(place)
        mark = self.model.marks[symbol]
        low, high = (
            None if each is None else floor(mark * (1 + way * Decimal(each).scaleb(-3)), TICK)
            for each, way in ((loss, -there.sign), (profit, there.sign))
        )
        stops = Stops(
            loss=None if low is None else Price(low), profit=None if high is None else Price(high)
        )
        action = a.SetStops(self.number(symbol), stops)
        self.both(action, lambda: self.model.stop(symbol, low, high))

    @precondition(lambda self: self.count > 5)
    @rule(really=st.integers(0, 5))
    def reset(self, really: int) -> None:
        if not really:
            self.both(a.Reset(), self.model.reset)

    # --- repeats ----------------------------------------------------------------------------------

    @precondition(lambda self: self.last is not None)
    @rule()
    def repeat(self) -> None:
        """The same request again is answered alike, and does nothing."""
        assert self.last is not None
        asked, action, done = self.last
        before = self.account()
        assert self.trading.act(asked, action) == done
        assert self.account() == before

    @rule(move=small)
    def confirm_late(self, move: Decimal) -> None:
        """A preview that is out of time does nothing; nor does one of somebody else."""
        asked = self.asked()
        shown = self.trading.preview(asked, a.CloseAll()) if not self.model.held else None
        if shown is None:
            return
        self.model.settle()
        self.tick("BTCUSDT", move)
        self.clock.advance(61)
        self.market.move("BTCUSDT", self.model.marks["BTCUSDT"], self.clock.now())
        before = self.account()
        try:
            self.trading.confirm(asked, shown.token)
        except PreviewGone:
            assert self.account() == before
        else:
            raise AssertionError("a preview lives for 60 seconds")

    # --- what the market does ---------------------------------------------------------------------

    def tick(self, symbol: str, move: Decimal) -> None:
        mark = max(floor(self.model.marks[symbol] * move, TICK), Decimal(1))
        mark = min(mark, START[symbol] * 20)
        self.model.marks[symbol] = mark
        self.market.move(symbol, mark, self.clock.now())

    @rule(symbol=symbols, move=moves, swept=st.sampled_from([True, True, False]))
    def mark_moves(self, symbol: str, move: Decimal, swept: bool) -> None:
        """A tick; now and then a person is quicker than the sweep."""
        self.tick(symbol, move)
        if swept:
            self.sweep()

    @rule(symbol=symbols, move=gaps)
    def gap(self, symbol: str, move: Decimal) -> None:
        """A mark jumps."""
        self.tick(symbol, move)
        self.sweep()

    @precondition(lambda self: any(each.pocket is not None for each in self.model.held.values()))
    @rule(symbol=symbols, ticks=st.integers(-2, 2))
    def brink(self, symbol: str, ticks: int) -> None:
        """The mark comes to where an isolated position must go, within two ticks."""
        there = self.model.held.get(symbol)
        if there is None or there.pocket is None:
            return
        edge = (there.sign * there.cost - there.pocket) / there.quantity
        edge /= there.sign - Decimal("0.01")
        if edge > 1:
            self.tick(symbol, (floor(edge, TICK) + ticks * TICK) / self.model.marks[symbol])
            self.sweep()

    @rule()
    def sweep(self) -> None:
        self.model.settle()
        self.market.move("BTCUSDT", self.model.marks["BTCUSDT"], self.clock.now())
        self.sweeping(self.market.marks())
        assert self.sweeping(self.market.marks()) == 0

    @rule(rate=st.integers(-100, 100).map(lambda n: Decimal(n).scaleb(-3)))
    def funding(self, rate: Decimal) -> None:
        """Funding is due, and is settled once."""
        self.market.move("BTCUSDT", self.model.marks["BTCUSDT"], self.clock.now())
        self.due += timedelta(hours=8)
        rates = {BTC: Rate(rate), ETH: Rate(rate)}
        self.model.fund(rate)
        self.sweeping.fund(self.market.marks(), rates, self.due)
        assert self.sweeping.fund(self.market.marks(), rates, self.due) == 0

    # --- what must be the same --------------------------------------------------------------------

    @invariant()
    def same(self) -> None:
        account, model = self.account(), self.model
        assert account.wallet == model.wallet >= 0
        assert {p.leg.symbol: held(account, p.number) for p in account.positions} == model.held
        assert [resting(account, order.number) for order in account.orders] == model.orders
        free = account.available(self.market.marks(), LISTING)
        assert free == model.free()
        assert account.resets == model.resets

    @invariant()
    def books_balance(self) -> None:
        with self.units.reading() as books:
            assert books.paper.faults() == ()


def intent(wanted: Resting, price: Decimal | None) -> Intent:
    return Intent(
        symbol=Symbol(wanted.symbol),
        side=side(wanted.sign),
        quantity=Quantity(wanted.quantity),
        mode=mode(wanted.isolated),
        leverage=Rate(wanted.leverage),
        price=None if price is None else Price(price),
    )


def held(account: PaperAccount, number: int) -> Held:
    """A position as the model knows one."""
    position = account.position(number)
    leg = position.leg
    return Held(
        int(leg.side.sign),
        leg.quantity,
        leg.entry_cost,
        leg.leverage,
        position.margin if position.isolated else None,
        position.stops.loss,
        position.stops.profit,
    )


def resting(account: PaperAccount, number: int) -> Resting:
    """An order as the model knows one."""
    order = account.order(number)
    return Resting(
        order.symbol,
        int(order.side.sign),
        order.quantity,
        order.price,
        order.leverage,
        order.mode is MarginMode.ISOLATED,
    )


TestAccount = AccountMachine.TestCase
TestAccount.settings = settings(max_examples=100, stateful_step_count=40)

"""Trades: from the opening of a position to its end, with all that it brought."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from core.lessons.game.kind import Deed, Ground
from core.lessons.game.trades import Trade, traded
from core.money import D
from core.paper.account import PaperAccount
from core.paper.actions import Action, Close, CloseAll, MoveMargin, Open, decide
from core.paper.apply import applied
from core.paper.scene import Scene
from core.paper.sweeping import swept
from tests.builders import BTC, ETH, Number, amount
from tests.core.lessons.game.builders import at, ground, tick
from tests.core.paper.builders import CROSS, LONG, SHORT, fresh, quantity, wish

GROUND = ground(fee="0.001")


class Book:
    """An account with its trades."""

    def __init__(self, on: Ground = GROUND) -> None:
        self.on = on
        self.account: PaperAccount = fresh()
        self.trades: tuple[Trade, ...] = ()

    def do(self, seconds: float, price: Number, *actions: Action) -> Deed:
        """Do something at a price; without an action, look what the price does."""
        marks = tick(seconds, price)
        scene = Scene(self.on.listing, marks, marks.at, self.on.rules)
        before, events = self.account, tuple(swept(self.account, scene))
        after = applied(before, events, marks.at)
        for action in actions:
            more = decide(after, action, scene)
            after, events = applied(after, more, marks.at), (*events, *more)
        self.account = after
        deed = Deed(1, before, events, after, marks.at)
        self.trades = traded(self.trades, deed)
        return deed

    @property
    def told(self) -> list[tuple[object, ...]]:
        return [(t.number, t.symbol, t.side, t.opened, t.closed) for t in self.trades]

    @property
    def gained(self) -> list[object]:
        return [trade.gained for trade in self.trades]


def test_a_position_is_a_trade_from_its_first_fill_to_its_last() -> None:
    book = Book()
    book.do(1, 100, Open(wish(10, mode=CROSS)))
    assert book.told == [(1, BTC, LONG, at(1), None)]
    book.do(2, 100, Open(wish(10, mode=CROSS)))
    book.do(3, 110, Close(1, quantity(5)))
    assert book.told == [(1, BTC, LONG, at(1), None)]
    book.do(4, 120, CloseAll())
    assert book.told == [(1, BTC, LONG, at(1), at(4))]
    fees = D("0.001") * (1_000 + 1_000 + 550 + 1_800)
    assert book.gained == [50 + 300 - fees]


def test_two_positions_are_two_trades_in_the_order_of_their_opening() -> None:
    book = Book()
    book.do(1, 100, Open(wish(1, symbol=ETH)), Open(wish(1, SHORT)))
    book.do(3, 95, Close(1, quantity(1)))
    assert book.told == [(1, ETH, LONG, at(1), at(3)), (2, BTC, SHORT, at(1), None)]
    book.do(5, 95, CloseAll())
    book.do(6, 90, Open(wish(1)))
    assert [trade.number for trade in book.trades] == [1, 2, 3]


def test_what_a_liquidation_takes_is_a_trade_that_ended() -> None:
    book = Book(ground())
    book.do(1, 100, Open(wish(10)))
    book.do(2, 80)
    assert book.told == [(1, BTC, LONG, at(1), at(2))]
    assert book.gained[0] < 0  # type: ignore[operator]  # an amount


def test_a_wall_of_several_positions_ends_all_of_them() -> None:
    book = Book(ground())
    orders = [Open(wish(400, mode=CROSS, symbol=s)) for s in (BTC, ETH)]
    book.do(1, 100, *orders)
    book.do(2, 80)
    assert [trade.closed for trade in book.trades] == [at(2), at(2)]


def test_opened_and_closed_at_one_mark_is_a_trade_too() -> None:
    book = Book()
    book.do(1, 100, Open(wish(1)), CloseAll())
    assert book.told == [(1, BTC, LONG, at(1), at(1))]


def test_what_is_not_a_fill_makes_no_trade() -> None:
    book = Book()
    book.do(1, 100, Open(wish(10)))
    known = book.trades
    book.do(2, 100, MoveMargin(1, amount(10)))
    assert book.trades == known


def test_of_what_was_opened_before_anybody_looked_the_opening_is_known() -> None:
    book = Book()
    book.do(1, 100, Open(wish(10)))
    book.trades = ()
    book.do(5, 100, Close(1, quantity(4)))
    assert book.told == [(1, BTC, LONG, at(1), None)]


@given(st.lists(st.sampled_from(["long", "short", "half", "all", "fall"]), max_size=25))
def test_all_trades_together_are_what_the_wallet_gained(acts: Iterable[str]) -> None:
    book = Book(ground(fee="0.001"))
    price = D(100)
    for n, act in enumerate(acts):
        held = book.account.positions
        match act:
            case "long" | "short" if not held:
                side = LONG if act == "long" else SHORT
                book.do(n, price, Open(wish(3, side, CROSS)))
            case "half" if held:
                book.do(n, price, Close(held[0].number, quantity(held[0].leg.quantity / 2)))
            case "all":
                book.do(n, price, CloseAll())
            case "fall":
                price -= 3
    book.do(99, price, CloseAll())
    assert sum(trade.gained for trade in book.trades) == book.account.wallet - 10_000
    assert all(trade.closed for trade in book.trades)

"""What may be done with a book at a tick's open, and what there is nothing to do it with."""

import pytest

from core.lessons.game.crash_acts import ACTS, HOLD, done
from core.lessons.game.errors import BadOption, NotNow
from core.lessons.game.sides import Entry
from core.lessons.game.starting_book import MARGINS, WALLET, holding, scene_of
from core.margin.pool import Side
from core.money import ZERO, D
from core.paper.account import PaperAccount
from core.paper.apply import applied
from core.paper.errors import Insufficient, Overdrawn
from core.paper.events import Event, MarginMoved, PositionIncreased, PositionReduced
from core.paper.scene import Scene
from tests.builders import Number, amount, exact, price, rate
from tests.core.lessons.game.builders import CROSS, ISOLATED, at
from tests.core.lessons.game.crashes import A, B, C, both, on, reel

__all__ = ["exact"]

LONG, SHORT = Side.LONG, Side.SHORT
ON = on(reel(both(1), both(1), coins=(A, B, C)))


def entry(coin: object, side: Side, mode: object, margin: Number = 1_500) -> Entry:
    return (coin, side, rate(10), amount(margin), mode)  # type: ignore[return-value]  # for short


MIXED = (entry(A, LONG, ISOLATED), entry(B, LONG, CROSS))


def holds(*entries: Entry) -> PaperAccount:
    return holding(1, entries or MIXED, ON, at()).after


def scene(**prices: Number) -> Scene:
    """The second tick's open, with some prices of its own."""
    now = scene_of(2, ON, at(60))
    marks = now.marks
    for coin, worth in prices.items():
        marks = marks.with_price({"a": A, "b": B, "c": C}[coin], price(worth))
    return Scene(now.listing, marks, now.at, now.rules)


def after(account: PaperAccount, act: str, at_: Scene) -> PaperAccount:
    return applied(account, done(account, act, at_), at_.at)


def test_holding_does_nothing_even_with_nothing() -> None:
    assert done(holds(), HOLD, scene()) == ()


@pytest.mark.parametrize(("act", "left"), [("cut25", "112.5"), ("cut50", "75")])
def test_a_part_of_every_position_is_closed(act: str, left: str) -> None:
    account = after(holds(), act, scene(a=90))
    assert [p.leg.quantity for p in account.positions] == [D(left), D(left)]


def test_everything_can_be_closed_at_once() -> None:
    events = done(holds(), "cut100", scene(a=90, b=110))
    assert [type(event) for event in events] == [PositionReduced, PositionReduced]
    assert after(holds(), "cut100", scene(a=90, b=110)).wallet == WALLET
    with pytest.raises(NotNow, match="flat"):
        done(after(holds(), "cut100", scene()), "cut25", scene())


def test_margin_goes_to_the_pocket_that_has_the_least_left() -> None:
    two = holds(entry(A, LONG, ISOLATED), entry(B, LONG, ISOLATED), entry(C, LONG, CROSS))
    for worst, number in (("a", 1), ("b", 2)):
        (event,) = done(two, "add", scene(**{worst: 95}))
        assert isinstance(event, MarginMoved)
        assert (event.number, event.amount) == (number, MARGINS[0] / 2)


def test_margin_needs_a_pocket_and_free_money() -> None:
    with pytest.raises(NotNow, match="pocket"):
        done(holds(entry(A, LONG, CROSS)), "add", scene())
    with pytest.raises(Insufficient):
        done(holds(), "add", scene(b="53"))


def test_a_hedge_is_half_of_the_largest_cross_position() -> None:
    account = holds(entry(A, LONG, CROSS, 1_000), entry(B, SHORT, CROSS), entry(C, LONG, ISOLATED))
    (event,) = done(account, "hedge", scene())
    assert isinstance(event, PositionIncreased)
    assert (event.leg.symbol, event.leg.side, event.leg.quantity) == (B, LONG, D(75))
    assert (event.mode, event.leg.leverage) == (CROSS, D(10))


def test_a_second_hedge_takes_half_of_what_is_left() -> None:
    account = after(after(holds(), "hedge", scene()), "hedge", scene())
    short = account.holding(B, SHORT)
    assert short is not None
    assert short.leg.quantity == D("112.5")


def test_what_is_worth_more_by_now_is_hedged_first() -> None:
    account = holds(entry(A, LONG, CROSS), entry(B, LONG, CROSS))
    for more, coin in (("a", A), ("b", B)):
        (event,) = done(account, "hedge", scene(**{more: 101}))
        assert isinstance(event, PositionIncreased)
        assert event.leg.symbol == coin


def test_a_hedge_needs_something_behind_the_cross_wall() -> None:
    with pytest.raises(NotNow, match="hedge"):
        done(holds(entry(A, LONG, ISOLATED)), "hedge", scene())
    balanced = holds(entry(A, LONG, CROSS), entry(A, SHORT, CROSS))
    with pytest.raises(NotNow, match="hedge"):
        done(balanced, "hedge", scene())
    with pytest.raises(Insufficient):
        done(holds(), "hedge", scene(b="48"))


def moved(account: PaperAccount, at_: Scene) -> dict[int, object]:
    """How much goes into which pocket."""
    events: tuple[Event, ...] = done(account, "cash", at_)
    return {e.number: e.amount for e in events if isinstance(e, MarginMoved)}


def test_free_money_goes_into_the_weakest_pocket_and_comes_back_the_next_time() -> None:
    account = holds()
    assert moved(account, scene()) == {1: amount(7_000)}  # 8,500 less the cross initial margin
    full = after(account, "cash", scene())
    assert moved(full, scene()) == {1: amount(-7_000)}
    assert after(full, "cash", scene()).wallet == account.wallet


def test_it_comes_back_out_of_every_pocket_that_can_spare_something() -> None:
    account = holds(entry(A, LONG, ISOLATED), entry(B, LONG, ISOLATED), entry(C, LONG, CROSS))
    account = after(after(account, "add", scene(a=99)), "add", scene(b=99))
    account = after(account, "cash", scene(a=99))
    assert moved(account, scene()) == {1: amount(-4_750), 2: amount(-750)}
    assert moved(account, scene(b=94)) == {1: amount(-4_750)}  # the second needs what it has


def test_where_more_is_free_outside_it_goes_in_once_more() -> None:
    account = after(holds(), "add", scene())
    assert moved(account, scene()) == {1: amount(6_250)}


def test_where_nothing_is_free_nothing_moves() -> None:
    with pytest.raises(NotNow, match="cash"):
        done(holds(), "cash", scene(a="99", b="48"))
    with pytest.raises(NotNow, match="pocket"):
        done(holds(entry(A, LONG, CROSS)), "cash", scene())


def test_a_loss_that_the_wallet_cannot_pay_is_not_cut() -> None:
    with pytest.raises(Overdrawn):
        done(holds(entry(A, LONG, CROSS)), "cut100", scene(a=33))


def test_there_is_no_other_act() -> None:
    with pytest.raises(BadOption) as refusal:
        done(holds(), "pray", scene())
    assert refusal.value.allowed == ACTS
    assert all(done(holds(), act, scene()) != () for act in ACTS if act != HOLD)
    assert sum(MARGINS, ZERO) < WALLET

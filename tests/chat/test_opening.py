"""What nobody typed comes from what is held, then from what was chosen, then from the defaults."""

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest

from bot.chat.opening import Wish, against, intent_of, leverage_of, mode_of
from core.errors import Refusal
from core.margin.pool import MarginMode, PositionMode, Side
from core.margin.sizing import Size, SizeKind
from core.market import Symbol
from core.money import EXACT, D, Price, Rate
from core.paper import actions
from core.paper.account import PaperAccount
from core.paper.actions import Open, decide
from core.paper.errors import LeverageFixed, ModeFixed, NothingToReduce
from core.paper.records import Identity
from core.paper.scene import Intent, Scene
from tests.chat.asking import asking
from tests.commands.trades import do, opened
from tests.walk.house import Home

BTC = Symbol("BTCUSDT")
ME = Identity("telegram", "1")


@pytest.fixture
def home() -> Home:
    return Home()


def wish(**more: object) -> Wish:
    fields = {"side": Side.LONG, "symbol": BTC, "size": Size(SizeKind.MARGIN, D(500)), **more}
    return Wish(**fields)  # type: ignore[arg-type]  # a wish from loose fields, as a test has them


def account(home: Home) -> PaperAccount:
    return home.services.accounts.look(ME)


def scene(home: Home) -> Scene:
    return home.services.trading.scene(account(home))


def intent(home: Home, wanted: Wish) -> Intent:
    with localcontext(EXACT):
        return intent_of(asking(home), wanted, account(home), scene(home))


def test_a_size_is_rounded_down_to_the_step(home: Home) -> None:
    assert intent(home, wish()).quantity == D("0.073")


@pytest.mark.parametrize(
    ("side", "typed", "price"),
    [
        (Side.LONG, "60000.07", "60000.0"),
        (Side.SHORT, "70000.01", "70000.1"),
    ],
)
def test_a_limit_is_never_worse_than_typed(home: Home, side: Side, typed: str, price: str) -> None:
    assert intent(home, wish(side=side, entry=D(typed))).price == D(price)


@pytest.mark.parametrize(("side", "typed"), [(Side.LONG, "90000"), (Side.SHORT, "50000")])
def test_a_limit_that_the_market_meets_is_sized_at_the_market(
    home: Home, side: Side, typed: str
) -> None:
    assert intent(home, wish(side=side, entry=D(typed))).quantity == D("0.073")


def test_without_a_price_it_is_at_the_market(home: Home) -> None:
    assert intent(home, wish()).price is None


def test_everything_still_fits_when_the_mark_rises_as_far_as_is_allowed(home: Home) -> None:
    whole = intent(home, wish(size=Size(SizeKind.WALLET_PERCENT, D(100))))
    with localcontext(EXACT):
        now = scene(home)
        risen = Price(now.mark(BTC) * D("1.005"))
        later = replace(now, marks=now.marks.with_price(BTC, risen))
        assert decide(account(home), Open(whole), later)


def test_half_is_half_of_what_is_free(home: Home) -> None:
    half = intent(home, wish(size=Size(SizeKind.WALLET_PERCENT, D(50))))
    assert half.quantity == D("0.727")  # 5,000 / (0.1 + 0.0005) / 68,430.9


def test_moves_of_stops_start_from_the_price_of_the_order(home: Home) -> None:
    stops = intent(home, wish(entry=D(60000), sl="5%", tp="10%")).stops
    assert (stops.loss, stops.profit) == (D(57000), D(66000))


def test_the_leverage_held_comes_before_the_one_chosen_and_the_persons_own(home: Home) -> None:
    assert leverage_of(asking(home), wish(), account(home)) == 10
    do(home, actions.ChooseLeverage(BTC, Rate(D(20))))
    assert leverage_of(asking(home), wish(), account(home)) == 20
    do(home, actions.ChooseLeverage(BTC, Rate(D(10))))
    opened(home, "BTC", "0.01")
    assert leverage_of(asking(home), wish(), account(home)) == 10
    assert leverage_of(asking(home), wish(leverage=D(7)), account(home)) == 7


def mode(home: Home, **more: object) -> MarginMode:
    return mode_of(asking(home), wish(**more), account(home), scene(home))


def test_the_mode_held_comes_before_the_one_chosen(home: Home) -> None:
    assert mode(home) is MarginMode.ISOLATED
    do(home, actions.ChooseMode(BTC, MarginMode.CROSS))
    assert mode(home) is MarginMode.CROSS
    assert mode(home, mode="isolated") is MarginMode.ISOLATED
    opened(home, "BTC", "0.01")
    assert mode(home) is MarginMode.ISOLATED


def test_on_a_venue_with_a_mode_per_coin_a_resting_order_holds_it(home: Home) -> None:
    opened(home, "BTC", "0.01", price=60000, cross=True)
    assert mode(home) is MarginMode.CROSS


def test_on_a_venue_with_one_mode_it_is_the_accounts(home: Home) -> None:
    do(home, actions.ChooseVenue("bybit"))
    do(home, actions.ChooseMode(Symbol(""), MarginMode.CROSS))
    assert mode(home) is MarginMode.CROSS


def test_on_a_venue_with_a_mode_per_order_only_the_same_side_holds_it(home: Home) -> None:
    do(home, actions.ChooseVenue("okx"))
    opened(home, "BTC", "0.01", cross=True)
    assert mode(home) is MarginMode.CROSS
    assert mode(home, side=Side.SHORT) is MarginMode.ISOLATED


def test_where_there_is_no_cross_nobody_needs_to_say_isolated(home: Home) -> None:
    now = scene(home)
    only = replace(now.instrument(BTC), isolated_only=True)
    listing = replace(now.listing, instruments={**now.listing.instruments, BTC: only})
    do(home, actions.ChooseMode(BTC, MarginMode.CROSS))
    found = mode_of(asking(home), wish(), account(home), replace(now, listing=listing))
    assert found is MarginMode.ISOLATED


def test_side_by_side_nothing_stands_against(home: Home) -> None:
    opened(home, "BTC", "0.01")
    short, mine = wish(side=Side.SHORT), account(home)
    assert against(mine, short) == mine.positions[0]
    assert against(mine, wish()) is None
    assert against(replace(mine, position_mode=PositionMode.HEDGE), short) is None


def reducing(**more: object) -> Wish:
    return wish(side=Side.SHORT, reduce=True, **more)


def test_what_only_reduces_has_the_mode_and_leverage_of_what_is_held(home: Home) -> None:
    do(home, actions.ChooseVenue("okx"))
    opened(home, "BTC", "0.073", cross=True)
    made = intent(home, reducing(entry=D(80000), leverage=D(10), mode="cross"))
    assert (made.mode, made.leverage, made.price) == (MarginMode.CROSS, D(10), D(80000))
    assert made.reduce_only
    assert made.quantity == D("0.0625")  # 500 of margin at 80,000, not at the mark


@pytest.mark.parametrize(
    ("size", "entry", "quantity"),
    [
        (Size(SizeKind.WALLET_PERCENT, D(50)), D(80000), "0.036"),
        (Size(SizeKind.QUANTITY, D(5)), D(80000), "0.073"),
        (Size(SizeKind.MARGIN, D(100)), D(50000), "0.014"),  # the market meets it: at the mark
        (Size(SizeKind.MARGIN, D(100)), None, "0.014"),
    ],
)
def test_a_share_of_what_is_reduced_is_a_share_of_it(
    home: Home, size: Size, entry: Decimal | None, quantity: str
) -> None:
    opened(home, "BTC", "0.073")
    assert intent(home, reducing(size=size, entry=entry)).quantity == D(quantity)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"leverage": D(5)}, LeverageFixed),
        ({"mode": "cross"}, ModeFixed),
        ({"side": Side.LONG}, NothingToReduce),
        ({"symbol": Symbol("ETHUSDT")}, NothingToReduce),
    ],
)
def test_what_reduces_nothing_or_at_other_terms_is_refused(
    home: Home, more: dict[str, object], refusal: type[Refusal]
) -> None:
    opened(home, "BTC", "0.073")
    with pytest.raises(refusal):
        intent(home, wish(**{"side": Side.SHORT, "reduce": True, **more}))

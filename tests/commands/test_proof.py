"""A liquidation worked out at the marks that ended it."""

from decimal import localcontext

from core.margin.risk import risk
from core.money import EXACT
from tests.commands.shown import button
from tests.commands.test_receipt import ME, fallen
from tests.commands.trades import opened
from tests.walk.house import LISTINGS, Home, shown


def test_a_pool_of_several_is_worked_out_leg_by_leg(home: Home) -> None:
    opened(home, "ETH", "1", cross=True)
    number = fallen(home, cross=True, quantity="1", factor="0.84")
    maths = button(home.say("/receipt"), "Show the maths")
    assert maths.say == f"/proof #{number}"
    text = shown(home.say(maths.say, button=True))
    for part in ("LONG ETH", "LONG BTC", "behind the wall", "B is under: liquidated"):
        assert part in text


def test_both_sides_are_what_the_core_reckons(home: Home) -> None:
    number = fallen(home)
    text = shown(home.say(f"/proof #{number}"))
    notice = home.services.accounts.told(ME, number)
    assert notice is not None
    ((_, pool),) = notice.before.pools()
    with localcontext(EXACT):
        state = risk(pool, notice.marks, LISTINGS["binance"])
    assert f"M = {state.maintenance_margin:,.2f}" in text
    assert f"= {state.margin_balance:,.2f}" in text
    assert "B is under: liquidated" in text


def test_where_one_trade_made_it_the_maths_are_those_of_the_limit(home: Home) -> None:
    fallen(home)
    assert button(home.say("/receipt"), "Show the maths").say.startswith("/maths ")


def test_other_numbers_are_nobodys_liquidation(home: Home) -> None:
    assert home.say("/proof").outcome == "no_receipt"
    number = fallen(home)
    assert home.say(f"/proof #{number}", "2").outcome == "no_receipt"

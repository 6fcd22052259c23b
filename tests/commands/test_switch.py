"""What another margin mode would change, without changing it."""

from core.money import D
from core.paper.actions import ChooseVenue
from core.paper.records import Identity
from tests.commands.shown import line_of, numbers
from tests.commands.trades import do, opened
from tests.walk.house import Home, shown

MIRA = Identity("telegram", "1")


def test_the_limit_goes_away_and_all_the_wallet_is_at_stake(home: Home) -> None:
    opened(home, "BTC", "0.3")
    before = home.services.accounts.look(MIRA)
    reply = home.say("/switch cross btc")
    assert line_of(reply, "mode").split() == ["isolated", "cross"]
    old, new = numbers(reply, "Liq. price")
    assert new < old
    pocket, wallet = numbers(reply, "Can lose")
    assert (pocket, wallet) == (D("2052.93"), D("9989.74"))
    assert home.services.accounts.look(MIRA) == before


def test_others_behind_the_cross_wall_are_touched_as_well(home: Home) -> None:
    opened(home, "BTC", "0.3")
    opened(home, "ETH", "10", cross=True)
    reply = shown(home.say("/switch cross btc"))
    assert "#1 LONG 0.3 BTC" in reply
    assert "#2 LONG 10 ETH" in reply
    assert shown(home.say("/switch isolated btc")).startswith("There is no position for which")


def test_where_one_mode_holds_for_all_everything_is_shown(home: Home) -> None:
    do(home, ChooseVenue("bybit"))
    opened(home, "BTC", "0.1")
    opened(home, "ETH", "1")
    reply = shown(home.say("/switch cross btc"))
    assert reply.startswith("If the account were cross.")
    assert "#1 LONG 0.1 BTC" in reply
    assert "#2 LONG 1 ETH" in reply


def test_it_is_for_ones_own_eyes(home: Home) -> None:
    opened(home, "BTC", "0.1")
    assert home.say("/switch cross btc", group=True).private

"""A person's own wallet and positions in place of what is assumed."""

from dataclasses import replace

import pytest

from bot.chat.ask import Ask
from bot.chat.own import own_terms
from bot.chat.reading import Defaults, Reading
from core.margin.sizing import Size, SizeKind
from core.money import D
from tests.builders import exact
from tests.chat.asking import asking
from tests.chat.lines import CONTEXT, read
from tests.commands.trades import opened
from tests.walk.house import Home

__all__ = ["exact"]


def asked(home: Home, line: str, *, group: bool = False, **defaults: object) -> Ask:
    mine = Defaults(**defaults)  # type: ignore[arg-type]  # single settings
    reading: Reading = read(line, replace(CONTEXT, defaults=mine))
    return replace(asking(home, group=group), reading=reading, defaults=mine)


@pytest.fixture
def home() -> Home:
    """Somebody holds a cross position and an isolated one."""
    house = Home()
    opened(house, "ETH", "1", cross=True)
    opened(house, "BTC", "0.1")
    return house


def test_the_own_wallet_and_the_legs_behind_its_wall_are_taken(home: Home) -> None:
    ask = asked(home, "/compare 10x long btc mine")
    own = own_terms(ask, D(10000), "binance", mine=True)
    account = home.services.accounts.look(ask.identity)
    assert own.terms.wallet == account.wallet
    assert [leg.symbol for leg in own.terms.others] == ["ETHUSDT"]
    assert own.legs == 1
    assert not own.ask.assumed("wallet")
    assert own.ask.reading.values["size"] == Size(SizeKind.MARGIN, account.wallet / 5)


def test_a_margin_of_ones_own_stays(home: Home) -> None:
    ask = asked(home, "/compare 10x long btc mine", margin=D(777))
    own = own_terms(ask, D(10000), "binance", mine=True)
    assert own.ask.reading.values["size"] == Size(SizeKind.MARGIN, D(777))


def test_a_typed_wallet_stays_with_the_positions_behind_it(home: Home) -> None:
    ask = asked(home, "/compare 10x long btc w=500 m=50 mine")
    own = own_terms(ask, D(500), "binance", mine=True)
    assert (own.terms.wallet, own.legs) == (D(500), 1)


def test_the_account_says_whose_rules_apply_unless_they_were_typed(home: Home) -> None:
    other = asked(home, "/compare 10x long btc mine", venue="okx")
    assert own_terms(other, D(10000), "okx", mine=True).terms.venue == "binance"
    typed = asked(home, "/compare 10x long btc on okx mine")
    own = own_terms(typed, D(10000), "okx", mine=True)
    assert (own.terms.venue, own.terms.others, own.legs) == ("okx", (), 0)


@pytest.mark.parametrize(("mine", "group"), [(False, False), (True, True)])
def test_elsewhere_nothing_of_theirs_is_used(home: Home, *, mine: bool, group: bool) -> None:
    ask = asked(home, "/compare 10x long btc", group=group)
    own = own_terms(ask, D(10000), "binance", mine=mine)
    assert (own.ask, own.notes, own.terms.others) == (ask, (), ())
    assert own.terms.wallet == D(10000)


def test_who_has_no_account_has_the_wallet_they_would_begin_with() -> None:
    ask = asked(Home(), "/compare 10x long btc mine")
    own = own_terms(ask, D(10000), "binance", mine=True)
    assert (own.terms.wallet, own.legs, len(own.notes)) == (D(10000), 0, 2)

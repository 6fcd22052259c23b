"""What is at stake is counted; how accounts are looked at, the sweep's tests show."""

from hypothesis import given
from hypothesis import strategies as st

from core.market import Symbol
from core.paper.account import PaperAccount
from core.services.look import Stakes
from tests.core.paper.builders import do, fresh, scene, wish

NAMES = ("BTCUSDT", "ETHUSDT", "SOLUSDT")
NOW = scene(btc=60_000, eth=3_000, sol=150)


def holding(*symbols: str) -> PaperAccount:
    account = fresh()
    for symbol in symbols:
        account = do(account, wish(1, symbol=Symbol(symbol), at=1), NOW)
    return account


def test_a_contract_is_at_stake_as_long_as_anybody_has_it() -> None:
    stakes = Stakes()
    stakes.change(None, holding("BTCUSDT"))
    stakes.change(None, holding("BTCUSDT", "ETHUSDT"))
    assert stakes.symbols == {"BTCUSDT", "ETHUSDT"}
    stakes.change(holding("BTCUSDT", "ETHUSDT"), holding("ETHUSDT"))
    assert stakes.symbols == {"BTCUSDT", "ETHUSDT"}
    stakes.change(holding("BTCUSDT"), None)
    assert stakes.symbols == {"ETHUSDT"}
    stakes.change(None, None)
    assert stakes.symbols == {"ETHUSDT"}


@given(st.lists(st.tuples(st.integers(0, 3), st.sets(st.sampled_from(NAMES))), max_size=20))
def test_whatever_changes_it_is_the_sum_of_all_accounts(
    changes: list[tuple[int, set[str]]],
) -> None:
    stakes = Stakes()
    known: dict[int, PaperAccount] = {}
    for number, symbols in changes:
        after = holding(*sorted(symbols)) if symbols else None
        stakes.change(known.pop(number, None), after)
        if after is not None:
            known[number] = after
        assert stakes.symbols == frozenset().union(*(each.symbols for each in known.values()))

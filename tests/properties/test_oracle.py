"""The program against an oracle in fractions; and the oracle against figures done by hand."""

from fractions import Fraction

from core.margin.pool import Pool
from tests.builders import BTC, BTCUSDT, cross, isolated, listing, long, marks, short
from tests.oracle import Oracle, agree, mismatches


def test_no_liquidation_price_of_2000_random_pools_differs_from_the_exact_one() -> None:
    assert mismatches(2_000, seed=20261122) == []


def asked(pool: Pool) -> Oracle:
    return Oracle.of(pool, marks(btc=60_000), listing(BTCUSDT))


def test_the_oracle_knows_prices_done_by_hand() -> None:
    assert asked(isolated(long(1, 60_000))).band(BTC) == (Fraction(54_000_000, 996), None)
    assert asked(isolated(short(1, 60_000))).band(BTC) == (None, Fraction(66_000_000, 1_004))
    assert asked(isolated(long(1, 60_000))).joint() == (Fraction(900, 996), None)


def test_the_oracle_knows_that_some_pools_have_no_price() -> None:
    assert asked(isolated(long(1, 60_000, 1))).band(BTC) == (None, None)
    lost = asked(cross(-100, long(1, 60_000), short(1, 60_000)))
    assert lost.band(BTC) == (None, None)
    assert lost.joint() == (Fraction(1), Fraction(1))


def test_an_end_agrees_to_24_digits_and_no_end_with_no_end_only() -> None:
    third = Fraction(1, 3)
    assert agree(None, None)
    assert not agree(None, third)
    value = long(1, 1).quantity / 3
    assert agree(value, third)
    assert not agree(value, third + Fraction(1, 10**23))
    assert not agree(value, None)

"""What holds for every rounding."""

from decimal import Decimal, localcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from core.money import EXACT, QUANTUM, D, credit, display, down, require, up

values = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15)
long_values = st.tuples(st.integers(-(10**34) + 1, 10**34 - 1), st.integers(-24, 0)).map(
    lambda drawn: Decimal(drawn[0]).scaleb(drawn[1], EXACT)
)
quanta = st.sampled_from([D("0.1"), D("0.01"), D("0.001"), D("1e-8"), D("0.25"), D("5"), D("1")])


@given(st.one_of(values.map(EXACT.plus), long_values), quanta)
def test_down_and_up_are_the_neighbouring_multiples(value: Decimal, quantum: Decimal) -> None:
    below, above = Fraction(down(value, quantum)), Fraction(up(value, quantum))
    step, exact = Fraction(quantum), Fraction(value)
    assert below <= exact <= above
    assert below % step == above % step == 0
    assert above - below == (0 if exact % step == 0 else step)


@given(long_values, quanta)
def test_rounding_twice_is_rounding_once(value: Decimal, quantum: Decimal) -> None:
    assert down(down(value, quantum), quantum) == down(value, quantum)
    assert up(up(value, quantum), quantum) == up(value, quantum)


@given(long_values, quanta)
def test_up_is_the_mirror_of_down(value: Decimal, quantum: Decimal) -> None:
    assert up(value, quantum) == -down(-value, quantum)


@given(long_values)
def test_the_ledger_never_gives_more_than_it_takes(value: Decimal) -> None:
    assert Fraction(credit(value)) <= Fraction(value) <= Fraction(require(value))
    assert Fraction(require(value)) - Fraction(credit(value)) <= Fraction(QUANTUM)


@given(long_values, st.integers(0, 8))
def test_display_is_within_half_a_unit_of_the_value(value: Decimal, places: int) -> None:
    found = display(value, places)
    assert abs(Fraction(found) - Fraction(value)) <= Fraction(1, 2 * 10**places)
    assert -found.as_tuple().exponent == places  # type: ignore[operator]  # finite, so an int


@given(long_values, quanta)
def test_the_caller_s_context_does_not_change_a_rounding(value: Decimal, quantum: Decimal) -> None:
    with localcontext() as narrow:
        narrow.prec = 5
        rough = down(value, quantum), up(value, quantum)
    assert rough == (down(value, quantum), up(value, quantum))

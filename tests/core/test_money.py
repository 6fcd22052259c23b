"""Numbers: one constructor, one context, rounding with a direction."""

from decimal import Decimal, FloatOperation, InvalidOperation, getcontext

import pytest

from core.money import EXACT, QUANTUM, D, credit, display, down, nearest, plain, require, up


def test_a_number_is_made_from_text_an_int_or_a_decimal() -> None:
    assert D("0.10") == D(Decimal("0.1")) == Decimal("0.1")
    assert D(7) == Decimal(7)


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="never a float"):
        D(0.1)  # type: ignore[arg-type]  # the mistake that is under test


def test_the_context_refuses_to_meet_a_float() -> None:
    with pytest.raises(FloatOperation):
        Decimal(1) < 0.5  # noqa: B015


def test_a_quotient_keeps_34_digits() -> None:
    assert getcontext().prec == EXACT.prec == 34
    assert str(D(2) / D(3)) == "0.6666666666666666666666666666666667"


@pytest.mark.parametrize(
    ("value", "quantum", "above", "below"),
    [
        ("61828.91", "0.1", "61829.0", "61828.9"),
        ("61829.0", "0.1", "61829.0", "61829.0"),
        ("-61828.91", "0.1", "-61828.9", "-61829.0"),
        ("0.0001", "0.25", "0.25", "0"),
        ("7", "5", "10", "5"),
    ],
)
def test_up_and_down_are_directions_on_the_number_line(
    value: str, quantum: str, above: str, below: str
) -> None:
    assert (up(D(value), D(quantum)), down(D(value), D(quantum))) == (D(above), D(below))


@pytest.mark.parametrize(
    ("value", "placed"),
    [("0.0000005", "0"), ("0.0000015", "0.000002"), ("0.00000149", "0.000001"), ("-2", "-2")],
)
def test_a_recorded_figure_is_placed_at_the_nearest_and_halves_at_the_even(
    value: str, placed: str
) -> None:
    assert nearest(D(value), D("0.000001")) == D(placed)


def test_a_result_of_34_digits_is_placed_in_one_rounding() -> None:
    nearly_three = D("2.999999999999999999999999999999999")
    assert down(nearly_three, D("0.001")) == D("2.999")
    assert up(D("3.000000000000000000000000000000001"), D("0.001")) == D("3.001")


def test_a_large_amount_has_room_beside_a_small_quantum() -> None:
    assert down(D("12345678901234567890.123456789"), QUANTUM) == D("12345678901234567890.12345678")


def test_what_is_owed_rounds_up_and_what_is_received_rounds_down() -> None:
    assert require(D("0.000000001")) == D("0.00000001")
    assert credit(D("0.000000019")) == D("0.00000001")


def test_a_debit_in_a_credit_still_rounds_against_the_holder() -> None:
    assert credit(D("-0.000000001")) == D("-0.00000001")


@pytest.mark.parametrize(("value", "shown"), [("0.125", "0.12"), ("0.135", "0.14"), ("2", "2.00")])
def test_display_rounds_half_to_even(value: str, shown: str) -> None:
    assert str(display(D(value), 2)) == shown


def test_display_has_no_room_for_what_is_no_number() -> None:
    with pytest.raises(InvalidOperation):
        display(D("Infinity"), 2)


@pytest.mark.parametrize(
    ("value", "text"),
    [("10.00", "10"), ("4E+1", "40"), ("0.0010", "0.001"), ("2.50", "2.5"), ("0.00", "0")],
)
def test_a_plain_figure_has_no_needless_zeros_and_no_exponent(value: str, text: str) -> None:
    assert str(plain(D(value))) == text

"""What a column keeps, comes back: to the last digit and to the microsecond."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from bot.adapters.database.types import LARGEST, Exact, Texts, Unfit, UtcTime

DIALECT = sqlite.dialect()
MONEY = Exact(8)

moments = st.datetimes(
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))]),
    min_value=datetime(2, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9998, 12, 31),  # noqa: DTZ001 - the same
)


@given(whole=st.integers(-LARGEST, LARGEST), scale=st.integers(0, 12))
def test_an_amount_comes_back_as_it_was(whole: int, scale: int) -> None:
    amount, column = Decimal(whole).scaleb(-scale), Exact(scale)
    kept = column.process_bind_param(amount, DIALECT)
    assert kept == whole
    back = column.process_result_value(kept, DIALECT)
    assert back == amount
    assert "E" not in f"{back!s:.40}" or abs(amount) < Decimal("1e-6")


@given(amount=st.decimals(allow_nan=True, allow_infinity=True))
def test_an_amount_is_kept_whole_or_refused(amount: Decimal) -> None:
    try:
        kept = MONEY.process_bind_param(amount, DIALECT)
    except Unfit:
        return
    assert kept is not None
    assert Decimal(kept) == amount * 10**8


@pytest.mark.parametrize("amount", ["1e-9", "0.123456789", "92233720368.54775808", "1e999999999"])
def test_what_does_not_fit_is_refused_and_not_rounded(amount: str) -> None:
    with pytest.raises(Unfit):
        MONEY.process_bind_param(Decimal(amount), DIALECT)


def test_the_largest_amount_fits_under_a_narrow_context_too() -> None:
    with localcontext() as narrow:
        narrow.prec = 3
        kept = MONEY.process_bind_param(Decimal("92233720368.54775807"), DIALECT)
        assert MONEY.process_result_value(kept, DIALECT) == Decimal("92233720368.54775807")


@pytest.mark.parametrize("amount", [0.1, 5, "7"])
def test_only_a_decimal_is_an_amount(amount: object) -> None:
    with pytest.raises(TypeError):
        MONEY.process_bind_param(amount, DIALECT)  # type: ignore[arg-type]  # the fault that is planted


@pytest.mark.parametrize(("kept", "shown"), [(1000000000, "10"), (0, "0"), (1050000000, "10.5")])
def test_zeros_that_nobody_typed_do_not_come_back(kept: int, shown: str) -> None:
    assert str(MONEY.process_result_value(kept, DIALECT)) == shown


@given(moment=moments)
def test_a_moment_comes_back_in_utc(moment: datetime) -> None:
    column = UtcTime()
    back = column.process_result_value(column.process_bind_param(moment, DIALECT), DIALECT)
    assert back == moment
    assert back is not None
    assert back.utcoffset() == timedelta(0)


@given(one=moments, other=moments)
def test_moments_sort_in_sql_as_they_do_here(one: datetime, other: datetime) -> None:
    kept = [UtcTime().process_bind_param(moment, DIALECT) or 0 for moment in (one, other)]
    assert (kept[0] < kept[1]) == (one < other)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(Unfit):
        UtcTime().process_bind_param(datetime(2026, 12, 1), DIALECT)  # noqa: DTZ001 - the fault


@given(texts=st.frozensets(st.text()))
def test_a_set_comes_back_and_is_always_written_alike(texts: frozenset[str]) -> None:
    column = Texts()
    kept = column.process_bind_param(texts, DIALECT)
    assert column.process_result_value(kept, DIALECT) == texts
    assert kept == column.process_bind_param(frozenset(sorted(texts, reverse=True)), DIALECT)


@pytest.mark.parametrize("column", [MONEY, UtcTime(), Texts()])
def test_nothing_is_kept_as_nothing(column: Exact | UtcTime | Texts) -> None:
    assert column.process_bind_param(None, DIALECT) is None
    assert column.process_result_value(None, DIALECT) is None

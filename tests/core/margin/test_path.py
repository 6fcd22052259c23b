"""Stretches of a path on which the cushion is positive."""

from collections.abc import Iterable

from core.margin.path import Span, Strand, safe_spans, span_around
from core.margin.pool import Leg
from core.market import BracketTable, Measure
from core.money import ZERO, D
from tests.builders import BTC, Number, flat, instrument, jumping, ladder, long, short


def strand(leg: Leg, table: BracketTable, start: Number = 0, pace: Number | None = None) -> Strand:
    moving = leg.quantity if pace is None else D(pace)
    return Strand(leg, instrument(BTC, table), D(start), moving)


def spans(fixed: Number, *strands: Strand) -> list[tuple[object, object]]:
    return [(span.low, span.high) for span in safe_spans(D(fixed), strands)]


def test_a_path_without_legs_is_safe_if_there_is_collateral() -> None:
    assert spans(1) == [(None, None)]
    assert spans(0) == []


def test_a_long_is_safe_above_one_price() -> None:
    assert spans(200, strand(long(1, 1000), flat("0.2"))) == [(1000, None)]


def test_a_short_is_safe_below_one_price() -> None:
    assert spans(200, strand(short(1, 1000), flat("0.2"))) == [(None, 1000)]


def test_a_hedge_is_safe_between_two_prices() -> None:
    legs = strand(long(3, 1000), flat("0.5")), strand(short(2, 1000), flat("0.5"))
    assert spans(-3000 + 2000 + 1000, *legs) == []
    deeper = ladder((0, 10, "0.1"), (3000, 5, "0.5"))
    legs = strand(long(3, 1000), deeper), strand(short(2, 1000), deeper)
    assert spans(900, *legs) == [(200, D(4600) / 3)]


def test_an_even_hedge_that_needs_nothing_more_is_safe_everywhere() -> None:
    both = strand(long(1, 1000), flat(0)), strand(short(1, 1000), flat(0))
    assert spans(1, *both) == [(None, None)]
    assert spans(0, *both) == []


def test_a_jump_upward_ends_a_safe_stretch_at_the_edge() -> None:
    table = jumping((0, 10, "0.1"), (1500, 5, "0.2"))
    assert spans(700, strand(short(1, 1000), table)) == [(None, 1500)]


def test_a_jump_can_leave_two_safe_stretches_for_a_long() -> None:
    table = jumping((0, 10, "0.1"), (1200, 5, "0.3"))
    assert spans(100, strand(long(1, 1000), table)) == [(1000, 1200), (D(9000) / 7, None)]


def test_an_edge_that_is_safe_on_both_sides_joins_its_stretches() -> None:
    table = jumping((0, 10, "0.1"), (1200, 5, "0.2"))
    assert spans(800, strand(long(1, 1000), table)) == [(D(2000) / 9, None)]


def test_a_ladder_of_contracts_has_no_edges_on_the_way() -> None:
    table = jumping((0, 10, "0.1"), (2, 5, "0.2"), measure=Measure.QUANTITY)
    assert list(strand(long(3, 1000), table).corners()) == []
    assert spans(600, strand(long(3, 1000), table)) == [(1000, None)]


def test_a_leg_that_stands_still_has_no_edges_and_a_level_line() -> None:
    still = strand(long(1, 1000), ladder((0, 10, "0.1"), (2000, 5, "0.2")), start=1500, pace=0)
    assert list(still.corners()) == []
    assert list(still.line(D("0.5"))) == [1500 - 1000 - 150, 0]
    assert still.worth(ZERO) == still.worth(D(7)) == 1500


def test_edges_are_met_where_the_worth_runs_through_them() -> None:
    falling = strand(long(1, 1000), ladder((0, 10, "0.1"), (800, 5, "0.2")), start=1000, pace=-400)
    assert list(falling.corners()) == [D("0.5")]
    assert list(falling.line(D("0.25"))) == [1000 - 1000 - 200 + 80, -400 + 80]
    assert list(falling.line(D("0.75"))) == [1000 - 1000 - 100, -400 + 40]


def test_a_path_that_begins_with_nothing_left_becomes_safe_later() -> None:
    rising = strand(long(1, 1000), flat("0.1"), start=1000, pace=200)
    assert spans(10, rising) == [(D("0.5"), None)]


def of(*ends: tuple[int | None, int | None]) -> tuple[Span, ...]:
    return tuple(
        Span(None if low is None else D(low), None if high is None else D(high))
        for low, high in ends
    )


def test_the_stretch_round_a_point_holds_it() -> None:
    two = of((1, 2), (5, None))
    assert span_around(two, D(6)) == two[1]
    assert span_around(two, D("1.5")) == two[0]


def test_outside_every_stretch_the_nearest_one_counts() -> None:
    two = of((1, 2), (5, None))
    nearest: Iterable[Span | None] = [span_around(two, D(t)) for t in (0, 3, 4)]
    assert list(nearest) == [two[0], two[0], two[1]]


def test_no_stretch_is_round_anything() -> None:
    assert span_around((), D(1)) is None


def test_the_ends_of_a_stretch_do_not_belong_to_it() -> None:
    (span,) = of((1, 2))
    assert [span.holds(D(t)) for t in ("0.5", 1, "1.5", 2, 3)] == [False, False, True, False, False]
    assert [span.gap(D(t)) for t in ("0.5", 1, 2, 3)] == [D("0.5"), 0, 0, 1]


def test_a_stretch_without_bounds_holds_everything() -> None:
    (span,) = of((None, None))
    assert span.holds(D(10**9))
    assert span.gap(D(-1)) == 0

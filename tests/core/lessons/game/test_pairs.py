"""Mirrored pairs: who is flagged, what they share, what a host decides."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import combinations
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.lessons.game.chance import drawn
from core.lessons.game.errors import BadOption
from core.lessons.game.pairs import CLEAR, NONE, SHARED, Pairs, Ruling, mirrored
from core.lessons.game.standing import Standing, placed
from core.lessons.game.trades import Trade
from core.margin.pool import Side
from core.market import Symbol
from core.money import D
from tests.builders import BTC, ETH
from tests.core.lessons.game.builders import at

END = at(10_000)

Row = tuple[float, float | None, Side, Symbol]
LONG, SHORT = Side.LONG, Side.SHORT


def trades(*rows: tuple[float, float | None, Side] | Row) -> tuple[Trade, ...]:
    """Trades by their beginning and end in seconds, side, and contract (BTC where none is said)."""
    return tuple(
        Trade(
            number=number,
            symbol=row[3] if len(row) == 4 else BTC,
            side=row[2],
            opened=at(row[0]),
            closed=None if row[1] is None else at(row[1]),
        )
        for number, row in enumerate(rows, 1)
    )


def found(**players: tuple[Trade, ...]) -> tuple[tuple[int, int], ...]:
    """The pairs among players p1, p2 ..."""
    return mirrored({int(name[1:]): own for name, own in players.items()}, END)


TWICE = trades((0, 100, LONG), (200, 300, SHORT))
AGAINST = trades((2, 101, SHORT), (201, 299, LONG))


# --- who is flagged


def test_two_who_stood_against_each_other_twice_are_flagged() -> None:
    assert found(p1=TWICE, p2=AGAINST) == ((1, 2),)
    assert found(p2=TWICE, p1=AGAINST) == ((1, 2),)


def test_who_stood_on_the_same_side_is_not() -> None:
    assert found(p1=TWICE, p2=TWICE) == ()


def test_another_contract_is_another_trade() -> None:
    other = trades((2, 101, SHORT, ETH), (201, 299, LONG, ETH))
    assert found(p1=TWICE, p2=other) == ()


def test_once_is_chance() -> None:
    assert found(p1=TWICE[:1], p2=AGAINST[:1]) == ()


def test_more_than_nine_tenths_of_the_time_must_be_common() -> None:
    both = trades((0, 1_000, LONG), (2_000, 3_000, LONG))
    tenth = trades((0, 900, SHORT), (2_000, 2_900, SHORT))
    less = trades((0, 901, SHORT), (2_000, 2_901, SHORT))
    assert found(p1=both, p2=tenth) == ()
    assert found(p1=both, p2=less) == ((1, 2),)
    apart = trades((50, 1_050, SHORT), (2_050, 3_050, SHORT))
    assert found(p1=both, p2=apart) == ((1, 2),)


def test_who_traded_much_beside_it_is_told_by_whoever_traded_less() -> None:
    busy = (*TWICE, *trades(*((n * 10, n * 10 + 5, LONG, ETH) for n in range(40))))
    renumbered = tuple(
        Trade(number=n, symbol=t.symbol, side=t.side, opened=t.opened, closed=t.closed)
        for n, t in enumerate(busy, 1)
    )
    assert found(p1=renumbered, p2=AGAINST) == ((1, 2),)


def test_two_of_five_are_fewer_than_half() -> None:
    more = ((400, 500, LONG, ETH), (600, 650, LONG, ETH), (700, 750, LONG, ETH))
    five = _joined(TWICE, trades(*more))
    against = _joined(AGAINST, trades(*((a + 40, b, SHORT, s) for a, b, _, s in more)))
    assert found(p1=five, p2=against) == ()
    assert found(p1=five[:4], p2=against) == ((1, 2),)


def _joined(*parts: Sequence[Trade]) -> tuple[Trade, ...]:
    every = [trade for part in parts for trade in part]
    return tuple(
        Trade(number=n, symbol=t.symbol, side=t.side, opened=t.opened, closed=t.closed)
        for n, t in enumerate(every, 1)
    )


def test_what_is_open_at_the_end_ends_there() -> None:
    ours = trades((0, 100, LONG), (5_000, None, LONG))
    theirs = trades((1, 101, SHORT), (5_010, None, SHORT))
    assert found(p1=ours, p2=theirs) == ((1, 2),)


def test_nobody_is_a_pair_with_themselves() -> None:
    hedged = trades((0, 100, LONG), (0, 100, SHORT), (200, 300, LONG), (200, 300, SHORT))
    assert found(p1=hedged) == ()
    assert mirrored({}, END) == ()


def test_what_took_no_time_is_no_mirror() -> None:
    assert found(p1=trades(*[(0, 0, LONG)] * 3), p2=trades(*[(0, 0, SHORT)] * 3)) == ()


def one_by_one(known: Mapping[int, Sequence[Trade]]) -> tuple[tuple[int, int], ...]:
    """The same by comparing everything with everything."""
    told = []
    for a, b in combinations(sorted(known), 2):
        ours, theirs = set(), set()
        for one in known[a]:
            for other in known[b]:
                ends = sorted([one.closed or END, other.closed or END])
                starts = sorted([one.opened, other.opened])
                against = one.side is not other.side and one.symbol == other.symbol
                if against and (ends[0] - starts[1]) * 10 > (ends[1] - starts[0]) * 9:
                    ours.add(one.number)
                    theirs.add(other.number)
        many = min(len(ours), len(theirs))
        if many >= 2 and 2 * many >= min(len(known[a]), len(known[b])):
            told.append((a, b))
    return tuple(told)


row = st.tuples(
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from([LONG, SHORT]),
    st.sampled_from([BTC, ETH]),
).map(lambda r: (r[0] * 5, r[0] * 5 + r[1] * 5, r[2], r[3]))


@settings(max_examples=200)
@given(st.lists(st.lists(row, max_size=6), max_size=5))
def test_the_fast_way_finds_what_the_slow_one_does(rows: list[list[Row]]) -> None:
    known = {number: trades(*own) for number, own in enumerate(rows, 1)}
    assert mirrored(known, END) == one_by_one(known)


def test_two_hundred_who_trade_all_week_are_compared_at_once() -> None:
    known: dict[int, list[Trade]] = defaultdict(list)
    for player in range(1, 201):
        for n in range(50):
            start, length = drawn("a", 600_000, player, n), 120 + drawn("b", 4_000, player, n)
            side = LONG if drawn("c", 2, player, n) else SHORT
            known[player] += trades((start, start + length, side))
    begun = process_time()
    mirrored(known, at(0) + timedelta(days=7))
    assert process_time() - begun < 2


# --- what they share


def standings(*figures: int, unlisted: frozenset[int] = frozenset()) -> tuple[Standing, ...]:
    """Players 1, 2 ... with one figure each."""
    return tuple(
        Standing(number, (D(figure),), number not in unlisted)
        for number, figure in enumerate(figures, 1)
    )


def places(pairs: Pairs, *figures: int, unlisted: frozenset[int] = frozenset()) -> dict[int, int]:
    """Everybody's place; 0 is none."""
    shared = placed(pairs.shared(standings(*figures, unlisted=unlisted)))
    return {one.player: one.place for one in shared}


def test_a_pair_shares_the_lower_one_s_place_and_the_others_move_up() -> None:
    assert places(NONE, 50, 40, 30, 20) == {1: 1, 2: 2, 3: 3, 4: 4}
    assert places(Pairs(((1, 3),)), 50, 40, 30, 20) == {2: 1, 1: 2, 3: 2, 4: 4}


def test_pairs_that_hang_together_share_one_place() -> None:
    assert places(Pairs(((1, 2), (3, 4), (2, 3))), 50, 40, 30, 20, 10) == {
        1: 1,
        2: 1,
        3: 1,
        4: 1,
        5: 5,
    }


def test_with_somebody_under_the_line_one_stands_under_it() -> None:
    assert places(Pairs(((1, 2),)), 50, 90, 30, unlisted=frozenset({2})) == {3: 1, 1: 0, 2: 0}


# --- what a host decides


def test_until_a_host_decides_nothing_is_decided() -> None:
    flagged = Pairs(((1, 3),))
    assert flagged.decision((1, 3)) == ""
    assert flagged.ruled("1 3 clear", 0).decision((1, 3)) == CLEAR
    assert flagged.ruled("3 1 shared", 0).decision((1, 3)) == SHARED


def test_a_pair_that_is_clear_has_the_places_it_earned() -> None:
    flagged = Pairs(((1, 3),))
    assert places(flagged.ruled("1 3 clear", 0), 50, 40, 30) == {1: 1, 2: 2, 3: 3}
    assert places(flagged.ruled("1 3 shared", 0), 50, 40, 30) == {2: 1, 1: 2, 3: 2}


def test_a_host_may_think_again_and_every_decision_is_kept() -> None:
    now = Pairs(((1, 3),)).ruled("1 3 clear", 0).ruled("1 3 shared", 0)
    assert now.decision((1, 3)) == SHARED
    assert now.rulings == (Ruling((1, 3), CLEAR), Ruling((1, 3), SHARED))


def test_a_host_who_plays_and_decides_is_not_listed_any_more() -> None:
    now = Pairs(((1, 3),)).ruled("1 3 clear", 2)
    assert now.judges == {2}
    assert places(now, 50, 40, 30) == {1: 1, 3: 2, 2: 0}
    assert Pairs(((1, 3),)).ruled("1 3 clear", 0).judges == frozenset()


@pytest.mark.parametrize(
    ("about", "option", "value"),
    [
        ("", "pair", ""),
        ("1", "pair", "1"),
        ("1 2 clear", "pair", "1 2"),
        ("1 3", "decision", ""),
        ("1 3 maybe", "decision", "maybe"),
    ],
)
def test_what_was_not_flagged_or_cannot_be_decided_is_refused(
    about: str, option: str, value: str
) -> None:
    with pytest.raises(BadOption) as refusal:
        Pairs(((1, 3), (4, 5))).ruled(about, 0)
    assert (refusal.value.option, refusal.value.value) == (option, value)
    allowed = ("1 3", "4 5") if option == "pair" else (CLEAR, SHARED)
    assert refusal.value.allowed == allowed

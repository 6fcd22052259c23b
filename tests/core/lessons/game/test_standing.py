"""Places, and what they are worth."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.lessons.game.standing import BEST, Standing, placed, points, season_total
from core.money import D


def stand(player: int, *figures: int, listed: bool = True) -> Standing:
    return Standing(player, tuple(map(D, figures)), listed)


def places(*standings: Standing) -> list[tuple[int, int]]:
    return [(one.player, one.place) for one in placed(standings)]


def test_the_first_figure_counts_first_and_higher_is_better() -> None:
    assert places(stand(1, 3, 9), stand(2, 5, 0), stand(3, 3, 10)) == [(2, 1), (3, 2), (1, 3)]


def test_who_nothing_tells_apart_shares_a_place_and_the_next_is_left_out() -> None:
    found = places(stand(1, 5), stand(2, 7), stand(3, 5), stand(4, 1))
    assert found == [(2, 1), (1, 2), (3, 2), (4, 4)]


def test_who_is_not_listed_stands_below_without_a_place() -> None:
    found = places(stand(1, 9, listed=False), stand(2, 1), stand(3, 10, listed=False))
    assert found == [(2, 1), (3, 0), (1, 0)]


def test_nobody_is_placed_nowhere() -> None:
    assert placed(()) == ()


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans())))
def test_everybody_is_placed_once_and_the_better_never_behind(
    drawn: list[tuple[int, bool]],
) -> None:
    standings = [stand(n, figure, listed=listed) for n, (figure, listed) in enumerate(drawn)]
    found = placed(standings)
    assert sorted(one.player for one in found) == list(range(len(drawn)))
    listed = [one for one in found if one.listed]
    for one in listed:
        assert one.place == 1 + sum(other.figures > one.figures for other in listed)
    assert all(one.place == 0 for one in found if not one.listed)


# --- points


def test_points_are_ten_seven_five_three_two_one_times_the_binary_logarithm() -> None:
    assert [points(place, 2) for place in range(1, 8)] == [10, 7, 5, 3, 2, 1, 0]
    assert points(1, 8) == D("30.0")
    assert points(3, 30) == D("24.5")  # 5 x 4.9069
    assert points(6, 200) == D("7.6")  # 1 x 7.6439
    assert points(1, 5) == D("23.2")  # 10 x 2.3219


def test_points_have_one_decimal_place() -> None:
    assert all(points(1, n).as_tuple().exponent == -1 for n in range(2, 200))


def test_without_company_there_is_nothing_to_win() -> None:
    assert points(1, 1) == 0
    assert points(0, 30) == 0
    assert points(-1, 30) == 0


@given(st.integers(1, 6), st.integers(2, 10**4))
def test_more_players_are_never_worth_less(place: int, players: int) -> None:
    assert points(place, players) <= points(place, players + 1)


def test_the_best_eight_results_of_a_season_count() -> None:
    won = [Decimal(n) for n in (1, 9, 2, 8, 3, 7, 4, 6, 5, 10)]
    assert season_total(won) == sum(range(3, 11))
    assert season_total(won[:3]) == 12
    assert season_total(()) == 0
    assert BEST == 8

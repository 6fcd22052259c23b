"""Squads by roles: which ones count, who goes where, and what they are called."""

from dataclasses import replace

import pytest

from core.lessons.game.game import Player
from core.lessons.game.roles import by_role, role_kept, role_names
from tests.core.lessons.game.builders import game, player


def people(*roles: str) -> list[Player]:
    return [replace(player(number), role=role) for number, role in enumerate(roles, 1)]


def test_the_most_frequent_roles_make_the_squads() -> None:
    found = by_role(people("a", "b", "b", "a", "b", "c"), 2)
    assert found == (((2, 3, 5), (1, 4, 6)), ("b", "a"))


def test_there_are_as_many_as_were_chosen_or_as_there_are() -> None:
    assert by_role(people("a", "b", "c", "c"), 3) == (((3, 4), (1,), (2,)), ("c", "a", "b"))
    assert by_role(people("a", "b"), 4) == (((1,), (2,)), ("a", "b"))


def test_of_equally_frequent_ones_whose_bearer_joined_first_counts_whatever_they_are_called() -> (
    None
):
    assert by_role(people("z", "y", "x", "z", "y", "x"), 2)[1] == ("z", "y")
    assert by_role(people("a", "b", "c", "a", "b", "c"), 2)[1] == ("a", "b")


def test_everybody_else_is_shared_out_to_the_smallest() -> None:
    squads, _ = by_role(people("a", "a", "a", "b", "", "c", "", ""), 2)
    assert squads == ((1, 2, 3, 7), (4, 5, 6, 8))


@pytest.mark.parametrize("roles", [("", "", ""), ("a", "a", "")])
def test_of_fewer_than_two_roles_there_are_no_squads(roles: tuple[str, ...]) -> None:
    assert by_role(people(*roles), 2) == ((), ())


def test_a_role_is_cleaned_and_kept_only_where_squads_are_made_of_it() -> None:
    asks = replace(game(by="role"), kind="squads")
    assert role_kept(asks, " Ma\u200brket\u202eing @North ") == "Marketing North"
    assert len(role_kept(asks, "x" * 200)) == 100
    assert role_kept(asks, "") == ""
    assert role_kept(game(by="chance"), "Traders") == ""
    assert role_kept(game(), "Traders") == ""


def test_squads_are_called_by_their_roles_cut_and_told_apart() -> None:
    assert role_names(["Traders", "Marketing North"]) == ("Traders", "Marketing No")
    same = role_names(["Engineering Team A", "Engineering Team B", "ENGINEERING TEAM C"])
    assert same == ("Engineering", "Engineeri #2", "ENGINEERI #3")
    assert all(len(name) <= 12 for name in same)


def test_a_role_that_says_nothing_or_sounds_like_somebody_in_charge_lends_no_name() -> None:
    assert role_names(["🚀", "Moderator", "Admin Team", "🚀🚀"]) == ("", "", "", "")

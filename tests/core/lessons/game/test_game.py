"""A game as a value: who plays, who may still come, how far it is."""

from dataclasses import replace

import pytest

from core.lessons.game.errors import NoSeat, NotPlaying
from core.lessons.game.game import Game, Phase
from tests.core.lessons.game.builders import game, player


def test_a_game_is_on_while_it_runs_or_is_frozen_and_over_after_that() -> None:
    assert [p for p in Phase if p.is_on] == [Phase.RUNNING, Phase.FROZEN]
    assert [p for p in Phase if p.is_over] == [Phase.SETTLING, Phase.FINAL, Phase.ARCHIVED]


def test_players_are_found_by_their_number() -> None:
    found = game(player(1), player(2))
    assert found.player(2).name == "p2"
    with pytest.raises(NotPlaying):
        found.player(3)


def test_who_has_left_is_there_and_does_not_play() -> None:
    found = game(player(1), player(2, left=5))
    assert [p.number for p in found.players] == [1, 2]
    assert [p.number for p in found.playing] == [1]


def test_a_player_is_put_in_place_of_the_one_of_their_number() -> None:
    found = game(player(1), player(2)).with_player(player(1, left=3)).with_player(player(3))
    assert [(p.number, p.left is None) for p in found.players] == [(1, False), (2, True), (3, True)]


def seat(found: Game, most: int = 9, *, late: bool = False) -> int:
    return found.seat(most, late=late)


def test_the_next_seat_is_after_the_highest() -> None:
    assert seat(game(phase=Phase.OPEN)) == 1
    assert seat(game(player(1), player(4), phase=Phase.OPEN)) == 5


def test_a_running_game_has_seats_for_the_late_only_where_it_takes_them() -> None:
    for phase in (Phase.RUNNING, Phase.FROZEN):
        with pytest.raises(NoSeat) as begun:
            seat(game(player(1), phase=phase))
        assert begun.value.why == "begun"
        assert seat(game(player(1), phase=phase), late=True) == 2


@pytest.mark.parametrize("phase", [Phase.SETTLING, Phase.FINAL, Phase.ARCHIVED])
def test_a_game_that_is_over_has_none(phase: Phase) -> None:
    with pytest.raises(NoSeat) as stopped:
        seat(game(phase=phase), late=True)
    assert stopped.value.why == "stopped"


def test_a_full_game_has_none_until_somebody_leaves() -> None:
    with pytest.raises(NoSeat) as full:
        seat(game(player(1), player(2), phase=Phase.OPEN), most=2)
    assert full.value.why == "full"
    assert seat(game(player(1), player(2, left=1), phase=Phase.OPEN), most=2) == 3


def test_who_is_forgotten_is_shown_by_their_number() -> None:
    found = game(player(1), player(2)).nameless(2)
    assert [p.name for p in found.players] == ["p1", "player #2"]
    assert found.nameless(7) == found


def test_what_somebody_called_a_squad_goes_with_their_name_and_their_role_does_not() -> None:
    named = game(replace(player(1), banner="Owls", role="Traders"), replace(player(2), banner="x"))
    first, second = named.nameless(1).players
    assert (first.banner, first.role, second.banner) == ("", "Traders", "x")

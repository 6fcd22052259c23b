"""What every kind promises, and what it is asked."""

from core.lessons.challenges import kinds
from core.lessons.challenges.duel import KIND
from core.lessons.game.kind import chosen
from tests.core.lessons.game.builders import game


def test_what_was_chosen_counts_and_else_the_first_value() -> None:
    assert chosen(game(), KIND, "leverage") == "20"
    assert chosen(game(leverage="50"), KIND, "leverage") == "50"


def test_every_kind_has_a_place_players_and_options_with_a_default() -> None:
    all_ = tuple(kinds().values())
    assert len({kind.order for kind in all_}) == len(all_)
    for kind in all_:
        assert 1 <= kind.fewest <= kind.most
        assert all(option.values for option in kind.options)

"""Captains: whom votes make one, who stands in for whom, and what a squad may be called."""

from dataclasses import replace

import pytest

from bot.adapters.database.codec import dumps, loads
from core.lessons.game import inputs as i
from core.lessons.game.captain import AWAY, Helm, Lead, check_name, is_vote, squad_of
from core.lessons.game.errors import BadName, NotCaptain, NotNow, NotPlaying, OtherSquad
from core.lessons.game.game import Game
from core.paper.actions import CloseAll
from tests.core.lessons.game.builders import at, game, player

SQUADS = ((1, 3, 5), (2, 4))
DAY = AWAY.total_seconds()


def five() -> Game:
    return game(*(player(number) for number in range(1, 6)))


def without(number: int) -> Game:
    """The five, one of whom has left."""
    return five().with_player(replace(five().player(number), left=at(10)))


def vote(helm: Helm, *votes: tuple[int, int]) -> Helm:
    for voter, meant in votes:
        said = i.Answered(at=at(1), player=voter, value=f"captain {meant}")
        helm = helm.voted(said, SQUADS, five())
    return helm


def lead(helm: Helm, seconds: float = 2, on: Game | None = None) -> Lead:
    """Who leads the first squad."""
    return helm.lead(SQUADS[0], on or five(), at(seconds))


def hear(helm: Helm, number: int, seconds: float) -> Helm:
    return helm.hears(i.Answered(at=at(seconds), player=number, value="x"), five())


# --- votes


def test_without_a_vote_the_first_two_who_joined_lead() -> None:
    assert lead(Helm()) == Lead(captain=1, vice=3)


def test_most_votes_make_the_captain_and_the_next_the_vice_captain() -> None:
    assert lead(vote(Helm(), (1, 5), (3, 5), (5, 3))) == Lead(captain=5, vice=3)
    assert lead(vote(Helm(), (1, 5))) == Lead(captain=5, vice=1)


def test_of_equal_votes_who_joined_first_leads() -> None:
    assert lead(vote(Helm(), (1, 5), (3, 3))) == Lead(captain=3, vice=5)


def test_a_later_vote_counts_in_the_place_of_the_first() -> None:
    helm = vote(Helm(), (3, 5), (3, 3))
    assert helm.votes == {3: 3}
    assert lead(helm).captain == 3


@pytest.mark.parametrize("value", ["captain 2", "captain 9", "captain", "captain 1 3", "captain x"])
def test_only_somebody_of_ones_own_squad_is_voted_for(value: str) -> None:
    with pytest.raises(OtherSquad):
        Helm().voted(i.Answered(at=at(1), player=1, value=value), SQUADS, five())


def test_who_has_left_neither_votes_nor_is_voted_for() -> None:
    with pytest.raises(OtherSquad):
        Helm().voted(i.Answered(at=at(20), player=1, value="captain 3"), SQUADS, without(3))
    with pytest.raises(NotPlaying):
        Helm().voted(i.Answered(at=at(20), player=3, value="captain 1"), SQUADS, without(3))


def test_a_vote_of_who_has_left_counts_again_when_they_are_back() -> None:
    helm = vote(Helm(), (3, 5))
    assert lead(helm, on=without(3)) == Lead(captain=1, vice=5)
    assert lead(helm) == Lead(captain=5, vice=1)


def test_who_is_in_no_squad_has_no_vote() -> None:
    with pytest.raises(NotNow, match="squadless"):
        squad_of(SQUADS, 6, five().with_player(player(6)))
    assert squad_of(SQUADS, 4, five()) == 1


def test_votes_are_told_from_other_answers() -> None:
    assert is_vote(i.Answered(at=at(), player=1, value="captain 5"))
    assert not is_vote(i.Answered(at=at(), player=1, value="captains"))
    assert not is_vote(i.Answered(at=at(), player=1, value=""))


# --- absence


def test_after_a_day_without_a_word_the_vice_captain_stands_in() -> None:
    helm = hear(hear(Helm(), 3, 100), 1, 50)
    assert lead(helm, 50 + DAY - 1) == Lead(captain=1, vice=3)
    assert lead(helm, 50 + DAY) == Lead(captain=3, vice=1, absent=1)


def test_who_is_back_leads_again() -> None:
    helm = hear(hear(Helm(), 3, 100), 1, 60 + DAY)
    assert lead(helm, 60 + DAY) == Lead(captain=1, vice=3)


def test_where_both_are_away_the_next_by_votes_stands_in() -> None:
    helm = hear(vote(Helm(), (1, 3)), 5, DAY)
    assert lead(helm, DAY) == Lead(captain=5, vice=3, absent=3)


def test_where_all_are_away_it_is_whoever_was_voted_for() -> None:
    assert lead(vote(Helm(), (1, 3)), DAY) == Lead(captain=3, vice=1)


def test_who_has_left_leads_nobody_and_nobody_stands_in_for_them() -> None:
    assert lead(Helm(), on=without(1)) == Lead(captain=3, vice=5)


def test_a_squad_that_everybody_left_has_no_captain() -> None:
    nobody = replace(five(), players=tuple(replace(p, left=at(1)) for p in five().players))
    assert lead(Helm(), on=nobody) == Lead()
    one = nobody.with_player(player(3))
    assert lead(Helm(), on=one) == Lead(captain=3)


def test_whoever_does_something_is_heard_of() -> None:
    helm, on = Helm(), five()
    for what in (
        i.Answered(at=at(1), player=1, value="captain 1"),
        i.Ordered(at=at(2), player=2, action=CloseAll()),
        i.Named(at=at(3), player=3, name="Owls"),
        i.Returned(at=at(4), player=4),
        i.Joined(at=at(5), name="p5"),
    ):
        helm = helm.hears(what, on)
    assert helm.heard == {number: at(number) for number in range(1, 6)}
    for other in (
        i.Left(at=at(9), player=1),
        i.Due(at=at(9)),
        i.Ruled(at=at(9), what="", about=""),
    ):
        assert helm.hears(other, on) is helm


# --- names


def rename(helm: Helm, number: int, on: Game | None = None, seconds: float = 2) -> tuple[Helm, int]:
    return helm.renamed(i.Named(at=at(seconds), player=number, name="x"), SQUADS, on or five())


def test_the_captain_names_the_squad_and_the_name_goes_with_them() -> None:
    helm, own = rename(Helm(), 2)
    assert (own, helm.named) == (1, {1: 2})
    owls = five().with_player(replace(player(2), banner="Owls"))
    assert helm.called(1, owls) == "Owls"
    assert helm.called(0, owls) == ""
    assert helm.called(1, owls.nameless(2)) == ""


def test_nobody_else_does_and_hears_who_may() -> None:
    with pytest.raises(NotCaptain) as refusal:
        rename(Helm(), 3)
    assert refusal.value.captain == 1
    with pytest.raises(NotPlaying):
        rename(Helm(), 3, without(3))


def test_who_stands_in_may_until_the_captain_is_heard_of() -> None:
    helm = hear(Helm(), 3, DAY)
    assert rename(helm, 3, seconds=DAY)[0].named == {0: 3}
    with pytest.raises(NotCaptain):
        rename(hear(helm, 1, DAY), 3, seconds=DAY)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("...", "nothing"),
        ("\u200b", "nothing"),
        ("www.owls.com", "nothing"),
        ("The Admin", "reserved"),
        ("b.o.t", "reserved"),
        ("OWLS", "taken"),
        ("Blue", "taken"),
        ("telegram", "taken"),
        ("Squad 3", "taken"),
        ("player #3", "taken"),
    ],
)
def test_some_names_are_refused(name: str, why: str) -> None:
    with pytest.raises(BadName) as refusal:
        check_name(name, ["Owls"])
    assert refusal.value.why == why


def test_any_other_name_is_fine() -> None:
    for name in ("Night Owls", "Blue Owls", "Mods4Life", "Squad Three"):
        check_name(name, ["Owls"])


def test_it_is_kept_and_read() -> None:
    helm = rename(hear(vote(Helm(), (1, 3), (3, 1), (5, 1)), 5, 7), 1)[0]
    assert loads(Helm, dumps(helm)) == helm
    assert dumps(Helm()) == "{}"

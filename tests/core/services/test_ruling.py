"""Hosts' decisions about a result: for whom, once, printed, and in the season."""

from dataclasses import replace

import pytest

from core.errors import NotAllowed
from core.lessons.challenges.arena import Arena
from core.lessons.game import inputs as i
from core.lessons.game.errors import BadOption, NoGame, NotNow
from core.lessons.game.game import Phase
from core.lessons.game.kind import Table
from core.lessons.game.pairs import Pairs
from core.lessons.game.standing import Standing
from core.paper.records import Identity
from core.services.playing import Playing
from core.services.rating import KNOWN
from tests.core.services.hall import HOST, MIRA, Hall
from tests.core.services.test_rating import arena

PEOPLE = [Identity("telegram", str(n)) for n in range(20, 26)]


class Over:
    """An arena that is over in a hall; its first two traded against each other."""

    def __init__(self, phase: Phase = Phase.FINAL) -> None:
        self.hall = hall = Hall()
        state = arena(500, 400, 300, 200, 100)
        play = state.play
        assert isinstance(play, Arena)
        now = hall.clock.now()
        game = replace(state.game, phase=phase, began=now, ended=now + KNOWN)
        state = replace(state, game=game, play=replace(play, pairs=Pairs(((1, 2),))))
        with hall.units.writing() as books:
            learners = [books.paper.enroll(who, now) for who in PEOPLE]
            number = books.games.add(state, HOST, hall.by().room).number
            for player, learner in zip(state.game.players, learners, strict=False):
                books.games.sit(number, learner, player.number)
        hall.clock.advance(KNOWN)

    def rule(self, about: str = "1 2 clear", by: Playing | None = None) -> str:
        return self.hall.challenges.rule(by or self.hall.host(), 1, "pair", about).said

    def standings(self) -> tuple[Standing, ...]:
        kept = self.hall.kept()
        play = kept.state.play
        assert isinstance(play, Arena)
        return play.standings(Table(kept.state.game, self.hall.ground, kept.state.accounts))

    def season(self) -> list[tuple[int, str]]:
        """Everybody's place and points, by their number."""
        found = []
        with self.hall.units.reading() as books:
            for who in PEOPLE:
                learner = books.paper.learner(who)
                assert learner is not None
                found += [(won.place, won.points) for won in books.games.wins(learner)]
        return found


def test_a_decision_is_logged_printed_and_counted() -> None:
    over = Over()
    assert over.rule() == "ruled"
    assert over.hall.heard() == ["Ruled"]
    assert over.hall.waiting() == ["ruling1"]
    assert [one.place for one in over.standings()] == [1, 2, 3, 4, 5]
    assert over.season() == [(1, "23.2"), (2, "16.3"), (3, "11.6"), (4, "7.0"), (5, "4.6")]
    over.rule("1 2 shared")
    assert over.season()[:2] == [(1, "23.2"), (1, "23.2")]


def test_the_same_press_again_decides_nothing_twice() -> None:
    over = Over()
    by = over.hall.host("press")
    assert over.rule(by=by) == over.rule(by=by) == "ruled"
    assert over.hall.heard() == ["Ruled"]


def test_before_the_result_is_final_the_season_waits_for_it() -> None:
    over = Over(Phase.SETTLING)
    over.rule()
    assert over.season() == []
    over.hall.keeper.tick()
    assert over.hall.phase() is Phase.FINAL
    assert over.season()[0] == (1, "23.2")


def test_a_host_who_plays_decides_under_their_own_number() -> None:
    over = Over()
    over.rule(by=over.hall.by(PEOPLE[3], hosts=True))
    (what,) = over.hall.inputs()
    assert isinstance(what, i.Ruled)
    assert what.by == 4
    assert [one.player for one in over.standings() if not one.listed] == [4]
    assert len(over.season()) == 4


def test_whoever_is_no_host_decides_nothing() -> None:
    over = Over()
    with pytest.raises(NotAllowed):
        over.rule(by=over.hall.by(MIRA))
    with pytest.raises(NotAllowed):
        over.rule(by=over.hall.by(PEOPLE[0]))
    assert over.hall.heard() == []


def test_what_is_refused_is_not_logged() -> None:
    over = Over()
    with pytest.raises(BadOption):
        over.rule("1 3 clear")
    with pytest.raises(NotNow):
        over.hall.challenges.rule(over.hall.host(), 1, "weather", "rain")
    with pytest.raises(NoGame):
        over.hall.challenges.rule(over.hall.host(), 9, "pair", "1 2 clear")
    assert over.hall.heard() == []


def test_an_archived_game_can_still_be_decided_about() -> None:
    over = Over(Phase.ARCHIVED)
    over.rule()
    assert over.season()[0] == (1, "23.2")
    assert over.hall.phase() is Phase.ARCHIVED

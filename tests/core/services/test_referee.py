"""The referee: an input is logged, judged, booked and answered, all of it or nothing."""

from dataclasses import replace

import pytest

from core.lessons.challenges.quiz import Quiz
from core.lessons.game import inputs as i
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import NoGame, TooFew
from core.lessons.game.game import Phase
from core.lessons.game.kind import Ground
from core.lessons.game.lifecycle import Fed
from core.lessons.game.trading import market_of
from core.ports import Books
from core.services.accounts import Accounts, Home
from core.services.referee import Referee
from tests.core.services.hall import MIRA, TOBI, Hall
from tests.fakes.asking import question
from tests.fakes.paper import Conflict


@pytest.fixture
def hall() -> Hall:
    return Hall()


def feed(hall: Hall, number: int, what: i.Input, request: str = "") -> tuple[KeptGame, Fed]:
    with hall.units.writing() as books:
        kept = books.games.game(number)
        assert kept is not None
        return hall.referee.feed(books, kept, what, request)


def entered(hall: Hall) -> int:
    """A duel that everybody has entered at 60,000."""
    number = hall.duel()
    hall.tick(1, 60000)
    return number


def test_everything_that_an_input_leads_to_is_kept_together(hall: Hall) -> None:
    number = hall.opened()
    hall.join(number, MIRA)
    kept, found = feed(hall, number, i.Joined(at=hall.clock.now(), name="Tobi"), "press")
    assert found.said == "joined"
    assert hall.kept(number) == kept
    assert hall.heard(number) == ["Joined", "Joined"]
    assert hall.waiting() == ["lobby", "round1"]
    with hall.units.reading() as books:
        assert books.games.answered("press") == "joined"


def test_of_what_is_refused_nothing_is_kept(hall: Hall) -> None:
    number = hall.opened()
    before = hall.kept(number)
    with pytest.raises(TooFew):
        feed(hall, number, i.Began(at=hall.clock.now()), "press")
    assert hall.kept(number) == before
    assert hall.heard(number) == []
    with hall.units.reading() as books:
        assert books.games.answered("press") is None


def test_what_would_happen_is_told_and_not_kept(hall: Hall) -> None:
    number = hall.opened()
    kept = hall.kept(number)
    found = hall.referee.judged(kept, i.Joined(at=hall.clock.now(), name="Mira"))
    assert [p.name for p in found.state.game.players] == ["Mira"]
    assert hall.kept(number) == kept


def test_what_nobody_sent_is_left_where_it_is_not_wanted(hall: Hall) -> None:
    number = hall.opened()
    with hall.units.writing() as books:
        assert not hall.referee.tell(books, number, i.Froze(at=hall.clock.now()))
        assert not hall.referee.tell(books, 99, i.Due(at=hall.clock.now()))
        assert hall.referee.tell(books, number, i.Due(at=hall.clock.now()))
    assert hall.game(number).why == "expired"
    assert hall.heard(number) == ["Due"]


def test_a_game_that_has_moved_on_meanwhile_takes_nothing(hall: Hall) -> None:
    number = hall.opened()
    old = hall.kept(number)
    hall.join(number, MIRA)
    before = hall.kept(number)
    with pytest.raises(Conflict), hall.units.writing() as books:
        hall.referee.feed(books, old, i.Joined(at=hall.clock.now(), name="late"))
    assert hall.kept(number) == before
    assert hall.heard(number) == ["Joined"]


# --- the ledger


def test_accounts_of_a_game_are_booked_and_balance(hall: Hall) -> None:
    number = entered(hall)
    state = hall.state(number)
    for who, seat in hall.seats(number).items():
        booked, ours = hall.account(who, number), state.accounts[seat]
        assert booked is not None
        assert booked.positions == ours.positions
        assert (booked.wallet, booked.version) == (ours.wallet, ours.version)
        assert booked.market == market_of(number, 1)
    assert hall.faults() == 0


def test_every_round_has_accounts_of_its_own_that_all_balance(hall: Hall) -> None:
    number = entered(hall)
    hall.tick(300, 52000)
    hall.tick(601, 63000)
    assert hall.deliver() == ["result1"]
    hall.tick(30, 63000)
    assert hall.deliver() == ["round2"]
    hall.tick(1, 63000)
    first, second = (hall.account(MIRA, number, purse) for purse in (1, 2))
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert len(second.positions) == 1
    assert hall.faults() == 0


def test_a_game_never_touches_the_portfolio(hall: Hall) -> None:
    home = Home("binance", hall.ground.rules)
    portfolio = Accounts(hall.units, hall.clock, "demo", home)
    with hall.units.writing() as books:
        _, before = portfolio.present(books, MIRA)
    entered(hall)
    hall.tick(60, 30000)
    assert portfolio.look(MIRA) == before
    assert portfolio.paused(MIRA) == ()
    assert [type(each.event).__name__ for each in portfolio.history(MIRA)] == [
        "VenueChosen",
        "Granted",
    ]
    assert hall.faults() == 0


def test_who_was_forgotten_has_no_account_and_the_others_play_on(hall: Hall) -> None:
    number = entered(hall)
    with hall.units.writing() as books:
        learner = books.paper.learner(MIRA)
        assert learner is not None
        books.games.forget(learner)
        books.paper.forget_learner(learner)
    hall.tick(60, 40000)
    assert hall.phase(number) is Phase.RUNNING
    assert hall.account(TOBI, number) is not None
    with hall.units.reading() as books:
        assert books.paper.learner(MIRA) is None
        assert books.games.seats(number).keys() == {hall.challenges.seat(TOBI, number)}
    assert hall.faults() == 0


def test_what_happens_to_nobody_opens_no_account(hall: Hall) -> None:
    number = hall.duel()
    assert hall.account(MIRA, number) is None


# --- its ground and kind


def test_a_game_is_judged_by_its_kind_and_on_its_ground(hall: Hall) -> None:
    number = hall.opened()
    game = hall.game(number)
    assert hall.referee.kind(game).name == "duel"
    assert hall.referee.ground(game) is hall.ground
    assert Referee(lambda _: hall.ground).ground(game) is hall.ground


def test_a_game_that_is_over_takes_nothing(hall: Hall) -> None:
    number = hall.opened()
    hall.challenges.stop(hall.host(), number)
    with pytest.raises(NoGame):
        feed(hall, number, i.Due(at=hall.clock.now()))


def test_what_a_game_needs_out_of_the_books_is_fetched_when_it_begins_and_kept(hall: Hall) -> None:
    asked: list[int] = []

    def furnish(_: Books, kept: KeptGame, ground: Ground) -> Ground:
        asked.append(kept.number)
        return replace(ground, questions=(question("only"),))

    referee = Referee(lambda _: hall.ground, furnish)
    number = hall.opened("quiz", source="faq")
    hall.join(number, MIRA)
    assert asked == []
    with hall.units.writing() as books:
        kept = books.games.game(number)
        assert kept is not None
        kept, _ = referee.feed(books, kept, i.Began(at=hall.clock.now()))
    assert asked == [number]
    assert kept.ground is not None
    assert [each.id for each in kept.ground.questions] == ["only"]
    play = kept.state.play
    assert isinstance(play, Quiz)
    assert play.asked == ("only",)
    with hall.units.writing() as books:
        referee.feed(books, kept, i.Left(at=hall.clock.now(), player=1))
    assert asked == [number]
    assert referee.on(hall.kept(number)).questions == kept.ground.questions

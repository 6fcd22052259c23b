"""A person is deleted after a confirm, and nothing of them is left."""

from core.paper.records import Identity
from core.people import Preferences
from tests.commands.shown import button
from tests.commands.trades import opened
from tests.contracts.duels import ROOM, on
from tests.walk.house import Home, shown


def test_it_asks_first(home: Home) -> None:
    opened(home, "BTC", "0.1")
    reply = home.say("/forget")
    assert "Where: Telegram." in shown(reply)
    assert button(reply, "Delete all").kept
    assert "#1 LONG" in shown(home.say("/pf"))


def test_afterwards_the_person_is_a_stranger(home: Home) -> None:
    home.say("/set leverage 20")
    opened(home, "BTC", "0.1")
    home.say(button(home.say("/forget"), "Delete all").say, button=True, kept=True)
    assert home.services.people.preferences("telegram", "1") == Preferences()
    assert home.services.accounts.history(_me()) == ()
    assert "No open position." in shown(home.say("/pf"))
    with home.units.reading() as books:
        assert books.paper.faults() == ()
        assert books.paper.live("demo")[1] == ()


def test_of_a_challenge_a_number_stays(home: Home) -> None:
    opened(home, "BTC", "0.1")
    with home.units.writing() as books:
        learner = books.paper.learner(_me())
        assert learner is not None
        number = books.games.add(on(), _me(), ROOM).number
        books.games.sit(number, learner, 1)
    asked = home.say("/forget")
    assert "Your name in challenges; the games stay" in " ".join(shown(asked).split())
    done = home.say(button(asked, "Delete all").say, button=True, kept=True)
    assert "Nothing is kept that names you." in shown(done)
    with home.units.reading() as books:
        kept = books.games.game(number)
        assert kept is not None
        assert [player.name for player in kept.state.game.players] == ["player #1", "Tobi"]
        assert kept.host == Identity("", "")
        assert books.games.seats(number) == {}


def test_the_answer_explains_no_words_that_would_be_remembered(home: Home) -> None:
    assert not home.say("/forget yes", newcomer=True).introduces


def test_a_forged_press_deletes_nothing(home: Home) -> None:
    opened(home, "BTC", "0.1")
    assert home.say("/forget yes", button=True).outcome == "not_allowed"
    assert "#1 LONG" in shown(home.say("/pf"))


def test_a_yes_to_its_question_does_not_answer_an_older_preview(home: Home) -> None:
    opened(home, "BTC", "0.1")
    home.say("/close btc")
    home.say("/forget")
    assert home.say("yes").outcome == "preview_gone"
    assert "#1 LONG" in shown(home.say("/pf"))


def test_asking_about_it_makes_nobody_a_learner(home: Home) -> None:
    home.say("/forget")
    with home.units.reading() as books:
        assert books.paper.learner(_me()) is None


def test_others_stay(home: Home) -> None:
    opened(home, "BTC", "0.1", "1")
    opened(home, "BTC", "0.1", "2")
    home.say("/forget yes", "1")
    assert "#1 LONG" in shown(home.say("/pf", "2"))


def _me() -> Identity:
    return Identity("telegram", "1")

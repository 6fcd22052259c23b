"""What is kept, and that its deletion is real."""

from core.ports import Preferences
from tests.walk.house import Home, shown


def test_the_line_it_names_deletes_everything_kept(home: Home) -> None:
    assert "/set default deletes everything kept about you." in shown(home.say("/privacy"))
    home.say("/set wallet 777")
    assert home.services.people.preferences("telegram", "1") != Preferences()
    home.say("/set default")
    assert home.services.people.preferences("telegram", "1") == Preferences()


def test_asking_leaves_nothing_behind(home: Home) -> None:
    home.say("/compare 10x long btc mine")
    home.say("what is cross margin?")
    assert home.services.people.preferences("telegram", "1") == Preferences()

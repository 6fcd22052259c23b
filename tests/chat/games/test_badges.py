"""Badges as their owner reads them: what is there, what is missing, and the letter of one."""

from datetime import timedelta

import pytest

from bot.chat.figures import Label
from bot.chat.games.badges import badge_letter
from bot.chat.i18n import english
from bot.chat.reply import Facts, Points, Reply
from core.lessons.badges import Badge
from core.paper.apply import apply
from core.paper.events import Warned
from core.paper.records import Change, Identity
from tests.builders import rate
from tests.commands.shown import button, line_of
from tests.walk.house import Home, shown

MIRA = Identity("telegram", "1")
DAY = timedelta(days=1)


@pytest.fixture
def home() -> Home:
    return Home()


def earn(home: Home, *badges: Badge) -> None:
    with home.units.writing() as books:
        learner = books.paper.learner(MIRA) or books.paper.enroll(MIRA, home.clock.now())
        for badge in badges:
            books.learning.keep_badge(learner, badge, home.clock.now())


def missing(reply: Reply) -> list[str]:
    """Which badges are said to be missing."""
    told = [words for block in reply.blocks if isinstance(block, Points) for words in block.items]
    names = [words.figures["badge"] for words in told]
    return [name.value for name in names if isinstance(name, Label)]


def trade(home: Home) -> None:
    home.say("/open 0.01 btc long 5x")
    home.say("yes")
    home.say("/close btc")
    home.say("yes")


def test_a_newcomer_reads_how_each_is_earned(home: Home) -> None:
    reply = home.say("/challenge badges")
    assert shown(reply).splitlines()[:5] == [
        "Your badges: 0 of 4.",
        "- first rescue: add margin when you are warned of a position; close it later.",
        "- isolated survivor: hold only isolated to the end of a duel, crash or last trader.",
        "- contagion explained: answer a quiz question on cross contagion rightly.",
        "- 30 steady days: a trade a week for four weeks, no liquidation in 30 days.",
    ]
    assert "badges touch no rank and no points" in shown(reply)


def test_what_is_earned_stands_there_with_its_day(home: Home) -> None:
    earn(home, Badge.CONTAGION, Badge.ISOLATED)
    reply = home.say("/challenge badges")
    assert shown(reply).startswith("Your badges: 2 of 4.")
    assert line_of(reply, "contagion explained").strip() == "2026-12-01"
    assert missing(reply) == ["first rescue", "30 steady days"]
    earn(home, *Badge)
    everything = home.say("/challenge badges")
    assert not any(isinstance(block, Points) for block in everything.blocks)
    (facts,) = [block for block in everything.blocks if isinstance(block, Facts)]
    assert len(facts.rows) == len(Badge)


def test_in_a_group_it_is_for_the_asker_alone(home: Home) -> None:
    assert home.say("/challenge badges", group=True).private
    assert not home.say("/challenge badges").private


def test_how_far_somebody_is_stands_there_and_what_is_new_is_said_once(home: Home) -> None:
    home.say("/set confirm off")
    for _ in range(4):
        trade(home)
        home.clock.advance(7 * DAY)
    assert "30 steady days: 28 of 30 days, trades in 4 of 4 weeks." in shown(
        home.say("/challenge badges")
    )
    home.clock.advance(2 * DAY)
    assert "New: 30 steady days." in shown(home.say("/challenge badges"))
    again = home.say("/challenge badges")
    assert "New" not in shown(again)
    assert line_of(again, "30 steady days").strip() == "2026-12-31"


def test_a_rescue_that_is_under_way_names_the_line_that_completes_it(home: Home) -> None:
    home.say("/set confirm off")
    home.say("/open 0.1 btc long 10x")
    with home.units.writing() as books:
        learner = books.paper.learner(MIRA)
        assert learner is not None
        (account,) = books.paper.accounts(learner)
        event, now = Warned(scope=1, ratio=rate("0.9")), home.clock.now()
        books.paper.record(Change(account, apply(account, event, now), (event,), now))
    home.say("/margin btc 100")
    text = shown(home.say("/challenge badges"))
    assert "first rescue: margin was added in time. /close #1 completes it." in text
    home.say("/close #1")
    assert "New: first rescue." in shown(home.say("/challenge badges"))


def test_stats_have_a_line_and_a_button(home: Home) -> None:
    assert line_of(home.say("/stats"), "badges").strip() == "0/4"
    earn(home, Badge.RESCUE)
    reply = home.say("/stats")
    assert line_of(reply, "badges").strip() == "1/4"
    assert button(reply, "Badges").say == "/challenge badges"


@pytest.mark.parametrize("badge", list(Badge))
def test_a_letter_says_for_what_it_was_earned(badge: Badge) -> None:
    reply = badge_letter(badge, english)
    first, why, *_ = shown(reply).splitlines()
    assert first.startswith("New badge: ")
    assert why.startswith("You ")
    assert button(reply, "Badges").kept

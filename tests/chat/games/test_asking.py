"""What games of questions say alike."""

from bot.chat.figures import Label
from bot.chat.games.lobby import late_option
from bot.chat.i18n import english
from tests.builders import exact
from tests.chat.games.rounds import began, item, quiz, right
from tests.walk.group import Group

__all__ = ["exact"]


def test_latecomers_are_named() -> None:
    names = [late_option(value, english)[1] for value in ("no", "quarter", "any")]
    assert names == [Label("nobody"), Label("first quarter"), Label("any time")]


async def test_a_restart_voids_the_open_question_and_says_so(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    await group.tick(6)
    first = item(group).id
    group.restart()
    await group.wait(20)
    await group.tick()
    posts = group.posts()
    assert "Margin quiz goes on: the bot was away and has made good what it missed." in posts
    assert posts[-1] == (
        "Question 1 does not count: the bot was away.\nAnother is asked in its place."
    )
    await group.wait(9)
    assert group.posts()[-1].startswith("Question 1 of 5.\n")
    assert item(group).id != first


async def test_after_three_void_questions_a_round_is_lost(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    for number in range(1, 5):
        await group.say("Hope", f"/challenge void 1 {number}")
        await group.tick(10)
    voided = [post for post in group.posts() if "does not count" in post]
    assert [post.count("Another is asked") for post in voided] == [1, 1, 1, 0]
    assert group.posts()[-1].startswith("Question 2 of 5.\n")


async def test_what_could_not_be_heard_does_not_count(group: Group) -> None:
    await began(group, "/challenge quiz 5 faq")
    await group.press("Mira", right(group))
    await group.tick(4)
    await group.app.desk.deaf("discord", 3)
    assert not quiz(group).rounds.last.void
    await group.app.desk.deaf("telegram", 3)
    await group.tick()
    assert group.posts()[-1].startswith(
        "Question 1 does not count: answers could not be received in time."
    )
    assert quiz(group).rounds.last.void == "deaf"

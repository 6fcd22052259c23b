"""Bad questions: reported by players, struck out by hosts, and counted no more."""

from core.lessons.game.kind import Table
from tests.builders import exact
from tests.chat.games.rounds import began, item, onwards, quiz, right, shut
from tests.walk.group import Group, shown

__all__ = ["exact"]


async def solved(group: Group) -> None:
    """A question of the content, which Mira got right; its solution stands there."""
    await began(group, "/challenge quiz 5 faq")
    await group.press("Mira", right(group))
    await shut(group)


async def test_a_report_is_counted_once_for_each_and_the_hosts_are_told(group: Group) -> None:
    await solved(group)
    solution = group.wall.last
    for _ in range(2):
        assert await group.told("Tobi", "Report", solution) == (
            "Reported (1 so far). A host decides."
        )
    assert await group.told("Anna", "Report", solution) == "Reported (2 so far). A host decides."
    await group.tick()
    assert group.posts()[-1] == ("Question 1 was reported as a bad one. A host may strike it out.")
    assert quiz(group).rounds.asks[0].reports == (2, 3)
    assert "Reported as a bad question by 2." in shown(
        await group.answer("Otto", "/challenge status")
    )


async def test_who_does_not_play_reports_nothing(group: Group) -> None:
    await solved(group)
    assert "You are not in this game." in await group.told("Otto", "Report")
    assert quiz(group).rounds.asks[0].reports == ()


async def test_a_host_strikes_it_out_and_the_points_are_gone(group: Group) -> None:
    await solved(group)
    assert quiz(group).marks(group_table(group))[1][0].points == 15
    await group.press("Tobi", "Report")
    await group.tick()
    notice = group.wall.last
    assert "admins" in await group.told("Tobi", "Strike it out", notice)
    assert not quiz(group).rounds.asks[0].void
    assert await group.told("Hope", "Strike it out", notice) == (
        "Struck out. The points are counted anew."
    )
    await group.tick()
    assert "Question 1 does not count: a host struck it out." in group.posts()
    assert 1 not in quiz(group).marks(group_table(group))
    await onwards(group)
    assert item(group).id != quiz(group).items[0].id


async def test_after_the_end_a_host_still_strikes_out_and_nobody_reports(group: Group) -> None:
    await solved(group)
    for _ in range(4):
        await onwards(group)
        await shut(group)
    await onwards(group)
    assert group.posts()[-1].startswith("Margin quiz: Mira")
    assert "over" in shown(await group.answer("Tobi", "/challenge report 1 1"))
    assert shown(await group.answer("Hope", "/challenge void 1 1")) == (
        "Struck out. The points are counted anew."
    )
    await group.tick()
    told = shown(group.wall.last).split("\n")
    assert told[0] == "Question 1 does not count: a host struck it out."
    assert [line.split() for line in told if "Mira" in line] == [["1", "Mira", "0"]]


async def test_what_is_void_already_can_be_reported_and_struck_out_without_effect(
    group: Group,
) -> None:
    await solved(group)
    for _ in range(2):
        assert shown(await group.answer("Hope", "/challenge void 1 1")) == (
            "Struck out. The points are counted anew."
        )
    assert shown(await group.answer("Mira", "/challenge report 1 1")).startswith("Reported (0")


async def test_there_must_be_such_a_question_and_such_a_game(group: Group) -> None:
    await solved(group)
    assert "item can't be 7" in shown(await group.answer("Hope", "/challenge void 1 7"))
    assert shown(await group.answer("Mira", "/challenge report")) == (
        "Reported (1 so far). A host decides."
    )
    await group.duel()
    assert "No such game is on here." in shown(await group.answer("Hope", "/challenge void 2 1"))


def group_table(group: Group) -> Table:
    """Return what the play of game #1 is asked with."""
    kept = group.app.challenges.numbered(1)
    return Table(kept.state.game, group.app.challenges.sight(kept).ground)

"""The ballot, votes and names, as a group sees them."""

from dataclasses import replace

from bot.chat.reply import Reply
from bot.chat.request import Chat, Place
from tests.chat.games.test_squads import SIX, battle, begun, labels
from tests.chat.games.test_wording import assert_narrow
from tests.walk.group import Group, shown


def people(group: Group, squad: int = 0) -> list[str]:
    """The members of a squad, as they joined."""
    return [SIX[number - 1] for number in sorted(battle(group).squads[squad])]


async def said(group: Group, who: str, line: str) -> str:
    return shown(await group.answer(who, line))


async def alone(group: Group, who: str, line: str) -> Reply:
    """Say a line alone with the bot."""
    answer = await group.ask(
        replace(group.request(who, line), chat=Chat(who.lower(), Place.PRIVATE))
    )
    assert isinstance(answer, Reply)
    return answer


async def test_the_ballot_shows_each_member_their_own_squad(group: Group) -> None:
    await begun(group)
    first, second, third = people(group)
    board = group.wall.last
    ballot = await group.press(third, "Captain", board)
    assert isinstance(ballot, Reply)
    assert ballot.private
    assert shown(ballot) == (
        f"Red: the captain is {first}.\nYou have not voted yet. Most votes make the captain."
    )
    assert labels(ballot) == [[first, second], [third]]
    voted = await group.press(third, second, ballot)
    assert isinstance(voted, Reply)
    assert voted.private
    assert shown(voted) == f"{second} has your vote.\nRed: the captain is {second}."
    again = await group.told(third, "Captain", board)
    assert again.startswith(
        f"Red: the captain is {second}.\nYour vote: {second}. Another one takes its place."
    )
    await group.tick(31)
    assert f"- Red: {second} (captain), {first}, {third}" in group.posts()[1]


async def test_a_vote_is_said_by_name_or_number_in_the_group_or_alone(group: Group) -> None:
    await begun(group)
    first, second, third = people(group)
    number = SIX.index(third) + 1
    assert await said(group, first, f"/challenge captain 1 {second.upper()}") == (
        f"{second} has your vote.\nRed: the captain is {second}."
    )
    for line in (f"captain {number}", f"captain 1 #{number}", f"squads captain 1 {number}"):
        assert (await said(group, first, f"/challenge {line}")).startswith(
            f"{third} has your vote."
        )
    found = await alone(group, first, f"/challenge captain 1 {second}")
    assert not found.private
    assert shown(found).startswith(f"{second} has your vote.")
    acted = await said(group, first, f"/challenge act 1 captain {number}")
    assert acted == "Your vote counts. The board says who leads."


async def test_somebody_of_another_squad_is_not_voted_for(group: Group) -> None:
    await begun(group)
    other = people(group, 1)[0]
    assert await said(group, people(group)[0], f"/challenge captain 1 {other}") == (
        "You vote for somebody in your own squad. /challenge captain ? shows it."
    )


async def test_who_plays_unnamed_is_voted_for_as_they_are_shown(group: Group) -> None:
    await begun(group, people=SIX[:5])
    await group.say("Theo", "/challenge hide")
    assert "It has begun" in await said(group, "Theo", "/challenge hide")
    await group.say("Hope", "/challenge stop")
    await group.opened("/challenge squads")
    for who in SIX[:3]:
        await group.press(who, "Join")
    await group.press("Theo", "Join unnamed")
    await group.say("Hope", "/challenge begin")
    await group.tick()
    play = group.app.challenges.numbered(2).state.play
    squad = next(squad for squad in getattr(play, "squads") if 4 in squad)  # noqa: B009
    friend = SIX[next(p for p in squad if p != 4) - 1]
    assert "your own squad" in await said(group, friend, "/challenge captain 2 Theo")
    assert await said(group, friend, "/challenge captain 2 anonymous #4") == (
        "anonymous #4 has your vote.\n"
        f"{'Red' if 4 in getattr(play, 'squads')[0] else 'Blue'}: the captain is anonymous #4."  # noqa: B009
    )


async def test_the_captain_names_the_squad_and_it_is_called_so_everywhere(group: Group) -> None:
    await begun(group)
    first, second, _ = people(group)
    ballot = await said(group, first, "/challenge captain 1 ?")
    assert "You may name your squad: /challenge captain 1 name Night Owls." in ballot
    refused = await group.answer(second, "/challenge captain 1 name Mice")
    assert shown(refused) == f"{first} is the captain of Red, and names it."
    assert (refused.outcome, refused.private) == ("not_captain", True)
    told = await said(group, first, "/challenge captain 1 name Night Owls")
    assert told == "Your squad is called Night Owls now."
    assert await said(group, people(group, 1)[0], "/challenge captain name night owls") == (
        "That name is taken here. Take another one."
    )
    assert await said(group, first, "/challenge captain 1 name Official Owls") == (
        "That is the name of somebody in charge. Take another one."
    )
    assert await said(group, first, "/challenge captain 1 name @@@") == (
        "A squad's name needs a letter or a digit."
    )
    await group.tick(31)
    assert f"- Night Owls: {first} (captain)" in group.posts()[1]
    assert "\n1 Night Owls" in group.posts()[1]
    await group.wait(3_610)
    await group.tick()
    assert "Night Owls" in group.posts()[-1]
    over = await said(group, first, "/challenge captain 1 name Hawks")
    assert over == "It is over, so nothing more can be done in it."
    assert_narrow(group)


async def test_a_name_is_gone_when_who_gave_it_is_forgotten(group: Group) -> None:
    await begun(group)
    first = people(group)[0]
    await group.say(first, "/challenge captain 1 name Night Owls")
    assert "Night Owls" in {p.banner for p in group.app.challenges.numbered(1).state.game.players}
    asked = await alone(group, first, "/forget")
    press = group.pressed(first, asked.choices[0][0])
    await group.ask(replace(press, chat=Chat(first.lower(), Place.PRIVATE)))
    assert {p.banner for p in group.app.challenges.numbered(1).state.game.players} == {""}
    await group.tick(31)
    assert "- Red: player #" in group.posts()[1]


async def test_of_a_large_squad_the_others_are_voted_for_by_name(group: Group) -> None:
    await begun(group, people=tuple(f"P{n}" for n in range(20)))
    member = f"P{battle(group).squads[0][-1] - 1}"
    ballot = await group.answer(member, "/challenge captain 1 ?")
    assert "2 more: /challenge captain 1 NAME votes for one." in shown(ballot)
    assert [len(row) for row in ballot.choices] == [2, 2, 2, 2]


async def test_who_stands_in_is_told_for_whom(group: Group) -> None:
    await begun(group, "7d")
    first, second, third = people(group)
    await group.wait(86_000)
    await group.say(second, f"/challenge captain 1 {second}")
    await group.say(third, f"/challenge captain 1 {first}")
    await group.say(third, "/challenge captain 1 ?")
    await group.wait(86_500)
    await group.say(third, f"/challenge captain 1 {first}")
    assert await said(group, third, "/challenge captain 1 ?") == (
        f"Red: the captain is {third}.\n"
        f"{third} stands in: nothing was heard of {first} for 24 hours.\n"
        f"Your vote: {first}. Another one takes its place.\n"
        "You may name your squad: /challenge captain 1 name Night Owls."
    )


async def test_where_no_squads_play_there_is_no_captain(group: Group) -> None:
    async def looks(who: str, line: str = "?") -> str:
        await group.wait(120)
        return await said(group, who, f"/challenge captain {line}")

    nothing = "No such game is on here. /challenge begins one."
    assert await looks("Mira") == nothing
    await group.opened("/challenge squads")
    await group.press("Mira", "Join")
    assert await looks("Mira") == "It has not begun yet."
    assert (await looks("Tobi")).startswith("You are not in this")
    await group.say("Hope", "/challenge arena")
    assert await looks("Mira", "2 Mira") == nothing
    assert await looks("Mira") == "It has not begun yet."
    await group.say("Hope", "/challenge stop 1")
    assert await looks("Mira", "Mira") == nothing


async def test_while_squads_are_chosen_they_may_vote_but_not_name(group: Group) -> None:
    await begun(group, "choice")
    await group.press("Mira", "Red")
    await group.press("Tobi", "Red")
    ballot = await group.answer("Mira", "/challenge captain ?")
    assert shown(ballot).endswith("Most votes make the captain.")
    assert await said(group, "Mira", "/challenge captain Tobi") == (
        "Tobi has your vote.\nRed: the captain is Tobi."
    )
    assert await said(group, "Tobi", "/challenge captain name Owls") == (
        "Squads are still being chosen. Name yours when they are fixed."
    )
    assert await said(group, "Otto", "/challenge captain Otto") == (
        "You are in no squad yet. Choose one first."
    )
    assert "- Red: Tobi (captain), Mira" in await said(group, "Lena", "/challenge status")

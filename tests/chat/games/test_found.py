"""Which game is meant: the newest here, one by its number, and never one of other people's."""

from bot.chat.games.found import is_number
from bot.chat.reply import Reply
from bot.chat.request import Chat, Place, Request, Who
from tests.walk.group import Group, shown


async def elsewhere(group: Group, who: str, line: str, chat: Chat) -> Reply:
    """Say a line in another chat."""
    person = Who("telegram", who.lower(), who)
    reply = await group.ask(
        Request(f"{who}:{chat.id}:{line}", person, chat, text=line, addressed=True)
    )
    assert isinstance(reply, Reply)
    return reply


def test_a_number_may_have_a_hash_and_is_not_longer_than_any_games() -> None:
    assert is_number("7")
    assert is_number("#123456789")
    assert not any(is_number(word) for word in ("", "#", "seven", "1234567890", "٣", "-1"))


async def test_without_a_number_it_is_the_newest_that_is_not_over(group: Group) -> None:
    await group.opened()
    await group.opened("/challenge arena")
    assert shown(await group.answer("Mira", "/challenge status")).startswith("Arena #2")
    await group.say("Hope", "/challenge stop 2")
    await group.wait(60)
    assert shown(await group.answer("Mira", "/challenge status")).startswith("Mode duel #1")
    await group.say("Hope", "/challenge stop 1")
    await group.wait(60)
    assert shown(await group.answer("Mira", "/challenge status")).startswith("Arena #2: over.")


async def test_a_number_may_be_written_with_or_without_a_hash(group: Group) -> None:
    await group.opened()
    for line in ("/challenge status 1", "/challenge status #1", "/ch status 1"):
        await group.wait(60)
        assert (await group.answer("Mira", line)).outcome == "ok"


async def test_where_nothing_was_played_there_is_nothing(group: Group) -> None:
    assert (await group.answer("Mira", "/challenge status")).outcome == "no_game"
    assert (await group.answer("Otto", "/challenge join 99")).outcome == "no_game"


async def test_a_game_of_another_group_is_neither_shown_nor_joined(group: Group) -> None:
    await group.opened()
    other = Chat("-6", Place.GROUP)
    for line in ("status", "rules", "join", "mine", "audit", "act"):
        said = await elsewhere(group, "Otto", f"/challenge {line} 1", other)
        assert said.outcome == "no_game", line
    await group.wait(60)
    assert (await elsewhere(group, "Otto", "/challenge", other)).choices == ()


async def test_a_player_looks_at_their_game_in_private_too(group: Group) -> None:
    await group.duel()
    await group.tick(3)
    private = Chat("mira")
    card = await elsewhere(group, "Mira", "/challenge mine 1", private)
    assert shown(card).startswith("Yours in game #1.")
    assert not card.private
    added = await elsewhere(group, "Mira", "/challenge act 1 add", private)
    assert shown(added).startswith("500 more margin")


async def test_whoever_made_a_game_stops_it_from_anywhere(group: Group) -> None:
    await group.opened()
    assert shown(await elsewhere(group, "Hope", "/challenge stop 1", Chat("hope"))) == "Stopped."


async def test_a_topic_of_a_group_has_games_of_its_own_and_knows_the_others_by_number(
    group: Group,
) -> None:
    await group.opened()
    topic = Chat("-5", Place.GROUP, "7")
    assert (await elsewhere(group, "Mira", "/challenge status", topic)).outcome == "no_game"
    assert (await elsewhere(group, "Tobi", "/challenge status 1", topic)).outcome == "ok"


async def test_alone_with_the_bot_everybody_is_their_own_host(group: Group) -> None:
    alone = Chat("mira")
    assert (await elsewhere(group, "Mira", "/challenge duel 50x", alone)).outcome == "ok"
    assert (await elsewhere(group, "Mira", "/challenge open", alone)).outcome == "ok"
    await group.tick()
    assert group.posts()[0].startswith("Mode duel: who plays?")

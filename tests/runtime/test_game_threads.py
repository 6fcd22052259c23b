"""A game in a thread of its own: where what is said goes, and what the chat hears of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Reply
from bot.chat.request import Chat
from core.lessons.game.kind import Post
from core.paper.records import Identity
from tests.runtime.test_games import put
from tests.walk.group import Group, Wall, gathered, shown

CHANNEL, THREAD = "", "t1"


@dataclass
class Server(Wall):
    """A platform with threads; `shut` ones take nothing, and `may` says whether one may begin."""

    may: bool = True
    shut: set[str] = field(default_factory=set)
    stands: dict[str, str] = field(default_factory=dict)
    closed: bool = False

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        return Outcome.NEVER if self.closed else await super().deliver(who, reply)

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        if chat.thread in self.shut:
            return Posted(Outcome.NEVER)
        old = message if self.stands.get(message) == chat.thread else ""
        posted = await super().post(chat, reply, old)
        if posted.outcome is not Outcome.DELIVERED:
            return posted
        self.stands[posted.message] = chat.thread
        begins = self.may and reply.branch and not old
        return replace(posted, thread=f"t{posted.message}" if begins else "")

    def lines(self, thread: str) -> list[str]:
        """Return the first lines of what stands in the channel or in a thread."""
        return [
            shown(reply).splitlines()[0]
            for number, reply in self.posts.items()
            if self.stands[number] == thread
        ]


@dataclass
class Stage:
    """A group on such a platform."""

    group: Group
    server: Server

    async def began(self, line: str = "/challenge quiz 5", *people: str) -> None:
        """Let somebody begin a game alone, or several."""
        await self.group.opened(line)
        lobby = self.group.wall.last
        for who in people or ("Mira",):
            await self.group.press(who, "Join", lobby)
        await self.group.say("Hope", "/challenge begin")
        await self.group.tick()

    async def silence(self) -> None:
        """Let nobody answer for so long that the game ends."""
        await self.group.tick(90)

    def places(self) -> "list[tuple[str, str]]":
        """Return where everything stands, and what it says."""
        return [(self.server.stands[n], shown(r)) for n, r in self.server.posts.items()]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with gathered(tmp_path) as group:
        server = Server()
        group.wall = server
        yield Stage(group, server)


async def test_the_lobby_stays_and_what_follows_goes_into_the_thread(stage: Stage) -> None:
    await stage.began()
    assert stage.server.lines(CHANNEL) == ["Margin quiz: it has begun."]
    assert stage.server.lines(THREAD) == ["Question 1 of 5."]
    assert next(iter(stage.server.posts.values())).branch == "Margin quiz #1"


async def test_the_result_is_told_once_in_the_chat_too(stage: Stage) -> None:
    await stage.began()
    await stage.silence()
    lobby, told = (text for place, text in stage.places() if place == CHANNEL)
    assert lobby.startswith("Margin quiz: it has begun.")
    assert told == (
        "Margin quiz: nobody has a point.\nThe rest stands in the thread Margin quiz #1."
    )
    end = [line for line in stage.server.lines(THREAD) if line.startswith("Margin quiz")]
    assert end == ["Margin quiz: nobody has a point."]
    stage.group.restart()
    await stage.group.tick(30)
    assert len(stage.server.lines(CHANNEL)) == 2


async def test_of_a_game_that_nobody_joined_the_chat_hears_too(stage: Stage) -> None:
    await stage.group.opened("/challenge duel")
    await stage.group.tick(335)
    assert stage.server.lines(THREAD) == ["Mode duel: too few joined in time."]
    assert stage.server.lines(CHANNEL) == [
        "Mode duel: it did not begin.",
        "Mode duel: too few joined in time.",
    ]


async def test_where_no_thread_may_begin_everything_stays_in_the_chat(stage: Stage) -> None:
    stage.server.may = False
    await stage.began()
    await stage.silence()
    lines = stage.server.lines(CHANNEL)
    assert lines[:2] == ["Margin quiz: it has begun.", "Question 1 of 5."]
    assert lines.count("Margin quiz: nobody has a point.") == 1
    assert set(stage.server.stands.values()) == {CHANNEL}


async def test_a_restart_goes_on_in_the_thread(stage: Stage) -> None:
    await stage.began()
    stage.group.restart()
    await stage.group.tick(25)
    assert stage.server.lines(CHANNEL) == ["Margin quiz: it has begun."]
    assert len(stage.server.lines(THREAD)) > 1


async def test_a_thread_that_is_gone_gives_way_to_the_chat_for_good(stage: Stage) -> None:
    await stage.began()
    stage.server.shut.add(THREAD)
    await stage.group.tick(25)
    lines = stage.server.lines(CHANNEL)
    assert len(lines) > 1
    stage.server.shut.clear()
    await stage.silence()
    assert stage.server.lines(THREAD) == ["Question 1 of 5."]
    assert stage.server.lines(CHANNEL).count("Margin quiz: nobody has a point.") == 1


async def test_a_board_whose_thread_is_gone_is_said_anew_in_the_chat(stage: Stage) -> None:
    await stage.began("/challenge duel", "Mira", "Tobi")
    board = "Mode duel, round 1."
    assert stage.server.lines(THREAD) == [board]
    stage.server.shut.add(THREAD)
    await stage.group.tick(70)
    assert stage.server.lines(CHANNEL) == ["Mode duel: it has begun.", board]
    edits = stage.server.edits
    await stage.group.tick(60)
    assert stage.server.edits > edits
    assert stage.server.lines(CHANNEL) == ["Mode duel: it has begun.", board]


async def test_what_waited_for_the_lobby_goes_into_the_thread_as_well(stage: Stage) -> None:
    stage.server.away = Outcome.LATER
    await stage.group.opened("/challenge quiz 5")
    await stage.group.say("Mira", "/challenge join")
    await stage.group.say("Hope", "/challenge begin")
    stage.server.away = None
    await stage.group.tick(90)
    assert stage.server.lines(CHANNEL)[0] == "Margin quiz: it has begun."
    assert all(line.startswith("Margin quiz") for line in stage.server.lines(CHANNEL))
    assert stage.server.lines(THREAD)[0] == "Question 1 of 5."


async def test_a_chat_that_is_gone_with_its_thread_ends_the_game(stage: Stage) -> None:
    await stage.began()
    stage.server.shut |= {THREAD, CHANNEL}
    await stage.group.tick(60)
    assert stage.group.app.challenges.numbered(1).state.game.why == "unreachable"


async def test_a_request_in_the_thread_means_its_game(stage: Stage) -> None:
    await stage.began()
    await stage.group.opened("/challenge duel")
    here = replace(stage.group.chat, thread=THREAD)
    for chat, told in ((here, "Margin quiz #1"), (stage.group.chat, "Mode duel #2")):
        request = replace(stage.group.request("Hope", "/challenge status"), chat=chat)
        reply = await stage.group.ask(request)
        assert isinstance(reply, Reply)
        assert shown(reply).startswith(f"{told}: ")
    other = replace(stage.group.request("Hope", "/challenge status 2"), chat=here)
    reply = await stage.group.ask(other)
    assert isinstance(reply, Reply)
    assert shown(reply).startswith("Mode duel #2: ")


async def test_a_player_who_hears_nothing_costs_no_thread(stage: Stage) -> None:
    await stage.began()
    stage.server.closed = True
    put(stage.group, Post("rules", player=1))
    await stage.group.tick(25)
    assert stage.server.lines(CHANNEL) == ["Margin quiz: it has begun."]
    assert len(stage.server.lines(THREAD)) > 1


async def test_what_hosts_decide_afterwards_stands_in_the_thread(stage: Stage) -> None:
    await stage.began()
    await stage.silence()
    put(stage.group, Post("rules", 9))
    await stage.group.tick(2)
    assert stage.server.lines(THREAD)[-1] == "Margin quiz: rules."

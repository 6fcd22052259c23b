"""Discord: the real client in a simulated Discord, spoken to in two ways.

`Typed` uses slash commands: the form where a step fills one in, else `/c` with the line. `Spoken`
writes private messages, and mentions the bot in the server.
"""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from discord.app_commands import AppCommandError
from simcord import Env
from simcord.backend.serializers import message_payload
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from bot.adapters.discord.client import MarginClient
from bot.adapters.discord.deliver import deliver, post
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Reply
from bot.chat.request import Chat
from core.paper.records import Identity
from tests.adapters.discord.stage import members
from tests.scenarios.backstage import Backstage
from tests.scenarios.player import Sheet
from tests.scenarios.story import HOST, PEOPLE, Step

BLOCK = re.compile(r"```\n(.*?)\n```", re.DOTALL)
SMALL = re.compile(r"^(?:-# |- )", re.MULTILINE)
MARKED = re.compile(r"\\(.)|\*\*|`")

IDLE = 0.005
"""Seconds between two looks at whether the bot has come to rest."""


class Voice:
    """The bot speaking first, as the adapter does."""

    platform = "discord"

    def __init__(self, backstage: Backstage, env: Env) -> None:
        self._backstage = backstage
        self._env = env

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        return await deliver(self._env.bot, self._backstage.desk, int(who.person), reply)

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        channel = self._env.bot.get_partial_messageable(int(chat.topic or chat.id))
        return await post(channel, self._backstage.desk, reply, message)


class Spoken:
    """People in a server and in private messages, who write lines."""

    def __init__(self, backstage: Backstage, env: Env) -> None:
        self.backstage = backstage
        self._env = env
        self._guild = env.create_guild("Traders")
        self._channel = self._guild.create_text_channel("general")
        staff = self._guild.create_role("Staff", permissions=members("manage_guild"))
        self.people = {
            who: self._guild.add_member(
                env.create_user(who, global_name=who.title()), roles=[staff] * (who == HOST)
            )
            for who in PEOPLE
        }

    async def say(self, step: Step) -> None:
        person = self.people[step.by]
        if step.group:
            assert self._env.bot.user is not None
            await person.send(self._channel, f"<@{self._env.bot.user.id}> {step.say}")
        else:
            await person.send_dm(step.say)

    async def press(self, who: str, under: str, label: str, *, times: int = 1) -> None:
        """Send what a client sends; a second press comes before the client saw an answer."""
        await self.send(who, under, self.data(under, label), times=times)

    def data(self, under: str, label: str) -> str:
        """Return what a button carries."""
        place, number = (int(part) for part in under.split(":"))
        buttons = [
            button
            for row in self._env.backend.get_message(place, number).components
            for button in row["components"]
        ]
        (data,) = [str(each["custom_id"]) for each in buttons if each["label"] == label]
        return data

    async def send(self, who: str, under: str, data: str, *, times: int = 1) -> None:
        """Press what is not there, as only a program can: `data` under any message."""
        backend, person = self._env.backend, self.people[who]
        place, number = (int(part) for part in under.split(":"))
        stored = backend.get_message(place, number)
        pressed = {"custom_id": data, "component_type": 2}
        button = {"type": 2, "style": 2, "label": "?", "custom_id": data}
        guild = self._guild.id if place == self._channel.id else None
        shown = dict(message_payload(backend, stored))
        if repr(data) not in str(shown["components"]):  # else the library drops it by itself
            shown["components"] = [{"type": 1, "components": [button]}]
        message = {"message": shown}
        presses = []
        for _ in range(times):
            where: dict[str, Any] = {"channel_id": place, "guild_id": guild, "user_id": person.id}
            record, payload = base_payload(backend, type=3, data=pressed, **where)
            record.source_message_id = number
            backend.emit("INTERACTION_CREATE", payload | message)
            presses.append(InteractionResult(self._env, record))
        await self._env.settle(idle=IDLE)
        assert [press.acknowledged for press in presses] == [True] * times

    async def wait(self) -> None:
        await self.backstage.look(Voice(self.backstage, self._env))
        await self._env.settle(idle=IDLE)

    async def restart(self) -> None:
        await self._env.settle()
        self.backstage.close()
        self.backstage.open()
        await self._env.restart_bot(MarginClient(self.backstage.desk))

    def screen(self, who: str) -> dict[str, Sheet]:
        person = self.people[who]
        stored = self._env.backend.messages
        places = (person.user.dm_channel.id, self._channel.id)
        return {
            f"{place}:{number}": _sheet(message)
            for place in places
            for number, message in sorted(stored.get(place, {}).items())
            if message.embeds and message.visible_to(person.id)
        }


class Typed(Spoken):
    """The same people, who use slash commands."""

    async def say(self, step: Step) -> None:
        person, name, fields = self.people[step.by], "c", {"text": step.say}
        if step.fields:
            name, fields = step.say.removeprefix("/").split()[0], step.fields
        if step.group:
            result = await person.slash(self._channel, name, **fields)
        else:
            result = await person.user.slash(name, **fields)
        assert result.acknowledged


def _sheet(message: Any) -> Sheet:
    """Read a message as it lies in the simulated Discord."""
    (embed,) = message.embeds
    marked = f"{embed.get('title', '')}\n{embed.get('description', '')}"
    fixed = [line for block in BLOCK.findall(marked) for line in block.split("\n")]
    text = "".join(
        part if inside else MARKED.sub(r"\1", SMALL.sub("", part))
        for inside, part in _split(marked)
    )
    labels = [button["label"] for row in message.components for button in row["components"]]
    footer = embed.get("footer", {}).get("text", "")
    return Sheet(f"{text}\n{footer}".strip(), tuple(labels), tuple(fixed))


def _split(marked: str) -> Iterable[tuple[bool, str]]:
    """Yield prose and the insides of blocks in turn."""
    for place, part in enumerate(BLOCK.split(marked)):
        yield place % 2 == 1, part


@asynccontextmanager
async def on_discord(backstage: Backstage, people: type[Spoken]) -> AsyncIterator[Spoken]:
    """Open a small Discord with the bot in it."""
    env = Env(MarginClient(backstage.desk))
    await env.start()
    try:
        yield people(backstage, env)
    finally:
        await env.shutdown()
    # A command that Discord does not know is nobody's fault; everything else is.
    assert [error for error in env.errors if not isinstance(error, AppCommandError)] == []

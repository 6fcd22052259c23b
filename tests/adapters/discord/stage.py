"""Who and what is on stage in these tests, and short ways of looking at it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import discord
from simcord import Env
from simcord.backend.serializers import message_payload
from simcord.interactions import base_payload
from simcord.results import InteractionResult, ResponseMessage

from bot.chat.ports import Entry, Parameter
from bot.chat.reply import Choice, Reply, Text, Words
from tests.fakes.desk import ScriptedDesk

MENU = (
    Entry(
        "compare",
        "Isolated and cross, side by side",
        (
            Parameter("leverage", "How many times"),
            Parameter("side", "Long or short", required=True, choices=("long", "short")),
            Parameter("symbol", "The coin", required=True, suggests=True),
            Parameter("margin", "Money put up, as you write it"),
        ),
        examples=("/compare 10x long BTC",),
    ),
    Entry("price", "What coins cost", (Parameter("symbol", "The coin", suggests=True),)),
    Entry("faq", "Look up an answer", (Parameter("text", "Your question", suggests=True),)),
    Entry("host", "What the bot may do here", (Parameter("text", "What to change"),), host=True),
)


class Stage:
    """A server with one channel and two people in it, and the bot."""

    def __init__(self, env: Env, desk: ScriptedDesk) -> None:
        self.env = env
        self.desk = desk
        self.guild = env.create_guild("Traders")
        self.channel = self.guild.create_text_channel("general")
        self.mira = self.guild.add_member(env.create_user("mira", global_name="Mira"))
        self.tobi = self.guild.add_member(env.create_user("tobi"))

    @property
    def mention(self) -> str:
        """The bot's mention."""
        assert self.env.bot.user is not None
        return f"<@{self.env.bot.user.id}>"

    def calls(self, method: str, ending: str) -> list[Any]:
        """Return the bodies of the calls the bot made to addresses with this ending."""
        return [
            call.json
            for call in self.env.http_requests
            if call.method == method and call.path.endswith(ending)
        ]

    async def foreign_slash(self, name: str, *, context: int, locale: str) -> InteractionResult:
        """Run a command as Discord delivers it from another context and in another language."""
        guild = self.guild.id if context == 0 else None
        place = self.channel if context == 0 else self.mira.user.dm_channel
        backend = self.env.backend
        record, payload = base_payload(
            backend,
            type=2,
            channel_id=place.id,
            guild_id=guild,
            user_id=self.mira.id,
            data={"id": "1", "name": name, "type": 1, "options": []},
        )
        backend.emit("INTERACTION_CREATE", payload | {"context": context, "locale": locale})
        await self.env.settle()
        return InteractionResult(self.env, record)

    async def explained_in_private(self, message: discord.Message) -> InteractionResult:
        """Choose "Explain this" in the menu of a message of Mira's private chat."""
        backend, place = self.env.backend, self.mira.user.dm_channel
        shown = dict(message_payload(backend, backend.get_message(place.id, message.id)))
        chosen = {"id": "1", "name": "Explain this", "type": 3, "target_id": str(message.id)}
        record, payload = base_payload(
            backend,
            type=2,
            channel_id=place.id,
            guild_id=None,
            user_id=self.mira.id,
            data=chosen | {"resolved": {"messages": {str(message.id): shown}}},
        )
        backend.emit("INTERACTION_CREATE", payload)
        await self.env.settle()
        return InteractionResult(self.env, record)

    def spoken(self, *, since: int = 0) -> str:
        """Return everything the bot sent after so many calls, as it left the house."""
        return repr([call.json for call in self.env.http_requests[since:]])

    def rename_buttons(self, message: Any, change: Callable[[str], str]) -> None:
        """Change the ids of buttons in the simulated Discord's own store."""
        for row in self.env.backend.get_message(message.channel_id, message.id).components:
            for button in row["components"]:
                button["custom_id"] = change(button["custom_id"])


def first(result: InteractionResult) -> ResponseMessage:
    """Return the message that answered an interaction."""
    assert result.response is not None
    return result.response


def body(message: Any) -> str:
    """Return an embed's text."""
    (embed,) = message.embeds
    return str(embed.description)


def labels(message: Any) -> list[list[str]]:
    """Return the labels of a message's buttons, row by row."""
    rows = getattr(message, "message", message).components
    return [[button.label for button in row.children] for row in rows]


def ids(message: Any) -> list[str]:
    """Return the ids of a message's buttons."""
    rows = getattr(message, "message", message).components
    return [button.custom_id for row in rows for button in row.children]


def members(*names: str) -> discord.Permissions:
    """Return permissions by name."""
    return discord.Permissions(**dict.fromkeys(names, True))


WHAT_IF = Reply(
    (Text(Words("Ten times.")),),
    choices=(
        (Choice("20x", "/c 20x", replace=True), Choice("Why?", "/faq why")),
        (Choice("Mine", "/mine", replace=True), Choice("Yes", "/yes", kept=True)),
    ),
)


def told(lines: Sequence[Mapping[str, Any]], text: str) -> bool:
    """Whether one fault stands in the log, and its number in the text."""
    (fault,) = [line["fault"] for line in lines if line["event"] == "fault"]
    return "on my side" in text and fault in text

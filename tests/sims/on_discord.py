"""A channel on Discord: the real client in a simulated Discord, by commands and buttons."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from discord.app_commands import AppCommandError
from simcord import Env
from simcord.backend.serializers import message_payload
from simcord.interactions import base_payload

from bot.adapters.discord import DiscordAdapter, DiscordOptions
from bot.adapters.discord.client import MarginClient
from core.paper.records import Identity
from tests.adapters.discord.stage import members
from tests.sims.clock import SimClock
from tests.sims.house import House
from tests.sims.place import HOST, Ear

IDLE = 0.005
"""Seconds between two looks at whether the bot has come to rest."""

AT_ONCE = 10
"""Presses that are sent together: with more the simulation is busy with itself."""


class Noted(list[Any]):
    """The simulation's list of requests, by which messages are noted with their moment."""

    def __init__(self, clock: SimClock, calls: list[tuple[datetime, str]]) -> None:
        super().__init__()
        self._clock, self._calls = clock, calls

    def append(self, entry: Any) -> None:
        super().append(entry)
        if entry.method in {"POST", "PATCH"}:
            self._calls.append((self._clock.now(), entry.path))


@dataclass
class DiscordChannel:
    """A channel of a server whose first person may manage it."""

    clock: SimClock
    size: int
    platform: str = "discord"
    _waiting: list[dict[str, Any]] = field(default_factory=list)
    _last: list[dict[str, Any]] = field(default_factory=list)
    records: list[Any] = field(default_factory=list)
    calls: list[tuple[datetime, str]] = field(default_factory=list)
    """What the bot sent to Discord, and when."""

    def __post_init__(self) -> None:
        self._env: Env | None = None
        self.ear: Ear

    async def begin(self) -> None:
        """There is no server to start."""

    async def end(self) -> None:
        """Leave the simulated Discord; a command that it does not know is nobody's fault."""
        if self._env is not None:
            await self._env.shutdown()
            faults = [e for e in self._env.errors if not isinstance(e, AppCommandError)]
            assert faults == []

    async def open(self, house: House) -> None:
        client = MarginClient(house.desk)
        if self._env is None:
            self._env = Env(client, settle_timeout=20)
            await self._env.start()
            self._env.backend.http_requests = Noted(self.clock, self.calls)
            self._people()
        else:
            await self._env.restart_bot(client)
        adapter = DiscordAdapter(house.desk, DiscordOptions("x.y.z"))
        adapter._client = client
        heard = self.ear.posts if hasattr(self, "ear") else []
        self.ear = Ear(adapter, self.clock, heard)

    def _people(self) -> None:
        env = self.env
        self._guild = env.create_guild("Traders")
        self._channel = self._guild.create_text_channel("general")
        staff = self._guild.create_role("Staff", permissions=members("manage_guild"))
        desks = [self._guild.create_role(name) for name in ("North Desk", "South Desk", "Guests")]
        self.people = [
            self._guild.add_member(
                env.create_user(f"tobi{n}" if n else "hope"),
                roles=[staff] if n == HOST else desks[n % 4 : n % 4 + 1],
            )
            for n in range(self.size)
        ]

    @property
    def env(self) -> Env:
        assert self._env is not None
        return self._env

    async def drop(self) -> None:
        """The next `open` puts another client in its place."""
        await self.env.settle(idle=IDLE)

    async def close(self) -> None:
        await self.calm()

    def identity(self, who: int) -> Identity:
        return Identity(self.platform, str(self.people[who].id))

    def say(self, who: int, line: str) -> None:
        self._command(who, line, self._channel.id, self._guild.id)

    def whisper(self, who: int, line: str) -> None:
        self._command(who, line, self.people[who].user.dm_channel.id, None)

    def _command(self, who: int, line: str, place: int, guild: int | None) -> None:
        """The free command, which takes any line."""
        option = {"name": "text", "type": 3, "value": line}
        data = {"id": "1", "name": "c", "type": 1, "options": [option]}
        self._sent(2, data, who, place, guild)

    def press(self, who: int, label: str, *, times: int = 1) -> bool:
        found = self._having(label)
        if found is None:
            return False
        place, number, custom_id = found
        for _ in range(times):
            data = {"custom_id": custom_id, "component_type": 2}
            self._sent(3, data, who, place, self._guild.id, number)
            self._last = self._waiting[-1:]
        return True

    def _sent(
        self, kind: int, data: Any, who: int, place: int, guild: int | None, under: int = 0
    ) -> None:
        backend, person = self.env.backend, self.people[who]
        where: dict[str, Any] = {"channel_id": place, "guild_id": guild, "user_id": person.id}
        record, payload = base_payload(backend, type=kind, data=data, **where)
        self.records.append(record)
        if under:
            record.source_message_id = under
            stored = backend.get_message(place, under)
            payload = payload | {"message": dict(message_payload(backend, stored))}
        self._waiting.append(payload)

    def again(self, *, renamed: bool) -> None:
        """A resumed connection brings an event again; Discord's own number never changes."""
        self._waiting += self._last

    def kick(self, who: int) -> None:
        """The bot is not told: it may not keep a list of members. It must ask."""
        self._guild.remove_member(self.people[who])

    def away(self, *, gone: bool) -> None:
        self.env.backend.faults.clear()
        if gone:  # the library tries 502 again and again by itself
            self.env.inject_error(
                "*", "/channels/*/messages*", status=503, message="away", times=None
            )

    def flood(self, seconds: int) -> None:
        """The library waits by itself."""

    def shown(self, who: int | None = None) -> list[str]:
        private = [] if who is None else [self.people[who].user.dm_channel.id]
        stored = self._stored(private or self._places())
        return [_text(message) for _, _, message in stored if message.embeds]

    @property
    def threads(self) -> int:
        """How many threads hang on the channel."""
        return len(self._channel.threads)

    def _places(self) -> list[int]:
        """The channel and the threads that hang on it."""
        return [self._channel.id, *(thread.id for thread in self._channel.threads)]

    def _stored(self, places: list[int]) -> list[tuple[int, int, Any]]:
        """What stands in some places, oldest first: its number, the place, and the message."""
        backend = self.env.backend
        found = ((n, p, m) for p in places for n, m in backend.messages.get(p, {}).items())
        return sorted(found, key=lambda each: each[:2])

    def _having(self, label: str) -> tuple[int, int, str] | None:
        """The newest message for all that has a button: its place and number, the button's id."""
        for number, place, message in reversed(self._stored(self._places())):
            for row in message.components:
                for button in row["components"]:
                    if button["label"] == label and not message.flags & 64:
                        return place, number, str(button["custom_id"])
        return None

    async def calm(self) -> None:
        while self._waiting:
            now, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            for payload in now:
                self.env.backend.emit("INTERACTION_CREATE", payload)
            await self.env.settle(idle=IDLE)
        await self.env.settle(idle=IDLE)


def _text(message: Any) -> str:
    (embed, *_) = message.embeds
    return f"{embed.get('title', '')}\n{embed.get('description', '')}"

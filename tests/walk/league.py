"""A group on Telegram and a server on Discord over one program: what a story of a league needs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

from bot.chat.reply import Choice, Reply
from bot.chat.request import Chat, Place, Request, Role, Who
from docs.group import button
from tests.walk.group import Group, Wall, shown

TELEGRAM, DISCORD = "telegram", "discord"


class Two(Group):
    """Two chats; hosts are called Hope (on Telegram) and Hugo (on Discord)."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.hosts = {"Hope", "Hugo"}
        self.walls = {TELEGRAM: self.wall, DISCORD: Wall(platform=DISCORD)}
        self.chats = {
            TELEGRAM: Chat("-5", Place.GROUP, title="Traders"),
            DISCORD: Chat("77", Place.GROUP, "5", "Server *x*"),
        }
        self._requests = count(1)

    def on(
        self, platform: str, who: str, line: str, choice: Choice | None = None, role: str = ""
    ) -> Request:
        """A line of somebody on a platform, or a press of theirs."""
        hosts = Role.HOST if who in self.hosts else Role.MEMBER
        return Request(
            f"{platform}:{next(self._requests)}",
            Who(platform, who.lower(), who),
            self.chats[platform],
            text=line,
            role=Role(role) if role else hosts,
            button=choice is not None,
            kept=choice is not None and choice.kept,
            aside=choice is not None and choice.aside,
            addressed=True,
        )

    async def there(self, who: str, line: str, platform: str = TELEGRAM, role: str = "") -> Reply:
        """Say a line somewhere, which is answered in words."""
        answer = await self.ask(self.on(platform, who, line, role=role))
        assert isinstance(answer, Reply), answer
        return answer

    async def read(self, who: str, line: str, platform: str = TELEGRAM) -> str:
        """Say a line somewhere, and read the answer."""
        return shown(await self.there(who, line, platform))

    async def pressed_on(
        self, who: str, label: str, under: Reply, platform: str = TELEGRAM
    ) -> Reply:
        """Press a button of a message."""
        choice = button(under, label)
        answer = await self.ask(self.on(platform, who, choice.say, choice))
        assert isinstance(answer, Reply), answer
        return answer

    async def tick(self, seconds: int = 1) -> None:
        """Let time pass, second by second, on both platforms."""
        for _ in range(seconds):
            self.clock.at += timedelta(seconds=1)
            await self.app.games.round(self.walls)

    def posts_on(self, platform: str) -> list[str]:
        """What stands in a chat, oldest first."""
        return [shown(reply) for reply in self.walls[platform].posts.values()]

    async def together(self) -> None:
        """Let both chats be in one league."""
        made = await self.read("Hope", "/league new Winter cup")
        code = made.split("/league join ")[1].split()[0]
        await self.there("Hugo", f"/league join {code}", DISCORD)
        await self.there("Hope", "/league yes")


@asynccontextmanager
async def two_chats(folder: Path) -> AsyncIterator[Two]:
    """Open two chats over an empty database."""
    group = Two(f"sqlite:///{folder}/two.db")
    try:
        yield group
    finally:
        group.close()

"""One person with two platforms, and others who should not get between them."""

import re

from bot.chat.reply import Reply
from bot.chat.request import Chat, Request, Who
from tests.commands.shown import button
from tests.walk.house import Home, shown


class Somebody:
    """A person alone with the bot on one platform."""

    def __init__(self, home: Home, platform: str, name: str, number: str = "1") -> None:
        self.home, self.who = home, Who(platform, number, name)
        self._count = 0

    def say(self, line: str, *, pressed: bool = False) -> Reply:
        self._count += 1
        answer = self.home.ask(
            Request(
                id=f"{self.who.platform}:{self.who.id}:{self._count}",
                who=self.who,
                chat=Chat(self.who.id),
                text=line,
                addressed=True,
                button=pressed,
                kept=pressed,
            )
        )
        assert isinstance(answer, Reply)
        return answer

    def press(self, reply: Reply, label: str) -> Reply:
        """Press a button that the platform kept."""
        return self.say(button(reply, label).say, pressed=True)

    def code(self) -> str:
        """Ask for a code."""
        found = re.search(r"/link ([A-Z]{8})", shown(self.say("/link")))
        assert found
        return found[1]


def joined(mira: Somebody, amir: Somebody, keep: str = "Keep the one from Telegram") -> Reply:
    """Let the first ask for a code, the second type it and choose, the first confirm."""
    code = mira.code()
    amir.press(amir.say(f"/link {code}"), keep)
    return mira.press(mira.say(f"/link {code}"), "Join")

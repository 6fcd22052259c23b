"""A house on live prices behind a platform: the real desk and adapters, over books in memory.

What the demo market cannot show is played here: last trade and index beside the mark, names that
collide, and a market that goes silent, because nothing moves the prices when the clock goes on.
"""

from bot.chat.ports import Notifier
from bot.chat.reply import Hush, Reply
from bot.chat.request import Request
from bot.runtime.desks import Desks
from bot.runtime.front import Front
from tests.scenarios.backstage import Backstage, Listening
from tests.walk.market import namesakes_home


class LiveStage(Backstage):
    """Opened anew, it goes on with the same books; nobody in it speaks unasked."""

    def __init__(self) -> None:
        self._home = namesakes_home()
        self.clock = self._home.clock
        self.heard: list[tuple[Request, Reply | Hush]] = []
        self.open()

    def open(self) -> None:
        home, self._desks = self._home, Desks(group=self._home.units.group)
        front = Front(home.dispatcher, self._desks, home.units, home.clock, home.symbols)
        self.desk = Listening(front, self.heard)

    async def look(self, notifier: Notifier) -> None:
        """Let nothing happen."""

    def close(self) -> None:
        self._desks.close()

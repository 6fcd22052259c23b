"""Somebody who types orders for a challenge account at noon, BTC at 100 and ETH at 50."""

import pytest

from bot.chat.ask import Ask
from bot.chat.games.orders import order_of
from core.market import MarkPrice, Marks
from core.money import D, Price
from core.paper.account import PaperAccount
from core.paper.actions import Action
from core.paper.scene import Scene
from tests.builders import BTC, ETH, Number
from tests.chat.asking import asking
from tests.core.lessons.game.builders import at, ground
from tests.core.paper.builders import do, fresh, wish
from tests.walk.house import Home


class Typing:
    """An account, and whoever types for it."""

    def __init__(self, ask: Ask) -> None:
        on = ground()
        prices = {BTC: MarkPrice(Price(D(100)), at()), ETH: MarkPrice(Price(D(50)), at())}
        self.ask, self.account = ask, fresh()
        self.scene = Scene(on.listing, Marks("test", at(), prices), at(), on.rules)

    def hold(self, size: Number) -> PaperAccount:
        """Let so many BTC be held, isolated."""
        self.account = do(self.account, wish(size), self.scene)
        return self.account

    def rest(self) -> None:
        """Let an order rest far below."""
        self.account = do(self.account, wish(1, at=10, symbol=ETH), self.scene)

    def of(self, line: str) -> Action:
        """The action that a line orders."""
        return order_of(self.ask, line, self.account, self.scene)


@pytest.fixture
def typing() -> Typing:
    """Return somebody who has only a wallet."""
    return Typing(asking(Home()))

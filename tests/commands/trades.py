"""Trades made past the conversation, for commands that only look at what is there."""

from decimal import localcontext
from itertools import count

from core.margin.pool import MarginMode, Side
from core.market import Symbol
from core.money import EXACT, D, Price, Quantity, Rate
from core.paper.actions import Action, Close, Open
from core.paper.records import Done, Identity
from core.paper.scene import Intent
from core.services.trading import Asked
from tests.walk.house import Home

_NUMBERS = count(1)


def do(home: Home, action: Action, who: str = "1", platform: str = "telegram") -> Done:
    """Do an action at once as somebody."""
    asked = Asked(Identity(platform, who), who, f"trade:{next(_NUMBERS)}")
    with localcontext(EXACT):
        return home.services.trading.act(asked, action)


def opened(home: Home, coin: str, size: str, who: str = "1", **more: object) -> Done:
    """Open a long isolated 10x position, unless something else is said."""
    price = more.get("price")
    intent = Intent(
        symbol=Symbol(f"{coin}USDT"),
        side=Side.SHORT if more.get("short") else Side.LONG,
        quantity=Quantity(D(size)),
        mode=MarginMode.CROSS if more.get("cross") else MarginMode.ISOLATED,
        leverage=Rate(D(10)),
        price=None if price is None else Price(D(str(price))),
    )
    return do(home, Open(intent), who, str(more.get("platform", "telegram")))


def closed(home: Home, number: int, size: str, who: str = "1") -> Done:
    """Close a part of a position."""
    return do(home, Close(number, Quantity(D(size))), who)

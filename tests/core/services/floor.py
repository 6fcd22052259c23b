"""A trading floor in memory: accounts, a market that moves when told, and people who trade."""

from datetime import timedelta
from decimal import localcontext
from functools import cache
from itertools import count

from bot.adapters.content.instrument_files import load_listings
from core.margin.pool import MarginMode, Side
from core.market import Listing, Symbol
from core.money import EXACT, D, Price, Quantity, Rate
from core.paper.account import NO_STOPS, PaperAccount, Stops
from core.paper.actions import Action, Open
from core.paper.records import Done, Identity
from core.paper.rules import PaperRules
from core.paper.scene import Intent
from core.ports import Units
from core.services.accounts import Accounts, Home
from core.services.identities import Identities
from core.services.prices import Prices
from core.services.sweep import Sweep
from core.services.trading import Asked, Shown, Trading
from tests.fakes.ports import FixedClock, FixedMarks, MemoryUnits

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")
MIRA, TOBI = Identity("telegram", "1"), Identity("telegram", "2")
RULES = PaperRules()


@cache
def listings() -> dict[str, Listing]:
    """All venues with the contracts of their files."""
    with localcontext(EXACT):
        return load_listings()


class Floor:
    """Everything that trading needs, over any place in which units keep things."""

    def __init__(self, units: Units | None = None, market: str = "demo") -> None:
        self.units = units or MemoryUnits()
        self.clock = FixedClock()
        self.market = FixedMarks({"BTCUSDT": 60000, "ETHUSDT": 3000}, self.clock.now(), market)
        prices = Prices(listings(), self.market, self.clock)
        home = Home("binance", RULES)
        self.accounts = Accounts(self.units, self.clock, market, home)
        self.identities = Identities(self.units, self.clock, self.accounts)
        self.trading = Trading(self.units, self.accounts, prices, self.clock)
        self.sweep = Sweep(self.units, self.clock, listings(), market, RULES)
        self._requests = count(1)

    def move(self, price: int | str, symbol: str = "BTCUSDT", seconds: int = 1) -> None:
        """Let time pass, and mark a contract at another price."""
        self.clock.advance(timedelta(seconds=seconds))
        self.market.move(symbol, price, self.clock.now())

    def asked(self, who: Identity = MIRA, chat: str = "1", request: str = "") -> Asked:
        """A new request of somebody."""
        return Asked(who, chat, request or f"r{next(self._requests)}")

    def preview(self, action: Action, who: Identity = MIRA, chat: str = "1") -> Shown:
        return self.trading.preview(self.asked(who, chat), action)

    def act(self, action: Action, who: Identity = MIRA, request: str = "") -> Done:
        return self.trading.act(self.asked(who, request=request), action)

    def account(self, who: Identity = MIRA) -> PaperAccount:
        return self.accounts.look(who)

    def history(self, who: Identity = MIRA) -> list[str]:
        """What happened, by name."""
        return [type(each.event).__name__ for each in self.accounts.history(who)]

    def told(self) -> list[str]:
        """What people are about to hear, by name."""
        with self.units.reading() as books:
            due = books.paper.due(self.clock.now() + timedelta(days=9), 99)
        return [type(each.notice.what).__name__ for each in due]

    def faults(self) -> int:
        """How much is wrong with the books."""
        with self.units.reading() as books:
            return len(books.paper.faults())


def wish(
    quantity: str | int,
    side: Side = Side.LONG,
    mode: MarginMode = MarginMode.ISOLATED,
    at: int | None = None,
    *,
    symbol: Symbol = BTC,
    leverage: int = 10,
    stops: Stops = NO_STOPS,
) -> Open:
    """Open a position at the market, or place an order at a price."""
    return Open(
        Intent(
            symbol=symbol,
            side=side,
            quantity=Quantity(D(quantity)),
            mode=mode,
            leverage=Rate(D(leverage)),
            price=None if at is None else Price(D(at)),
            stops=stops,
        )
    )

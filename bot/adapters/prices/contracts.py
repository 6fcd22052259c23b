"""A venue's contracts through ccxt: ticks, steps, smallest orders, and tiers where they are public.

Everything is asked once, page by page, and politely: a venue that says "too many" or "not now" is
asked again after a pause that grows, and given up after a few. Nothing is judged here but which
contracts are meant: perpetuals on coins, margined in USDT, open for trading. Stocks, metals and
currencies that venues list beside them are left out.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from decimal import Decimal
from functools import partial
from importlib.util import find_spec
from typing import Any

from bot.adapters.prices.line import asked_to_wait, connection, may_pass
from bot.adapters.prices.side import Patience
from bot.adapters.prices.tickers import figure
from bot.adapters.prices.venues import SPOKEN
from core.market import Symbol
from core.money import ZERO
from core.ports import Clock
from core.venue_answer import Answer, Quoted, Tier

Market = Mapping[str, Any]
Ladders = Mapping[str, tuple[Tier, ...]]
"""Tiers by the venue's own name of a contract."""

NAN = Decimal("NaN")

TRIES = 4
"""How often one question is asked before the venue is given up."""

LONGEST = 60.0
"""Seconds that a venue may ask to wait; who asks for more is given up at once."""

PAGES = 400
"""Pages of tiers at most: a cursor that never ends is no answer."""

COINS = frozenset({"", "innovation", "adventure"})
"""What Bybit calls contracts on coins (`symbolType`); others are stocks, metals, currencies."""

COIN_CATEGORIES = frozenset({"", "1"})
"""The same at OKX (`instCategory`)."""

SOURCES: Mapping[str, tuple[str, str]] = {
    "binance": ("Binance GET /fapi/v1/exchangeInfo", ""),
    "bybit": ("Bybit GET /v5/market/instruments-info", "Bybit GET /v5/market/risk-limit, linear"),
    "okx": (
        "OKX GET /api/v5/public/instruments",
        "OKX GET /api/v5/public/position-tiers, cross, in contracts",
    ),
}
"""Where contracts and tiers are read, venue by venue."""


class Unanswered(Exception):
    """A venue that could not be asked, or whose answer is none; the text says what happened."""


def can_ask() -> bool:
    """Whether the library that speaks to venues is installed."""
    return find_spec("ccxt") is not None


class ContractSource:
    """Asks one venue for all its contracts; belongs to one loop."""

    def __init__(
        self, venue: str, clock: Clock, base: str | None = None, patience: Patience | None = None
    ) -> None:
        """`base` is an address that stands in for the venue's own."""
        self.venue = venue
        self._clock = clock
        self._base = base
        self._patience = patience or Patience(1.0, 30.0)
        self._exchange: Any = None

    async def answer(self) -> Answer:
        """Ask for everything. Raises `Unanswered`."""
        async with self._open():
            try:
                quoted = await self._quoted()
            except (AttributeError, LookupError, TypeError) as fault:
                raise Unanswered(f"its answer has a shape nobody knows: {_line(fault)}") from fault
        contracts, tiers = SOURCES[self.venue]
        return Answer(
            venue=self.venue,
            at=self._clock.now(),
            quoted=quoted,
            source=contracts,
            tiers_source=tiers,
        )

    async def _quoted(self) -> tuple[Quoted, ...]:
        markets = await self._asked(self._exchange.load_markets)
        meant = [each for each in markets.values() if is_meant(each)]
        ladders = await self._ladders(meant)
        return tuple(_contract(self.venue, each, ladders) for each in meant)

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[None]:
        self._exchange = connection(SPOKEN[self.venue].id, self._base)
        try:
            yield
        finally:
            with suppress(Exception):
                await self._exchange.close()

    async def _asked(self, ask: Callable[[], Awaitable[Any]]) -> Any:
        """Ask one question until it is answered. Raises `Unanswered`."""
        self._patience.calm()
        tried = 0
        while True:
            tried += 1
            try:
                return await ask()
            except Exception as fault:
                wait = asked_to_wait(self._exchange)
                if tried == TRIES or wait > LONGEST or not may_pass(fault):
                    raise Unanswered(_line(fault)) from fault
            await asyncio.sleep(self._patience.next(wait))

    # --- tiers ------------------------------------------------------------------------------------

    async def _ladders(self, markets: Iterable[Market]) -> Ladders:
        match self.venue:
            case "bybit":
                return await self._bybit_ladders()
            case "okx":
                return {each["id"]: await self._okx_ladder(each) for each in markets}
            case _:
                return {}

    async def _bybit_ladders(self) -> Ladders:
        """All contracts' tiers, page by page. A cursor that comes again would never end."""
        rows: list[Market] = []
        cursor, seen = "", set[str]()
        while cursor not in seen and len(seen) < PAGES:
            seen.add(cursor)
            page = {"category": "linear", **({"cursor": cursor} if cursor else {})}
            answer = await self._asked(partial(self._exchange.publicGetV5MarketRiskLimit, page))
            result = answer.get("result") or {}
            rows += result.get("list") or []
            cursor = result.get("nextPageCursor") or ""
            if not cursor:
                return _by_name(rows)
        raise Unanswered("its pages of tiers do not end")

    async def _okx_ladder(self, market: Market) -> tuple[Tier, ...]:
        ask = partial(self._exchange.fetch_market_leverage_tiers, market["symbol"])
        return _sorted(_okx_tier(row["info"]) for row in await self._asked(ask))


def is_meant(market: Market) -> bool:
    """Whether a contract is a perpetual on a coin, margined in USDT and open for trading.

    A name that nobody could type, or that is a number, is left out.
    """
    info, base = market.get("info") or {}, str(market.get("base") or "")
    return (
        bool(market.get("swap") and market.get("linear") and market.get("active"))
        and market.get("quote") == market.get("settle") == "USDT"
        and base.isascii()
        and base.isalnum()
        and not base.isdecimal()
        and str(info.get("symbolType") or "") in COINS
        and str(info.get("instCategory") or "") in COIN_CATEGORIES
        and info.get("contractType", "PERPETUAL") in {"PERPETUAL", "LinearPerpetual"}
        and info.get("ctValCcy", base) in {base, market.get("baseId")}
    )


def _contract(venue: str, market: Market, ladders: Ladders) -> Quoted:
    """A contract as the venue says it; what is no number is refused by whoever reads it."""
    info, precision, limits = market["info"], market["precision"], market["limits"]
    size = _figure(market["contractSize"]) * _figure(info.get("ctMult") or "1")
    return Quoted(
        symbol=Symbol(f"{market['base']}{market['quote']}"),
        base=market["base"],
        tick=_figure(precision["price"]),
        step=_figure(precision["amount"]),
        min_quantity=_figure(limits["amount"]["min"]),
        min_notional=_figure(limits["cost"]["min"] or "0"),
        contract=size if venue == "okx" else None,
        tiers=None if venue == "binance" else ladders.get(market["id"], ()),
        # What ccxt itself says of fees is its own opinion: only the venue's word counts.
        maker_fee=figure(info.get("makerFee")),
        taker_fee=figure(info.get("takerFee")),
        liquidation_fee=figure(info.get("liquidationFee")),
    )


def _figure(value: object) -> Decimal:
    """A number, or what is none."""
    found = figure(value)
    return NAN if found is None else found


def _by_name(rows: Iterable[Market]) -> Ladders:
    """Bybit's rows apart by contract."""
    found: dict[str, list[Tier]] = {}
    for row in rows:
        found.setdefault(str(row["symbol"]), []).append(_bybit_tier(row))
    return {name: _sorted(tiers) for name, tiers in found.items()}


def _bybit_tier(row: Market) -> Tier:
    return Tier(
        cap=_figure(row["riskLimitValue"]),
        rate=_figure(row["maintenanceMargin"]),
        max_leverage=figure(row.get("maxLeverage")),
        initial=figure(row.get("initialMargin")),
        amount=figure(row.get("mmDeduction")),
    )


def _okx_tier(row: Market) -> Tier:
    return Tier(
        cap=_figure(row["maxSz"]),
        rate=_figure(row["mmr"]),
        max_leverage=figure(row.get("maxLever")),
        initial=figure(row.get("imr")),
        floor=figure(row.get("minSz")),
    )


def _sorted(tiers: Iterable[Tier]) -> tuple[Tier, ...]:
    """Tiers from the smallest size on, in whatever order they came."""
    return tuple(sorted(tiers, key=lambda tier: tier.cap if tier.cap.is_finite() else ZERO))


def _line(fault: Exception) -> str:
    """A fault in one short line."""
    text = " ".join(str(fault).split())
    return f"{type(fault).__name__}: {text[:120]}" if text else type(fault).__name__

"""The names of contracts: tickers, nicknames and every form in which other sites print them.

One dictionary, made once from the listed contracts, turns each spelling into a `Named`. A ticker
after `$` is taken as it stands: whether a venue lists it is the core's question, not the parser's.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.chat.ordinary import is_shy
from bot.chat.spelling import nearest
from core.market import Symbol

QUOTE = "USDT"
USD = "usd_as_usdt"
THOUSAND = "thousand_contract"

NAMES: Mapping[str, str] = {
    "bitcoin": "BTC", "xbt": "BTC", "bitcoins": "BTC",
    "ethereum": "ETH", "ether": "ETH",
    "binancecoin": "BNB",
    "ripple": "XRP",
    "solana": "SOL",
    "dogecoin": "DOGE",
    "cardano": "ADA",
    "avalanche": "AVAX",
    "chainlink": "LINK",
    "polkadot": "DOT",
    "litecoin": "LTC",
    "bitcoincash": "BCH",
    "tron": "TRX",
    "uniswap": "UNI",
    "cosmos": "ATOM",
    "filecoin": "FIL",
    "aptos": "APT",
    "arbitrum": "ARB",
    "optimism": "OP",
    "toncoin": "TON",
    "dogwifhat": "WIF",
    "polygon": "POL", "matic": "POL",
    "stellar": "XLM", "lumens": "XLM",
    "hyperliquidtoken": "HYPE",
}  # fmt: skip
"""Nicknames, and what was renamed, to the ticker."""

_SPELLINGS = (
    "{}", "{}usdt", "{}/usdt", "{}-usdt", "{}_usdt", "{}:usdt", "{}/usdt:usdt", "{}-perp",
    "{}perp", "{}_perp", "{}usdtperp", "{}usdt.p", "{}.p", "{}-usdt-swap", "{}-usdt-perp",
    "{}usdt_perp", "{}usdt-perp", "{}-swap",
)  # fmt: skip
_USD_SPELLINGS = (
    "{}usd", "{}/usd", "{}-usd", "{}_usd", "{}usd.p", "{}usdperp", "{}usd_perp", "{}-usd-swap",
)  # fmt: skip
OTHER_QUOTES = (
    "usdc", "busd", "fdusd", "tusd", "dai", "btc", "eth", "bnb", "eur", "gbp", "try", "brl", "jpy",
)  # fmt: skip
_PAIR = re.compile(r"([a-z0-9]{2,15})[/_:-]([a-z]{2,6})(?:[:.\-_].*)?").fullmatch
_TICKER = re.compile(r"([a-z0-9]{1,15}?)(?:[/_-]?usdt?)?(?:\.p|[-_:]?perp|-swap|:usdt)?").fullmatch
_PREFIX = re.compile(r"1000+(?=[a-z])")
_SUGGESTED = 25


class Named(NamedTuple):
    """A contract as typed; `note` is a note's code where the spelling needs a word."""

    symbol: Symbol
    note: str = ""


class SymbolBook:
    """Knows every spelling of the listed contracts, in the order in which they were listed."""

    def __init__(self, listed: Iterable[Symbol]) -> None:
        """Write the dictionary; earlier contracts win where two share a spelling."""
        self.listed = tuple(dict.fromkeys(listed))
        self.spellings: dict[str, Named] = {}
        bases = {base_of(symbol).lower(): symbol for symbol in self.listed}
        for base, symbol in bases.items():
            self._learn(base, symbol, "")
        for base, symbol in bases.items():
            short = _PREFIX.sub("", base)
            if short != base:
                self._learn(short, symbol, THOUSAND)
        for name, ticker in NAMES.items():
            if ticker.lower() in bases:
                self._learn(name, bases[ticker.lower()], "")
        self.shy: Mapping[str, Symbol] = {}

    def add(self, listed: Mapping[str, Iterable[Symbol]]) -> None:
        """Learn further contracts by venue, behind those known; others may read meanwhile.

        Where a ticker is a word as well (`bot.chat.ordinary`), it is known by its longer spellings
        only, and bare as `shy`.
        """
        told = dict.fromkeys(symbol for symbols in listed.values() for symbol in symbols)
        new = [symbol for symbol in told if symbol not in self.listed]
        book = SymbolBook(new)
        bare = {base_of(symbol).lower(): symbol for symbol in new}
        shy = {coin: symbol for coin, symbol in bare.items() if is_shy(coin)}
        shorts = {_PREFIX.sub("", coin) for coin in bare}
        words = {coin for coin in shorts if is_shy(coin)} | shy.keys()
        known = words | self.spellings.keys()
        more = {name: named for name, named in book.spellings.items() if name not in known}
        self.spellings = {**self.spellings, **more}
        self.shy = {**shy, **self.shy}
        self.listed = (*self.listed, *new)

    def _learn(self, base: str, symbol: Symbol, note: str) -> None:
        for spelling in _SPELLINGS:
            self.spellings.setdefault(spelling.format(base), Named(symbol, note))
        for spelling in _USD_SPELLINGS:
            self.spellings.setdefault(spelling.format(base), Named(symbol, note or USD))

    def get(self, typed: str) -> Named | None:
        """Return the contract of a spelling in lower case, without `$`, or None."""
        return self.spellings.get(typed)

    def ticker(self, typed: str) -> Named | None:
        """Return what stands after `$` or `#`, listed or not; None where it is no ticker at all."""
        known = self.spellings.get(typed)
        if known or typed.isdecimal():
            return known
        match = _TICKER(typed)
        return Named(Symbol(match[1].upper() + QUOTE)) if match else None

    def other_quote(self, typed: str) -> str:
        """Return the foreign quote of a pair whose base is known (`ethbtc`: BTC), or ""."""
        pair = _PAIR(typed)
        if pair and pair[1] in self.spellings:
            return pair[2].upper()
        for quote in OTHER_QUOTES:
            base = typed.removesuffix(quote)
            if base != typed and base in self.spellings:
                return quote.upper()
        return ""

    def near(self, typed: str, most: int = 3) -> tuple[str, ...]:
        """Return tickers that a mistyped one may have meant, nearest first."""
        bare = re.sub(r"usdt?$", "", typed.lower()[:20])
        if len(bare) < 3:
            return ()
        tickers = {base_of(symbol).lower(): base_of(symbol) for symbol in self.listed}
        known = {name: tick for name, tick in NAMES.items() if tick.lower() in tickers} | tickers
        return tuple(dict.fromkeys(known[name] for name in nearest(bare, known)))[:most]

    def suggest(self, typed: str) -> tuple[str, ...]:
        """Return up to 25 tickers that begin with, then contain, what was typed so far."""
        part = typed.strip().lstrip("$#").lower()[:20]
        bases = [base_of(symbol) for symbol in self.listed]
        first = [b for b in bases if b.lower().startswith(part)]
        named = [
            base_of(named.symbol)
            for name, named in self.spellings.items()
            if part and name.startswith(part)
        ]
        inside = [b for b in bases if part in b.lower()]
        return tuple(dict.fromkeys([*first, *named, *inside]))[:_SUGGESTED]


def base_of(symbol: str) -> str:
    """Return the coin of a contract: BTC of BTCUSDT."""
    return symbol.removesuffix(QUOTE) or symbol


def per_contract(note: str, symbol: str) -> int:
    """Return how many of the coins that were typed make one of the contract's units."""
    found = _PREFIX.match(symbol.lower()) if note == THOUSAND else None
    return int(found[0]) if found else 1

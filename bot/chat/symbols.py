"""The names of contracts: tickers, nicknames and every form in which other sites print them.

One dictionary, made once from the listed contracts, turns each spelling into a `Named`. A ticker
after `$` is taken as it stands: whether a venue lists it is the core's question, not the parser's.

Venues name alike things differently: PEPE of one is 1000PEPE of another, LUNA is LUNA2. So one
spelling may fit several contracts. Such a spelling is marked; which of them is meant depends on the
venue, and where one venue lists two of them it is asked (`bot.chat.collisions`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.chat.ordinary import is_shy
from bot.chat.spelling import nearest
from core.market import Symbol

QUOTE = "USDT"
USD = "usd_as_usdt"
THOUSAND = "thousand_contract"
RENUMBERED = "renumbered"
"""A coin that was begun anew under a number: LUNA2. Nobody says so without being asked."""
RENAMED = "renamed"
"""A coin by a name that it once had, or is called by."""

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
_UNITS = re.compile(r"(?P<before>1000+|1m)(?P<coin>[a-z].*)|(?P<name>[a-z]{3,})(?P<behind>1000+)")
_NUMBERED = re.compile(r"([a-z]{3,})2").fullmatch
_SUGGESTED = 25

SHARED, MEANT = "?", "!"
"""What the note of a shared spelling begins with; the spelling follows. A coin's bare name may need
to be asked about; a contract's full name, or a `$` before it, means the contract of just that name.
"""


class Named(NamedTuple):
    """A contract as typed; `note` is a note's code where the spelling needs a word.

    The note of a spelling that fits several contracts is a mark (`SHARED`, `MEANT`).
    """

    symbol: Symbol
    note: str = ""


class SymbolBook:
    """Knows every spelling of the listed contracts, in the order in which they were listed."""

    def __init__(self, listed: Mapping[str, Iterable[Symbol]]) -> None:
        """Write the dictionary of contracts, which are listed by venue id."""
        self.listed: tuple[Symbol, ...] = ()
        self.spellings: Mapping[str, Named] = {}
        self._shared: Mapping[str, Sequence[Named]] = {}
        self._venues: Mapping[str, frozenset[Symbol]] = {}
        self._sure: frozenset[str] = frozenset()
        self.shy: Mapping[str, Named] = {}
        self.add(listed)
        self._sure = frozenset(self.spellings)

    def add(self, listed: Mapping[str, Iterable[Symbol]]) -> None:
        """Learn further contracts, behind those that are known; others may read meanwhile.

        Where a ticker that is learnt later is a word as well, it alone is `shy`: known behind `$`
        or before its quote, and where a coin is all that lacks.
        """
        more = {venue: tuple(symbols) for venue, symbols in listed.items()}
        known = (*self.listed, *(s for symbols in more.values() for s in symbols))
        self.listed = tuple(dict.fromkeys(known))
        self._venues = {
            venue: self._venues.get(venue, frozenset()).union(more.get(venue, ()))
            for venue in {**self._venues, **more}
        }
        found = _spellings(self.listed)
        if self._sure:
            words = {name for name in found if name not in self._sure and is_shy(name)}
            self.shy = {name: found[name][0] for name in words if len(found[name]) == 1}
            found = {name: named for name, named in found.items() if name not in words}
        # What a mark stands for is there before the mark is.
        self._shared = {typed: named for typed, named in found.items() if len(named) > 1}
        self.spellings = self._marked(found)

    def _marked(self, found: Mapping[str, Sequence[Named]]) -> Mapping[str, Named]:
        """One contract for each spelling; those that fit several bear a mark."""
        bases = [base_of(symbol).lower() for symbol in self.listed]
        bare = {*bases, *(_lot(base)[0] for base in bases)}
        marks = {
            typed: Named(found[typed][0].symbol, (SHARED if typed in bare else MEANT) + typed)
            for typed in self._shared
        }
        return {**{typed: named[0] for typed, named in found.items()}, **marks}

    def get(self, typed: str) -> Named | None:
        """Return the contract of a spelling in lower case, without `$`, or None."""
        return self.spellings.get(typed)

    def has(self, typed: str) -> bool:
        """Whether a spelling behind `$` is a contract's."""
        return typed in self.spellings or typed in self.shy

    def fitting(self, typed: str, venue: str, *, exact: bool = False) -> tuple[Named, ...]:
        """Return what a shared spelling may mean on a venue, best first, never nothing.

        `exact` is the contract of just that name, or else the one that counts the coin in lots.
        Where the venue lists none of them, it is whichever another venue lists.
        """
        everywhere = self._shared[typed]
        here = [n for n in everywhere if n.symbol in self._venues.get(venue, ())]
        if exact:
            here = [n for n in here if n.note != RENUMBERED][:1]
        elif any(not n.note for n in here):
            here = [n for n in here if n.note not in {RENAMED, USD}]
        return tuple(here or everywhere[:1])

    def lists(self, base: str, venue: str) -> bool:
        """Whether a venue lists a coin's contract under just that name."""
        return Symbol(base.upper() + QUOTE) in self._venues.get(venue, ())

    def is_shared(self, typed: str) -> bool:
        """Whether a spelling fits several contracts."""
        return typed in self._shared

    def ticker(self, typed: str) -> Named | None:
        """Return what stands after `$` or `#`, listed or not; None where it is no ticker at all."""
        known = self.spellings.get(typed)
        if known and typed in self._shared:
            return Named(known.symbol, MEANT + typed)
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


def _spellings(listed: Iterable[Symbol]) -> dict[str, Sequence[Named]]:
    """Every spelling with the contracts it fits: those of just that name come first."""
    bases = {base_of(symbol).lower(): symbol for symbol in listed}
    found: dict[str, list[Named]] = {}
    for base, symbol in bases.items():
        _learn(found, base, Named(symbol))
    for base, symbol in bases.items():
        coin, units = _lot(base)
        if units > 1:
            _learn(found, coin, Named(symbol, THOUSAND))
    for base, symbol in bases.items():
        numbered = _NUMBERED(base)
        if numbered and numbered[1] in found:
            found[numbered[1]].append(Named(symbol, RENUMBERED))
    for name, ticker in NAMES.items():
        if ticker.lower() in bases:
            note = RENAMED if name in found else ""
            _learn(found, name, Named(bases[ticker.lower()], note))
    return dict(found)


def _learn(found: dict[str, list[Named]], base: str, named: Named) -> None:
    for spelling in _SPELLINGS:
        found.setdefault(spelling.format(base), []).append(named)
    for spelling in _USD_SPELLINGS:
        worded = named._replace(note=named.note or USD)
        found.setdefault(spelling.format(base), []).append(worded)


def _lot(base: str) -> tuple[str, int]:
    """A contract's coin, and how many of it make one: 1000PEPE, 1MBABYDOGE, SHIB1000."""
    found = _UNITS.fullmatch(base)
    if found is None:
        return base, 1
    count = found["before"] or found["behind"]
    return found["coin"] or found["name"], 1_000_000 if count == "1m" else int(count)


def base_of(symbol: str) -> str:
    """Return the coin of a contract: BTC of BTCUSDT."""
    return symbol.removesuffix(QUOTE) or symbol


def per_contract(note: str, symbol: str) -> int:
    """Return how many of the coins that were typed make one of the contract's units."""
    return _lot(base_of(symbol).lower())[1] if note == THOUSAND else 1

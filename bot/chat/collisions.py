"""One name for several things: two contracts of one coin, or a coin that is also a word.

Nothing is guessed. Where the venue in force lists two contracts that a bare name fits, it is asked
which one, and each button writes the answer behind a `$`, which says "this is a ticker". A word of
the grammar stays that word; where it has no part in the command and a coin of that name is listed,
it is asked too. What a button of ours says is meant as it stands.
"""

from collections.abc import Mapping, Sequence
from typing import NoReturn

from bot.chat.draft import Draft
from bot.chat.lexer import Tok
from bot.chat.lexicon import LEXICON, Kind
from bot.chat.numbers import write_number
from bot.chat.symbols import (
    MEANT,
    RENAMED,
    RENUMBERED,
    SHARED,
    Named,
    SymbolBook,
    base_of,
    per_contract,
)

_MARKS = SHARED + MEANT
_COINS = frozenset((Kind.SYMBOL, Kind.QUANTITY))
_FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.SIDE: ("side", "legs", "shocks"),
    Kind.MODE: ("mode",),
    Kind.VENUE: ("venue",),
    Kind.ON: ("venue",),
    Kind.MARKET: ("entry", "legs"),
    Kind.SHARE: ("size", "percent"),
}
_SLOTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("margin", "notional", "quantity"), ("size", "legs")),
    **dict.fromkeys(("entry", "leverage"), ("entry", "leverage", "legs")),
    "remove": ("add",),
}
"""The fields a word may fill, by its kind or its slot; others are named after their only one."""
_NEEDS = {"symbol": 1, "shocks": 1, "legs": 2}
"""How many coins a field holds."""
_MOST = 3


class Collisions:
    """Tells names of one book apart. Safe to share by threads."""

    def __init__(self, book: SymbolBook) -> None:
        """Note which words of the grammar are coins as well."""
        bases = {base_of(symbol).lower() for symbol in book.listed}
        self.words = frozenset(bases & LEXICON.keys())
        self._book = book

    def settle(self, draft: Draft) -> None:
        """Decide what every coin of a line is. Raises `Misread` where it must be asked."""
        if any(tok.note and tok.note[0] in _MARKS for tok in draft.toks):
            venue = _venue(draft)
            draft.toks = [self._decided(draft, tok, venue) for tok in draft.toks]
        if self.words and _lacks_coin(draft):
            self._ask_of_words(draft)

    def _ask_of_words(self, draft: Draft) -> None:
        """Note which words of a line are coins as well; ask about one without a part in it."""
        venue = _venue(draft)
        doubles = [
            Tok(LEXICON[word].kind, at, at + 1, name=word)
            for at, word in enumerate(map(str.lower, draft.line.words))
            if word in self.words and self._book.lists(word, venue)
        ]
        draft.coins = tuple((t.name.upper(), _as_coin(draft, t)) for t in doubles[:_MOST])
        for tok in doubles:
            if _is_idle(draft, tok):
                _ask_of_word(draft, tok)

    def _decided(self, draft: Draft, tok: Tok, venue: str) -> Tok:
        """A token of one contract; one that fits several on the venue is asked about."""
        mark, typed = tok.note[:1], tok.note[1:]
        if not mark or mark not in _MARKS:
            return tok
        spaced = tok.kind is Kind.SYMBOL and tok.end - tok.start > 1  # `pepe usdt`: a full name
        exact = mark == MEANT or spaced or draft.context.meant
        found = self._book.fitting(typed, venue, exact=exact)
        if not exact and (len(found) > 1 or found[0].note == RENUMBERED):
            _ask(draft, tok, typed, found)
        named = found[0]
        return tok._replace(name=named.symbol, note="" if named.note == RENAMED else named.note)


def _venue(draft: Draft) -> str:
    """The venue in force: the one named in the line, or the person's own."""
    named = (tok.name for tok in draft.toks if tok.kind is Kind.VENUE)
    return next(named, draft.context.defaults.venue)


def _lacks_coin(draft: Draft) -> bool:
    """Whether a command that takes coins was told too few of them, in words we all know."""
    needed = max((_NEEDS.get(name, 0) for name in draft.verb.fields), default=0)
    kinds = [tok.kind for tok in draft.toks]
    return sum(kind in _COINS for kind in kinds) < needed and Kind.UNKNOWN not in kinds


def _is_idle(draft: Draft, tok: Tok) -> bool:
    """Whether a word of the grammar has no part in the command; a filler only where it is all."""
    sense, verb = LEXICON[tok.name], draft.verb
    if sense.kind is Kind.FILLER:
        return len(draft.line.words) == 1
    fills = _FIELDS.get(sense.kind) or _SLOTS.get(sense.name, (sense.name,))
    return verb.fields.isdisjoint(fills)


def _ask_of_word(draft: Draft, tok: Tok) -> NoReturn:
    """Ask whether a word is the coin; where the command needs none it may be left out instead."""
    line = draft.line
    needed = _NEEDS.keys() & set(draft.verb.required)
    without = () if needed else ((line.head, line.swapped(tok, "")),)
    line.fail("ambiguous_symbol", tok, hint="word", options=(*draft.coins, *without))


def _as_coin(draft: Draft, tok: Tok) -> str:
    """The line with a word marked as a ticker."""
    return draft.line.swapped(tok, f"${tok.name}")


def _ask(draft: Draft, tok: Tok, typed: str, found: Sequence[Named]) -> NoReturn:
    """Ask which contract is meant; one alone that is not quite of that name is offered."""
    kind = "ambiguous_symbol" if len(found) > 1 else "unknown_symbol"
    options = tuple((base_of(named.symbol), _said(draft, tok, typed, named)) for named in found)
    draft.line.fail(kind, tok, options=options)


def _said(draft: Draft, tok: Tok, typed: str, named: Named) -> str:
    """The line with a contract behind `$` in a name's place; an amount is counted in its units."""
    line, coin = draft.line, f"${base_of(named.symbol).lower()}"
    before, _, behind = line.token(tok).lower().partition(typed)
    if tok.kind is Kind.SYMBOL:
        return line.swapped(tok, f"{before}{coin} {behind}".strip())
    amount = write_number(tok.number / per_contract(named.note, named.symbol))
    if behind.startswith("@"):  # a fill: a fraction says that coins are counted
        counted = amount if "." in amount else f"{amount}.0"
        return line.swapped(tok, f"{counted}{behind} {coin}")
    return line.swapped(tok, f"qty {amount} {coin}")

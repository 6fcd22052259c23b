"""From a line to tokens: every word is recognised by what it is, never by where it stands.

A word costs one dictionary access where it is known; only numbers and oddities meet a pattern.
The lexer never fails: what it cannot make out becomes a token that says so.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.chat.lexicon import ENDINGS, HINTS, LEXICON, SHORT_SLOTS, SLOTS, Kind, Sense
from bot.chat.numbers import likely, read_digits, scaled
from bot.chat.symbols import SymbolBook
from core.money import ZERO


class Tok(NamedTuple):
    """A token: words `start` to `end` of the line, with its number or name.

    `sign` is "+" or "-" as typed; `note` the code of a note its spelling asks for; `meant` says
    that a price was written with `!`, against our doubts.
    """

    kind: Kind
    start: int
    end: int
    number: Decimal = ZERO
    name: str = ""
    note: str = ""
    sign: str = ""
    meant: bool = False


Made = tuple[Kind, Decimal, str, str]
"""What a number is by its ending: kind, value, the coin it counts, the code of a note."""

_NUMBER = re.compile(
    r"(@?)([+-]*)([$€£]?)([+-]?)((?:[0-9]|[.,][0-9])[0-9.,_']*)([a-z%$€£-]*)(!?)[.,;:?)\]]*"
).fullmatch
_GROUP_HEAD = re.compile(r"(?:^|[^0-9.,])[1-9][0-9]{0,2}(?:[0-9]{3})*$").search
_GROUP_TAIL = re.compile(r"0[0-9]{2}(?:[.,][0-9]+)?(?:[a-z%$€£]*)").fullmatch
_GLUED = re.compile(r"([a-z/>-]+?)([@$]?[+-]?[$€£]?[.,]?[0-9].*)").fullmatch
_MOVE = re.compile(r"([a-z0-9]+?)([+-][0-9.,]+(?:%|pct))").fullmatch
_WIDE_SPACE = re.compile("(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_EDGES = ".,;:!?\"'()[]{}<>`*"
_SIGNS = {
    ord("×"): "x", ord("х"): "x", ord("Х"): "x", ord("✕"): "x", ord("✖"): "x",
    ord("−"): "-", ord("–"): "-", ord("—"): "-", ord("‐"): "-", ord("‑"): "-",
    ord("→"): " -> ", ord("➜"): " -> ", ord("➡"): " -> ",
    ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'", ord("“"): '"', ord("”"): '"',
    **{ord(hint): f" {hint} " for hint in HINTS},
}  # fmt: skip
_LONGEST = 64
"""Longer words are not taken apart."""
_UNITLESS = frozenset((Kind.NUMBER, Kind.DOLLARS))
"""What may still have its unit as the next word."""
_SYMBOL, _FILLER, _PLAIN = Kind.SYMBOL, Kind.FILLER, Kind.NUMBER
"""Looked up for every word: a name of the module is found five times as fast as a member."""
_QUOTE_WORDS = frozenset(("usdt", "perp", "perpetual", "swap", "futures"))


def normal(text: str) -> str:
    """Return a text with one spelling per sign: NFKC, plain dashes, no control or bidi marks."""
    if text.isascii():
        return text if text.isprintable() else "".join(map(_visible, text))
    text = _WIDE_SPACE.sub("", text)
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    return "".join(map(_visible, text))


def _visible(char: str) -> str:
    """A character, a space for what separates, or nothing for what cannot be seen."""
    if char < "\x7f":
        return max(char, " ")
    category = unicodedata.category(char)
    if category in {"Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me", "Sk"}:
        return ""
    return " " if (category == "So" and char not in HINTS) or category[0] == "Z" else char


class Lexer:
    """Turns words in lower case into tokens, knowing one book of symbols."""

    def __init__(self, book: SymbolBook) -> None:
        """Join the book's spellings and the lexicon in one dictionary; words win over coins."""
        self._book = book
        self._known: dict[str, Sense] = {
            name: Sense(Kind.SYMBOL, ZERO, named.symbol, named.note)
            for name, named in book.spellings.items()
        }
        self._known.update(LEXICON)

    def lex(self, words: Sequence[str]) -> list[Tok]:
        """Return the tokens of a line; fillers are dropped."""
        toks: list[Tok] = []
        at, known = 0, self._known
        while at < len(words):
            sense = known.get(words[at])
            if sense is None:
                at = self._shape(words[at], words, at, toks)
            elif sense.kind is _SYMBOL:
                at = self._symbol(sense, words, at, toks)
            elif sense.kind is _FILLER:
                at = self._filler(words, at, toks)
            else:
                kind, number, name, note = sense
                toks.append(Tok(kind, at, at + 1, number, name, note))
                at += 1
        return toks

    def ticker(self, word: str, written: str) -> str:
        """Return how a word is typed that can only be a ticker, where it might be something else.

        A name `written` in capitals, as completions write it, is the contract of just that name.
        """
        known, shy = self._book.get(word) is not None, word in self._book.shy
        is_other = shy or (word in LEXICON and known)
        is_exact = self._book.is_shared(word) and written == word.upper()
        return f"${word}" if is_other or is_exact else word

    def _symbol(self, sense: Sense, words: Sequence[str], at: int, toks: list[Tok]) -> int:
        """A coin swallows the quote word behind it: `eth usdt`."""
        end = at + 1
        while end < len(words) and words[end] in _QUOTE_WORDS:
            end += 1
        toks.append(Tok(_SYMBOL, at, end, ZERO, sense.name, sense.note))
        return end

    def _filler(self, words: Sequence[str], at: int, toks: list[Tok]) -> int:
        """Drop a filler, unless it is the sign of the number behind it."""
        if words[at] in {"+", "-"} and at + 1 < len(words) and words[at + 1][0].isdecimal():
            return self._shape(words[at] + words[at + 1], words, at + 1, toks, start=at)
        return at + 1

    def _shape(
        self, word: str, words: Sequence[str], at: int, toks: list[Tok], *, start: int = -1
    ) -> int:
        """Read a word by its shape; return the index of the next word."""
        start = at if start < 0 else start
        end = at + 1
        if word[0] in "$#" and self._book.has(word[1:].rstrip(_EDGES)):
            self._odd(word, (start, end), toks)  # $1000pepe is that ticker, not an amount of pepe
            return end
        while end < len(words) and words[end][0] == "0" and _grouped(word, words[end]):
            word += words[end]
            end += 1
        match = _NUMBER(word)
        if match:
            return self._number(match, words, (start, end), toks)
        self._odd(word, (start, end), toks)
        return end

    def _number(
        self, match: re.Match[str], words: Sequence[str], span: tuple[int, int], toks: list[Tok]
    ) -> int:
        """A number with what is glued to it or stands behind it as its unit."""
        at_sign, sign, currency, late_sign, digits, ending, meant = match.groups()
        start, end = span
        sign += late_sign
        value = read_digits(digits.rstrip(".,_'"))
        made = self._ended(value, ending, currency)
        if value is None or made is None or len(sign) > 1:
            toks.append(self._unread(match[0], digits, ending, span))
            return end
        kind, value, name, note = made
        while end < len(words) and kind in _UNITLESS and words[end] in ENDINGS:
            factor, unit = ENDINGS[words[end]]
            value = scaled(value, factor)
            kind = kind if unit is _PLAIN else unit
            end += 1
        if at_sign:
            toks.append(Tok(Kind.SLOT, start, end, ZERO, "entry"))
        if sign == "-":
            value = -value
        toks.append(Tok(kind, start, end, value, name, note, sign, bool(meant)))
        return end

    def _ended(self, value: Decimal | None, ending: str, currency: str) -> Made | None:
        """What a number becomes by its ending: a unit, a leverage, an amount of a coin."""
        if value is None:
            return None
        if not (ending or currency):
            return _PLAIN, value, "", ""
        known = ENDINGS.get(ending)
        if known:
            factor, kind = known
            kind = Kind.DOLLARS if currency and kind is _PLAIN else kind
            return kind, scaled(value, factor), "", ""
        named = self._book.get(ending)
        if named:
            return Kind.QUANTITY, value, named.symbol, named.note
        named = self._book.get(ending[1:]) if ending[0] in "km" else None
        if named:
            value = scaled(value, ENDINGS[ending[0]][0])
            return Kind.QUANTITY, value, named.symbol, named.note
        return None

    def _unread(self, word: str, digits: str, ending: str, span: tuple[int, int]) -> Tok:
        """A number that is none, or an amount of a coin nobody knows."""
        if len(ending) > 1 and ending.isalpha() and read_digits(digits) is not None:
            return Tok(Kind.UNKNOWN, *span, name=word)
        return Tok(Kind.BAD, *span, name=likely(digits))

    def _odd(self, word: str, span: tuple[int, int], toks: list[Tok]) -> None:
        """Words with something stuck to them; each rule hands the parts back to `_part`."""
        bare = word.strip(_EDGES)
        if bare != word:
            self._part(bare, span, toks)
            return
        if word[0] in "$#" and len(word) > 1 and "@" not in word:
            self._marked(word, span, toks)
            return
        if len(word) > _LONGEST:
            toks.append(Tok(Kind.UNKNOWN, *span, name=word))
            return
        for left, right in _splits(word, self._known):
            if left in SHORT_SLOTS or left in SLOTS:
                slot = SHORT_SLOTS.get(left) or SLOTS[left]
                toks.append(Tok(Kind.SLOT, *span, name=slot))
            else:
                self._part(left, span, toks)
            self._part(right, span, toks)
            return
        kind = Kind.BAD if word[0].isdecimal() or word[0] in "+-" else Kind.UNKNOWN
        toks.append(Tok(kind, *span, name=likely(word) if kind is Kind.BAD else word))

    def _marked(self, word: str, span: tuple[int, int], toks: list[Tok]) -> None:
        """`$btc`, `#btc` and `#3`."""
        rest = word[1:]
        named = self._book.ticker(rest)
        if named:
            toks.append(Tok(Kind.SYMBOL, *span, name=named.symbol, note=named.note))
        elif word[0] == "#" and rest.isdecimal() and rest.isascii():
            toks.append(Tok(Kind.ID, *span, name=rest[:18]))
        else:
            toks.append(Tok(Kind.UNKNOWN, *span, name=word))

    def _part(self, part: str, span: tuple[int, int], toks: list[Tok]) -> None:
        """Read a piece of a word, and give its tokens the place of the whole word."""
        if not part:
            return
        toks.extend(tok._replace(start=span[0], end=span[1]) for tok in self.lex((part,)))


def _grouped(word: str, tail: str) -> bool:
    """Whether a word goes on in the next: `65 000`."""
    return bool(_GROUP_TAIL(tail) and _GROUP_HEAD(word))


def _splits(word: str, known: dict[str, Sense]) -> list[tuple[str, str]]:
    """The way to cut a word in two, if there is one: `e=65000`, `100@200`, `lev10`, `btc-15%`."""
    for mark in "=:":
        left, found, right = word.partition(mark)
        if found and (left in SLOTS or left in SHORT_SLOTS):
            return [(left, right)]
    if "->" in word:
        left, _, right = word.partition("->")
        return [("->", right)] if not left else [(left, "->" + right)]
    if "@" in word[1:]:
        left, _, right = word.rpartition("@")
        return [(left, "@" + right)] if left else []
    glued = _GLUED(word)
    if glued and (glued[1] in SLOTS or glued[1] == "x"):
        return [(glued[1], glued[2])] if glued[1] != "x" else [("lev", glued[2])]
    move = _MOVE(word)
    if move and move[1] in known:
        return [(move[1], move[2])]
    if "," in word:
        left, _, right = word.partition(",")
        return [(left, right)]
    return []

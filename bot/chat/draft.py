"""A reading in the making: the fields of one line so far, and what is left for the end.

Each field is filled once. Bare numbers and unknown words wait until all that was said is known
(`bot.chat.settle`).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.chat.lexer import Tok
from bot.chat.line import Line
from bot.chat.numbers import write_number
from bot.chat.reading import Context, Note, TypedSize
from bot.chat.say import coin_word
from bot.chat.symbols import base_of, per_contract
from bot.chat.verbs import Verb
from core.margin.pool import Side
from core.margin.sizing import SizeKind
from core.market import Symbol
from core.money import ZERO

SIDES: Mapping[str, Side] = {"long": Side.LONG, "short": Side.SHORT}
HUNDRED = Decimal(100)
_REPEATABLE = frozenset(("side", "symbol", "mode", "venue"))


class Draft:
    """The fields of one line so far. `at` is the next token."""

    def __init__(self, verb: Verb, line: Line, toks: Sequence[Tok], context: Context) -> None:
        """Start with nothing read."""
        self.verb = verb
        self.line = line
        self.toks = toks
        self.context = context
        self.at = 0
        self.values: dict[str, object] = {}
        self.where: dict[str, Tok] = {}
        self.bare: list[Tok] = []
        self.unknown: list[Tok] = []
        self.notes: list[Note] = []
        self.coins: tuple[tuple[str, str], ...] = ()
        """Words of the line that are coins as well: each with the line that says so."""
        self.hint: Tok | None = None
        self.taking_away = False

    def peek(self) -> Tok | None:
        """Return the next token, or None."""
        return self.toks[self.at] if self.at < len(self.toks) else None

    def takes(self, field: str) -> bool:
        """Whether the command has such a field."""
        return field in self.verb.fields

    @property
    def sized(self) -> bool:
        """Whether a number may be a size here; in `/margin` it is what is added."""
        return "size" in self.verb.fields and "add" not in self.verb.required

    def put(self, name: str, value: object, tok: Tok) -> None:
        """Fill a field. Raises `Misread` for a second, different filling."""
        if name in self.values:
            if self.values[name] == value and name in _REPEATABLE:
                return
            self._twice(name, tok)
        self.values[name] = value
        self.where[name] = tok

    def _twice(self, name: str, tok: Tok) -> None:
        if name == "symbol":
            self._two_symbols(tok)
        line, first = self.line, self.where[name]
        options = (
            (line.token(first), line.swapped(tok, "")),
            (line.token(tok), line.swapped(first, "")),
        )
        kind = "conflicting_side" if name == "side" else "duplicate_field"
        line.fail(kind, tok, hint=name, options=options)

    def _two_symbols(self, tok: Tok) -> None:
        """Two coins in one trade: a pair of trades is what `/hedge` is for."""
        first, second = coin_word(str(self.values["symbol"])), coin_word(tok.name)
        side = self.values.get("side")
        word = side.value if isinstance(side, Side) else "long"
        trade = f"{word} {first} 10x" if self.takes("side") else first
        one = f"{self.line.head} {trade}"
        pair = f"/hedge long {first} short {second} 10x"
        label = base_of(str(self.values["symbol"]))
        self.line.fail("two_symbols", tok, options=((label, one), ("hedge", pair)))

    def put_symbol(self, tok: Tok) -> None:
        """Fill the symbol, with the note its spelling asks for."""
        self.put("symbol", Symbol(tok.name), tok)
        if tok.note:
            units = str(per_contract(tok.note, tok.name))
            told = {"token": self.line.token(tok), "symbol": tok.name, "units": units}
            note = Note(tok.note, told)
            if note.code not in {known.code for known in self.notes}:
                self.notes.append(note)

    def put_size(self, kind: SizeKind, value: Decimal, tok: Tok) -> None:
        """Fill the size."""
        self.put("size", TypedSize(kind, value), tok)

    def put_quantity(self, amount: Decimal, coin: Tok, tok: Tok) -> None:
        """Fill the size with an amount of a coin, counted in the contract's own unit."""
        units = per_contract(coin.note, coin.name)
        self.put_size(SizeKind.QUANTITY, amount if units == 1 else amount / units, tok)

    def positive(self, tok: Tok) -> Decimal:
        """Return a token's number. Raises `Misread` unless it is above zero."""
        if tok.number <= ZERO:
            number = write_number(abs(tok.number))
            fixed = self.line.renumbered(tok, number) if tok.number else ""
            self.line.fail("not_positive", tok, suggestion=fixed)
        return tok.number

    def share(self, tok: Tok) -> Decimal:
        """Return a percentage. Raises `Misread` unless 0 < p <= 100."""
        if not ZERO < tok.number <= HUNDRED:
            fixed = self.line.renumbered(tok, "100%") if tok.number > HUNDRED else ""
            self.line.fail("percent_out_of_range", tok, suggestion=fixed)
        return tok.number

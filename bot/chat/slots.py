"""Slot words say what the number behind them is: `entry 65000`, `wallet 5k`, `sl 5%`.

A slot word without its number is plain English where it can be ("position"), else a mistake.
"""

from collections.abc import Mapping

from bot.chat.amounts import read_bad, read_leverage, read_move, read_quantity, read_spaced
from bot.chat.draft import Draft
from bot.chat.lexer import Tok
from bot.chat.lexicon import LENIENT, Kind
from bot.chat.numbers import write_number
from core.margin.sizing import SizeKind

_PLAIN = frozenset((Kind.NUMBER, Kind.DOLLARS, Kind.MONEY))
_SHARED = _PLAIN | {Kind.PERCENT}
_TAKES: Mapping[str, frozenset[Kind]] = {
    "leverage": frozenset((Kind.NUMBER, Kind.LEVERAGE)),
    "margin": _SHARED,
    "notional": _SHARED | {Kind.QUANTITY},
    "quantity": frozenset((Kind.NUMBER, Kind.QUANTITY)),
    "exit": _SHARED,
    "sl": _SHARED,
    "tp": _SHARED,
    "roe": _SHARED,
    "id": frozenset((Kind.NUMBER, Kind.ID)),
}
"""What may stand behind a slot word; behind the others only a plain number."""

_PRICES = frozenset(("entry", "exit", "sl", "tp", "price"))


def read_slot(draft: Draft, tok: Tok) -> None:
    """Read a slot word and the number behind it."""
    number = _number_behind(draft, tok)
    if number is None:
        _empty(draft, tok)
        return
    draft.at += 1
    span = Tok(number.kind, tok.start, *number[2:])
    match tok.name:
        case "leverage":
            read_leverage(draft, span)
        case "margin" | "notional" | "quantity":
            _sized(draft, tok.name, number, span)
        case "add" | "remove":
            _added(draft, tok.name, number, span)
        case "roe":
            draft.put("roe", number.number, span)
        case "id":
            draft.put("id", number.name or write_number(number.number), span)
        case "exit" if number.kind is Kind.PERCENT:
            read_move(draft, span)
        case "sl" | "tp" if number.kind is Kind.PERCENT:
            draft.share(number._replace(number=abs(number.number)))
            draft.put(tok.name, write_number(number.number) + "%", span)
        case name:
            draft.put(name, draft.positive(number), span)


def _number_behind(draft: Draft, tok: Tok) -> Tok | None:
    """The number behind a slot word; an `at` between the two says nothing new."""
    after = draft.peek()
    while tok.name in _PRICES and after is not None and after.kind is Kind.SLOT:
        word = draft.line.token(after).lower()
        if word != "at" and not word.startswith("@"):
            break
        draft.at += 1
        after = draft.peek()
    if after is not None and after.kind is Kind.BAD:
        read_bad(draft, after)
    if after is None or after.kind not in _TAKES.get(tok.name, _PLAIN):
        return None
    return after


def _empty(draft: Draft, tok: Tok) -> None:
    word = draft.line.token(tok).lower().strip(".,:;?!()")
    if tok.name == "remove":
        draft.taking_away = True
    after = draft.peek()
    if word not in LENIENT and (after is None or after.kind is not Kind.MARKET):
        draft.line.fail("missing_amount", tok, hint=tok.name)


def _sized(draft: Draft, name: str, number: Tok, span: Tok) -> None:
    coin = draft.peek()
    named = coin is not None and coin.kind is Kind.SYMBOL and coin.start == number.end
    if number.kind is Kind.QUANTITY:
        read_quantity(draft, span)
    elif coin and named and name == "notional" and _vague(draft, number, span):
        read_spaced(draft, span, coin, "worth")
    elif number.kind is Kind.PERCENT:
        draft.put_size(SizeKind.WALLET_PERCENT, draft.share(number), span)
    elif name == "quantity":
        draft.put_quantity(draft.positive(number), coin if coin and named else number, span)
    else:
        draft.put_size(SizeKind(name), draft.positive(number), span)


def _vague(draft: Draft, number: Tok, span: Tok) -> bool:
    """Whether `size 5 btc` may count coins; `notional` and `worth` are plain about money."""
    word = draft.line.words[span.start].lower().rstrip(":=")
    return number.kind is Kind.NUMBER and word in {"size", "position"}


def _added(draft: Draft, name: str, number: Tok, span: Tok) -> None:
    if not number.number:
        draft.line.fail("not_positive", number)
    amount = -abs(number.number) if name == "remove" else number.number
    draft.put("add", amount, span)

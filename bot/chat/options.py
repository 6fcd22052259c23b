"""Typed options become words: each must be what its field takes, and nothing beside it.

Discord's clients fill options one by one, and autocompleted ones can hold anything. A value that is
not of its field's kind is refused here, so that no option can smuggle in another field.
"""

from collections.abc import Mapping

from bot.chat.lexer import Lexer, normal
from bot.chat.lexicon import Kind
from bot.chat.reading import Misread

_NUMBERS = frozenset((Kind.NUMBER, Kind.DOLLARS, Kind.MONEY))
_TAKES: Mapping[str, frozenset[Kind]] = {
    "side": frozenset((Kind.SIDE,)),
    "symbol": frozenset((Kind.SYMBOL,)),
    "leverage": frozenset((Kind.NUMBER, Kind.LEVERAGE)),
    "size": _NUMBERS | {Kind.QUANTITY, Kind.PERCENT, Kind.SHARE, Kind.SLOT, Kind.SYMBOL},
    "entry": _NUMBERS | {Kind.MARKET},
    "exit": _NUMBERS | {Kind.PERCENT},
    "wallet": _NUMBERS,
    "mode": frozenset((Kind.MODE,)),
    "venue": frozenset((Kind.VENUE,)),
    "add": _NUMBERS,
    "roe": _NUMBERS | {Kind.PERCENT},
    "percent": _NUMBERS | {Kind.PERCENT, Kind.SHARE},
    "sl": _NUMBERS | {Kind.PERCENT},
    "tp": _NUMBERS | {Kind.PERCENT},
    "id": frozenset((Kind.NUMBER, Kind.ID)),
}
_FRAMES: Mapping[str, str] = {
    "entry": "entry {}",
    "exit": "exit {}",
    "wallet": "wallet {}",
    "venue": "on {}",
    "add": "add {}",
    "sl": "sl {}",
    "tp": "tp {}",
    "id": "id {}",
}


def option_words(lexer: Lexer, options: Mapping[str, str]) -> list[str]:
    """Return the words of a line that says what the options say. Raises `Misread`."""
    words: list[str] = []
    for name, value in options.items():
        typed = normal(value[:128]).strip().lower()
        if not typed:
            continue
        if name in {"mine", "all", "off", "reduce"}:
            words += [name] if typed in {"yes", "true", name} else []
        elif name in _TAKES:
            words += _framed(lexer, name, typed, value)
        else:
            words += typed.split() if name != "value" else normal(value[:128]).split()
    return words


def _framed(lexer: Lexer, name: str, typed: str, value: str) -> list[str]:
    """One value with the word that says what it is."""
    if name == "symbol":
        typed = lexer.ticker(typed, value.strip())
    kinds = [tok.kind for tok in lexer.lex(typed.split())]
    fits = kinds and set(kinds) <= _TAKES[name] and len(kinds) <= (3 if name == "size" else 1)
    if not fits:
        wrong = {"symbol": "unknown_symbol", "side": "unknown_token"}.get(name, "bad_number")
        raise Misread(wrong, value[:40], hint=name)
    if name == "leverage" and kinds == [Kind.NUMBER]:
        typed += "x"
    if name in {"roe", "percent"} and kinds[0] in _NUMBERS:
        typed += "%"
    if name == "add" and typed[0] == "-":
        typed = f"remove {typed[1:]}"
        return typed.split()
    if kinds == [Kind.MARKET]:
        return []
    return _FRAMES.get(name, "{}").format(typed).split()

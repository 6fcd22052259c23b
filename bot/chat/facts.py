"""A reading as flat fields for programs (`marginbot parse --json`): numbers as decimal text."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum

from bot.chat.i18n import english
from bot.chat.notes import note_words
from bot.chat.numbers import write_number
from bot.chat.numerals import Numerals
from bot.chat.reading import Misread, Reading, TypedFill, TypedLeg, TypedSize
from bot.chat.render import Writer


def as_fields(reading: Reading) -> dict[str, object]:
    """Return the result fields; a size stands under the name of what it counts."""
    writer = Writer(Numerals())
    fields: dict[str, object] = {"command": reading.command}
    for name, value in reading.values.items():
        if isinstance(value, TypedSize):
            fields[value.kind.value] = write_number(value.value)
        else:
            fields[name] = _plain(value)
    fields["notes"] = [writer.words(note_words(note, english)) for note in reading.notes]
    return fields


def misread_fields(misread: Misread) -> Mapping[str, object]:
    """Return the error and what belongs to it."""
    return {
        "error": misread.kind,
        "token": misread.token,
        "hint": misread.hint,
        "suggestion": misread.suggestion,
    }


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return write_number(value)
        case Enum():
            return value.value
        case TypedSize(kind, amount):
            return {kind.value: write_number(amount)}
        case TypedLeg():
            return {
                "side": value.side.value,
                "symbol": value.symbol,
                "leverage": _plain(value.leverage),
                "size": _plain(value.size),
                "entry": _plain(value.entry),
            }
        case TypedFill(size, price):
            return {"size": _plain(size), "price": write_number(price)}
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value

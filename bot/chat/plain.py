"""Any value down to what JSON knows: for programs that read replies, and for exports."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

Mark = Callable[[str], dict[str, object]]
"""What a dataclass carries beside its fields, made of its class's name."""


def plain(value: object, mark: Mark) -> object:
    """Return a value as texts, whole numbers, truths, lists and objects; never a float."""
    match value:
        case Enum():
            return value.value
        case Decimal():
            return f"{value:f}"
        case date():  # a moment is one too
            return value.isoformat()
        case Mapping():
            return {str(plain(key, mark)): plain(each, mark) for key, each in value.items()}
        case tuple() | list():
            return [plain(each, mark) for each in value]
        case frozenset():
            return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: plain(getattr(value, field.name), mark) for field in fields(value)}
        return {**mark(type(value).__name__), **named}
    return value

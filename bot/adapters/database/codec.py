"""Values as JSON and back, by their types: what is kept whole and read only as a whole.

A dataclass is an object of its fields; fields at their defaults are left out, so that a value
written today is read by tomorrow's program with more fields. A union of dataclasses carries the
class's name under `is`. Numbers are decimal text, never floats.
"""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
Plain = Any
"""What JSON knows: texts, whole numbers, truths, nothing, lists and objects."""


def dumps(value: object) -> str:
    """Return a value as JSON text."""
    return json.dumps(_plain(value), separators=(",", ":"), ensure_ascii=False)


def loads(kind: type[Value], text: str) -> Value:
    """Return the value of a kind (a dataclass, or a union of them) that was written as text.

    Raises `ValueError` for text that is none.
    """
    made: Value = _reader(cast("Any", kind))(json.loads(text))
    return made


def _plain(value: object) -> Plain:
    """A value as JSON knows it; the name of its class stands with every dataclass."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return value.value
        case str():
            return str(value)
        case Decimal():
            return str(value)
        case datetime():
            return value.isoformat()
        case Mapping():
            return {_plain(key): _plain(each) for key, each in value.items()}
        case tuple() | frozenset() | list():
            return [_plain(each) for each in value]
    return _object(value)


def _object(value: object) -> Plain:
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{type(value).__name__} is not kept")
    known: dict[str, Plain] = {"is": type(value).__name__}
    for field in _fields(type(value)):
        own = getattr(value, field.name)
        if own != _default(field):
            known[field.name] = _plain(own)
    return known


@cache
def _fields(kind: type) -> tuple["Field[Any]", ...]:
    return tuple(field for field in fields(kind) if field.init)


def _default(field: "Field[Any]") -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


@cache
def _reader(kind: Any) -> Callable[[Plain], Any]:
    """Return what reads a kind; made once."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return _of_union(inner)
    if origin is tuple:
        return _of_tuple(inner)
    if origin is frozenset:
        each = _reader(inner[0])
        return lambda plain: frozenset(each(item) for item in plain)
    if origin is not None and issubclass(origin, Mapping):
        key, value = (_reader(each) for each in inner)
        return lambda plain: {key(k): value(v) for k, v in plain.items()}
    if isinstance(kind, NewType):
        return _reader(kind.__supertype__)
    return _of_class(kind)


def _of_class(kind: type) -> Callable[[Plain], Any]:
    if is_dataclass(kind):
        return _of_dataclass(kind)
    if kind is datetime:
        return datetime.fromisoformat
    if issubclass(kind, Enum | Decimal):
        return kind
    return lambda plain: plain


def _of_dataclass(kind: Any) -> Callable[[Plain], Any]:
    hints = get_type_hints(kind)
    read = {field.name: _reader(hints[field.name]) for field in _fields(kind)}
    needed = {
        f.name for f in _fields(kind) if f.default is MISSING and f.default_factory is MISSING
    }

    def made(plain: Plain) -> Any:
        if plain.get("is") != kind.__name__ or needed - plain.keys():
            raise ValueError(f"no {kind.__name__}: {sorted(plain)}")
        return kind(**{name: read[name](plain[name]) for name in read if name in plain})

    return made


def _of_union(kinds: tuple[type, ...]) -> Callable[[Plain], Any]:
    classes = {kind.__name__: _reader(kind) for kind in kinds if is_dataclass(kind)}
    others = [_reader(kind) for kind in kinds if not is_dataclass(kind) and kind is not type(None)]

    def made(plain: Plain) -> Any:
        if plain is None:
            return None
        if isinstance(plain, dict) and plain.get("is") in classes:
            return classes[plain["is"]](plain)
        return others[0](plain)

    return made


def _of_tuple(inner: tuple[Any, ...]) -> Callable[[Plain], Any]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        each = _reader(inner[0])
        return lambda plain: tuple(each(item) for item in plain)
    readers = [_reader(kind) for kind in inner]
    return lambda plain: tuple(read(item) for read, item in zip(readers, plain, strict=True))

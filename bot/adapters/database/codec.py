"""Values as JSON and back, by their types: what is kept whole and read only as a whole.

A dataclass is an object of its fields; fields at their defaults are left out, so that a value
written today is read by tomorrow's program with more fields. Where a type leaves a choice of
classes, the class's name stands under `is`. Numbers are decimal text, never floats. What writes and
what reads a type is put together once, from its annotations.
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
Turn = Callable[[Any], Any]

NAME = "is"
"""Under which key a class's name stands."""

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def dumps(value: object, kind: object = None) -> str:
    """Return a value as JSON text; `kind` is its type where it may be of several classes."""
    return _encode(_turns(cast("Any", kind or type(value)))[0](value))


def loads(kind: type[Value], text: str) -> Value:
    """Return the value of a kind (a dataclass, or a union of them) that was written as text.

    Raises `ValueError` for text that is none.
    """
    try:
        made: Value = _turns(cast("Any", kind))[1](json.loads(text))
    except (KeyError, TypeError, ArithmeticError) as fault:
        raise ValueError(f"{text[:80]} is no {kind}") from fault
    return made


def _same(value: Any) -> Any:
    return value


@cache
def _turns(kind: Any) -> tuple[Turn, Turn]:
    """Return what writes a type and what reads it."""
    if isinstance(kind, NewType):
        return _turns(kind.__supertype__)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return _of_union(inner)
    if origin is tuple:
        return _of_tuple(inner)
    if origin is frozenset:
        write, read = _turns(inner[0])
        return lambda v: sorted(map(write, v)), lambda p: frozenset(map(read, p))
    if origin is not None and issubclass(origin, Mapping):
        return _of_mapping(*inner)
    return _of_class(kind)


def _of_class(kind: type) -> tuple[Turn, Turn]:
    if is_dataclass(kind):
        return _of_dataclass(kind)
    if kind is datetime:
        return datetime.isoformat, datetime.fromisoformat
    if issubclass(kind, Enum):
        return lambda v: v.value, kind
    if issubclass(kind, Decimal):
        return str, Decimal
    if kind in {str, int, bool}:
        return _same, _same
    raise TypeError(f"{kind} is not kept")


def _of_mapping(key: Any, value: Any) -> tuple[Turn, Turn]:
    (write_key, read_key), (write, read) = _turns(key), _turns(value)
    return (
        lambda v: {write_key(k): write(each) for k, each in v.items()},
        lambda p: {read_key(k): read(each) for k, each in p.items()},
    )


def _of_tuple(inner: tuple[Any, ...]) -> tuple[Turn, Turn]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        write, read = _turns(inner[0])
        return lambda v: [write(each) for each in v], lambda p: tuple([read(each) for each in p])
    turns = [_turns(kind) for kind in inner]
    return (
        lambda v: [turn[0](each) for turn, each in zip(turns, v, strict=True)],
        lambda p: tuple(turn[1](each) for turn, each in zip(turns, p, strict=True)),
    )


def _of_dataclass(kind: Any) -> tuple[Turn, Turn]:
    hints = get_type_hints(kind)
    parts = [(f.name, *_turns(hints[f.name]), _default(f)) for f in fields(kind) if f.init]
    readers = {name: read_part for name, _, read_part, _ in parts}

    def write(value: Any) -> Plain:
        known = {}
        for name, write_part, _, default in parts:
            own = getattr(value, name)
            if own is not default and own != default:
                known[name] = write_part(own)
        return known

    def read(plain: Plain) -> Any:
        known = {name: readers[name](own) for name, own in plain.items() if name in readers}
        return kind(**known)

    return write, read


def _default(field: "Field[Any]") -> object:
    """A field's default; one that has none equals nothing that is kept."""
    return field.default if field.default_factory is MISSING else field.default_factory()


def _of_union(kinds: tuple[Any, ...]) -> tuple[Turn, Turn]:
    """One of several classes, by name; or one type, or nothing."""
    some = [kind for kind in kinds if kind is not type(None)]
    if len(some) == 1:
        write, read = _turns(some[0])
        return (
            lambda v: None if v is None else write(v),
            lambda p: None if p is None else read(p),
        )
    by_class = {kind: _turns(kind) for kind in some}
    by_name = {kind.__name__: _turns(kind) for kind in some}
    return (
        lambda v: {NAME: type(v).__name__, **by_class[type(v)][0](v)},
        lambda p: by_name[p[NAME]][1](p),
    )

"""Values as JSON and back, by their types: what is kept whole and read only as a whole.

A dataclass is an object of its fields; fields at their defaults are left out, so that a value
written today is read by tomorrow's program with more fields. Where a type leaves a choice of
classes, the class's name stands under `is`. Numbers are decimal text, never floats. What writes and
what reads a type is put together once, from its annotations.
"""

import json
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from json.encoder import encode_basestring
from typing import Any, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
Write = Callable[[Any], str]
"""From a value to its JSON text at once: to build lists and objects first takes twice as long."""
Read = Callable[[Any], Any]
"""From what JSON knows (texts, whole numbers, truths, nothing, lists, objects) to a value."""

NAME = "is"
"""Under which key a class's name stands."""


def dumps(value: object, kind: object = None) -> str:
    """Return a value as JSON text; `kind` is its type where it may be of several classes."""
    return _turns(cast("Any", kind or type(value)))[0](value)


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


_PLAIN: Mapping[type, Write] = {
    str: encode_basestring,
    int: int.__repr__,
    bool: lambda v: "true" if v else "false",
}
"""What JSON writes of itself."""


def _list(texts: Iterable[str]) -> str:
    return f"[{','.join(texts)}]"


@cache
def _turns(kind: Any) -> tuple[Write, Read]:
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
        return lambda v: _list(sorted(map(write, v))), lambda p: frozenset(map(read, p))
    if origin is not None and issubclass(origin, Mapping):
        return _of_mapping(*inner)
    return _of_class(kind)


def _of_class(kind: type) -> tuple[Write, Read]:
    if is_dataclass(kind):
        return _of_dataclass(kind)
    if kind in {date, datetime}:
        return lambda v: f'"{v.isoformat()}"', kind.fromisoformat
    if issubclass(kind, Enum):
        texts = {member: encode_basestring(member.value) for member in kind}
        return texts.__getitem__, kind
    if issubclass(kind, Decimal):
        return lambda v: f'"{v}"', Decimal
    if kind in _PLAIN:
        return _PLAIN[kind], _same
    raise TypeError(f"{kind} is not kept")


def _of_mapping(key: Any, value: Any) -> tuple[Write, Read]:
    (write_key, read_key), (write, read) = _turns(key), _turns(value)
    if key is int:  # JSON's keys are texts
        write_key, read_key = lambda k: f'"{k}"', int
    return (
        lambda v: f"{{{','.join(f'{write_key(k)}:{write(each)}' for k, each in v.items())}}}",
        lambda p: {read_key(k): read(each) for k, each in p.items()},
    )


def _of_tuple(inner: tuple[Any, ...]) -> tuple[Write, Read]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        write, read = _turns(inner[0])
        return lambda v: _list(map(write, v)), lambda p: tuple([read(each) for each in p])
    turns = [_turns(kind) for kind in inner]
    return (
        lambda v: _list(turn[0](each) for turn, each in zip(turns, v, strict=True)),
        lambda p: tuple(turn[1](each) for turn, each in zip(turns, p, strict=True)),
    )


def _of_dataclass(kind: Any) -> tuple[Write, Read]:
    hints = get_type_hints(kind)
    turns = [(f, *_turns(hints[f.name])) for f in fields(kind) if f.init]
    readers = {f.name: read_part for f, _, read_part in turns}
    parts = [(f.name, f'"{f.name}":', write_part, _default(f)) for f, write_part, _ in turns]

    def write(value: Any) -> str:
        known = []
        for name, key, write_part, default in parts:
            own = getattr(value, name)
            if own is not default and own != default:
                known.append(key + write_part(own))
        return f"{{{','.join(known)}}}"

    def read(plain: Any) -> Any:
        known = {name: readers[name](own) for name, own in plain.items() if name in readers}
        return kind(**known)

    return write, read


def _default(field: "Field[Any]") -> object:
    """A field's default; one that has none equals nothing that is kept."""
    return field.default if field.default_factory is MISSING else field.default_factory()


def _of_union(kinds: tuple[Any, ...]) -> tuple[Write, Read]:
    """One of several classes, by name; or one type, or nothing."""
    some = [kind for kind in kinds if kind is not type(None)]
    if len(some) == 1:
        write, read = _turns(some[0])
        return (
            lambda v: "null" if v is None else write(v),
            lambda p: None if p is None else read(p),
        )
    by_class = {kind: (f'"{NAME}":"{kind.__name__}"', _turns(kind)[0]) for kind in some}
    by_name = {kind.__name__: _turns(kind)[1] for kind in some}

    def write_named(value: Any) -> str:
        name, write_class = by_class[type(value)]
        text = write_class(value)
        return f"{{{name}{'}' if text == '{}' else ',' + text[1:]}"

    return write_named, lambda p: by_name[p[NAME]](p)

"""What a setting's value may look like: words, addresses, members, amounts.

A value that cannot be used is refused with a text that never repeats it, since it may be a secret.
"""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError
from pydantic_settings import NoDecode

_MEMBER = re.compile(r"(telegram|discord|console):[^\s:]+")
_TELEGRAM_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


def _listed(value: object) -> object:
    """Split `a:1, b:2` into its parts, each `platform:id`."""
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    for part in parts:
        if not _MEMBER.fullmatch(part):
            raise PydanticCustomError(
                "member", "{part} is not of the form platform:id (telegram:42)", {"part": part}
            )
    return frozenset(parts)


def bot_token(value: object) -> object:
    """Refuse what BotFather never hands out, before Telegram does."""
    if isinstance(value, str) and not _TELEGRAM_TOKEN.fullmatch(value):
        raise PydanticCustomError("token", "it does not look like BotFather's 123456:ABC-def")
    return value


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
        raise PydanticCustomError("url", "it is not an address that starts with https://")
    return value


def _database_url(value: str) -> str:
    if not re.fullmatch(r"(sqlite|postgresql|postgres)(\+[a-z0-9]+)?://\S*", value):
        raise PydanticCustomError(
            "database", "it starts neither with sqlite:/// nor with postgresql://"
        )
    return value


def upper(value: object) -> object:
    """Return text in capitals."""
    return value.upper() if isinstance(value, str) else value


def lower(value: object) -> object:
    """Return text in small letters."""
    return value.lower() if isinstance(value, str) else value


Members = Annotated[frozenset[str], NoDecode, BeforeValidator(_listed)]
"""A set of `platform:id`, written with commas between."""

Url = Annotated[str, AfterValidator(_url)]
DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
Positive = Annotated[Decimal, Field(gt=0, le=Decimal("1e12"), allow_inf_nan=False)]


def named(name: str, text: str) -> PydanticCustomError:
    """Make a fault of the whole section that names the setting it is about."""
    return PydanticCustomError("setting", "{text}", {"name": name, "text": text})

"""Whatever a program reads is made of what JSON knows, and no number is a float."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.chat.figures import Money
from bot.chat.plain import plain
from bot.chat.reply import Tone


def named(name: str) -> dict[str, object]:
    return {"is": name}


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (Decimal("1E+3"), "1000"),
        (Tone.ASK, "ask"),
        (date(2026, 12, 1), "2026-12-01"),
        (datetime(2026, 12, 1, 12, tzinfo=UTC), "2026-12-01T12:00:00+00:00"),
        ({Tone.ASK: Decimal(1)}, {"ask": "1"}),
        ((1, [None, True]), [1, [None, True]]),
        (frozenset(("b", "a")), ["a", "b"]),
        (frozenset((1, 0)), [0, 1]),
        (
            Money(Decimal(5), "USDT"),
            {"is": "Money", "value": "5", "unit": "USDT", "signed": False, "whole": False},
        ),
        ("text", "text"),
    ],
)
def test_a_value_comes_down_to_what_json_knows(value: object, made: object) -> None:
    assert plain(value, named) == made
    assert json.loads(json.dumps(plain(value, named))) == made

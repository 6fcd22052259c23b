"""The buttons that open a comparison's trade on paper."""

import pytest

from bot.chat.papers import paper_choices
from core.margin.pool import Side
from core.margin.sizing import Size, SizeKind
from core.money import D
from tests.builders import BTC, exact, long, short
from tests.chat.asking import asking
from tests.chat.lines import read
from tests.walk.house import Home

__all__ = ["exact"]

MARK = D(68424)
"""Where BTC stands at the beginning of the demo market."""


def lines(side: Side, entry: str, symbol: str = BTC, venue: str = "binance") -> list[str]:
    home = Home()
    make = long if side is Side.LONG else short
    leg = make("0.292", entry, 20, symbol)  # type: ignore[arg-type]  # a symbol
    rows = paper_choices(asking(home), home.services.prices.stage(venue), leg)
    assert all(c.kept for row in rows for c in row)
    return [c.say for row in rows for c in row]


def test_both_lines_read_back_as_the_very_trade() -> None:
    for line, mode in zip(lines(Side.SHORT, "68424"), ("isolated", "cross"), strict=True):
        reading = read(line)
        assert reading.command == "open"
        assert reading.values == {
            "side": Side.SHORT,
            "symbol": BTC,
            "leverage": D(20),
            "size": Size(SizeKind.QUANTITY, D("0.292")),
            "mode": mode,
            "venue": "binance",
        }


@pytest.mark.parametrize(
    ("side", "entry", "limit"),
    [
        (Side.LONG, "60000", True),
        (Side.LONG, "68400", False),
        (Side.LONG, "70000", False),
        (Side.SHORT, "70000", True),
        (Side.SHORT, "68450", False),
        (Side.SHORT, "60000", False),
    ],
)
def test_only_an_entry_that_is_still_to_come_is_a_limit(
    side: Side, entry: str, *, limit: bool
) -> None:
    for line in lines(side, entry):
        assert read(line).values.get("entry") == (D(entry) if limit else None)


def test_the_rules_of_the_comparison_go_along() -> None:
    assert [read(line).values["venue"] for line in lines(Side.LONG, "68424", BTC, "okx")] == [
        "okx",
        "okx",
    ]


def test_what_nobody_quotes_has_no_buttons() -> None:
    assert lines(Side.LONG, "20", "AVAXUSDT") == []

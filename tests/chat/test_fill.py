"""What nobody typed: the person's settings over the bot's, each said in a note."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.fill import MARGIN_SHARE, default_margin
from bot.chat.reading import Context, Defaults, SizeKind, TypedSize
from core.money import D
from tests.chat.drafts import draft
from tests.chat.lines import CONTEXT, read


def given_(**defaults: object) -> Context:
    """What a line is read against, for a person with these settings."""
    return replace(CONTEXT, defaults=replace(Defaults(), **defaults))  # type: ignore[arg-type] # as told


def codes(line: str, context: Context = CONTEXT) -> set[str]:
    return {note.code for note in read(line, context).notes}


def test_everything_that_was_assumed_is_named_and_noted() -> None:
    reading = read("/compare long btc")
    assert reading.assumed == {"leverage", "wallet", "size", "entry", "venue"}
    assert {f"assumed_{name}" for name in reading.assumed} <= codes("/compare long btc")


def test_what_was_typed_is_not_assumed() -> None:
    line = "/compare long btc 10x 500 @60000 wallet 5000 on okx"
    assert read(line).assumed == frozenset()
    assert not {code for code in codes(line) if code.startswith("assumed_")}


@pytest.mark.parametrize(
    ("field", "setting", "value"),
    [
        ("leverage", {"leverage": D(7)}, D(7)),
        ("wallet", {"wallet": D(500)}, D(500)),
        ("size", {"margin": D(50)}, TypedSize(SizeKind.MARGIN, D(50))),
        ("venue", {"venue": "okx"}, "okx"),
        ("mode", {"mode": "cross"}, "cross"),
    ],
)
def test_a_persons_settings_are_taken(
    field: str, setting: dict[str, object], value: object
) -> None:
    assert read("/liq long btc", given_(**setting)).values[field] == value


@given(st.decimals(1, 10**6, places=2))
def test_the_margin_is_a_fifth_of_the_wallet_in_force(wallet: Decimal) -> None:
    size = TypedSize(SizeKind.MARGIN, wallet * MARGIN_SHARE)
    assert read(f"/compare long btc wallet {wallet:f}").values["size"] == size
    assert read("/compare long btc", given_(wallet=wallet)).values["size"] == size


def test_ones_own_margin_counts_over_a_share_of_the_wallet() -> None:
    made = draft("/compare long btc", given_(margin=D(50)))
    made.values["wallet"] = D(10**6)
    assert default_margin(made) == 50


@pytest.mark.parametrize(
    ("line", "exit_price"),
    [
        ("/pnl long btc @60000 +5%", D(63000)),
        ("/pnl long btc @60000 exit -5%", D(57000)),
        ("/pnl short eth +10%", D(3520)),
    ],
)
def test_a_move_becomes_a_price_from_the_entry_or_the_mark(line: str, exit_price: Decimal) -> None:
    assert read(line).values["exit"] == exit_price
    assert "exit_of_move" in codes(line)


@pytest.mark.parametrize("line", ["/open long btc 100", "/alert btc 70k", "/margin eth 50"])
def test_nothing_is_assumed_where_something_would_change(line: str) -> None:
    assert read(line).assumed == frozenset()
    assert not {"leverage", "wallet", "venue"} & read(line).values.keys()


def test_closing_without_a_share_closes_all_of_it() -> None:
    assert read("/close btc").values["percent"] == 100
    assert read("/close btc").assumed == {"percent"}
    assert "percent" not in read("/close").values

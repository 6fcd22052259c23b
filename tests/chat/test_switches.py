"""Before and after, for every position that a choice touches."""

import pytest

from bot.chat.i18n import english
from bot.chat.reply import Reply, Row, Table
from bot.chat.switches import switch_line, switch_rows, switch_table
from core.margin.pool import MarginMode
from core.money import D
from core.paper.account import PaperAccount
from core.paper.actions import Action, ChooseLeverage, ChooseMode, MoveMargin
from core.paper.records import Done
from core.paper.switching import switched
from tests.builders import BTC, ETH, SOL, amount, exact, rate
from tests.chat.lines import read
from tests.core.paper.builders import CROSS, SHORT, do, fresh, scene, wish
from tests.walk.house import shown

__all__ = ["exact"]

AT = scene(btc=60000, eth=3000)


@pytest.fixture
def account() -> PaperAccount:
    """A long behind a wall of its own, and a short behind the cross wall."""
    first = do(fresh(), wish("0.1"), AT)
    return do(first, wish(1, SHORT, CROSS, symbol=ETH), AT)


def done(account: PaperAccount, action: Action) -> Done:
    return Done(account, (), do(account, action, AT), AT.marks)


def begin(rows: tuple[Row, ...], *labels: str) -> bool:
    """Whether lines begin with labels, one with each."""
    return all(line.startswith(label) for line, label in zip(text(rows), labels, strict=True))


def text(rows: tuple[Row, ...]) -> list[str]:
    return shown(Reply((Table(("before", "after"), rows),))).splitlines()[1:]


def test_margin_moves_both_walls_because_it_comes_from_the_wallet(account: PaperAccount) -> None:
    rows = switch_rows(done(account, MoveMargin(1, amount(100))), AT, english)
    assert begin(
        rows,
        "#1 LONG 0.1 BTC",
        "Liq. price",
        "away",
        "Can lose",
        "#2 SHORT 1 ETH",
        "Liq. price",
        "away",
        "Can lose",
    )


def test_leverage_of_a_cross_position_moves_no_wall_and_is_said(account: PaperAccount) -> None:
    rows = switch_rows(done(account, ChooseLeverage(ETH, rate(20))), AT, english)
    assert begin(rows, "#2 SHORT 1 ETH", "leverage", "Liq. price", "away", "Can lose")


def test_a_switch_of_mode_shows_both_modes(account: PaperAccount) -> None:
    after = switched(account, BTC, MarginMode.CROSS, AT)
    rows = switch_rows(Done(account, (), after, AT.marks), AT, english)
    assert text(rows)[1].split() == ["mode", "isolated", "cross"]
    assert text(rows)[2].split() == ["Liq.", "price", "54,216.9", "none"]
    assert text(rows)[3].split() == ["away", "-9.64%", "-"]


def test_what_touches_no_position_has_no_table(account: PaperAccount) -> None:
    nothing = done(account, ChooseMode(SOL, CROSS))
    assert switch_rows(nothing, AT, english) == ()
    assert switch_table(nothing, AT, english) is None


def test_the_table_ends_with_what_is_available_and_fits_a_phone(account: PaperAccount) -> None:
    moved = done(account, MoveMargin(1, amount(100)))
    table = switch_table(moved, AT, english)
    assert table is not None
    lines = shown(Reply((table,))).splitlines()
    assert lines[-1].startswith("Available")
    assert max(map(len, lines)) <= 30
    free = [a.available(AT.marks, AT.listing) for a in (moved.before, moved.after)]
    assert free[0] - free[1] == D(100)


def test_a_position_that_is_gone_after_has_no_part(account: PaperAccount) -> None:
    gone = Done(account, (), account.without_position(1), AT.marks)
    assert switch_rows(gone, AT, english) == ()


@pytest.mark.parametrize("symbol", ["BTCUSDT", ""])
def test_the_line_that_looks_reads_back(symbol: str) -> None:
    reading = read(switch_line("cross", symbol))
    assert (reading.command, reading.values["mode"]) == ("switch", "cross")
    assert reading.values.get("symbol", "") == symbol

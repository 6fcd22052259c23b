"""Every action has a question with its figures, and two buttons."""

from decimal import localcontext

import pytest

from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.previews import preview_reply
from bot.chat.render import COLUMNS, Writer, columns, facts_lines, table_lines
from bot.chat.reply import Facts, Reply, Table, Tone, Words
from core.margin.pool import MarginMode, PositionMode
from core.market import Symbol
from core.money import EXACT, Amount, D, Price, Quantity, Rate
from core.paper import actions
from core.paper.account import Stops
from tests.commands.trades import do
from tests.walk.house import Home, shown
from tests.walk.trading import furnished, previewed

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")
CASES: dict[str, tuple[actions.Action, str]] = {
    "close": (
        actions.Close(1, Quantity(D("0.1"))),
        "Close #1 LONG 0.1 BTC, 10x isolated?",
    ),
    "close a part": (
        actions.Close(1, Quantity(D("0.04"))),
        "Close 0.04 BTC of #1 LONG 0.1 BTC, 10x isolated?",
    ),
    "close all": (actions.CloseAll(), "Close all positions: 2?"),
    "close half of all": (actions.CloseAll(D(50)), "Close 50% of every position: 2?"),
    "cancel": (actions.Cancel((3,)), "Cancel #3 LONG 10 SOL at 70.00?"),
    "cancel several": (actions.Cancel((3, 4)), "Cancel orders: 2?"),
    "add margin": (
        actions.MoveMargin(1, Amount(D(100))),
        "Add 100.00 to the margin of #1 LONG 0.1 BTC?",
    ),
    "take margin": (
        actions.MoveMargin(1, Amount(D("-0.01"))),
        "Take 0.01 out of the margin of #1 LONG 0.1 BTC?",
    ),
    "leverage": (
        actions.ChooseLeverage(ETH, Rate(D(20))),
        "Set the leverage of ETH to 20x?",
    ),
    "mode": (
        actions.ChooseMode(Symbol("DOGEUSDT"), MarginMode.CROSS),
        "Set the margin mode of DOGE to cross?",
    ),
    "stops": (
        actions.SetStops(1, Stops(loss=Price(D(60000)))),
        "Set the stops of #1 LONG 0.1 BTC?",
    ),
    "no stops": (
        actions.SetStops(1, Stops()),
        "Take the stops of #1 LONG 0.1 BTC away?",
    ),
    "reset": (actions.Reset(), "Give everything up and begin again?"),
}


@pytest.fixture
def home() -> Home:
    return furnished()


def worded(home: Home, action: actions.Action, *notes: Words) -> Reply:
    with localcontext(EXACT):
        return preview_reply(previewed(home, action), english, notes)


@pytest.mark.parametrize("case", CASES)
def test_every_action_has_its_question(home: Home, case: str) -> None:
    action, question = CASES[case]
    reply = worded(home, action)
    assert shown(reply).startswith(question)
    assert "waits 1 min for Confirm" in shown(reply)
    assert reply.tone is Tone.ASK
    assert [choice.label for choice in reply.choices[0]] == ["Confirm", "Cancel"]


@pytest.mark.parametrize("case", CASES)
def test_no_line_is_wider_than_a_phone(home: Home, case: str) -> None:
    writer = Writer(Numerals())
    for block in worded(home, CASES[case][0]).blocks:
        lines = facts_lines(block, writer) if isinstance(block, Facts) else []
        lines += table_lines(block, writer) if isinstance(block, Table) else []
        assert all(columns(line) <= COLUMNS for line in lines)


@pytest.mark.parametrize(
    ("action", "question"),
    [
        (
            actions.ChoosePositionMode(PositionMode.HEDGE),
            "Allow a long and a short of one contract side by side (hedge)?",
        ),
        (actions.ChooseVenue("okx"), "Let the paper account follow the rules of OKX?"),
    ],
)
def test_what_needs_an_empty_account_changes_no_position(
    action: actions.Action, question: str
) -> None:
    text = shown(worded(Home(), action))
    assert text.startswith(question)
    assert "No open position changes by it." in text


def test_one_way_again_is_asked_as_well() -> None:
    home = Home()
    do(home, actions.ChoosePositionMode(PositionMode.HEDGE))
    text = shown(worded(home, actions.ChoosePositionMode(PositionMode.ONE_WAY)))
    assert text.startswith("Keep one position per contract (one-way)?")


def test_one_mode_for_all_is_called_so() -> None:
    home = Home()
    do(home, actions.ChooseVenue("bybit"))
    text = shown(worded(home, actions.ChooseMode(Symbol(""), MarginMode.CROSS)))
    assert text.startswith("Set the margin mode of the whole account to cross?")


def test_moved_margin_is_shown_before_and_after(home: Home) -> None:
    (table,) = (b for b in worded(home, CASES["add margin"][0]).blocks if isinstance(b, Table))
    (row, *_) = (row for row in table.rows if row.cells)
    now, then = map(Numerals().figure, row.cells)
    assert (now, then) == ("61,333.2", "60,329.2")


def test_only_fills_speak_of_prices_that_move(home: Home) -> None:
    assert "half the spread" in shown(worded(home, CASES["close"][0]))
    assert "half the spread" not in shown(worded(home, CASES["cancel"][0]))


def test_what_must_be_known_first_stands_before_the_figures(home: Home) -> None:
    text = shown(worded(home, CASES["close"][0], Words("Mind this.")))
    assert text.splitlines()[1] == "Mind this."

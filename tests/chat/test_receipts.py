"""The receipt in words: the worked example to the cent, and the sentence that fits the figures."""

import pytest

from bot.chat.i18n import english
from bot.chat.receipts import (
    fast_forward,
    headline,
    otherwise_words,
    receipt_blocks,
    receipt_choices,
    replay_rows,
)
from bot.chat.render import COLUMNS, Writer, table_lines
from bot.chat.reply import Reply, Table, Text
from core.margin.pool import MarginMode
from core.paper.events import PoolLiquidated
from core.paper.receipt import Receipt, receipt
from core.paper.scene import Scene
from core.paper.sweeping import swept
from tests.builders import ETH, Number
from tests.core.paper.builders import (
    CROSS,
    ISOLATED,
    SHORT,
    after,
    fresh,
    rated,
    scene,
    venue,
    wish,
)
from tests.core.paper.test_receipt import opened

NOW = scene(btc=68_424)
WRITER = Writer.of(Reply(()), "en")


def liquidated(
    wallet: Number, mode: MarginMode, there: Scene, quantity: Number = "0.292"
) -> Receipt:
    """The receipt of one BTC long at 10x that a scene liquidates."""
    account, history = opened(fresh(wallet), wish(quantity, mode=mode), NOW)
    (event,) = (e for e in swept(account, there) if isinstance(e, PoolLiquidated))
    return receipt(account, event, history, there)


def sentence(done: Receipt, there: Scene) -> str:
    assert done.otherwise is not None
    return WRITER.words(otherwise_words(done, done.otherwise, there, english))


def lines(done: Receipt, there: Scene) -> list[str]:
    (table,) = [b for b in receipt_blocks(done, there, english) if isinstance(b, Table)]
    return table_lines(table, WRITER)


def test_the_worked_example() -> None:
    there = scene(btc=61_540)
    done = liquidated(10_000, ISOLATED, there)
    assert WRITER.words(headline(done, there, english)) == "LIQUIDATED LONG BTC 10x isolated"
    assert [" ".join(line.split()) for line in lines(done, there)] == [
        "opened 68,424.0 Sun 12:00",
        "mark 61,540.0 Sun 12:00",
        "limit 61,829.0",
        "lost 1,997.98 margin",
        "+9.99 entry fee",
        "left 7,992.03",
        "of 10,000",
    ]
    assert sentence(done, there) == (
        "Cross would be open, down 2,010.13 (12.15 more than isolated lost), "
        "with 7,979.88 still to lose; its limit is 34,349.1."
    )


def test_cross_may_have_lost_less_so_far() -> None:
    there = scene(btc=61_700)
    assert "(34.57 less than isolated lost)" in sentence(liquidated(10_000, ISOLATED, there), there)


def test_both_modes_may_end() -> None:
    there = scene(btc=60_000)
    assert sentence(liquidated(2_100, ISOLATED, there), there) == (
        "Cross would be liquidated too: 2,090.01 lost, 92.03 more than isolated."
    )


def test_a_cross_account_that_fell_hears_what_a_wall_would_have_saved() -> None:
    there = scene(btc=34_000)
    done = liquidated(10_000, CROSS, there)
    assert sentence(done, there) == (
        "Isolated would have ended at 61,829.0 with 1,997.98 lost, 7,992.03 less than cross lost."
    )
    assert "lost 9,990.01 wallet" in [" ".join(line.split()) for line in lines(done, there)]


def test_several_positions_stand_one_below_the_other() -> None:
    now, there = scene(btc=60_000, eth=2_000), scene(btc=46_000, eth=2_100)
    account, history = opened(fresh(3_000), wish("0.2", mode=CROSS), now)
    account, more_ = opened(account, wish(3, SHORT, CROSS, symbol=ETH), now)
    (event,) = (e for e in swept(account, there) if isinstance(e, PoolLiquidated))
    done = receipt(account, event, [*history, *more_], there)
    assert WRITER.words(headline(done, there, english)) == "LIQUIDATED the cross pool"
    shown = lines(done, there)
    assert [s for s in shown if s.split()[0].isupper()] == ["LONG BTC 10x", "SHORT ETH 10x"]
    assert sentence(done, there).startswith("Isolated would be down 1,500.00, with")
    assert after(account, (event,)).wallet == 0


@pytest.mark.parametrize(
    ("wallet", "mode", "quantity"),
    [(10_000, ISOLATED, "0.292"), (10_000, CROSS, "0.292"), (123_456_789, ISOLATED, 100)],
)
def test_no_line_of_a_receipt_is_wider_than_a_phone(
    wallet: Number, mode: MarginMode, quantity: Number
) -> None:
    there = scene(btc=100)
    done = liquidated(wallet, mode, there, quantity)
    assert done.otherwise is not None
    rows = table_lines(replay_rows(done, done.otherwise, there, english), WRITER)
    for line in (*lines(done, there), *rows):
        assert len(line) <= COLUMNS


def test_a_part_says_that_the_rest_is_open() -> None:
    cheap = rated(venue(), "0.0001")
    now, there = scene(cheap, btc=60_000), scene(cheap, btc=59_100)
    account, history = opened(fresh(1_000_000), wish(20, leverage=50), now)
    (event,) = (e for e in swept(account, there) if isinstance(e, PoolLiquidated))
    assert not event.whole
    done = receipt(account, event, history, there)
    assert WRITER.words(headline(done, there, english)).startswith("LIQUIDATED IN PART LONG BTC")
    texts = [b.words.text for b in receipt_blocks(done, there, english) if isinstance(b, Text)]
    assert texts[0] == "The rest of it is open, with its cushion back."


# --- buttons --------------------------------------------------------------------------------------


def test_the_buttons_replay_explain_and_help() -> None:
    there = scene(btc=61_540)
    rows = receipt_choices(liquidated(10_000, ISOLATED, there), 41, there, english)
    labels = {choice.label: choice.say for row in rows for choice in row}
    assert labels["Replay it as cross"] == "/receipt #41 cross"
    assert labels["Show the maths"] == ("/maths l btc 10x @68424! binance 0.292btc w=10000")
    assert labels["How do I avoid this?"] == "/faq safer-mode-beginners"
    assert not any(choice.kept for row in rows for choice in row)


def test_a_cross_trade_is_replayed_as_isolated() -> None:
    there = scene(btc=34_000)
    rows = receipt_choices(liquidated(10_000, CROSS, there), 41, there, english)
    assert rows[0][0].label == "Replay it as isolated"
    assert rows[0][0].say == "/receipt #41 isolated"


def test_a_copy_has_no_event_to_replay() -> None:
    there = scene(btc=61_540)
    rows = receipt_choices(liquidated(10_000, ISOLATED, there), 0, there, english)
    assert [choice.label for choice in rows[0]] == ["Show the maths"]


def test_fast_forward_names_its_position() -> None:
    assert fast_forward(3, english).say == "/ff #3"

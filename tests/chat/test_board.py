"""The daily price board: a narrow table of the main coins, which says what it is."""

from dataclasses import replace

from bot.chat.board import COINS, board_reply
from bot.chat.i18n import english
from bot.chat.reply import Table
from core.market import Symbol
from tests.walk.house import Home, shown


def test_it_shows_mark_change_and_funding_of_the_main_coins() -> None:
    home = Home()
    reply = board_reply(home.services.prices.stage("binance"), english)
    text = shown(reply)
    assert text.splitlines()[0] == "Prices of 2026-12-01 12:00 UTC. DEMO PRICES, not live."
    assert all(coin in text for coin in COINS)
    assert {"68,424.0", "+1.64%"} <= set(text.split())
    assert "funding due 2026-12-01 16:00 UTC" in text
    assert "/schedule" in text
    assert not reply.private


def test_its_lines_fit_a_phone() -> None:
    home = Home()
    text = shown(board_reply(home.services.prices.stage("binance"), english))
    rows = [line for line in text.splitlines() if line.split()[:1] and line.split()[0] in COINS]
    assert len(rows) == len(COINS)
    assert all(len(row) <= 30 and len(row.split()) == 4 for row in rows)


def test_a_coin_without_a_mark_is_left_out_and_an_unknown_figure_is_a_dash() -> None:
    stage = Home().services.prices.stage("binance")
    btc = Symbol("BTCUSDT")
    bare = replace(stage.marks.mark(btc), day_ago=None, funding=None, funding_at=None)
    reply = board_reply(replace(stage, marks=replace(stage.marks, prices={btc: bare})), english)
    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert len(table.rows) == 1
    assert shown(reply).count(" -") == 2
    assert "funding due" not in shown(reply)

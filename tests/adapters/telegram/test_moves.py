"""A group that grew is told of once, however often Telegram says so."""

from structlog.testing import capture_logs

from bot.adapters.telegram.moves import Moves
from tests.fakes.desk import ScriptedDesk


async def test_a_move_is_told_once() -> None:
    desk = ScriptedDesk()
    moves = Moves(desk)
    with capture_logs() as lines:
        for _ in range(3):
            await moves.moved(-5, -1005)
    assert desk.moved == [("telegram", "-5", "-1005")]
    assert [line["event"] for line in lines] == ["telegram_chat_moved"]


async def test_another_move_is_another() -> None:
    desk = ScriptedDesk()
    moves = Moves(desk)
    with capture_logs():
        await moves.moved(-5, -1005)
        await moves.moved(-6, -1006)
    assert [old for _, old, _ in desk.moved] == ["-5", "-6"]

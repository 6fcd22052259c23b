"""The front desk: answers in threads, keeps long buttons and notes, says when it is busy."""

from pathlib import Path

import pytest

from bot.app import build, platforms
from bot.chat.reply import Reply
from bot.chat.request import Chat, Place, Request, Who
from bot.settings import Settings, load


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bot.db")
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456:ABC-def")
    monkeypatch.setenv("DISCORD_TOKEN", "x.y.z")
    monkeypatch.setenv("TELEGRAM_MODE", "webhook")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "https://bot.example.org/hook")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "s3cret")
    return load(None)


def asked(text: str, place: Place = Place.PRIVATE) -> Request:
    return Request(id="1", who=Who("telegram", "7"), chat=Chat("7", place), text=text)


async def test_a_request_is_answered_and_a_writing_one_is_kept(settings: Settings) -> None:
    app = build(settings)
    try:
        await app.desk.answer(asked("/set leverage 20"))
        answer = await app.desk.answer(asked("/compare long btc"))
        assert isinstance(answer, Reply)
        assert "20" in str(answer.blocks[0])
    finally:
        app.close()


async def test_it_keeps_buttons_and_notes(settings: Settings) -> None:
    app = build(settings)
    try:
        token = await app.desk.keep("/compare 10x long btc")
        assert len(token) == 8
        assert await app.desk.kept(token) == "/compare 10x long btc"
        assert await app.desk.kept("nothing0") is None
        await app.desk.set_note("discord:commands", "abc")
        assert await app.desk.note("discord:commands") == "abc"
        await app.desk.chat_moved("telegram", "-5", "-1005")
    finally:
        app.close()


async def test_it_knows_roles_and_completions(settings: Settings) -> None:
    app = build(settings)
    try:
        assert app.desk.wants_role(asked("/host off", Place.GROUP))
        assert not app.desk.wants_role(asked("/price", Place.GROUP))
        assert "BTC" in app.desk.suggest("symbol", "b")
        assert app.desk.suggest("entry", "6") == ()
        assert app.marks()["BTCUSDT"] > 0
    finally:
        app.close()


async def test_a_full_house_says_that_it_is_busy(settings: Settings) -> None:
    app = build(settings)
    app.close()
    answer = await app.desk.answer(asked("/price"))
    assert answer.outcome == "busy"


def test_platforms_with_a_token_are_switched_on(settings: Settings) -> None:
    app = build(settings)
    try:
        on = [type(p).__name__ for p in platforms(app, console=True)]
        assert on == ["TelegramAdapter", "DiscordAdapter", "ConsoleAdapter"]
    finally:
        app.close()


def test_two_processes_share_one_beginning(settings: Settings) -> None:
    first, second = build(settings), build(settings)
    try:
        assert abs(first.marks()["BTCUSDT"] - second.marks()["BTCUSDT"]) < 100
    finally:
        first.close()
        second.close()

"""`marginbot run`: a chat through a pipe, platforms side by side, and what is said at start."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.chat.ports import Outcome, PlatformRefused, Posted
from bot.chat.reply import Reply
from bot.chat.request import Chat
from bot.cli import main, run
from bot.cli.run import greeting
from bot.platforms import Platform
from bot.settings import load
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence
from tests.cli.conftest import Typed

Running = Callable[[asyncio.Event], Awaitable[None]]


class Acting:
    """A platform that does one thing."""

    platform = "nowhere"

    def __init__(self, act: Running) -> None:
        self._act = act

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        return Outcome.LATER

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        return Posted(Outcome.NEVER)

    async def attends(self, room: Room, who: Identity) -> Presence:
        return Presence.UNKNOWN

    async def run(self, stop: asyncio.Event) -> None:
        await self._act(stop)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Switch these platforms on in place of the real ones."""

    def switch(*acts: Running) -> None:
        platforms: list[Platform] = [Acting(act) for act in acts]
        monkeypatch.setattr(run, "platforms", lambda *_a, **_k: platforms)

    return switch


async def until_told(stop: asyncio.Event) -> None:
    await stop.wait()


async def refused(_stop: asyncio.Event) -> None:
    raise PlatformRefused("the token is not known")


def test_a_pipe_is_a_chat_that_ends_with_its_input(
    capsys: pytest.CaptureFixture[str], typed: Typed
) -> None:
    typed("/price btc", "", "3", "/quit", "/price eth")
    assert main([]) == 0
    shown = capsys.readouterr()
    assert "BTCUSDT" in shown.out
    assert "SHORT" in shown.out
    assert "ETHUSDT" not in shown.out
    assert str(Path.cwd() / "data" / "marginbot.db") in shown.err
    assert "open to everyone" in shown.err


def test_a_pipe_without_a_word_of_leave_ends_too(typed: Typed) -> None:
    typed("/start")
    assert main(["run"]) == 0


def test_a_broken_event_of_ones_own_is_logged_at_the_start_and_breaks_nothing(
    capsys: pytest.CaptureFixture[str], typed: Typed
) -> None:
    (Path("data") / "scenarios" / "2026-10-01").mkdir(parents=True)
    typed("/replay ftx", "/quit")
    assert main([]) == 0
    shown = capsys.readouterr()
    assert "The venue FTX stopped paying out" in shown.out
    assert "own scenario left out" in shown.err
    assert "2026-10-01" in shown.err


def test_tokens_with_recorded_prices_are_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456:ABC-def")
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:secret@db.local/bot")
    lines = "\n".join(greeting(load(None)))
    assert "Telegram" in lines
    assert "not live" in lines
    assert "db.local/bot" in lines
    assert "secret" not in lines


def test_a_house_with_an_owner_and_a_list_of_guests_is_not_warned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALLOWED_CHATS", "telegram:-5")
    monkeypatch.setenv("OWNER_IDS", "telegram:7")
    lines = greeting(load(None))
    assert [line.split(":")[0] for line in lines] == ["database", "platforms"]


@pytest.mark.parametrize("others", [(), (until_told,)])
def test_a_platform_that_refuses_is_one_line(
    capsys: pytest.CaptureFixture[str],
    typed: Typed,
    on: Callable[..., None],
    others: tuple[Running, ...],
) -> None:
    typed()
    on(refused, *others)
    assert main(["run"]) == 1
    assert capsys.readouterr().err.endswith("marginbot: the token is not known\n")


def test_a_refusal_inside_a_platforms_own_group_is_found(
    capsys: pytest.CaptureFixture[str], typed: Typed, on: Callable[..., None]
) -> None:
    async def deep(stop: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(refused(stop))

    typed()
    on(deep)
    assert main(["run"]) == 1
    assert capsys.readouterr().err.endswith("marginbot: the token is not known\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_platforms_in_order(
    typed: Typed, on: Callable[..., None], number: signal.Signals
) -> None:
    left: list[str] = []

    async def first(stop: asyncio.Event) -> None:
        os.kill(os.getpid(), number)
        await stop.wait()
        left.append("first")

    async def second(stop: asyncio.Event) -> None:
        await stop.wait()
        left.append("second")

    typed()
    on(first, second)
    assert main(["run"]) == 0
    assert sorted(left) == ["first", "second"]

"""Speaking first at a terminal: printed when it comes; numbers press its buttons."""

import asyncio
import io
import sys
from dataclasses import replace
from typing import ClassVar

import pytest

from bot.adapters.console.adapter import ConsoleAdapter
from bot.adapters.console.deliver import deliver
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Choice, Reply, Text, Title, Words
from bot.chat.request import Chat, Place
from core.paper.records import Identity
from tests.fakes.desk import ScriptedDesk

NOTICE = Reply(
    (Title(Words("LIQUIDATED")), Text(Words("It is over."))),
    choices=((Choice("Portfolio", "/pf"),),),
)
ME = Identity("console", "me")


def test_a_notice_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert deliver(NOTICE, colours=False) is Outcome.DELIVERED
    assert capsys.readouterr().out == "LIQUIDATED\nIt is over.\n[1] Portfolio\n\n"


def test_a_terminal_that_is_gone_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdout", closed)
    assert deliver(NOTICE, colours=False) is Outcome.LATER


async def test_a_number_presses_a_button_of_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = ScriptedDesk()
    adapter = ConsoleAdapter(desk)
    assert adapter.platform == "console"
    assert await adapter.deliver(ME, NOTICE) is Outcome.LATER  # nobody is there yet
    heard = asyncio.Event()

    class Keys(io.StringIO):
        """A person who waits for the notice and then types a number."""

        lines: ClassVar = ["1\n", ""]

        def readline(self, *_: object) -> str:  # type: ignore[override]  # one argument fewer
            asyncio.run_coroutine_threadsafe(adapter.deliver(ME, NOTICE), loop).result(10)
            loop.call_soon_threadsafe(heard.set)
            return self.lines.pop(0)

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(sys, "stdin", Keys())
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    await asyncio.wait_for(adapter.run(asyncio.Event()), 10)
    assert heard.is_set()
    assert (desk.last.text, desk.last.button) == ("/pf", True)


async def test_a_terminal_has_no_groups_to_post_into() -> None:
    adapter = ConsoleAdapter(ScriptedDesk())
    assert await adapter.post(Chat("-5", Place.GROUP), NOTICE) == Posted(Outcome.NEVER)


async def test_what_a_game_says_to_whoever_plays_alone_is_printed_and_never_changed() -> None:
    adapter = ConsoleAdapter(ScriptedDesk())
    assert await adapter.post(Chat("console"), NOTICE) == Posted(Outcome.LATER)  # nobody is there


async def test_there_is_no_place_of_a_games_own(monkeypatch: pytest.MonkeyPatch) -> None:
    adapter = ConsoleAdapter(ScriptedDesk())
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    await adapter.run(asyncio.Event())
    posted = await adapter.post(Chat("console"), replace(NOTICE, branch="Mode duel #7"))
    assert posted == Posted(Outcome.DELIVERED)

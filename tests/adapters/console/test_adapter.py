"""The conversation at a terminal and through a pipe; the terminal is real, only played by keys."""

import asyncio
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.shortcuts import PromptSession

from bot.adapters.console.adapter import HERE, ME, ConsoleAdapter, Conversation
from bot.chat.ports import Entry
from bot.chat.reply import Choice, Hush, Reply, Text, Title, Words
from bot.chat.request import Place, Role
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence
from tests.fakes.desk import ScriptedDesk

Sessions = asyncio.Queue[PromptSession[str]]

CARD = Reply(
    (Title(Words("A card")), Text(Words("with words"))),
    choices=((Choice("One", "/one"), Choice("Two", "/two")),),
)


class Terminal(io.StringIO):
    """Standard input or output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Stage:
    """A terminal: its keyboard, and what it shows."""

    def __init__(self, keys: PipeInput, screen: Terminal) -> None:
        self.keys = keys
        self.screen = screen

    @property
    def shown(self) -> str:
        return self.screen.getvalue()


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch, keys: str = "") -> Iterator[Stage]:
    """Give this process a terminal on which these keys were struck."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys, "stdout", screen)
    with create_pipe_input() as board, create_app_session(input=board, output=DummyOutput()):
        board.send_text(keys)
        yield Stage(board, screen)


@pytest.fixture
def desk() -> ScriptedDesk:
    menu = (Entry("compare", "Side by side"), Entry("price", "What coins cost"))
    return ScriptedDesk(menu=menu, suggestions=("BTCUSDT", "ETHUSDT"))


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> Sessions:
    """The editing sessions that ask for a line, real ones, one entry for each line."""
    asking: Sessions = asyncio.Queue()
    ask = PromptSession.prompt_async

    def noted(self: "PromptSession[str]", *a: object, **k: object) -> object:
        asking.put_nowait(self)
        return ask(self, *a, **k)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(PromptSession, "prompt_async", noted)
    return asking


async def said(adapter: ConsoleAdapter) -> asyncio.Event:
    """Let the terminal chat run to its end."""
    stop = asyncio.Event()
    async with asyncio.timeout(10):
        await adapter.run(stop)
    return stop


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def piped(monkeypatch: pytest.MonkeyPatch, *lines: str) -> io.StringIO:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    monkeypatch.setattr(sys, "stdout", out)
    return out


async def test_a_line_is_said_by_the_owner_alone_with_the_bot(desk: ScriptedDesk) -> None:
    await Conversation(desk, "de").say("/price btc")
    asked = desk.last
    assert (asked.who, asked.chat, asked.text) == (ME, HERE, "/price btc")
    assert (asked.chat.place, asked.role, asked.locale) == (Place.PRIVATE, Role.OWNER, "de")
    assert asked.addressed
    assert not asked.button


async def test_every_line_has_an_id_of_its_own(desk: ScriptedDesk) -> None:
    talk = Conversation(desk)
    for _ in range(3):
        await talk.say("/price")
    assert len({request.id for request in desk.requests}) == 3


async def test_a_number_presses_a_choice_of_the_last_reply(desk: ScriptedDesk) -> None:
    desk.answers["/card"] = CARD
    talk = Conversation(desk)
    await talk.say("2")
    assert (desk.last.text, desk.last.button) == ("2", False)
    await talk.say("/card")
    await talk.say(" 2 ")
    assert (desk.last.text, desk.last.button, desk.last.kept) == ("/two", True, True)


async def test_silence_leaves_the_numbers_as_they_were(desk: ScriptedDesk) -> None:
    desk.answers |= {"/card": CARD, "hm": Hush()}
    talk = Conversation(desk)
    await talk.say("/card")
    assert isinstance(await talk.say("hm"), Hush)
    await talk.say("1")
    assert desk.last.text == "/one"


async def test_a_pipe_is_answered_line_by_line_and_plainly(
    desk: ScriptedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.answers |= {"/card": CARD, "hm": Hush()}
    out = piped(monkeypatch, "/card", "", "hm", "1")
    assert (await said(ConsoleAdapter(desk))).is_set()
    assert [request.text for request in desk.requests] == ["/card", "hm", "/one"]
    assert out.getvalue() == "A card\nwith words\n[1] One  [2] Two\n\nYou said /one.\n\n"


@pytest.mark.parametrize("leave", ["/quit", "exit", " /Q ", "QUIT"])
async def test_a_word_of_leave_ends_the_chat(
    desk: ScriptedDesk, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    piped(monkeypatch, "/price", leave, "/card")
    assert (await said(ConsoleAdapter(desk))).is_set()
    assert [request.text for request in desk.requests] == ["/price"]


async def test_told_to_stop_before_it_starts_it_reads_nothing(
    desk: ScriptedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, "/price")
    stop = asyncio.Event()
    stop.set()
    await ConsoleAdapter(desk).run(stop)
    assert desk.requests == []


async def test_a_terminal_is_greeted_in_colours(
    desk: ScriptedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.answers["/start"] = CARD
    with terminal(monkeypatch, "/quit\n") as stage:
        await said(ConsoleAdapter(desk))
    assert [request.text for request in desk.requests] == ["/start"]
    assert stage.shown.startswith("\x1b[1mA card\x1b[0m\nwith words\n\x1b[2m[1] One")


async def test_lines_are_edited_before_they_are_said(
    desk: ScriptedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase = "\x7f"
    with terminal(monkeypatch, f"/pricr{erase}e btc\n/quit\n") as stage:
        await said(ConsoleAdapter(desk))
    assert [request.text for request in desk.requests] == ["/start", "/price btc"]
    assert "You said /price btc." in stage.shown


@pytest.mark.parametrize("key", ["\x04", "\x03"], ids=["end of input", "interrupt"])
async def test_a_key_of_leave_ends_the_chat(
    desk: ScriptedDesk, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    with terminal(monkeypatch, key):
        assert (await said(ConsoleAdapter(desk))).is_set()
    assert len(desk.requests) == 1


async def test_what_was_typed_is_there_in_the_next_run(
    desk: ScriptedDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    history, up = tmp_path / "history", "\x1b[A"
    with terminal(monkeypatch, "/price btc\n/quit\n"):
        await said(ConsoleAdapter(desk, history))
    assert list(FileHistory(str(history)).load_history_strings()) == ["/quit", "/price btc"]
    with terminal(monkeypatch, f"{up}{up}\n/quit\n"):
        await said(ConsoleAdapter(desk, history))
    assert [r.text for r in desk.requests if r.text != "/start"] == ["/price btc"] * 2


async def test_without_a_file_nothing_is_kept(
    desk: ScriptedDesk,
    monkeypatch: pytest.MonkeyPatch,
    sessions: Sessions,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    with terminal(monkeypatch, "/price btc\n/quit\n"):
        await said(ConsoleAdapter(desk))
    assert sessions.get_nowait().history.get_strings() == ["/price btc", "/quit"]
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("/co", {"/compare"}), ("lo", {"long"}), ("b", {"BTC"}), ("/compare 10x E", {"ETH"})],
)
async def test_commands_sides_and_coins_are_completed(
    desk: ScriptedDesk,
    monkeypatch: pytest.MonkeyPatch,
    sessions: Sessions,
    typed: str,
    offered: set[str],
) -> None:
    with terminal(monkeypatch, "/quit\n"):
        await said(ConsoleAdapter(desk))
    completer = sessions.get_nowait().completer
    assert completer is not None
    found = completer.get_completions(Document(typed), CompleteEvent(completion_requested=True))
    assert {each.text for each in found} == offered


async def test_a_prompt_is_left_when_the_house_closes(
    desk: ScriptedDesk, monkeypatch: pytest.MonkeyPatch, sessions: Sessions
) -> None:
    stop = asyncio.Event()
    with terminal(monkeypatch):
        async with asyncio.timeout(10):
            running = asyncio.create_task(ConsoleAdapter(desk).run(stop))
            await sessions.get()
            stop.set()
            await running
    assert [request.text for request in desk.requests] == ["/start"]


async def test_whoever_sits_at_the_terminal_is_there(desk: ScriptedDesk) -> None:
    who = Identity("console", "me")
    assert await ConsoleAdapter(desk).attends(Room("console", "console"), who) is Presence.HERE

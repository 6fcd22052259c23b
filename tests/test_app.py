"""The assembled house: settings in, a desk out, and one beginning for all."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from bot.adapters.content.instrument_files import load_listings
from bot.app import App, build, commands, defaults, grammar, new_seed
from bot.chat.reply import Reply
from bot.chat.request import Chat, Request, Who
from bot.settings import Settings, load


def settings(monkeypatch: pytest.MonkeyPatch, folder: Path, **more: str) -> Settings:
    """Settings of a house whose database stands in this folder."""
    given = {"DATABASE_URL": f"sqlite:///{folder}/bot.db", **more}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return load(None)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    app = build(settings(monkeypatch, tmp_path))
    yield app
    app.close()


async def asked(app: App, line: str) -> Reply:
    request = Request(id="1", who=Who("telegram", "7"), chat=Chat("7"), text=line, addressed=True)
    answer = await app.desk.answer(request)
    assert isinstance(answer, Reply)
    return answer


async def test_a_house_answers_and_has_marks(app: App) -> None:
    assert (await asked(app, "/compare 10x long btc")).outcome == "ok"
    assert app.marks()["BTCUSDT"] > 0


async def test_a_closed_house_answers_that_it_is_busy(app: App) -> None:
    app.close()
    assert (await asked(app, "/price")).outcome == "busy"


async def test_what_was_set_is_there_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = settings(monkeypatch, tmp_path)
    for line, shown in (("/set leverage 20", ""), ("/compare long btc", "20")):
        app = build(given)
        try:
            assert shown in str((await asked(app, line)).blocks[0])
        finally:
            app.close()


def test_two_processes_share_one_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(monkeypatch, tmp_path)
    first, second = build(given), build(given)
    try:
        assert abs(first.marks()["BTCUSDT"] - second.marks()["BTCUSDT"]) < 100
    finally:
        first.close()
        second.close()


def test_what_strangers_are_given_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(monkeypatch, tmp_path, DEFAULT_LEVERAGE="7", DEFAULT_VENUE="okx")
    found = defaults(given)
    assert (found.leverage, found.venue) == (Decimal(7), "okx")
    assert found.wallet == given.paper_wallet


def test_the_grammar_knows_every_command() -> None:
    language, symbols = grammar(load_listings())
    names = [verb.name for verb in language.verbs]
    assert len(names) == len(set(names))
    assert {c.name for c in commands()} == set(names)
    assert "open" in names
    assert symbols.get("btc") is not None


def test_a_games_secret_is_new_each_time_and_long_enough() -> None:
    seeds = {new_seed() for _ in range(20)}
    assert len(seeds) == 20
    assert {len(bytes.fromhex(seed)) for seed in seeds} == {16}

"""Logs say what happened and never a secret, whichever library speaks."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime import logs

TOKEN = "123456789:AAE" + "x" * 32


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Leave logging as it was found."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.TALKATIVE}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def configured(form: str = "json", *secrets: str, stream: io.StringIO | None = None) -> io.StringIO:
    stream = stream or io.StringIO()
    logs.configure("INFO", form, secrets, stream)
    return stream


def objects(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_one_event_is_one_json_object() -> None:
    out = configured()
    structlog.get_logger("bot.chat").info("request", command="compare", outcome="ok", ms=18)
    (line,) = objects(out)
    assert {
        "event": "request",
        "command": "compare",
        "outcome": "ok",
        "ms": 18,
    }.items() <= line.items()
    assert line["level"] == "info"
    assert str(line["timestamp"]).endswith("Z")


def test_what_is_bound_to_the_context_is_on_the_line() -> None:
    out = configured()
    with structlog.contextvars.bound_contextvars(request="telegram:7"):
        structlog.get_logger().info("request")
    assert objects(out)[0]["request"] == "telegram:7"


def test_a_terminal_gets_colours_and_a_pipe_gets_json() -> None:
    screen, pipe = configured("auto", stream=Terminal()), io.StringIO()
    structlog.get_logger().info("hello")
    logs.configure("INFO", "auto", (), pipe)
    structlog.get_logger().info("hello")
    assert "\x1b[" in screen.getvalue()
    assert objects(pipe)[0]["event"] == "hello"


def test_console_form_into_a_file_has_no_colours() -> None:
    out = configured("console")
    structlog.get_logger().info("hello", who="a")
    assert "hello" in out.getvalue()
    assert "\x1b[" not in out.getvalue()


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_token_in_a_field_an_address_and_a_traceback_is_taken_out(form: str) -> None:
    out = configured(form)
    structlog.get_logger().warning("start", token=TOKEN, nested={"a": [TOKEN]})
    logging.getLogger("foreign").warning("POST https://api.example/bot%s/getMe", TOKEN)
    try:
        raise ValueError(TOKEN)
    except ValueError:
        structlog.get_logger().exception("ours")
        logging.getLogger("foreign").exception("theirs")
    assert TOKEN not in out.getvalue()
    assert out.getvalue().count(logs.REDACTED) >= 5
    assert "ValueError" in out.getvalue()


def test_the_password_of_a_database_address_is_taken_out() -> None:
    out = configured()
    structlog.get_logger().info("database", url="postgresql://bot:hunter2@db/margin")
    assert objects(out)[0]["url"] == "postgresql://bot:[redacted]@db/margin"


def test_ordinary_figures_are_left_alone() -> None:
    line = "telegram:123456789 asked at 12:34:56 for https://host:8443/path and a@b"
    assert logs.Redactor().clean(line) == line


@given(secret=st.text(min_size=8).filter(lambda s: s.strip() and "[redacted]" not in s))
def test_no_told_secret_survives_in_json(secret: str) -> None:
    line = logs.Redactor([secret]).clean(json.dumps({"a": f"x{secret}x"}))
    assert json.loads(line)["a"] == f"x{logs.REDACTED}x"


def test_an_empty_secret_hides_nothing() -> None:
    assert logs.Redactor(["", "abcdefgh"]).clean("abc abcdefgh") == "abc [redacted]"


@pytest.mark.parametrize("name", ["httpx", "telegram.ext", "discord.gateway", "alembic.runtime"])
def test_libraries_are_quiet_below_a_warning(name: str) -> None:
    out = configured()
    logging.getLogger(name).info("address of a call")
    logging.getLogger(name).warning("trouble")
    assert [line["event"] for line in objects(out)] == ["trouble"]


def test_the_level_holds_for_our_own_lines() -> None:
    out = io.StringIO()
    logs.configure("WARNING", "json", (), out)
    structlog.get_logger().info("small talk")
    structlog.get_logger().warning("trouble")
    assert [line["event"] for line in objects(out)] == ["trouble"]


def test_a_second_set_up_replaces_the_first() -> None:
    first, second = configured(), configured()
    structlog.get_logger().info("once")
    assert first.getvalue() == ""
    assert len(objects(second)) == 1

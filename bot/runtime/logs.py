"""Logs: one JSON object a line for machines, colours for a person at a terminal, never a secret.

Everything, the libraries' own logging included, goes through one formatter. Its last step looks at
the finished line, so that a token is taken out wherever it came from: a field, a web address, an
exception's text, a traceback. Libraries that name the address of each call stay at WARNING.
"""

import json
import logging
import re
import sys
from collections.abc import Collection
from typing import TextIO
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

REDACTED = "[redacted]"

TALKATIVE = (
    "httpx",
    "httpcore",
    "telegram",
    "discord",
    "aiohttp",
    "apscheduler",
    "tornado",
    "asyncio",
    "sqlalchemy",
    "alembic",
    "matplotlib",
)
"""Loggers of libraries; what they say below WARNING is theirs alone."""

_TELEGRAM = re.compile(r"(?<![0-9])[0-9]{6,}:[A-Za-z0-9_-]{30,}")
_PASSWORD = re.compile(r"(?<=://)([^\s:/@]*):[^\s/@]+@")


class Redactor:
    """Takes secrets out of finished lines: those it was told, and whatever has their form."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        """Take the secret texts; each is also found as JSON and as a web address write it."""
        forms = {form for secret in secrets if secret for form in _spellings(secret)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def clean(self, line: str) -> str:
        """Return the line without any secret."""
        if self._known is not None:
            line = self._known.sub(REDACTED, line)
        line = _TELEGRAM.sub(REDACTED, line)
        return _PASSWORD.sub(rf"\1:{REDACTED}@", line)

    def __call__(self, _logger: WrappedLogger, _method: str, line: EventDict | str) -> str:
        """Stand as the last processor of a chain, after the renderer."""
        return self.clean(str(line))


def _spellings(secret: str) -> set[str]:
    """Return a secret as plain text, JSON, Python and a web address write it."""
    return {
        secret,
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
        quote(secret, safe=""),
    }


def configure(
    level: str = "INFO",
    form: str = "auto",
    secrets: Collection[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Set logging up for the whole process; a second call replaces the first.

    `form` is "json", "console" or "auto" (console where `stream` is a terminal). `stream` is
    standard error by default, because standard output belongs to answers.
    """
    stream = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    _hand_over(level, _formatter(form, shared, Redactor(secrets), stream), stream)


def _hand_over(level: str, formatter: logging.Formatter, stream: TextIO) -> None:
    """Put one handler of ours at the root, in place of an earlier one, and hush the talkative."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    handler.name = _HANDLER
    root = logging.getLogger()
    for old in [each for each in root.handlers if each.name == _HANDLER]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(capture=True)


_HANDLER = "marginbot"


def _formatter(
    form: str, shared: list[Processor], redactor: Redactor, stream: TextIO
) -> logging.Formatter:
    """Make the formatter that structlog's events and the libraries' records share."""
    terminal = stream.isatty()
    if form == "console" or (form == "auto" and terminal):
        finish: list[Processor] = [
            structlog.dev.ConsoleRenderer(
                colors=terminal, exception_formatter=structlog.dev.plain_traceback
            )
        ]
    else:
        finish = [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(default=str, ensure_ascii=False),
        ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *finish,
            redactor,
        ],
    )

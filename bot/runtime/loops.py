"""What the loops of the house have in common: what they survive, and how they pause."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import uuid4

import structlog

from bot.runtime.desks import Busy

log = structlog.get_logger("marginbot")


@contextmanager
def surviving(doing: str) -> Iterator[None]:
    """Log what goes wrong in the block instead of raising it; the next round tries again.

    `doing` says in a word what the block does.
    """
    try:
        yield
    except Busy:
        log.warning("busy", doing=doing)
    except Exception:  # one of the few places that must survive anything
        log.exception("fault", fault=uuid4().hex[:8], doing=doing)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until `stop` is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)

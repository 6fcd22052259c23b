"""A small strict Bot API server on loopback: what Telegram would refuse, it refuses.

It stands in for Telegram in tests, so it is judged by things that nobody here wrote: markup is read
by Telegram's own parser (TDLib, package `tdjson`), and refusals carry the real server's words.
"""

from tests.fakes.botapi.inline import LATE
from tests.fakes.botapi.refused import Refused
from tests.fakes.botapi.server import BotApi, Fault
from tests.fakes.botapi.world import BOT, TOKEN, Posted, World

__all__ = ["BOT", "LATE", "TOKEN", "BotApi", "Fault", "Posted", "Refused", "World"]

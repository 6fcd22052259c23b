"""Idle memory: the bot with both platforms built, over the bare libraries with both clients."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.measure import Paired
from tests.bench.process import WITHOUT, environment, told
from tests.bench.row import Effort, Row, against, mebibytes

GOAL = 1.2

STATM = Path("/proc/self/statm")

RESIDENT = (
    WITHOUT
    + """
import gc, os
def resident():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
"""
)

BARE = (
    RESIDENT
    + """
import json
import discord, os, sqlalchemy
from telegram.ext import AIORateLimiter, Application
client = discord.Client(intents=discord.Intents.default())
engine = sqlalchemy.create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    connection.exec_driver_sql("SELECT 1")
app = Application.builder().token("1:a").rate_limiter(AIORateLimiter()).build()
print(json.dumps(resident()))
"""
)

ALL = BARE.replace("import json\n", "import json, pydantic_settings, structlog\n")

OURS = (
    RESIDENT
    + """
import asyncio, json
from bot.adapters.discord.client import MarginClient
from bot.app import build
from bot.chat.request import Chat, Request, Who
from bot.platforms import platforms
from bot.settings import load
app = build(load())
on = platforms(app, console=False)
client = MarginClient(app.desk)  # the adapter makes it when it connects
built = resident()
async def ask():
    line = "/compare 10x long BTC"
    who, chat = Who("telegram", "42"), Chat("42")
    await app.desk.answer(Request(id="1", who=who, chat=chat, text=line, addressed=True))
    answered = resident()
    app.close()
    return answered
print(json.dumps([built, asyncio.run(ask())]))
"""
)

TOKENS = {"TELEGRAM_TOKEN": "1:a", "DISCORD_TOKEN": "a"}


def run(effort: Effort) -> Iterator[Row]:
    """Weigh fresh processes, in turns."""
    if not STATM.exists():
        yield Row("idle memory", "not measured on this system")
        return
    built, answered, among_all = [], [], []
    with TemporaryDirectory() as name:
        folder = Path(name)
        environ = environment(folder, LOG_LEVEL="ERROR", **TOKENS)
        told(OURS, environ, folder)  # makes the database
        for _ in range(effort.starts):
            bare = told(BARE, environ, folder)
            fresh, after = told(OURS, environ, folder)
            built.append((fresh, bare))
            answered.append((after, bare))
            among_all.append((fresh, told(ALL, environ, folder)))
    yield against("idle memory, both platforms built", Paired.of(built), mebibytes, GOAL)
    whole = Paired.of(among_all)
    yield against("the same over these and pydantic-settings, structlog", whole, mebibytes)
    after = Paired.of(answered)
    yield against("idle memory after the first answer", after, mebibytes, GOAL)

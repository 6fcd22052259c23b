"""A small Discord in this process: a server with a channel, people, and a bot on a scripted desk.

The bot is the real one and so is the library; only what lies beyond the library is simulated
(simcord). Time stands still until a test lets it go on.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from discord.app_commands import AppCommandError
from simcord import Env

from bot.adapters.discord.client import MarginClient
from tests.adapters.discord.stage import MENU, Stage
from tests.fakes.desk import ScriptedDesk


@pytest.fixture
def desk() -> ScriptedDesk:
    return ScriptedDesk(menu=MENU, suggestions=("BTCUSDT", "BCHUSDT", "ETHUSDT"))


@pytest_asyncio.fixture
async def simcord_env(desk: ScriptedDesk) -> AsyncIterator[Env]:
    # What the bot waits for longer than this is left to `advance_time`.
    env = Env(MarginClient(desk), settle_timeout=1.0)
    await env.start()
    yield env
    await env.shutdown()
    # The simulation notes commands that Discord shows and we do not have; the bot answers those.
    assert [error for error in env.errors if not isinstance(error, AppCommandError)] == []


@pytest.fixture
def stage(simcord_env: Env, desk: ScriptedDesk) -> Stage:
    return Stage(simcord_env, desk)

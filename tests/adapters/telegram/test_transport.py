"""Two HTTP clients: calls do not wait for polling, and the certificates are read once."""

import ssl
from collections.abc import AsyncIterator
from contextlib import suppress

import httpx
import pytest
import pytest_asyncio
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.adapters.telegram.ear import Ear
from bot.adapters.telegram.transport import POLLS, Polls, clients
from tests.fakes.botapi import TOKEN, BotApi, Fault

Both = tuple[HTTPXRequest, HTTPXRequest]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[ssl.SSLContext]:
    """The readings of the certificates, as they are made."""
    made: list[ssl.SSLContext] = []
    create = httpx.create_ssl_context

    def noted() -> ssl.SSLContext:
        made.append(create())
        return made[-1]

    monkeypatch.setattr(httpx, "create_ssl_context", noted)
    return made


@pytest_asyncio.fixture
async def both(read: list[ssl.SSLContext]) -> AsyncIterator[Both]:
    made = clients(7.5, 40)
    yield made
    for client in made:
        await client.shutdown()


async def test_calls_have_many_connections_and_polling_has_its_own(both: Both) -> None:
    limits = [client._client_kwargs["limits"].max_connections for client in both]
    assert limits == [40, POLLS]


async def test_no_step_of_a_call_takes_longer_than_was_said(both: Both) -> None:
    for client in both:
        assert client._client_kwargs["timeout"] == httpx.Timeout(7.5)


async def test_both_share_one_reading_of_the_certificates(
    both: Both, read: list[ssl.SSLContext]
) -> None:
    assert len(read) == 1
    assert read[0].verify_mode is ssl.CERT_REQUIRED
    assert all(client._client_kwargs["verify"] is read[0] for client in both)


# --- what the ear hears ---------------------------------------------------------------------------


class Noting(Ear):
    """An ear that notes what it hears."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    async def heard(self) -> None:
        self.notes.append("heard")

    async def missed(self, *, silent: bool) -> None:
        self.notes.append("silent" if silent else "missed")


async def poll(polls: Polls, url: str) -> int | None:
    """Poll once; None where the line was cut."""
    with suppress(NetworkError):
        status, _ = await polls.do_request(f"{url}/bot{TOKEN}/getMe", "POST")
        return status
    return None


async def test_the_ear_hears_of_polls_that_are_answered_refused_cut_off_and_silent() -> None:
    ear = Noting()
    calls, polls = clients(0.2, 1)
    async with BotApi() as api:
        await polls.initialize()
        assert await poll(polls, api.url) == 200
        polls.ear = ear
        held = Fault(hold=True)
        api.fault("getMe", Fault(status=502), Fault(drop=True), held)
        found = [await poll(polls, api.url) for _ in range(4)]
        held.release.set()
        await polls.shutdown()
    await calls.shutdown()
    assert found[0] == 502
    assert found[1:3] == [None, None]
    assert ear.notes == ["missed", "missed", "silent", "heard"]


async def test_a_client_without_an_ear_polls_all_the_same() -> None:
    calls, polls = clients(1, 1)
    async with BotApi() as api:
        await polls.initialize()
        api.fault("getMe", Fault(drop=True))
        assert await poll(polls, api.url) is None
        await polls.shutdown()
    await calls.shutdown()

"""Two HTTP clients: calls do not wait for polling, and the certificates are read once."""

import ssl
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from telegram.request import HTTPXRequest

from bot.adapters.telegram.transport import POLLS, clients

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

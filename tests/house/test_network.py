"""The tests' own walls: nothing leaves this machine, and no setting of it leaks in."""

import os
import socket

import pytest

from bot.settings import options
from tests.conftest import NetworkClosed, is_local


def test_a_connection_outside_is_refused() -> None:
    with socket.socket() as outside, pytest.raises(NetworkClosed):
        outside.connect(("192.0.2.1", 80))


def test_a_look_up_outside_is_refused() -> None:
    with pytest.raises(NetworkClosed):
        socket.getaddrinfo("example.com", 443)


def test_a_datagram_outside_is_refused() -> None:
    kind = socket.SOCK_DGRAM
    with socket.socket(type=kind) as outside, pytest.raises(NetworkClosed):
        outside.sendto(b"x", ("192.0.2.1", 9))


def test_loopback_stays_open() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1", b"::1", "", None])
def test_this_machine_is_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["localhost.example.com", "192.0.2.1", "2001:db8::1", b"a.example"]
)
def test_others_are_not_local(host: object) -> None:
    assert not is_local(host)


def test_no_setting_of_this_machine_is_seen() -> None:
    assert [option.name for option in options() if option.name in os.environ] == []

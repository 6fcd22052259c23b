"""What holds for every test: no setting of this machine, no network, no clock on hypothesis.

The network is closed by an audit hook, which the interpreter itself asks before any connection, so
that no library has another way out. Loopback and local sockets stay open for our own servers.
"""

import ipaddress
import os
import sys

import pytest
from hypothesis import HealthCheck, settings

from bot.settings import options

LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let answers that are kept as files be written anew."""
    parser.addoption("--golden-update", action="store_true", help="write kept answers anew")


class NetworkClosed(RuntimeError):
    """A test tried to reach something outside this machine."""


def is_local(host: object) -> bool:
    """Whether an address or a name means this machine and needs no asking around."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name.lower() in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def close_network(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse a connection, a datagram or a look-up that leaves this machine."""
    if not event.startswith("socket."):
        return
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) and address else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        host = arguments[0]
    else:
        return
    if not is_local(host):
        raise NetworkClosed(f"tests stay on loopback: {event} to {host!r}")


sys.addaudithook(close_network)

for _option in options():
    os.environ.pop(_option.name, None)

# Two cores shared with others make single examples slow now and then; that is no fault of the code.
settings.register_profile(
    "marginbot", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("marginbot")

"""An exchange on loopback: REST and websocket in the venues' own words, and mishaps on demand."""

from tests.fakes.exchange.server import Exchange

__all__ = ["Exchange"]

"""The line to an exchange: which faults may pass, and how long it asks us to wait."""

from types import SimpleNamespace

import ccxt

from bot.adapters.prices.line import asked_to_wait, may_pass


def test_what_may_pass_is_told_from_what_will_not() -> None:
    for fault in (ccxt.RateLimitExceeded(), ccxt.RequestTimeout(), ccxt.ExchangeError("what?")):
        assert may_pass(fault)
    for fault in (ccxt.BadSymbol(), ccxt.BadRequest(), ccxt.NotSupported(), KeyError("x")):
        assert not may_pass(fault)


def test_whole_seconds_are_waited_for_and_anything_else_is_not() -> None:
    for headers, seconds in (({"Retry-After": "9"}, 9), ({"retry-after": "soon"}, 0), (None, 0)):
        assert asked_to_wait(SimpleNamespace(last_response_headers=headers)) == seconds

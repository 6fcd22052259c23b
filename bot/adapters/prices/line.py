"""A line to an exchange: the one place that opens ccxt, and what is known of how it answers.

ccxt is imported only once a connection is asked for, because it loads every exchange there is.
"""

from typing import Any


def may_pass(fault: Exception) -> bool:
    """Whether a fault is the network's, or the venue's "not now", and may be gone soon.

    What ccxt cannot place at all, such as an unheard-of body beside a status of 5xx, may pass too.
    """
    from ccxt.base.errors import ExchangeError, NetworkError  # noqa: PLC0415 - loaded by then

    return isinstance(fault, NetworkError) or type(fault) is ExchangeError


def connection(exchange: str, base: str | None) -> Any:
    """Open ccxt for one exchange, with figures left as the text they came as."""
    import ccxt.pro  # noqa: PLC0415 - it loads some hundred modules

    found = getattr(ccxt.pro, exchange)(
        {
            "timeout": 8000,
            "options": {
                "defaultType": "swap",
                "fetchMarkets": {"types": ["linear" if exchange != "okx" else "swap"]},
                "fetchCurrencies": False,
            },
        }
    )
    found.number = str
    if base is not None:
        _move(found, exchange, base.rstrip("/"))
    return found


def asked_to_wait(exchange: Any) -> float:
    """Return for how many seconds an exchange's last answer asked not to come again."""
    headers = getattr(exchange, "last_response_headers", None) or {}
    asked = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(asked) if str(asked).isdecimal() else 0.0


def _move(exchange: Any, name: str, base: str) -> None:
    """Speak to another address than the venue's own, in the venue's own paths."""
    stream = "ws" + base.removeprefix("http")
    api = exchange.urls["api"]
    if name == "binanceusdm":
        api["fapiPublic"] = f"{base}/fapi/v1"
        api["fapiPublicV2"] = f"{base}/fapi/v2"
        api["fapiPublicV3"] = f"{base}/fapi/v3"
        api["ws"]["linear"] = f"{stream}/ws"
    elif name == "bybit":
        api["public"] = base
        api["ws"]["public"]["linear"] = f"{stream}/v5/public/linear"
    else:
        api["rest"] = base
        api["ws"] = f"{stream}/ws/v5"
    exchange.timeout_on_exit = 0

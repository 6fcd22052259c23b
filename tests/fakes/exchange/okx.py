"""OKX's messages for linear swaps, in the shape its documents and ccxt's comments give."""

from collections.abc import Iterable

from tests.fakes.exchange.binance import Quote


def wrapped(data: list[dict[str, object]]) -> dict[str, object]:
    return {"code": "0", "msg": "", "data": data}


def name(symbol: str) -> str:
    return f"{symbol.removesuffix('USDT')}-USDT-SWAP"


def symbol_of(name: str) -> str:
    return name.removesuffix("-USDT-SWAP") + "USDT"


def instruments(symbols: Iterable[str]) -> list[dict[str, object]]:
    return [_contract(symbol) for symbol in symbols]


def _contract(symbol: str) -> dict[str, object]:
    base = symbol.removesuffix("USDT")
    return {
        "instType": "SWAP",
        "instId": name(symbol),
        "uly": f"{base}-USDT",
        "instFamily": f"{base}-USDT",
        "baseCcy": "",
        "quoteCcy": "",
        "settleCcy": "USDT",
        "ctVal": "0.01",
        "ctMult": "1",
        "ctValCcy": base,
        "ctType": "linear",
        "optType": "",
        "stk": "",
        "listTime": "1611916828000",
        "expTime": "",
        "lever": "100",
        "tickSz": "0.1",
        "lotSz": "1",
        "minSz": "1",
        "state": "live",
    }


def mark(symbol: str, quote: Quote, at: int) -> dict[str, object]:
    return {"instType": "SWAP", "instId": name(symbol), "markPx": quote.mark, "ts": str(at)}


def ticker(symbol: str, quote: Quote, at: int) -> dict[str, object]:
    return {
        "instType": "SWAP",
        "instId": name(symbol),
        "last": quote.last or quote.mark,
        "lastSz": "1",
        "askPx": quote.mark,
        "askSz": "1",
        "bidPx": quote.mark,
        "bidSz": "1",
        "open24h": quote.open or quote.mark,
        "high24h": quote.mark,
        "low24h": quote.mark,
        "volCcy24h": "1",
        "vol24h": "1",
        "sodUtc0": quote.mark,
        "sodUtc8": quote.mark,
        "ts": str(at),
    }


def funding(symbol: str, quote: Quote) -> dict[str, object]:
    return {
        "instType": "SWAP",
        "instId": name(symbol),
        "fundingRate": quote.rate,
        "fundingTime": str(quote.due),
        "nextFundingRate": "",
        "nextFundingTime": str(quote.due + 28800000),
    }


def update(symbol: str, quote: Quote, at: int) -> dict[str, object]:
    """A message of the `mark-price` channel."""
    arg = {"channel": "mark-price", "instId": name(symbol)}
    return {"arg": arg, "data": [mark(symbol, quote, at)]}

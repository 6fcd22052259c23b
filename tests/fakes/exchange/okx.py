"""OKX's messages for linear swaps, in the shape its documents and ccxt's comments give."""

from collections.abc import Mapping

from tests.fakes.exchange.binance import Quote
from tests.fakes.exchange.rules import PER_CONTRACT, Spec, in_contracts


def wrapped(data: list[dict[str, object]]) -> dict[str, object]:
    return {"code": "0", "msg": "", "data": data}


def name(symbol: str) -> str:
    return f"{symbol.removesuffix('USDT')}-USDT-SWAP"


def symbol_of(name: str) -> str:
    return name.removesuffix("-USDT-SWAP") + "USDT"


def instruments(specs: Mapping[str, Spec]) -> list[dict[str, object]]:
    return [_contract(symbol, spec) for symbol, spec in specs.items()]


def position_tiers(symbol: str, spec: Spec) -> list[dict[str, object]]:
    """The tiers of one family: sizes in contracts, each from the end of the one before."""
    rows: list[dict[str, object]] = []
    for number, rung in enumerate(spec.rungs, start=1):
        rows.append(
            {
                "baseMaxLoan": "",
                "imr": rung.initial,
                "instFamily": name(symbol).removesuffix("-SWAP"),
                "instId": "",
                "maxLever": rung.leverage,
                "maxSz": in_contracts(rung.cap),
                "minSz": in_contracts(spec.rungs[number - 2].cap) if number > 1 else "0",
                "mmr": rung.rate,
                "optMgnFactor": "0",
                "quoteMaxLoan": "",
                "tier": str(number),
                "uly": name(symbol).removesuffix("-SWAP"),
            }
        )
    return rows


def _contract(symbol: str, spec: Spec) -> dict[str, object]:
    base = symbol.removesuffix("USDT")
    return {
        "instType": "SWAP",
        "instId": name(symbol),
        "uly": f"{base}-USDT",
        "instFamily": f"{base}-USDT",
        "baseCcy": "",
        "quoteCcy": "",
        "settleCcy": "USDT",
        "ctVal": f"{PER_CONTRACT}",
        "ctMult": "1",
        "ctValCcy": base,
        "ctType": "linear",
        "optType": "",
        "stk": "",
        "listTime": "1611916828000",
        "expTime": "",
        "lever": "100",
        "tickSz": spec.tick,
        "lotSz": in_contracts(spec.step),
        "minSz": in_contracts(spec.smallest),
        "instCategory": "1",
        "state": "live",
        **spec.more,
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

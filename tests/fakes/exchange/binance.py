"""Binance's messages for linear contracts, in the shape of recorded ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.fakes.exchange.rules import Spec

DUE = 4102444800000
"""The next settlement that messages announce unless a test says otherwise (ms)."""


@dataclass
class Quote:
    """What the exchange quotes for a contract; text goes out as it stands."""

    mark: str
    last: str = ""
    open: str = ""
    rate: str = "0.00005016"
    due: int = DUE


def exchange_info(specs: Mapping[str, Spec]) -> dict[str, object]:
    return {
        "timezone": "UTC",
        "serverTime": 1645233611962,
        "futuresType": "U_MARGINED",
        "rateLimits": [],
        "assets": [{"asset": "USDT", "marginAvailable": True, "autoAssetExchange": "-100"}],
        "symbols": [_contract(symbol, spec) for symbol, spec in specs.items()],
    }


def _contract(symbol: str, spec: Spec) -> dict[str, object]:
    base = symbol.removesuffix("USDT")
    return {
        "symbol": symbol,
        "pair": symbol,
        "contractType": "PERPETUAL",
        "deliveryDate": 4133404802000,
        "onboardDate": 1569398400000,
        "status": "TRADING",
        "maintMarginPercent": "2.5000",
        "requiredMarginPercent": "5.0000",
        "baseAsset": base,
        "quoteAsset": "USDT",
        "marginAsset": "USDT",
        "pricePrecision": 2,
        "quantityPrecision": 3,
        "triggerProtect": "0.0500",
        "liquidationFee": "0.012000",
        "marketTakeBound": "0.30",
        "filters": [
            {
                "filterType": "PRICE_FILTER",
                "minPrice": "0.01",
                "maxPrice": "1246396.60",
                "tickSize": spec.tick,
            },
            {
                "filterType": "LOT_SIZE",
                "minQty": spec.smallest,
                "maxQty": "1000",
                "stepSize": spec.step,
            },
            {"filterType": "MIN_NOTIONAL", "notional": spec.worth},
        ],
        **spec.more,
    }


def premium(symbol: str, quote: Quote, at: int) -> dict[str, object]:
    return {
        "symbol": symbol,
        "markPrice": quote.mark,
        "indexPrice": quote.mark,
        "estimatedSettlePrice": quote.mark,
        "lastFundingRate": quote.rate,
        "nextFundingTime": quote.due,
        "interestRate": "0.00010000",
        "time": at,
    }


def day(symbol: str, quote: Quote, at: int) -> dict[str, object]:
    return {
        "symbol": symbol,
        "priceChange": "-94.99999800",
        "priceChangePercent": "-1.000",
        "weightedAvgPrice": quote.last or quote.mark,
        "lastPrice": quote.last or quote.mark,
        "lastQty": "200.00000000",
        "openPrice": quote.open or quote.mark,
        "highPrice": quote.mark,
        "lowPrice": quote.mark,
        "volume": "8913.30000000",
        "quoteVolume": "15.30000000",
        "openTime": at - 86400000,
        "closeTime": at,
        "firstId": 28385,
        "lastId": 28460,
        "count": 76,
    }


def update(symbol: str, quote: Quote, at: int) -> dict[str, object]:
    """A part of `!markPrice@arr@1s`, with the keys that are newer than the documents."""
    return {
        "e": "markPriceUpdate",
        "E": at,
        "s": symbol,
        "p": quote.mark,
        "ap": quote.mark,
        "P": quote.mark,
        "i": quote.mark,
        "r": quote.rate,
        "T": quote.due,
        "st": 1,
    }

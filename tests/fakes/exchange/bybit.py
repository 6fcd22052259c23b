"""Bybit's messages for linear contracts, in the shape of recorded ones."""

from collections.abc import Mapping

from tests.fakes.exchange.binance import Quote
from tests.fakes.exchange.rules import Rung, Spec


def wrapped(result: object, at: int) -> dict[str, object]:
    return {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": {}, "time": at}


def instruments(specs: Mapping[str, Spec]) -> dict[str, object]:
    return {
        "category": "linear",
        "list": [_contract(symbol, spec) for symbol, spec in specs.items()],
        "nextPageCursor": "",
    }


def risk_limits(specs: Mapping[str, Spec], cursor: str, page: int) -> dict[str, object]:
    """The tiers of so many contracts; the cursor is the place of the first one."""
    first = int(cursor or "0")
    shown = list(specs.items())[first : first + page]
    return {
        "category": "linear",
        "list": [
            row
            for symbol, spec in shown
            for number, rung in enumerate(spec.rungs, start=1)
            for row in [_risk_limit(symbol, number, rung)]
        ],
        "nextPageCursor": str(first + page) if first + page < len(specs) else "",
    }


def _risk_limit(symbol: str, number: int, rung: Rung) -> dict[str, object]:
    row: dict[str, object] = {
        "id": number,
        "symbol": symbol,
        "riskLimitValue": rung.cap,
        "maintenanceMargin": rung.rate,
        "initialMargin": rung.initial,
        "isLowestRisk": 1 if number == 1 else 0,
        "maxLeverage": rung.leverage,
    }
    return row if rung.amount is None else {**row, "mmDeduction": rung.amount}


def _contract(symbol: str, spec: Spec) -> dict[str, object]:
    return {
        "symbol": symbol,
        "contractType": "LinearPerpetual",
        "status": "Trading",
        "baseCoin": symbol.removesuffix("USDT"),
        "quoteCoin": "USDT",
        "settleCoin": "USDT",
        "launchTime": "0",
        "deliveryTime": "0",
        "priceScale": "2",
        "leverageFilter": {"minLeverage": "1", "maxLeverage": "100", "leverageStep": "0.01"},
        "priceFilter": {"minPrice": "0.01", "maxPrice": "1999999", "tickSize": spec.tick},
        "lotSizeFilter": {
            "maxOrderQty": "100",
            "minOrderQty": spec.smallest,
            "qtyStep": spec.step,
            "postOnlyMaxOrderQty": "1000",
            "minNotionalValue": spec.worth,
        },
        "unifiedMarginTrade": True,
        "fundingInterval": 480,
        "symbolType": "",
        **spec.more,
    }


def ticker(symbol: str, quote: Quote) -> dict[str, object]:
    return {
        "symbol": symbol,
        "lastPrice": quote.last or quote.mark,
        "indexPrice": quote.mark,
        "markPrice": quote.mark,
        "prevPrice24h": quote.open or quote.mark,
        "price24hPcnt": "-0.158315",
        "highPrice24h": quote.mark,
        "lowPrice24h": quote.mark,
        "prevPrice1h": quote.mark,
        "openInterest": "492373.72",
        "openInterestValue": "32824881841.75",
        "turnover24h": "4936790807.6521",
        "volume24h": "73191.3870",
        "fundingRate": quote.rate,
        "nextFundingTime": str(quote.due),
        "predictedDeliveryPrice": "",
        "basisRate": "",
        "deliveryFeeRate": "",
        "deliveryTime": "0",
        "bid1Price": quote.mark,
        "bid1Size": "23789.165",
        "ask1Price": quote.mark,
        "ask1Size": "23775.469",
        "fundingIntervalHour": "8",
    }


def snapshot(symbol: str, quote: Quote, at: int) -> dict[str, object]:
    return {
        "topic": f"tickers.{symbol}",
        "type": "snapshot",
        "data": ticker(symbol, quote),
        "cs": 24987956059,
        "ts": at,
    }


def delta(symbol: str, mark: str, at: int) -> dict[str, object]:
    """Only what changed."""
    return {
        "topic": f"tickers.{symbol}",
        "type": "delta",
        "data": {"symbol": symbol, "markPrice": mark},
        "cs": 24987956090,
        "ts": at,
    }

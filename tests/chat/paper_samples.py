"""One refusal of paper trading of each kind, and of each kind's variants."""

from core.errors import Refusal
from core.money import D
from core.paper import errors
from tests.fakes.ports import NOON

PAPER: tuple[Refusal, ...] = (
    errors.UnknownPosition("3", ()),
    errors.UnknownPosition("BTC", (1, 4)),
    errors.Insufficient(D("500.25"), D("36.5")),
    errors.NothingToReduce("BTCUSDT"),
    errors.Overdrawn(2, "BTCUSDT", D(900), D(850)),
    errors.ModeFixed("", "Bybit", "cross"),
    errors.ModeFixed("BTCUSDT", "Binance", "isolated"),
    errors.ModeBlocked("BTCUSDT", "Binance", "isolated", (1,), (3, 4)),
    errors.ModeBlocked("", "Bybit", "isolated", (1, 2), (3,)),
    errors.ModeBlocked("BTCUSDT", "Hyperliquid", "isolated", (1,), ()),
    errors.LeverageFixed("BTCUSDT", D(10)),
    errors.LeverageLocked("BTCUSDT", "Binance", D(10)),
    errors.NotIsolated(1, "BTCUSDT"),
    errors.MarginLocked(1, D("12.5")),
    errors.MarginLocked(1, D(0)),
    errors.NoHedgeMode("Hyperliquid"),
    errors.NotFlat((1, 2), (3,)),
    errors.NotFlat((), (3, 4)),
    errors.NothingChanges("one_way"),
    errors.NothingChanges("binance"),
    errors.StopWrongSide("stop_loss", D(70000), D("68424.5")),
    errors.StopWrongSide("take_profit", D(60000), D("68424.5")),
    errors.PreviewGone(),
    errors.PreviewUsed(),
    errors.CatchingUp((), NOON),
    errors.CatchingUp(("BTCUSDT", "ETHUSDT"), NOON),
    errors.CatchingUp(("BTCUSDT",), NOON, NOON),
    errors.NotYours(),
    errors.MovedAway(D("68430.9"), D("69000.1")),
)

"""The registry of fields: everything that can stand in a command, with its one line of help.

A command's parameters are named after these fields; what a field accepts is told by the lexicon.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.chat.reading import TypedFill, TypedLeg, TypedSize
from core.margin.pool import Side


def N_(text: str) -> str:  # noqa: N802 - gettext's name for "translate later"
    """Mark a sentence for the catalogue; whoever shows it translates it."""
    return text


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its value's type, help, the only values allowed, and whether completions exist."""

    name: str
    type: type
    help: str
    choices: tuple[str, ...] = ()
    suggests: bool = False


VENUE_NAMES = ("binance", "bybit", "okx", "hyperliquid")
ABOUT = ("liq", "funding", "delete", "snooze")
SETTING_KEYS = (
    "leverage",
    "margin",
    "wallet",
    "fee",
    "venue",
    "zone",
    "confirm",
    "mistakes",
    "default",
)

_ALL = (
    Field("side", Side, N_("long or short"), ("long", "short")),
    Field("symbol", str, N_("the coin, for example BTC"), suggests=True),
    Field("leverage", Decimal, N_("1 to 125, for example 10x")),
    Field("size", TypedSize, N_("margin 500, notional 5k, 0.1btc or 25%")),
    Field("entry", Decimal, N_("entry price; empty is the mark price")),
    Field("exit", Decimal, N_("exit price, or a move such as +5%")),
    Field("wallet", Decimal, N_("wallet balance in USDT")),
    Field("venue", str, N_("whose rules apply"), VENUE_NAMES),
    Field("mode", str, N_("isolated or cross"), ("isolated", "cross")),
    Field("add", Decimal, N_("margin to add or remove, +200 or -50")),
    Field("roe", Decimal, N_("return on margin in percent, for example 50%")),
    Field("percent", Decimal, N_("share in percent, for example 50%")),
    Field("sl", Decimal, N_("stop loss, a price or a move such as 5%")),
    Field("tp", Decimal, N_("take profit, a price or a move such as 5%")),
    Field("price", Decimal, N_("a price, for example 70k")),
    Field("about", str, N_("liq, funding, delete or snooze"), ABOUT),
    Field("id", str, N_("number of a position or an order")),
    Field("all", bool, N_("all of them"), ("yes", "no")),
    Field("off", bool, N_("take the stops away"), ("yes", "no")),
    Field("reduce", bool, N_("only close what is held, never open"), ("yes", "no")),
    Field("mine", bool, N_("only you see the answer"), ("yes", "no")),
    Field("legs", TypedLeg, N_("two positions: long btc short eth 10x 1000")),
    Field("fills", TypedFill, N_("fills: 0.1@60000 0.2@55000")),
    Field("shocks", tuple, N_("moves: btc -15% eth -20%")),
    Field("text", str, N_("your words")),
    Field("key", str, N_("which setting"), SETTING_KEYS),
    Field("value", str, N_("its new value")),
)

FIELDS: Mapping[str, Field] = {field.name: field for field in _ALL}
"""All fields by name."""

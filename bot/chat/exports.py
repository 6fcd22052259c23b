"""Everything that is kept of a person, as files: JSON with all of it, CSV with a line per event.

The JSON holds every field of every value under its own name, numbers as decimal text. The CSV is
what a spreadsheet wants: what happened, where, how much, and what the wallet held afterwards; the
accounts of challenges, which are other money, are in the JSON alone.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping

from bot.chat.plain import plain
from bot.chat.reply import File
from core.money import ZERO
from core.paper import events as e
from core.paper.account import bare
from core.paper.apply import apply
from core.services.everything import Everything, OwnAccount

COLUMNS = (
    "account",
    "market",
    "archived",
    "event",
    "at",
    "what",
    "position",
    "symbol",
    "side",
    "quantity",
    "price",
    "margin",
    "pnl",
    "fee",
    "amount",
    "wallet_after",
)
"""The CSV's columns; money in quote, quantities in base, times in UTC."""


def json_file(everything: Everything) -> File:
    """Return all of it."""
    text = json.dumps(plain(everything, _marked), ensure_ascii=False, indent=1)
    return File("marginbot.json", "application/json", text + "\n")


def csv_file(everything: Everything) -> File:
    """Return every event of every account of the portfolio, oldest first."""
    lines = io.StringIO()
    writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for owned in everything.accounts:
        writer.writerows(_rows(owned))
    return File("marginbot-history.csv", "text/csv", lines.getvalue())


def _rows(owned: OwnAccount) -> Iterator[dict[str, str]]:
    account = bare(owned.account.id, owned.account.market)
    for each in owned.history:
        account = apply(account, each.event, each.at)
        row: dict[str, object] = {
            "account": account.id,
            "market": account.market,
            "archived": "yes" if owned.archived else "no",
            "event": each.id,
            "at": each.at.isoformat(),
            "what": type(each.event).__name__,
            "wallet_after": account.wallet,
            **_columns(each.event),
        }
        yield {name: _cell(value) for name, value in row.items()}


def _columns(event: e.Event) -> Mapping[str, object]:
    """The columns that an event fills."""
    match event:
        case e.PositionIncreased(number=number, leg=leg):
            return {
                "position": number,
                "symbol": leg.symbol,
                "side": leg.side,
                "quantity": leg.quantity,
                **_named(event, "price", "margin", "fee"),
            }
        case e.PositionReduced() | e.FundingSettled():
            amount = {}
            if isinstance(event, e.FundingSettled):
                amount = {"price": event.mark, "amount": event.from_wallet + event.from_pocket}
            names = ("symbol", "side", "quantity", "price", "margin", "pnl", "fee")
            return {"position": event.number, **_named(event, *names), **amount}
        case e.OrderPlaced(order=order):
            wanted = ("symbol", "side", "quantity", "price")
            return {"position": order.number, **_named(order, *wanted)}
        case e.PoolLiquidated():
            parts = event.seized
            return {
                "position": " ".join(str(part.number) for part in parts),
                "symbol": " ".join(part.symbol for part in parts),
                "pnl": sum((part.pnl for part in parts), ZERO),
                "fee": event.fee,
                "amount": event.returned - event.collateral if event.whole else "",
            }
        case _:
            return _named(event, "symbol", "amount", ("position", "number"))


def _named(value: object, *names: str | tuple[str, str]) -> dict[str, object]:
    """Those of the named fields that a value has, under the name of their column."""
    pairs = (name if isinstance(name, tuple) else (name, name) for name in names)
    return {column: getattr(value, own) for column, own in pairs if hasattr(value, own)}


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(plain(value, _marked))


def _marked(name: str) -> dict[str, object]:
    """What tells an event's class in an export."""
    return {"is": name}

"""Prices and sums that cannot be meant: far from the mark, on the wrong side, beyond the wallet.

`65.000` is 65 here; whoever meant 65,000 is asked. A price written with `!` (`@30000!`) is meant,
however far it lies.
"""

from decimal import Decimal

from bot.chat.draft import Draft
from bot.chat.numbers import write_number
from bot.chat.reading import TypedSize
from core.margin.pool import Side
from core.margin.sizing import SizeKind
from core.money import ZERO

FAR = Decimal("0.5")
"""Further from the mark than this, a price is doubted."""
_THOUSAND = Decimal(1000)


def check(draft: Draft) -> None:
    """Check prices and sums against each other and the mark. Raises `Misread`."""
    mark = draft.context.marks.get(str(draft.values.get("symbol")))
    entry = draft.values.get("entry")
    start = entry if isinstance(entry, Decimal) else mark
    if "sl" in draft.values or "tp" in draft.values:
        _check_side(draft, start)
    if isinstance(entry, Decimal):
        _check_near(draft, "entry", mark)
    for name in ("exit", "sl", "tp", "price"):
        if name in draft.values:
            _check_near(draft, name, start)
    if "wallet" in draft.values:
        _check_wallet(draft, start)


def _check_side(draft: Draft, start: Decimal | None) -> None:
    """A long's stop lies below its entry, its target above; a short's the other way round."""
    side = draft.values.get("side")
    if start is None or not isinstance(side, Side):
        return
    for name, sign in (("sl", -side.sign), ("tp", side.sign)):
        price = draft.values.get(name)
        if isinstance(price, Decimal) and (price - start) * sign <= ZERO:
            hint = "below" if sign < ZERO else "above"
            tok = draft.where[name]
            fixed = draft.line.swapped(tok, f"{name} 5%")
            draft.line.fail(f"{name}_wrong_side", tok, hint=hint, suggestion=fixed)


def _check_near(draft: Draft, name: str, other: Decimal | None) -> None:
    """A price far from the mark is doubted, with the reading a thousand times larger beside it."""
    price, tok = draft.values[name], draft.where[name]
    if other is None or not isinstance(price, Decimal) or tok.meant:
        return
    if abs(price - other) <= FAR * other:
        return
    kept = (write_number(price), draft.line.renumbered(tok, write_number(price) + "!"))
    for factor in (_THOUSAND, 1 / _THOUSAND):
        meant = price * factor
        if abs(meant - other) <= FAR * other:
            text = write_number(meant)
            likely = (text, draft.line.renumbered(tok, text))
            draft.line.fail("price_far", tok, hint=name, options=(likely, kept))
    draft.line.fail("price_far", tok, hint=name, options=(kept,))


def _check_wallet(draft: Draft, start: Decimal | None) -> None:
    """Collateral beyond a wallet that stands in the same line."""
    size, wallet = draft.values.get("size"), draft.values["wallet"]
    if not isinstance(size, TypedSize) or not isinstance(wallet, Decimal):
        return
    leverage = draft.values.get("leverage", draft.context.defaults.leverage)
    needed = size.value if size.kind is SizeKind.MARGIN else ZERO
    if isinstance(leverage, Decimal):
        if size.kind is SizeKind.NOTIONAL:
            needed = size.value / leverage
        elif size.kind is SizeKind.QUANTITY and start is not None:
            needed = size.value * start / leverage
    if needed > wallet:
        tok = draft.where["size"]
        draft.line.fail("exceeds_wallet", tok, hint=write_number(wallet))

"""Lines with a shape of their own: pairs of legs, fills, shocks, settings.

Each form takes its own tokens out of the line and leaves the rest to the common readers.
"""

from collections.abc import Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.chat.amounts import HIGHEST_LEVERAGE
from bot.chat.draft import HUNDRED, Draft
from bot.chat.lexer import Tok
from bot.chat.lexicon import Kind
from bot.chat.line import Line
from bot.chat.numbers import read_number
from bot.chat.readers import gather
from bot.chat.reading import Context, TypedFill, TypedLeg, TypedSize
from bot.chat.settle import settle
from bot.chat.symbols import SymbolBook
from bot.chat.verbs import Verb
from bot.chat.words import SETTING_KEYS, VENUE_NAMES
from core.margin.pool import Side
from core.margin.sizing import SizeKind
from core.market import Symbol
from core.money import ONE, ZERO

_LEG = Verb("hedge", (), ("side", "symbol"), ("leverage", "size", "entry", "wallet", "venue"))
_LARGEST = Decimal("1e10")
"""More than this is no wallet; it also keeps every sum inside the ledger's columns."""


def read_legs(draft: Draft, book: SymbolBook) -> None:
    """`long btc short eth 10x 1000`: a leg begins at its side; what one alone says holds for all.

    Raises `Misread`.
    """
    starts = [i for i, tok in enumerate(draft.toks) if tok.kind is Kind.SIDE]
    if len(starts) < 2 or starts[0] != 0:
        _no_legs(draft)
    parts = [
        _leg(draft.line, draft.toks[start:end], draft.context, book)
        for start, end in zip(starts, [*starts[1:], len(draft.toks)], strict=True)
    ]
    shared = {
        name: found[0]
        for name in ("leverage", "size", "wallet", "venue")
        if len(found := [part[name] for part in parts if name in part]) == 1
    }
    draft.values["legs"] = tuple(_typed(part, shared) for part in parts)
    draft.values.update({k: v for k, v in shared.items() if k in {"wallet", "venue"}})
    draft.at = len(draft.toks)


def _no_legs(draft: Draft) -> None:
    sample = "long btc short eth 10x 1000"
    kind = "empty" if not draft.toks else "missing_side"
    draft.line.fail(kind, options=((sample, draft.line.say((sample,))),))


def _leg(line: Line, toks: Sequence[Tok], context: Context, book: SymbolBook) -> dict[str, object]:
    """One leg's own words."""
    part = Draft(_LEG, line, toks, context)
    gather(part)
    settle(part, book)
    if "symbol" not in part.values:
        fixed = line.swapped(toks[0], f"{line.token(toks[0])} btc")
        line.fail("missing_symbol", toks[0], options=(("BTC", fixed),))
    return part.values


def _typed(part: dict[str, object], shared: dict[str, object]) -> TypedLeg:
    both = {**shared, **part}
    side, symbol, leverage = both["side"], both["symbol"], both.get("leverage")
    size, entry = both.get("size"), both.get("entry")
    assert isinstance(side, Side)
    return TypedLeg(
        side,
        Symbol(str(symbol)),
        leverage if isinstance(leverage, Decimal) else None,
        size if isinstance(size, TypedSize) else None,
        entry if isinstance(entry, Decimal) else None,
    )


def read_fills(draft: Draft) -> None:
    """`0.1@60000 0.2@55000`: an amount before each price; whole numbers are margin.

    Raises `Misread`.
    """
    fills, rest, toks = [], [], list(draft.toks)
    for i, tok in enumerate(toks):
        after = toks[i + 1 : i + 3]
        slot = len(after) == 2 and after[0].kind is Kind.SLOT and after[0].name == "entry"
        if slot and tok.kind in {Kind.NUMBER, Kind.DOLLARS, Kind.MONEY, Kind.QUANTITY}:
            fills.append(_fill(draft, tok, after[1]))
            toks[i + 1 : i + 3] = [after[0]._replace(kind=Kind.FILLER)] * 2
            if tok.kind is Kind.QUANTITY:
                rest.append(tok._replace(kind=Kind.SYMBOL))
        elif tok.kind is not Kind.FILLER:
            rest.append(tok)
    if fills:
        draft.values["fills"] = tuple(fills)
    draft.toks = rest


def _fill(draft: Draft, amount: Tok, price: Tok) -> TypedFill:
    """One fill; a fraction or a coin's name makes it a quantity."""
    if price.kind is not Kind.NUMBER or price.number <= ZERO:
        draft.line.fail("bad_number", price)
    coins = amount.kind is Kind.QUANTITY or amount.number != amount.number.to_integral_value()
    kind = SizeKind.QUANTITY if coins else SizeKind.MARGIN
    return TypedFill(TypedSize(kind, draft.positive(amount)), price.number)


def read_shocks(draft: Draft) -> None:
    """`btc -15% eth -20%`: a coin and a signed percentage, repeated. Raises `Misread`."""
    shocks: list[tuple[Symbol, Decimal]] = []
    rest: list[Tok] = []
    toks = list(draft.toks)
    while toks:
        tok = toks.pop(0)
        if tok.kind is not Kind.SYMBOL:
            rest.append(tok)
            continue
        move = toks.pop(0) if toks else None
        if move is None or move.kind is not Kind.PERCENT or not move.sign:
            where = move or tok
            fixed = draft.line.swapped(move, f"-{abs(move.number):f}%") if move else ""
            draft.line.fail("bad_number", where, hint="sign", suggestion=fixed)
        if not -HUNDRED < move.number <= 1000:
            draft.line.fail("percent_out_of_range", move, hint="move")
        if tok.name in {symbol for symbol, _ in shocks}:
            draft.line.fail("duplicate_field", tok, hint="symbol")
        shocks.append((Symbol(tok.name), move.number))
    if shocks:
        draft.values["shocks"] = tuple(shocks)
    draft.toks = rest


def read_setting(line: Line) -> dict[str, object]:
    """`leverage 20`, `wallet 5k`, `venue bybit`, `default`. Raises `Misread`."""
    words = [word for word in line.words if word not in {"=", "to"}]
    if not words:
        return {}
    key = words[0].lower().rstrip("=:")
    key = {"lev": "leverage", "bal": "wallet", "balance": "wallet", "reset": "default"}.get(
        key, key
    )
    if key not in SETTING_KEYS:
        options = tuple((k, line.say((k,))) for k in ("leverage 20", "wallet 5000"))
        line.fail("unknown_token", Tok(Kind.UNKNOWN, 0, 1), options=options)
    if key == "default":
        return {"key": key}
    typed = " ".join(words[1:]).strip()
    if not typed:
        line.fail("missing_amount", hint=key, suggestion=line.say((f"{key} {_SAMPLES[key]}",)))
    value = _setting(key, typed)
    if value is None:
        tok = Tok(Kind.BAD, 1, len(line.words))
        line.fail("bad_number", tok, hint=key, suggestion=line.say((f"{key} {_SAMPLES[key]}",)))
    return {"key": key, "value": value}


_SAMPLES = {
    "leverage": "20",
    "margin": "500",
    "wallet": "5000",
    "fee": "0.05%",
    "venue": "bybit",
    "zone": "Europe/Berlin",
    "confirm": "on",
}


def _setting(key: str, typed: str) -> object:
    """A setting's value, or None where it is none."""
    match key:
        case "venue":
            name = {"hl": "hyperliquid"}.get(typed.lower(), typed.lower())
            return name if name in VENUE_NAMES else None
        case "confirm":
            return {"on": True, "yes": True, "off": False, "no": False}.get(typed.lower())
        case "zone":
            return _zone(typed)
        case "fee":
            number = read_number(typed.removesuffix("%"))
            return number if number is not None and ZERO <= number <= ONE else None
        case "leverage":
            number = read_number(typed.lower().removesuffix("x"))
            fits = number is not None and ONE <= number <= HIGHEST_LEVERAGE
            return _kept(number) if fits else None
        case _:
            number = read_number(typed.upper().removesuffix("USDT").lower())
            fits = number is not None and ZERO < number <= _LARGEST
            return _kept(number) if fits else None


def _kept(number: Decimal | None) -> Decimal | None:
    """Cut a setting to the eight decimals that are kept."""
    return None if number is None else number.quantize(Decimal("1e-8")).normalize() + ZERO


def _zone(typed: str) -> str | None:
    """An IANA zone's name, or None."""
    if len(typed) > 40 or not typed.replace("/", "").replace("_", "").replace("-", "").isalnum():
        return None
    try:
        return ZoneInfo(typed).key
    except (KeyError, ValueError, OSError):
        return None

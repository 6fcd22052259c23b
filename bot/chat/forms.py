"""Lines with a shape of their own: pairs of legs, fills, shocks, alerts.

Each form takes its own tokens out of the line and leaves the rest to the common readers.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import NoReturn

from bot.chat.draft import HUNDRED, Draft
from bot.chat.lexer import Tok
from bot.chat.lexicon import Kind
from bot.chat.numbers import write_number
from bot.chat.readers import gather
from bot.chat.reading import TypedFill, TypedLeg, TypedSize
from bot.chat.settle import settle
from bot.chat.symbols import SymbolBook, base_of, per_contract
from bot.chat.verbs import Verb
from core.margin.pool import Side
from core.margin.sizing import SizeKind
from core.market import Symbol
from core.money import ZERO

_LEG = Verb("hedge", (), ("side", "symbol"), ("leverage", "size", "entry", "wallet", "venue"))
_RISES = frozenset(("long", "rises", "rise", "pumps", "pump", "gains", "jumps"))
_COINS = frozenset((Kind.SYMBOL, Kind.QUANTITY))
_LEG_KINDS = _COINS | {Kind.SIDE}


def read_legs(draft: Draft, book: SymbolBook) -> None:
    """`long btc short eth 10x 1000`: what is said once holds for both. Raises `Misread`."""
    before, *legs = _parted(draft.toks)
    if len(legs) < 2:
        _no_legs(draft, legs)
    common = _leg(draft, before, book)
    parts = [_leg(draft, toks, book) for toks in legs]
    for part, toks in zip(parts, legs, strict=True):
        if "symbol" not in part:
            fixed = draft.line.swapped(toks[0], f"{draft.line.token(toks[0])} btc")
            draft.line.fail("missing_symbol", toks[0], options=(("BTC", fixed),))
        if "side" not in part:
            _sideless(draft, toks, len(legs))
    if len(legs) > 2:
        _too_many(draft, legs)
    shared = {
        name: found[0]
        for name in ("leverage", "size", "wallet", "venue")
        if len(found := [part[name] for part in (common, *parts) if name in part]) == 1
    }
    draft.values["legs"] = tuple(_typed(part, {**shared, **common}) for part in parts)
    draft.values.update({k: v for k, v in shared.items() if k in {"wallet", "venue"}})
    draft.at = len(draft.toks)


def _parted(toks: Sequence[Tok]) -> list[list[Tok]]:
    """What stands before the legs, then each leg: a second side or coin begins the next one."""
    parts: list[list[Tok]] = [[]]
    side, coin = "", ""
    for tok in toks:
        named = tok.kind in _COINS
        if tok.kind is Kind.SIDE or named:
            fresh = (
                (side or len(parts) == 1) if tok.kind is Kind.SIDE else coin not in {"", tok.name}
            )
            if fresh or len(parts) == 1:
                parts.append([])
                side, coin = "", ""
            side, coin = (side, tok.name) if named else (tok.name, coin)
        parts[-1].append(tok)
    return parts


def _sideless(draft: Draft, toks: Sequence[Tok], legs: int) -> None:
    """A coin without a side: the second one of a pair, or one coin too many in a leg."""
    coin, line = toks[0], draft.line
    if legs > 2:
        line.fail("two_symbols", coin, options=(("-", line.swapped(coin, "")),))
    name = line.token(coin)
    options = tuple((side, line.swapped(coin, f"{side} {name}")) for side in ("long", "short"))
    line.fail("missing_side", coin, options=options)


def _too_many(draft: Draft, legs: Sequence[Sequence[Tok]]) -> None:
    """A hedge has two legs: show the line with two of them, each pair of three."""
    line = draft.line
    pairs = combinations(range(len(legs)), 2) if len(legs) == 3 else ((0, 1),)
    options = []
    for pair in pairs:
        gone = {
            word
            for number, toks in enumerate(legs)
            if number not in pair
            for tok in toks
            if tok.kind in _LEG_KINDS
            for word in range(tok.start, tok.end)
        }
        said = line.say([word for at, word in enumerate(line.words) if at not in gone])
        options.append((" + ".join(_coin(legs[number]) for number in pair), said))
    third = next(tok for tok in legs[2] if tok.kind in _COINS)
    line.fail("unknown_token", third, hint="legs", options=tuple(options))


def _coin(toks: Sequence[Tok]) -> str:
    return base_of(next(tok.name for tok in toks if tok.kind in _COINS))


def _no_legs(draft: Draft, legs: Sequence[Sequence[Tok]]) -> None:
    """Fewer legs than two: show the line with a second one, or a whole line."""
    line = draft.line
    kinds = {tok.kind for toks in legs for tok in toks}
    if Kind.SIDE in kinds and kinds & _COINS:
        tok = next(tok for tok in legs[0] if tok.kind is Kind.SIDE)
        coin = "btc" if _coin(legs[0]) == "ETH" else "eth"
        second = f"{'long' if tok.name == 'short' else 'short'} {coin}"
        line.fail("missing_side", hint="second_leg", options=((second, line.last(second)),))
    sample = "long btc short eth 10x 1000"
    kind = "missing_side" if line.words else "empty"
    line.fail(kind, options=((sample, line.say((sample,))),))


def _leg(draft: Draft, toks: Sequence[Tok], book: SymbolBook) -> dict[str, object]:
    """One leg's own words; its notes are the line's."""
    part = Draft(_LEG, draft.line, toks, draft.context)
    gather(part)
    settle(part, book)
    draft.notes += [note for note in part.notes if note not in draft.notes]
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
    """`0.1@60000 0.2@55000`: an amount before each price. Raises `Misread`.

    Whole bare numbers are margin; where one of them has a fraction, all of them count coins.
    """
    pairs: list[tuple[Tok, Tok]] = []
    rest: list[Tok] = []
    toks = list(draft.toks)
    while toks:
        tok = toks.pop(0)
        if tok.kind in _AMOUNTS and len(toks) > 1 and _is_entry(toks[0]):
            pairs.append((tok, toks[1]))
            del toks[:2]
            if tok.kind is Kind.QUANTITY:
                rest.append(tok._replace(kind=Kind.SYMBOL))
        else:
            rest.append(tok)
    if not pairs:
        _no_pairs(draft)
    counted = any(amount.kind is Kind.NUMBER and _fraction(amount) for amount, _ in pairs)
    if pairs:
        draft.values["fills"] = tuple(_fill(draft, *pair, counted=counted) for pair in pairs)
    draft.toks = rest


def _no_pairs(draft: Draft) -> None:
    """Numbers without `@`: show the line with one before each price."""
    line, toks = draft.line, draft.toks
    found = [
        tok
        for before, tok in pairwise((None, *toks))
        if tok and tok.kind in _AMOUNTS and not (before and before.kind is Kind.SLOT)
    ]
    if any(tok.end != tok.start + 1 or tok.sign for tok in found):
        return
    words = list(line.words)
    if len(found) == 1:
        coin = next((tok.name for tok in toks if tok.kind in _COINS), "")
        mark = draft.context.marks.get(coin)
        words[found[0].start] += f"@{write_number(mark)}" if mark is not None else ""
        fixed = line.say(words) if mark is not None else ""
        line.fail("missing_amount", found[0], hint="fill_price", suggestion=fixed)
    if found and not len(found) % 2:
        for amount, price in zip(found[::2], found[1::2], strict=True):
            words[price.start] = f"{words[amount.start]}@{words[price.start]}"
            words[amount.start] = ""
        fixed = line.say([word for word in words if word])
        line.fail("ambiguous_number", found[1], hint="fills", suggestion=fixed)


_AMOUNTS = frozenset((Kind.NUMBER, Kind.DOLLARS, Kind.MONEY, Kind.QUANTITY))


def _is_entry(tok: Tok) -> bool:
    """Whether a token is the `@` or `at` before a price."""
    return tok.kind is Kind.SLOT and tok.name == "entry"


def _fraction(tok: Tok) -> bool:
    """Whether a number was typed with decimals; nobody writes 1.0 USDT."""
    return tok.number.as_tuple().exponent not in range(1000)


def _fill(draft: Draft, amount: Tok, price: Tok, *, counted: bool) -> TypedFill:
    """One fill; a coin's name makes it a quantity, as does a fraction in any of them."""
    if price.kind is not Kind.NUMBER or price.number <= ZERO:
        draft.line.fail("bad_number", price)
    value = draft.positive(amount)
    if amount.kind is Kind.QUANTITY:
        value /= per_contract(amount.note, amount.name)
    coins = amount.kind is Kind.QUANTITY or (amount.kind is Kind.NUMBER and counted)
    return TypedFill(
        TypedSize(SizeKind.QUANTITY if coins else SizeKind.MARGIN, value), price.number
    )


def read_shocks(draft: Draft) -> None:
    """`btc -15% eth -20%`: a coin and a signed percentage, repeated. Raises `Misread`."""
    shocks: list[tuple[Symbol, Decimal]] = []
    rest: list[Tok] = []
    toks = list(draft.toks)
    while toks:
        tok = toks.pop(0)
        if tok.kind is Kind.PERCENT:
            fixed = draft.line.swapped(tok, f"btc {draft.line.token(tok)}")
            draft.line.fail("missing_symbol", tok, options=(("BTC", fixed),))
        if tok.kind is not Kind.SYMBOL:
            rest.append(tok)
            continue
        move = toks.pop(0) if toks else None
        if move is None or move.kind is not Kind.PERCENT or not move.sign:
            _no_move(draft, tok, move, toks[:1])
        if not -HUNDRED < move.number <= 1000:
            draft.line.fail("percent_out_of_range", move, hint="move")
        if tok.name in {symbol for symbol, _ in shocks}:
            draft.line.fail("duplicate_field", tok, hint="symbol")
        shocks.append((Symbol(tok.name), move.number))
    if rest and not shocks and rest[0].kind is Kind.PERCENT:
        draft.line.fail("missing_symbol", options=(("BTC", draft.line.first("btc")),))
    if shocks:
        draft.values["shocks"] = tuple(shocks)
    draft.toks = rest


def _no_move(draft: Draft, coin: Tok, move: Tok | None, after: Sequence[Tok]) -> NoReturn:
    """A coin without a signed percentage behind it: show the line with one."""
    line = draft.line
    if move is not None and after and after[0].kind is Kind.PERCENT:  # "btc drops 15%"
        sign = "+" if move.name in _RISES else "-"
        both = move._replace(end=after[0].end)
        fixed = line.swapped(both, f"{sign}{abs(after[0].number):f}%")
        line.fail("bad_number", both, hint="sign", suggestion=fixed)
    if move is not None and move.kind in {Kind.NUMBER, Kind.PERCENT, Kind.UNKNOWN}:
        wanted = f"-{abs(move.number):f}%" if move.number else "-15%"
        line.fail("bad_number", move, hint="sign", suggestion=line.swapped(move, wanted))
    fixed = line.swapped(coin, f"{line.token(coin)} -15%")
    line.fail("bad_number", coin, hint="sign", suggestion=fixed)


ABOUT: Mapping[str, str] = {
    **dict.fromkeys(("liq", "liquidation", "liqprice"), "liq"),
    **dict.fromkeys(("funding", "fund"), "funding"),
    **dict.fromkeys(("delete", "del", "drop", "remove"), "delete"),
    **dict.fromkeys(("snooze", "pause", "mute"), "snooze"),
}
"""Words that say what an alert is about, or what becomes of it."""


def read_about(draft: Draft) -> None:
    """`liq 5%`, `funding btc`, `delete #3`: the word that makes another alert of it."""
    for tok in draft.toks:
        word = draft.line.token(tok).lower()
        if word in ABOUT:
            draft.put("about", ABOUT[word], tok)
            draft.toks = [other for other in draft.toks if other is not tok]
            return

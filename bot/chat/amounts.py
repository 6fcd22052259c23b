"""Tokens that carry a number of their own: leverage, money, coins, shares."""

from decimal import Decimal

from bot.chat.draft import HUNDRED, Draft
from bot.chat.lexer import Tok
from bot.chat.lexicon import Kind
from bot.chat.numbers import write_number
from bot.chat.symbols import base_of
from core.margin.sizing import SizeKind
from core.money import ONE

HIGHEST_LEVERAGE = Decimal(125)
_CENT = Decimal("0.01")


def read_leverage(draft: Draft, tok: Tok) -> None:
    """1 to 125, two decimals at most. Raises `Misread`."""
    value = tok.number
    if ONE <= value <= HIGHEST_LEVERAGE:
        if value.as_tuple().exponent in {0, -1, -2} or value == value.quantize(_CENT):
            draft.put("leverage", value, tok)
            return
        hint = "decimals"
    else:
        hint = "too_high" if value > ONE else "use_1x"
    nearest = min(max(value, ONE), HIGHEST_LEVERAGE).quantize(_CENT)
    fixed = draft.line.renumbered(tok, write_number(nearest) + "x")
    draft.line.fail("leverage_out_of_range", tok, hint=hint, suggestion=fixed)


def read_number(draft: Draft, tok: Tok) -> None:
    """A number without a word: an amount of the coin behind it, or left for the end."""
    if tok.sign and draft.takes("add"):
        draft.put("add", tok.number, tok)
        return
    if tok.sign == "+":
        more = bool(draft.bare) or "size" in draft.values or not draft.sized
        number = "" if more else write_number(tok.number)
        fixed = draft.line.swapped(tok, "") if more else draft.line.renumbered(tok, number)
        draft.line.fail("unknown_token", tok, hint="add", suggestion=fixed)
    draft.positive(tok)
    coin = draft.peek()
    glued = coin is not None and coin.kind is Kind.SYMBOL and coin.start == tok.end
    if coin is not None and glued and draft.sized and tok.kind is Kind.NUMBER:
        read_spaced(draft, tok, coin)
    else:
        draft.bare.append(tok)


def read_spaced(draft: Draft, tok: Tok, coin: Tok, money: str = "margin") -> None:
    """`0.5 btc` is an amount of coins; `500 btc` may be either, so we ask."""
    if tok.number.as_tuple().exponent not in range(1000):
        draft.put_quantity(tok.number, coin, tok)
        return
    number, line = write_number(tok.number), draft.line
    options = (
        (f"{number} USDT", line.swapped(tok, f"{money} {number}")),
        (f"{number} {base_of(coin.name)}", line.swapped(tok, f"qty {number}")),
    )
    line.fail("ambiguous_number", tok, hint="coin", options=options)


def read_money(draft: Draft, tok: Tok) -> None:
    """`500 usdt`: collateral, where the command takes a size."""
    if draft.sized and not tok.sign:
        draft.put_size(SizeKind.MARGIN, draft.positive(tok), tok)
    else:
        read_number(draft, tok)


def read_quantity(draft: Draft, tok: Tok) -> None:
    """`0.1btc`: an amount, and the coin at once."""
    draft.put_symbol(tok)
    draft.positive(tok)
    draft.put_quantity(tok.number, tok, tok)


def read_percent(draft: Draft, tok: Tok) -> None:
    """A share: of margin gained, of a position, of the wallet; or a move of the price."""
    if draft.takes("roe"):
        draft.put("roe", tok.number, tok)
    elif "exit" in draft.verb.required or (draft.takes("exit") and tok.sign):
        read_move(draft, tok)
    elif draft.takes("percent"):
        draft.put("percent", draft.share(tok), tok)
    elif draft.sized:
        draft.put_size(SizeKind.WALLET_PERCENT, draft.share(tok), tok)
    elif draft.takes("sl") and not {"sl", "tp"} & draft.values.keys():
        draft.share(tok._replace(number=abs(tok.number)))
        draft.put("sl", write_number(tok.number) + "%", tok)
    else:
        draft.line.fail("unknown_token", tok, suggestion=draft.line.swapped(tok, ""))


def read_move(draft: Draft, tok: Tok) -> None:
    """`+5%`: an exit that far from the entry; it becomes a price when the entry is known."""
    if tok.number <= -HUNDRED:
        draft.line.fail("percent_out_of_range", tok, hint="move")
    draft.put("percent", tok.number, tok)


def read_share(draft: Draft, tok: Tok) -> None:
    """`half`, `quarter`, `max`."""
    if draft.takes("percent") and not draft.takes("exit"):
        draft.put("percent", tok.number, tok)
    else:
        draft.put_size(SizeKind.WALLET_PERCENT, tok.number, tok)


def read_bad(draft: Draft, tok: Tok) -> None:
    """A number that is none. Raises `Misread` with the number it may have been."""
    fixed = draft.line.renumbered(tok, tok.name) if tok.name else ""
    draft.line.fail("bad_number", tok, hint=tok.name, suggestion=fixed)

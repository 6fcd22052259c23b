"""What a command cannot do without, and how to ask for it: one question, ready answers.

The side, the size and the coin are never guessed. Each missing field has its own kind of error and
lines to choose from.
"""

from collections.abc import Callable, Mapping

from bot.chat.draft import Draft
from bot.chat.lexicon import Kind
from bot.chat.numbers import short_number, write_number
from bot.chat.reading import Context
from bot.chat.settle import NEAR
from bot.chat.verbs import Verb

_COINS = ("btc", "eth", "sol")
_SAMPLES: Mapping[str, str] = {
    "side": "long",
    "symbol": "btc",
    "leverage": "10x",
    "size": "100",
    "roe": "50%",
    "add": "100",
    "mode": "cross",
    "price": "@{up}",
    "exit": "-> {up}",
    "legs": "long btc short eth 10x 1000",
    "fills": "0.1@{price} 0.2@{up}",
    "shocks": "btc -15% eth -20%",
    "text": "isolated or cross",
    "key": "leverage",
    "value": "20",
    "venue": "bybit",
}
"""What stands for a field in an example line; prices follow the mark of BTC."""
_TRADES = ("10x long btc", "short eth 20x 250", "0.1btc long 10x")


def demand(draft: Draft) -> None:
    """Check that every needed field is there. Raises `Misread`."""
    for name in draft.verb.required:
        if name not in draft.values:
            if not draft.line.words and name != "mode":
                examples = example_lines(draft.verb, draft.line.head, draft.context)
                options = tuple((line, line) for line in examples)
                draft.line.fail("empty", options=options)
            _ASK.get(name, _amount)(draft)
    if draft.takes("about"):
        _alert(draft)


def example_lines(verb: Verb, head: str, context: Context) -> tuple[str, ...]:
    """Return up to three lines that show a command, with prices near the marks."""
    if {"side", "symbol"} == set(verb.required):
        return tuple(f"{head} {words}" for words in _TRADES)
    return (f"{head} {sample_words(verb, context)}".strip(),)


def sample_words(verb: Verb, context: Context) -> str:
    """Return one example of every field that a command needs."""
    mark = context.marks.get("BTCUSDT")
    prices = {"price": "60000", "up": "63000"}
    if mark:
        ten = mark.scaleb(-1).to_integral_value().scaleb(1)
        prices = {"price": write_number(ten), "up": short_number(ten + ten.scaleb(-1))}
    words = (_SAMPLES.get(name, "") for name in verb.required)
    return " ".join(word.format(**prices) for word in words if word)


def _side(draft: Draft) -> None:
    sides = (("long", draft.line.first("long")), ("short", draft.line.first("short")))
    draft.line.fail("missing_side", options=sides)


def _symbol(draft: Draft) -> None:
    # Behind a number the coin would be what is counted.
    counts = draft.toks and draft.toks[-1].kind is Kind.NUMBER
    place = draft.line.first if counts else draft.line.last
    options = tuple((coin.upper(), place(coin)) for coin in _COINS)
    draft.line.fail("missing_symbol", options=(*draft.coins, *options))


def _size(draft: Draft) -> None:
    loose = draft.toks and draft.toks[-1].kind is Kind.SLOT  # it would take the number for itself
    word = "margin " if loose else ""
    options = tuple((size, draft.line.last(word + size)) for size in ("50", "100", "250"))
    draft.line.fail("missing_size", options=options)


def _mode(draft: Draft) -> None:
    options = tuple((mode, draft.line.first(mode)) for mode in ("isolated", "cross"))
    draft.line.fail("missing_mode", options=options)


def _exit(draft: Draft) -> None:
    mark = draft.context.marks.get(str(draft.values.get("symbol")))
    entry = draft.values.get("entry")
    lone = draft.where.get("size")
    bare = lone is not None and lone.kind is Kind.NUMBER and lone.end == lone.start + 1
    if lone is not None and bare and mark is not None and abs(lone.number - mark) <= NEAR * mark:
        fixed = draft.line.swapped(lone, f"-> {draft.line.token(lone)}")
        draft.line.fail("missing_exit", lone, suggestion=fixed)
    guessed = next((note for note in draft.notes if note.code == "entry_near_mark"), None)
    if guessed:
        tok = draft.where["entry"]
        fixed = draft.line.swapped(tok, f"-> {draft.line.token(tok)}")
        draft.line.fail("missing_exit", tok, suggestion=fixed)
    if mark is None and not entry:
        draft.line.fail("missing_exit")  # a move would have no price to start from
    text = f"-> {write_number(mark)}" if mark is not None and entry else "+5%"
    draft.line.fail("missing_exit", suggestion=draft.line.last(text))


def _roe(draft: Draft) -> None:
    tok = draft.where.get("size")
    if tok and tok.kind is Kind.NUMBER and tok.end == tok.start + 1:
        roe = write_number(tok.number) + "%"
        draft.line.fail("no_target", tok, options=((roe, draft.line.renumbered(tok, roe)),))
    options = tuple((roe, draft.line.last(roe)) for roe in ("50%", "100%"))
    draft.line.fail("no_target", options=options)


def _amount(draft: Draft) -> None:
    missing = [name for name in draft.verb.required if name not in draft.values]
    words = " ".join(_SAMPLES.get(name, "") for name in missing[:1])
    fixed = draft.line.last(words) if words and "{" not in words else ""
    if missing[0] == "fills":
        fixed = _fills(draft)
    draft.line.fail("missing_amount", hint=missing[0], suggestion=fixed)


def _price(draft: Draft) -> None:
    """The line with the mark at its end, to be changed."""
    mark = draft.context.marks.get(str(draft.values.get("symbol")))
    fixed = draft.line.last(f"@{write_number(mark)}") if mark is not None else ""
    draft.line.fail("missing_amount", hint="price", suggestion=fixed)


_ALERTS: Mapping[object, frozenset[str]] = {
    None: frozenset(("symbol", "price", "id")),
    "liq": frozenset(("percent",)),
    "funding": frozenset(("symbol",)),
    "delete": frozenset(("id",)),
    "snooze": frozenset(("id",)),
}
"""What goes with the word that says what an alert is about."""


def _alert(draft: Draft) -> None:
    """A price needs its coin and a coin its price; what does not go together is refused."""
    values, about = draft.values, draft.values.get("about")
    for name in [each for each in values if each not in {*_ALERTS[about], "about"}]:
        tok = draft.where[name]
        bare = about is None and name == "percent"
        fixed = draft.line.first("liq") if bare else draft.line.swapped(tok, "")
        draft.line.fail("unknown_token", tok, hint=name, suggestion=fixed)
    if about is None and "price" in values and "symbol" not in values:
        _symbol(draft)
    if about is None and "symbol" in values and "price" not in values:
        _price(draft)


def _fills(draft: Draft) -> str:
    """The line with two fills of 100 USDT, one at the mark and one a tenth above it."""
    mark = draft.context.marks.get(str(draft.values.get("symbol")))
    if mark is None:
        return ""
    above = (mark + mark.scaleb(-1)).quantize(mark)
    return draft.line.last(f"100@{write_number(mark)} 100@{write_number(above)}")


_ASK: Mapping[str, Callable[[Draft], None]] = {
    "side": _side,
    "symbol": _symbol,
    "size": _size,
    "mode": _mode,
    "exit": _exit,
    "roe": _roe,
    "price": _price,
}

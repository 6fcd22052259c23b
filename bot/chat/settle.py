"""What is left at the end of a line: bare numbers, unknown words, and fields of other commands.

A single bare number is collateral. Of two, one near the mark is the entry, where nothing but a look
depends on it; everything else is asked, never guessed.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NoReturn

from bot.chat.amounts import HIGHEST_LEVERAGE, read_leverage
from bot.chat.draft import HUNDRED, SIDES, Draft
from bot.chat.lexer import Tok
from bot.chat.numbers import write_number
from bot.chat.reading import Note
from bot.chat.say import coin_word
from bot.chat.symbols import OTHER_QUOTES, QUOTE, SymbolBook
from core.margin.sizing import SizeKind

NEAR = Decimal("0.3")
"""How far from the mark a bare number may stand and still be taken for a price."""

_LONE = ("add", "price", "roe", "exit")
"""Fields that a bare number fills when the command needs them and takes no size."""
_OF_ALERTS: Mapping[object, str] = {None: "price", "liq": "", "funding": ""}
"""What a bare number is by what an alert is about; else the number of one."""
_BOTH_MODES = frozenset(("compare", "hedge"))


def settle(draft: Draft, book: SymbolBook) -> None:
    """Place what is left. Raises `Misread`."""
    if draft.unknown:
        _settle_unknown(draft, book)
    if draft.hint:
        _settle_hint(draft, draft.hint)
    if draft.bare:
        _settle_bare(draft)
    if not draft.values.keys() <= draft.verb.fields:
        _settle_strangers(draft)


def _settle_unknown(draft: Draft, book: SymbolBook) -> None:
    """An unknown word is an unlisted coin while the coin is missing; else nobody knows."""
    tok, line = draft.unknown[0], draft.line
    if draft.verb.name == "venue" and "venue" not in draft.values:
        draft.put("venue", tok.name, tok)
        return
    typed = tok.name.lstrip("$#0123456789.,@")
    quote = book.other_quote(typed)
    if quote:
        base = typed[: -len(quote)].strip("/-_:")
        line.fail("unsupported_quote", tok, hint=quote, suggestion=line.swapped(tok, base))
    if draft.takes("symbol") and "symbol" not in draft.values and typed.isalnum():
        if typed in book.shy:
            named = book.shy[typed]
            draft.put_symbol(tok._replace(name=named.symbol, note=named.note))
            draft.unknown.remove(tok)
            if draft.unknown:
                _settle_unknown(draft, book)
            return
        marks = draft.context.marks
        # Coins with a price first: the others' next question is at which entry.
        near = sorted(book.near(typed), key=lambda name: f"{name}{QUOTE}" not in marks)
        options = tuple((name, line.swapped(tok, coin_word(name))) for name in near)
        line.fail("unknown_symbol", tok, options=options)
    coin = draft.where.get("symbol")
    if coin and coin.end == tok.start and typed in OTHER_QUOTES:
        line.fail("unsupported_quote", tok, hint=typed.upper(), suggestion=line.swapped(tok, ""))
    line.fail("unknown_token", tok, suggestion=line.swapped(tok, ""))


def _settle_hint(draft: Draft, hint: Tok) -> None:
    """A coloured sign is a side where no word is; it must not contradict a word."""
    side = SIDES[hint.name]
    if not draft.takes("side"):
        return
    if draft.values.get("side", side) is not side:
        draft.line.fail("conflicting_side", hint, suggestion=draft.line.swapped(hint, ""))
    if "side" not in draft.values:
        draft.put("side", side, hint)
        draft.notes.append(
            Note("emoji_side", {"token": draft.line.token(hint), "side": side.value})
        )


def _settle_bare(draft: Draft) -> None:
    """Give bare numbers their fields."""
    bare, draft.bare = draft.bare, []
    lone = _lone_field(draft)
    if len(bare) == 1 and lone:
        _put_lone(draft, lone, bare[0])
        return
    if not draft.verb.writes:
        bare = _take_entry(draft, bare)
    if len(bare) == 1 and draft.sized and "size" not in draft.values and not _closing(draft):
        draft.put_size(SizeKind.MARGIN, bare[0].number, bare[0])
        draft.notes.append(Note("bare_margin", {"token": draft.line.token(bare[0])}))
    elif bare:
        _ambiguous(draft, bare)


def _lone_field(draft: Draft) -> str:
    """The field that a single bare number fills in commands without a size."""
    verb = draft.verb
    if draft.takes("about"):
        field = _OF_ALERTS.get(draft.values.get("about"), "id")
        return "" if field in draft.values else field
    if draft.takes("id") and not {"symbol", "id"} & draft.values.keys():
        return "id"
    if draft.sized:
        return ""
    for name in _LONE:
        if name in verb.required and name not in draft.values:
            return name
    if "leverage" in verb.required and "leverage" not in draft.values and not draft.takes("entry"):
        return "leverage"
    return "sl" if draft.takes("sl") and not {"sl", "tp"} & draft.values.keys() else ""


def _put_lone(draft: Draft, name: str, tok: Tok) -> None:
    if name == "id":
        if tok.number != tok.number.to_integral_value():
            _ambiguous(draft, [tok])
        draft.put("id", write_number(tok.number), tok)
    elif name == "leverage":
        read_leverage(draft, tok)
    elif name == "add":
        draft.put("add", -tok.number if draft.taking_away else tok.number, tok)
    elif name == "roe" and _near(draft, tok) and draft.takes("entry"):
        _put_entry(draft, tok)
    else:
        draft.put(name, tok.number, tok)


def _take_entry(draft: Draft, bare: list[Tok]) -> list[Tok]:
    """Of two bare numbers (or one beside a size), the one near the mark is the entry."""
    numbers = len(bare) + ("size" in draft.values or not draft.sized)
    if "entry" in draft.values or not draft.takes("entry") or numbers != 2:
        return bare
    close = [tok for tok in bare if _near(draft, tok)]
    if len(close) != 1:
        return bare
    _put_entry(draft, close[0])
    return [tok for tok in bare if tok is not close[0]]


def _put_entry(draft: Draft, tok: Tok) -> None:
    draft.put("entry", tok.number, tok)
    draft.notes.append(Note("entry_near_mark", {"token": draft.line.token(tok)}))


def _near(draft: Draft, tok: Tok) -> bool:
    mark = draft.context.marks.get(str(draft.values.get("symbol")))
    return mark is not None and abs(tok.number - mark) <= NEAR * mark


def _closing(draft: Draft) -> bool:
    """Whether a bare number may be a share or coins but never collateral (`/close`)."""
    return draft.takes("percent") and not draft.takes("exit")


def _ambiguous(draft: Draft, bare: list[Tok]) -> None:
    """Ask which number is what, and show a line in which they are labelled."""
    line, last = draft.line, bare[-1]
    number = write_number(last.number)
    if "exit" in draft.verb.required and "exit" not in draft.values and len(bare) > 1:
        _label_exit(draft, bare)
    if draft.takes("about"):
        _ambiguous_in_alert(draft, last)
    fits = last.number <= HIGHEST_LEVERAGE and "leverage" not in draft.values
    if draft.verb.name == "max" and fits and len(bare) == 1:
        options = tuple(
            (label, line.swapped(last, label)) for label in (f"{number}x", f"wallet {number}")
        )
        line.fail("ambiguous_number", last, hint="label", options=options)
    if _closing(draft):
        if len(bare) > 1 or {"size", "percent"} & draft.values.keys():
            line.fail("ambiguous_number", last, suggestion=line.swapped(last, ""))
        shares = (f"{number}%",) if last.number <= HUNDRED else ()
        options = tuple((label, line.swapped(last, label)) for label in (*shares, f"qty {number}"))
        line.fail("ambiguous_number", last, options=options)
    if not draft.takes("size") and not draft.takes("entry"):
        line.fail("unknown_token", last, suggestion=line.swapped(last, ""))
    labels = [
        label
        for field, label in (("size", ""), ("entry", "@"), ("wallet", "wallet "))
        if draft.takes(field) and field not in draft.values
    ]
    if len(bare) == 1 and labels[:1] == ["@"] and not _near(draft, last):
        del labels[0]  # a price that far away would only be doubted next
    words = list(line.words)
    for tok, label in zip(bare, labels, strict=False):
        words[tok.start] = label + words[tok.start].lstrip("@")
    suggestion = line.say(words) if len(labels) >= len(bare) else ""
    line.fail("ambiguous_number", last, hint="label", suggestion=suggestion)


def _ambiguous_in_alert(draft: Draft, tok: Tok) -> NoReturn:
    """A number that an alert has no place for; beside `liq` it may be a share."""
    share = draft.values.get("about") == "liq" and "percent" not in draft.values
    text = f"{write_number(tok.number)}%" if share and tok.number <= HUNDRED else ""
    draft.line.fail("ambiguous_number", tok, suggestion=draft.line.swapped(tok, text))


def _label_exit(draft: Draft, bare: list[Tok]) -> NoReturn:
    """Of several bare numbers the last is the exit, and one near the mark before it the entry."""
    line, words = draft.line, list(draft.line.words)
    *others, last = bare
    words[last.start] = f"-> {words[last.start]}"
    entry = next((tok for tok in others if _near(draft, tok)), None)
    if entry is not None and "entry" not in draft.values:
        words[entry.start] = f"@{words[entry.start]}"
    line.fail("ambiguous_number", last, hint="label", suggestion=line.say(words))


def _settle_strangers(draft: Draft) -> None:
    """Fields that other commands have: moved where they mean the same, else said to be idle."""
    values = draft.values
    for name, instead in (
        ("tp", "exit"),
        ("entry", "price"),
        ("price", "entry"),
        ("exit", "price"),
    ):
        alike = draft.takes(instead) and not draft.takes(name) and instead not in values
        if name in values and alike and isinstance(values[name], Decimal):
            values[instead] = values.pop(name)
            draft.where[instead] = draft.where.pop(name)
    for name in [name for name in values if not draft.takes(name)]:
        if name == "percent" and draft.takes("exit"):
            continue
        _drop(draft, name)


def _drop(draft: Draft, name: str) -> None:
    """Leave a field out: strictly refused where something would change, else noted."""
    tok = draft.where[name]
    if draft.verb.writes:
        draft.line.fail("unknown_token", tok, hint=name, suggestion=draft.line.swapped(tok, ""))
    value = draft.values.pop(name)
    token = draft.line.token(tok)
    if name != "mode":
        draft.notes.append(Note("unused", {"token": token, "field": name}))
    elif draft.verb.name in _BOTH_MODES:
        draft.notes.append(Note("mode_ignored", {"token": token, "mode": str(value)}))
    else:
        draft.notes.append(Note("mode_idle", {"token": token, "mode": str(value)}))


def ignore_mode(draft: Draft) -> None:
    """Where both modes are shown anyway, a named one is set aside with a note."""
    if draft.verb.name in _BOTH_MODES and "mode" in draft.values:
        _drop(draft, "mode")

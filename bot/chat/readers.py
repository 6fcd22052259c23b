"""From tokens to fields: each kind of token knows what it fills, in any order."""

from collections.abc import Callable, Mapping

from bot.chat.amounts import (
    read_bad,
    read_leverage,
    read_money,
    read_number,
    read_percent,
    read_quantity,
    read_share,
)
from bot.chat.draft import HUNDRED, SIDES, Draft
from bot.chat.lexer import Tok
from bot.chat.lexicon import MENDABLE, Kind
from bot.chat.reading import Note
from bot.chat.slots import read_slot
from bot.chat.spelling import one_edit
from core.margin.sizing import SizeKind


def gather(draft: Draft) -> None:
    """Read all tokens of a draft into its fields. Raises `Misread`."""
    while draft.at < len(draft.toks):
        tok = draft.toks[draft.at]
        draft.at += 1
        _READERS[tok.kind](draft, tok)


def _side(draft: Draft, tok: Tok) -> None:
    draft.put("side", SIDES[tok.name], tok)


def _named(draft: Draft, tok: Tok) -> None:
    """A mode, a venue or a number of a position: the field has the kind's name."""
    draft.put(tok.kind.value, tok.name, tok)


def _on(draft: Draft, tok: Tok) -> None:
    """`on mexc`: a venue, known or not; whether it is there is the core's question."""
    after = draft.peek()
    if after is not None and after.kind is Kind.UNKNOWN and after.start == tok.end:
        draft.at += 1
        draft.put("venue", after.name, after)


def _market(draft: Draft, tok: Tok) -> None:
    """`market`, `now`: the mark, which is what no entry means."""


def _flag(draft: Draft, tok: Tok) -> None:
    """`all`, `mine`, `reduce`; `all in` is the whole wallet."""
    after = draft.peek()
    if tok.name == "reduce" and after is not None and after.name == "only":
        draft.at += 1
    if draft.takes(tok.name):
        draft.put(tok.name, True, tok)  # noqa: FBT003 - the flag's value
    elif tok.name == "all" and draft.sized:
        draft.put_size(SizeKind.WALLET_PERCENT, HUNDRED, tok)
    elif tok.name == "reduce":
        draft.unknown.append(tok)  # a word of English elsewhere, and of questions


def _hint(draft: Draft, tok: Tok) -> None:
    """A green or red sign: a side only where no word says one."""
    draft.hint = draft.hint or tok


def _unknown(draft: Draft, tok: Tok) -> None:
    """An unknown word: mended if it is one letter away, else left for the end."""
    mended = _mended(draft, tok)
    if not mended:
        draft.unknown.append(tok)
        return
    if draft.verb.writes:
        fixed = draft.line.swapped(tok, mended)
        draft.line.fail("typo_confirm", tok, hint=mended, options=(("yes", fixed),))
    draft.notes.append(Note("typo", {"token": draft.line.token(tok), "word": mended}))
    sense = MENDABLE[mended]
    _READERS[sense.kind](draft, tok._replace(kind=sense.kind, number=sense.number, name=sense.name))


def _mended(draft: Draft, tok: Tok) -> str:
    """The one word this may have been, or "".

    A ticker must not be mended into a word: what was already said is not said again by a slip, and
    a short word stays a possible ticker while the coin is missing.
    """
    typed = tok.name
    if not typed.isalpha() or len(typed) < 3 or len(draft.unknown) > 1:
        return ""
    kinds = {other.kind for other in draft.toks}
    coin = Kind.SYMBOL in kinds or Kind.QUANTITY in kinds
    if len(typed) < 5 and not coin and (Kind.SIDE in kinds or len(typed) < 4):
        return ""
    words = [
        word
        for word, sense in MENDABLE.items()
        if one_edit(typed, word) and (sense.kind is Kind.SLOT or sense.kind not in kinds)
    ]
    meanings = {(MENDABLE[word].kind, MENDABLE[word].name) for word in words}
    return words[0] if len(meanings) == 1 else ""


_READERS: Mapping[Kind, Callable[[Draft, Tok], None]] = {
    Kind.SIDE: _side,
    Kind.SYMBOL: Draft.put_symbol,
    Kind.LEVERAGE: read_leverage,
    Kind.NUMBER: read_number,
    Kind.DOLLARS: read_number,
    Kind.MONEY: read_money,
    Kind.QUANTITY: read_quantity,
    Kind.PERCENT: read_percent,
    Kind.SLOT: read_slot,
    Kind.SHARE: read_share,
    Kind.MODE: _named,
    Kind.VENUE: _named,
    Kind.ID: _named,
    Kind.MARKET: _market,
    Kind.FLAG: _flag,
    Kind.HINT: _hint,
    Kind.ON: _on,
    Kind.BAD: read_bad,
    Kind.UNKNOWN: _unknown,
}
